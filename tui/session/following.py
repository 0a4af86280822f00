"""A follower's session: it shows what the class shows, until its person walks on by themselves, and again after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from model.errors import InputError, RoommateError
from model.export.shared_screens import SharedPage, screen_in
from model.language import _
from model.simulation.simulation import Simulation
from model.simulation.timeline import Timeline
from model.storage.files import file_errors
from model.storage.runs import run_in
from model.training.run import TrainingRun
from model.training.snapshot import RunRecord
from tui.classroom.follower import Arrived, Connected, FollowerLink, Gone, News
from tui.session.reply import NOTHING, Reply, Then, said
from tui.session.session import Session

FOLLOWED = 0
"""The `Situation.run_id` of the run of the class: no run of one's own has it."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What the class shows.

    Attributes:
        simulation: The screen.
        page: The page that is open on it.
        record: Its run, to go on with by oneself; None: it shows none.
    """

    simulation: Simulation
    page: SharedPage | None
    record: RunRecord | None


@dataclass(frozen=True)
class Unreadable:
    """What arrived cannot be shown.

    Attributes:
        sentence: Why.
    """

    sentence: str


ClassNews = Shown | Unreadable | Connected | Gone
"""What a follower's session is told."""


class Reader:
    """Turns what arrives into what can be shown; a thread calls it, and nothing else touches what it holds.

    Args:
        post: Takes what is to be told.
    """

    def __init__(self, post: Callable[[ClassNews], None]) -> None:
        self._post = post
        self._run: TrainingRun | None = None

    def __call__(self, news: News) -> None:
        """Read it, and post it."""
        if not isinstance(news, Arrived):
            self._post(news)
            return
        try:
            if news.run is not None:
                with file_errors(Path(_("the run that is shared"))) as blame:
                    self._run = run_in(news.run, (), blame)
            screen = screen_in(news.screen)
            simulation = screen.with_run(self._run, FOLLOWED)
            record = None if screen.update is None or self._run is None else self._run.record()
            self._post(Shown(simulation, screen.page, record))
        except RoommateError as error:
            self._post(Unreadable(str(error)))


class Following:
    """What a session knows of the class that it follows.

    Args:
        link: The connection.

    Attributes:
        live: Whether the class is shown, rather than what the person does.
        sentence: Why the class is not there; empty: it is.
        latest: What it showed last.
        answer: What the person has answered to the question that the class is asked.
    """

    def __init__(self, link: FollowerLink) -> None:
        self.link = link
        self.live = True
        self.sentence = ""
        self.latest: Shown | None = None
        self.answer = ""
        self._own: Timeline | None = None
        self._page: SharedPage | None = None

    @property
    def name(self) -> str:
        """The class."""
        return self.link.name

    def begin(self) -> None:
        """Begin to listen: whoever shows the session is there."""
        self.link.start()

    def take(self, session: Session, news: ClassNews) -> Reply:
        """Note what the link has told, and show it unless the person is elsewhere."""
        if isinstance(news, Connected):
            was, self.sentence = self.sentence, ""
            session.notice()
            return said(_("The class {name} is there again.").format(name=self.name)) if was else NOTHING
        if isinstance(news, Gone | Unreadable):
            self.sentence = news.sentence
            session.notice()
            return Reply((news.sentence,), severity="warning")
        self.latest = news
        return self._show(session, news) if self.live else NOTHING

    def _show(self, session: Session, shown: Shown) -> Reply:
        """Show what the class shows; opens its page where it is another, or closes it."""
        before, self._page = self._page, shown.page
        turned = shown.page is None or before is None or before.name != shown.page.name
        if turned:
            self.answer = ""
        if session.course is not None or shown.page is not None:  # first: it covers what must not be seen yet
            from tui.session.course import course_of  # noqa: PLC0415 - a class without a page does not need it

            course_of(session).follow(shown.simulation, shown.page)
        session.show_class(Timeline(shown.simulation))
        if shown.page != before:
            return Reply(then=Then.FOLLOWED_PAGE, about=(shown.page is not None, turned))
        return NOTHING

    def wander(self, timeline: Timeline) -> Timeline:
        """Go on by oneself from what the class shows; what was made before can be brought back with undo.

        Args:
            timeline: Where the person goes.
        """
        if not self.live:
            return timeline
        self.live = False
        return timeline if self._own is None else self._own.change(timeline.present)

    def own_run(self, session: Session) -> None:
        """Make the run of the class one's own, which the person wants to train or to change.

        Raises:
            InputError: It has not arrived.
        """
        if self.latest is None or self.latest.record is None:
            raise InputError(_("The run of the class has not arrived."))
        run = TrainingRun.restored(self.latest.record)
        there = session.simulation
        moment = there.situation.snapshot
        assert moment is not None
        session.walk(there.with_learning(run.moment(moment.update), session.runs.adopt(run)))

    def toggle(self, session: Session) -> Reply:
        """Back to the class, or from there to where one was."""
        if self.live:
            if self._own is None:
                return said(_("This is the class {name}: any key walks on by yourself.").format(name=self.name))
            self.live = False
            session.show(self._own)
            return said(_("This is your own screen again; F goes back to the class."))
        return session.when_at_rest(lambda: self._come_back(session))

    def _come_back(self, session: Session) -> Reply:
        self._own, self.live, self._page = session.timeline, True, None
        if self.latest is None:
            return said(self.sentence)
        reply = self._show(session, self.latest)
        told = _("This is the class {name} again. What you made is kept: F goes back to it.")
        return replace(reply, lines=(told.format(name=self.name),))

    def raise_hand(self, session: Session, typed: str) -> str:
        """Answer the question that the class is asked.

        Args:
            session: The follower's.
            typed: The answer; it can be changed until the answer is shown.

        Returns:
            What is said of it.

        Raises:
            InputError: The class is asked nothing, or it is no answer.
        """
        walk = session.course
        if walk is None or self._page is None or not walk.hands or walk.answered:
            raise InputError(_("The class is asked nothing now."))
        walk.read(session, typed)
        self.answer = typed
        self.link.answer(self._page.name, typed)
        return _("Your answer, {answer}, counts; you can change it until the right one is shown.").format(
            answer=typed
        )

    def judged(self, session: Session) -> tuple[str, ...]:
        """What is said of the page when its answer is shown; nothing before that."""
        walk = session.course
        if walk is None or walk.page is None or walk.page.question is None or not walk.answered:
            return ()
        return walk.judged(session, self.answer)
