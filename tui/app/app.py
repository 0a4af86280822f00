"""The Textual application: themes, screens, and the size that the terminal must have. No domain logic."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rich.console import RenderableType
from textual import events
from textual.actions import ActionParseResult, SkipAction, parse
from textual.app import App, ScreenStackError, SystemCommand
from textual.binding import Binding
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import Theme

from model.errors import InputError
from model.foreign_text import shown
from model.language import N_, _
from model.roommate.parsing import suggestion
from tui.app.preferences import load_settings, save_settings
from tui.app.themes import PROJECTOR, THEMES, WITHOUT_COLOURS, defaults, fitting
from tui.screens.opening import OpeningScreen
from tui.screens.too_small import TooSmallScreen, fits
from tui.session.kiosk import REFUSED, refusal
from tui.session.state_directory import UNSAVED
from tui.terminal.filters import filters
from tui.text.glyphs import UNICODE, Glyphs
from tui.widgets.sizes import COLUMNS, ROWS

if TYPE_CHECKING:
    from model.simulation.simulation import Simulation
    from model.storage.saved_runs import SavedRuns
    from model.training.config import TrainingConfig
    from model.training.run import TrainingRun
    from tui.classroom.publisher import Hands
    from tui.screens.messages import ClassMoved
    from tui.screens.notes import NotesScreen
    from tui.screens.palette import Choice
    from tui.screens.walk import WalkScreen
    from tui.session.following import ClassNews
    from tui.session.reply import Reply
    from tui.session.room import Room
    from tui.session.session import Session

Shows = TypeVar("Shows", "WalkScreen", "NotesScreen")

# The opening is painted before numpy and the walk are loaded: what belongs to them is imported where it is needed.


class RoommateApp(App[None]):
    """Opens the walk on a simulation, or the opening that leads to it.

    Args:
        simulation: What is shown first.
        glyphs: The characters that the terminal can show.
        config: The settings of the first training run.
        state: Where runs are saved automatically; None: nothing is written.
        find_state: Where the opening comes first: finds `state` afterwards, for that takes longer than to paint it.
        run: The first training run, where the simulation shows it already.
        settings: The file in which the theme is remembered; None: nothing is.
        kiosk: Whether there must be no way from the screen to a file or a shell.
        unsaved: Why runs are not saved automatically, where somebody may expect that they are.
        presenting: Whether a talk is given.

    Attributes:
        walk: The main screen, as soon as there is one.
        state: Where runs are saved by themselves, as soon as that is known.
        crash: The first error that nobody expected, if there was one.
        leaving: Whether somebody has asked it to end.
        pages: The screens that lay above each other then.
        last_opened: The folder of the file that was opened last, as a person would type it.
        tells_of_crashes: Whether whoever runs the app tells of such an error, so that Textual need not.
        slow_link: Whether what the terminal sends may come in pieces.
        beginning: What is done first, such as to open a page of the course; None: nothing.
        course_folder: Where what is done of the course is remembered; None: nowhere.
        lecturer: Whether questions of the course are shown without how they are answered.
        room: What it has to do with a class.
        notes: Whether it shows the lecturer's notes of a class that it follows.
    """

    TITLE = "roommate-tui"
    CSS = files(__package__).joinpath("app.tcss").read_text("utf-8")  # it may be in a zip, where there are no paths
    HORIZONTAL_BREAKPOINTS = COLUMNS
    VERTICAL_BREAKPOINTS = ROWS
    ALLOW_SELECT = False  # a click on what has just gone would be an error; terminals select text with Shift held
    BINDINGS = [  # on every page, whatever has the focus
        Binding("ctrl+l", "repaint", "repaint", show=False, priority=True),
        Binding("ctrl+c", "help_quit", N_("how to leave"), show=False, priority=True),
        Binding("ctrl+z", "suspend_process", N_("into the background"), show=False, priority=True),
    ]

    def __init__(
        self,
        simulation: Simulation | None = None,
        glyphs: Glyphs = UNICODE,
        config: TrainingConfig | None = None,
        state: SavedRuns | None = None,
        *,
        run: TrainingRun | None = None,
        settings: Path | None = None,
        kiosk: bool = False,
        unsaved: str = "",
        presenting: bool = False,
        find_state: Callable[[], SavedRuns | None] | None = None,
    ) -> None:
        self._first = simulation
        self._glyphs = glyphs
        self._config = config
        self.state = state
        self._find_state = find_state
        self._run = run
        self._kiosk, self._unsaved = kiosk, unsaved
        self._settings_file, self._settings = settings, load_settings(settings)
        self.walk: WalkScreen | None = None
        self.crash: BaseException | None = None
        self.pages: list[str] = []
        self.last_opened = ""
        self.leaving = False
        self.tells_of_crashes = False
        self.slow_link = False
        self.beginning: Callable[[Session], Reply] | None = None
        self.course_folder: Path | None = None
        self.lecturer = False
        self.room: Room | None = None
        self.presenting = presenting
        self.notes = False
        self._in_the_class: WalkScreen | NotesScreen | None = None
        super().__init__()
        for theme in (WITHOUT_COLOURS,) if self.no_color else THEMES:
            self.register_theme(theme)
        known, system = self.available_themes, self.console.color_system
        wished = [name.strip() for name in os.environ.get("TEXTUAL_THEME", "").split(",")]  # the first there is
        wanted = next((name for name in wished if name in known), None)
        self._no_theme = "" if wanted or self.no_color else wished[0]
        usual = PROJECTOR.name if presenting else self._settings.theme
        chosen = fitting(wanted, usual, system, no_color=self.no_color)
        self.set_reactive(App.theme, "textual-dark")  # Textual looked for ours before they were registered
        self.theme = self._first_theme = chosen if chosen in known else THEMES[0].name

    def on_mount(self) -> None:
        """Subscribe to theme changes, and warn of what will not be saved or found."""
        if self._unsaved:
            self.notify(_(UNSAVED).format(reason=self._unsaved), severity="warning", timeout=8)
        self.theme_changed_signal.subscribe(self, self._remember)
        if self._no_theme:
            near = suggestion(self._no_theme, list(self.available_themes))
            sentence = _("TEXTUAL_THEME={theme}: there is no such theme.").format(theme=self._no_theme) + near
            self.notify(sentence, severity="warning")

    def _handle_exception(self, error: Exception) -> None:
        """Handle every unexpected error; no public method of Textual sees all of them."""
        if self.leaving and isinstance(error, NoMatches | NoScreen | ScreenStackError):
            return  # a page that was opened at the last moment finds nothing in itself any more, and a key no page
        if not self.tells_of_crashes:
            super()._handle_exception(error)
            return
        if self.crash is None:
            self.crash, self.pages = error, [type(screen).__name__ for screen in self.screen_stack]
        if self.walk is not None:
            self.walk.session.pause()
        self.panic()  # ends, with nothing to say

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave."""
        self.leaving = True
        super().exit(result, return_code, message)

    def action_command_palette(self) -> None:
        """The palette: over the walk all commands, over a page only those for everywhere."""
        from tui.screens.palette import PaletteScreen  # noqa: PLC0415

        if not isinstance(self.screen, PaletteScreen | TooSmallScreen):
            self._open_palette(self.choices(self.screen))

    def _open_palette(self, choices: Iterable[Choice]) -> None:
        from tui.screens.palette import PaletteScreen  # noqa: PLC0415

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self.call_later(choice.run)

        self.push_screen(PaletteScreen(choices), chosen)

    def search_themes(self) -> None:
        """Choose the colours."""
        from tui.screens.palette import PaletteScreen  # noqa: PLC0415

        if not isinstance(self.screen, PaletteScreen):
            from tui.app.choices import themes  # noqa: PLC0415

            self._open_palette(themes(self))

    def action_save_screenshot(self) -> None:
        """A picture of the screen, as a file."""
        from tui.screens.screenshot import ask_for_screenshot  # noqa: PLC0415

        ask_for_screenshot(self)

    def notify(self, message: str, *, title: str = "", **options: Any) -> None:
        """A notice, whichever page it comes from; of names and paths in it only what can be shown, and no markup."""
        super().notify(shown(message), title=shown(title), **{**options, "markup": False})

    def action_help_quit(self) -> None:
        """Ctrl+C ends most programs, and here it is pressed by mistake: say what does. It copies what is selected."""
        from textual.widgets import Input  # noqa: PLC0415

        if isinstance(self.focused, Input) and not self.focused.selection.is_empty:
            raise SkipAction
        leaves = self.screen is self.walk or isinstance(self.screen, OpeningScreen)
        sentence = _("q leaves the program.") if leaves else _("Esc leaves this page, Ctrl+Q the program.")
        self.notify(sentence, title=_("To leave"), timeout=4)

    def _remember(self, theme: Theme) -> None:
        """Save the theme for the next start, if a person chose it."""
        if theme.name == (self._settings.theme or self._first_theme):
            return
        self._settings = replace(self._settings, theme=theme.name)
        sentence = save_settings(self._settings_file, self._settings)
        if sentence:
            self.notify(sentence, title=_("The theme will not be remembered"), severity="warning")

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The line filters of all cells, Textual's own among them."""
        return filters(super().get_line_filters(), no_color=self.no_color, ascii_only=not self._glyphs.icons)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of meanings for the themes that do not bring their own."""
        return defaults(dark=self.current_theme.dark)

    def get_driver_class(self) -> type[Driver]:
        """The driver that writes only what changes, where that is possible.

        Raises:
            InputError: ``TEXTUAL_DRIVER`` names none.
        """
        from tui.terminal.driver import with_diff  # noqa: PLC0415 - Windows has no such driver

        try:
            driver = super().get_driver_class()
        except (ImportError, AttributeError, ValueError, RuntimeError) as error:
            name = os.environ.get("TEXTUAL_DRIVER", "")
            raise InputError(
                _(
                    "TEXTUAL_DRIVER={name} in the environment: there is no such driver ({error}); leave it out."
                ).format(name=name, error=error)
            ) from None
        return with_diff(driver) if sys.platform != "win32" else driver

    def get_default_screen(self) -> Screen[None]:
        """The opening where that comes first, otherwise the walk."""
        if self.notes:
            from tui.screens.notes import NotesScreen  # noqa: PLC0415

            return self._in_class(NotesScreen(self._make_session()))
        if self._find_state is not None:
            return OpeningScreen(self._glyphs, self.make_walk, prepare=self.prepare)
        return self.make_walk()

    def prepare(self) -> None:
        """Load what the walk needs, and find out where runs are saved; another thread does so."""
        from tui.screens import walk as _walk  # noqa: F401, PLC0415

        if self._find_state is not None:
            self.state = self._find_state()

    def make_walk(self) -> WalkScreen:
        """The walk; it is made when it is first asked for."""
        from tui.screens.walk import WalkScreen  # noqa: PLC0415

        if self.walk is None:
            self.walk = self._in_class(WalkScreen(self._make_session()))
        return self.walk

    def _make_session(self) -> Session:
        """A session on a simulation of its own: what it works out is not kept by whoever gave the first one."""
        from model.simulation.simulation import Simulation  # noqa: PLC0415
        from model.simulation.timeline import bare  # noqa: PLC0415
        from model.training.config import TrainingConfig  # noqa: PLC0415
        from tui.session.run_library import Runs  # noqa: PLC0415
        from tui.session.session import Session  # noqa: PLC0415

        runs = Runs(self._config or TrainingConfig(), self.state, self._run)
        session = Session(bare(self._first or Simulation()), self._glyphs, runs, kiosk=self._kiosk)
        session.course_folder, session.lecturer = self.course_folder, self.lecturer
        session.presenting, session.beginning = self.presenting, self.beginning
        return session

    def _in_class(self, screen: Shows) -> Shows:
        """A screen whose session is tied to the class, if there is one; threads post what that tells."""
        if self.room is not None:
            from tui.screens.messages import ClassMoved  # noqa: PLC0415

            def post(news: ClassNews | Hands) -> None:
                self.post_message(ClassMoved(news))  # the screen itself need not be on the stack

            self._in_the_class = screen
            self.room.enter(screen.session, post)
        return screen

    def on_class_moved(self, message: ClassMoved) -> None:
        """Hand news of the class on to the screen that shows it."""
        if self._in_the_class is not None and self._in_the_class.is_attached:
            self._in_the_class.on_class_moved(message)

    def on_resize(self, event: events.Resize) -> None:
        """Ask for a larger terminal while this one is too small, and go on when it is not."""
        if self._driver is not None and hasattr(self._driver, "forget"):
            self._driver.forget()  # a terminal loses what does not fit, even where it is as large as before again
        self.screen.refresh(layout=True)
        asking = any(isinstance(screen, TooSmallScreen) for screen in self.screen_stack)
        if not fits(event.size) and not asking:
            self.push_screen(TooSmallScreen())
        elif fits(event.size) and isinstance(self.screen, TooSmallScreen):
            self.screen.dismiss()

    @property
    def kiosk(self) -> bool:
        """Whether there must be no way from the screen to a file or a shell."""
        return self._kiosk

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key, a click or the palette asks for, unless this is a kiosk, which refuses some of it.

        What cannot be done is told, and nothing is changed.
        """
        _namespace, name, _parameters = parse(action) if isinstance(action, str) else action
        if self.kiosk and name in REFUSED:
            self.notify(refusal(), severity="warning", timeout=6)
            return True
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except InputError as error:  # such as a day more than there is memory for
            self.clear_notifications()
            self.notify(str(error), severity="warning", timeout=8)
            return True

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open a browser, but not in a kiosk: browsers for terminals open files and shells."""
        if not self.kiosk:
            super().open_url(url, new_tab=new_tab)

    def action_repaint(self) -> None:
        """Paint everything again: somebody else may have written to the terminal."""
        driver = self._driver
        if driver is not None and hasattr(driver, "forget"):
            driver.forget()
        self.screen.refresh(layout=True)

    def choices(self, screen: Screen[object]) -> Iterator[Choice]:
        """What the palette offers: over the walk all commands and roommates, everywhere a picture and themes."""
        from tui.app import choices  # noqa: PLC0415

        walk = self.walk if screen is self.walk else None
        if walk is not None:
            yield from choices.commands(walk, kiosk=self.kiosk)
        if not self.kiosk:
            yield choices.screenshot(self)
        if not self.no_color:
            yield from choices.themes(self)
        if walk is not None:
            yield from choices.roommates(walk)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers, as Textual knows it."""
        return (SystemCommand(choice.title, choice.hint, choice.run) for choice in self.choices(screen))
