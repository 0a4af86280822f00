"""The help page: every key, and the words of the subject."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from model.language import _
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from tui.rendering.block import line
from tui.screens.dialog import Dialog
from tui.session.commands.command import GROUPS, Command
from tui.session.commands.shared import SCREEN_COMMANDS
from tui.text.lesson_pages import all_words, lesson_page, more


def keys(commands: Sequence[Command] = SCREEN_COMMANDS) -> Content:
    """Commands by group, from their declarations."""
    lines = []
    for group in GROUPS:
        lines.append(line((_(group), "bold $accent")))
        mine = [command for command in commands if command.group == group]
        lines += [line((f"  {command.key_display:<12}", "bold"), command.help) for command in mine]
        lines.append(line(""))
    mouse = _("The mouse works, too: click a day to go there, a weather to change it, a lesson to open it.")
    lines.append(line(mouse))
    return Content("\n").join(lines)


def glossary() -> Content:
    """The words of the subject, from the lessons' glossary."""
    lines = [line((_("Words"), "bold $accent"))]
    lines += [line((f"  {word}  ", "bold"), meaning) for word, meaning in all_words().items()]
    return Content("\n").join(lines)


class HelpScreen(Dialog[None]):
    """Keys and words; any of the usual keys closes it."""

    BINDINGS = [Binding("escape,question_mark,f1,q,enter", "dismiss", "close", key_display="Esc")]

    def __init__(self, lesson: int, roommate: Roommate = PERFECT_ROOMMATE, *, kiosk: bool = False) -> None:
        super().__init__()
        self._lesson, self._roommate, self._kiosk = lesson, roommate, kiosk

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        page = VerticalScroll(id="help")
        page.border_title = _("Help")
        page.border_subtitle = _("Esc closes")
        with page:
            about, text = lesson_page(self._lesson)["about"], more(self._lesson, self._roommate)
            heading = _("Lesson {number}: {about}").format(number=self._lesson, about=about)
            yield Static(line((heading, "bold"), "\n", text, "\n"))
            yield Static(keys([command for command in SCREEN_COMMANDS if command.kiosk or not self._kiosk]))
            yield Static(glossary())

    def on_mount(self) -> None:
        """Arrows scroll the page at once."""
        self.query_one("#help").focus()
