"""Where a page of the course is: what the options of the command for a screen say, as far as a page can need them."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace

from model.course.training import MAX_PAGE_WORK, need_bounded
from model.errors import InputError
from model.language import _
from model.network.activations import activation_named
from model.network.cell import Cell
from model.network.names import TRAINABLE_NETWORKS
from model.network.schedule import Feedback
from model.roommate.naming import cut
from model.roommate.parsing import listed, parse_start, parse_week, suggestion
from model.roommate.scenario import LECTURE, Scenario
from model.roommate.typed_numbers import whole_number
from model.simulation.lessons import LESSONS
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.storage.scenarios import find_scenario, shipped
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from model.training.setting_bounds import OF_THE_WAY_BACK
from model.training.setting_texts import from_settings, parse_settings

MAX_DAYS = 100
"""The longest week of a page."""

MAX_UPDATE = 2_000
"""The latest update that a page can be at."""

NUMBERS = ("lesson", "day", "step", "seed", "update", "entry")
TEXTS = ("weather", "start", "scenario", "network", "activation", "feedback", "settings")
SWITCHES = ("backward", "reveal", "no-reveal", "letters")
OPTIONS = tuple(f"--{name}" for name in (*NUMBERS, *TEXTS, *SWITCHES))
"""What can be said of a page's place: options of the command line that mean the same."""


@dataclass(frozen=True)
class Place:
    """A screen, for any roommate.

    Attributes:
        lesson: The number of the program's lesson.
        numbers: The options that are numbers.
        texts: The options that are texts.
        backward: Whether it is on the way back.
        revealed: Whether the days to come are shown; None: as the lesson has it.
        letters: Whether letters stand in place of the weights.
    """

    lesson: int
    numbers: dict[str, int]
    texts: dict[str, str]
    backward: bool = False
    revealed: bool | None = None
    letters: bool = False

    @property
    def scenario(self) -> str:
        """The roommate that the page is about in any case; empty: whoever cooks."""
        return self.texts.get("scenario", "")

    @property
    def trains(self) -> bool:
        """Whether it is in the lesson that trains."""
        return LESSONS[self.lesson].trains

    @property
    def cell(self) -> Cell:
        """The architecture that is shown there."""
        return self.config.cell if self.trains else LESSONS[self.lesson].cell

    @property
    def config(self) -> TrainingConfig:
        """The settings of the run, or of the way back.

        Raises:
            InputError: They cannot be.
        """
        settings: dict[str, object] = dict(parse_settings(self.texts.get("settings", "")))
        settings |= {name: self.texts[name] for name in ("network", "feedback") if name in self.texts}
        if self.trains:
            settings |= {name: self.texts[name] for name in ("activation",) if name in self.texts}
            settings |= {name: self.numbers[name] for name in ("seed",) if name in self.numbers}
        return from_settings(settings)

    def open(
        self, scenario: Scenario = LECTURE, name: str = "", seed: int | None = None, update: int | None = None
    ) -> tuple[Simulation, TrainingRun | None]:
        """The screen, and in the lesson that trains the run behind it.

        Args:
            scenario: Who cooks, where the page does not say so.
            name: What opens that roommate; nothing for the lecture's.
            seed: Another seed than the page's.
            update: Another update than the page's.

        Raises:
            InputError: There is no such screen for this roommate.
        """
        if self.scenario:
            scenario, name = find_scenario(self.scenario), self.scenario
        roommate = scenario.roommate
        situation = Situation(roommate, self.lesson, self._week(scenario), self._start(scenario), scenario=name)
        situation = replace(situation, letters=self.letters)
        run = None
        if self.trains:
            config = self.config if seed is None else replace(self.config, seed=seed)
            at = self.numbers.get("update", 0) if update is None else update
            need_bounded(roommate, config, at + 1, MAX_PAGE_WORK)
            run = TrainingRun(roommate, config)
            run.advance(at)
            simulation = Simulation(situation, revealed=True).with_learning(run.moment(), 1)
        else:
            simulation = Simulation(self._on_the_way_back(situation))
        simulation = self._looking(simulation)
        return (simulation if self.revealed is None else replace(simulation, revealed=self.revealed)), run

    def _week(self, scenario: Scenario) -> tuple[int, ...]:
        if "weather" not in self.texts:
            return scenario.days
        whose = scenario.roommate if self.scenario else LECTURE.roommate
        week = parse_week(self.texts["weather"], whose)
        if len(week) > MAX_DAYS:
            raise InputError(_("--weather: a page has at most {most} days.").format(most=MAX_DAYS))
        weathers = len(scenario.roommate.weathers)  # the lecture's weathers by their place
        return tuple(day % weathers for day in week)

    def _start(self, scenario: Scenario) -> int:
        if "start" not in self.texts:
            return scenario.start
        if self.scenario:
            return parse_start(self.texts["start"], scenario.roommate)
        return parse_start(self.texts["start"], LECTURE.roommate) % len(scenario.roommate.states)

    def _on_the_way_back(self, situation: Situation) -> Situation:
        config = self.config
        if "activation" in self.texts:
            activation = activation_named(self.texts["activation"])
            situation = situation.with_custom_network(situation.network.with_activation(activation))
        changed = {name: getattr(config, name) for name in OF_THE_WAY_BACK}
        situation = replace(situation, settings=replace(situation.settings, **changed))
        if "feedback" in self.texts:
            situation = replace(situation, fed_back=Feedback(self.texts["feedback"]))
        return situation

    def _looking(self, simulation: Simulation) -> Simulation:
        """At the day, the step and the entry of the page."""
        if self.backward:
            if not simulation.situation.can_go_back:
                raise InputError(_("--backward: no error can go back there; give another --activation."))
            simulation = simulation.turn()
        day = self.numbers.get("day", 1 if not self.backward else simulation.days)
        if not (0 if self.backward else 1) <= day <= simulation.days:
            raise InputError(_("--day {number}: there is no such day.").format(number=day))
        simulation = simulation.go_to(UPDATE if day == 0 else day - 1, 0)
        step = self.numbers.get("step", 1)
        if not 1 <= step <= len(simulation.steps):
            sentence = _("--step {number}: there are {steps} steps there.")
            raise InputError(sentence.format(number=step, steps=len(simulation.steps)))
        simulation = replace(simulation, step=step - 1)
        if "entry" not in self.numbers:
            return simulation
        entry, size = self.numbers["entry"], simulation.current_step.result.value.size
        if not 1 <= entry <= size:
            raise InputError(_("--entry {number}: there are {size} entries there.").format(number=entry, size=size))
        return replace(simulation, row=entry - 1)


def read_place(text: str) -> Place:
    """Read where a page is.

    Args:
        text: Options such as ``--lesson 3 --day 2 --step 3``.

    Raises:
        InputError: One of them cannot be; the sentence names it.
    """
    try:
        words = shlex.split(text)
    except ValueError:
        raise InputError(_("a quote is not closed.")) from None
    numbers: dict[str, int] = {}
    texts: dict[str, str] = {}
    switches: set[str] = set()
    while words:
        option = words.pop(0)
        name = option.removeprefix("--")
        if option not in OPTIONS:
            raise InputError(
                _("{option!r} is no option of a page.").format(option=cut(option)) + suggestion(cut(option), OPTIONS)
            )
        if name in SWITCHES:
            switches.add(name)
            continue
        if not words:
            raise InputError(_("{option} needs a value.").format(option=option))
        value = words.pop(0)
        if name in TEXTS:
            texts[name] = value
            continue
        number = whole_number(value)
        if number is None or not 0 <= number < 2**32:
            raise InputError(_("{option}: {value!r} is no whole number.").format(option=option, value=cut(value)))
        numbers[name] = number
    place = Place(
        numbers.get("lesson", 3),
        numbers,
        texts,
        "backward" in switches,
        True if "reveal" in switches else False if "no-reveal" in switches else None,
        "letters" in switches,
    )
    _check(place)
    return place


def _check(place: Place) -> None:
    """Raise an `InputError` for what no place can have."""
    if place.lesson not in LESSONS:
        sentence = _("--lesson {lesson}: there are lessons 1 to {last}.")
        raise InputError(sentence.format(lesson=place.lesson, last=max(LESSONS)))
    if place.scenario and place.scenario not in shipped():
        sentence = _("--scenario {name!r}: a page can have those that come with the program, {names}.")
        raise InputError(sentence.format(name=cut(place.scenario), names=listed(shipped())))
    if "network" in place.texts and not (place.trains and place.texts["network"] in TRAINABLE_NETWORKS):
        sentence = _("--network says what lesson 4 trains: one of {names}.")
        raise InputError(sentence.format(names=listed(TRAINABLE_NETWORKS, "or")))
    for name in ("update", "seed"):
        if name in place.numbers and not place.trains:
            raise InputError(_("{option} needs --lesson 4.").format(option=f"--{name}"))
    if place.letters and (not place.trains or place.numbers.get("update", 0)):
        raise InputError(_("--letters needs --lesson 4, before its first update."))
    if place.numbers.get("update", 0) > MAX_UPDATE:
        raise InputError(_("--update: a page is at update {most:,} at the latest.").format(most=MAX_UPDATE))
    if "activation" in place.texts and not place.trains:
        activation_named(place.texts["activation"])
    assert place.config
