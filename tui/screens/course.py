"""The page of the course on the screen: told and asked in a box over the walk, answered in a field."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static

from model.errors import RoommateError
from model.language import _
from tui.screens.dialog import Box, BoxScreen
from tui.screens.questions import AskScreen
from tui.screens.stage import Stage
from tui.session.commands.course import certificate, check, hint, next_page, open_course, previous_page
from tui.session.course import CourseWalk, course_of
from tui.session.course_text import page_lines
from tui.session.reply import Reply
from tui.widgets.text_field import Entry


class CourseScreen(BoxScreen[None]):
    """The page that is open: its words, its question, and a field for the answer.

    Args:
        stage: The walk that the page is about.
    """

    AUTO_FOCUS = ""  # the field has it where there is one
    BINDINGS = [
        Binding("escape", "dismiss(None)", "leave"),
        Binding("enter", "go_on", "go on"),  # where there is no field
        Binding("c", "check", "check"),
        Binding("e", "exercise", "exercise"),
        Binding("w", "certificate", "certificate"),
        Binding("down", "turn(True)", "next"),
        Binding("up", "turn(False)", "before"),
        Binding("tab", "hint", "hint", priority=True),
    ]

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage

    @property
    def _walk(self) -> CourseWalk:
        return course_of(self._stage.session)

    def compose(self) -> ComposeResult:
        """The page, the field, what was said of the answer, and the keys."""
        with Box(classes="box"):
            yield Static(id="page", markup=False)
            yield Entry()
            yield Static(id="said", markup=False)
            yield Static(id="hint", markup=False)

    def on_mount(self) -> None:
        """Tell the page."""
        self._tell()

    def _tell(self, *said: str) -> None:
        """Draw the page as it stands, and what was said last."""
        walk = self._walk
        try:
            page = "\n".join(page_lines(walk, self._stage.session, typed=False))
        except RoommateError as error:  # a page of somebody's own may ask for what is not there
            page = str(error)
        self.query_one("#page", Static).update(page)
        self.query_one("#said", Static).update("\n".join(said))
        entry, open_ = self.query_one(Entry), not walk.answered and not walk.lecturer
        entry.display = open_
        self.set_class(not walk.answered, "-covered")
        entry.value = ""
        keys = [_("Enter answers, or shows") if not walk.answered else _("Enter goes on")]
        if walk.answered and walk.exercises:
            keys += [_("e tells the exercise")] if not walk.open_page.is_exercise else []
            keys += [_("c judges it")]
        keys += [_("Tab hints"), _("Down and Up turn the page"), _("Esc to the screen"), _("i comes back")]
        self.query_one("#hint", Static).update(", ".join(keys))
        if open_:
            entry.focus()
        else:
            self.set_focus(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, or show what is true."""
        self._enter(event.value)

    def action_go_on(self) -> None:
        """Go on, or judge, where there is no field."""
        self._enter("")

    def _enter(self, typed: str) -> None:
        walk, session = self._walk, self._stage.session
        if walk.answered:
            self._attempt(lambda: next_page(session))
        else:
            self._attempt(lambda: walk.answer(session, typed) if typed.strip() else walk.waive(session))

    def _attempt(self, change: Callable[[], Reply]) -> None:
        """Do something and tell the page anew, or say why it cannot be."""
        try:
            reply = change()
        except RoommateError as error:
            self.query_one("#said", Static).update(str(error))
        else:
            self._tell(*reply.lines)

    def action_check(self) -> None:
        """Judge the exercise."""
        self._attempt(lambda: check(self._stage.session))

    def action_exercise(self) -> None:
        """Go to the exercise of the page, or from one to the next."""
        if names := self._walk.exercises:
            self._attempt(lambda: open_course(self._stage.session, names[0]))

    def action_certificate(self) -> None:
        """Ask for a file and a name, and write the certificate."""
        question = _("The certificate: which file, and whose name? Such as mine.json Ada Lovelace")
        self.app.push_screen(AskScreen(question, "", self._two_words), self._write)

    @staticmethod
    def _two_words(text: str) -> str:
        return "" if len(text.split()) > 1 else _("a file and a name")

    def _write(self, typed: str | None) -> None:
        if typed is not None:
            self._attempt(lambda: certificate(self._stage.session, *typed.split()))

    def action_turn(self, on: bool) -> None:
        """The next page, or the one before."""
        self._attempt(lambda: (next_page if on else previous_page)(self._stage.session))

    def action_hint(self) -> None:
        """A hint, the page staying as it is."""
        self.query_one("#said", Static).update("\n".join(hint(self._stage.session).lines))


def show_course(stage: Stage) -> None:
    """Show the page that is open."""
    stage.app.push_screen(CourseScreen(stage))
