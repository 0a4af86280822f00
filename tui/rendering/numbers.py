"""Numbers for the screen: an array's entries share one format, so that its columns line up."""

from __future__ import annotations

import numpy as np

from model.activation import Array


def entries(value: Array) -> list[list[str]]:
    """The entries of a matrix or vector as text, all of one width.

    Whole numbers are written as such; others with their sign and two decimals, so that plus and minus can be told
    apart without colour. Numbers too large or too small for that take two digits and an exponent.

    Args:
        value: (rows, columns), or (rows,) for a vector, which becomes one column.
    """
    table = value[:, None] if value.ndim == 1 else value
    texts = [[_text(number, _format_of(table)) for number in row] for row in table]
    width = max(len(text) for row in texts for text in row)
    return [[text.rjust(width) for text in row] for row in texts]


def short(number: float) -> str:
    """One number as its array would write it."""
    return _text(number, _format_of(np.array([[number]])))


def _format_of(table: Array) -> str:
    if not np.isfinite(table).all():
        return "+.1e"
    largest = float(np.abs(table).max(initial=0.0))
    if (table == np.round(table)).all() and largest < 1000:
        return "g"
    return "+.2f" if largest < 100 else "+.1e"


def _text(number: float, form: str) -> str:
    if number == 0:
        return "0" if form == "g" else "0.00" if form == "+.2f" else "0.0e+00"
    return format(number, form).replace("-", "−") if form != "+.1e" else format(number, form)
