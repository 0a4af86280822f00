"""Scenarios found by name or file, loaded and saved."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from model.errors import FileError, InputError
from model.language import _
from model.roommate.naming import problem_of_name
from model.roommate.parsing import listed, suggestion
from model.roommate.roommate import Roommate
from model.roommate.scenario import Scenario
from model.storage.atomic import write_atomically
from model.storage.files import STREAM, name_of, need_ending
from model.storage.scenario_reading import default_label, read_roommate
from model.storage.toml import MAX_BYTES, Document, array, key, load_toml, parse_toml, quoted
from model.storage.typed_paths import typed_path

SCENARIO_ENDINGS = (".toml",)
"""What the name of a scenario's file may end in."""

_HERE = resources.files(
    __name__.removesuffix(".storage.scenarios") + ".roommate"
)  # where it is installed it has another name
_SHIPPED = _HERE / "scenarios"


def template() -> str:
    """A commented scenario to begin one's own with."""
    return (_HERE / "template.toml").read_text("utf-8")


def shipped() -> tuple[str, ...]:
    """The names of the scenarios that come with the program, the lecture's first."""
    names = sorted(file.name.removesuffix(".toml") for file in _SHIPPED.iterdir() if file.name.endswith(".toml"))
    return ("lecture", *(name for name in names if name != "lecture"))


def scenario_path(name: str, *, stream: bool = False) -> Path | None:
    """The file that is meant; None where it is the name of a scenario that comes with the program, or neither.

    Args:
        name: What was typed.
        stream: See `model.storage.typed_paths.typed_path`.

    Raises:
        FileError: There can be no such file.
    """
    if name.strip().casefold() in shipped():
        return None
    path = typed_path(name, stream=stream)
    looks_so = path == STREAM or path.suffix or len(path.parts) > 1
    try:
        return path if looks_so or path.exists() else None
    except OSError:  # the name is too long, say: to read it says so
        return path


def find_scenario(name: str, *, stream: bool = False) -> Scenario:
    """A scenario that comes with the program, by its name; or one in a file, by its path.

    Args:
        name: What was typed.
        stream: See `model.storage.typed_paths.typed_path`.

    Raises:
        FileError: There is no such name or file, or the file is bad.
    """
    names, path = shipped(), scenario_path(name, stream=stream)
    if path is not None:
        return load_scenario(path)
    known = name.strip().casefold()
    if known in names:
        file = f"{known}.toml"
        return read_scenario(parse_toml((_SHIPPED / file).read_bytes(), file), file)
    raise FileError(
        _("{name}: there is neither such a file nor such a scenario; {names} come with the program.").format(
            name=name, names=listed(names)
        )
        + suggestion(name, names)
    )


def read_scenario(document: Document, source: str) -> Scenario:
    """The scenario that a file describes.

    Args:
        document: The file as it was read.
        source: Its name, as the person knows it.

    Raises:
        FileError: With all its faults.
    """
    return Scenario(*read_roommate(document, source))


def load_scenario(path: Path) -> Scenario:
    """Read a scenario file.

    Raises:
        FileError: It cannot be read or is bad; the sentence tells all its faults.
    """
    return read_scenario(load_toml(path), name_of(path, 0))


def save_scenario(path: Path, scenario: Scenario, *, overwrite: bool = False) -> None:
    """Write a scenario file.

    Raises:
        FileError: The name does not end in ``.toml``, it exists and must not be overwritten, or it cannot be written.
        InputError: See `to_toml`.
    """
    need_ending(path, SCENARIO_ENDINGS)
    write_atomically(path, to_toml(scenario).encode(), overwrite=overwrite)


def to_toml(scenario: Scenario) -> str:
    """A scenario as the text of a file; reading it gives the same scenario.

    Raises:
        InputError: It could not be read again: a name is too long, say, or the week; or a dish and a weather of one
            name have different pictures or plain names.
    """
    roommate = scenario.roommate
    named = (*roommate.dishes, *roommate.weathers, *roommate.states)
    faults = [problem_of_name(roommate.name, commas=True), *map(problem_of_name, named)]
    if fault := next(filter(None, faults), ""):  # it would be written so that it cannot be opened again
        raise InputError(fault)
    lines = [
        f"name = {quoted(roommate.name)}",
        f"dishes = {array(roommate.dishes)}",
        f"weathers = {array(roommate.weathers)}",
        f"start = {quoted(roommate.states[scenario.start])}",
    ]
    if scenario.week is not None:
        lines.append(f"week = {array(tuple(roommate.weathers[weather] for weather in scenario.week))}")
    if roommate.memory is not None:
        memory = roommate.memory
        shown = {state: roommate.dishes[dish] for state, dish in zip(memory.states, memory.shows, strict=True)}
        lines += _table("states", shown)
    words = {
        weather: _word(row, roommate) for weather, row in zip(roommate.weathers, roommate.transitions, strict=True)
    }
    lines += _table("rule", {weather: word for weather, word in words.items() if word})
    for weather, row in zip(roommate.weathers, roommate.transitions, strict=True):
        if not words[weather]:
            states = roommate.states
            lines += _table(f"rule.{key(weather)}", {states[state]: states[today] for state, today in enumerate(row)})
    labels = zip(roommate.weathers, roommate.rules, strict=True)
    lines += _table("labels", {w: label for w, label in labels if label != default_label(words[w], w)})
    lines += _table("icons", _extras(roommate, roommate.dish_icons, roommate.weather_icons))
    lines += _table("ascii", _extras(roommate, roommate.dish_ascii, roommate.weather_ascii))
    text = "\n".join(lines) + "\n"
    if len(text.encode()) > MAX_BYTES:
        raise InputError(
            _("The week is too long for a file, which may have {most} MB: shorten it.").format(
                most=MAX_BYTES // 2**20
            )
        )
    return text


def _table(header: str, entries: Mapping[str, str]) -> list[str]:
    rows = [f"{key(name)} = {quoted(value)}" for name, value in entries.items()]
    return ["", f"[{header}]", *rows] if rows else []


def _word(row: tuple[int, ...], roommate: Roommate) -> str:
    """The rule of a weather in a word, or nothing where it needs a table."""
    count = len(row)
    if len(set(row)) == 1:
        return f"always {roommate.states[row[0]]}"
    by = row[0]
    if any(today != (state + by) % count for state, today in enumerate(row)):
        return ""
    return {count - 1: "previous", 1: "next", 0: "same"}.get(by, f"skip {by}")


def _extras(roommate: Roommate, of_dishes: tuple[str, ...], of_weathers: tuple[str, ...]) -> dict[str, str]:
    """What a file says of dishes and weathers alike, in one table."""
    entries: dict[str, str] = {}
    for names, extras in ((roommate.dishes, of_dishes), (roommate.weathers, of_weathers)):
        for name, extra in zip(names, extras or ("",) * len(names), strict=True):
            if entries.setdefault(name, extra) != extra:
                raise InputError(
                    _("{name} is a dish and a weather: a file has one picture and one plain name for both.").format(
                        name=name
                    )
                )
    return {name: extra for name, extra in entries.items() if extra}
