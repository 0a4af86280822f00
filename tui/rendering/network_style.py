"""How numbers and names of the network are written, from the widest form to the narrowest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.numbers import NumberFormat, format_up_to
from tui.rendering.network_slots import Slot


@dataclass(frozen=True)
class Format:
    """How numbers are written.

    Attributes:
        width: Cells of a number, of which at least one is blank, so that no two numbers touch.
        write: A number of a slot as text shorter than that.
    """

    width: int
    write: Callable[[float, Slot], str]


ONE_DECIMAL = NumberFormat(1)


def _roomy(number: float, slot: Slot) -> str:
    """With a digit more than usual, of gradients with all of theirs."""
    return _written(number, slot, 6, more=not slot.gradient)


def _full(number: float, slot: Slot) -> str:
    """As everywhere; of gradients the zero before the point is left out, or where there is none the last digit."""
    form = format_up_to(slot.largest, whole=slot.whole, gradient=slot.gradient)
    fewer = slot.gradient and bool(form.decimals) and slot.largest >= 0.9995
    text = _written(number, slot, 5, more=-1 if fewer else 0)
    return text.replace("0.", ".", 1) if len(text) > 5 else text


def _written(number: float, slot: Slot, room: int, more: int) -> str:
    form = format_up_to(slot.largest, whole=slot.whole, gradient=slot.gradient)
    if form.decimals is None and np.isfinite(number):
        return _exponent(number, room)
    return form.write(number, more if form.decimals else 0)


def _exponent(number: float, room: int) -> str:
    """The size of a very large or very small number; where there is no room for a digit, its power of ten alone."""
    if number == 0:
        return "0"
    digit, exponent = f"{number:+.0e}".split("e")
    forms = (f"{digit}e{int(exponent)}", f"{digit[0]}e{int(exponent)}")
    return next((text for text in forms if len(text) <= room), f"{digit[0]}~0")


def _short(number: float, slot: Slot) -> str:
    if slot.whole and slot.largest < 100:
        return str(round(number))
    if not np.isfinite(number):
        return "?"
    if abs(number) < 0.95:
        return ONE_DECIMAL.write(number).replace("0.", ".").replace(".0", "0")
    return f"{number:+.0f}" if abs(number) < 99.5 else "+++" if number > 0 else "---"


def _digit(number: float, slot: Slot) -> str:
    """Tenths of the largest, so that all weights are seen at once."""
    if slot.whole and slot.largest < 10:
        return str(round(number))
    if not np.isfinite(number) or not slot.largest:
        return "?" if not np.isfinite(number) else "0"
    tenths = min(round(9 * abs(number) / slot.largest), 9)
    return f"{'+' if number > 0 else '-'}{tenths}" if tenths else "0"


ROOMY, FULL, SHORT, DIGIT = Format(7, _roomy), Format(6, _full), Format(4, _short), Format(3, _digit)
"""From the widest to the narrowest."""


@dataclass(frozen=True)
class Style:
    """How much room a drawing takes.

    Attributes:
        format: Of numbers.
        whole: The width of a number where all of the network are whole, if that is enough.
        gap: Cells between two slots; where there are none, no blank stands before the first number in its brackets.
        names: "full", "icons" or "least".
        products: Whether products have columns of their own, or stand in that of what is made of them until it is.
        sums: The same of sums.
        columns: The most columns of a matrix that are drawn.
        low: Whether names, logits and the lines between blocks are left out, where there are few lines.
    """

    format: Format
    whole: int
    gap: int
    names: str
    products: bool = True
    sums: bool = True
    columns: int = 24
    low: bool = False


STYLES = (
    Style(ROOMY, 4, 4, "full"),
    Style(FULL, 4, 4, "full"),
    Style(FULL, 4, 2, "full"),
    Style(FULL, 3, 1, "full"),
    Style(FULL, 3, 1, "icons"),
    Style(FULL, 3, 1, "icons", products=False),
    Style(FULL, 3, 0, "icons", products=False),
    Style(SHORT, 2, 1, "icons"),
    Style(SHORT, 2, 1, "icons", products=False),
    Style(SHORT, 2, 0, "icons", products=False),
    Style(DIGIT, 2, 0, "icons", products=False),
    Style(DIGIT, 2, 0, "icons", products=False, sums=False),
    Style(FULL, 3, 1, "icons", low=True),
    Style(FULL, 3, 1, "icons", products=False, low=True),
    Style(FULL, 3, 0, "icons", products=False, low=True),
    Style(SHORT, 2, 1, "icons", products=False, low=True),
    Style(SHORT, 2, 0, "icons", products=False, low=True),
    Style(DIGIT, 2, 0, "icons", products=False, low=True),
    Style(DIGIT, 2, 0, "icons", products=False, sums=False, low=True),
)
"""From the widest to the narrowest; the first that fits is drawn."""
