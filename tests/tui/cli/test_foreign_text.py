"""Names, keys, paths and words of strangers: nothing that could steer a terminal is ever written."""

import argparse
import io
import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from model.network.cells import CELLS
from model.network.network import Network
from model.roommate.roommate import Memory, Roommate
from model.roommate.scenario import Scenario
from model.simulation.lessons import LESSONS
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.weights import SavedWeights, save_weights
from model.training.config import TrainingConfig
from tests.harm import harm
from tests.tui.cli.test_cli import Run, cli
from tests.tui.plain.test_plain import Reader
from tests.tui.screen import notices, strips
from tui.app.app import RoommateApp
from tui.cli.parser import build_parser
from tui.plain.glyphs import SPOKEN, SPOKEN_ASCII
from tui.plain.grammar import LINE_COMMANDS
from tui.screens.open import OpenScreen
from tui.screens.questions import AskScreen, ChooseScreen, ConfirmScreen
from tui.session.commands.files import write_automaton, write_walk
from tui.session.commands.shared import SCREEN_COMMANDS
from tui.session.copying import copyables
from tui.terminal.crash_report import crash_message
from tui.text.output import ShowingStream, raw, showing, tell

__all__ = ["cli"]

CASES = Path(__file__).parents[2] / "hostile"

CLIPBOARD, CLEAR, C1, TURNED, LINES = (
    "\x1b]52;c;Y3VybCBldmlsfHNo\x07",
    "\x1b[2J\x1b[31mPWNED\x1b]0;t\x07",
    "\x9b31mX",
    "a\u202eb\u2066",
    "a\nroommate-tui: fine\r\t",
)
HOSTILE = (CLIPBOARD, CLEAR, C1, TURNED, LINES)

ROOMMATE = Roommate(
    name=f"x{CLIPBOARD}",
    dishes=(f"p{CLEAR}", f"q{TURNED}", f"r{LINES}"),
    weathers=(f"s{C1}", f"t{CLIPBOARD}"),
    next_dish=((0, 1, 2), (1, 2, 0)),
    rules=(f"same{CLEAR}", f"next{TURNED}"),
)
"""No file can hold such a roommate, and nothing that shows one relies on that."""

REMEMBERING = ROOMMATE.with_memory(
    Memory((f"one{CLIPBOARD}", f"two{LINES}", f"three{TURNED}"), (0, 1, 2), ((0, 1, 2), (1, 2, 0)))
)


def hostile_path(folder: Path) -> str:
    return str(folder / f"f{CLEAR}{TURNED}{LINES}\udcff".replace("/", ""))


# Streams


def test_what_is_written_to_a_standard_stream_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with showing():
        print("a\x1b[31m", "\u202e")
        print("b\x9b", file=argparse._sys.stderr)  # type: ignore[attr-defined]
        with showing():  # once is enough
            argparse._sys.stdout.writelines(["c\x07\n", "d\n"])  # type: ignore[attr-defined]
        tell("e\x1b\n")
    print("f", end="")
    out, err = capsys.readouterr()
    assert out == "a\\x1b[31m \\u202e\nc\\x07\nd\nf"
    assert err == "b\\x9b\nroommate-tui: e\\x1b\\n\n"


def test_a_progress_bar_has_the_stream_itself() -> None:
    stream = io.StringIO()
    assert raw(ShowingStream(stream)) is stream is raw(stream)  # type: ignore[arg-type]


# Commands


def commands(file: str) -> Iterator[tuple[str, ...]]:
    """Every command that shows what is in a file, in each of its formats."""
    yield ("scenario", "check", file)
    yield ("scenario", "check", "--json", file)
    for option in ("--scenario", "--weights"):
        for form in ("--plain", "--json", "--csv"):
            yield ("cook", option, file, form)
        for form in ("text", "json", "latex", "markdown"):
            yield ("explain", option, file, "--format", form)
            yield ("explain", option, file, "--format", form, "--backward", "--activation", "tanh")
        for drawing in ((), ("--json",), ("--dot",), ("--mermaid",)):
            yield ("extract", option, file, *drawing)
    yield ("train", "--scenario", file, "--updates", "3")
    yield ("train", "--scenario", file, "--updates", "3", "--json")
    yield ("train", "--diary", file, "--updates", "3")
    yield ("train", "--updates", "3", "--out", file)
    yield ("--scenario", file)
    yield ("--weights", file)
    yield ("--plain", "--no-state", "--scenario", file)


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_no_command_writes_what_a_file_would_have_it_write(
    cli: Run, tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    path = hostile_path(tmp_path)
    shutil.copy(CASES / case, path)
    for file in (str(CASES / case), path):
        for words in commands(file):
            status, out, err = cli(*words)
            assert not harm(out + err), words
            assert status in {0, 2, 3, 4}, words
            assert len([line for line in err.splitlines() if line.startswith("roommate-tui:")]) <= 1


@pytest.mark.parametrize("roommate", [ROOMMATE, REMEMBERING])
def test_no_format_writes_what_a_name_would_have_it_write(
    cli: Run, monkeypatch: pytest.MonkeyPatch, roommate: Roommate
) -> None:
    for where in ("model.storage.scenarios", "tui.cli.scenario"):
        monkeypatch.setattr(f"{where}.find_scenario", lambda _, **__: Scenario(roommate))
    done = 0
    for words in commands("x.toml"):
        if "--weights" in words or "--diary" in words or "--out" in words or words[0] == "--scenario":
            continue
        status, out, err = cli(*words)
        assert not harm(out + err), words
        done += status == 0
        if status == 0 and {"--json", "json"} & set(words):
            document = json.loads(out)
            assert document.get("roommate", document.get("name", roommate.name)) == roommate.name
    assert done >= 12


@pytest.mark.parametrize(
    "word",
    [*HOSTILE, "\udc9b\udcff", "x" * 900_000, "x " * 450_000],
    ids=["clipboard", "clear", "c1", "bidi", "lines", "bytes", "long word", "many words"],
)
def test_no_word_of_a_command_line_is_written_as_it_is_and_none_without_a_bound(
    cli: Run, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    parser = build_parser()
    (subparsers,) = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    lines = [
        (word,),
        (f"--{word}",),
        ("scenario", word),
        ("scenario", "check", word),
        ("cook", word),
        ("--lesson", word),
    ]
    for name, command in subparsers.choices.items():
        for action in command._actions:
            if action.option_strings and action.nargs != 0 and name != "serve":
                before = ["scenario", "check"] if name == "scenario" else [name]
                lines.append((*before, action.option_strings[-1], word))
    assert len(lines) > 30
    for words in lines:
        short = {"train": ("--updates", "1"), "sweep": ("--updates", "1", "--seeds", "1", "--workers", "1")}
        status, out, err = cli(*words, *short.get(words[0], ()))
        assert not harm(out + err), words[:2]
        makes = {0} if words[1:2] == ("--keep",) else set()  # a folder may be called so
        assert status in {2, 3, 4} | makes, words[:2]
        assert len(err) < 6000, words[:2]


@pytest.mark.parametrize(
    "name", ["TERM", "TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FPS", "XDG_STATE_HOME", "HOME", "COLUMNS"]
)
def test_no_value_of_the_environment_is_written_as_it_is(
    cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, CLEAR)
    for words in ((), ("--plain", "--lesson", "4"), ("cook",), ("train", "--updates", "1"), ("--scenario", "~/x")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"o\n")))
        _, out, err = cli(*words)
        assert not harm(out + err), words


def test_a_report_of_a_fault_and_its_apology_show_it_escaped(tmp_path: Path) -> None:
    sentence = crash_message(ValueError(CLEAR), ["--weather", CLIPBOARD], tmp_path / "state", [TURNED])
    (path,) = (tmp_path / "state").iterdir()
    for text in (sentence, path.read_text()):
        assert r"\x1b[2J" in text
        assert not harm(text)
    assert r"a\u202eb" in path.read_text()


# Files


@pytest.mark.parametrize("roommate", [ROOMMATE, REMEMBERING])
def test_no_file_that_is_written_holds_it(tmp_path: Path, roommate: Roommate) -> None:
    from model.analysis.automaton import extract
    from model.analysis.rollout import roll_out_to_end

    situation = Situation(roommate)
    automaton = extract(situation.network, roommate)
    for name in ("a.dot", "a.mmd", "a.json"):
        write_automaton(tmp_path / name, automaton, roll_out_to_end(automaton), overwrite=False)
    write_walk(tmp_path / "w.json", situation, overwrite=False)
    for number, choice in enumerate(copyables(Simulation(situation))):
        (tmp_path / f"copy-{number}").write_text(choice.text)
    for path in tmp_path.iterdir():
        assert not harm(path.read_text()), path
    weights = json.loads((tmp_path / "w.json").read_text())
    assert weights["roommate"]["name"] == roommate.name


# Lines


@pytest.mark.parametrize(("roommate", "glyphs"), [(ROOMMATE, SPOKEN), (REMEMBERING, SPOKEN_ASCII)])
def test_no_line_of_plain_writes_it(
    roommate: Roommate, glyphs: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rng = random.Random(1)
    save_weights(tmp_path / "w.json", SavedWeights(roommate, Network.by_hand(roommate, CELLS["both"])))
    reader = Reader(Simulation(Situation(roommate)), glyphs, config=TrainingConfig(updates=20))  # type: ignore[arg-type]
    words = ["", "3", "whole", "hand", "w.json", "soup", *(re.sub(r"\n", " ", word) for word in HOSTILE)]
    for command in LINE_COMMANDS:
        if command.name in {"quit", "exit"}:
            continue
        for _ in range(4):
            rest = [rng.choice(words) for _ in range(rng.choice([0, 1, 1, 2, 4]))]
            text = reader.types(" ".join([command.words, *rest]), rng.choice(["n", "b tanh", "4", "3", "u", "5"]))
            assert not harm(text), (command.words, rest)


# The screen


def drawn(pilot: Pilot[None]) -> str:
    """All that is drawn now, as it goes to the terminal."""
    return "\n".join(strip.text for strip in strips(pilot.app))


def noticed(pilot: Pilot[None]) -> str:
    return " ".join(f"{notice.title} {notice.message}" for notice in notices(pilot))


@pytest.mark.parametrize(("roommate", "lesson"), [(ROOMMATE, 3), (ROOMMATE, 4), (REMEMBERING, 5)])
async def test_no_page_draws_it(roommate: Roommate, lesson: int) -> None:
    """Every command, in the lessons that have most to show."""
    async with RoommateApp(Simulation(Situation(roommate))).run_test(size=(120, 40)) as pilot:
        await pilot.press(str(lesson))
        for command in SCREEN_COMMANDS:
            if command.name in {"quit", "play", "train"}:
                continue
            await pilot.press(command.keys[0])
            assert not harm(drawn(pilot) + noticed(pilot)), command.name
            while len(pilot.app.screen_stack) > 1:
                await pilot.press("escape")


@pytest.mark.parametrize("roommate", [ROOMMATE, REMEMBERING])
async def test_no_lesson_draws_it(roommate: Roommate) -> None:
    async with RoommateApp(Simulation(Situation(roommate))).run_test(size=(120, 40)) as pilot:
        for lesson in LESSONS:
            for key in (str(lesson), "down", "G"):
                await pilot.press(key)
                assert not harm(drawn(pilot) + noticed(pilot)), (lesson, key)


@pytest.mark.parametrize("case", ["key_esc.toml", "rule_key_esc.toml", "name_osc52.json"])
@pytest.mark.parametrize("key", ["O", "L"])
async def test_a_file_that_cannot_be_opened_says_so_with_escapes(tmp_path: Path, case: str, key: str) -> None:
    path = str(tmp_path / f"f{CLEAR}{TURNED}".replace("/", ""))
    shutil.copy(CASES / case, path)
    async with RoommateApp().run_test(size=(120, 40)) as pilot:
        walk = pilot.app.screen
        if key == "O":
            await pilot.press("O")
            assert isinstance(pilot.app.screen, ChooseScreen)
            pilot.app.screen.dismiss("from a file ...")
        else:
            await pilot.press("L")
        await pilot.pause()
        assert isinstance(pilot.app.screen, OpenScreen)
        pilot.app.screen.dismiss(path)
        await pilot.pause()
        assert pilot.app.screen is walk
        text = noticed(pilot)
        assert r"\x1b[2J\x1b[31mPWNED" in text
        assert not harm(text + drawn(pilot))


async def test_questions_notices_and_choices_show_it_escaped() -> None:
    async with RoommateApp().run_test(size=(120, 40)) as pilot:
        for page in (
            ConfirmScreen(f"{CLEAR} is there already. Overwrite it?"),
            AskScreen(CLEAR, CLEAR, lambda _: CLEAR),
            ChooseScreen("Which?", (CLEAR, TURNED)),
        ):
            pilot.app.push_screen(page)
            await pilot.pause()
            assert r"\x1b[2J" in drawn(pilot)
            assert not harm(drawn(pilot))
            await pilot.press("escape")
        pilot.app.notify(CLEAR, title=TURNED)
        await pilot.pause()
        assert noticed(pilot) == rf"a\u202eb\u2066 {CLEAR!r}".replace("'", "")
        assert not harm(drawn(pilot))


async def test_brackets_in_a_notice_of_any_screen_are_brackets() -> None:
    async with RoommateApp().run_test(size=(120, 40)) as pilot:
        for page in (None, ConfirmScreen("Yes?")):
            if page is not None:
                pilot.app.push_screen(page)
                await pilot.pause()
            pilot.app.screen.notify("[bold]mine[/bold].json")
            await pilot.pause()
            assert [(notice.message, notice.markup) for notice in notices(pilot)] == [
                ("[bold]mine[/bold].json", False)
            ]
            pilot.app.clear_notifications()
