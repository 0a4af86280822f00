"""What the signs of expressions do: the types that they take, and what they give."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from model.course.here import Here
from model.course.values import Type, Vector
from model.errors import InputError
from model.language import _

_ARITHMETIC: dict[str, Callable[[object, object], object]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip

Run = Callable[[Here], object]


class Typed(NamedTuple):
    """A part of an expression: its type, and what computes it."""

    type: Type
    run: Run


def need(value: Typed, type_: Type) -> None:
    """Raise `InputError` where a value is not of a type."""
    if value.type is not type_:
        raise InputError(_("{wanted} was expected, not {found}.").format(wanted=_(type_), found=_(value.type)))


def joined(left: Typed, right: Typed, join: Callable[[object, object], bool]) -> Typed:
    """Two conditions joined by ``and`` or ``or``."""
    need(left, Type.TRUTH)
    need(right, Type.TRUTH)
    return Typed(Type.TRUTH, lambda here: join(left.run(here), right.run(here)))


def calculated(sign: str, left: Typed, right: Typed) -> Typed:
    """Two numbers, or several each, with a sign of arithmetic between."""
    for value in (left, right):
        if value.type is not Type.NUMBERS:
            need(value, Type.NUMBER)
    apply = _ARITHMETIC[sign]
    if Type.NUMBERS not in {left.type, right.type}:
        return Typed(Type.NUMBER, lambda here: _number(apply, left.run(here), right.run(here)))
    return Typed(Type.NUMBERS, lambda here: _vector(apply, left.run(here), right.run(here)))


def _number(apply: Callable[[object, object], object], one: object, other: object) -> object:
    try:
        return apply(one, other)
    except ZeroDivisionError:
        raise InputError(_("nothing can be divided by 0.")) from None


def _vector(apply: Callable[[object, object], object], one: object, other: object) -> Vector:
    values = [value.values if isinstance(value, Vector) else value for value in (one, other)]
    sizes = {len(value.values) for value in (one, other) if isinstance(value, Vector)}
    if len(sizes) > 1:
        raise InputError(_("{one} numbers cannot be reckoned with {other}.").format(one=min(sizes), other=max(sizes)))
    axis = next((value.axis for value in (one, other) if isinstance(value, Vector) and value.axis), None)
    return Vector(np.asarray(apply(*values)), axis)
