"""The help page: every key, and the words of the subject."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from tui.rendering.block import line
from tui.screens.dialog import Page
from tui.session.commands import COMMANDS, GROUPS, Command
from tui.text.narration import all_words, more, pages
from tui.widgets.kiosk import available


def keys(commands: Sequence[Command] = COMMANDS) -> Content:
    """Commands by group, from their declarations."""
    lines = []
    for group in GROUPS:
        lines.append(line((group, "bold $accent")))
        mine = [command for command in commands if command.group == group]
        lines += [line((f"  {command.key_display:<12}", "bold"), command.help) for command in mine]
        lines.append(line(""))
    lines.append(line("The mouse works, too: click a day to go there, a weather to change it, a lesson to open it."))
    return Content("\n").join(lines)


def glossary() -> Content:
    """The words of the subject, from the lessons' glossary."""
    lines = [line(("Words", "bold $accent"))]
    lines += [line((f"  {word}  ", "bold"), meaning) for word, meaning in all_words().items()]
    return Content("\n").join(lines)


class HelpScreen(Page[None]):
    """Keys and words; any of the usual keys closes it."""

    BINDINGS = [Binding("escape,question_mark,f1,q,enter", "dismiss", "close", key_display="Esc")]

    def __init__(self, lesson: int, roommate: Roommate = PERFECT_ROOMMATE) -> None:
        super().__init__()
        self._lesson, self._roommate = lesson, roommate

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        page = VerticalScroll(id="help")
        page.border_title = "Help"
        page.border_subtitle = "Esc closes"
        with page:
            about, told = pages(self._lesson)["about"], more(self._lesson, self._roommate)
            yield Static(line((f"Lesson {self._lesson}: {about}", "bold"), "\n", told, "\n"))
            yield Static(keys(available(self.app)))
            yield Static(glossary())

    def on_mount(self) -> None:
        """Arrows scroll the page at once."""
        self.query_one("#help").focus()
