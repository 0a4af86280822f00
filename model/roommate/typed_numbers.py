"""Numbers as people type them and as their programs write them: one reader for all of them."""

from __future__ import annotations

import re

MINUSES = "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
"""What stands for a minus: the sign itself (U+2212), hyphens, and the dash that some programs make of them."""

SIGNS = f"+\uff0b{MINUSES}"
"""What a number may begin with beside a digit or a point."""

MAX_DIGITS = 640
"""Longer whole numbers are not read: the least limit that Python itself can be given for them."""

_ASCII = str.maketrans(dict.fromkeys(MINUSES, "-") | {"\uff0b": "+"})
_WHOLE = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)", re.IGNORECASE)


def with_plain_signs(text: str) -> str:
    """A text without the space around it, and with the plus and the minus of ASCII for all that mean one."""
    return text.strip().translate(_ASCII)


def whole_number(text: str) -> int | None:
    """A whole number, or None where the text is none, or has more than `MAX_DIGITS` digits."""
    plain = with_plain_signs(text)
    return int(plain) if len(plain) <= MAX_DIGITS and _WHOLE.fullmatch(plain) else None


def decimal_number(text: str) -> float | None:
    """A number with a decimal point or an exponent, which need not be finite; None where the text is none."""
    plain = with_plain_signs(text)
    return float(plain) if _DECIMAL.fullmatch(plain) else None
