"""What a lecturer's screen shows, as bytes for the screens that follow it: where one is, and the run behind it.

Two documents, each as its kind of file is written: the run as in a saved run, and with every key only where one is.
What is read comes from another program, perhaps another user's, and is checked as a file is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NoReturn

from model.arrays import Array
from model.errors import FileError
from model.language import _
from model.network.schedule import OF_DISHES, Feedback
from model.roommate.naming import cut
from model.roommate.parsing import MAX_DAYS
from model.simulation.lessons import LESSONS
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.storage.archive import pack, unpack
from model.storage.files import file_errors
from model.storage.roommates import roommate_in
from model.storage.weights import ARRAYS, SavedWeights, described, weights_in
from model.training.provenance import UNKNOWN
from model.training.run import TrainingRun
from model.training.setting_texts import as_settings, from_file

FORMAT = "roommate-screen"
VERSION = 1

MAX_BYTES = 16 * 2**20
"""The largest screen that is written or read: weights of the largest network, and an optimizer's memory of them."""

MAX_WORDS = 64
"""The most letters of a page's name."""

Blame = Callable[[str], NoReturn]


@dataclass(frozen=True)
class SharedPage:
    """The page of the course that is open on a screen.

    Attributes:
        name: Which.
        uncovered: Whether the answer to its question is shown.
        hands: Whether the class is asked.
    """

    name: str
    uncovered: bool = True
    hands: bool = False


@dataclass(frozen=True, eq=False)
class SharedScreen:
    """What a screen shows.

    Attributes:
        simulation: Without its training run, which is shared by itself.
        update: The update of that run that is looked at; None: the lesson shows no run.
        page: The page of the course that is open.
    """

    simulation: Simulation
    update: int | None = None
    page: SharedPage | None = None

    def with_run(self, run: TrainingRun | None, run_id: int = 0) -> Simulation:
        """The simulation as it is on the screen.

        Args:
            run: The run that was shared last.
            run_id: The number that it has here; 0: it is nobody's here.

        Raises:
            FileError: It is not the run that this screen shows.
        """
        if self.update is None:
            return self.simulation
        situation = self.simulation.situation
        if run is None or run.roommate != situation.roommate or self.update > run.update:
            raise FileError(_("The screen that is shared does not fit its training run."))
        there = self.simulation.in_situation(replace(situation, diary=run.diary))
        shown = there.with_learning(run.moment(self.update), run_id)
        return _at(shown, self.simulation.day, self.simulation.step, self.simulation.row)


def packed_screen(screen: SharedScreen) -> bytes:
    """A screen as bytes.

    Raises:
        FileError: It has a number that is not finite.
    """
    simulation, situation = screen.simulation, screen.simulation.situation
    network: dict[str, object] | None = None
    arrays: dict[str, Array] = {}
    if screen.update is None and (custom := situation.custom_networks.get(situation.lesson)) is not None:
        made = situation.made.get(situation.lesson, UNKNOWN)
        saved = SavedWeights(situation.roommate, custom, made)
        network, arrays = described(saved, MAX_BYTES // 32)
    about = {
        "format": FORMAT,
        "version": VERSION,
        "roommate": asdict(situation.roommate),
        "scenario": situation.scenario,
        "lesson": situation.lesson,
        "week": situation.week,
        "start": situation.start,
        "targets": situation.targets,
        "settings": as_settings(situation.settings),
        "feedback": situation.fed_back,
        "letters": situation.letters,
        "network": network,
        "update": screen.update,
        "day": simulation.day,
        "step": simulation.step,
        "entry": simulation.row,
        "revealed": simulation.revealed,
        "backward": simulation.backward,
        "page": None if screen.page is None else asdict(screen.page),
    }
    return pack(about, arrays)


def screen_in(data: bytes) -> SharedScreen:
    """The screen that `packed_screen` has written.

    Raises:
        FileError: It is none; the sentence says what is wrong.
    """
    with file_errors(Path(_("the screen that is shared"))) as blame:
        document = unpack(data, ARRAYS, blame, MAX_BYTES)
        if document.get("format") != FORMAT or document.get("version") != VERSION:
            blame(_("it is of another version of the program"))
        try:
            return _screen_in(document, blame)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as error:
            blame(_("it is damaged ({kind}: {error})").format(kind=type(error).__name__, error=cut(str(error))))


def _screen_in(document: Mapping[str, object], blame: Blame) -> SharedScreen:
    about, settings, network = document["roommate"], document["settings"], document["network"]
    if not isinstance(about, dict) or not isinstance(settings, dict):
        blame(_("it does not say who cooks"))
    roommate = roommate_in(about, blame)
    lesson, feedback, scenario = document["lesson"], document["feedback"], document["scenario"]
    targets = document["targets"]
    if lesson not in LESSONS or feedback not in (None, *OF_DISHES) or not isinstance(scenario, str):
        blame(_("there is no such lesson"))
    situation = Situation(
        roommate,
        _count(lesson, max(LESSONS) + 1, blame),
        _counts(document["week"], len(roommate.weathers), blame),
        _count(document["start"], len(roommate.states), blame),
        None if targets is None else _counts(targets, len(roommate.dishes), blame),
        settings=from_file(settings),
        fed_back=None if feedback is None else Feedback(str(feedback)),
        scenario=cut(scenario),
        letters=_switch(document["letters"], blame),
    )
    update = None if document["update"] is None else _count(document["update"], 2**31, blame)
    if (update is not None) is not situation.trains:
        blame(_("it does not say which update is looked at"))
    if isinstance(network, dict):
        saved = weights_in({**document, **network}, blame)
        situation = situation.with_custom_network(saved.network, saved.made)
    simulation = Simulation(situation, revealed=_switch(document["revealed"], blame))
    backward, day = _switch(document["backward"], blame), document["day"]
    step, entry = _count(document["step"], 2**31, blame), document["entry"]
    row = None if entry is None else _count(entry, 2**31, blame)
    at = UPDATE if day == UPDATE and backward else _count(day, len(situation.week), blame)
    simulation = replace(simulation, backward=backward)
    page = _page_in(document["page"], blame)
    if update is not None:  # where it is can be seen only with its run: see `SharedScreen.with_run`
        return SharedScreen(replace(simulation, day=at, step=step, row=row), update, page)
    if backward and not situation.can_go_back:
        blame(_("nothing can go back there"))
    return SharedScreen(_at(simulation, at, step, row), None, page)


def _at(simulation: Simulation, day: int, step: int, row: int | None) -> Simulation:
    """A place, as far as there is one."""
    there = simulation.go_to(day, step)
    return replace(there, row=None if row is None else min(row, there.current_step.result.value.size - 1))


def _page_in(about: object, blame: Blame) -> SharedPage | None:
    if about is None:
        return None
    if not isinstance(about, dict) or not isinstance(about["name"], str) or len(about["name"]) > MAX_WORDS:
        blame(_("it does not say which page is open"))
    return SharedPage(about["name"], _switch(about["uncovered"], blame), _switch(about["hands"], blame))


def _count(value: object, beyond: int, blame: Blame) -> int:
    if type(value) is not int or not 0 <= value < beyond:
        blame(_("a number in it cannot be: {value}").format(value=cut(repr(value))))
    return value


def _counts(value: object, beyond: int, blame: Blame) -> tuple[int, ...]:
    if not isinstance(value, list) or len(value) > MAX_DAYS:
        blame(_("its week cannot be"))
    return tuple(_count(number, beyond, blame) for number in value)


def _switch(value: object, blame: Blame) -> bool:
    if not isinstance(value, bool):
        blame(_("a switch in it is none: {value}").format(value=cut(repr(value))))
    return value
