"""Functions of expressions over the numbers of a walk: quantities, matrices, dishes, the way back."""

from __future__ import annotations

import string

import numpy as np

from model.course.declaring import (
    Day,
    Days,
    Dish,
    Dishes,
    Entries,
    Letter,
    Matrix,
    Number,
    Numbers,
    OneEntry,
    Truth,
    Weather,
    value,
    whole,
)
from model.course.here import Here
from model.course.values import Entry, Vector
from model.errors import InputError
from model.language import N_, _
from model.network.cell import LOGITS
from model.network.forward import cook
from model.steps.step import Operand

MAX_DAY = 10_000
"""The last day that is asked for."""

ALONE = 1e-9
"""A number that is nearer to another than this is equal to it, where numbers are counted."""


# Plain mathematics


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


# Days and dishes


@value()
def days(here: Here) -> Number:
    """The number of days in the week."""
    return here.simulation.days


@value()
def day(here: Here, number: Number) -> Day:
    """A day of the week, counted from 1."""
    return whole(number, 1, here.simulation.days) - 1


@value("today")
def weather_today(here: Here) -> Weather:
    """The weather of the day that is looked at."""
    return here.situation.week[here.day]


@value()
def weather(here: Here, number: Number) -> Weather:
    """The weather of a day, counted from 1."""
    return here.situation.week[whole(number, 1, here.simulation.days) - 1]


@value()
def yesterday(here: Here) -> Dish:
    """The dish that the day that is looked at starts from."""
    return here.simulation.trace.yesterday


@value()
def yesterday_first(here: Here) -> Dish:
    """The dish before the first day of the week."""
    return here.situation.start_dish


@value()
def dish(here: Here, number: Number) -> Dish:
    """The dish that the network cooks on a day, counted from 1; after the week's end its weather begins again."""
    at = whole(number, 1, MAX_DAY) - 1
    situation = here.situation
    if at < len(situation.week):
        return situation.dish(at)
    return int(_cooked(here, at + 1)[at])


@value()
def dishes(here: Here) -> Dishes:
    """The dishes that the network cooks in the week."""
    return tuple(here.situation.run.dish[:, 0].tolist())


@value()
def never_again(here: Here, of: Dish, number: Number) -> Truth:
    """Whether the network does not cook a dish in so many days."""
    return of not in _cooked(here, whole(number, 1, MAX_DAY)).tolist()


@value()
def still_cooked(here: Here, of: Dish, number: Number, last: Number) -> Truth:
    """Whether the network cooks a dish on one of the last days of so many."""
    cooked = _cooked(here, whole(number, 1, MAX_DAY)).tolist()
    return of in cooked[-whole(last, 1, len(cooked)) :]


def _cooked(here: Here, number: int) -> np.ndarray:
    situation = here.situation
    week = tuple(situation.week[at % len(situation.week)] for at in range(number))
    dish: np.ndarray = cook(situation.network, situation.roommate, week, situation.start).dish[:, 0]
    return dish


@value()
def clear(here: Here) -> Truth:
    """Whether one dish is the most probable alone on every day of the week."""
    situation = here.situation
    return not any(situation.tied(day) for day in range(len(situation.week)))


# The way back

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
