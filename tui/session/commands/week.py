"""Changing the week, and taking changes back."""

from __future__ import annotations

from dataclasses import replace

from model.errors import InputError
from model.language import N_, _
from model.roommate.parsing import find, listed, parse_start, suggestion
from model.roommate.scenario import LECTURE, Scenario
from model.simulation.observed import observed
from model.simulation.situation import Situation
from model.simulation.timeline import Timeline
from model.steps.axes import weather_axis
from model.storage.scenarios import find_scenario
from tui.session.commands.command import CHANGE, GOING_BACK, LEARNING, WALKING, command
from tui.session.permalink import UNSAVED
from tui.session.reply import NOTHING, Reply, said
from tui.session.session import Session


@command(
    "flip_weather", keys="w", words="weather [WEATHER]", group=CHANGE, label=N_("weather"),
    help=N_("Change today's weather"), footers={WALKING: 9, LEARNING: 14}, synonyms=N_("sun rain"),
)  # fmt: skip
def flip_weather(session: Session, weather: str = "") -> Reply:
    """Change today's weather: to the next of the list, or the one that is named."""
    simulation = session.simulation
    if not weather:
        return session.change(simulation.flip_weather())
    situation, day = simulation.situation, max(simulation.day, 0)
    found = weather_named(weather, weather_axis(situation.roommate).labels)
    week = (*situation.week[:day], found, *situation.week[day + 1 :])
    return session.change(simulation.in_situation(replace(situation, week=week)))


def weather_named(text: str, names: tuple[str, ...]) -> int:
    """A weather as typed, as an index.

    Raises:
        InputError: It is none of those that have names.
    """
    weather = find(text, names)
    if weather is None:
        raise InputError(
            _("{text!r} is not a weather: there are {names}.{near}").format(
                text=text[:24], names=listed(names), near=suggestion(text, names)
            )
        )
    return weather


@command(
    "next_start", keys="d", words="start [DISH]", group=CHANGE, label=N_("start dish"),
    help=N_("Change the dish (or state) before the first day"), footers={WALKING: 10},
    synonyms=N_("first dish state"),
)  # fmt: skip
def next_start(session: Session, *words: str) -> Reply:
    """Change the dish before the first day: to the next of the list, or the one that is named."""
    simulation = session.simulation
    if words:
        start = parse_start(" ".join(words), simulation.situation.roommate)
        session.change(simulation.in_situation(replace(simulation.situation, start=start)))
    else:
        session.change(simulation.next_start())
    if not simulation.situation.network.zero_start:
        return NOTHING
    sentence = _(
        "The hidden units begin at 0 whatever was cooked before: the network does not see the start, only what is "
        "really cooked follows from it."
    )
    return said(sentence)


@command(
    "add_day", keys="a", words="add day", group=CHANGE, label=N_("add a day"),
    help=N_("Add a day at the end of the week"), synonyms=N_("longer week insert new"),
)  # fmt: skip
def add_day(session: Session) -> Reply:
    """Add a day at the end of the week."""
    return session.change(session.simulation.add_day())


@command(
    "remove_day", keys="A", words="remove day", group=CHANGE, label=N_("remove a day"),
    help=N_("Remove the last day of the week"), synonyms=N_("shorter delete"),
)  # fmt: skip
def remove_day(session: Session) -> Reply:
    """Remove the last day of the week."""
    if session.simulation.days == 1:
        return Reply(for_lines=(_("A week needs at least one day."),))
    return session.change(session.simulation.remove_day())


@command(
    "own_week", keys="W", words="own week", group=CHANGE, label=N_("own week"),
    help=N_("Bring back the roommate's own week and start"), synonyms=N_("reset original lecture days"),
)  # fmt: skip
def own_week(session: Session) -> Reply:
    """Restore the week and the start that the roommate came with."""
    situation = session.simulation.situation
    return session.change(session.simulation.in_situation(with_own_week(situation)))


def with_own_week(situation: Situation) -> Situation:
    """A situation with the week, the start and the dishes that its roommate came with.

    Raises:
        FileError: They came from a file that is no longer there.
    """
    if situation.diary is not None:
        theirs = observed(situation.diary, situation.roommate, situation.diary_file)
        return replace(situation, week=theirs.week, start=theirs.start, targets=theirs.targets)
    scenario = Scenario(situation.roommate)
    if situation.scenario != UNSAVED:
        scenario = find_scenario(situation.scenario) if situation.scenario else LECTURE
    return replace(situation, week=scenario.days, start=scenario.start, targets=None)


@command(
    "undo", keys="u", words="undo", group=CHANGE, label=N_("undo"), help=N_("Take back the last change"),
    footers={WALKING: 13, LEARNING: 15, GOING_BACK: 13}, synonyms=N_("revert"),
)  # fmt: skip
def undo(session: Session) -> Reply:
    """Take back the last change."""
    if not session.timeline.past:
        return said(_("Nothing to take back."))
    return session.leap(Timeline.undo, _("Taken back: {what}."))


@command(
    "redo", keys="U ctrl+r", key_display="U Ctrl+R", words="redo", group=CHANGE, label=N_("redo"),
    help=N_("Make the change again"), synonyms=N_("again repeat"),
)  # fmt: skip
def redo(session: Session) -> Reply:
    """Make the change again."""
    if not session.timeline.future:
        return Reply(for_lines=(_("Nothing to make again."),))
    return session.leap(Timeline.redo, _("Made again: {what}."))
