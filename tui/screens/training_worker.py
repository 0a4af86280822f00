"""The thread that trains: it owns a run while it works, and tells the screen by messages."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.constants import MAX_FPS
from textual.screen import Screen
from textual.worker import get_current_worker

from model.training.diagnosis import diagnose
from model.training.run import TrainingRun
from model.training.snapshot import TrainingSnapshot
from tui.screens.messages import AutosaveFailed, TrainingEnded, TrainingMoved
from tui.session import training_loop
from tui.session.reply import Reply
from tui.session.session import Session
from tui.terminal.screen_loop import idle_event


class TrainingWorker:
    """Starts threads, one after another, and tells the session what becomes of its runs.

    Args:
        screen: Gets the messages, and hands them on to `moved` and `ended`.
        session: Whose runs are trained.
    """

    def __init__(self, screen: Screen[Any], session: Session) -> None:
        self._screen, self._session = screen, session
        self.token = 0

    def start(self, run: TrainingRun, until: float) -> None:
        """Train a run; nobody else touches it before `ended`."""
        self.token += 1
        pace, posts = self._session.controls.pace, training_loop.posts_for(MAX_FPS)
        control = training_loop.Control(run.config, pace, posts, until=until, screen_idle=idle_event())
        self._session.hand_over(run, control)
        self._screen.run_worker(
            partial(self._train, run, control, self.token),
            name="training",
            group="training",
            exit_on_error=False,
            exclusive=True,
            thread=True,
        )

    def _train(self, run: TrainingRun, control: training_loop.Control, token: int) -> None:
        """Body of the thread: it posts values and touches nothing of the screen."""
        me, screen = get_current_worker(), self._screen

        def post(moment: TrainingSnapshot) -> None:
            if me.is_cancelled:
                control.stop.set()
            screen.post_message(TrainingMoved(token, moment))

        trouble = training_loop.work(run, control, post, self.save)
        screen.post_message(TrainingEnded(token, run, run.moment(), trouble))

    def save(self, run: TrainingRun) -> int:
        """Write a run down; gives the bytes that were written."""
        size, failure = self._session.autosave(run)
        if failure:
            self._screen.post_message(AutosaveFailed(failure))
        return size

    def moved(self, message: TrainingMoved) -> None:
        """Show how far it has come."""
        if message.token == self.token and self._session.controls.running:
            self._session.show_moment(message.moment)

    def ended(self, message: TrainingEnded) -> tuple[bool, list[Reply]]:
        """Take the run back.

        Returns:
            Whether the rule is learned now, and the replies of what has waited for the run.
        """
        if message.token != self.token:
            return False, []
        replies = self._session.take_back(message.run, message.moment, message.trouble)
        moment = message.moment
        ended = diagnose(moment) if moment.reached and moment.config.stop == "learned" else None
        return ended is not None and ended.word == "learned" and not ended.uncertain, replies
