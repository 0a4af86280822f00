"""Copying: the bytes that reach the terminal are what the file gets and what ``explain`` prints."""

import base64
import contextlib
import io
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from model.storage.weights import load_weights
from tests.end_to_end.terminal import ROOT, Terminal
from tui.cli.main import main

WEEK = ("--weather", "rsr", "--start", "salad")
STEPS = ("this step as text", "this step as Markdown", "this step as LaTeX", "this step as JSON")
FORMATS = {"text": "text", "Markdown": "markdown", "LaTeX": "latex", "JSON": "json"}


def copied(data: bytes) -> str:
    """What the last OSC 52 of some bytes put on the clipboard."""
    return base64.b64decode(re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", data)[-1]).decode()


def printed(*words: str) -> str:
    """What ``explain`` prints."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main(["explain", *words]) == 0
    return out.getvalue()


def save_to(terminal: Terminal, what: str, path: Path) -> None:
    """Answer where to save something."""
    terminal.wait_for(f"Save {what} to", "Enter goes on")
    terminal.press("\x15")  # ctrl+u empties the field
    terminal.wait_until(lambda text: re.search(r" to +│.*\n.*│ {30,}│", text) is not None, "an empty field")
    terminal.press(f"\x1b[200~{path}\x1b[201~", "enter")  # pasted
    terminal.wait_until(lambda _: path.exists(), f"{path}")


def copy_and_save(terminal: Terminal, what: str, down: int, path: Path) -> str:
    """Copy one of the choices, then save it; gives what was copied."""
    terminal.press("c")
    terminal.wait_for("Copy or save what?")
    terminal.press(*["down"] * down)  # the list may be longer than the dialog
    terminal.wait_for(what)
    terminal.press("enter")
    terminal.wait_for(f"Copied: {what}", "if the terminal allows it")
    terminal.press("c")
    terminal.wait_for("Copy or save what?")
    terminal.press(*["down"] * down, "s")
    save_to(terminal, what, path)
    terminal.wait_until_gone(f"Save {what} to")
    return copied(terminal.bytes)


@pytest.mark.parametrize("walk", [(), ("--backward", "--activation", "tanh")])
def test_a_step_is_copied_as_explain_prints_it(walk: tuple[str, ...], tmp_path: Path) -> None:
    with Terminal("--no-state", *WEEK, *walk, size=(100, 30)) as terminal:
        terminal.wait_for("step 1")
        terminal.press("right", "right")
        terminal.wait_for("step 3")
        for down, what in enumerate(STEPS, 1):
            path = tmp_path / f"step.{down}"
            text = copy_and_save(terminal, what, down, path)
            assert path.read_bytes() == text.encode()
            assert len(text) > 100
            assert text in printed(*WEEK, *walk, "--format", FORMATS[what.split()[-1]])
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_the_command_opens_the_same_screen_and_the_weights_can_be_loaded(tmp_path: Path) -> None:
    with Terminal("--no-state", *WEEK, size=(100, 30)) as terminal:
        terminal.wait_for("step 1")
        terminal.press("down")
        terminal.wait_for("Tuesday · step 1")
        command = copy_and_save(terminal, "the command for this screen", 0, tmp_path / "command")
        assert (tmp_path / "command").read_text() == command
        assert command.endswith("--weather rainy,sunny,rainy --start salad --day 2 --step 1")
        weights = copy_and_save(terminal, "the weights as JSON", 5, tmp_path / "weights.json")
        assert (tmp_path / "weights.json").read_bytes() == weights.encode()
        assert load_weights(tmp_path / "weights.json").network.origin
        terminal.press("e")
        terminal.wait_for("nudge")
        terminal.press("]")
        terminal.wait_for("0.1")
        terminal.press("c")
        terminal.wait_for("Copy or save what?")
        terminal.press("enter")  # on the sheet the weights come first
        terminal.wait_for("Copied: the weights as JSON")
        assert copied(terminal.bytes) != weights
        terminal.wait_until_quiet()  # the word about copying may lie over the sheet
        terminal.press("escape")
        terminal.wait_until_gone("z freeze")
        terminal.wait_until_quiet()
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


@pytest.mark.parametrize("words", [(), ("--ascii",)])
def test_the_dialog_on_a_small_terminal(words: tuple[str, ...]) -> None:
    with Terminal("--no-state", "--lesson", "3", *words, size=(72, 20)) as terminal:
        terminal.wait_for("step 1")
        terminal.press("c")
        text = terminal.wait_for("Copy or save what?", *STEPS, "the weights as JSON", "Esc leaves it")
        dialog = [line for line in text.splitlines() if "this step" in line]
        assert all(len(re.split("[│|]", line[line.index("this step") :])[0].rstrip()) <= 30 for line in dialog)
        terminal.press("c")
        terminal.wait_until_gone("Copy or save what?")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_too_much_for_a_clipboard_is_offered_as_a_file(tmp_path: Path) -> None:
    dishes = [f"dish-{number}" for number in range(64)]
    scenario = tmp_path / "large.toml"
    head = f'name = "large"\ndishes = {dishes}\nweathers = ["sunny", "rainy"]\n'
    scenario.write_text(f'{head}[rule]\nsunny = "same"\nrainy = "next"\n')
    with Terminal("--no-state", "--scenario", str(scenario), size=(100, 30)) as terminal:
        terminal.wait_for("step 1")
        terminal.press("c")
        terminal.wait_for("Copy or save what?")
        terminal.press(*["down"] * 5, "enter")
        terminal.wait_for("more than many terminals take", "Save the weights as JSON to")
        assert b"\x1b]52;" not in terminal.bytes
        save_to(terminal, "the weights as JSON", tmp_path / "large.json")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not on this machine")
def test_tmux_takes_it_where_it_is_told_to(tmp_path: Path) -> None:
    def tmux(*words: str) -> str:
        command = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null", *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True).stdout

    def wait_for(word: str, *look: str) -> str:
        deadline = time.monotonic() + 20
        while word not in (text := tmux(*look)):
            assert time.monotonic() < deadline, text
            time.sleep(0.1)
        return text

    run = f"{sys.executable} -m tui --no-state --weather rsr"
    tmux("new-session", "-d", "-x", "100", "-y", "30", run, ";", "set", "-g", "set-clipboard", "on")
    try:
        wait_for("step 1", "capture-pane", "-p")
        tmux("send-keys", "c")
        wait_for("Copy or save", "capture-pane", "-p")
        tmux("send-keys", "Enter")
        wait_for("set-clipboard", "capture-pane", "-p")  # and " on" in the next line
        assert wait_for("roommate-tui", "show-buffer").endswith("--weather rainy,sunny,rainy --start pasta")
        tmux("send-keys", "q")
    finally:
        tmux("kill-server")
