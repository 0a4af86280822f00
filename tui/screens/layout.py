"""Which panels of the walk there is room for; where that is not for all, a key shows one after another."""

from __future__ import annotations

from enum import StrEnum

from textual.geometry import Size

from tui.widgets.sizes import HIGH, HIGHEST, SLIM, SMALL, TINY, WIDE


class View(StrEnum):
    """What the middle of the screen shows where it cannot show all."""

    PRODUCT = "product"
    WORDS = "words"
    WEEK = "week"
    LOSS = "loss"
    CASES = "cases"


PANELS = ("week", "stage", "side", "narration", "rule", "words", "learn", "loss", "cases")
"""The panels that may be out of sight; title, map and keys never are."""


def has_room_for_all(size: Size) -> bool:
    """Whether lesson 4 can show loss and product at once."""
    return (size.width >= WIDE and size.height >= HIGH) or (size.width >= SLIM and size.height >= HIGHEST)


def views(size: Size, *, learning: bool) -> tuple[View, ...]:
    """The views that a key goes through at a size.

    Args:
        size: Of the terminal.
        learning: Whether there is a training run to be seen.
    """
    found = [View.PRODUCT]
    if size.height < TINY and size.width < WIDE:
        found.append(View.WORDS)
    if size.height < SMALL:
        found.append(View.WEEK)
    if learning and not has_room_for_all(size):
        found += [View.LOSS] if size.width >= SLIM else [View.LOSS, View.CASES]
    return tuple(found)


def in_sight(view: View, size: Size, *, learning: bool) -> set[str]:
    """The panels that are shown.

    Args:
        view: One of `views`.
        size: Of the terminal.
        learning: Whether there is a training run to be seen.
    """
    everything = learning and has_room_for_all(size)
    beside = size.width >= WIDE and (size.height >= HIGH or size.height < TINY)
    training = view in {View.LOSS, View.CASES}
    found = set()
    if size.height >= SMALL or view is View.WEEK:
        found.add("week")
    if everything or view is View.PRODUCT:
        found.add("stage")
    if everything or view is View.WORDS or (view is View.PRODUCT and (beside or size.height >= TINY)):
        found.add("narration")
    if view is View.WEEK or (beside and size.height >= HIGH and not learning):
        found.add("rule")
    if beside and size.height >= HIGH and not learning:
        found.add("words")
    if learning and (everything or training):
        found.add("learn")
        found |= {"loss"} if everything or view is View.LOSS else set()
        found |= {"cases"} if everything or view is View.CASES or size.width >= SLIM else set()
    if found & {"narration", "rule", "words", "learn"}:
        found.add("side")
    return found
