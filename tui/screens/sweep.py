"""The page of a sweep: it trains in a thread, and draws while that runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker, WorkerState, get_current_worker

from model.language import N_, _
from model.sweep.grid import Grid, GridCell
from model.sweep.sweep_map import SweepMap
from tui.rendering.sweep_page import State, SweepView, sweep_page
from tui.screens.dialog import Dialog, fitting_key_hint
from tui.screens.messages import SweepEnded, SweepMoved, SweepNoticed
from tui.screens.sweep_question import SweepQuestion
from tui.session.session import Session
from tui.session.sweeping import (
    SweepControl,
    executor_for,
    known_of,
    open_training_of,
    store_for,
)
from tui.session.sweeping import work as train
from tui.terminal.screen_loop import idle_event

if TYPE_CHECKING:
    from tui.screens.stage import Stage

KEYS = N_("arrows · Enter opens · n one that failed · space pause · Esc cancels")
KEYS_AT_REST = N_("arrows · b best · Enter opens · n one that failed · s another · Esc")
KEYS_OF_ONE = N_("Enter opens one · n one that failed · space pause · Esc cancels")
KEYS_OF_ONE_AT_REST = N_("Enter opens one · n one that failed · s another · Esc")
"""The keys of the page while it trains, and when nothing does; of a map, and where there is but one cell."""


class Chosen(NamedTuple):
    """A training that is to be opened.

    Attributes:
        cell: With which settings.
        seed: With which seed.
        known: What is known of it, in a sentence.
    """

    cell: GridCell
    seed: int
    known: str


def show_sweep(stage: Stage, grid: Grid | None) -> None:
    """Ask what is varied, unless that is known, and open the page.

    Args:
        stage: The screen whose roommate and settings it is about.
        grid: What is trained; None: it is asked for.
    """

    def answered(asked: Grid | None) -> None:
        if asked is not None:
            show_sweep(stage, asked)

    def left(answer: Chosen | str | None) -> None:
        if isinstance(answer, Chosen):
            chosen = answer
            stage.attempt(lambda: open_training_of(stage.session, chosen.cell, chosen.seed, chosen.known))
        elif answer is not None:
            show_sweep(stage, None)

    if grid is None:
        stage.app.push_screen(SweepQuestion(stage.session), answered)
    else:
        stage.app.push_screen(SweepScreen(stage.session, grid), left)


class SweepScreen(Dialog["Chosen | str | None"]):
    """A sweep as it runs, and what came of it. Gives the training that is to be opened, or that another is wanted.

    Args:
        session: Whose roommate and settings are trained.
        grid: What is trained.

    Attributes:
        control: What the trainings hear of the page; None before they begin.
    """

    BINDINGS = [
        Binding("escape,q", "leave", "cancel, leave"),
        Binding("left,h", "move(-1, 0)", "left"),
        Binding("right,l", "move(1, 0)", "right"),
        Binding("up,k", "move(0, 1)", "up"),
        Binding("down,j", "move(0, -1)", "down"),
        Binding("home", "move(-9999, 0)", "first"),
        Binding("end", "move(9999, 0)", "last"),
        Binding("b", "best", "best"),
        Binding("enter", "open(True)", "open"),
        Binding("n", "open(False)", "open one that did not learn"),
        Binding("space", "pause", "pause"),
        Binding("s", "another", "another"),
    ]

    def __init__(self, session: Session, grid: Grid) -> None:
        super().__init__()
        self._session = session
        self._glyphs = session.glyphs
        self._view = SweepView(SweepMap.empty(grid))
        self.control: SweepControl | None = None

    @property
    def view(self) -> SweepView:
        """What is shown."""
        return self._view

    def compose(self) -> ComposeResult:
        """One drawing in a frame."""
        frame = Vertical(id="sweep")
        frame.border_title = _("How often does it learn?")
        with frame:
            yield Static(id="sweep-page", markup=False)

    def on_mount(self) -> None:
        """Begin."""
        self.control = SweepControl(idle_event())
        self.begin(self._view.moment.grid, self.control)

    def on_unmount(self) -> None:
        """End with the page."""
        if self.control is not None:
            self.control.cancel()

    def on_resize(self) -> None:
        """Draw for the size."""
        self._draw()

    def show(self, view: SweepView) -> None:
        """Show something else of the sweep."""
        self._view = view
        self._draw()

    def _draw(self) -> None:
        frame = self.query_one("#sweep")
        known = (KEYS, KEYS_AT_REST) if self._view.moment.grid.axes else (KEYS_OF_ONE, KEYS_OF_ONE_AT_REST)
        keys = self._glyphs.text(_(known[not self._trains]))
        frame.border_subtitle = fitting_key_hint(keys, self.size.width - 4)[0]
        lines = sweep_page(self._view, self._glyphs, max(self.size.width - 4, 20), max(self.size.height - 2, 8))
        self.query_one("#sweep-page", Static).update(Content("\n").join(lines))

    @property
    def _trains(self) -> bool:
        return self._view.state in {State.RUNNING, State.PAUSED}

    # The trainings

    @work(thread=True, exclusive=True, group="sweep", exit_on_error=False)
    def begin(self, grid: Grid, control: SweepControl) -> None:
        """Train in a thread, which posts values and touches nothing of the screen."""
        me = get_current_worker()

        def post(moment: SweepMap) -> None:
            if me.is_cancelled:
                control.cancel()
            self.post_message(SweepMoved(moment))

        def say(sentence: str) -> None:
            self.post_message(SweepNoticed(sentence))

        executor, store = executor_for(self._session, say), store_for(self._session)
        self.post_message(SweepEnded(*train(grid, executor, store, control, post=post, say=say)))

    def on_sweep_moved(self, message: SweepMoved) -> None:
        """Show how far it has come."""
        if self._trains:
            self.show(replace(self._view, moment=message.moment))

    def on_sweep_noticed(self, message: SweepNoticed) -> None:
        """Say what went wrong without ending it."""
        self.notify(message.sentence, severity="warning", timeout=8)

    def on_sweep_ended(self, message: SweepEnded) -> None:
        """Show what came of it."""
        state = State.OVER if message.moment.progress.finished else State.CANCELLED
        self.show(replace(self._view, moment=message.moment, state=state, trouble=message.trouble))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Pass an unexpected error of the worker to the app."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            raise event.worker.error

    # Keys

    def action_move(self, columns: int, rows: int) -> None:
        """Another cell under the cursor."""
        self.show(replace(self._view, cursor=self._view.moved(columns, rows)))

    def action_best(self) -> None:
        """The cell that learns most surely under the cursor."""
        best = self._view.moment.best
        if best is not None:
            self.show(replace(self._view, cursor=best.index))

    def action_pause(self) -> None:
        """Pause, or go on; what the processes have begun they end."""
        if not self._trains or self.control is None:
            return
        going = self.control.going
        if going.is_set():
            going.clear()
        else:
            going.set()
        self.show(replace(self._view, state=State.RUNNING if going.is_set() else State.PAUSED))

    def action_leave(self) -> None:
        """End the trainings; once they have ended leave the page."""
        if not self._trains:
            self.dismiss(None)
        elif self.control is not None:
            self.control.cancel()
            self.show(replace(self._view, state=State.CANCELLED))

    def action_another(self) -> None:
        """Ask for another sweep."""
        self.dismiss("another")

    def action_open(self, learned: bool) -> None:
        """Leave for a training of the cell under the cursor."""
        view = self._view
        seed = view.moment.outcomes[view.cursor].seed(learned=learned)
        if seed is None:
            none = _("None of its seeds has learned the rule, as far as is known: n opens one that did not.")
            all_did = _("All of its seeds have learned the rule, as far as is known: Enter opens one.")
            why = none if learned else all_did
            if not view.moment.outcomes[view.cursor]:
                why = _("Nothing of it is trained yet.")
            self.notify(why, severity="warning", timeout=5)
            return
        self.dismiss(Chosen(view.cell, seed, known_of(view.moment, view.cell, seed)))
