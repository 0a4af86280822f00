"""The kiosk on the screen. Which commands it refuses is a matter of their table: see `tui.session.test_commands`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.app import App
from textual.dom import DOMNode
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from tests.tui.conftest import shown, walk
from tests.tui.screen import messages, strips
from tui.app.app import RoommateApp
from tui.cli.main import main
from tui.screens.dialog import Box
from tui.screens.walk import WalkScreen
from tui.session.commands.shared import SCREEN_COMMANDS
from tui.session.kiosk import REFUSED, refusal
from tui.terminal.environment import restrict

SIZE = (100, 40)
STARTS_A_PROCESS = {
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.forkpty",
    "pty.spawn",
}


class Watch:
    """What this process opens and starts, below a folder."""

    def __init__(self) -> None:
        self.folder = ""
        self.touched: set[str] = set()
        self.started: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """The audit hook: Python cannot take it away again, so it sleeps between the tests."""
        if not self.folder:
            return
        if event in STARTS_A_PROCESS or (event == "os.kill" and arguments[1]):
            self.started.append(event)
        elif event in {"open", "os.rename", "os.mkdir", "os.link", "os.symlink"}:
            for name in arguments[: 1 + (event != "open")]:
                if isinstance(name, str | bytes) and Path(os.fsdecode(name)).resolve().is_relative_to(self.folder):
                    self.touched.add(str(Path(os.fsdecode(name)).resolve().relative_to(self.folder)))


WATCH = Watch()
sys.addaudithook(WATCH)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home that is watched, and is the working directory, too; a secret is in it."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "secret.json").write_text("{}")
    monkeypatch.chdir(home)
    for name in ("HOME", "XDG_STATE_HOME", "XDG_DOWNLOAD_DIR", "XDG_CONFIG_HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(home))
    WATCH.folder, WATCH.touched, WATCH.started = str(home), set(), []
    yield home
    WATCH.folder = ""


def listing(folder: Path) -> dict[str, bytes]:
    watched, WATCH.folder = WATCH.folder, ""
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    WATCH.folder = watched
    return files


async def type_a_path(pilot: Pilot[None], path: Path) -> None:
    """Where a line of text is asked for, give it the name of a file."""
    field = pilot.app.screen.query(Input)
    if field and pilot.app.screen.focused is field.first():
        field.first().value = str(path)
        await pilot.press("enter", "y")


async def back_to_the_walk(pilot: Pilot[None]) -> None:
    while not isinstance(pilot.app.screen, WalkScreen):
        await pilot.press("escape")


PAGES = {
    "S": "written.json",
    "L": "secret.json",
    "xS": "written.dot",
    "CL": "secret.json",
    "ES": "written.toml",
    "cs": "written.txt",
}
"""Keys that ask for a file where this is no kiosk, and one that is given."""


@pytest.mark.parametrize("kiosk", [True, False])
async def test_no_page_reaches_a_file_of_ones_choosing(home: Path, *, kiosk: bool) -> None:
    """Outside a kiosk the same keys do reach them, so this test can fail."""
    before = listing(home)
    app = RoommateApp(Simulation(), kiosk=kiosk)
    async with app.run_test(size=SIZE) as pilot:
        for keys, name in PAGES.items():
            await pilot.press(*keys)
            await type_a_path(pilot, home / name)
            await back_to_the_walk(pilot)
    if kiosk:
        assert (WATCH.touched, listing(home)) == (set(), before)
    else:
        assert WATCH.touched >= set(PAGES.values())
    assert WATCH.started == []


HARMLESS = {
    "add_class", "app_to_focus", "back", "bell", "blur", "change_theme", "clear_selected_text", "command_palette",
    "copy_text", "dismiss", "do", "focus", "focus_next", "focus_previous", "help_quit", "hide_help_panel",
    "maximize", "minimize", "notify", "pop_screen", "push_screen", "quit", "remove_class", "repaint", "scroll_bottom",
    "scroll_down", "scroll_end", "scroll_home", "scroll_left", "scroll_page_left", "scroll_page_right",
    "scroll_right", "scroll_up", "page_down", "page_left", "page_right", "page_up", "show_help_panel",
    "simulate_key", "switch_mode", "switch_screen", "toggle_class", "toggle_dark",
}  # fmt: skip
"""Actions that reach neither a file nor another program; `do` runs commands, which refuse by themselves."""


def test_every_action_that_there_is_is_refused_or_known_to_be_harmless() -> None:
    """Whatever asks for it: a key, the palette, or a link that somebody has got on to the screen."""
    owners = (RoommateApp, App, DOMNode, WalkScreen, Screen, Widget)
    actions = {name.removeprefix("action_") for owner in owners for name in dir(owner) if name.startswith("action_")}
    assert actions - REFUSED - HARMLESS == set()
    assert REFUSED - actions == set()


async def test_what_is_refused_is_not_even_begun(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HeadlessDriver, "can_suspend", True, raising=False)
    monkeypatch.setattr(os, "kill", lambda *sent: WATCH.started.append(f"os.kill{sent}"))
    before, app = listing(home), RoommateApp(Simulation(), kiosk=True)
    async with app.run_test(size=SIZE) as pilot:
        for name in sorted(REFUSED):
            for called in (f"app.{name}", f"app.{name}({'x.svg'!r}, {str(home)!r})", f"app.{name}({'kiosk'!r})"):
                await walk(pilot).run_action(called)
                await pilot.pause()
        await walk(pilot).run_action(f"do('save', {str(home / 'w.json')!r})")
        app.open_url("file:///etc/passwd")
        assert app.kiosk
    assert listing(home) == before
    assert (WATCH.touched, WATCH.started) == (set(), [])


async def test_textuals_own_actions_would_write_a_file_outside_a_kiosk(home: Path) -> None:
    async with RoommateApp(Simulation()).run_test(size=SIZE) as pilot:
        await walk(pilot).run_action(f"app.screenshot('x.svg', {str(home)!r})")
        await pilot.pause()
    assert WATCH.touched == {"x.svg"}


async def test_help_footer_and_palette_do_not_show_what_is_not_there() -> None:
    async with RoommateApp(Simulation().with_lesson(3), kiosk=True).run_test(size=(200, 40)) as pilot:
        titles = {command.title for command in pilot.app.get_system_commands(walk(pilot))}
        gone = [command for command in SCREEN_COMMANDS if not command.kiosk]
        assert {command.name for command in gone} >= {"save", "load"}
        assert not titles & {command.help for command in gone}
        assert titles >= {command.help for command in SCREEN_COMMANDS if command.kiosk}
        await pilot.press("question_mark")
        page = "\n".join(str(text.render()) for text in pilot.app.screen.query(Static))
        assert not [command.help for command in gone if command.help in page]
        await pilot.press("escape", "4")
        assert "settings" in shown(pilot, "#keys")
        assert "save" not in shown(pilot, "#keys")
        await pilot.press("O")
        words = [str(option.prompt) for option in pilot.app.screen.query_one(OptionList).options]
        assert "coffee" in words
        assert "from a file ..." not in words
        await pilot.press("escape")
        for key, selector in (("x", "#extract"), ("C", "#compare")):
            await pilot.press(key)
            assert "S save" not in (subtitle := str(pilot.app.screen.query_one(selector).border_subtitle))
            assert "L file" not in subtitle
            assert "Esc" in subtitle
            await pilot.press("escape")
        await pilot.press("E")
        assert "saves" not in str(pilot.app.screen.query_one(Box).border_subtitle)


async def test_a_refused_key_says_why_and_changes_nothing() -> None:
    async with RoommateApp(Simulation(), kiosk=True).run_test(size=SIZE) as pilot:
        for key in ("S", "L"):
            await pilot.press(key)
            assert messages(pilot) == [refusal()]
            assert isinstance(pilot.app.screen, WalkScreen)
        await pilot.press("x", "S")
        assert not pilot.app.screen.query(Input)


def links(pilot: Pilot[None]) -> list[object]:
    """What a click somewhere on the screen would ask for."""
    parts = [part for strip in strips(pilot.app) for part in strip]
    return [part.style.meta["@click"] for part in parts if part.style and "@click" in part.style.meta]


async def test_a_name_that_somebody_typed_is_never_a_link() -> None:
    name = "[@click=app.bell]Z{}[/]"
    foreign = replace(
        PERFECT_ROOMMATE,
        name=name.format("n"),
        dishes=tuple(name.format(number) for number in range(3)),
        weathers=tuple(name.format(letter) for letter in "sr"),
        dish_icons=(),
        weather_icons=(),
    )
    app = RoommateApp(Simulation(Situation(foreign, 3)), kiosk=True)
    async with app.run_test(size=(160, 50)) as pilot:
        for key in ("G", "E", "e", "x", "O", "4"):
            await pilot.press(key)
            assert links(pilot) == [], key
            await back_to_the_walk(pilot)
        await pilot.press("E", "N")
        assert pilot.app.screen.query_one(Input).value == foreign.name
        await pilot.press("enter")
        assert links(pilot) == []
        await pilot.app.mount(Static("[@click=app.bell]ours[/]"))
        await pilot.pause()
        assert links(pilot) == ["app.bell"], "the check sees a link"


def test_textuals_variables_that_reach_files_and_modules_are_not_honoured() -> None:
    environ = {
        "TEXTUAL_LOG": "/tmp/log",
        "TEXTUAL_DRIVER": "os:system",
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_ALLOW_SIGNALS": "1",
        "TEXTUAL": "devtools",
        "TEXTUAL_FPS": "5",
        "HOME": "/home/x",
    }
    restrict(environ)
    assert environ == {"TEXTUAL_FPS": "5", "HOME": "/home/x"}


def test_a_kiosk_has_a_screen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--kiosk", "cook"]) == 2
    assert "--kiosk" in capsys.readouterr().err
