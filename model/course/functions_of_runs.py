"""Functions of expressions over training: settings, the run that is shown, and runs made for the question."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache

import numpy as np

from model.analysis.outcomes import train_seeds
from model.course.declaring import Function, Matrix, Number, Text, Truth, value, whole
from model.course.here import Here
from model.course.training import MAX_PAGE_WORK, need_bounded
from model.course.values import Type
from model.errors import InputError
from model.language import N_, _
from model.network.names import TRAINABLE_NETWORKS
from model.network.network import Network
from model.roommate.ambiguity import ambiguous_cases
from model.roommate.naming import cut
from model.roommate.parsing import listed
from model.roommate.roommate import Roommate
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from model.training.snapshot import TrainingSnapshot

MAX_UPDATES = 10_000
"""The most updates of a run that is made for a question."""

MAX_SEEDS, MAX_SWEPT_UPDATES = 20, 1000
"""The most seeds that a question counts, and their most updates: half a second for the lecture's network."""

SWEPT_AT_ONCE = 5
"""So many trainings of one pass take about as long as one of them alone: each may be that much shorter."""


def _setting(name: str, *, earlier: bool) -> Function:
    text = next(str(field.type) for field in fields(TrainingConfig) if field.name == name) == "str"

    def call(here: Here) -> str | float:
        settings = here.earlier if earlier else here.settings
        if settings is None:
            raise InputError(_("no earlier part of the exercise is done."))
        found = settings[name]
        return found if isinstance(found, str) else float(found)

    where = "earlier" if earlier else "setting"
    about = N_("A setting of the part before.") if earlier else N_("A setting that is shown.")
    return Function(f"{where}.{name}", (), Type.TEXT if text else Type.NUMBER, call, False, about)


SETTINGS = tuple(
    _setting(field.name, earlier=earlier) for earlier in (False, True) for field in fields(TrainingConfig)
)
"""Every setting by its name, as it is, and as it was in the part before."""

ENDS = ("stop", "hold", "loss_below", "updates")
"""The settings that only say when a run ends."""


@value()
def differences(here: Here) -> Number:
    """How many settings differ from those of the part before, but for those that say when a run ends."""
    if here.earlier is None:
        raise InputError(_("no earlier part of the exercise is done."))
    return sum(here.settings[name] != here.earlier.get(name) for name in here.settings if name not in ENDS)


@value()
def frozen(here: Here, matrix: Matrix) -> Truth:
    """Whether training leaves a matrix as it is."""
    return any(
        here.matrix(name).name == matrix.name for name in here.config.frozen if name in here.situation.cell.matrices
    )


# The run that is shown


@value()
def predicted(here: Here) -> Truth:
    """Whether how long the run will take was guessed before its first update."""
    return here.predicted


@value()
def updates(here: Here) -> Number:
    """How many updates the run that is shown has made; 0 where none is shown."""
    snapshot = here.situation.snapshot
    return 0 if snapshot is None else snapshot.update


@value()
def latest(here: Here) -> Number:
    """How many updates the run has made, whichever is looked at."""
    return here.snapshot.latest


@value()
def learned(here: Here) -> Truth:
    """Whether the run has learned: all cases and the exam were right for as long as its settings ask for."""
    return here.snapshot.learned_at is not None


@value("learned_at")
def learned_at_update(here: Here) -> Number:
    """The update since which the run that is shown has been right."""
    learned_at = here.snapshot.learned_at
    if learned_at is None:
        raise InputError(_("the run has not learned yet."))
    return learned_at


@value()
def run_loss(here: Here) -> Number:
    """The loss of the run that is shown, on its own weeks."""
    return here.snapshot.loss


@value()
def past_loss(here: Here, ago: Number) -> Number:
    """The loss of the run that is shown, so many updates ago."""
    snapshot = here.snapshot
    return float(snapshot.losses.numbers[snapshot.update - whole(ago, 0, snapshot.update)])


@value()
def edited(here: Here) -> Truth:
    """Whether the weights of the run, its weeks or its settings were changed by hand on its way."""
    snapshot = here.snapshot
    return bool(snapshot.edited or snapshot.aimed or len(snapshot.configs) > 1)


# Runs that are made for the question, with the settings of the page


@value()
def all_right_at(here: Here, most: Number) -> Number:
    """The first update, of at most so many, with every case right; with the settings of the page from its start."""
    found = _first_right(here, here.config, whole(most, 1, MAX_UPDATES))
    if found is None:
        raise InputError(_("so many updates do not make every case right."))
    return found


@value()
def never_all_right(here: Here, most: Number) -> Truth:
    """Whether so many updates with the settings of the page do not make every case right."""
    return _first_right(here, here.config, whole(most, 1, MAX_UPDATES)) is None


@value()
def all_right_with(here: Here, network: Text, most: Number) -> Truth:
    """Whether at most so many updates make every case right for a network."""
    if network not in TRAINABLE_NETWORKS:
        sentence = _("{word!r} is no network that is trained: there are {names}.")
        raise InputError(sentence.format(word=cut(network), names=listed(TRAINABLE_NETWORKS)))
    config, roommate = here.config.for_network(network), here.situation.roommate
    if ambiguous_cases(roommate) and not config.cell.remembers:
        return False  # it is asked for the best rule that it can know, and that is not the roommate's
    return _first_right(here, config, whole(most, 1, MAX_UPDATES)) is not None


@value()
def rights_after(here: Here, days: Number, most: Number) -> Number:
    """How many cases are right after so many updates with weeks of so many days."""
    return _at(here, replace(here.config, days=whole(days, 1, 365)), most).verdict.count


@value()
def rights_at(here: Here, update: Number) -> Number:
    """How many cases are right at an update of the settings of the page."""
    return _at(here, here.config, update).verdict.count


@value()
def loss_at(here: Here, update: Number) -> Number:
    """The loss at an update of the settings of the page, on its own weeks."""
    return _at(here, here.config, update).loss


@value()
def accuracy_at(here: Here, update: Number) -> Number:
    """The part of the days of its own weeks that is right at an update."""
    return _at(here, here.config, update).accuracy


@value()
def margin_at(here: Here, update: Number) -> Number:
    """The smallest margin of all cases at an update."""
    return _at(here, here.config, update).verdict.smallest


@value()
def strays_at(here: Here, update: Number) -> Number:
    """The first of 10,000 days on which the network of an update leaves its table; 0: none."""
    return _stray(here, _at(here, here.config, update).network)


@value()
def strays_after(here: Here, network: Text, days: Number, most: Number) -> Number:
    """The first of 10,000 days on which another network leaves its table, after so many updates; 0: none."""
    if network not in TRAINABLE_NETWORKS:
        sentence = _("{word!r} is no network that is trained: there are {names}.")
        raise InputError(sentence.format(word=cut(network), names=listed(TRAINABLE_NETWORKS)))
    config = replace(here.config.for_network(network), days=whole(days, 1, 365))
    return _stray(here, _at(here, config, most).network)


@value()
def learned_of(here: Here, seeds: Number, rate: Number, most: Number) -> Number:
    """How many of so many seeds learn the rule with a learning rate within so many updates."""
    count = whole(seeds, 1, MAX_SEEDS)
    updates = whole(most, 1, MAX_SWEPT_UPDATES)
    config = replace(here.config, seed=0, learning_rate=rate, stop="learned", updates=updates)
    need_bounded(here.situation.roommate, config, updates, MAX_PAGE_WORK // SWEPT_AT_ONCE)
    return _learned(here.situation.roommate, config, count)


@lru_cache(maxsize=8)
def _learned(roommate: Roommate, config: TrainingConfig, seeds: int) -> int:
    outcomes = train_seeds(roommate, config, range(seeds), rollout_days=0)
    return sum(outcome.learned_at is not None for outcome in outcomes)


@value()
def blind_loss(here: Here) -> Number:
    """The loss of mere guessing: the logarithm of the number of dishes."""
    return float(np.log(len(here.situation.roommate.dishes)))


def _stray(here: Here, network: Network) -> int:
    situation = Situation(here.situation.roommate, 3).with_custom_network(network)
    stray = replace(here, simulation=replace(here.simulation, situation=situation)).rollout("own").stray
    return 0 if stray is None else stray.day


def _at(here: Here, config: TrainingConfig, update: float) -> TrainingSnapshot:
    at = whole(update, 0, MAX_UPDATES)
    run = here.run_of(config, at)
    return run.moment(min(at, run.update))


def _first_right(here: Here, config: TrainingConfig, most: int) -> int | None:
    """The first update with every case right; only as many as that needs are made, in slices."""
    begin = 0
    for end in [*range(100, most, 100), most]:
        run: TrainingRun = here.run_of(config, end)
        rights = run.moment().rights.numbers[begin : min(end, run.update) + 1]
        found = np.flatnonzero(rights >= run.moment().verdict.cases)
        if found.size:
            return begin + int(found[0])
        if run.update < end:
            return None
        begin = end
    return None
