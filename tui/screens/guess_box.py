"""Guess first on the screen: what is asked of the step, under the walk, answered with a cursor or in a field."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from model.course.step_question import StepQuestion
from model.errors import RoommateError
from model.language import _
from tui.rendering.block import line
from tui.rendering.course_page import said_text
from tui.screens.stage import Stage
from tui.session.commands.walking import guess, next_step
from tui.session.guessing import answer_guess, open_question
from tui.text.guessing import choices_of, question_said
from tui.widgets.choices import Choices, Picked
from tui.widgets.text_field import PROMPT, Entry

NUMBER_SIGNS = "0123456789.,/%-−"
"""What a number is typed with; all other keys are those of the walk."""


class NumberEntry(Entry):
    """A field for a number that leaves the keys of the walk to the walk."""

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and (event.character or "") not in NUMBER_SIGNS:
            event.character = None  # Textual types characters; the key goes on to the walk

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether it types a key: all others are bound elsewhere."""
        return character is not None and character in NUMBER_SIGNS

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys that move its cursor to the walk where there is nothing to move it over."""
        if not self.value and (action.startswith("cursor_") or action in {"home", "end"}):
            return False
        return super().check_action(action, parameters)


class GuessBox(Vertical, can_focus=True):
    """What is asked of the step, or what was said of the last answer.

    Args:
        stage: The walk it stands under.
    """

    BINDINGS = [
        Binding("enter", "go_on", "go on"),
        Binding("escape", "stop", "leave"),
        Binding("down", "pick(1)", "next"),
        Binding("up", "pick(-1)", "before"),
    ]

    DEFAULT_CSS = """
    GuessBox {
        border-top: solid $accent; border-title-color: $accent; background: $surface;
        Static { height: auto; padding: 0 1; }
        Choices { padding: 0 1; }
        #answer { height: 1; }
        #answer Static { width: auto; color: $accent; text-style: bold; padding: 0 0 0 1; }
        Entry, Entry:focus { width: 1fr; border: none; height: 1; padding: 0 1; background: $panel; }
    }
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__(id="guess")
        self._stage = stage

    def compose(self) -> ComposeResult:
        """The question, what it is answered with, and what was said of the last answer."""
        yield Static(id="verdict", markup=False)
        yield Static(id="question", markup=False)
        yield Choices()
        with Horizontal(id="answer"):
            yield Static(self._stage.glyphs.text(PROMPT), markup=False)
            yield NumberEntry()

    def rows(self, height: int) -> int:
        """The lines that it takes of a terminal.

        Args:
            height: The lines of the terminal.
        """
        return 6 if height >= 30 else 5 if height >= 20 else 4

    def on_mount(self) -> None:
        """Ask."""
        self.tell()

    @property
    def _question(self) -> StepQuestion | None:
        return open_question(self._stage.session)

    def tell(self, wrong: str = "") -> None:
        """Ask what is to be asked now, or say what was said of the last answer.

        Args:
            wrong: Why what was typed is no answer.
        """
        question, glyphs, guesses = self._question, self._stage.glyphs, self._stage.session.guesses
        if guesses is None:
            return
        answers = () if question is None else choices_of(question, glyphs)
        asked = _("Enter goes on.") if question is None else question_said(question, glyphs)
        style = "$muted" if question is None else "bold"
        self.query_one("#question", Static).update(line((glyphs.text(asked), style)))
        verdict = self.query_one("#verdict", Static)
        said = said_text(guesses.said, guesses.judged, glyphs) if question is None else line((wrong, "$wrong"))
        verdict.update(said)
        verdict.display = bool(said)
        self.query_one(Choices).offer(answers, apart=False)
        field = self.query_one("#answer")
        field.display = question is not None and not answers
        entry = self.query_one(NumberEntry)
        entry.value = ""
        (entry if field.display else self).focus(scroll_visible=False)
        self._name_frame(asked=question is not None, picked=bool(answers))

    def _name_frame(self, *, asked: bool, picked: bool) -> None:
        guesses = self._stage.session.guesses
        if guesses is None:
            return
        told = _("Guess first: {right} of {given} right").format(right=guesses.right, given=guesses.given)
        heads = self._stage.glyphs.heads
        pairs = [(heads[0] + heads[2], _("pick"))] if picked else []
        pairs += [(_("Enter"), _("answer, or show") if asked else _("go on")), ("Esc", _("ends it"))]
        keys = "  ".join(f"{key} {does}" for key, does in pairs)
        self.border_title = line(told, "  ", (keys, "$muted")).markup

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the cursor keys to the walk where there is nothing to pick from."""
        return super().check_action(action, parameters) and (
            action != "pick" or bool(self.query_one(Choices).answers)
        )

    def action_pick(self, by: int) -> None:
        """Move the cursor."""
        self.query_one(Choices).move(by)

    def on_picked(self, message: Picked) -> None:
        """Answer with what was clicked."""
        self._answer(self.query_one(Choices).answers[message.number])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, or show what is asked for."""
        event.stop()
        self._answer(event.value)

    def action_go_on(self) -> None:
        """Answer with what the cursor stands on, or show what is asked for; then go on."""
        choices = self.query_one(Choices)
        if self._question is None:
            self._stage.do(next_step)
        else:
            self._answer("" if choices.current is None else choices.answers[choices.current])

    def _answer(self, typed: str) -> None:
        session = self._stage.session
        try:
            answer_guess(session, typed)
        except RoommateError as error:
            self.tell(str(error))

    def action_stop(self) -> None:
        """Show every step at once again."""
        self._stage.do(guess, "off")
