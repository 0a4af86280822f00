"""A number as text: exact, short, or in the format that all numbers of its quantity have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from model.arrays import Array


def exact(number: float) -> str:
    """A number in the fewest digits that give exactly it back; whole numbers without a point."""
    text = repr(float(number) + 0.0)  # there is one zero
    return text.removesuffix(".0")


def number(value: float) -> str:
    """A number inside a spelled formula."""
    return f"{value + 0.0:.3g}"


def bracketed(value: float) -> str:
    """A number inside a spelled formula, in brackets where its sign would meet another."""
    text = number(value)
    return f"({text})" if text.startswith("-") else text


@dataclass(frozen=True)
class NumberFormat:
    """How the numbers of a quantity are written, so that all of them line up.

    Attributes:
        decimals: How many there are; None: an exponent is needed.
        whole: Whether all numbers are whole, and none needs a sign.
        digits: The most digits before the point.
    """

    decimals: int | None
    whole: bool = False
    digits: int = 1

    def write(self, value: float, more: int = 0) -> str:
        """A number with its sign; what rounds to zero is zero, without one.

        Args:
            value: The number.
            more: Decimals more than usual.
        """
        if not np.isfinite(value):
            return "nan" if np.isnan(value) else f"{value:+}"
        if self.whole:
            return str(round(value))
        if self.decimals is None:
            return "0" if value == 0 else f"{value:+.1e}"
        text = f"{value:+.{self.decimals + more}f}"
        return text if any(digit in "123456789" for digit in text) else text.lstrip("+-")

    def factor(self, value: float, more: int = 0, *, placed: bool = False) -> str:
        """A number inside a spelled formula: in brackets where it has a sign.

        Args:
            value: The number.
            more: Decimals more than usual.
            placed: Whether all numbers of the quantity take as much room as the widest, so that none moves another.
        """
        text = self.write(value, more)
        if self.whole:
            return f"({text})" if value < 0 else text
        width = 0 if self.decimals is None else self.digits + self.decimals + more + len("(+.)")
        return f"({text})".rjust(width if placed else 0)


def format_of(value: Array, *, gradient: bool = False) -> NumberFormat:
    """The format of the numbers of an array."""
    if not np.isfinite(value).all():
        return NumberFormat(None)
    largest = float(np.abs(value).max(initial=0.0))
    return format_up_to(largest, whole=bool((value == np.round(value)).all()), gradient=gradient)


@lru_cache(256)
def format_up_to(largest: float, *, whole: bool = False, gradient: bool = False) -> NumberFormat:
    """The format of numbers up to a size: two decimals, for gradients three, and fewer where they are large."""
    if whole and largest < 1000:
        return NumberFormat(0, whole=True)
    decimals = 3 if gradient else 2
    if not largest < 999.5 or 0 < largest < 0.5 * 10.0**-decimals:
        return NumberFormat(None)
    fewer = (largest >= 9.95) + (largest >= 99.5)
    return NumberFormat(decimals - fewer, digits=1 + fewer)
