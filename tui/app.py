"""The Textual application: themes, screens, and the size that the terminal must have. No domain logic."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import RenderableType
from textual import events
from textual.actions import SkipAction
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.screen import Screen
from textual.widgets import Input

from model.config import TrainingConfig
from model.history import Run
from model.scenario import shipped
from model.simulation import Simulation
from tui.commands import COMMANDS
from tui.rendering.glyphs import UNICODE, Glyphs
from tui.screens.palette import PaletteScreen
from tui.screens.too_small import TooSmallScreen, fits
from tui.screens.walk import WalkScreen
from tui.themes import ROOMMATE_DARK, ROOMMATE_LIGHT, defaults


class RoommateApp(App[None]):
    """Opens the walk on a simulation.

    Args:
        simulation: What is shown first.
        glyphs: The characters that the terminal can show.
        config: The settings of the first training run.
        state: The file in which runs are saved by themselves; None: nothing is written.
        run: The first training run, where the simulation shows it already.

    Attributes:
        walk: The main screen, as soon as there is one.
        crash: The first error that nobody expected, if there was one.
        leaving: Whether somebody has asked it to end.
        pages: The screens that lay above each other then.
        tells_of_crashes: Whether whoever runs the app tells of such an error, so that Textual need not.
    """

    TITLE = "roommate-tui"
    CSS_PATH = "app.tcss"
    ALLOW_SELECT = False  # a click on what has just gone would be an error; terminals select text with Shift held
    BINDINGS = [  # on every page, whatever has the focus
        Binding("ctrl+l", "repaint", "repaint", show=False, priority=True),
        Binding("ctrl+c", "help_quit", "how to leave", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "into the background", show=False, priority=True),
    ]

    def __init__(
        self,
        simulation: Simulation | None = None,
        glyphs: Glyphs = UNICODE,
        config: TrainingConfig | None = None,
        state: Path | None = None,
        run: Run | None = None,
    ) -> None:
        self._first = simulation or Simulation()
        self._glyphs = glyphs
        self._config = config
        self._state = state
        self._run = run
        self.walk: WalkScreen | None = None
        self.crash: BaseException | None = None
        self.pages: list[str] = []
        self.leaving = False
        self.tells_of_crashes = False
        super().__init__()
        self.register_theme(ROOMMATE_DARK)
        self.register_theme(ROOMMATE_LIGHT)
        asked = os.environ.get("TEXTUAL_THEME")
        if asked in {ROOMMATE_DARK.name, ROOMMATE_LIGHT.name}:
            self.set_reactive(App.theme, "textual-dark")  # Textual looked for ours before they were registered
            self.theme = asked
        elif asked is None:
            self.theme = "ansi-dark" if os.environ.get("NO_COLOR") else ROOMMATE_DARK.name

    def _handle_exception(self, error: Exception) -> None:
        """Every error that nobody expected comes here; of Textual's public methods none is told of all of them."""
        if self.leaving and isinstance(error, NoMatches):
            return  # a page that was opened at the last moment finds nothing in itself any more
        if not self.tells_of_crashes:
            super()._handle_exception(error)
            return
        if self.crash is None:
            self.crash, self.pages = error, [type(screen).__name__ for screen in self.screen_stack]
        if self.walk is not None:
            self.walk.stop_training()
        self.panic()  # ends, with nothing to say

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave."""
        self.leaving = True
        super().exit(result, return_code, message)

    def action_command_palette(self) -> None:
        """The palette: over the walk all commands, over a page only those for everywhere."""
        if not isinstance(self.screen, PaletteScreen | TooSmallScreen):

            def chosen(command: SystemCommand | None) -> None:
                if command is not None:
                    self.call_later(command.callback)

            self.push_screen(PaletteScreen(self.get_system_commands(self.screen)), chosen)

    def search_themes(self) -> None:
        """Choose the colours."""
        from tui.screens.ask import ChooseScreen  # noqa: PLC0415

        def chosen(name: str | None) -> None:
            self.theme = name or self.theme

        self.push_screen(ChooseScreen("Which colours?", sorted(self.available_themes), self.theme), chosen)

    def action_help_quit(self) -> None:
        """Ctrl+C ends most programs, and here it is pressed by mistake: say what does. It copies what is selected."""
        if isinstance(self.focused, Input) and not self.focused.selection.is_empty:
            raise SkipAction
        told = "q leaves the program." if self.screen is self.walk else "Esc leaves this page, Ctrl+Q the program."
        self.notify(told, title="To leave", timeout=4)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of meanings for the themes that do not bring their own."""
        return defaults(dark=self.current_theme.dark)

    def get_driver_class(self) -> type[Driver]:
        """The driver that writes only what changes, where that is possible."""
        from tui.driver import thrifty  # noqa: PLC0415 - Windows has no such driver

        return thrifty(super().get_driver_class()) if sys.platform != "win32" else super().get_driver_class()

    def get_default_screen(self) -> Screen[None]:
        """The walk."""
        self.walk = WalkScreen(self._first, self._glyphs, self._config, self._state, self._run)
        return self.walk

    def on_resize(self, event: events.Resize) -> None:
        """Ask for a larger terminal while this one is too small, and go on when it is not."""
        asking = any(isinstance(screen, TooSmallScreen) for screen in self.screen_stack)
        if not fits(event.size) and not asking:
            self.push_screen(TooSmallScreen())
        elif fits(event.size) and isinstance(self.screen, TooSmallScreen):
            self.screen.dismiss()

    def action_repaint(self) -> None:
        """Paint everything again: somebody else may have written to the terminal."""
        driver = self._driver
        if driver is not None and hasattr(driver, "forget"):
            driver.forget()
        self.screen.refresh(layout=True)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: all our commands, and of Textual's the one that changes the theme."""
        yield SystemCommand("Theme", "Change the colours", self.action_change_theme)
        if isinstance(screen, WalkScreen):
            for command in COMMANDS:
                run = self._runner(screen, command.action)
                yield SystemCommand(command.help, f"{command.group} (key: {command.key_display})", run)
            for name in shipped():
                run = self._runner(screen, f"open_roommate({name!r})")
                yield SystemCommand(f"Roommate: {name}", "One that comes with the program", run)

    def _runner(self, screen: WalkScreen, action: str):  # type: ignore[no-untyped-def]
        async def run() -> None:
            await screen.run_action(action)

        return run
