"""Functions of expressions over numbers, vectors and matrices."""

from __future__ import annotations

import string

import numpy as np

from model.course.declaring import (
    Entries,
    Letter,
    Matrix,
    Number,
    Numbers,
    OneEntry,
    Truth,
    value,
    whole,
)
from model.course.here import Here
from model.course.values import Entry, Vector
from model.errors import InputError
from model.language import _

ALONE = 1e-9
"""A number that is nearer to another than this is equal to it, where numbers are counted."""


@value()
def log(_here: Here, number: Number) -> Number:
    """The natural logarithm."""
    if number <= 0:
        raise InputError(_("{number:g} has no logarithm.").format(number=number))
    return float(np.log(number))


@value("abs")
def size_of_number(_here: Here, number: Number) -> Number:
    """A number without its sign."""
    return abs(number)


@value("abs")
def size_of_numbers(_here: Here, numbers: Numbers) -> Numbers:
    """Numbers without their signs."""
    return Vector(np.abs(numbers.values), numbers.axis)


@value()
def softmax(_here: Here, numbers: Numbers) -> Numbers:
    """The probabilities that logits mean."""
    raised = np.exp(numbers.values - numbers.values.max())
    return Vector(raised / raised.sum(), numbers.axis)


@value()
def largest(_here: Here, numbers: Numbers) -> Number:
    """The largest of several numbers."""
    return float(numbers.values.max())


@value()
def smallest(_here: Here, numbers: Numbers) -> Number:
    """The smallest of several numbers."""
    return float(numbers.values.min())


@value("sum")
def total(_here: Here, numbers: Numbers) -> Number:
    """The sum of several numbers."""
    return float(numbers.values.sum())


@value()
def count(_here: Here, numbers: Numbers, number: Number) -> Number:
    """How many of several numbers are a number."""
    return float(np.count_nonzero(np.abs(numbers.values - number) < ALONE))


@value()
def where(_here: Here, numbers: Numbers, number: Number) -> Entries:
    """The entries of several numbers that are a number."""
    operand = numbers.operand()
    return tuple(Entry(operand, int(at)) for at in np.flatnonzero(np.abs(numbers.values - number) < ALONE))


@value()
def entry(_here: Here, numbers: Numbers, number: Number) -> Number:
    """One of several numbers, counted from 1."""
    return float(numbers.values[whole(number, 1, len(numbers.values)) - 1])


@value()
def argmax(_here: Here, numbers: Numbers) -> OneEntry:
    """The entry that is the largest of several numbers."""
    return Entry(numbers.operand(), int(numbers.values.argmax()))


@value()
def argmin(_here: Here, numbers: Numbers) -> OneEntry:
    """The entry that is the smallest of several numbers."""
    return Entry(numbers.operand(), int(numbers.values.argmin()))


@value()
def choose(_here: Here, *conditions: Truth) -> Letter:
    """The letter of the first condition that holds: a, b, c."""
    found = next((at for at, holds in enumerate(conditions) if holds), None)
    if found is None:
        raise InputError(_("none of the choices holds here."))
    return string.ascii_lowercase[found]


@value()
def nearest(_here: Here, number: Number, numbers: Numbers) -> Letter:
    """The letter of the one of several numbers that a number is nearest to, by their ratio."""
    if number <= 0 or (numbers.values <= 0).any():
        raise InputError(_("ratios are those of numbers above 0."))
    return string.ascii_lowercase[int(np.abs(np.log(numbers.values / number)).argmin())]


# Matrices


@value()
def rows(_here: Here, matrix: Matrix) -> Number:
    """The number of rows of a matrix."""
    return int(matrix.value.shape[0])


@value()
def columns(_here: Here, matrix: Matrix) -> Number:
    """The number of columns of a matrix."""
    return int(matrix.value.shape[1])


@value()
def column(_here: Here, matrix: Matrix, number: Number) -> Numbers:
    """A column of a matrix, counted from 1."""
    return Vector(matrix.value[:, whole(number, 1, matrix.value.shape[1]) - 1], matrix.rows)


@value()
def zero_columns(_here: Here, matrix: Matrix) -> Number:
    """How many columns of a matrix are 0 throughout."""
    return int(np.count_nonzero(~matrix.value.any(axis=0)))


@value()
def edge(_here: Here, matrix: Matrix, number: Number) -> OneEntry:
    """The edge of the largest weight in a column of a matrix, counted from 1."""
    place = whole(number, 1, matrix.value.shape[1]) - 1
    return Entry(matrix, int(matrix.value[:, place].argmax()) * matrix.value.shape[1] + place)


@value()
def weights(here: Here) -> Number:
    """How many weights the network has."""
    return here.situation.network.parameters.flat.size


@value()
def differing(here: Here, matrix: Matrix) -> Number:
    """How many entries of a matrix differ from the hand-set ones."""
    by_hand = here.situation.hand_set.parameters
    same = [name for name in by_hand.matrices if here.matrix(name).name == matrix.name]
    if not same or by_hand[same[0]].shape != matrix.value.shape:
        raise InputError(_("there is no hand-set matrix of the same size."))
    return int(np.count_nonzero(by_hand[same[0]] != matrix.value))


@value()
def one_hot_columns(_here: Here, matrix: Matrix) -> Truth:
    """Whether each column of a matrix has one 1 and is 0 elsewhere."""
    table = matrix.value
    return bool(np.isin(table, (0.0, 1.0)).all() and (table.sum(axis=0) == 1).all())
