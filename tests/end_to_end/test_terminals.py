"""Terminals that can show less: few colours or none, seven bits. Every screen is visited in each of them."""

import re
import zipfile
from pathlib import Path

import pytest

from tests.end_to_end.terminal import ROOT, Terminal
from tests.end_to_end.tour import SCREENS, tour

STYLE = re.compile(rb"\x1b\[([\d;:]*)m")


def codes(written: bytes) -> set[str]:
    """All colours and attributes that were ever switched on or off."""
    found = set()
    for match in STYLE.finditer(written):
        numbers = match[1].decode().split(";")
        if numbers[0] in {"38", "48"} or {"38", "48"} & set(numbers):
            found.add("more than 16 colours")
        found |= set(numbers)
    return found


def test_seven_bits_on_every_screen(tmp_path: Path) -> None:
    environ = {"TERM": "linux", "COLORTERM": "", "XDG_STATE_HOME": str(tmp_path)}
    with Terminal("--lesson", "3", environ=environ) as terminal:
        for name in tour(terminal):
            assert terminal.bytes.isascii(), name
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
        # The Linux console has sixteen colours.
        assert "more than 16 colours" not in codes(terminal.bytes)
        assert {"33", "36", "93", "96"} & codes(terminal.bytes)


POSIX = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize(
    ("arguments", "environ"), [(["--ascii"], {}), ([], POSIX)], ids=["asked for", "by the locale"]
)
def test_seven_bits_elsewhere(arguments: list[str], environ: dict[str, str]) -> None:
    with Terminal("--no-state", "--lesson", "3", *arguments, environ=environ) as terminal:
        terminal.wait_for("step 1 of 6", "+- Monday")
        terminal.press("?")
        terminal.wait_for("Esc closes")
        assert terminal.bytes.isascii()


def test_no_color_means_no_colour_on_every_screen(tmp_path: Path) -> None:
    with Terminal("--lesson", "3", environ={"NO_COLOR": "1", "XDG_STATE_HOME": str(tmp_path)}) as terminal:
        names = list(tour(terminal))
        assert len(names) == len(SCREENS)
        allowed = {"", "0", "1", "2", "3", "4", "7", "22", "23", "24", "27"}
        assert codes(terminal.bytes) <= allowed
        assert {"1", "7"} <= codes(terminal.bytes)  # what is lit stands out all the same
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


@pytest.mark.parametrize("term", ["vt220", "xterm-mono", "vt102", "vt320", "ansi-mono"])
def test_a_terminal_without_colours_gets_none(term: str) -> None:
    with Terminal("--no-state", "--lesson", "3", environ={"TERM": term}) as terminal:
        terminal.wait_for("step 1 of 6", "quit")
        allowed = {"", "0", "1", "2", "3", "4", "7", "22", "23", "24", "27"}
        assert codes(terminal.bytes) <= allowed
        assert {"1", "7"} <= codes(terminal.bytes)


@pytest.mark.parametrize("environ", [{"NO_COLOR": ""}, {"TEXTUAL_COLOR_SYSTEM": "", "TEXTUAL_DRIVER": ""}], ids=str)
def test_what_is_empty_is_not_set(environ: dict[str, str]) -> None:
    with Terminal("--no-state", "--lesson", "3", environ=environ) as terminal:
        terminal.wait_for("Monday · step 1 of 6", "quit")
        assert "more than 16 colours" in codes(terminal.bytes)


def test_a_driver_that_there_is_not() -> None:
    with Terminal("--no-state", environ={"TEXTUAL_DRIVER": "nonsense:Driver"}, size=(200, 24)) as terminal:
        assert terminal.wait_for_exit() == 2
        assert "TEXTUAL_DRIVER=nonsense:Driver in the environment: there is no such" in terminal.text
        assert b"\x1b[?1049h" not in terminal.bytes


def test_a_theme_that_there_is_not_is_said_and_the_usual_one_is_taken() -> None:
    with Terminal("--no-state", environ={"TEXTUAL_THEME": "dracla"}) as terminal:
        terminal.wait_for("TEXTUAL_THEME=dracla", "Did you mean dracula?")
    with Terminal("--no-state", "--lesson", "3", environ={"TEXTUAL_THEME": "nothing,dracula"}) as terminal:
        terminal.wait_for("Monday · step 1 of 6", "quit")
        assert b"48;2;40;42;54" in terminal.bytes  # the ground of dracula
        assert "TEXTUAL_THEME" not in terminal.text


def test_it_is_drawn_out_of_a_zip(tmp_path: Path) -> None:
    archive = tmp_path / "app.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for folder in ("model", "tui"):
            for path in (ROOT / folder).rglob("*"):
                if path.is_file() and "__pycache__" not in path.parts:
                    packed.write(path, path.relative_to(ROOT))
    start = f"import sys; sys.path.insert(0, {str(archive)!r}); from tui.cli import main; print(main.__file__)"
    start += "; main.run()"
    environ = {"PYTHONPATH": "", "PYTHONSAFEPATH": "1"}
    with Terminal(
        "--no-state", "--lesson", "3", python=("-P", "-c", start), environ=environ, cwd=tmp_path
    ) as terminal:
        terminal.wait_for("Monday · step 1 of 6", "quit")
        assert str(archive).encode() in terminal.bytes
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_what_is_lit_is_reversed_without_colours() -> None:
    with Terminal("--no-state", "--lesson", "3", environ={"NO_COLOR": "1"}) as terminal:
        terminal.wait_for("Monday · step 1 of 6", "quit")
        terminal.wait_until_quiet()
        rows = [[terminal.screen.buffer[row][column] for column in range(80)] for row in range(24)]
        lit = {"".join(cell.data for cell in row if cell.reverse).strip() for row in rows}
        assert "3 Both" in lit
        assert any(text.startswith("Mon") for text in lit)
        assert any(re.search(r"pasta .*1  0  0", text) for text in lit)  # the row that is spelled out


def test_the_terminal_is_believed_and_not_what_a_shell_has_exported() -> None:
    with Terminal("--no-state", "--lesson", "3", environ={"COLUMNS": "132", "LINES": "50"}) as terminal:
        text = terminal.wait_for("Monday · step 1 of 6", "? help")
        assert "The roommate's rule" not in text  # for that 80×24 has no room
        terminal.resize(120, 40)
        terminal.wait_for("The roommate's rule")


def test_every_screen_in_the_smallest_terminal(tmp_path: Path) -> None:
    with Terminal("--lesson", "3", size=(40, 12), environ={"XDG_STATE_HOME": str(tmp_path)}) as terminal:
        names = list(tour(terminal))
        assert len(names) == len(SCREENS)
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_every_screen_is_resized_live(tmp_path: Path) -> None:
    """Smaller, too small, and larger again, while each screen is open: it says what it needs, and comes back."""
    with Terminal("--lesson", "3", environ={"XDG_STATE_HOME": str(tmp_path)}) as terminal:
        words = {name: word for name, _, word, _ in SCREENS}
        for name in tour(terminal):
            terminal.resize(39, 24)
            terminal.wait_for("39×24", "40×12")
            terminal.resize(40, 12)
            terminal.wait_until_gone("39×24")
            terminal.resize(120, 40)
            terminal.wait_for(words[name])
            terminal.resize(80, 24)
            terminal.wait_for(words[name])
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
