"""Functions of expressions over the way back: errors, gradients, updates, and how far an error reaches."""

from __future__ import annotations

import numpy as np

from model.course.declaring import (
    Days,
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
from model.language import N_, _
from model.network.cell import LOGITS
from model.steps.step import Operand

NO_GRADIENT = N_("the network on this page has no such weight.")


@value()
def loss(here: Here) -> Number:
    """The loss of the week, in nats."""
    return here.situation.loss


@value()
def error(here: Here) -> Numbers:
    """What comes back to the logits of the day from its own dish: (probability − truth), over the days."""
    return Vector(here.update.back.error[here.day, :, 0], here.quantities.rows(LOGITS))


@value()
def gradient(here: Here, of: OneEntry) -> Number:
    """The slope of the loss of the week for a weight: an entry of the gradient."""
    return float(_of_matrix(here, of, here.update.gradient).flat[of.index])


@value()
def step(here: Here, of: OneEntry) -> Number:
    """What the update adds to a weight."""
    return float(_of_matrix(here, of, here.update.step).flat[of.index])


@value()
def weight(_here: Here, of: OneEntry) -> Number:
    """The number at an entry."""
    return of.value


@value()
def steepest(here: Here, matrix: Matrix) -> OneEntry:
    """The weight of a matrix whose slope is the largest, whatever its sign."""
    return Entry(matrix, int(np.abs(_gradient(here, matrix)).argmax()))


@value()
def flattest(here: Here, matrix: Matrix) -> OneEntry:
    """The weight of a matrix whose slope is the smallest, whatever its sign."""
    return Entry(matrix, int(np.abs(_gradient(here, matrix)).argmin()))


@value()
def day_gradient(here: Here, matrix: Matrix) -> Matrix:
    """The gradient of a matrix from the day that is looked at alone."""
    return here.matrix_like(matrix, here.update.back.matrices[_key(here, matrix)][here.day])


@value()
def is_sum_of_days(here: Here) -> Truth:
    """Whether the gradient of every matrix is the sum of the gradients of the days."""
    update = here.update
    return all(
        bool(np.allclose(of_days.sum(axis=0), update.gradients[name]))
        for name, of_days in update.back.matrices.items()
    )


@value()
def days_that_change(here: Here, matrix: Matrix, number: Number) -> Days:
    """The days on which the gradient of a column of a matrix, counted from 1, is not 0."""
    of_days = here.update.back.matrices[_key(here, matrix)]
    place = whole(number, 1, of_days.shape[2]) - 1
    return frozenset(np.flatnonzero(of_days[:, :, place].any(axis=1)).tolist())


@value()
def days_with_error(here: Here) -> Number:
    """On how many days an error of their own goes back."""
    return int(np.count_nonzero(here.update.back.error[:, :, 0].any(axis=1)))


@value()
def slopes(here: Here) -> Numbers:
    """The slope of the non-linearity at each hidden unit of the day: the part of an error that passes through."""
    network, cell = here.situation.network, here.situation.cell
    if network.activation.backward is None or network.activation.mixes or cell.gated or not cell.hidden:
        raise InputError(_("the non-linearity has no slope for each unit here."))
    applied = next(operation for operation in cell.operations if operation.out == cell.hidden)
    z, a = (here.quantity(symbol).values[:, None] for symbol in (applied.inputs[0], cell.hidden))
    slope = np.empty_like(z)
    network.activation.backward(z, a, np.ones_like(z), slope)
    return Vector(slope[:, 0], here.quantities.rows(cell.hidden))


@value()
def reach(here: Here, number: Number) -> Number:
    """How much of the last day's error reaches a day, counted from 1: its length there over its length at the end."""
    arrived = here.update.reach
    return float(arrived[whole(number, 1, len(arrived)) - 1] / arrived[-1])


@value()
def faded_after(here: Here, part: Number) -> Number:
    """How many days back the last day's error is the first time smaller than a part of itself; 0: never."""
    arrived = here.update.reach
    back = np.flatnonzero((arrived / arrived[-1])[::-1] < part)
    return int(back[0]) if back.size else 0


def _key(here: Here, matrix: Operand) -> str:
    found = next((name for name in here.situation.cell.matrices if here.matrix(name).name == matrix.name), None)
    if found is None:
        raise InputError(_(NO_GRADIENT))
    return found


def _gradient(here: Here, matrix: Operand) -> np.ndarray:
    return here.update.gradients[_key(here, matrix)]


def _of_matrix(here: Here, of: Entry, vector: np.ndarray) -> np.ndarray:
    if of.operand.columns is None:
        raise InputError(_(NO_GRADIENT))
    return here.update.part(vector, _key(here, of.operand))
