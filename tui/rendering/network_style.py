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
        width: Cells of a number.
        write: A number of a slot as text of at most that width.
    """

    width: int
    write: Callable[[float, Slot], str]


ONE_DECIMAL = NumberFormat(1)


def _full(number: float, slot: Slot) -> str:
    form = format_up_to(slot.largest, whole=slot.whole, gradient=slot.gradient)
    if form.decimals is None and np.isfinite(number):  # of an exponent there is room for one digit
        return "0" if number == 0 else f"{number:+.0e}"
    return form.write(number)


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


@dataclass(frozen=True)
class Style:
    """How much room a drawing takes.

    Attributes:
        format: Of numbers.
        whole: The width of a number where all of the network are whole.
        gap: Cells between two slots.
        names: "full", "icons" or "least".
        products: Whether the products have columns of their own, or only what they add up to.
        columns: The most columns of a matrix that are drawn.
        low: Whether names, logits and the lines between blocks are left out, where there are few lines.
    """

    format: Format
    whole: int
    gap: int
    names: str
    products: bool = True
    columns: int = 24
    low: bool = False


STYLES = (
    Style(Format(6, _full), 4, 4, "full"),
    Style(Format(6, _full), 4, 2, "full"),
    Style(Format(6, _full), 3, 1, "full"),
    Style(Format(6, _full), 3, 1, "icons"),
    Style(Format(6, _full), 3, 1, "icons", products=False),
    Style(Format(4, _short), 2, 1, "icons"),
    Style(Format(4, _short), 2, 1, "icons", products=False),
    Style(Format(3, _short), 2, 0, "icons", products=False),
    Style(Format(2, _digit), 2, 0, "icons", products=False),
    Style(Format(6, _full), 3, 1, "icons", products=False, low=True),
    Style(Format(4, _short), 2, 1, "icons", products=False, low=True),
    Style(Format(3, _short), 2, 0, "icons", products=False, low=True),
    Style(Format(2, _digit), 2, 0, "icons", products=False, low=True),
)
"""From the widest to the narrowest; the first that fits is drawn."""
