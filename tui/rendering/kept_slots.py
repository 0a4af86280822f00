"""Slots of the network as they were drawn before: what a step leaves as it is need not be drawn again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields

import numpy as np

from model.language import _
from model.steps.step import Operand
from tui.rendering.block import Block
from tui.rendering.network_slots import Slot

MAX_SLOTS, MAX_NUMBERS = 40, 1024
"""So many slots are kept, if they have no more numbers than that."""

FIELDS = tuple(field.name for field in fields(Slot))

KEPT: dict[Hashable, Block] = {}
"""Drawings of slots, by everything that they were drawn from."""


def kept(slot: Slot, about: tuple[Hashable, ...], draw: Callable[[Slot], Block]) -> Block:
    """A slot as it was drawn before, or drawn now.

    Args:
        slot: What is drawn.
        about: All else that its drawing depends on.
        draw: Draws it.
    """
    if slot.value.size > MAX_NUMBERS:
        return draw(slot)
    language = _("{matrix}, on its side")  # in another one it is drawn anew
    key = (*(_hashable(getattr(slot, name)) for name in FIELDS), *about, language)
    block = KEPT.get(key)
    if block is None:
        if len(KEPT) >= MAX_SLOTS:
            del KEPT[next(iter(KEPT))]
        block = KEPT[key] = draw(slot)
    return block


def _hashable(value: object) -> Hashable:
    """A field of a slot as a part of a key."""
    if isinstance(value, np.ndarray):
        return value.shape, value.tobytes()
    if isinstance(value, Operand):
        return value.symbol, value.role, value.value.tobytes()
    return value
