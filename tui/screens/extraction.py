"""The page that reads the rule off the weights of the walk, draws it, and feeds them their own output."""

from __future__ import annotations

import time
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker, WorkerState, get_current_worker

from model.analysis.automaton import Automaton
from model.analysis.rollout import DAYS, Rollout, roll_out
from model.language import N_, _
from model.network.schedule import Feedback
from tui.rendering.block import line
from tui.rendering.extraction import found, verdicts
from tui.screens.dialog import Dialog, fitting_key_hint
from tui.screens.file_dialogs import named_with, save_as
from tui.screens.messages import DaysLived
from tui.session.commands.files import AUTOMATON_ENDINGS, write_automaton
from tui.session.kiosk import refusal
from tui.text.glyphs import Glyphs

KEYS = N_("S save as DOT, Mermaid or JSON · f soft or hard feedback · Esc")
KEYS_OF_KIOSK = N_("f soft or hard feedback · Esc")
KEYS_OF_STATES, KEYS_OF_STATES_IN_KIOSK = N_("S save as DOT, Mermaid or JSON · Esc"), N_("Esc")
"""The notice that a network which hands on its hidden units has no other feedback."""

POSTS_A_SECOND = 5.0
"""How often the page hears of the days at the most."""

MAX_TOLD, MIN_DRAWN = 14, 10
"""Lines around the drawing, and those that it may have even where the page must then be scrolled."""


class ExtractScreen(Dialog[None]):
    """The rule that weights follow; the weights are those of the moment at which the page was opened.

    Args:
        automaton: The rule.
        glyphs: Characters to draw with.
        kiosk: Whether nothing may be saved.
    """

    BINDINGS = [
        Binding("escape,q,x", "dismiss", "leave"),
        Binding("S,s", "save", "save"),
        Binding("f", "feedback", "feedback"),
    ]

    def __init__(self, automaton: Automaton, glyphs: Glyphs, *, kiosk: bool = False) -> None:
        super().__init__()
        self._glyphs, self._kiosk = glyphs, kiosk
        self._automaton = automaton
        self._outcome = Rollout(automaton.network.feedback(automaton.network.own_feedback), 0, DAYS)

    @property
    def automaton(self) -> Automaton:
        """What was read off the weights."""
        return self._automaton

    @property
    def outcome(self) -> Rollout:
        """How far they have lived on their own output."""
        return self._outcome

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        frame = VerticalScroll(id="extract")
        frame.border_title = _("The rule that these weights follow")
        with frame:
            yield Static(id="verdicts", markup=False)
            yield Static(id="found", markup=False)

    def on_mount(self) -> None:
        """Arrows scroll the page at once; the days begin."""
        self.query_one("#extract").focus()
        self._live(self._automaton, self._outcome.feedback)

    def on_resize(self) -> None:
        """Draw for the size."""
        self._tell()
        room = max(self.size.height - MAX_TOLD, MIN_DRAWN)
        frame = self.query_one("#extract")
        others = (KEYS_OF_STATES, KEYS_OF_STATES_IN_KIOSK) if self._automaton.by_state else (KEYS, KEYS_OF_KIOSK)
        keys = _(others[self._kiosk])
        frame.border_subtitle, hint = fitting_key_hint(self._glyphs.text(keys), frame.size.width - 2)
        lines = found(self._automaton, self._glyphs, self._room, room)
        lines += [line(""), *line((hint, "$muted")).wrap(self._room)] if hint else []
        self.query_one("#found", Static).update(Content("\n").join(lines))

    @property
    def _room(self) -> int:
        """The cells of a line, with a bar for scrolling beside it."""
        return max(min(self.size.width, 118) - 6, 20)

    def _tell(self) -> None:
        lines = verdicts(self._automaton, self._outcome, self._glyphs, self._room)
        self.query_one("#verdicts", Static).update(Content("\n").join(lines))

    # The days

    @work(thread=True, exclusive=True, group="days", exit_on_error=False)
    def _live(self, automaton: Automaton, feedback: Feedback) -> None:
        """Roll out in a thread: 10,000 days take a tenth of a second for a small network."""
        me, posted = get_current_worker(), time.monotonic()
        for outcome in roll_out(automaton, feedback):
            if me.is_cancelled:
                return
            if outcome.over or time.monotonic() - posted >= 1 / POSTS_A_SECOND:
                posted = time.monotonic()
                self.post_message(DaysLived(outcome))
            time.sleep(0.0005)  # lets the screen have the interpreter

    def on_days_lived(self, message: DaysLived) -> None:
        """Show how far they have come; what was on its way when the feedback was changed is dropped."""
        if message.outcome.feedback is self._outcome.feedback:
            self._outcome = message.outcome
            self._tell()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Pass an unexpected error of the worker to the app."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            raise event.worker.error

    def action_feedback(self) -> None:
        """Live the days again with the other feedback; hidden units are handed on whatever is asked for."""
        if self._automaton.by_state:
            return
        other = Feedback.HARD if self._outcome.feedback is Feedback.SOFT else Feedback.SOFT
        self._outcome = Rollout(other, 0, DAYS)
        self._tell()
        self._live(self._automaton, other)

    # Files

    def action_save(self) -> None:
        """Ask for a file; its ending says which form."""
        if self._kiosk:
            self.notify(refusal(), severity="warning", timeout=6)
            return

        def write(path: Path, over: bool) -> None:
            write_automaton(path, self._automaton, self._outcome, overwrite=over)

        question = _("Save the automaton as Graphviz (.dot), Mermaid (.mmd) or JSON (.json)")
        save_as(self, question, "automaton.dot", write, named_with(AUTOMATON_ENDINGS))
