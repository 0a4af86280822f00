"""The page that the class is at, on a follower's screen: it turns with the class, and takes an answer when asked."""

from __future__ import annotations

from model.course.sections import LETTERS
from model.errors import InputError, RoommateError
from model.language import _
from tui.screens.course import CourseScreen
from tui.screens.stage import Stage
from tui.session.following import Following
from tui.widgets.text_field import Entry


class ClassPageScreen(CourseScreen):
    """The page of the class.

    Args:
        stage: The walk that it stands beside.
        following: The class.
    """

    def __init__(self, stage: Stage, following: Following) -> None:
        super().__init__(stage)
        self._following = following

    def on_mount(self) -> None:
        """Tell the page, with its answer where that is shown already."""
        super().on_mount()
        self.turned()

    def turned(self) -> None:
        """Tell the page as it is now: another one, or with its answer uncovered."""
        said = self._following.judged(self._stage.session)
        self._tell(*said)

    @property
    def _open(self) -> bool:
        """Whether an answer counts now."""
        walk = self._walk
        return walk.hands and not walk.answered

    @property
    def _letters(self) -> str:
        question = self._walk.open_page.question
        return "" if question is None or not self._open else LETTERS[: len(question.options)]

    def _keys(self) -> list[tuple[str, str]]:
        asks = [(f"a-{self._letters[-1]}" if self._letters else _("Enter"), _("answer"))] if self._open else []
        if self._picks:
            asks.insert(0, (self._stage.glyphs.heads[0] + self._stage.glyphs.heads[2], _("pick")))
        return [*asks, ("Esc", _("walk on by yourself"))]

    def _enter(self, typed: str) -> None:
        session = self._stage.session
        try:
            if not self._open:
                raise InputError(_("The lecturer shows the answer, and turns the page; Esc leaves it."))
            typed = self._picked(typed)
            if typed.strip():
                self._say(self._following.raise_hand(session, typed.strip()))
                self.query_one(Entry).value = ""
        except RoommateError as error:
            self._say(str(error))

    def action_turn(self, on: bool) -> None:
        """Stay: the class turns the pages."""
        self._enter("")

    def action_check(self) -> None:
        """Answer where a letter does."""
        if "c" in self._letters:
            self._enter("c")

    def action_exercise(self) -> None:
        """Answer where a letter does."""
        if "e" in self._letters:
            self._enter("e")

    def action_certificate(self) -> None:
        """Nothing: the run is the lecturer's."""

    def action_hands(self) -> None:
        """Nothing: the class is asked by its lecturer."""


def show_class_page(stage: Stage, *, there: bool) -> None:
    """Open the page that the class is at, tell it anew, or close it; whoever is busy with another page is left alone.

    Args:
        stage: The walk.
        there: Whether the class is at a page.
    """
    following, top = stage.session.following, stage.app.screen
    walk = stage.session.course
    there = there and walk is not None and walk.page is not None
    if isinstance(top, ClassPageScreen):
        if not top.is_mounted:
            return  # it tells the page as it is when it is there
        if there:
            top.turned()
        else:
            top.dismiss(None)
    elif there and top is stage and following is not None:
        stage.look()
        stage.app.push_screen(ClassPageScreen(stage, following))
