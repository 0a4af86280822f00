"""The page of the course on the screen: beside or under the walk, answered in a field or by a letter."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.geometry import Size
from textual.widgets import Input, Static

from model.course.sections import LETTERS
from model.errors import RoommateError
from model.language import _
from tui.rendering.block import line
from tui.rendering.course_page import page_text, page_title, rest_of_page, said_text, score
from tui.rendering.hands import hands_text
from tui.rendering.key_line import keys_in_line
from tui.screens.dialog import Box, BoxScreen
from tui.screens.questions import AskScreen
from tui.screens.stage import Stage, Taken
from tui.session.commands.classroom import ask_class
from tui.session.commands.course import certificate, check, hint, next_page, open_course, previous_page
from tui.session.course import CourseWalk, course_of
from tui.session.reply import Reply
from tui.session.room import class_said
from tui.text.course import pickable
from tui.widgets.choices import Choices, Picked
from tui.widgets.frames import BESIDE_CORNERS, with_corner
from tui.widgets.text_field import PROMPT, Entry

COLUMNS_FOR_BESIDE, MIN_COLUMNS = 120, 44
"""The columns from which a page stands beside the walk, and the least that it has there."""

ROWS_FOR_BOTH, MAX_ROWS = 20, 16
"""The lines from which a page stands under the walk, and the most that it has there."""


def room_for_page(size: Size) -> Taken:
    """What a page takes of the terminal: at most half of it; nothing where it stands over all."""
    if size.width >= COLUMNS_FOR_BESIDE:
        return Taken(columns=max(MIN_COLUMNS, size.width // 3))
    if size.height >= ROWS_FOR_BOTH:
        return Taken(rows=min(size.height // 2, MAX_ROWS))
    return Taken()


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
        Binding("right", "turn(True)", "next", priority=True),
        Binding("left", "turn(False)", "before", priority=True),
        Binding("down", "move(1)", "next"),
        Binding("up", "move(-1)", "before"),
        Binding("tab", "hint", "hint", priority=True),
        Binding("K", "hands", "ask the class"),
    ]

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage, self._taken = stage, Taken()
        self._typed: tuple[str, ...] = ()

    @property
    def _walk(self) -> CourseWalk:
        return course_of(self._stage.session)

    def compose(self) -> ComposeResult:
        """The page and what was said of the answer, the line for the answer, and the keys."""
        with Vertical(id="course"):
            with Box():
                yield Static(id="page", markup=False)
                yield Choices()
                yield Static(id="rest", markup=False)
                yield Static(id="said", markup=False)
            with Horizontal(id="answer"):
                yield Static(self._stage.glyphs.text(PROMPT), markup=False)
                yield Entry()
            yield Static(id="hint", markup=False)

    def on_mount(self) -> None:
        """Tell the page."""
        self._arrange()
        self._tell()

    def on_resize(self) -> None:
        """Take what room there is now."""
        self._arrange()
        self._name_frame()
        self._tell_keys()

    def on_unmount(self) -> None:
        """Give all of the terminal back to the walk."""
        if self._stage.is_attached:
            self._stage.share(Taken())

    def find_place(self) -> None:
        """Leave the page where it is: the walk makes room for it."""

    def _arrange(self) -> None:
        """Stand at the right, at the bottom, or over all where half of the terminal is too little for the walk."""
        taken = self._taken = room_for_page(self.app.size)
        self.set_class(taken.columns > 0, "-right")
        frame = self.query_one("#course")
        frame.styles.width = taken.columns or "100%"
        frame.styles.height = taken.rows or "100%"
        self._stage.share(taken)

    def _tell(self, *said: str) -> None:
        """Draw the page as it stands, and what was said last."""
        walk = self._walk
        self._stage.look()
        try:
            page = page_text(walk, self._stage.session, seen=self._taken != Taken())
        except RoommateError as error:  # a page of somebody's own may ask for what is not there
            page = line(str(error))
        self._name_frame()
        self.query_one("#page", Static).update(page)
        rest = rest_of_page(walk)
        self.query_one("#rest", Static).update(rest)
        self.query_one("#rest").display = bool(rest)
        pairs = self._pairs()
        self._typed = tuple(typed for typed, _shown in pairs)
        self.query_one(Choices).offer([shown for _typed, shown in pairs], apart=self._lettered)
        self._say(*said, right=walk.right if walk.answered else None)
        entry, open_ = self.query_one(Entry), self._open and not self._letters
        self.query_one("#answer").display = open_
        entry.value = ""
        self._tell_keys()
        if open_:
            entry.focus()
        else:
            self.set_focus(None)

    def _name_frame(self) -> None:
        """Say which page it is, and how many questions were answered right, or who else is there."""
        walk, glyphs = self._walk, self._stage.glyphs
        session = self._stage.session
        corner = class_said(session, named=False) or ("" if session.presenting else score(walk, glyphs))
        room = (self._taken.columns or self.app.size.width) - BESIDE_CORNERS
        title = page_title(walk, glyphs, room - cell_len(corner) - 3)
        self.query_one("#course").border_title = with_corner(title, (corner,) if corner else (), room, glyphs)

    def _say(self, *said: str, right: bool | None = None) -> None:
        """Say something under the page, where it can be seen."""
        where = self.query_one("#said", Static)
        where.update(said_text(said, right, self._stage.glyphs))
        where.display = bool(said)
        box = self.query_one(Box)
        self.call_after_refresh(box.scroll_end if said else box.scroll_home, animate=False)

    def _pairs(self) -> tuple[tuple[str, str], ...]:
        """What can be picked, and after the answer what could be chosen; each as it is typed, and as it is shown."""
        walk, session = self._walk, self._stage.session
        question = walk.open_page.question
        if question is None or (not question.options and (walk.answered or walk.lecturer)):
            return ()
        try:
            return pickable(question, walk.here(session, asked=True), session.glyphs)
        except RoommateError:  # a page of somebody's own may ask for what is not there: it says so itself
            return ()

    @property
    def _lettered(self) -> bool:
        """Whether the question has choices by letters."""
        question = self._walk.open_page.question
        return question is not None and bool(question.options)

    @property
    def _letters(self) -> str:
        """The letters that answer the question that is open, where a letter does."""
        question = self._walk.open_page.question
        return "" if question is None or self._walk.answered else LETTERS[: len(question.options)]

    @property
    def _open(self) -> bool:
        """Whether an answer can be given now."""
        return not self._walk.answered and not self._walk.lecturer

    @property
    def _picks(self) -> bool:
        """Whether one of several answers can be picked now."""
        return bool(self._typed) and self._open

    def _keys(self) -> list[tuple[str, str]]:
        """The keys of the page, the most important first, each with what it does."""
        walk = self._walk
        pairs = [(_("Enter"), _("go on"))]
        if not walk.answered:
            pairs = (
                [(_("Enter"), _("show"))] if walk.lecturer or self._letters else [(_("Enter"), _("answer, or show"))]
            )
            if self._letters and not walk.lecturer:
                pairs.insert(0, (f"{self._letters[0]}-{self._letters[-1]}", _("answer")))
        elif walk.exercises:
            pairs += [("e", _("exercise"))] if not walk.open_page.is_exercise else []
            pairs += [("c", _("check"))]
        heads = self._stage.glyphs.heads
        if self._picks:
            pairs.insert(0, (heads[0] + heads[2], _("pick")))
        pairs.insert(1 + self._picks, ("Esc", _("screen")))
        pairs.append(("Tab", _("hint")))
        pairs += [(heads[1], _("next")), (heads[3], _("before"))]
        if self._stage.session.classroom is not None and not walk.answered:
            pairs.insert(1, ("K", _("ask the class")))
        return pairs

    def _tell_keys(self) -> None:
        pairs = self._keys()
        width = self._taken.columns - 2 if self._taken.columns else self.app.size.width
        lines = []
        for _line in range(2 if self._taken.columns else 1):
            drawn, ends = keys_in_line(pairs, width)
            lines.append(drawn)
            del pairs[: len(ends)]
        self.query_one("#hint", Static).update(Content("\n").join(lines))

    def on_key(self, event: Key) -> None:
        """Answer with a letter."""
        if event.key in self._letters and not self._walk.lecturer:
            event.stop()
            self._enter(event.key)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, or show what is true."""
        self._enter(event.value)

    def action_go_on(self) -> None:
        """Go on, or judge, where there is no field."""
        self._enter("")

    def on_picked(self, message: Picked) -> None:
        """Answer with what was clicked."""
        if self._picks:
            self._enter(self._typed[message.number])

    def action_move(self, by: int) -> None:
        """To another answer where one is picked, else to another page."""
        if self._picks:
            self.query_one(Entry).value = ""
            self.query_one(Choices).move(by)
        else:
            self.action_turn(by > 0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the cursor keys to the field as long as something stands in it."""
        return super().check_action(action, parameters) and not (action == "turn" and self.query_one(Entry).value)

    def _picked(self, typed: str) -> str:
        """What was typed, or else what is picked."""
        current = self.query_one(Choices).current
        return typed or (self._typed[current] if self._picks and current is not None else "")

    def _enter(self, typed: str) -> None:
        typed = self._picked(typed)
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
            self._say(str(error))
        else:
            self._tell(*reply.lines)

    def action_check(self) -> None:
        """Judge the exercise, or answer where a letter does."""
        if self._letters:
            self._enter("c")
        else:
            self._attempt(lambda: check(self._stage.session))

    def action_exercise(self) -> None:
        """Go to the exercise of the page, or from one to the next; where a letter answers, answer."""
        if self._letters:
            self._enter("e")
        elif names := self._walk.exercises:
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

    def action_hands(self) -> None:
        """Ask the class, or tell again what it has answered."""
        self._attempt(lambda: ask_class(self._stage.session))
        self.show_hands()

    def show_hands(self) -> None:
        """Draw what the class has answered, while it is asked, and how many follow."""
        self._name_frame()
        session, walk = self._stage.session, self._walk
        if session.classroom is None or not session.classroom.asking:
            return
        where = self.query_one("#said", Static)
        where.update(hands_text(session.classroom.hands, walk, session, max(self.query_one(Box).size.width, 20)))
        where.display = True
        self.call_after_refresh(self.query_one(Box).scroll_end, animate=False)

    def action_hint(self) -> None:
        """A hint, the page staying as it is."""
        self._say(*hint(self._stage.session).lines)


def show_course(stage: Stage) -> None:
    """Show the page that is open."""
    stage.look()
    if stage.session.presenting:
        from tui.screens.talk import TalkScreen  # noqa: PLC0415 - it knows this module

        stage.app.push_screen(TalkScreen(stage))
    else:
        stage.app.push_screen(CourseScreen(stage))
