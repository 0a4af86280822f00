"""The help page: what is on the screen now, every key, and the words of the subject; all of it can be searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from model.language import _
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.roommate.spelling import folded
from model.simulation.simulation import Simulation
from tui.rendering.block import EMPTY, line
from tui.screens.dialog import Dialog
from tui.session.commands.command import GROUPS, Command
from tui.session.commands.shared import COMMANDS_BY_NAME, SCREEN_COMMANDS
from tui.text.examples import explained
from tui.text.glyphs import Glyphs
from tui.text.lesson_pages import all_words, lesson_page, more
from tui.text.on_screen import letters, numbers, panels, signs
from tui.widgets.text_field import Entry

KEYS_OF = {
    "title": ("lesson_1", "opening"),
    "week": ("next_day", "flip_weather", "next_start", "add_day", "remove_day", "reveal"),
    "pipeline": ("next_step", "previous_step", "play"),
    "network": ("next_row", "next_view", "edit", "turn"),
    "product": ("next_row", "next_view", "edit", "turn"),
    "nodes": ("next_view", "next_step"),
    "unrolled": ("next_view", "next_day"),
    "loss": ("train", "one_update", "scale", "faster", "settings"),
    "cases": ("extract",),
    "narration": ("guess",),
    "rule": ("edit_rule",),
}
"""The commands whose keys have to do with a panel, the most important first."""


@dataclass(frozen=True)
class OnScreen:
    """What is on the screen that help is asked for.

    Attributes:
        simulation: What is shown, a question not answered.
        panels: The names of the panels in sight.
        glyphs: Characters to write with.
        asked: Whether something of it is asked for, which an example might tell.
    """

    simulation: Simulation
    panels: frozenset[str]
    glyphs: Glyphs
    asked: bool = False


def now(shown: OnScreen, *, kiosk: bool = False) -> list[Content]:
    """Every panel in sight with its keys, the letters in their colours, the signs, and how numbers are written."""
    lines = [line((_("On the screen now"), "bold $accent"))]
    for name, title, shows in panels(shown.panels | {"keys"}):
        lines.append(line((f"  {title}  ", "bold"), shows))
        commands = [COMMANDS_BY_NAME[one] for one in KEYS_OF.get(name, ())]
        keys = [(one.typed_keys[0], _(one.label)) for one in commands if one.kiosk or not kiosk]
        if keys:
            lines.append(line("      ", ("  ".join(f"{key} {label}" for key, label in keys), "$muted")))
    lines += [EMPTY, line((_("Letters, each in the colour of its numbers"), "bold $accent"))]
    lines += _explained(letters(shown.panels, shown.simulation, shown.glyphs))
    lines += [EMPTY, line((_("Signs and numbers"), "bold $accent"))]
    lines += _explained(signs(shown.panels, shown.simulation, shown.glyphs))
    return [*lines, *(line(f"  {sentence}") for sentence in numbers(shown.simulation))]


def _explained(explanations: Iterator[tuple[str, str, str]]) -> Iterator[Content]:
    for what, style, meaning in explanations:
        yield line((f"  {what:<8}", f"bold {style}".strip()), meaning)


def keys(commands: Sequence[Command] = SCREEN_COMMANDS) -> list[Content]:
    """Commands by group, from their declarations."""
    lines = []
    for group in GROUPS:
        lines.append(line((_(group), "bold $accent")))
        mine = [command for command in commands if command.group == group]
        lines += [line((f"  {command.key_display:<12}", "bold"), command.help) for command in mine]
        lines.append(line(""))
    lines.append(
        line(_("The mouse works, too: click a day to go there, a weather to change it, a lesson to open it."))
    )
    return lines


def glossary(shown: OnScreen | None) -> list[Content]:
    """The words of the subject, each with an example from what is on the screen."""
    lines = [line((_("Words"), "bold $accent"))]
    for word, meaning in all_words().items():
        told = meaning
        if shown is not None and not shown.asked:
            told = explained(word, meaning, shown.simulation, shown.glyphs)
        lines.append(line((f"  {word}  ", "bold"), told))
    return lines


class SearchEntry(Entry):
    """A field that leaves the keys that close the page to the page."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether it types a key."""
        return key != "question_mark" and super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "question_mark":
            event.character = None  # Textual types characters; the key goes on to the page


class HelpScreen(Dialog[None]):
    """What is on the screen, keys and words; what is typed searches them.

    Args:
        lesson: The lesson that is open.
        roommate: Who cooks.
        kiosk: Whether the keys that a kiosk refuses are left out.
        shown: What is on the screen; None: there is no walk yet.
    """

    BINDINGS = [
        Binding("escape,question_mark,f1", "dismiss", "close", key_display="Esc"),
        Binding("down", "scroll(1)", "down"),
        Binding("up", "scroll(-1)", "up"),
        Binding("pagedown", "turn_page(1)", "page down"),
        Binding("pageup", "turn_page(-1)", "page up"),
    ]

    def __init__(
        self,
        lesson: int,
        roommate: Roommate = PERFECT_ROOMMATE,
        *,
        kiosk: bool = False,
        shown: OnScreen | None = None,
    ) -> None:
        super().__init__()
        self._lesson, self._roommate, self._kiosk, self._shown = lesson, roommate, kiosk, shown
        self._lines: list[Content] = []

    def compose(self) -> ComposeResult:
        """A field, and under it one scrolling page."""
        page = Vertical(id="help")
        page.border_title = _("Help")
        page.border_subtitle = _("Esc closes")
        about, text = lesson_page(self._lesson)["about"], more(self._lesson, self._roommate)
        heading = _("Lesson {number}: {about}").format(number=self._lesson, about=about)
        self._lines = [line((heading, "bold")), line(text), line("")]
        if self._shown is not None:
            self._lines += [*now(self._shown, kiosk=self._kiosk), line("")]
        commands = [command for command in SCREEN_COMMANDS if command.kiosk or not self._kiosk]
        self._lines += [*keys(commands), line(""), *glossary(self._shown)]
        with page:
            yield SearchEntry(placeholder=_("Type to search: a key, a letter, a word"))
            with VerticalScroll(can_focus=False):
                yield Static(Content("\n").join(self._lines), id="found")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what has the text in it, or everything."""
        wanted = folded(event.value)
        found = [one for one in self._lines if wanted in folded(one.plain)] if wanted else self._lines
        nothing = [line((_("Nothing has {text!r} in it.").format(text=event.value[:24]), "$muted"))]
        self.query_one("#found", Static).update(Content("\n").join(found or nothing))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close the page where nothing is searched."""
        if not event.value:
            self.dismiss()

    def action_scroll(self, by: int) -> None:
        """A line up or down."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_turn_page(self, by: int) -> None:
        """A page up or down."""
        page = self.query_one(VerticalScroll)
        page.scroll_relative(y=by * max(page.size.height - 1, 1), animate=False)
