"""The loop of training over compiled passes: batches laid out, loss, steps, the cases judged, the exam taken.

This text becomes a part of each compiled module, behind `functions`; `forward`, `forward_alone`, `backward` and
`optimize` and the constants are what `emission` makes of a cell and an optimizer.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from model.arrays import Array, Indices, Mask
from model.engine.functions import logarithm

if TYPE_CHECKING:
    COLUMNS: int
    """How many weeks are gone through at once."""
    DAY: int
    """How many numbers a day has."""
    WEATHERS: int
    DISHES: int
    WEATHER: int
    """Where in a day's numbers the weather is; likewise the others."""
    TARGET: int
    LOGITS: int
    PROBABILITIES: int
    ERROR: int
    PROBABILITY: int
    """Where the probability of the right dish is."""
    MARGIN: int
    STARTS: tuple[tuple[int, int], ...]
    """Where each quantity that comes from yesterday is, and how many rows it has."""
    LANES: int

    optimize: Callable[[Array, Array, Array, Array, float, float], float]

    Forward = Callable[[Array, Array, int, int], None]
    Backward = Callable[[Array, Array, Array, int, int], None]
    Weeks = tuple[Indices, Indices, Indices, int]
    """Weather (days, weeks), the starts (weeks,), the dishes (days, weeks), as indices, up to a multiple of `COLUMNS`
    weeks; and how many of them count."""


def lay_out(numbers: Array, begin: int, columns: int, weather: Indices, start: Indices, dish: Indices) -> None:
    """Write `COLUMNS` weeks one-hot: the weather, the dishes really cooked, and what the first day begins with."""
    columns = min(columns, COLUMNS)
    for t in range(weather.shape[0]):
        day = t * DAY
        for i in range(WEATHERS):
            for b in range(columns):
                numbers[day + WEATHER + i * COLUMNS + b] = 1.0 if weather[t, begin + b] == i else 0.0
        for i in range(DISHES):
            for b in range(columns):
                numbers[day + TARGET + i * COLUMNS + b] = 1.0 if dish[t, begin + b] == i else 0.0
    for place, rows in STARTS:
        for i in range(rows):
            for b in range(columns):
                numbers[place + i * COLUMNS + b] = 1.0 if start[begin + b] == i else 0.0


def lost(numbers: Array, day: int, count: int) -> float:
    """Σ −log p of the right dishes of one day."""
    total, least = 0.0, 1.0
    for b in range(count):
        probability = numbers[day + PROBABILITY + b]
        total -= logarithm(probability)
        least = least if least < probability else probability
    if least > 1e-290:
        return total
    total = 0.0  # a probability too small for a float: log Σ eʸ − y of the target is finite all the same
    for b in range(count):
        largest, right = numbers[day + LOGITS + b], 0.0
        for i in range(DISHES):
            logit = numbers[day + LOGITS + i * COLUMNS + b]
            largest = max(largest, logit)
            right += logit if numbers[day + TARGET + i * COLUMNS + b] == 1.0 else 0.0
        exponentials = 0.0
        for i in range(DISHES):
            exponentials += math.exp(numbers[day + LOGITS + i * COLUMNS + b] - largest)
        total += math.log(exponentials) - (right - largest)
    return total


def evaluate(
    forward: Forward,
    backward: Backward,
    numbers: Array,
    weights: Array,
    gradient: Array,
    batch: Weeks,
    last_only: bool,
) -> tuple[float, float]:
    """Loss, accuracy and gradient of a batch."""
    weather, start, dish, weeks = batch
    days = weather.shape[0]
    part = 1.0 / weeks if last_only else 1.0 / (days * weeks)
    loss, right = 0.0, 0
    gradient[:] = 0.0
    for begin in range(0, weeks, COLUMNS):
        count = min(COLUMNS, weeks - begin)
        columns = min(COLUMNS, (weeks - begin + LANES - 1) // LANES * LANES)
        lay_out(numbers, begin, columns, weather, start, dish)
        forward(numbers, weights, columns, days)
        for t in range(days):
            day, counts = t * DAY, not last_only or t == days - 1
            for b in range(count):
                right += 1 if numbers[day + MARGIN + b] > 0.0 else 0
            if counts:
                loss += lost(numbers, day, count)
            for i in range(DISHES):
                for b in range(columns):
                    here = day + i * COLUMNS + b
                    error = (numbers[here + PROBABILITIES] - numbers[here + TARGET]) * part
                    numbers[here + ERROR] = error if counts and b < count else 0.0
        backward(numbers, weights, gradient, columns, days)
    return loss * part, right / (days * weeks)


def judge(
    forward: Forward, numbers: Array, weights: Array, batch: Weeks, case: Indices, known: Mask, right_cases: Mask
) -> int:
    """How many of the known cases are answered right on every day that they occur on, and which."""
    weather, start, dish, weeks = batch
    for i in range(known.size):
        right_cases[i] = known[i]
    for begin in range(0, weeks, COLUMNS):
        columns = min(COLUMNS, (weeks - begin + LANES - 1) // LANES * LANES)
        lay_out(numbers, begin, columns, weather, start, dish)
        forward(numbers, weights, columns, weather.shape[0])
        for t in range(weather.shape[0]):
            for b in range(min(COLUMNS, weeks - begin)):
                if not numbers[t * DAY + MARGIN + b] > 0.0 and case[t, begin + b] < known.size:
                    right_cases[case[t, begin + b]] = False
    count = 0
    for right in right_cases:
        count += 1 if right else 0
    return count


def strays(forward: Forward, numbers: Array, weights: Array, batch: Weeks, counted: Mask) -> bool:
    """Whether any day of the exam is wrong."""
    weather, start, dish, weeks = batch
    for begin in range(0, weeks, COLUMNS):
        columns = min(COLUMNS, (weeks - begin + LANES - 1) // LANES * LANES)
        lay_out(numbers, begin, columns, weather, start, dish)
        forward(numbers, weights, columns, weather.shape[0])
        for t in range(weather.shape[0]):
            for b in range(min(COLUMNS, weeks - begin)):
                if counted[t, begin + b] and not numbers[t * DAY + MARGIN + b] > 0.0:
                    return True
    return False


def length(gradient: Array) -> float:
    """The norm of a vector."""
    total = 0.0
    for i in range(gradient.size):
        total += gradient[i] * gradient[i]
    return math.sqrt(total)


def train(
    forward: Forward,
    forward_alone: Forward,
    backward: Backward,
    update: int,
    state: tuple[Array, Array, Array, Array, float],
    room: tuple[Array, Array],
    settings: tuple[float, float, Mask, bool],
    batches: Weeks,
    cases: tuple[Weeks, Indices, Mask],
    exam: tuple[Weeks, Mask],
    stop: tuple[int, bool, float],
    found: tuple[Array, Array, Array, Indices, Mask, Mask, Array],
) -> tuple[int, bool]:
    """Make updates, as `Trainer.step` and `TrainingRun.advance` make them.

    Args:
        forward: The pass of training.
        forward_alone: The pass in which it is judged.
        backward: The way back.
        update: How many there were before.
        state: Weights, the optimizer's two memories, the gradient; and how many updates the optimizer has made.
        room: The numbers of `COLUMNS` weeks, and a step.
        settings: Learning rate, the greatest norm, which weights are frozen, whether the last day alone counts.
        batches: The weeks of the update after each of these: (updates, days, weeks).
        cases: Their weeks, the case of each day, and which are known.
        exam: Its weeks, of which none where there is no exam; and the days that count.
        stop: The exam is taken at multiples of this; whether to stop at a failure; and below which loss.
        found: Filled for each update: loss, accuracy, length of the gradient, number of right cases, which, whether
            the exam was failed, and (updates, 3, weights): weights and memories.

    Returns:
        How many updates were made, and whether all numbers of the next were finite where it stopped before the end.
    """
    weights, first, second, gradient, count = state
    numbers, step = room
    rate, most, frozen, last_only = settings
    weather, start, dish, weeks = batches
    of_cases, case, known = cases
    of_exam, counted = exam
    exam_every, stop_at_failure, enough = stop
    losses, accuracies, lengths, rights, right_cases, strayed, history = found
    wanted = 0
    for is_known in known:
        wanted += 1 if is_known else 0
    for made in range(weather.shape[0]):
        for i in range(gradient.size):
            gradient[i] = 0.0 if frozen[i] else gradient[i]
        norm = length(gradient)
        if 0.0 < most < norm:
            for i in range(gradient.size):
                gradient[i] *= most / norm
        count = optimize(gradient, first, second, step, rate, count)
        total = 0.0
        for i in range(weights.size):
            weights[i] += 0.0 if frozen[i] else step[i]
            total += weights[i] * weights[i]
        batch = (weather[made], start[made], dish[made], weeks)
        loss, accuracy = evaluate(forward, backward, numbers, weights, gradient, batch, last_only)
        if not math.isfinite(loss + total):
            return made, False
        losses[made], accuracies[made], lengths[made] = loss, accuracy, length(gradient)
        rights[made] = judge(forward_alone, numbers, weights, of_cases, case, known, right_cases[made])
        strayed[made] = (
            rights[made] == wanted
            and (update + made + 1) % exam_every == 0
            and strays(forward_alone, numbers, weights, of_exam, counted)
        )
        for i in range(weights.size):
            history[made, 0, i] = weights[i]
            history[made, 1, i] = first[i]
            history[made, 2, i] = second[i]
        if loss < enough or (stop_at_failure and (rights[made] < wanted or strayed[made])):
            return made + 1, True
    return weather.shape[0], True
