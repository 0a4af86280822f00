"""The main screen: a walk through the week, one key a step."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.notifications import SeverityLevel
from textual.reactive import reactive
from textual.timer import Timer

from model.simulation.lessons import TRAINING_LESSON
from model.simulation.simulation import Simulation
from model.simulation.timeline import Timeline
from model.storage.saved_runs import Sessions
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tui.rendering.equation import title
from tui.screens.commands import SHARED_BINDINGS
from tui.screens.copying import CopyActions
from tui.screens.file_dialogs import FileActions
from tui.screens.hand import HandActions
from tui.screens.layout import PANELS, View, in_sight, views
from tui.screens.learning import LearnActions
from tui.screens.roommates import RoommateActions
from tui.text.error_reach import beyond, reach
from tui.text.glyphs import UNICODE, Glyphs
from tui.widgets.cases import CasesPanel
from tui.widgets.glossary import WordsPanel
from tui.widgets.key_bar import KeysPanel
from tui.widgets.loss import LossPanel
from tui.widgets.messages import CommandClicked, DayClicked, LessonClicked, StartClicked, WeatherClicked
from tui.widgets.narration import NarrationPanel
from tui.widgets.panel import Panel
from tui.widgets.pipeline import PipelinePanel
from tui.widgets.product import ProductPanel
from tui.widgets.rule import RulePanel
from tui.widgets.title import TitlePanel
from tui.widgets.week import WeekPanel

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Steps a second that play can run at."""


class WalkScreen(LearnActions, HandActions, RoommateActions, FileActions, CopyActions):
    """Holds the timeline, hands its present down to the panels, and turns keys into new simulations."""

    BINDINGS = SHARED_BINDINGS

    simulation: reactive[Simulation] = reactive(Simulation, repaint=False)
    """The present of the timeline: what every panel draws."""

    glyphs: reactive[Glyphs] = reactive(UNICODE, repaint=False)
    """The characters the panels draw with."""

    view: reactive[View] = reactive(View.PRODUCT, repaint=False)
    """What the middle of the screen shows where it cannot show all; another one where there is no such view."""

    def __init__(
        self,
        simulation: Simulation,
        glyphs: Glyphs,
        config: TrainingConfig | None = None,
        state: Sessions | None = None,
        run: TrainingRun | None = None,
    ) -> None:
        super().__init__()
        self.start_learning(config or TrainingConfig(), state, run)
        self.timeline = Timeline(simulation)
        self._speed = SPEEDS.index(1.0)
        self._player: Timer | None = None
        self._in_sight: set[str] = set()
        self.set_reactive(WalkScreen.simulation, simulation)
        self.set_reactive(WalkScreen.glyphs, glyphs)

    def compose(self) -> ComposeResult:
        """Title, week, map; then the product beside (or over) the words; then the footer."""
        yield self._bound(TitlePanel(id="title"))
        yield self._bound(WeekPanel(id="week"))
        yield self._bound(PipelinePanel(id="pipeline"))
        with Horizontal(id="middle"):
            with Container(id="stage"):
                yield self._bound(ProductPanel(id="product"))
            with Vertical(id="side"):
                with Container(id="learn"):
                    loss = LossPanel(id="loss")
                    yield self._bound(loss.data_bind(LearnActions.desk))
                    yield self._bound(CasesPanel(id="cases"))
                yield self._bound(NarrationPanel(id="narration"))
                yield self._bound(RulePanel(id="rule"))
                yield self._bound(WordsPanel(id="words"))
        yield self._bound(KeysPanel(id="keys"))

    def _bound(self, panel: Panel) -> Panel:
        return panel.data_bind(WalkScreen.simulation, WalkScreen.glyphs)

    def on_mount(self) -> None:
        """Name the first step; lesson 4 needs its run."""
        if self.simulation.situation.trains:
            if not self.simulation.backward and not self.simulation.step:
                self._look_at_training()
            self.open_lesson_4()
        else:
            self.offer_what_was_cut()
        self.watch_simulation(self.simulation)

    def watch_simulation(self, simulation: Simulation) -> None:
        """The frame around the product names the step and its formula; lesson 4 has panels of its own."""
        self._lay_out()
        self.set_class(simulation.backward, "-backward")
        step = simulation.current_step
        stage, name = self.query_one("#stage"), title(step, self.glyphs).markup
        if stage.border_title != name:  # to set it paints the whole stage again
            stage.border_title = name
        told = self.glyphs.text(reach(simulation) if simulation.backward else beyond(simulation))
        frame = self.query_one("#week")
        if frame.border_subtitle != told:
            frame.border_subtitle = told

    def on_resize(self) -> None:
        """Show the panels that there is room for."""
        self._lay_out()

    def watch_view(self) -> None:
        """Another part of the screen."""
        self._lay_out()

    def _lay_out(self) -> None:
        learning = self.simulation.situation.trains
        known = views(self.app.size, learning=learning)
        shown = in_sight(self.view if self.view in known else known[0], self.app.size, learning=learning)
        self.set_class(learning, "-lesson-4")
        if shown == self._in_sight:
            return
        self._in_sight = shown
        for name in PANELS:
            self.query_one(f"#{name}").display = name in shown
        self.set_class("stage" not in shown, "-no-stage")

    # From one situation to the next

    def _walk(self, simulation: Simulation) -> None:
        self._show(self.timeline.walk(simulation))

    def _change(self, simulation: Simulation) -> None:
        self._show(self.timeline.change(simulation))

    def _show(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.simulation = timeline.present

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Only the last word counts: it takes the place of the one before. Names of files are no markup."""
        self.app.clear_notifications()
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    # Walking

    def action_next_step(self) -> None:
        """One step on."""
        self._look_at_product()
        if self.simulation.at_end:
            self.notify("That was the whole walk. g goes back to its beginning.", timeout=3)
        self._walk(self.simulation.next_step())

    def action_previous_step(self) -> None:
        """One step back."""
        self._look_at_product()
        self._walk(self.simulation.previous_step())

    def action_go_day(self, by: int) -> None:
        """Some days on or back, at the same step."""
        self._walk(self.simulation.go_on(by))

    def action_first(self) -> None:
        """To the beginning of the week."""
        self._walk(self.simulation.first())

    def action_last(self) -> None:
        """To the end of the week."""
        self._walk(self.simulation.last())

    def action_reveal(self) -> None:
        """Show or hide the days to come."""
        self._walk(self.simulation.toggle_reveal())

    def action_row(self, by: int) -> None:
        """Spell out another row."""
        self._walk(self.simulation.move_row(by))

    def action_lesson(self, lesson: int) -> None:
        """Another lesson."""
        if lesson == TRAINING_LESSON:
            self._look_at_training()
            self.open_lesson_4()
            return
        self._walk(self.simulation.with_lesson(lesson))

    def action_other_view(self) -> None:
        """The next part of the screen, where there is room for one at a time."""
        known = views(self.app.size, learning=self.simulation.situation.trains)
        if len(known) == 1:
            self.notify("There is room for everything on this screen.", timeout=2)
        self.view = known[(known.index(self.view) + 1) % len(known)] if self.view in known else known[0]

    def _look_at_product(self) -> None:
        """From the training to what the walk is about; who reads the words or the week goes on reading."""
        if self.view in {View.LOSS, View.CASES}:
            self.view = View.PRODUCT

    # Playing

    @property
    def playing(self) -> bool:
        """Whether steps are taken by themselves."""
        return self._player is not None

    def action_play(self) -> None:
        """Play from here (from the beginning, if at the end), or pause."""
        if self.playing:
            self._stop()
            return
        if self.simulation.at_end:
            self._walk(self.simulation.first())
        self._start()

    def action_faster(self, by: int) -> None:
        """Another speed: for training in lesson 4, otherwise for play."""
        if self.simulation.situation.trains and not self.playing:
            self.train_at(by)
            return
        self._speed = min(max(self._speed + by, 0), len(SPEEDS) - 1)
        self.notify(f"Play: {SPEEDS[self._speed]:g} steps a second", timeout=1.5)
        if self._player is not None:
            self._player.stop()
            self._start()

    def _start(self) -> None:
        self._player = self.set_interval(1 / SPEEDS[self._speed], self.play_step, name="play")
        self.query_one("#pipeline").add_class("-playing")

    def play_step(self) -> None:
        """What play does each time its clock ticks."""
        self._walk(self.simulation.next_step())
        if self.simulation.at_end:
            self._stop()

    def _stop(self) -> None:
        if self._player is not None:
            self._player.stop()
        self._player = None
        self.query_one("#pipeline").remove_class("-playing")

    # Changing the week

    def action_flip_weather(self) -> None:
        """Another weather for today."""
        self._change(self.simulation.flip_weather())

    def _flip(self, day: int) -> None:
        self._change(self.simulation.flip_weather(day))

    def action_next_start(self) -> None:
        """Another dish before the first day."""
        self._change(self.simulation.next_start())

    def action_add_day(self) -> None:
        """A day more."""
        self._change(self.simulation.add_day())

    def action_remove_day(self) -> None:
        """A day less."""
        self._change(self.simulation.remove_day())

    def action_undo(self) -> None:
        """Take back the last change."""
        if not self.timeline.past:
            self.notify("Nothing to take back.", timeout=2)
        self._leap(Timeline.undo)

    def action_redo(self) -> None:
        """Make the change again."""
        self._leap(Timeline.redo)

    def _leap(self, turn: Callable[[Timeline], Timeline]) -> None:
        """Undo or redo; training pauses where another run comes on the screen."""
        if turn(self.timeline).present.situation.branch == self.simulation.situation.branch:
            self._show(turn(self.timeline))
        else:
            self._when_idle(lambda: self._show(turn(self.timeline)))

    # Pointing

    def on_day_clicked(self, message: DayClicked) -> None:
        """Go to the day."""
        self._walk(self.simulation.go_to(message.day))

    def on_weather_clicked(self, message: WeatherClicked) -> None:
        """Change that day's weather."""
        self._flip(message.day)

    def on_start_clicked(self, message: StartClicked) -> None:
        """Change the starting dish."""
        self.action_next_start()

    async def on_lesson_clicked(self, message: LessonClicked) -> None:
        """Go to the lesson."""
        await self.run_action(f"lesson({message.lesson})")

    async def on_command_clicked(self, message: CommandClicked) -> None:
        """Do as its key would."""
        await self.run_action(message.action)

    # The rest

    def action_help(self) -> None:
        """The help page."""
        from tui.screens.help import HelpScreen  # noqa: PLC0415 - only who asks for help pays for loading it

        self.app.push_screen(HelpScreen(self.simulation.situation.lesson, self.simulation.situation.roommate))

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()
