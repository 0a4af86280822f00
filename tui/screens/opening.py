"""The opening screen: the story, a door to each lesson, and the run that was cut off as one line.

It is painted before numpy and the walk are loaded. A thread loads them afterwards; whoever is faster than that waits
for it, and what they have typed meanwhile comes next.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen

from model.language import N_
from model.simulation.lessons import LESSONS
from tui.rendering.opening import LeftRun, Opening
from tui.text.glyphs import Glyphs
from tui.widgets.opening import DoorClicked, OpeningPanel

if TYPE_CHECKING:
    from tui.screens.stage import Stage
    from tui.session.commands.command import Command

BEGIN_KEYS = "right,l,n,pagedown"
"""The keys of the next step."""


class Loaded(Message):
    """What the walk needs has been loaded."""


class OpeningScreen(Screen[None]):
    """Tells what this is, and opens a lesson.

    Args:
        glyphs: The characters that the terminal can show.
        walk: Gives the walk that the doors lead to; it is made when it is first asked for.
        back: Whether that walk is open below this screen.
        prepare: Loads what the walk needs; nothing is left to load where it is None.
    """

    BINDINGS = [
        Binding(BEGIN_KEYS, "open(1)", N_("begin"), show=False, priority=True),
        *(Binding(str(number), f"open({number})", N_("lesson"), show=False, priority=True) for number in LESSONS),
        Binding("enter", "go_on", N_("go on"), show=False, priority=True),
        Binding("escape", "leave", N_("back"), show=False, priority=True),
        Binding("i", "course", N_("course"), show=False, priority=True),
        Binding("O", "roommate", N_("roommate"), show=False, priority=True),
        Binding("question_mark,f1", "help", N_("all keys"), show=False, priority=True),
        Binding("q", "app.quit", N_("quit"), show=False, priority=True),
    ]

    def __init__(
        self,
        glyphs: Glyphs,
        walk: Callable[[], Stage],
        *,
        back: bool = False,
        prepare: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self._glyphs, self._walk, self._back, self._prepare = glyphs, walk, back, prepare
        self._loading: threading.Thread | None = None
        self._watching = False

    def compose(self) -> ComposeResult:
        """One panel."""
        yield OpeningPanel(self._glyphs)

    def on_mount(self) -> None:
        """Load the walk as soon as this is painted."""
        if self._prepare is None:
            self._tell()
        else:
            self.call_after_refresh(self._load)

    def _load(self) -> None:
        if self._loading is None and self._prepare is not None:
            self._loading = threading.Thread(target=self._load_all, args=(self._prepare,))
            self._loading.start()

    def _load_all(self, prepare: Callable[[], None]) -> None:
        prepare()
        self.post_message(Loaded())

    def on_loaded(self) -> None:
        """Tell of the run that was left."""
        self._tell()

    @property
    def _ready(self) -> Stage:
        """The walk; who asks before it is loaded waits for that."""
        self._load()
        if self._loading is not None:
            self._loading.join()
        self._tell()
        return self._walk()

    def _tell(self) -> None:
        """Show whose rule it is, and which run there is to go on with; again when another roommate is opened."""
        session = self._walk().session
        if not self._watching:
            self._watching = True
            session.watch(self._tell)
        for fault in session.offers.look_once():
            self.notify(fault, severity="warning", markup=False)
        from tui.session.offers import when  # noqa: PLC0415

        run = session.offers.current[0] if session.offers.current else None
        left = None if run is None else LeftRun(run.head.update, run.head.seed, when(run))
        roommate = (session.simulation.aside or session.simulation.situation).roommate
        self.query_one(OpeningPanel).about = Opening(roommate, left, self._back)

    def on_unmount(self) -> None:
        """Nothing more to show."""
        if self._watching:
            self._walk().session.unwatch(self._tell)

    def action_open(self, lesson: int) -> None:
        """Go to a lesson."""
        from tui.session.commands.lessons import lesson_name  # noqa: PLC0415
        from tui.session.commands.shared import COMMANDS_BY_NAME  # noqa: PLC0415

        walk = self._ready
        if self._back:
            self.dismiss()
            walk.do(COMMANDS_BY_NAME[lesson_name(lesson)])
            return
        walk.session.walk(walk.session.simulation.with_lesson(lesson))  # one that trains opens its run by itself
        self.app.push_screen(walk)

    def on_door_clicked(self, message: DoorClicked) -> None:
        """Go to the lesson."""
        self.action_open(message.lesson)

    def action_go_on(self) -> None:
        """Go on with the run that was left; begin where there is none."""
        from tui.session.commands.training import resume  # noqa: PLC0415

        if self._ready.session.offers.current:
            self._do_in_the_walk(resume)
        else:
            self.action_open(1)

    def _do_in_the_walk(self, command: Command) -> None:
        walk = self._ready
        if self._back:
            self.dismiss()
            walk.do(command)
        else:
            self.app.push_screen(walk)
            walk.call_later(walk.do, command)

    def action_leave(self) -> None:
        """Back to the walk where it is open."""
        if self._back:
            self.dismiss()

    def action_course(self) -> None:
        """Begin the course, or go on where it was left."""
        from tui.session.commands.course import open_course  # noqa: PLC0415

        self._do_in_the_walk(open_course)

    def action_roommate(self) -> None:
        """Choose who cooks; the opening tells of them then."""
        from tui.screens.commands import FOLLOW_UPS  # noqa: PLC0415
        from tui.session.reply import Then  # noqa: PLC0415

        FOLLOW_UPS[Then.ROOMMATE](self._ready)

    def action_help(self) -> None:
        """Every key of the walk."""
        from tui.screens.help import HelpScreen  # noqa: PLC0415

        session = self._ready.session
        self.app.push_screen(HelpScreen(1, session.simulation.situation.roommate, kiosk=session.kiosk))
