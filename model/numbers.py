"""A number as text: exact, short, or in brackets where it is negative."""

from __future__ import annotations


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
