"""The main screen: a walk through the week, one key a step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.content import Content
from textual.worker import Worker, WorkerState

from model.language import _
from model.simulation.simulation import Simulation
from tui.classroom.publisher import Hands
from tui.rendering.block import EMPTY, line
from tui.rendering.equation import spelled_row, title
from tui.rendering.network_title import network_title
from tui.rendering.pipeline import where
from tui.rendering.week_unrolled import unrolled_title
from tui.screens.commands import BINDINGS, FOLLOW_UPS
from tui.screens.layout import PANELS, PLACES, View, in_sight, ways_on
from tui.screens.messages import AutosaveFailed, ClassMoved, TrainingEnded, TrainingMoved
from tui.screens.stage import Stage, Taken
from tui.session.commands.lessons import lesson_name
from tui.session.commands.shared import COMMANDS_BY_NAME, SCREEN_COMMANDS
from tui.session.commands.training import travel_to
from tui.session.commands.week import next_start
from tui.session.reply import Then
from tui.session.room import class_said
from tui.session.session import Session
from tui.text.endings import next_lesson
from tui.widgets.box import Box
from tui.widgets.frames import room_above, with_corner
from tui.widgets.key_bar import KeysPanel
from tui.widgets.loss import LossPanel
from tui.widgets.messages import (
    CommandClicked,
    DayClicked,
    LessonClicked,
    StartClicked,
    UpdateClicked,
    WeatherClicked,
)
from tui.widgets.panel import Panel
from tui.widgets.sizes import COLUMNS, ROWS

if TYPE_CHECKING:
    from tui.screens.guess_box import GuessBox
    from tui.screens.help import OnScreen

KEYS_TO_VIEWS = ("m", "M")
"""The keys to the next view and to the one before."""


FRAMES = {
    View.NETWORK: "network",
    View.PRODUCT: "stage",
    View.WEEK: "unrolled",
    View.RULE: "rule",
    View.CASES: "cases",
}
"""The frames that the screen names, by what they show."""

CHROME = frozenset({"title"})
"""The panels that a hall need not see."""

KEYS_ABOVE = 16
"""Cells that the title of the network leaves to what the keys of the frame do."""


class WalkScreen(Stage):
    """Composes the panels, hands what they draw down to them, and turns keys and clicks into commands."""

    BINDINGS = BINDINGS

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._in_sight: frozenset[str] = frozenset()
        self._height = 0  # of the network
        self._answers = 0  # the columns beside the loss, where there are more than usual
        self._side = 0  # the columns beside the step, where there are more than usual
        self._unrolled = 0, 0  # the lines of the week unrolled, and the columns of the step beside it
        self._boxes: dict[str, Box | Panel] = {}
        self._shown, self._covered = session.simulation, frozenset[str]()
        self._guess_box: GuessBox | None = None
        self._above = Taken()  # what another screen takes

    def compose(self) -> ComposeResult:
        """Title, week, map; then the product beside (or over) the words; then the footer."""
        yield from self._panels("")
        with self._box("middle"):
            with self._box("left"):
                with self._box("stage"):
                    yield from self._panels("stage")
                yield from self._panels("left")
            with self._box("side"):
                with self._box("learn"):
                    yield from self._panels("learn")
                with self._box("answers"):
                    yield from self._panels("answers")
        commands = tuple(one for one in SCREEN_COMMANDS if one.kiosk or not self.session.kiosk)
        yield self._bound(KeysPanel(commands, id="keys"))

    def _box(self, name: str) -> Box:
        box = self._boxes[name] = Box(id=name)
        self.drawn_together.append(box)
        return box

    def _panels(self, inside: str) -> Iterator[Panel]:
        """The panels of a container, in the order of the layout."""
        for place in PLACES:
            if place.inside == inside:
                panel = self._boxes[place.name] = self._bound(place.panel(id=place.name))
                yield panel.data_bind(Stage.controls) if isinstance(panel, LossPanel) else panel

    def _bound(self, panel: Panel) -> Panel:
        self.drawn_together.append(panel)
        panel.set_reactive(Panel.simulation, self.simulation)
        panel.set_reactive(Panel.glyphs, self.glyphs)
        return panel

    def on_mount(self) -> None:
        """Name the first step, and open the run of the lesson that trains."""
        if self.session.presenting:
            self.query_one(KeysPanel).display = False
        if self.simulation.situation.trains:
            if not self.simulation.backward and not self.simulation.step:
                self.look_at_training()
            self.take(self.session.open_training())
        self.watch_simulation(self.simulation)
        if self.session.following is not None:
            self.session.following.begin()
        if (begin := self.session.beginning) is not None:
            self.attempt(lambda: begin(self.session))

    def on_unmount(self) -> None:
        """Stop the worker, or save the updates that no worker has made."""
        self.session.leave()

    # What is seen

    def watch_simulation(self, simulation: Simulation) -> None:
        """The frame around the product names the step and its formula; who trains has panels of their own."""
        self._hand_out()
        self._lay_out()
        self.set_class(simulation.backward, "-backward")
        self._name_frames()
        if self._guess_box is not None:
            self._guess_box.tell()

    def on_screen(self) -> OnScreen:
        """What is to be seen now: panels that are covered are not."""
        from tui.screens.help import OnScreen  # noqa: PLC0415 - it is seldom asked for

        asked = self._shown.asked or bool(self._covered)
        return OnScreen(self._shown, self._in_sight - self._covered, self.glyphs, asked)

    def guess(self) -> None:
        """Ask under the walk what is to be guessed first, or no more."""
        box, asks = self._guess_box, self.session.guesses is not None
        if asks and box is None:
            from tui.screens.guess_box import GuessBox  # noqa: PLC0415 - most walks ask nothing

            self._guess_box = GuessBox(self)
            self.mount(self._guess_box, before="#keys")
        elif box is not None and not asks:
            self._guess_box = None
            box.remove()
        self.share(self._above)

    def look(self) -> None:
        """Draw what is to be seen, and name the frames."""
        self._hand_out()
        self._name_frames()

    def _hand_out(self) -> None:
        """Hand down what is to be seen: all, or what a page of the course leaves of it."""
        course, covered = self.session.course, frozenset[str]()
        self._shown = self.simulation
        if course is not None and self.simulation is self.session.simulation:
            self._shown, covered = course.screen(self.session)
        told = _("Covered until the question is answered.")
        for name, panel in self._boxes.items():
            if isinstance(panel, Panel):
                panel.covered = told if name in covered else ""
        self._covered = covered
        self._tell_class()
        self.hand_down(self._shown)

    def _tell_class(self) -> None:
        """Show who follows, or what is followed."""
        if self.session.classroom is not None or self.session.following is not None:
            self.query_one(KeysPanel).put_before(class_said(self.session))
            self.draw_soon()

    def share(self, taken: Taken) -> None:
        """Arrange the panels in what is left of the terminal."""
        self._above, width, height = taken, *self.app.size
        self.styles.padding = (0, taken.columns, taken.rows, 0)
        self.set_class(taken != Taken(), "-shares")
        if (box := self._guess_box) is not None:  # it gives way to a page of the course
            box.display = taken == Taken()
            box.styles.height = box.rows(height)
            taken = Taken(rows=box.rows(height)) if box.display else taken
        self.taken = taken
        self.HORIZONTAL_BREAKPOINTS = [(at and at + taken.columns, name) for at, name in COLUMNS]
        self.VERTICAL_BREAKPOINTS = [(at and at + taken.rows, name) for at, name in ROWS]
        known = {name: False for _at, name in (*COLUMNS, *ROWS)}
        for size, breakpoints in ((width, self.HORIZONTAL_BREAKPOINTS), (height, self.VERTICAL_BREAKPOINTS)):
            known |= dict.fromkeys(self._get_breakpoint_classes(size, breakpoints), True)
        self.update_classes(known, animate=False)
        self._lay_out()
        self._name_frames()

    def _name_frames(self) -> None:
        """Name the step on the frame of the product, and on that of the network where it stands alone.

        The frame of what is looked at says in its right corner where its keys lead.
        """
        glyphs, boxes, seen = self.glyphs, self._boxes, self._in_sight - self._covered
        room = self.room
        ways = ways_on(room, KEYS_TO_VIEWS, glyphs.middle_dot)
        for view, place in FRAMES.items():
            if place in seen:  # any other is named when it comes into sight
                looked_at = view is room.view or (view is View.PRODUCT and room.view is View.NODES)
                name, corner = self._frame_name(view), ways if looked_at else ()
                boxes[place].name_frame(above=with_corner(name, corner, room_above(boxes[place]), glyphs))
        loss = boxes["loss"]
        assert isinstance(loss, LossPanel)
        loss.lead(ways if room.view is View.LOSS else ())
        if "network" in self._in_sight:
            spelled = EMPTY
            if "stage" not in self._in_sight:
                spelled = spelled_row(self._shown.current_step, self._shown.current_entry, glyphs)
            boxes["network"].name_frame(below=spelled)

    def _frame_name(self, view: View) -> Content:
        """What the frame of a view says."""
        simulation, glyphs = self._shown, self.glyphs
        match view:
            case View.NETWORK:
                return self._network_name()
            case View.PRODUCT if self.room.view is View.NODES:  # these stand in the same frame
                told = where(simulation, glyphs, self.size.width // 2)
                return line(told, "   ", (_("As nodes and edges"), "$muted"))
            case View.WEEK:
                width = self._boxes["unrolled"].size.width or self.size.width
                return unrolled_title(simulation, glyphs, width)
            case View.RULE:
                return line(_("The roommate's rule"))
            case View.CASES:
                return line(_("The rule, case by case"))
            case _:
                return title(simulation.current_step, glyphs)

    def _network_name(self) -> Content:
        """What the network's frame says: what learns, or where it stands alone, where one is."""
        simulation, glyphs = self._shown, self.glyphs
        if self.watching and simulation.situation.trains and not simulation.backward and not self._covered:
            return network_title(simulation, glyphs, room_above(self._boxes["network"]) - KEYS_ABOVE)
        if "stage" in self._in_sight:
            return line(_("The whole network"))
        name = title(simulation.current_step, glyphs)
        if "pipeline" in self._in_sight:  # it says where one is
            return name
        return line(where(simulation, glyphs, self.size.width // 2), "   ", name)

    def on_resize(self) -> None:
        """Show the panels that there is room for."""
        if self._guess_box is not None:
            self.share(self._above)
        self._lay_out()
        self._name_frames()

    def watch_watching(self) -> None:
        """Arrange the panels for the walk or for the training."""
        self._lay_out()
        self._name_frames()

    def watch_view(self) -> None:
        """Arrange the panels for another view."""
        self._lay_out()
        self._name_frames()

    def _lay_out(self) -> None:
        room = self.room
        shown = in_sight(room) - (CHROME if self.session.presenting else set())
        self.set_class(room.learning, "-trains")
        self.set_class(room.network and room.tight, "-tight")
        if room.network and room.height != self._height:
            self._boxes["network"].styles.height = self._height = room.height
        unrolled = room.unrolled if {"unrolled", "stage"} <= shown else 0
        below = {"network", "learn", "stage"} <= shown
        step = room.step if below and unrolled else 0
        if (unrolled, step) != self._unrolled:
            self._unrolled = unrolled, step
            self._boxes["stage"].styles.width = step or None
            self._boxes["left"].styles.height = unrolled if below and unrolled else None
            self._boxes["unrolled"].styles.height = None if below or not unrolled else unrolled
        side = room.side if {"stage", "side"} <= shown and "learn" not in shown else 0
        if side != self._side:
            self._side = side
            self._boxes["side"].styles.width = side or None
        answers = room.answers if {"learn", "answers", "network"} <= shown else 0
        if answers != self._answers:
            self._answers = answers
            self._boxes["answers"].styles.width = answers or None
        if shown == self._in_sight:
            return
        self._in_sight = shown
        for name in PANELS:
            self._boxes[name].display = name in shown
        self.set_class("stage" not in shown, "-no-stage")
        self.set_class("learn" in shown, "-loss")
        self.set_class({"network", "learn", "stage"} <= shown, "-step-below")
        self.set_class("network" in shown, "-network")
        self.set_class("stage" in shown and "unrolled" in shown, "-unrolled")
        self._name_frames()

    # Commands

    def action_do(self, name: str, *words: str) -> None:
        """Run a command."""
        self.do(COMMANDS_BY_NAME[name], *words)

    def follow_up(self, then: Then, *about: Any) -> None:
        """Do what comes after a command, such as open a page."""
        FOLLOW_UPS[then](self, *about)

    def on_frame_resized(self) -> None:
        """Name the frames for the room that they have now."""
        self._name_frames()

    # Pointing

    def on_day_clicked(self, message: DayClicked) -> None:
        """Go to the day."""
        self.session.walk(self.simulation.go_to(message.day))

    def on_weather_clicked(self, message: WeatherClicked) -> None:
        """Change that day's weather."""
        self.session.change(self.simulation.flip_weather(message.day))

    def on_start_clicked(self, message: StartClicked) -> None:
        """Change the starting dish."""
        self.do(next_start)

    def on_update_clicked(self, message: UpdateClicked) -> None:
        """Go to the update under the mouse."""
        self.take(self.session.when_at_rest(lambda: travel_to(self.session, message.update)))

    def on_lesson_clicked(self, message: LessonClicked) -> None:
        """Go to the lesson."""
        self.action_do(lesson_name(message.lesson))

    def on_command_clicked(self, message: CommandClicked) -> None:
        """Run the command of the key that was clicked."""
        self.action_do(message.command)

    # The worker

    def on_training_moved(self, message: TrainingMoved) -> None:
        """Show how far it has come."""
        self.worker.moved(message)

    def on_training_ended(self, message: TrainingEnded) -> None:
        """Take the run back from the worker."""
        learned, replies = self.worker.ended(message)
        if learned and not self.warned:
            further = next_lesson(self.simulation.situation.lesson)
            seen = self.query_one("#learn").display  # then the loss panel says that the rule is learned
            self.say(further if seen else f"{_('The rule is learned.')} {further}")
        for reply in replies:
            self.take(reply)

    def on_autosave_failed(self, message: AutosaveFailed) -> None:
        """Warn once that the run cannot be saved; training goes on."""
        self.say(message.sentence, "warning")

    # The class

    def on_class_moved(self, message: ClassMoved) -> None:
        """Show what the class shows, or what it has answered."""
        session, news = self.session, message.news
        if isinstance(news, Hands):
            if session.classroom is not None:
                if news.trouble and news.trouble != session.classroom.hands.trouble:
                    self.say(news.trouble, "warning")
                session.classroom.hands = news
        elif session.following is not None:
            self.take(session.following.take(session, news))
        self.hear_class()
        self._tell_class()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Pass an unexpected error of the worker to the app."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            raise event.worker.error
