"""A session: what both front ends hold, and how it changes. It knows neither Textual nor lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import FileError, InputError, RoommateError
from model.language import _, ngettext
from model.network.memory_bounds import check_batch
from model.network.network import default_sizes
from model.network.origins import EDITED
from model.network.parameters import Parameters
from model.simulation.simulation import Simulation
from model.simulation.timeline import Timeline
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from model.training.setting_bounds import AT_THE_START
from model.training.snapshot import TrainingSnapshot
from tui.session.offers import Offers
from tui.session.reply import NOTHING, Reply, Then, refused, said
from tui.session.run_library import Runs
from tui.session.state_directory import UNSAVED
from tui.session.training_controls import TrainingControls
from tui.session.training_loop import Control
from tui.text.changes import changed
from tui.text.glyphs import Glyphs

if TYPE_CHECKING:
    from tui.session.classroom import Classroom
    from tui.session.course import CourseWalk
    from tui.session.following import Following
    from tui.session.guessing import Guesses


class Session:
    """The timeline, the training runs, and what a person has set about them.

    Args:
        simulation: What is shown first.
        glyphs: The characters that can be shown.
        runs: The training runs.
        kiosk: Whether no command may reach a file of a person's choosing.

    Attributes:
        timeline: What is shown, and the changes that undo and redo lead over.
        controls: What a person has set about the training.
        control: What a worker looks at while it trains; None: none has trained yet.
        unsaved: The run whose last update has not been written down.
        offers: The runs that other sessions have left.
        over: Whether the person wants to leave.
        guesses: What of the walk was seen, where each step is asked before it is shown; None: all is shown at once.
        course: The walk through the pages of the course; None: nobody has opened it.
        course_folder: Where what is done of the course is remembered; None: nowhere.
        lecturer: Whether its questions are shown without how they are answered.
        presenting: Whether a talk is given.
        beginning: What is done first, such as to open a page of the course; None: nothing.
        following: The class that is followed; None: none is.
        classroom: The class that sees what is shown here; None: nobody does.
    """

    def __init__(self, simulation: Simulation, glyphs: Glyphs, runs: Runs, *, kiosk: bool = False) -> None:
        self.timeline = Timeline(simulation)
        self.glyphs, self.runs, self.kiosk = glyphs, runs, kiosk
        self.controls = TrainingControls()
        self.control: Control | None = None
        self.unsaved: TrainingRun | None = None
        self.offers = Offers(runs)
        self.over = False
        self.guesses: Guesses | None = None
        self.course: CourseWalk | None = None
        self.course_folder: Path | None = None
        self.lecturer = self.presenting = False
        self.beginning: Callable[[Session], Reply] | None = None
        self.following: Following | None = None
        self.classroom: Classroom | None = None
        self._handed_over: TrainingRun | None = None
        self._afterwards: list[Callable[[], Reply]] = []
        self._watchers: list[Callable[[], None]] = []
        self._save_failed = False

    # What is shown

    @property
    def simulation(self) -> Simulation:
        """The present of the timeline."""
        return self.timeline.present

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call a function whenever something has changed."""
        self._watchers.append(watcher)

    def unwatch(self, watcher: Callable[[], None]) -> None:
        """Stop calling a function that `watch` registered."""
        self._watchers.remove(watcher)

    def notice(self) -> None:
        """Let whoever watches look again: something has changed that is not in the timeline."""
        self._changed()

    def _changed(self) -> None:
        for watcher in tuple(self._watchers):
            watcher()

    def show(self, timeline: Timeline) -> Reply:
        """Go on with another timeline, its step covered where that is to be guessed first.

        Who followed a class goes on alone.
        """
        timeline = timeline if self.following is None else self.following.wander(timeline)
        self.timeline = timeline
        if self.guesses is not None:
            seen = self.guesses.covered(timeline.present, training=self.controls.running)
            self.timeline = timeline if seen is timeline.present else timeline.walk(seen)
        self._changed()
        return NOTHING

    def show_class(self, timeline: Timeline) -> None:
        """Show what the class that is followed shows."""
        self.timeline = timeline
        self._changed()

    def walk(self, simulation: Simulation) -> Reply:
        """Go on without remembering what was before."""
        return self.show(self.timeline.walk(simulation))

    def change(self, simulation: Simulation) -> Reply:
        """Go on, and let undo bring back what was before."""
        return self.show(self.timeline.change(simulation))

    def leap(self, turn: Callable[[Timeline], Timeline], sentence: str) -> Reply:
        """Undo or redo; a worker first lets go of its run where another one comes in its place.

        Args:
            turn: Which of the two.
            sentence: What is said, with a blank for what has changed.
        """

        def there() -> Reply:
            before = self.simulation.situation
            self.show(turn(self.timeline))
            return said(sentence.format(what=changed(before, self.simulation.situation)))

        same = turn(self.timeline).present.situation.run_id == self.simulation.situation.run_id
        return there() if same else self.when_at_rest(there)

    def set_controls(self, *, log: bool | None = None, pace: float | None = None, trouble: str | None = None) -> None:
        """Set something about the training; a worker goes on at the new pace."""
        now = self.controls
        self.controls = replace(
            now,
            log=now.log if log is None else log,
            pace=now.pace if pace is None else pace,
            trouble=now.trouble if trouble is None else trouble,
        )
        if pace is not None and self.control is not None:
            self.control.pace = pace
        self._changed()

    # The run that is shown

    def need_training(self) -> None:
        """Raise an `InputError` where the lesson does not train."""
        if self.simulation.situation.snapshot is None:
            raise InputError(_("That belongs to lesson 4: 4 goes there."))

    @property
    def moment(self) -> TrainingSnapshot:
        """The run at the update that is looked at.

        Raises:
            InputError: The lesson does not train.
        """
        self.need_training()
        moment = self.simulation.situation.snapshot
        assert moment is not None
        return moment

    @property
    def run(self) -> TrainingRun:
        """The run that is shown; nobody may touch it while a worker trains it.

        Raises:
            InputError: The lesson does not train, or the run was discarded.
        """
        self.need_training()
        if self.following is not None and self.simulation.situation.run_id not in self.runs:
            self.following.own_run(self)
        run_id = self.simulation.situation.run_id
        if run_id not in self.runs:
            raise InputError(_("That run was discarded; r starts a new one."))
        return self.runs[run_id]

    def run_to_go_on(self) -> tuple[TrainingRun, str]:
        """The run that is shown, cut off at the update that is looked at; and a note on updates dropped by that."""
        later = self.run.update - self.moment.update
        if later <= 0:
            return self.run, ""
        self.show_run(self.run.rewound(self.moment.update))
        note = ngettext(
            "The {count:,} update after this one is replaced; u brings it back.",
            "The {count:,} updates after this one are replaced; u brings them back.",
            later,
        )
        return self.run, note.format(count=later)

    def moment_at(self, update: int) -> TrainingSnapshot | None:
        """The run at an update, what is shown staying; None while it trains, and where there is no such update."""
        if self.controls.running or self.simulation.situation.run_id not in self.runs:
            return None
        run = self.runs[self.simulation.situation.run_id]
        return run.moment(update) if 0 <= update <= run.update else None

    def show_run(self, run: TrainingRun) -> Reply:
        """Show a new run in place of the one before; undo brings that one back."""
        self.set_controls(trouble="")
        return self.change(self.simulation.with_learning(run.moment(), self.runs.adopt(run)))

    def show_moment(self, moment: TrainingSnapshot) -> Reply:
        """Show the run at another of its updates."""
        return self.walk(self.simulation.with_learning(moment, self.simulation.situation.run_id))

    def set_weights(self, parameters: Parameters, origin: str = EDITED) -> Reply:
        """Other weights for the lesson; where it trains, a run that goes on from them."""
        situation = self.simulation.situation
        if not situation.trains:
            return self.change(self.simulation.with_network(situation.network.with_parameters(parameters, origin)))
        return self.when_at_rest(lambda: self.show_run(self.run.edited(parameters.flat, self.moment.update)))

    def configure(self, config: TrainingConfig) -> Reply:
        """Go on with other settings, or start again where they ask for that.

        Raises:
            RoommateError: They cannot be.
        """
        situation = self.simulation.situation
        if config == situation.config:
            return NOTHING
        if not situation.trains:
            return self.change(self.simulation.with_settings(config))
        sizes = default_sizes(config.cell, self.moment.roommate, config.hidden)
        check_batch(config.cell, sizes, config.weeks, config.days)
        if any(getattr(config, name) != getattr(situation.config, name) for name in AT_THE_START):
            return self.start_over(config, _("Started again with the new settings."))
        if self.controls.running and self.control is not None:
            self.control.config = config
            return NOTHING
        run, replaced = self.run_to_go_on()
        run.configure(config)
        self.show_moment(run.moment())
        return said(replaced) if replaced else NOTHING

    def start_over(self, config: TrainingConfig, sentence: str) -> Reply:
        """Show a new run of the same roommate.

        Raises:
            RoommateError: The settings do not fit the roommate, or the week is too long for them.
        """
        run = TrainingRun(self.moment.roommate, config, self.moment.diary)
        self.simulation.with_learning(run.moment(), 0)  # raises here rather than later

        def start() -> Reply:
            self.show_run(run)
            return said(sentence)

        return self.when_at_rest(start)

    # Training, by whoever does it

    def hand_over(self, run: TrainingRun, control: Control) -> None:
        """Let a worker train a run: nobody else touches it before it is taken back."""
        self.unsaved, self._handed_over, self.control = None, run, control
        self.controls = replace(self.controls, running=True, trouble="")
        self._changed()

    def pause(self) -> None:
        """Let the worker end, if there is one; it saves the run first."""
        if self.control is not None:
            self.control.stop.set()

    def take_back(self, run: TrainingRun, moment: TrainingSnapshot, trouble: str) -> list[Reply]:
        """The worker has let go of the run: show it, and do what has waited for that.

        Args:
            run: The run.
            moment: Its last update.
            trouble: Why the worker stopped, if it did so by itself.
        """
        self.controls = replace(self.controls, running=False, trouble=trouble)
        if self.control is not None and self.control.config != run.config:
            run.configure(self.control.config)  # it was set when the worker no longer looked
            moment = run.moment()
        self.show_moment(moment)
        waiting, self._afterwards = self._afterwards, []
        return [_attempted(then) for then in waiting]

    def when_at_rest(self, then: Callable[[], Reply]) -> Reply:
        """Do something that touches the run: now, or when the worker has let go of it."""
        if not self.controls.running:
            return then()
        self._afterwards.append(then)
        self.pause()
        return NOTHING

    # Runs that are saved automatically

    def open_training(self) -> Reply:
        """Go to the lesson that trains, with its run; the first time, offer the runs that others have left."""
        self.walk(self.runs.opened(self.simulation))
        return Reply(self.offers.look_once(), then=Then.OFFER)

    def autosave(self, run: TrainingRun) -> tuple[int, str]:
        """Save the run for the next start; where that is impossible, go on. A worker may call it, too.

        Returns:
            The bytes that were written, and why there are none, as a sentence that is given once.
        """
        try:
            size = self.runs.save(run)
        except FileError as error:
            failed, self._save_failed = self._save_failed, True  # a full disk may have room again before long
            return 0, "" if failed else _(UNSAVED).format(reason=error)
        self._save_failed = False
        return size, ""

    def leave(self) -> str:
        """Let the worker end, or save the updates that no worker has made; gives why that could not be done."""
        if self.controls.running:
            self.pause()
        elif self.unsaved is not None:
            unsaved, self.unsaved = self.unsaved, None
            return self.autosave(unsaved)[1]
        return ""

    def rescue(self) -> str | None:
        """Save the run after an unexpected error, when no worker is running.

        Returns:
            Why it could not be saved, or nothing where it is; None where nothing was trained, or is to be saved.
        """
        run = self.unsaved or self._handed_over
        if run is None or self.runs.state is None:
            return None
        try:
            self.runs.save(run.rewound(run.update))  # from its checkpoints, which are whole
        except Exception as error:  # the error may have come from the run itself
            return f"{type(error).__name__}: {error}"
        return ""


def _attempted(then: Callable[[], Reply]) -> Reply:
    """The reply of a function; an error becomes a reply that says why."""
    try:
        return then()
    except RoommateError as error:
        return refused(error)
