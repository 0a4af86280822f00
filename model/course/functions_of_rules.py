"""Functions of expressions over the rule that the network follows."""

from __future__ import annotations

import numpy as np

from model.course.declaring import Dish, Number, Text, Truth, value, whole
from model.course.here import Here
from model.errors import InputError
from model.language import _
from model.network.activations import activation_named
from model.network.forward import run_forward
from model.network.schedule import Feedback
from model.training.evaluation import Evaluation, cases, evaluate
from model.training.exam import Exam

NO_STRAY = 0
"""The value of `strays_on` for a network that never strays."""

HELD_OUT_SEED = (0, 3)
"""The seed of the last exam's weather; no training uses it."""


MAX_HELD_OUT = 2**21
"""The most days of such weeks times hidden units: some 0.1 GB."""


@value("rights")
def cases_right(here: Here) -> Number:
    """In how many cases the right dish is the largest alone."""
    return here.situation.cases.count


@value("cases")
def cases_asked(here: Here) -> Number:
    """How many cases there are: each weather after each dish, or state."""
    return here.situation.cases.cases


@value()
def margin(here: Here) -> Number:
    """The smallest margin of all cases: the right dish's probability less the largest other."""
    return here.situation.cases.smallest


@value()
def rights_with(here: Here, activation: Text) -> Number:
    """In how many cases the network would be right with another non-linearity."""
    network = here.situation.network.with_activation(activation_named(activation))
    return _evaluated(here, network).count


def _evaluated(here: Here, network: object) -> Evaluation:
    situation = here.situation
    return evaluate(network, situation.roommate.reduced(situation.cell.sees))  # type: ignore[arg-type]


@value()
def answer(here: Here, weather: Number, yesterday: Number) -> Dish:
    """What the network cooks in a weather after a dish, each by its place, counted from 1."""
    return int(_answers(here)[0][_case(here, weather, yesterday)])


@value()
def decided(here: Here) -> Truth:
    """Whether in every case one dish is the most probable alone."""
    probabilities = _answers(here)[1]
    ordered = np.sort(probabilities, axis=0)
    return bool(len(ordered) == 1 or (ordered[-1] > ordered[-2]).all())


def _case(here: Here, weather: float, yesterday: float) -> int:
    roommate = here.situation.roommate
    n, k = len(roommate.dishes), len(roommate.weathers)
    return (whole(weather, 1, k) - 1) * n + whole(yesterday, 1, n) - 1


def _answers(here: Here) -> tuple[np.ndarray, np.ndarray]:
    """The dish of each case, (k·n,), and the probabilities of all dishes, (n, k·n)."""
    situation = here.situation
    if situation.cell.remembers:
        raise InputError(_("a network that remembers more than a dish is not asked case by case."))
    run = run_forward(situation.network, cases(situation.roommate), Feedback.HARD)
    return run.dish[0], run.probabilities[0]


@value()
def changed_cases(here: Here) -> Number:
    """In how many cases the network cooks another dish than the roommate."""
    situation = here.situation
    rule = np.array(situation.roommate.reduced(situation.cell.sees).next_dish).ravel()
    return int(np.count_nonzero(_answers(here)[0] != rule))


@value()
def rule_read_off(here: Here) -> Truth:
    """Whether the rule that is read off the weights is the roommate's."""
    return bool(here.automaton.matches_rule)


@value("strays_on")
def strays_on_its_own(here: Here) -> Number:
    """The first of 10,000 days on which the network, fed its own output, leaves its table; 0: none."""
    return _stray(here, "own")


@value("strays_on")
def strays_on(here: Here, feedback: Text) -> Number:
    """The first of 10,000 days on which the network, fed 'soft' or 'hard', leaves its table; 0: none."""
    return _stray(here, feedback)


def _stray(here: Here, feedback: str) -> int:
    stray = here.rollout(feedback).stray
    return NO_STRAY if stray is None else stray.day


@value()
def held_out_weeks(here: Here, weeks: Number, days: Number) -> Number:
    """Of so many random weeks of so many days that no training draws, how many the network cooks right throughout."""
    situation = here.situation
    roommate, network = situation.roommate, situation.network
    count, length = whole(weeks, 1, 1000), whole(days, 1, 1000)
    if count * length * network.parameters.hidden > MAX_HELD_OUT:
        raise InputError(_("so many days take too much memory with so many hidden units."))
    exam = Exam.of(roommate, 1, network.units, zero=network.zero_start)
    rng = np.random.default_rng(HELD_OUT_SEED)
    states = 1 if network.zero_start else len(roommate.states)
    weather = rng.integers(len(roommate.weathers), size=(length, count))
    start = rng.integers(states, size=count)
    batch = type(exam.batch).of(roommate, weather, start, units=network.units, zero=network.zero_start)
    feedback = network.feedback(network.own_feedback)
    result = Exam(batch, np.ones(weather.shape, dtype=bool)).result(run_forward(network, batch, feedback))
    return result.right
