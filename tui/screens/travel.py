"""Travel in time: any update of a training run on the screen again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from model.simulation.simulation import Simulation
from model.training.run import TrainingRun
from model.training.snapshot import TrainingSnapshot
from tui.session.run_library import Runs
from tui.session.training_controls import TrainingControls
from tui.widgets.messages import UpdateClicked


class TravelActions(Screen[None]):
    """The part of the walk screen that goes back and forth through a run; `LearnActions` brings it along."""

    if TYPE_CHECKING:
        # What the walk screen itself and its other parts bring.
        simulation: Simulation
        desk: TrainingControls
        _runs: Runs
        _in_lesson_4: Callable[[], bool]
        _look_at_training: Callable[[], None]
        _show_moment: Callable[[TrainingSnapshot], None]
        _when_idle: Callable[[Callable[[], None]], None]

        @property
        def run_shown(self) -> TrainingRun:
            """The run of the branch on screen."""

        @property
        def _moment(self) -> TrainingSnapshot: ...

    def action_travel(self, by: int) -> None:
        """Some updates back or forth in time."""
        if self._in_lesson_4():
            self._look_at_training()
            self._when_idle(lambda: self._travel_to(self._moment.update + by * self._stride()))

    def _stride(self) -> int:
        """One update in a short run, a hundredth of a long one."""
        return max(self._moment.latest // 100, 1)

    def action_travel_end(self, latest: bool) -> None:
        """To the first or the latest update."""
        if self._in_lesson_4():
            self._look_at_training()
            self._when_idle(lambda: self._travel_to(self._moment.latest if latest else 0))

    def on_update_clicked(self, message: UpdateClicked) -> None:
        """To the update under the mouse."""
        self._when_idle(lambda: self._travel_to(message.update))

    def _travel_to(self, update: int) -> None:
        if self.simulation.situation.branch in self._runs:
            run = self.run_shown
            self._show_moment(run.moment(min(max(update, 0), run.update)))

    def moment_at(self, update: int) -> TrainingSnapshot | None:
        """The run at an update, the screen left as it is; None while it trains or where there is no such update."""
        if self.desk.running or self.simulation.situation.branch not in self._runs:
            return None
        return self.run_shown.moment(update) if 0 <= update <= self.run_shown.update else None

    def action_ask_update(self) -> None:
        """Ask for the number of an update and go there."""
        if not self._in_lesson_4():
            return
        from tui.screens.questions import AskScreen  # noqa: PLC0415

        def go(answer: str | None) -> None:
            if answer is not None:
                self._when_idle(lambda: self._travel_to(int(answer)))

        latest = self._moment.latest

        def check(text: str) -> str:
            number = int(text) if text.strip().isdecimal() and len(text) < 9 else -1
            return "" if 0 <= number <= latest else f"a number from 0 to {latest}"

        self.app.push_screen(AskScreen(f"Go to which update? 0 to {latest:,}", "", check), go)
