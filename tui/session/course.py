"""The course in a session: which page is open, what was answered, and what is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from model.course.here import Here
from model.course.page import Course, Page, Question
from model.course.place import Place
from model.course.training import Trainings
from model.errors import InputError
from model.export.shared_screens import SharedPage
from model.language import _
from model.roommate.roommate import Roommate
from model.roommate.scenario import LECTURE, Scenario
from model.simulation.simulation import Simulation
from model.storage.scenarios import find_scenario, shipped
from model.training.run import TrainingRun
from tui.session.covering import asked, covered_panels, lit
from tui.session.progress import MAX_TYPED, Progress, ProgressFile
from tui.session.reply import Reply, Then
from tui.session.session import Session
from tui.text.course import answer_said, filled, need_telling, own_course, said
from tui.text.glyphs import Glyphs

BEGINNING = "1.1"


class CourseWalk:
    """A walk through the pages of a course.

    Args:
        course: Gives the pages: they are read when they are first needed.
        file: Remembers what is done.
        lecturer: Whether questions are shown without how they are answered: a hall answers aloud.

    Attributes:
        page: The page that is open; None: none is.
        answered: Whether its question was answered or waived since it was opened.
        right: Whether the answer was right that was given last; None: none was given to the page that is open.
        lecturer: As said.
        hands: Whether the class is asked the question of the page.
        trainings: Runs that were made for pages.
        seed: The seed of pages in the lesson that trains; None: their own, or 0.
    """

    def __init__(self, course: Callable[[], Course], file: ProgressFile, *, lecturer: bool = False) -> None:
        self._read, self._file, self.lecturer = course, file, lecturer
        self._course: Course | None = None
        self._progress = Progress()
        self._trouble = ""
        self.trainings = Trainings()
        self._hints = 0
        self._opened: Roommate | None = None
        self._asked: Simulation | None = None
        self._base: tuple[Scenario, str] = (LECTURE, "")
        self._seen: tuple[Simulation, bool, tuple[Simulation, frozenset[str]]] | None = None
        self.right: bool | None = None
        self.page: Page | None = None
        self.answered = False
        self.hands = False
        self.seed: int | None = None

    @property
    def course(self) -> Course:
        """The pages."""
        if self._course is None:
            self._course = self._read()
            self._progress, self._trouble = self._file.load(self._course.name)
        return self._course

    @property
    def progress(self) -> Progress:
        """What is done."""
        return self._progress if self.course else Progress()

    @property
    def open_page(self) -> Page:
        """The page that is open.

        Raises:
            InputError: None is.
        """
        if self.page is None:
            raise InputError(_("No page of the course is open: 'course' begins it, or goes on."))
        return self.page

    def save(self) -> Iterator[str]:
        """Write down what is done; gives what is to be said of that."""
        told, self._trouble = self._trouble, ""
        yield from filter(None, (told, self._file.save(self.course.name)))

    # Pages

    def open(self, session: Session, page: Page) -> Reply:
        """Go to a page: the screen that it is about, with what answers its question covered."""
        if page.place is not None:
            simulation, run = self._screen_of(page, page.place, session)
            if run is not None:
                simulation = simulation.with_learning(run.moment(), session.runs.adopt(run))
            if session.guesses is not None:
                session.guesses.see(simulation)  # the page asks
            session.change(simulation)
            self._opened = simulation.situation.roommate
        self.page, self.answered, self._hints = page, page.question is None, 0
        self._asked, self._seen, self.right = session.simulation, None, None
        self.hands = False
        self._progress.page = page.name
        session.notice()
        return Reply(tuple(self.save()), then=Then.COURSE)

    def follow(self, simulation: Simulation, shared: SharedPage | None) -> None:
        """Be at the page that a class is at, if this course has it; nothing of that is remembered.

        Args:
            simulation: The screen that the class is at.
            shared: Its page.
        """
        page = None if shared is None else self.course.page(shared.name)
        if page is not self.page:
            self._hints, self.right = 0, None
        self.page, self._asked, self._seen = page, None if page is None else simulation, None
        self.answered = shared is None or shared.uncovered or page is None or page.question is None
        self.hands = shared is not None and shared.hands

    def in_sight(self, session: Session) -> bool:
        """Whether the page is about what the screen shows now."""
        return session.simulation is self._asked

    def _screen_of(self, page: Page, place: Place, session: Session) -> tuple[Simulation, TrainingRun | None]:
        """The screen that a page is about; where it can say nothing about the person's roommate, the lecture's.

        Raises:
            InputError: It can say nothing about that one either.
        """
        scenario, name = page.scenario_for(*self._roommate(session.simulation))
        try:
            simulation, run = place.open(scenario, name, page.seed_for(self.seed))
            need_telling(page, Here(simulation, self.trainings, predicted=self.progress.predicted))
        except InputError:
            if scenario is LECTURE or place.scenario:
                raise
            return place.open(seed=page.seed_for(self.seed))
        return simulation, run

    def _roommate(self, simulation: Simulation) -> tuple[Scenario, str]:
        """Who cooks on pages that are for every roommate: whoever did before a page brought a guest."""
        situation = simulation.situation
        if self._opened != situation.roommate:
            name = situation.scenario if situation.scenario in shipped() else ""
            self._base = (find_scenario(name), name) if name else (Scenario(situation.roommate), situation.scenario)
            if situation.roommate == LECTURE.roommate:
                self._base = LECTURE, ""
        return self._base

    def begin(self, session: Session) -> Reply:
        """Begin the course, or go on at the page that was open last."""
        found = self.course.page(self.progress.page) if self.progress.page else None
        return self.open(session, found or self.course.page(BEGINNING) or self.course.pages[0])

    def turn(self, session: Session, *, on: bool) -> Reply:
        """The next page, or the one before."""
        course, page = self.course, self.page
        if page is None:
            return self.begin(session)
        found = course.after(page) if on else course.before(page)
        if found is None:
            told = _("That was the last page: {summary}") if on else _("This is the first page: {summary}")
            raise InputError(told.format(summary=self.summary()))
        return self.open(session, found)

    def summary(self) -> str:
        """How much of the course is done, as a sentence."""
        course, progress = self.course, self.progress
        questions = [page for page in (*course.pages, *course.exercises.values()) if page.question]
        right = sum(bool(progress.answers.get(page.name, {}).get("right")) for page in questions)
        exercises = sum(name in progress.done for name in course.exercises)
        told = _("{right} of {questions} questions are answered right, {done} of {exercises} exercises are done.")
        return told.format(right=right, questions=len(questions), done=exercises, exercises=len(course.exercises))

    @property
    def exercises(self) -> list[str]:
        """The exercises of the page that is open which are not done by answering it; itself where it is one."""
        page, every = self.open_page, self.course.exercises
        names = [page.name] if page.is_exercise else page.exercises
        return [name for name in names if every[name].parts or (every[name].question and not page.is_exercise)]

    def here(self, session: Session, *, asked: bool = False) -> Here:
        """Where expressions are computed.

        Args:
            session: Where one is.
            asked: Whether a question is about the screen as it was when the page was opened, wherever one has gone.
        """
        simulation = self._asked if asked and self._asked is not None else session.simulation
        return Here(simulation, self.trainings, predicted=self.progress.predicted)

    def covered(self, session: Session) -> bool:
        """Whether the screen has the answer to a question that is still open."""
        return not self.answered and session.simulation is self._asked

    def screen(self, session: Session) -> tuple[Simulation, frozenset[str]]:
        """What is to be seen, and the panels that are covered: on the page's own screen, until it is answered."""
        simulation, page = session.simulation, self.page
        if page is None or simulation is not self._asked or page.place is None:
            return simulation, frozenset()
        if self._seen is None or self._seen[0] is not simulation or self._seen[1] is not self.answered:
            shown, covered = lit(simulation, page, self.here(session)), frozenset[str]()
            if page.question is not None and not self.answered:
                covered = covered_panels(page.question, simulation.situation.cell)
                shown = asked(shown, page, covered)
            self._seen = simulation, self.answered, (shown, covered)
        return self._seen[2]

    # Questions

    def answer(self, session: Session, typed: str) -> Reply:
        """Answer the question of the page that is open.

        Raises:
            InputError: It asks nothing, or what was typed is no answer to it.
        """
        page, here, glyphs = self.open_page, self.here(session, asked=True), session.glyphs
        question = page.question
        if question is None:
            raise InputError(_("Page {name} asks nothing: 'next page' goes on.").format(name=page.name))
        if question.right is None:
            return self._noted(session, page, typed)
        truth = question.right.value(here)
        given = question.kind.read(typed, truth, here)
        right = question.kind.is_right(given, truth, here)
        self.answered, self.right = True, right
        earlier = self.progress.answers.get(page.name, {}).get("right") is True
        self._progress.answers[page.name] = {"typed": typed[:MAX_TYPED], "right": right or earlier}
        if right:
            self._done_with(page)
        return self._revealed(page, here, session, _verdict(question, given, truth, here, glyphs))

    def read(self, session: Session, typed: str) -> object:
        """An answer as it was typed.

        Raises:
            InputError: The page asks nothing, or it is no answer to it.
        """
        page, here = self.open_page, self.here(session, asked=True)
        if page.question is None:
            raise InputError(_("Page {name} asks nothing: 'next page' goes on.").format(name=page.name))
        truth = None if page.question.right is None else page.question.right.value(here)
        return page.question.kind.read(typed, truth, here)

    def judged(self, session: Session, typed: str) -> tuple[str, ...]:
        """What is said when the answer of a class is shown; nothing of it is remembered.

        Args:
            session: The follower's.
            typed: What this follower has answered; empty: nothing.
        """
        page, here, glyphs = self.open_page, self.here(session, asked=True), session.glyphs
        question = page.question
        if question is None or question.right is None:
            return ()
        truth, self.right = question.right.value(here), None
        lines = [_("It is {truth}.").format(truth=answer_said(question, truth, here, glyphs))]
        if typed:
            given = question.kind.read(typed, truth, here)
            self.right = question.kind.is_right(given, truth, here)
            lines = _verdict(question, given, truth, here, glyphs)
        return (*lines, *([filled(page.reveal, here, glyphs)] if page.reveal else []))

    def _noted(self, session: Session, page: Page, typed: str) -> Reply:
        """Note a guess, and how far the run had come."""
        question, here = page.question, self.here(session)
        assert question is not None
        number = question.kind.read(typed, None, here)
        assert isinstance(number, float)
        snapshot = session.simulation.situation.snapshot
        self._progress.guess, self._progress.guessed_at = number, None if snapshot is None else snapshot.latest
        self._progress.answers[page.name] = {"typed": typed[:MAX_TYPED], "right": True}
        self.answered = True
        lines = [_("Noted: {number}.").format(number=said(number, question.kind.kind.type, here, session.glyphs))]
        if snapshot is None or snapshot.latest:
            lines.append(_("It counts as a prediction when the run of lesson 4 is at update 0: 4 goes there."))
        return Reply((*lines, *self.save()))

    def waive(self, session: Session) -> Reply:
        """Show the answer without one of the person's own."""
        page, here = self.open_page, self.here(session, asked=True)
        question = page.question
        if question is None or question.right is None:
            raise InputError(_("Page {name} covers nothing: 'next page' goes on.").format(name=page.name))
        self.answered = True
        truth = answer_said(question, question.right.value(here), here, session.glyphs)
        self._progress.answers.setdefault(page.name, {"typed": "", "right": False})
        return self._revealed(page, here, session, [_("It is {truth}.").format(truth=truth)])

    def _revealed(self, page: Page, here: Here, session: Session, lines: list[str]) -> Reply:
        """What is told after an answer, and how one goes on where commands are typed."""
        self.hands = False
        session.notice()
        lines += [filled(page.reveal, here, session.glyphs)] if page.reveal else []
        following = self.course.after(page)
        if following is None:
            return Reply((*lines, self.summary(), *self.save()))
        on = _("'next page' goes on to {name}: {title}").format(name=following.name, title=following.title)
        return Reply((*lines, *self.save()), for_lines=(on,))

    def _done_with(self, page: Page) -> None:
        """Mark the exercises that a right answer does."""
        exercises = self.course.exercises
        names = [page.name] if page.is_exercise else page.exercises
        for name in names:
            if name in exercises and not exercises[name].parts and (page.is_exercise or not exercises[name].question):
                self._progress.done[name] = "done"

    def hint(self, session: Session) -> Reply:
        """The next hint of the page."""
        page = self.open_page
        if self._hints >= len(page.hints):
            told = (
                _("There is no other hint.") if page.hints else _("Page {name} has no hint.").format(name=page.name)
            )
            return Reply((told,))
        self._hints += 1
        return Reply((filled(page.hints[self._hints - 1], self.here(session, asked=True), session.glyphs),))


def _verdict(question: Question, given: object, truth: object, here: Here, glyphs: Glyphs) -> list[str]:
    """What is said of an answer: whether it is right, and where it was foreseen to be wrong, why it is."""
    words = [answer_said(question, value, here, glyphs) for value in (given, truth)]
    if question.kind.is_right(given, truth, here):
        return [_("Right: {truth}.").format(truth=words[1])]
    told = _("Not quite: you said {given}, and it is {truth}.").format(given=words[0], truth=words[1])
    foreseen = (one for one in question.foreseen if question.kind.is_right(given, one.answer.value(here), here))
    return [told, *[filled(one.text, here, glyphs) for one in foreseen][:1]]


def course_of(session: Session, course: Callable[[], Course] = own_course) -> CourseWalk:
    """The walk through the course of a session, which begins when it is first asked for.

    Args:
        session: The session.
        course: Gives the pages, where it begins now.
    """
    if session.course is None:
        session.course = CourseWalk(course, ProgressFile(session.course_folder), lecturer=session.lecturer)
    return session.course
