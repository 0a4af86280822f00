"""Commands that change the roommate: open another, or edit this one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from model.errors import InputError
from model.language import N_, _, ngettext
from model.roommate.editing import What, enlarged, rename, with_case
from model.roommate.naming import MAX_DISHES, MAX_WEATHERS, typed_name
from model.roommate.parsing import find, parse_dish
from model.roommate.roommate import Roommate
from model.roommate.scenario import Scenario
from model.simulation.observed import observed
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.diaries import DIARY_ENDINGS, load_diary
from model.storage.scenarios import find_scenario, scenario_path, to_toml
from tui.session.commands.command import CHANGE, command
from tui.session.commands.week import weather_named
from tui.session.kiosk import refusal
from tui.session.permalink import UNSAVED
from tui.session.reply import NOTHING, Reply, Then
from tui.session.session import Session


@command(
    "roommate", keys="O", words="roommate [NAME, FILE or DIARY]", group=CHANGE, label=N_("roommate"),
    help=N_("Open another roommate: shipped, from a file or a diary, or edited here"),
    synonyms=N_("open scenario load file"),
)  # fmt: skip
def open_roommate(session: Session, *words: str) -> Reply:
    """Another roommate in the same lesson: one that comes with the program, or one from a file or a diary."""
    if not words:
        return Reply(then=Then.ROOMMATE)
    name = " ".join(words)
    path = scenario_path(name)
    if session.kiosk and path is not None:
        raise InputError(refusal())
    if path is not None and path.suffix.casefold() in DIARY_ENDINGS:
        return show_diary(session, path)
    return show_roommate(session, find_scenario(name), str(path or name.casefold()))


def show_diary(session: Session, path: Path) -> Reply:
    """The roommate that observed days suggest, with the last of these days as the week; undo goes back."""
    diary = load_diary(path)
    roommate = diary.roommate()

    def show() -> Reply:
        situation = session.simulation.situation
        shown = observed(diary, roommate, str(path), 3 if situation.trains else situation.lesson)
        settings = replace(situation.settings, freeze="none")
        session.change(Simulation(replace(shown, settings=settings, fed_back=situation.fed_back)))
        reply = session.open_training() if situation.trains else NOTHING
        sentence = ngettext(
            "The week shows the last {days} day of the diary, with what was really cooked; lesson 4 learns from it.",
            "The week shows the last {days} days of the diary, with what was really cooked; lesson 4 learns from it.",
            len(shown.week),
        )
        return replace(reply, lines=(*reply.lines, sentence.format(days=len(shown.week))))

    return session.when_at_rest(show)


def show_roommate(session: Session, scenario: Scenario, name: str) -> Reply:
    """Another roommate in the same lesson, with the hand-set weights and a run of their own; undo goes back.

    Args:
        session: Where.
        scenario: Who is to cook.
        name: What ``--scenario`` opens them with.

    Raises:
        InputError: They cannot be shown.
    """
    cooking(session.simulation, scenario, name)  # raises here rather than later

    def show() -> Reply:
        trains = session.simulation.situation.trains
        session.change(cooking(session.simulation, scenario, name))
        return session.open_training() if trains else NOTHING

    return session.when_at_rest(show)


def cooking(simulation: Simulation, scenario: Scenario, name: str) -> Simulation:
    """Another roommate in the same lesson, with the hand-set weights; one that trains must then be opened again.

    Args:
        simulation: Where one is.
        scenario: Who is to cook.
        name: What ``--scenario`` opens them with.
    """
    situation = simulation.situation
    settings = replace(situation.settings, freeze="none")
    lesson = 3 if situation.trains else situation.lesson
    name = "" if name == "lecture" else name
    opened = Situation(scenario.roommate, lesson, scenario.days, scenario.start, settings=settings, scenario=name)
    return Simulation(replace(opened, fed_back=situation.fed_back))


@command(
    "edit_rule", keys="E", words="edit rule [WEATHER YESTERDAY DISH]", group=CHANGE, label=N_("edit the rule"),
    help=N_("Edit the roommate's rule, case by case"), synonyms=N_("table transitions new"),
)  # fmt: skip
def edit_rule(session: Session, *words: str) -> Reply:
    """Edit the roommate's rule, or set the dish of one of its cases."""
    roommate = _without_memory(session)
    if not words:
        return Reply(then=Then.RULE)
    if len(words) != 3:
        raise InputError(_("Say the weather, yesterday's dish and today's; names with spaces in double quotes."))
    weather = weather_named(words[0], roommate.weathers)
    yesterday, dish = parse_dish(words[1], roommate), parse_dish(words[2], roommate)
    return cook_by(session, with_case(roommate, weather, yesterday, dish))


@command("rename", words="rename NAME NEW_NAME", group=CHANGE, help=N_("Rename a dish, a weather or the roommate"))
def rename_something(session: Session, *words: str) -> Reply:
    """Rename a dish, a weather, or the roommate."""
    roommate = _without_memory(session)
    if len(words) != 2:
        raise InputError(_("Say the name and the new one; names with spaces in double quotes."))
    old, new = words
    kinds: tuple[What, ...] = ("dishes", "weathers")
    for what in kinds:
        at = find(old, getattr(roommate, what))
        if at is not None:
            reply = cook_by(session, rename(roommate, what, at, new))
            return replace(reply, for_lines=(_("{name} it is.").format(name=new),))
    if old.casefold() not in {"roommate", roommate.name.casefold()}:
        sentence = _("{text!r} is no dish and no weather of the {name}.")
        raise InputError(sentence.format(text=old[:24], name=roommate.name))
    return cook_by(session, replace(roommate, name=typed_name(new, (), commas=True)))


@command("add_dish", words="add dish NAME", group=CHANGE, help=N_("A dish more in the roommate's rule"))
def add_dish(session: Session, *words: str) -> Reply:
    """Add a dish."""
    roommate, name = _without_memory(session), " ".join(words)
    if not words:
        raise InputError(_("What is the new dish called?"))
    if len(roommate.dishes) >= MAX_DISHES:
        raise InputError(_("There is no room for another dish."))
    reply = cook_by(session, enlarged(roommate, "dishes", name))
    return replace(reply, for_lines=(_("{name} is a dish now.").format(name=name),))


@command("add_weather", words="add weather NAME", group=CHANGE, help=N_("A weather more in the roommate's rule"))
def add_weather(session: Session, *words: str) -> Reply:
    """Add a weather."""
    roommate, name = _without_memory(session), " ".join(words)
    if not words:
        raise InputError(_("What is the new weather called?"))
    if len(roommate.weathers) >= MAX_WEATHERS:
        raise InputError(_("There is no room for another weather."))
    reply = cook_by(session, enlarged(roommate, "weathers", name))
    return replace(reply, for_lines=(_("{name} is a weather now.").format(name=name),))


def _without_memory(session: Session) -> Roommate:
    roommate = session.simulation.situation.roommate
    if roommate.memory is not None:
        raise InputError(
            _("Hidden states are edited in the scenario's file: 'roommate-tui scenario new' prints a template.")
        )
    return roommate


def cook_by(session: Session, roommate: Roommate, file: str = "") -> Reply:
    """Show a roommate that was edited here, if a file can hold it.

    Args:
        session: Where.
        roommate: Whose rule.
        file: The file that it is saved in; nothing: none.
    """
    situation = session.simulation.situation
    scenario = Scenario(roommate, situation.start, situation.week)
    to_toml(scenario)
    return show_roommate(session, scenario, file or UNSAVED)
