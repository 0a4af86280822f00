"""Base of the main screen: it runs commands, and is what commands and dialogs know of the screen."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.geometry import Size
from textual.notifications import SeverityLevel
from textual.reactive import reactive

from model.errors import RoommateError
from model.simulation.simulation import Simulation
from model.simulation.timeline import Timeline
from tui.rendering.network_block import fewest_lines, lines_needed
from tui.rendering.node_diagram import node_lines
from tui.screens.layout import Room, View, in_sight, views
from tui.screens.player import Player
from tui.screens.training_worker import TrainingWorker
from tui.session.commands.command import Command
from tui.session.reply import Reply, Sight, Then, refused
from tui.session.session import Session
from tui.session.training_controls import TrainingControls
from tui.text.glyphs import UNICODE, Glyphs
from tui.widgets.panel import PanelScreen

if TYPE_CHECKING:
    from tui.screens.help import OnScreen

READ_A_SECOND = 25
"""Letters; a notice stays as long as it takes to read it, and a moment longer."""

MIN_NOTICE, MIN_WARNING, MAX_NOTICE = 2.0, 6.0, 12.0
"""Seconds that a notice stays at the least and at the most."""


@dataclass(frozen=True)
class Taken:
    """The columns at the right and the lines at the bottom that something beside the walk takes of the terminal."""

    columns: int = 0
    rows: int = 0

    def from_(self, size: Size) -> Size:
        """What is left."""
        return Size(size.width - self.columns, size.height - self.rows)


class Stage(PanelScreen):
    """Shows a session: runs commands, and does what they reply.

    Args:
        session: What is shown.
    """

    simulation: reactive[Simulation] = reactive(Simulation, repaint=False)
    """The present of the session's timeline: what every panel draws."""

    controls: reactive[TrainingControls] = reactive(TrainingControls, repaint=False)
    """What the person has set about the training."""

    glyphs: reactive[Glyphs] = reactive(UNICODE, repaint=False)
    """The characters the panels draw with."""

    view: reactive[View] = reactive(View.NETWORK, repaint=False)
    """What the middle of the screen shows where it cannot show all; another one where there is no such view."""

    watching: reactive[bool] = reactive(False, repaint=False)
    """Whether the training is looked at rather than the walk: then the loss goes before the network."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.player = Player(self, session)
        self.worker = TrainingWorker(self, session)
        self._said: tuple[str, Timeline] | None = None
        self._said_until = self._warned_until = 0.0
        self.taken = Taken()
        self.set_reactive(Stage.simulation, session.simulation)
        self.set_reactive(Stage.glyphs, session.glyphs)
        session.watch(self._follow)

    def _follow(self) -> None:
        """Show the session's simulation and controls after a change; nothing is drawn before it is composed."""
        session = self.session
        if self.children:
            self.controls, self.simulation = session.controls, session.simulation
            if session.following is not None:
                self.look()
        else:
            self.set_reactive(Stage.controls, session.controls)
            self.set_reactive(Stage.simulation, session.simulation)

    @abstractmethod
    def share(self, taken: Taken) -> None:
        """Draw the walk in what is left of the terminal."""

    @abstractmethod
    def look(self) -> None:
        """Draw what is to be seen now, of which a page of the course may cover a part."""

    def hear_class(self) -> None:
        """Show who follows, and what the class has answered, where its page is open."""
        from tui.screens.course import CourseScreen  # noqa: PLC0415 - few have a class

        if isinstance(self.app.screen, CourseScreen) and self.app.screen.is_mounted:
            self.app.screen.show_hands()

    @abstractmethod
    def on_screen(self) -> OnScreen:
        """What is to be seen now, for who asks for help."""

    @abstractmethod
    def guess(self) -> None:
        """Ask under the walk what is to be guessed first, or no more."""

    @abstractmethod
    def follow_up(self, then: Then, *about: Any) -> None:
        """Do what comes after a command, such as open a page."""

    def do(self, command: Command, *words: str) -> None:
        """Run a command, and do what it replies."""
        self.attempt(lambda: command(self.session, *words))

    def attempt(self, change: Callable[[], Reply]) -> None:
        """Change something, or say why it cannot be."""
        try:
            self.take(change())
        except RoommateError as error:
            self.take(refused(error))

    def take(self, reply: Reply) -> None:
        """Do what a command replies."""
        if reply.sight is Sight.PRODUCT:
            self.look_at_product()
        elif reply.sight is Sight.TRAINING:
            self.look_at_training()
        sentences = (*reply.lines, *([reply.for_screen] if reply.for_screen else []))
        if sentences:
            self.say("\n".join(sentences), reply.severity)
        if reply.then is not None:
            self.follow_up(reply.then, *reply.about)
        if self.session.over:
            self.app.exit()

    @property
    def room(self) -> Room:
        """What there is room for; where there is no such view as was chosen, the first is looked at."""
        simulation = self.session.simulation
        size = self.taken.from_(self.app.size)
        lines, more = lines_needed(simulation, size.width)
        nodes = node_lines(simulation)[0] if simulation.situation.cell.hidden else 0
        room = Room(size, self.view, simulation.situation.trains, lines, more, nodes, fewest_lines(simulation))
        known = views(room)
        room = room if self.view in known else replace(room, view=known[0])
        if self.watching and room.network and not room.with_training and View.LOSS in known:
            return replace(room, view=View.LOSS)
        return room

    def look_at_product(self) -> None:
        """From the training to what the walk is about; who reads the words or the week goes on reading."""
        self.watching = False
        if self.view in {View.LOSS, View.CASES}:
            self.view = View.NETWORK

    def look_at_training(self) -> None:
        """Where the loss is out of sight: it, or the cases, in place of the network or the step.

        Who looks at the week unrolled sees that learn.
        """
        self.watching = True
        if self.view not in {View.CASES, View.WEEK} and "loss" not in in_sight(self.room):
            self.view = View.LOSS

    def say(self, sentence: str, severity: SeverityLevel = "information", title: str = "") -> None:
        """Say something; not again while it stands there and nothing has happened, however fast a key repeats."""
        same = self._said is not None and self._said[0] == sentence and self._said[1] is self.session.timeline
        if same and monotonic() < self._said_until:
            return
        least = MIN_NOTICE if severity == "information" else MIN_WARNING
        seconds = min(least + len(sentence) / READ_A_SECOND, MAX_NOTICE)
        self.notify(sentence, title=title, severity=severity, timeout=seconds)
        self._said, self._said_until = (sentence, self.session.timeline), monotonic() + seconds
        if severity != "information":
            self._warned_until = self._said_until

    @property
    def warned(self) -> bool:
        """Whether a warning stands there, which what nobody has asked for must not take the place of."""
        return monotonic() < self._warned_until

    def notify(self, message: str, **options: Any) -> None:
        """Only the last word counts: it takes the place of the one before."""
        self._said, self._warned_until = None, 0.0
        self.app.clear_notifications()
        super().notify(message, **options)
