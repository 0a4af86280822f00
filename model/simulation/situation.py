"""Everything that is computed for the screen as one frozen value: roommate, lesson, week, weights, run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from model.errors import InputError
from model.language import _
from model.network.batch import Batch
from model.network.cell import Cell, Size
from model.network.forward import ForwardPass, run_forward
from model.network.loss import loss, margins
from model.network.memory_bounds import check_week, most_days
from model.network.names import TRAINABLE_NETWORKS
from model.network.network import Network, default_sizes
from model.network.origins import BY_HAND, at_random
from model.network.schedule import Feedback
from model.roommate.diary import Diary
from model.roommate.parsing import MAX_DAYS
from model.roommate.roommate import LECTURE_WEEK, PERFECT_ROOMMATE, Roommate
from model.simulation.lessons import LESSONS
from model.steps.backward import backward_steps
from model.steps.forward import DayTrace, trace_day
from model.steps.step import Step
from model.steps.update import update_steps
from model.training.config import TrainingConfig
from model.training.evaluation import Evaluation, evaluate
from model.training.optimizers import OptimizerState
from model.training.provenance import Provenance
from model.training.setting_bounds import OF_THE_WAY_BACK
from model.training.snapshot import TrainingSnapshot
from model.training.update import Update, work_out_update

UPDATE = -1
"""On the way back the update comes after the first day, which is day 0."""


Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True)
class Situation:
    """What is computed: a roommate, a network and a week. Where one looks is not part of it.

    Attributes:
        roommate: Who cooks.
        lesson: The number of the lesson, a key of `LESSONS`.
        week: The weather of each day, as indices.
        start: The state before the first day, as an index; without a memory, the dish of that day.
        targets: What was really cooked on each day, as indices, where that is not simply the roommate's rule.
        custom_networks: The network that a lesson shows instead of the hand-set one: from a file, or edited.
        made: What made these networks, by the lesson, as far as that is known.
        files: The files that have these networks, by the lesson, as ``--weights`` opens them.
        settings: How the other lessons send errors back and update; lesson 4 has the settings of its run.
        fed_back: What the walk feeds back where the weights are no run's; None: what they were made to be fed.
        learning: The training run that lesson 4 shows, at one of its updates.
        run_id: The number of that run among those that undo can bring back.
        scenario: What ``--scenario`` opens the roommate with; nothing for the lecture's.
        diary: The observed days that the roommate was made from, and that training learns from.
        diary_file: What ``--diary`` opens them with.
        letters: Whether letters stand in place of weights that nobody has looked for yet.
    """

    roommate: Roommate = PERFECT_ROOMMATE
    lesson: int = 3
    week: tuple[int, ...] = LECTURE_WEEK
    start: int = 0
    targets: tuple[int, ...] | None = None
    custom_networks: Mapping[int, Network] = field(default_factory=dict)
    made: Mapping[int, Provenance] = field(default_factory=dict)
    files: Mapping[int, str] = field(default_factory=dict)
    settings: TrainingConfig = field(default_factory=TrainingConfig)
    fed_back: Feedback | None = None
    learning: TrainingSnapshot | None = None
    run_id: int = 0
    scenario: str = ""
    diary: Diary | None = None
    diary_file: str = ""
    letters: bool = False

    def __post_init__(self) -> None:
        if not self.week:
            raise InputError(_("A week needs at least one day."))
        if self.targets is not None and len(self.targets) != len(self.week):
            raise InputError(
                _("The week has {days} days, and {dishes} dishes were cooked in it.").format(
                    days=len(self.week), dishes=len(self.targets)
                )
            )
        if len(self.week) > MAX_DAYS:
            raise InputError(
                _("The week has more than {most:,} days: that is the most that is accepted.").format(most=MAX_DAYS)
            )
        check_week(len(self.week), self.cell, self.sizes)

    @property
    def trains(self) -> bool:
        """Whether the lesson is the one in which training finds the weights."""
        return LESSONS[self.lesson].trains

    @property
    def snapshot(self) -> TrainingSnapshot | None:
        """The run that is on the screen; None in a lesson that does not train, and before there is a run."""
        return self.learning if self.trains else None

    @property
    def cell(self) -> Cell:
        """The architecture that is on the screen: that of the lesson, of its run, or of weights of its own."""
        if self.snapshot is not None:
            return self.snapshot.network.cell
        network = self.custom_networks.get(self.lesson)
        return LESSONS[self.lesson].cell if network is None else network.cell

    @cached_property
    def network(self) -> Network:
        """The network of the lesson: learned, loaded or edited weights where there are any, or set by hand."""
        if self.snapshot is not None:
            return self.snapshot.network
        return self.custom_networks.get(self.lesson) or self.hand_set

    @property
    def sizes(self) -> dict[Size, int]:
        """The sizes of the network, known without making it."""
        usual = default_sizes(self.cell, self.roommate)
        if self.snapshot is not None:
            return usual | self.snapshot.network.parameters.sizes
        network = self.custom_networks.get(self.lesson)
        return usual if network is None else usual | network.parameters.sizes

    @cached_property
    def hand_set(self) -> Network:
        """The network with the weights that are exact for the lesson's rule."""
        return Network.by_hand(self.roommate, self.cell)

    @property
    def feedback(self) -> Feedback:
        """What becomes tomorrow's yesterday on the walk forwards: in lesson 4 what its run trains with.

        Elsewhere it is what was asked for, or what the weights were made to be fed: whole dishes, where they were set
        by hand.
        """
        if self.snapshot is not None:
            return self.network.feedback(Feedback(self.snapshot.config.feedback))
        return self.network.feedback(self.fed_back or self.network.trained_with)

    @cached_property
    def run(self) -> ForwardPass:
        """The forward pass over the week."""
        return run_forward(self.network, self.weeks, self.feedback)

    def run_of(self, network: Network) -> ForwardPass:
        """The forward pass over the same week with other weights, which are fed back what these are."""
        return run_forward(network, self._weeks_for(network), self.feedback)

    @property
    def by_hand(self) -> bool:
        """Whether the lesson's weights are the hand-set ones."""
        return self.network.origin == BY_HAND

    @cached_property
    def expected(self) -> tuple[int, ...]:
        """What the roommate really cooks: as it is known, or by the rule of this lesson."""
        reduced = self.roommate.reduced(self.cell.sees)
        return self.targets or reduced.cook(self.week, self.start if reduced.memory else self.start_dish)

    @property
    def start_dish(self) -> int:
        """The dish of the day before the first, as an index: what the state shows."""
        return self.roommate.shows[self.start]

    def case(self, day: int) -> tuple[int, int]:
        """The case that a day is: the weather, and what the day starts from.

        That is the dish that counted most in what the network was fed; for a network that hands on more than a dish,
        the state that the roommate is really in.
        """
        weather = self.week[day]
        if self.cell.remembers:
            return weather, self.roommate.live(self.week[:day], self.start)[-1] if day else self.start
        return weather, self.trace(day).yesterday

    def right(self, *, backward: bool = False) -> NDArray[np.bool_]:
        """(days,): whether each day is what it should be, a tie being nobody's; a long week is judged at once."""
        run = self.week_update.forward if backward else self.run
        return _kept(self._rights, backward, lambda: margins(run, self.weeks)[:, 0] > 0)

    @cached_property
    def _rights(self) -> dict[bool, NDArray[np.bool_]]:
        return {}

    def dish(self, day: int) -> int:
        """What the network cooks on a day, as an index; of several that tie, the first."""
        return int(self.run.dish[day, 0])

    def tied(self, day: int) -> tuple[int, ...]:
        """The dishes that tie for the most probable on a day, as indices; none where one of them has won."""
        probabilities = self.run.probabilities[day, :, 0]
        greatest = np.flatnonzero(probabilities == probabilities.max())
        return tuple(greatest.tolist()) if greatest.size > 1 else ()

    def trace(self, day: int, *, backward: bool = False) -> DayTrace:
        """A day as the network lived it; on the way back with the feedback of the settings."""

        def worked_out() -> DayTrace:
            run = self.week_update.forward if backward else self.run
            return trace_day(self.roommate, self.network, run, day, lettered=self.lettered)

        return _kept(self._traces, (day, backward), worked_out)

    @cached_property
    def _traces(self) -> dict[tuple[int, bool], DayTrace]:
        return {}

    @property
    def lettered(self) -> bool:
        """Whether letters stand in place of the weights: it is asked for, and they are as chance made them."""
        return self.letters and at_random(self.network.origin)

    # The way back

    @property
    def config(self) -> TrainingConfig:
        """The settings of the way back: those of the run in lesson 4."""
        if self.snapshot is not None:
            return self.snapshot.config
        network = self.cell.name if self.cell.name in TRAINABLE_NETWORKS else TrainingConfig.network
        return self.settings if self.settings.network == network else self.settings.for_network(network)

    @property
    def setting_names(self) -> tuple[str, ...]:
        """The names of the settings that count in the lesson."""
        return tuple(one.name for one in fields(TrainingConfig)) if self.trains else OF_THE_WAY_BACK

    @property
    def can_go_back(self) -> bool:
        """Whether errors can go back: the non-linearity has a derivative, and the week is not too long for memory."""
        return self.has_derivative and not self.too_long_to_go_back

    @property
    def has_derivative(self) -> bool:
        """Whether the network's non-linearity has a derivative, so that errors can go back through it."""
        return self.network.activation.backward is not None

    @property
    def too_long_to_go_back(self) -> str:
        """Why the week is too long for the way back, which takes more memory; nothing where it is not."""
        most = most_days(self.cell, self.sizes, backward=True)
        if len(self.week) <= most:
            return ""
        return _(
            "A week of {days:,} days takes too much memory on the way back with {units:,} hidden "
            "units: errors can go back through at most {most:,} days. Take a shorter week."
        ).format(days=len(self.week), units=self.sizes[Size.HIDDEN], most=most)

    @cached_property
    def week_update(self) -> Update:
        """The update that this week would make.

        Raises:
            TrainingError: See `can_go_back`.
        """
        return work_out_update(self.network, self.weeks, self.config, self._memory)

    @property
    def _memory(self) -> OptimizerState | None:
        """What the optimizer remembers of the updates before; None: nothing, or another one made them."""
        if self.snapshot is not None:
            return self.snapshot.memory
        made = self.made.get(self.lesson)
        return made.memory if made is not None and made.optimizer == self.config.optimizer else None

    @cached_property
    def cases(self) -> Evaluation:
        """How the network answers the cases of the rule, as far as it can know that."""
        return evaluate(self.network, self.roommate.reduced(self.cell.sees))

    @cached_property
    def weeks(self) -> Batch:
        """The week with its targets, as the network takes it: B = 1."""
        return self._weeks_for(self.network)

    def _weeks_for(self, network: Network) -> Batch:
        weather, dishes = (np.array(days, dtype=np.intp)[:, None] for days in (self.week, self.expected))
        start = np.array([self.start], dtype=np.intp)
        return Batch.of(self.roommate, weather, start, dishes, network.units, zero=network.zero_start)

    @cached_property
    def loss(self) -> float:
        """The mean cross-entropy of the week, in nats, with the feedback of the settings."""
        with np.errstate(all="ignore"):  # as in `run_forward`
            run = run_forward(self.network, self.weeks, Feedback(self.config.feedback))
            return loss(run, self.weeks, last_only=self.config.loss_days == "last")

    def back_steps(self, day: int) -> tuple[Step, ...]:
        """The steps of a day on the way back, or those of the update for the day `UPDATE`."""

        def worked_out() -> tuple[Step, ...]:
            if day == UPDATE:
                return update_steps(self.roommate, self.week_update)
            return backward_steps(self.roommate, self.week_update, day, lettered=self.lettered)

        return _kept(self._back_steps, day, worked_out)

    @cached_property
    def _back_steps(self) -> dict[int, tuple[Step, ...]]:
        return {}

    def with_custom_network(
        self, network: Network | None, made: Provenance | None = None, file: str = ""
    ) -> Situation:
        """The lesson with another network.

        Args:
            network: Its weights; None: the hand-set one again.
            made: What made them. The way back goes on with the settings of their last stretch.
            file: The file that has them.
        """
        here = self.custom_networks.get(self.lesson)
        custom_networks = {lesson: one for lesson, one in self.custom_networks.items() if lesson != self.lesson}
        origins_of_custom = {lesson: one for lesson, one in self.made.items() if lesson != self.lesson}
        files = {lesson: one for lesson, one in self.files.items() if lesson != self.lesson}
        if here is not None and network is not None and network.parameters is here.parameters and not (made or file):
            origins_of_custom, files = (
                dict(self.made),
                dict(self.files),
            )  # another non-linearity: the weights are what they were
        settings, fed_back = self.settings, self.fed_back
        if network is not None:
            custom_networks[self.lesson] = network
            if file:
                files[self.lesson] = file
            if made is not None:
                origins_of_custom[self.lesson] = made
            if made is not None and made.config is not None:
                settings, fed_back = settings.with_way_back_of(made.config), None
        return replace(
            self,
            custom_networks=custom_networks,
            made=origins_of_custom,
            files=files,
            settings=settings,
            fed_back=fed_back,
        )


def _kept(kept: dict[Key, Value], key: Key, work_out: Callable[[], Value]) -> Value:
    """What was worked out before, or is now; of two days, and no more, as a large network's take much memory."""
    if key not in kept:
        if len(kept) > 1:
            del kept[next(iter(kept))]
        kept[key] = work_out()
    return kept[key]
