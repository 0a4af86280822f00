"""Everything that lesson 4 adds to the walk: training in a worker, travel through its updates, settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from textual import work
from textual.constants import MAX_FPS
from textual.reactive import reactive
from textual.worker import Worker, WorkerState, get_current_worker

from model.arrays import Array
from model.errors import InputError, RoommateError
from model.network.memory_bounds import check_batch
from model.network.network import default_sizes
from model.simulation.simulation import Simulation
from model.simulation.timeline import Timeline
from model.storage.saved_runs import Sessions
from model.training.config import AT_THE_START, OF_THE_WAY_BACK, TrainingConfig
from model.training.diagnosis import diagnose
from model.training.run import TrainingRun
from model.training.snapshot import TrainingSnapshot
from tui.screens.layout import View
from tui.screens.messages import TrainingEnded, TrainingMoved
from tui.screens.saved_runs import SessionActions
from tui.screens.travel import TravelActions
from tui.session import training_loop as worker
from tui.session.actions import make_update
from tui.session.run_library import Runs
from tui.session.training_controls import TrainingControls

PACES = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 200.0, 1000.0, float("inf"))
"""Updates a second that training can run at."""


class LearnActions(TravelActions, SessionActions):
    """The part of the walk screen that trains; `WalkScreen` mixes it in and holds the timeline."""

    desk: reactive[TrainingControls] = reactive(TrainingControls, repaint=False)
    """What the person has set about the training."""

    if TYPE_CHECKING:
        simulation: Simulation
        timeline: Timeline
        view: View

        # What the walk screen itself and its other part bring.
        make_update_shown: Callable[[], None]
        _walk: Callable[[Simulation], None]
        _change: Callable[[Simulation], None]

    def start_learning(self, config: TrainingConfig, state: Sessions | None, run: TrainingRun | None) -> None:
        """Set up; called before the screen is shown.

        Args:
            config: The settings of the first run.
            state: Where runs are saved by themselves, or None.
            run: The first run, where there is one already; the simulation shows it as branch 1.
        """
        self._runs = Runs(config, state, run)
        self.start_sessions()
        self._by_hand: TrainingRun | None = None  # the run whose last update no worker has made and saved
        self._handed_over: TrainingRun | None = None  # the run that a worker took last
        self.token = 0
        self._control: worker.Control | None = None
        self._afterwards: list[Callable[[], None]] = []

    # The run that is shown

    @property
    def run_shown(self) -> TrainingRun:
        """The run of the branch on screen; nobody may touch it while `desk.running`."""
        return self._runs[self.simulation.situation.branch]

    def open_lesson_4(self) -> None:
        """Show the lesson with its run; make the first one where there is none."""
        self._walk(self._runs.opened(self.simulation))
        self.offer_what_is_left()

    def _show_run(self, run: TrainingRun) -> None:
        """Show a new run in place of the one before; undo brings that one back."""
        self.desk = replace(self.desk, trouble="")
        self._change(self.simulation.with_learning(run.moment(), self._runs.adopt(run)))

    def _show_moment(self, moment: TrainingSnapshot) -> None:
        self._walk(self.simulation.with_learning(moment, self.simulation.situation.branch))

    @property
    def _moment(self) -> TrainingSnapshot:
        moment = self.simulation.situation.learning
        assert moment is not None
        return moment

    # Training

    def action_train(self) -> None:
        """Train, or pause."""
        if not self.simulation.situation.trains:
            self.open_lesson_4()
            return
        self._look_at_training()
        if self.desk.running:
            self.stop_training()
            return
        run = self._run_to_go_on()
        if run is None:
            return
        if run.finished:
            self._runs.go_beyond(run)
            self.notify(f"The goal is reached; going on to update {run.config.updates:,}.", timeout=4)
        self._start_training(run)

    def _run_to_go_on(self) -> TrainingRun | None:
        """The run on screen, cut off at the update that is looked at; None where it is no longer kept."""
        if self.simulation.situation.branch not in self._runs:
            self.notify("That run is no longer kept; r starts one.", severity="warning")
            return None
        if self._moment.update < self.run_shown.update:
            self._show_run(self.run_shown.rewound(self._moment.update))
        return self.run_shown

    def _start_training(self, run: TrainingRun) -> None:
        self.token += 1
        self._by_hand, self._handed_over = None, run
        self._control = worker.Control(run.config, self.desk.pace, worker.posts_for(MAX_FPS))
        self.desk = replace(self.desk, running=True, trouble="")
        self._train(run, self._control, self.token)

    @work(thread=True, exclusive=True, group="training", exit_on_error=False)
    def _train(self, run: TrainingRun, control: worker.Control, token: int) -> None:
        """The thread: posts values, touches nothing of the screen."""
        me = get_current_worker()

        def post(moment: TrainingSnapshot) -> None:
            if me.is_cancelled:
                control.stop.set()
            self.post_message(TrainingMoved(token, moment))

        trouble = worker.work(run, control, post, self._save_quietly)
        self.post_message(TrainingEnded(token, run, run.moment(), trouble))

    def stop_training(self) -> None:
        """Let the worker end, if there is one; it saves the run first."""
        if self._control is not None:
            self._control.stop.set()

    def _when_idle(self, then: Callable[[], None]) -> None:
        """Do something that touches the run: now, or when the worker has let go of it."""
        if self.desk.running:
            self._afterwards.append(then)
            self.stop_training()
        else:
            then()

    def on_training_moved(self, message: TrainingMoved) -> None:
        """Show how far it has come."""
        if message.token == self.token and self.desk.running:
            self._show_moment(message.moment)

    def on_training_ended(self, message: TrainingEnded) -> None:
        """The run is ours again."""
        if message.token != self.token:
            return
        self.desk = replace(self.desk, running=False, trouble=message.trouble)
        moment = message.moment
        if self._control is not None and self._control.config != message.run.config:
            message.run.configure(self._control.config)  # it was set when the worker no longer looked
            moment = message.run.moment()
        self._show_moment(moment)
        learned = moment.reached and moment.config.stop == "learned" and diagnose(moment).word == "learned"
        if learned and not self.query_one("#learn").display:
            self.notify("The rule is learned.", timeout=4)  # otherwise the loss panel says it
        waiting, self._afterwards = self._afterwards, []
        for then in waiting:
            then()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """An error that nobody expected, as anywhere else."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            raise event.worker.error

    def on_unmount(self) -> None:
        """Leaving: let the worker end at once, or save the updates that no worker has made."""
        if self.desk.running:
            self.stop_training()
        elif self._by_hand is not None:
            self._save_quietly(self._by_hand)

    def action_one_update(self) -> None:
        """Exactly one update; on the way back the very one that is shown."""
        simulation = self.simulation
        if simulation.backward and not simulation.situation.trains:
            self.make_update_shown()
        elif self._in_lesson_4():
            if not simulation.backward:
                self._look_at_training()
            self._when_idle(self._one_update)

    def _one_update(self) -> None:
        run, simulation = self._run_to_go_on(), self.simulation
        if run is None:
            return
        trouble = make_update(run, simulation)
        self._by_hand = run
        self.desk = replace(self.desk, trouble=trouble)
        self._show_moment(run.moment())

    def edit_run(self, weights: Array) -> None:
        """Go on from the update on screen with other weights."""

        def edit() -> None:
            if self.simulation.situation.branch in self._runs:
                self._show_run(self.run_shown.edited(weights, self._moment.update))

        self._when_idle(edit)

    def action_restart(self, new_seed: bool) -> None:
        """Start again, with the same seed or a new one."""
        if not self._in_lesson_4():
            return
        config = self._runs.to_begin_with(self._moment.config)
        if new_seed:
            config = replace(config, seed=int(np.random.default_rng().integers(10_000)))
        self._look_at_training()
        self._when_idle(lambda: self._show_run(TrainingRun(self._moment.roommate, config)))

    def train_at(self, by: int) -> None:
        """Another pace."""
        nearest = min(range(len(PACES)), key=lambda index: abs(PACES[index] - self.desk.pace) if by else 0)
        pace = self.desk.pace if self.desk.pace in PACES else PACES[nearest]
        pace = PACES[min(max(PACES.index(pace) + by, 0), len(PACES) - 1)]
        self.desk = replace(self.desk, pace=pace)
        if self._control is not None:
            self._control.pace = pace

    def _in_lesson_4(self) -> bool:
        if not self.simulation.situation.trains:
            self.notify("That belongs to lesson 4: press 4.", timeout=3)
            return False
        return True

    def _look_at_training(self) -> None:
        """On a small terminal: the loss, or the cases, in place of the product."""
        if self.view is not View.CASES:
            self.view = View.LOSS

    # Settings

    def action_scale(self) -> None:
        """Linear or logarithmic."""
        if self._in_lesson_4():
            self._look_at_training()
            self.desk = replace(self.desk, log=not self.desk.log)

    def action_settings(self) -> None:
        """The settings page; training goes on behind it."""
        from tui.screens.training_settings import SettingsScreen  # noqa: PLC0415

        situation = self.simulation.situation
        if situation.trains:
            self.app.push_screen(SettingsScreen(self._moment.config), self._use_settings)
        else:
            self.app.push_screen(SettingsScreen(situation.settings, OF_THE_WAY_BACK), self._use_settings)

    def _use_settings(self, config: TrainingConfig | None) -> None:
        now = self.simulation.situation.config
        if config is None or config == now:
            return
        if not self.simulation.situation.trains:
            self._change(self.simulation.with_settings(config))
            return
        try:
            check_batch(
                config.cell,
                default_sizes(config.cell, self._moment.roommate, config.hidden),
                config.weeks,
                config.days,
            )
        except InputError as error:
            self.notify(str(error), title="Not changed", severity="error", timeout=8)
            return
        if any(getattr(config, name) != getattr(now, name) for name in AT_THE_START):
            self._start_over(config)
        elif self.desk.running and self._control is not None:
            self._control.config = config
        else:
            run = self._run_to_go_on()
            if run is not None:
                run.configure(config)
                self._show_moment(run.moment())

    def _start_over(self, config: TrainingConfig) -> None:
        """A new run; some settings do not fit every roommate: a hidden unit is needed for each state."""
        try:
            run = TrainingRun(self._moment.roommate, config)
            self.simulation.with_learning(run.moment(), 0)  # says here rather than later that the week is too long
        except RoommateError as error:
            self.notify(str(error), title="Not started", severity="error", timeout=8)
            return
        self._when_idle(lambda: self._show_run(run))
        self.notify("Started again with the new settings.", timeout=3)

    def rescue(self) -> str:
        """After an error that nobody expected, no worker being at work: write down what was trained last.

        Returns:
            What has become of it, as the end of a sentence; nothing where nothing was trained, or is to be saved.
        """
        run = self._by_hand or self._handed_over
        if run is None or self._runs.state is None:
            return ""
        try:
            self._runs.save(run.rewound(run.update))  # from its checkpoints, which are whole
        except Exception as error:  # the error may have come from the run itself
            return f"; the training run could not be saved ({type(error).__name__}: {error})"
        return "; the training run is saved"
