"""exp, tanh and log of one number in additions and products alone, so that a compiler does several at once.

This text becomes a part of each compiled module: it uses nothing but what stands here. Each is right to about the
last digit. No branches: what is too large, too small or no number takes the same way.
"""

from __future__ import annotations

import struct

import numpy as np

SHIFT = 6755399441055744.0
"""1.5 · 2⁵²: a number that is added to this one and subtracted again is rounded to an integer."""


def bits_of(x: float) -> int:
    """The bits of a float as an integer."""
    return int(struct.unpack("<q", struct.pack("<d", x))[0])


def float_of(bits: int) -> float:
    """The float that these bits are."""
    return float(struct.unpack("<d", struct.pack("<Q", bits & 0xFFFFFFFFFFFFFFFF))[0])


def above(x: float, y: float) -> float:
    """1 where x > y, else 0."""
    return 1.0 if x > y else 0.0


def maximum(x: float, y: float) -> float:
    """The greater of two."""
    return x if x > y else y


def exponential_less_one(r: float) -> float:
    """eʳ − 1 for |r| ≤ ln(2) / 2: its power series, fourteen terms."""
    series = 1.0 / 6227020800.0
    series = series * r + 1.0 / 479001600.0
    series = series * r + 1.0 / 39916800.0
    series = series * r + 1.0 / 3628800.0
    series = series * r + 1.0 / 362880.0
    series = series * r + 1.0 / 40320.0
    series = series * r + 1.0 / 5040.0
    series = series * r + 1.0 / 720.0
    series = series * r + 1.0 / 120.0
    series = series * r + 1.0 / 24.0
    series = series * r + 1.0 / 6.0
    series = series * r + 0.5
    return (series * r) * r + r


def exponential(x: float) -> float:
    """eˣ = 2ⁿ eʳ; infinite above 709.7, and 1e-307 below −707, where the loss asks for more than this."""
    bounded = 709.7 if x > 709.7 else x
    bounded = -707.0 if bounded < -707.0 else bounded
    shifted = bounded * 1.4426950408889634 + SHIFT
    n = shifted - SHIFT
    r = (bounded - n * 0.6931471803691238) - n * 1.9082149292705877e-10
    half = float_of((bits_of(shifted) + 1022) << 52)  # 2ⁿ⁻¹: 2ⁿ may be just too large
    power = half + exponential_less_one(r) * half
    return np.inf if x > 709.7 else 2.0 * power


def hyperbolic_tangent(x: float) -> float:
    """(1 − e⁻²ˣ) / (1 + e⁻²ˣ), without a loss of digits near 0."""
    size = x if x > 0.0 else -x
    size = 20.0 if size > 20.0 else size
    bounded = -2.0 * size
    shifted = bounded * 1.4426950408889634 + SHIFT
    n = shifted - SHIFT
    r = (bounded - n * 0.6931471803691238) - n * 1.9082149292705877e-10
    power = float_of((bits_of(shifted) + 1023) << 52)
    less_one = power * exponential_less_one(r) + (power - 1.0)
    tangent = -less_one / (2.0 + less_one)
    return tangent if x > 0.0 else -tangent


def logarithm(x: float) -> float:
    """Ln x of a number of at least 1e-300: n ln 2 + 2 artanh((m − 1) / (m + 1)) for x = 2ⁿ m."""
    bits = bits_of(x)
    n = float_of((bits >> 52) | 0x4330000000000000) - 4503599627371519.0  # 2⁵² + 1023
    m = float_of((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000)
    large = m > 1.4142135623730951
    m = 0.5 * m if large else m
    n = n + 1.0 if large else n
    f = (m - 1.0) / (m + 1.0)
    g = f * f
    series = 1.0 / 23.0
    series = series * g + 1.0 / 21.0
    series = series * g + 1.0 / 19.0
    series = series * g + 1.0 / 17.0
    series = series * g + 1.0 / 15.0
    series = series * g + 1.0 / 13.0
    series = series * g + 1.0 / 11.0
    series = series * g + 1.0 / 9.0
    series = series * g + 1.0 / 7.0
    series = series * g + 1.0 / 5.0
    series = series * g + 1.0 / 3.0
    return n * 0.6931471805599453 + (2.0 * f + 2.0 * f * (g * series))
