"""Files in every command, in lines and on the screen: streams, links, what is there already, and what cannot be."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.weights import load_weights
from model.training.run import TrainingRun
from tests.end_to_end.terminal import ROOT
from tests.tui.cli.test_cli import Run, cli
from tests.tui.plain.test_plain import Reader
from tests.tui.screen import messages
from tui.app.app import RoommateApp
from tui.screens.open import OpenScreen
from tui.screens.questions import AskScreen, ConfirmScreen

__all__ = ["cli"]

DIARY = "day,weather,dish\n1,s,a\n2,r,b\n3,r,a\n4,s,a\n5,r,b\n6,s,b\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    (tmp_path / "d.csv").write_text(DIARY)
    return tmp_path


@pytest.fixture
def untrained(monkeypatch: pytest.MonkeyPatch) -> None:
    """No update may be made: what is wrong is said before."""

    def trained(*_: object) -> None:
        raise AssertionError("it was trained before it was said")

    monkeypatch.setattr(TrainingRun, "advance", trained)


def shell(command: str, folder: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    """A line of bash, with the program as $R."""
    environ = {**os.environ, "R": f"{sys.executable} -m tui", "PYTHONPATH": str(ROOT)}
    words = ["bash", "-c", command]
    return subprocess.run(words, cwd=folder, env=environ, input=text, capture_output=True, text=True, check=False)


# train


@pytest.mark.usefixtures("untrained")
@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ("--out a.json --history a.json", 2, "--out and --history are one file"),
        ("--out a --history ./a", 2, "are one file"),
        ("--out - --history -", 2, "are one file, standard output"),
        ("--diary d.csv --history d.csv --overwrite", 2, "--diary and --history are one file"),
        ("--diary d.csv --history link.csv --overwrite", 2, "--diary and --history are one file"),
        ("--scenario s.toml --out s.toml --overwrite", 2, "--scenario and --out are one file"),
        ("--diary - --scenario -", 2, "--scenario and --diary are both standard input"),
        ("--out - --json", 2, "both be on standard output"),
        ("--out w.csv", 3, "w.csv: its name should end in .json or .npz"),
        ("--out w.json.bak", 3, "should end in .json or .npz"),
        ("--history h.json", 3, "h.json: its name should end in .csv"),
        ("--out .", 3, "it is a folder"),
        ("--out /", 3, "it is a folder"),
        ("--out=", 3, "A file's name is empty"),
        ("--history=", 3, "A file's name is empty"),
        ("--out no/w.json", 3, "there is no folder no"),
        ("--out fifo.json --overwrite", 3, "nobody reads from it"),
        ("--out kept.json --overwrite", 3, "protected from writing"),
        ("--out link.csv", 3, "should end in"),
        ("--out ~nobody-here/w.json", 3, "no home"),
        ("--diary fifo.json", 3, "is a FIFO"),
        ("--scenario fifo.json", 3, "is a FIFO"),
        ("--diary /dev/zero", 3, "is a device"),
        ("--diary home", 3, "is a folder"),
    ],
)
def test_what_cannot_be_is_said_before_training(here: Path, cli: Run, words: str, status: int, message: str) -> None:
    (here / "link.csv").symlink_to("d.csv")
    (here / "s.toml").write_text("")
    (here / "kept.json").touch(mode=0o444)
    os.mkfifo(here / "fifo.json")
    got, out, err = cli("train", *words.split())
    assert (got, out) == (status, ""), err
    assert message in err
    assert (here / "d.csv").read_text() == DIARY


def test_what_is_there_is_followed_kept_or_written_to(here: Path, cli: Run) -> None:
    assert cli("train", "--updates", "2", "--out", "target.json")[0] == 4
    (here / "link.json").symlink_to("target.json")
    (here / "dangling.json").symlink_to("nowhere.json")
    (here / "private.json").write_bytes((here / "target.json").read_bytes())
    (here / "private.json").chmod(0o600)
    for name in ("/dev/null", "link.json", "dangling.json", "private.json", "~/h.json"):
        assert cli("train", "--updates", "3", f"--out={name}", "--overwrite")[0] == 4
    assert Path("/dev/null").is_char_device()
    assert ((here / "link.json").is_symlink(), (here / "dangling.json").is_symlink()) == (True, True)
    assert stat.S_IMODE((here / "private.json").stat().st_mode) == 0o600
    for name in ("target.json", "nowhere.json", "private.json", "home/h.json"):
        assert load_weights(here / name).updates == 3


def test_endings_in_capitals_count(here: Path, cli: Run) -> None:
    cli("train", "--updates", "2", "--out", "W.NPZ", "--history", "H.CSV")
    assert (here / "W.NPZ").read_bytes().startswith(b"PK")
    assert (here / "H.CSV").read_text().startswith("update,loss")


def test_a_diary_gives_its_name_and_not_its_folders_to_the_roommate(here: Path, cli: Run) -> None:
    folder = here / ("deep" * 20)
    folder.mkdir()
    (folder / ("n" * 60 + ".csv")).write_text(DIARY)
    cli("train", "--diary", str(folder / ("n" * 60 + ".csv")), "--updates", "2", "--out", "w.json")
    assert load_weights(here / "w.json").roommate.name == "n" * 40
    reader = Reader(Simulation(Situation(load_weights(here / "w.json").roommate)))
    assert "Saved mine.toml" in reader.types("save mine.toml")
    assert cli("scenario", "check", "mine.toml")[0] == 0


# Streams


@pytest.mark.parametrize(
    ("command", "out"),
    [
        ("$R cook --weather s --weights - --csv < w.json | tail -1", "Monday,sunny"),
        ("cat w.json | $R cook --weather s --weights /dev/stdin --csv | tail -1", "Monday,sunny"),
        ("$R cook --weather s --weights <(cat w.json) --csv | tail -1", "Monday,sunny"),
        ("cat s.toml | $R scenario check -", "- is good"),
        ("cat s.toml | $R cook --scenario - --csv | head -1", "day,weather,dish"),
        ("cat d.csv | $R train --diary - --updates 2 --json", '"file": "standard input"'),
        ("$R train --updates 2 --out - 2>/dev/null", '{"format": "roommate-weights"'),
        ("$R train --updates 2 --out - | $R cook --weights - --csv | head -1", "day,weather,dish"),
        ("$R train --updates 2 --history /dev/stdout 2>/dev/null | head -1", "update,loss,accuracy,cases_right"),
        ("$R train --updates 2 --out /dev/fd/3 3>got.json >/dev/null; head -c 10 got.json", '{"format":'),
        ("$R train --updates 2 --history >(head -1 > got.csv) >/dev/null; wait $!; cat got.csv", "update,loss"),
        ("mkfifo p; cat p > got & $R train --updates 2 --out p >/dev/null; wait; head -c 10 got", '{"format":'),
    ],
)
def test_commands_read_and_write_streams(here: Path, cli: Run, command: str, out: str) -> None:
    cli("train", "--updates", "2", "--out", "w.json")
    (here / "s.toml").write_text(cli("scenario", "new")[1])
    result = shell(command, here)
    assert out in result.stdout, result
    assert "roommate-tui:" not in result.stderr
    assert not (here / "-").exists()


def test_a_stream_without_an_end_is_bounded(here: Path) -> None:
    result = shell("cat /dev/zero | $R scenario check -", here)
    assert result.returncode == 3
    assert "standard input: it is larger than 1 MB" in result.stderr


def test_the_screen_and_lines_read_no_stream(here: Path) -> None:
    for options in ("--weights -", "--weights <(cat d.csv)", "--scenario /dev/stdin", "--plain --weights -"):
        result = shell(f"$R {options}", here)
        assert result.returncode == 3
        assert "only commands can read or write a stream" in result.stderr


# Lines


def test_lines_save_and_load_as_the_screen_does(here: Path) -> None:
    os.mkfifo(here / "pipe.json")
    (here / "my dir").mkdir()
    text = Reader().types(
        "save 'my dir/w 1.json'", "load file://my%20dir/w%201.json", "load my\\ dir/w\\ 1.json",
        "save ~/W.NPZ", "load pipe.json", "save pipe.json", "load -", "save -", "save .", "save /", "save w.txt",
        "load /dev/zero", "extract A.DOT", "roommate pipe.json", "save 'my dir/w 1.json'",
        "save 'my dir/w 1.json' overwrite",
    )  # fmt: skip
    assert text.count("shows the weights of the file") == 2
    assert (here / "home/W.NPZ").read_bytes().startswith(b"PK")
    assert (here / "A.DOT").read_text().startswith("digraph")
    for sentence in (
        "pipe.json is a FIFO", "nobody reads from it", "only commands can read or write a stream", "it is a folder",
        "should end in .json, .npz or .csv", "/dev/zero is a device", "the word overwrite after the name",
    ):  # fmt: skip
        assert sentence in text
    assert not (here / "-").exists()
    assert (here / "pipe.json").is_fifo()


@pytest.mark.parametrize("name", ["x" * 60, "   ", "\N{ZERO WIDTH SPACE}"])
def test_no_name_is_given_that_could_not_be_opened_again(here: Path, name: str) -> None:
    named = [f'{what} "{name}"' for what in ("rename pasta", "rename roommate", "add dish", "add weather")]
    text = Reader().types(*named, "save mine.toml")
    assert f"{name} it is." not in text
    assert "Saved mine.toml." in text
    assert name not in (here / "mine.toml").read_text() or not name.strip()
    assert "Monday" in Reader().types("roommate mine.toml")


# The screen


async def answer(pilot: Pilot[None], key: str, text: str) -> list[str]:
    """Ask for a file with a key, paste a name, and give what was told."""
    pilot.app.clear_notifications()
    await pilot.press(*key)
    question = pilot.app.screen
    assert isinstance(question, AskScreen | OpenScreen)
    field = question.query_one("Input")
    field.value = ""  # type: ignore[attr-defined]
    field.post_message(events.Paste(text))
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()
    return messages(pilot)


async def test_a_file_that_is_dropped_on_a_question_is_opened(here: Path) -> None:
    app = RoommateApp()
    async with app.run_test(size=(100, 30)) as pilot:
        (here / "my dir").mkdir()
        assert await answer(pilot, "S", "'my dir/w 1.json'") == ["Saved my dir/w 1.json."]
        for dropped in (
            "my dir/w 1.json", "'my dir/w 1.json' ", '"my dir/w 1.json"', "my\\ dir/w\\ 1.json ",
            f"file://{here}/my%20dir/w%201.json", "my dir/w 1.json\r\n", "\nmy dir/w 1.json",
        ):  # fmt: skip
            (notice,) = await answer(pilot, "L", dropped)
            assert "shows the weights of the file" in notice


async def test_the_screen_refuses_at_once_what_is_no_file(here: Path) -> None:
    os.mkfifo(here / "pipe.json")
    os.mkfifo(here / "pipe.toml")
    (here / "kept.json").touch(mode=0o444)
    app = RoommateApp()
    async with app.run_test(size=(100, 30)) as pilot:
        for key, name, why in (
            ("L", "pipe.json", "is a FIFO"), ("L", "/dev/zero", "is a device"), ("L", ".", "is a folder"),
            ("L", "-", "only commands"), ("S", "-", "only commands"), ("S", ".", "a folder"), ("S", "/", "a folder"),
            ("S", "pipe.json", "nobody reads"), ("S", "kept.json", "protected"), ("S", "no/w.json", "no folder"),
            ("S", "w.txt", "should end in"),
        ):  # fmt: skip
            (notice,) = await answer(pilot, key, name)
            assert why in notice, (key, name)
        await pilot.press("O")
        app.screen.dismiss("from a file ...")
        await pilot.pause()
        (notice,) = await answer(pilot, "", "pipe.toml")
        assert "pipe.toml is a FIFO" in notice


async def test_what_somebody_else_saves_while_one_answers_is_not_overwritten(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = RoommateApp()
    async with app.run_test(size=(100, 30)) as pilot:
        theirs = here / "w.json"

        def faster(_: Path) -> bool:
            theirs.write_text("theirs")
            return False

        monkeypatch.setattr("tui.screens.file_dialogs.would_replace", faster)
        (notice,) = await answer(pilot, "S", "w.json")
        assert "is there already and was not overwritten" in notice
        monkeypatch.undo()
        monkeypatch.chdir(here)
        assert await answer(pilot, "S", "w.json") == []
        assert isinstance(app.screen, ConfirmScreen)
        assert theirs.read_text() == "theirs"
        await pilot.press("y")
        await pilot.pause()
        assert json.loads(theirs.read_text())["format"] == "roommate-weights"


# The state directory


def environment(home: str | None, state: str | None) -> Callable[[pytest.MonkeyPatch], None]:
    def change(monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in (("HOME", home), ("XDG_STATE_HOME", state)):
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)

    return change


@pytest.mark.parametrize(
    ("home", "state", "why"),
    [
        ("/home/somebody", "relative", "XDG_STATE_HOME is 'relative'"),
        ("/home/somebody", "~/state", "XDG_STATE_HOME is '~/state'"),
        ("relative", None, "HOME is 'relative'"),
        ("", None, "no home folder"),
        (None, None, "no home folder"),
    ],
)
async def test_without_a_home_a_run_is_not_saved_and_that_is_said(
    here: Path, monkeypatch: pytest.MonkeyPatch, home: str | None, state: str | None, why: str
) -> None:
    import pwd

    from tui.session.state_directory import state_folder

    def nobody(_: int) -> None:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    environment(home, state)(monkeypatch)
    before = set(here.iterdir())
    folder, sentence = state_folder()
    assert folder is None
    assert why in sentence
    if home == "":  # once is enough: the screen says what it is told
        async with RoommateApp(unsaved=sentence).run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            assert messages(pilot) == [f"Runs are not saved automatically: {sentence}"]
    assert set(here.iterdir()) == before


@pytest.mark.parametrize("state", ["/var/lib/somebody", None])
def test_a_home_or_a_place_for_state_is_enough(monkeypatch: pytest.MonkeyPatch, state: str | None) -> None:
    from tui.session.state_directory import state_folder

    environment(None if state else "/home/somebody", state)(monkeypatch)
    folder, sentence = state_folder()
    assert sentence == ""
    assert folder is not None
    assert folder.is_absolute()


def test_lines_say_it_too_and_no_fault_ends_in_a_second_one(here: Path) -> None:
    result = shell("XDG_STATE_HOME=relative $R --plain", here, "q\n")
    assert (result.returncode, "Runs are not saved automatically" in result.stderr) == (0, True)
    assert not (here / "relative").exists()
