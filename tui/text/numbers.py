"""Numbers for the screen: an array's entries share one format, so that its columns line up."""

from __future__ import annotations

import math

import numpy as np

from model.arrays import Array
from model.steps.step import Operand


def entries(value: Array) -> list[list[str]]:
    """The entries of a matrix or vector as text, all of one width.

    Whole numbers are written as such; others with their sign, so that plus and minus can be told apart without
    colour, and with as many decimals as leave the largest two digits that count. Numbers too large or too small for
    that take an exponent.

    Args:
        value: (rows, columns), or (rows,) for a vector, which becomes one column.
    """
    table = value[:, None] if value.ndim == 1 else value
    form = _format_of(table)
    texts = [[_text(number, form) for number in row] for row in table.tolist()]
    width = max(len(text) for row in texts for text in row)
    return [[text.rjust(width) for text in row] for row in texts]


def written(operand: Operand) -> list[list[str]]:
    """What stands in a matrix or vector: its letters where it has some, else its entries; all of one width."""
    if operand.letters is None:
        return entries(operand.value)
    table = operand.letters[:, None] if operand.letters.ndim == 1 else operand.letters
    width = max(map(len, table.flat))
    return [[letter.rjust(width) for letter in row] for row in table.tolist()]


def short(number: float) -> str:
    """One number as its array would write it."""
    return _text(number, _format_of(np.array([[number]])))


def _format_of(table: Array) -> str:
    if not np.isfinite(table).all():
        return "+.1e"
    largest = float(np.abs(table).max(initial=0.0))
    if (table == np.round(table)).all() and largest < 1000:
        return "g"
    if largest < 0.0995:  # gradients are small
        return "+.3f" if largest >= 0.00995 else "+.4f" if largest >= 0.000995 else "+.1e"
    return "+.2f" if largest < 9.995 else "+.1f" if largest < 99.95 else "+.0f" if largest < 9999.5 else "+.1e"


def _text(number: float, form: str) -> str:
    text = format(number, form)
    if number == 0:
        text = text.lstrip("+-")
    return text


def loss_text(loss: float) -> str:
    """A loss with three decimals, and fewer where it is large."""
    if not math.isfinite(loss):
        return "?"
    decimals = next(
        (decimals for decimals, most in ((3, 9.9995), (2, 99.995), (1, 999.95)) if abs(loss) < most), None
    )
    return f"{loss:.0e}" if decimals is None else f"{loss:.{decimals}f}"


def percent(part: float) -> str:
    """A part as per cent, with a decimal where it is small: 100%, 58%, 5.6%, <0.1%."""
    if not math.isfinite(part):
        return "?"
    if 0 < part < 0.001:
        return "<0.1%"
    return f"{part:.0%}" if part >= 0.0995 or part == 0 else f"{part:.1%}"
