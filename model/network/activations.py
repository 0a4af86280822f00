"""The non-linearities between Add and Merge: value, derivative and formula of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.arrays import Array
from model.errors import InputError
from model.language import _
from model.numbers import format_of
from model.roommate.naming import cut
from model.roommate.parsing import listed, suggestion


@dataclass(frozen=True)
class Activation:
    """A function φ of the sum z, applied to each column; columns run along the last axis but one.

    Attributes:
        name: What it is called on screen and on the command line.
        formula: a = φ(z), in the field's notation.
        value: ``value(z, out)`` writes φ(z) into ``out``; both of shape (…, h, weeks).
        spell: ``spell(z, row)`` says in numbers how one entry of φ(z) came about; z of shape (h,).
        backward: ``backward(z, a, gradient, out)`` turns dL/da into dL/dz; None where φ has no useful derivative.
        derivative: φ′ in the field's notation.
        odd: Whether φ(−z) = −φ(z), so that a hidden unit can be turned round without a difference.
        mixes: Whether every entry of φ(z) depends on all of z, so that φ′ is a matrix and no vector.
    """

    name: str
    formula: str
    value: Callable[[Array, Array], None]
    spell: Callable[[Array, int], str]
    backward: Callable[[Array, Array, Array, Array], None] | None = None
    derivative: str = ""
    odd: bool = False
    mixes: bool = False

    def written(self, out: str, x: str) -> str:
        """The formula for other symbols than a and z: ``r = sigmoid(zr)``."""
        return self.formula if (out, x) == ("a", "z") else f"{out} = {self.name}({x})"

    def derivative_of(self, out: str, x: str) -> str:
        """φ′ for other symbols than a and z."""
        symbols = {"a": out, "z": x}
        return re.sub(r"(?<![A-Za-z])[az](?![A-Za-z])", lambda found: symbols[found.group()], self.derivative)


def softmax(y: Array, out: Array) -> None:
    """Softmax of each column; the largest entry is subtracted first, so that no exponential overflows."""
    np.subtract(y, np.maximum.reduce(y, axis=-2, keepdims=True), out)
    np.exp(out, out)
    np.divide(out, np.add.reduce(out, axis=-2, keepdims=True), out)


def softmax_backward(p: Array, gradient: Array, out: Array) -> None:
    """From dL/dp to dL/dy through p = softmax(y): p ⊙ (g − pᵀg), column by column."""
    np.multiply(p, gradient, out)
    inner = np.add.reduce(out, axis=-2, keepdims=True)
    np.subtract(gradient, inner, out)
    np.multiply(out, p, out)


def _largest_to_one(z: Array, out: Array) -> None:
    out[:] = 0.0
    np.put_along_axis(out, z.argmax(axis=-2, keepdims=True), 1.0, axis=-2)


def _spell_largest(z: Array, row: int) -> str:
    largest, write = int(z.argmax()), format_of(z).write
    if row == largest:
        return _("{value} is the largest → 1").format(value=write(z[row]))
    return _("{value} is not the largest, {largest} is → 0").format(value=write(z[row]), largest=write(z[largest]))


def _identity(z: Array, out: Array) -> None:
    out[:] = z


def _identity_backward(z: Array, a: Array, gradient: Array, out: Array) -> None:
    out[:] = gradient


def _tanh(z: Array, out: Array) -> None:
    np.tanh(z, out)


def _tanh_backward(z: Array, a: Array, gradient: Array, out: Array) -> None:
    np.multiply(a, a, out)
    np.subtract(1.0, out, out)
    np.multiply(out, gradient, out)


def _sigmoid(z: Array, out: Array) -> None:
    np.multiply(z, 0.5, out)  # 1 / (1 + e⁻ᶻ) = (1 + tanh(z / 2)) / 2, which cannot overflow
    np.tanh(out, out)
    np.add(out, 1.0, out)
    np.multiply(out, 0.5, out)


def _sigmoid_backward(z: Array, a: Array, gradient: Array, out: Array) -> None:
    np.subtract(1.0, a, out)
    np.multiply(out, a, out)
    np.multiply(out, gradient, out)


def _relu(z: Array, out: Array) -> None:
    np.maximum(z, 0.0, out=out)


def _relu_minus_one(z: Array, out: Array) -> None:
    np.subtract(z, 1.0, out)
    np.maximum(out, 0.0, out=out)


def _relu_backward(z: Array, a: Array, gradient: Array, out: Array) -> None:
    np.multiply(gradient, a > 0, out)  # both rectifiers are flat exactly where their value is 0


def _softmax_backward(z: Array, a: Array, gradient: Array, out: Array) -> None:
    softmax_backward(a, gradient, out)


def _spell_softmax(z: Array, row: int) -> str:
    shifted = np.exp(z - z.max())
    shares = shifted / shifted.sum()
    share = format_of(shares).write(shares[row])
    return _("e^{z} / sum = {share}").format(z=_written(z, row), share=share)


def _written(z: Array, row: int) -> str:
    """A sum as it stands among the others."""
    return format_of(z).write(z[row])


LARGEST_TO_ONE = Activation("largest-to-1", "a = 1 where z is largest, else 0", _largest_to_one, _spell_largest)
"""The lecture's: the largest entry becomes 1 (the first of equals), all others 0. It has no useful derivative."""

IDENTITY = Activation(
    "none",
    "a = z",
    _identity,
    _written,
    _identity_backward,
    derivative="1",
    odd=True,
)
"""No non-linearity: the lecture's first two networks are one product each."""

TANH = Activation(
    "tanh",
    "a = tanh(z)",
    _tanh,
    lambda z, row: f"tanh({_written(z, row)})",
    _tanh_backward,
    derivative="1 − a²",
    odd=True,
)
SIGMOID = Activation(
    "sigmoid",
    "a = 1 / (1 + e⁻ᶻ)",
    _sigmoid,
    lambda z, row: f"1 / (1 + e^({_written(-z, row)}))",
    _sigmoid_backward,
    derivative="a (1 − a)",
)
SOFTMAX = Activation(
    "softmax", "a = softmax(z)", softmax, _spell_softmax, _softmax_backward, derivative="diag(a) − a aᵀ", mixes=True
)
"""The smooth form of "the largest becomes 1"."""

RELU = Activation(
    "relu",
    "a = max(z, 0)",
    _relu,
    lambda z, row: f"max({_written(z, row)}, 0)",
    _relu_backward,
    derivative="1 where z > 0, else 0",
)
RELU_MINUS_ONE = Activation(
    "relu-1",
    "a = max(z − 1, 0)",
    _relu_minus_one,
    lambda z, row: f"max({_written(z, row)} − 1, 0)",
    _relu_backward,
    derivative="1 where z > 1, else 0",
)
"""The lecture's other way to say its non-linearity: exact with the hand-set weights, hard to learn with."""

ACTIVATIONS = {
    activation.name: activation
    for activation in (TANH, SIGMOID, SOFTMAX, RELU, RELU_MINUS_ONE, LARGEST_TO_ONE, IDENTITY)
}
"""Every non-linearity by its name."""


def activation_named(name: str) -> Activation:
    """The non-linearity of a name.

    Raises:
        InputError: There is none of that name.
    """
    if name not in ACTIVATIONS:
        names = list(ACTIVATIONS)
        raise InputError(
            _("{name!r} is not a non-linearity: there are {names}.").format(name=cut(name), names=listed(names))
            + suggestion(cut(name), names)
        )
    return ACTIVATIONS[name]
