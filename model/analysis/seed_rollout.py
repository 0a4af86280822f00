"""Many networks that go on from their own dishes at once: what `roll_out` says of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from model.analysis.rollout import SKY, SLICE, SLICE_NUMBERS
from model.arrays import one_hot
from model.network.batch import Batch
from model.network.forward import ForwardPass, run_forward
from model.network.lean import lean_forward
from model.network.schedule import Feedback
from model.roommate.roommate import Roommate
from model.training.evaluation import cases
from model.training.seed_batch import TrainedSeed
from model.training.seed_judge import repeated
from model.training.seed_updates import live_networks, products_for

TOGETHER = 64
"""How many networks are followed at once."""


def stray_days(
    roommate: Roommate,
    trained: Sequence[TrainedSeed],
    days: int,
    should_stop: Callable[[], bool],
) -> list[int | None] | None:
    """The first day on which each network leaves its own table when it is fed its own output.

    Args:
        roommate: Whose rule they learned.
        trained: Trainings that differ in their seed, of a network that feeds its dish back.
        days: For how many days they are followed.
        should_stop: Is asked now and then.

    Returns:
        The days, counted from 1, with None for a network that stays true; None where it was stopped.
    """
    config = trained[0].config
    products = products_for(roommate, config, len(trained))
    flat = products.weights(trained[0].weights.size)
    for place, one in enumerate(trained):
        flat[:, place] = one.weights
    network = live_networks(roommate, config, flat)
    followed = roommate.reduced(network.cell.sees)
    n, k, count = len(followed.dishes), len(followed.weathers), products.networks
    asked = cases(followed)
    assert asked.target is not None
    weeks = Batch(
        repeated(asked.weather, products), repeated(asked.start, products), repeated(asked.target, products)
    )
    answers = replace(ForwardPass.allocate(network.parameters, weeks.weather.shape), products=products)
    run_forward(network, weeks, Feedback.TEACHER, answers)
    tables = products.apart(answers.dish[0]).reshape(count, k, n)
    sky = np.random.default_rng(SKY).integers(k, size=days, dtype=np.intp)
    length = min(max(SLICE_NUMBERS // (network.parameters.hidden * n * count), 1), SLICE, days)
    strayed = np.zeros(count, dtype=np.intp)
    strayed[len(trained) :] = -1  # nobody's
    state, fed = np.tile(np.arange(n), (count, 1)), repeated(np.eye(n), products)
    forward: ForwardPass | None = None
    for begin in range(0, days, length):
        if should_stop():
            return None
        today = sky[begin : begin + length]
        if forward is None or len(forward.dish) != len(today):
            whole = ForwardPass.allocate(network.parameters, (len(today), k, n * count))
            forward = lean_forward(replace(whole, products=products), network.own_feedback)
        weather = one_hot(np.repeat(today[:, None], n * count, axis=1), k)
        run_forward(network, Batch(weather, fed), network.own_feedback, forward)
        wrong = np.empty((len(today), count), dtype=bool)
        for day, (sign, dish) in enumerate(zip(today, products.apart(forward.dish), strict=True)):
            state = np.take_along_axis(tables[:, sign], state, axis=1)
            wrong[day] = (dish != state).any(axis=1)
        first = np.where(wrong.any(axis=0), begin + wrong.argmax(axis=0) + 1, 0)
        strayed = np.where(strayed == 0, first, strayed)
        if strayed.all():
            break
        fed = next(iter(forward.handed_on.values()))[-1].copy()
    return [int(day) or None for day in strayed[: len(trained)]]
