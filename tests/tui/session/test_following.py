"""A class follows a lecturer's session: both are joined here without a socket between them."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

import numpy as np
import pytest

from model.errors import InputError
from model.simulation.simulation import Simulation
from model.training.config import TrainingConfig
from model.training.snapshot import TrainingSnapshot
from tests.tui.session.test_course import right_answer
from tui.classroom.follower import Arrived, Connected, FollowerLink, Gone
from tui.classroom.publisher import Hands, Publisher, State
from tui.session.classroom import Classroom, record_of, thinned
from tui.session.commands.classroom import ask_class, follow_class
from tui.session.commands.course import next_page, open_course, show_me
from tui.session.commands.lessons import LESSON_COMMANDS
from tui.session.commands.training import one_update, set_setting
from tui.session.commands.walking import next_step
from tui.session.commands.week import flip_weather, undo
from tui.session.course import course_of
from tui.session.following import ClassNews, Following, Reader
from tui.session.hands import hands_said, tallied
from tui.session.reply import Reply
from tui.session.room import class_said
from tui.session.run_library import Runs
from tui.session.session import Session
from tui.session.training_loop import Control, work
from tui.text.glyphs import UNICODE


@dataclass
class Wire:
    """Takes the place of the socket: what is published arrives at once, and answers are kept."""

    name: str = "rnn"
    deliver: Callable[[Arrived], None] = lambda _news: None
    answers: list[tuple[str, str]] = field(default_factory=list)
    sent: int = 0
    runs: int = 0
    question: str = ""
    _run: object = None

    def publish(self, state: State) -> None:
        run = None
        if state.run is not None and state.run != self._run:
            self._run, run, self.runs = state.run, state.pack_run(), self.runs + 1
        self.sent += 1
        self.question = state.question
        self.deliver(Arrived(run, state.pack_screen()))

    def answer(self, question: str, answer: str) -> None:
        self.answers.append((question, answer))


class Class:
    """A lecturer and one follower."""

    def __init__(self) -> None:
        self.wire = Wire()
        self.lecturer = Session(Simulation(), UNICODE, Runs(TrainingConfig(), None))
        self.lecturer.lecturer = True
        self.follower = Session(Simulation(), UNICODE, Runs(TrainingConfig(), None))
        self.following = self.follower.following = Following(cast(FollowerLink, self.wire))
        self.replies: list[Reply] = []
        self.wire.deliver = Reader(self.take)
        self.room = self.lecturer.classroom = Classroom(self.lecturer, cast(Publisher, self.wire))
        self.room.publish()

    def take(self, news: ClassNews) -> None:
        self.replies.append(self.following.take(self.follower, news))

    def lessons(self, lesson: int) -> None:
        command = LESSON_COMMANDS[lesson - 1]
        self.lecturer.walk(self.lecturer.simulation.with_lesson(lesson)) if lesson != 4 else command(self.lecturer)


def place(s: Simulation) -> tuple[object, ...]:
    return s.situation.lesson, s.situation.week, s.day, s.step, s.backward, s.current_entry


def same(one: Simulation, other: Simulation) -> bool:
    return place(one) == place(other) and np.array_equal(
        one.current_step.result.value, other.current_step.result.value, equal_nan=True
    )


def test_every_step_of_the_lecturer_is_seen() -> None:
    room = Class()
    for command in (next_step, next_step, flip_weather, next_step, undo):
        command(room.lecturer)
        assert same(room.lecturer.simulation, room.follower.simulation)
    for lesson in (1, 2, 5, 3):
        room.lessons(lesson)
        assert same(room.lecturer.simulation, room.follower.simulation)
    room.lecturer.walk(room.lecturer.simulation.with_lesson(1).turn())
    assert same(room.lecturer.simulation, room.follower.simulation)


def test_a_key_walks_on_by_oneself_and_f_leads_back_and_forth() -> None:
    room = Class()
    next_step(room.follower)
    flip_weather(room.follower)
    own = room.follower.simulation
    assert not room.following.live
    next_step(room.lecturer)
    next_step(room.lecturer)
    assert room.follower.simulation is own, "the class does not disturb"
    follow_class(room.follower)
    assert same(room.lecturer.simulation, room.follower.simulation)
    follow_class(room.follower)
    assert room.follower.simulation is own, "what was made is kept"
    follow_class(room.follower)
    next_step(room.follower)
    undo(room.follower)
    assert room.follower.simulation.situation.week == own.situation.week, "and undo leads back to it"


def test_nothing_that_a_follower_does_reaches_the_lecturer() -> None:
    room = Class()
    before, sent = room.lecturer.timeline, room.wire.sent
    for command in (next_step, flip_weather, follow_class, follow_class, next_page):
        command(room.follower)
    assert room.lecturer.timeline is before
    assert room.wire.sent == sent


def test_a_run_is_followed_while_it_trains_and_can_be_gone_on_with() -> None:
    room = Class()
    LESSON_COMMANDS[3](room.lecturer)
    run = room.lecturer.run
    control = Control(run.config, math.inf, until=30.0)
    room.lecturer.hand_over(run, control)

    def post(moment: TrainingSnapshot) -> None:
        room.lecturer.show_moment(moment)

    work(run, control, post, lambda _run: 0)
    room.lecturer.take_back(run, run.moment(), "")
    seen = room.follower.simulation.situation.snapshot
    assert seen is not None
    assert seen.update == run.update == 30
    np.testing.assert_array_equal(seen.network.parameters.flat, run.moment().network.parameters.flat)
    np.testing.assert_array_equal(seen.losses.numbers, run.moment().losses.numbers)
    one_update(room.follower)
    mine = room.follower.simulation.situation.snapshot
    assert mine is not None
    assert mine.update == 31
    assert not room.following.live
    one_update(room.lecturer)
    theirs = room.lecturer.moment
    np.testing.assert_array_equal(mine.network.parameters.flat, theirs.network.parameters.flat)
    assert room.follower.run.moment(12).loss == run.moment(12).loss, "its past comes along"


def test_a_record_from_snapshots_is_the_record_of_the_run() -> None:
    room = Class()
    LESSON_COMMANDS[3](room.lecturer)
    run = room.lecturer.run
    before = thinned(run.record())
    run.advance(200)
    of_snapshot, own = record_of(run.moment(), before), thinned(run.record())
    again = [type(run).restored(record).moment() for record in (of_snapshot, own)]
    assert again[0].learned_at == again[1].learned_at == run.moment().learned_at is not None
    assert again[0].right_since == again[1].right_since
    for name in ("losses", "accuracies", "rights"):
        np.testing.assert_array_equal(getattr(of_snapshot, name), getattr(own, name))
    np.testing.assert_array_equal(again[0].network.parameters.flat, again[1].network.parameters.flat)


def test_a_run_is_sent_once_however_often_one_steps() -> None:
    room = Class()
    LESSON_COMMANDS[3](room.lecturer)
    runs = room.wire.runs
    for _index in range(5):
        next_step(room.lecturer)
    assert room.wire.runs == runs
    set_setting(room.lecturer, "learning-rate", "0.2")
    assert room.wire.runs == runs + 1


def test_a_page_stays_covered_until_the_lecturer_uncovers_it() -> None:
    room = Class()
    open_course(room.lecturer, "3.4")
    walk = course_of(room.follower)
    assert walk.page is not None
    assert walk.page.name == "3.4"
    assert walk.covered(room.follower)
    with pytest.raises(InputError, match="asked nothing"):
        room.following.raise_hand(room.follower, "1")
    show_me(room.lecturer)
    assert not walk.covered(room.follower)
    assert room.following.judged(room.follower)
    next_page(room.lecturer)
    assert walk.page.name == "3.5"


def test_the_class_is_asked_and_answers_and_is_told_who_was_right() -> None:
    room = Class()
    open_course(room.lecturer, "3.1")
    ask_class(room.lecturer)
    assert room.wire.question == "3.1"
    page = course_of(room.follower).open_page
    with pytest.raises(InputError):
        room.following.raise_hand(room.follower, "porridge")
    right = right_answer(room.lecturer, course_of(room.lecturer).open_page)
    room.following.raise_hand(room.follower, right)
    assert room.wire.answers == [("3.1", right)]
    room.room.hands = Hands("3.1", ((right, 2), ("nonsense", 1)), 5)
    told = list(hands_said(room.room.hands, course_of(room.lecturer), room.lecturer))
    assert told[0] == "3 of 5 have answered."
    assert told[1].endswith(" 2")
    show_me(room.lecturer)
    assert room.wire.question == ""
    assert room.following.judged(room.follower)[0].startswith("Right:")
    assert page.name not in course_of(room.follower).progress.answers, "nothing of it is stored"


def test_answers_that_mean_the_same_are_counted_together_and_options_are_all_there() -> None:
    room = Class()
    walk = course_of(room.lecturer)
    page = next(page for page in walk.course.pages if page.question is not None and page.question.options)
    open_course(room.lecturer, page.name)
    assert page.question is not None
    here = walk.here(room.lecturer, asked=True)
    counted = tallied([("b", 3), ("B", 1), ("zzz", 1)], page.question, here, UNICODE)
    assert [answer for answer, _count in counted][: len(page.question.options)][:2] == ["a)", "b)"]
    assert dict(counted)["a)"] == 0
    assert dict(counted)["b)"] >= 3
    assert sum(count for _answer, count in counted) == 5


def test_the_lecturers_loss_is_told_and_what_was_shown_stays() -> None:
    room = Class()
    next_step(room.lecturer)
    there = room.follower.simulation
    room.take(Gone("The lecturer's program cannot be reached."))
    assert room.replies[-1].lines
    assert class_said(room.follower) == "class rnn: not there"
    assert room.follower.simulation is there
    room.take(Connected())
    assert any("again" in line for line in room.replies[-1].lines)
    assert class_said(room.follower) == "class rnn"


def test_what_arrives_spoilt_is_a_sentence_and_changes_nothing() -> None:
    room = Class()
    there = room.follower.simulation
    for news in (Arrived(None, b"noise"), Arrived(b"noise", b""), Arrived(b"", b"\0" * 100)):
        room.wire.deliver(news)
        assert room.replies[-1].severity == "warning"
        assert room.follower.simulation is there
    next_step(room.lecturer)
    assert same(room.lecturer.simulation, room.follower.simulation)
