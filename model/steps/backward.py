"""The way back told as values: each day's error and gradients as steps, then the totals and the update.

In the formulas ∂x is short for dL/dx, where L is the mean loss over the week's days.
Source: Goodfellow, Bengio, Courville, "Deep Learning", section 10.2.2.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from model.arrays import Array
from model.network.activations import SOFTMAX, Activation, softmax_backward
from model.network.network import Feedback
from model.roommate.roommate import Kind, Roommate
from model.steps.forward import Quantities
from model.steps.step import Axis, Operand, Operation, Role, Step
from model.training.update import Update


def _largest(value: Array) -> int:
    return int(np.abs(value).argmax())


def _jacobian(p: Array) -> Array:
    """How each of softmax's values changes with each of its arguments: diag(p) − p pᵀ."""
    matrix: Array = np.diag(p) - np.outer(p, p)
    return matrix


@np.errstate(all="ignore")  # as in the passes: what is not finite is shown as it is
def backward_steps(roommate: Roommate, descent: Update, day: int) -> tuple[Step, ...]:
    """The steps of one day on the way back.

    Args:
        roommate: Names for rows and columns.
        descent: The backward pass of a week.
        day: Which day, counted from 0.

    Returns:
        From the probabilities to the gradients of the day, and with soft feedback or in the Elman network on to the
        day before.
    """
    network, run, back = descent.network, descent.run, descent.back
    of_day = Quantities.of(roommate, network, run, day)
    dishes, hidden = of_day.logits.rows, of_day.sum.rows
    assert descent.weeks.target is not None

    def vector(name: str, symbol: str, value: Array, rows: Axis, role: Role = Role.ERROR) -> Operand:
        return Operand(name, symbol, value, role, rows)

    p = vector("probabilities", "p", run.probabilities[day, :, 0], dishes, Role.TODAY)
    target = vector("really cooked", "t", descent.weeks.target[day, :, 0], dishes, Role.TODAY)
    error = vector("error", "e", back.error[day, :, 0], dishes)
    logits = vector("∂y", "∂y", back.logits[day, :, 0], dishes)
    softmax = partial(SOFTMAX.spell, of_day.logits.value)
    steps = [
        Step(
            "probabilities",
            "p",
            "p = softmax(y)",
            Operation.APPLY,
            (of_day.logits,),
            p,
            int(target.value.argmax()),
            "softmax",
            softmax,
        ),
        Step(
            "error",
            "e",
            f"e = (p − t) / {descent.days}",
            Operation.SUBTRACT,
            (p, target),
            error,
            _largest(error.value),
            divisor=descent.days,
        ),
    ]
    looks_back = network.kind is not Kind.WEATHER
    recurrent = looks_back and descent.feedback in {Feedback.SOFT, Feedback.HIDDEN}
    if recurrent and descent.feedback is Feedback.SOFT:
        steps += _from_tomorrow(descent, day, p, error, logits)
    else:
        logits = error
    if "merge" in network.matrices:
        steps += _through_the_units(of_day, descent, day, logits)
        total = vector("∂z", "∂z", back.sum[day, :, 0], hidden)
    else:  # the lecture's first two networks have one matrix: z is y
        total = logits
    if looks_back:
        steps.append(_gradient(of_day.food, back.days_food[day], total, of_day.yesterday))
    if "weather" in network.matrices:
        steps.append(_gradient(of_day.weather, back.days_weather[day], total, of_day.today))
    if recurrent:
        symbol = f"∂{of_day.yesterday.symbol}"
        previous = vector("to yesterday", symbol, back.previous[day, :, 0], of_day.yesterday.rows)
        food = of_day.food.transpose()
        steps.append(
            Step(
                f"back through {of_day.food.name.lower()}",
                symbol,
                f"{symbol} = {food.symbol} · {total.symbol}",
                Operation.PRODUCT,
                (food, total),
                previous,
                _largest(previous.value),
            )
        )
    return tuple(steps)


def _from_tomorrow(descent: Update, day: int, p: Operand, error: Operand, logits: Operand) -> list[Step]:
    """What the next day sends back, through this day's softmax, and the sum with the day's own error."""
    sent = _sent_by_tomorrow(descent, day)
    arrived = np.empty_like(sent)[:, None]
    softmax_backward(p.value[:, None], sent[:, None], arrived)
    tomorrow = Operand("tomorrow's ∂d", "∂d", sent, Role.ERROR, p.rows)
    jacobian = Operand("softmax′", "softmax′", _jacobian(p.value), Role.TODAY, p.rows, p.rows)
    returned = Operand("from tomorrow", "r", arrived[:, 0], Role.ERROR, p.rows)
    through = _largest(returned.value) if returned.value.any() else 0
    formula = "r = (diag(p) − p pᵀ) · ∂d of tomorrow"
    return [
        Step("from tomorrow", "r", formula, Operation.PRODUCT, (jacobian, tomorrow), returned, through),
        Step("both errors", "∂y", "∂y = e + r", Operation.ADD, (error, returned), logits, _largest(logits.value)),
    ]


def _sent_by_tomorrow(descent: Update, day: int) -> Array:
    """What the next day sends back to what it was given; zeros on the last day."""
    sent = descent.back.previous
    return sent[day + 1, :, 0] if day + 1 < descent.days else np.zeros_like(sent[day, :, 0])


def _through_the_units(of_day: Quantities, descent: Update, day: int, logits: Operand) -> list[Step]:
    """The gradient of Merge, back through Merge, and through the non-linearity.

    In the Elman network what the next day sends back arrives here, at the units that were handed on to it.
    """
    back, hidden = descent.back, of_day.hidden
    merge = _gradient(of_day.merge, back.days_merge[day], logits, hidden)
    units = Operand("∂a", "∂a", back.hidden[day, :, 0], Role.ERROR, hidden.rows)
    total = Operand("∂z", "∂z", back.sum[day, :, 0], Role.ERROR, hidden.rows)
    handed_on = descent.feedback is Feedback.HIDDEN
    transposed = of_day.merge.transpose()
    own = units
    if handed_on:
        own = Operand("today's ∂a", "u", transposed.value.dot(logits.value), Role.ERROR, hidden.rows)
    steps = [
        merge,
        Step(
            "back through merge",
            own.symbol,
            f"{own.symbol} = Mergeᵀ · {logits.symbol}",
            Operation.PRODUCT,
            (transposed, logits),
            own,
            _largest(own.value),
        ),
    ]
    if handed_on:
        tomorrow = Operand("tomorrow's ∂m", "∂m", _sent_by_tomorrow(descent, day), Role.ERROR, hidden.rows)
        formula, largest = "∂a = u + ∂m of tomorrow", _largest(units.value)
        steps.append(Step("both days", "∂a", formula, Operation.ADD, (own, tomorrow), units, largest))
    activation = descent.network.activation
    slope = _slope(activation, of_day)
    if activation.mixes:
        formula, operation, operands = "∂z = (diag(a) − a aᵀ) · ∂a", Operation.PRODUCT, (slope, units)
    else:
        formula, operation, operands = (
            f"∂z = ∂a ⊙ φ′, φ′ = {activation.derivative}",
            Operation.MULTIPLY,
            (units, slope),
        )
    bend = Step("back through the units", "∂z", formula, operation, operands, total, _largest(total.value))
    return [*steps, bend]


def _slope(activation: Activation, of_day: Quantities) -> Operand:
    """φ′ at the day's sum: a vector, or a matrix where every unit depends on all sums."""
    z, a = of_day.sum, of_day.hidden
    if activation.mixes:
        return Operand(f"{activation.name}′", "φ′", _jacobian(a.value), Role.HIDDEN, a.rows, a.rows)
    assert activation.backward is not None
    slope = np.empty((len(z.value), 1))
    activation.backward(z.value[:, None], a.value[:, None], np.ones_like(slope), slope)
    return Operand(f"{activation.name}′", "φ′", slope[:, 0], Role.HIDDEN, a.rows)


def _gradient(matrix: Operand, value: Array, error: Operand, given: Operand) -> Step:
    """A matrix's gradient on one day: what came back times what had gone in, for every pair of them."""
    symbol = f"∂{matrix.name}"
    result = Operand(symbol, symbol, value, matrix.role, error.rows, given.rows)
    formula = f"{symbol} = {error.symbol} · {given.symbol}ᵀ"
    name = f"{matrix.name.lower()} gradient"
    return Step(name, symbol, formula, Operation.OUTER, (error, given), result, _largest(value))
