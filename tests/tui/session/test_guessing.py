"""Guess first: each step of the walk is asked before it is shown, and covered until that is answered or waived."""

from dataclasses import replace

import pytest

from model.errors import InputError
from tests.tui.session.test_course import lines, session_of, train
from tui.session.commands import course as commands
from tui.session.commands.course import answer, show_me
from tui.session.commands.lessons import LESSON_COMMANDS
from tui.session.commands.walking import first, guess, next_step, previous_step, to_step
from tui.session.commands.week import flip_weather
from tui.session.copying import COMMAND, WEIGHTS, copyables
from tui.session.course import course_of
from tui.session.guessing import Guesses
from tui.session.reply import Reply
from tui.session.session import Session


def guessing(lesson: int = 3) -> tuple[Session, Guesses]:
    session = session_of()
    LESSON_COMMANDS[lesson - 1](session)
    guess(session)
    assert session.guesses is not None
    return session, session.guesses


def told(reply: Reply) -> str:
    return "\n".join(reply.for_lines)


def test_what_was_seen_is_not_asked_and_what_comes_is() -> None:
    session, _guesses = guessing()
    assert not session.simulation.asked
    next_step(session)
    assert session.simulation.asked
    assert session.simulation.current_step.result.is_asked_for
    assert not session.simulation.is_cooked(0)
    previous_step(session)
    assert not session.simulation.asked
    guess(session, "off")
    next_step(session)
    assert not session.simulation.asked


def test_a_right_answer_uncovers_and_so_does_a_wrong_one_which_gets_a_sentence() -> None:
    session, guesses = guessing()
    next_step(session)
    assert told(answer(session, "1")) == "Right: 1."
    assert not session.simulation.asked
    next_step(session)
    assert told(answer(session, "1")).splitlines() == [
        "Not quite: you said 1, and it is 2.",
        "same: pasta: 1 (food product) + 1 (weather product) = 2.",
    ]
    assert (guesses.right, guesses.given) == (1, 2)
    with pytest.raises(InputError, match="No page of the course is open"):
        answer(session, "1")


@pytest.mark.parametrize(
    ("lesson", "day", "step", "typed", "why"),
    [
        (3, 1, 3, "2", "That is the entry"),
        (3, 1, 3, "-1", "The sign is the other one"),
        (3, 1, 6, "pasta", "pasta was yesterday; the weather asks for another rule today."),
        (3, 1, 6, "salad", "The largest score decides, and that is the one of burger."),
    ],
)
def test_wrong_answers_that_people_give_have_sentences_of_their_own(
    lesson: int, day: int, step: int, typed: str, why: str
) -> None:
    session, _guesses = guessing(lesson)
    session.walk(session.simulation.go_to(day, step - 1))
    assert why in told(answer(session, typed))


def test_next_shows_what_is_asked_and_then_goes_on() -> None:
    session, guesses = guessing()
    next_step(session)
    assert told(next_step(session)) == "It is 1."
    assert (session.simulation.step, session.simulation.asked) == (1, False)
    next_step(session)
    assert (session.simulation.step, session.simulation.asked) == (2, True)
    assert told(show_me(session)) == "It is 2."
    assert guesses.given == 0


def test_what_is_no_answer_leaves_it_covered() -> None:
    session, _guesses = guessing()
    next_step(session)
    with pytest.raises(InputError, match="'x' is no number"):
        answer(session, "x")
    assert session.simulation.asked


def test_the_whole_walk_asks_each_step_once_forwards_and_backwards() -> None:
    session, guesses = guessing(4)
    train(session, 3)
    if session.simulation.asked:
        show_me(session)
    for _round in range(2):
        first(session)
        seen = 0
        while not session.simulation.at_end or session.simulation.asked:
            seen += session.simulation.asked
            next_step(session)
        assert seen == (len(session.simulation.steps) * 6 - 1 if _round == 0 else 0)
    session.walk(session.simulation.turn())
    assert session.simulation.asked
    assert guesses.given == 0


def test_a_change_asks_again_where_it_changed_the_step() -> None:
    session, _guesses = guessing()
    to_step(session, "3")
    show_me(session)
    session.change(session.simulation.flip_weather(5))
    assert not session.simulation.asked
    flip_weather(session)
    assert session.simulation.asked


def test_a_guess_is_nothing_that_can_be_copied() -> None:
    session, _guesses = guessing()
    next_step(session)
    assert [one.what for one in copyables(session.simulation)] == [COMMAND, WEIGHTS]
    show_me(session)
    assert len(copyables(session.simulation)) > 2


def test_while_a_worker_trains_nothing_is_asked() -> None:
    session, _guesses = guessing(4)
    next_step(session)
    assert session.simulation.asked
    session.controls = replace(session.controls, running=True)
    session.show_moment(session.moment)
    assert not session.simulation.asked


def test_a_page_of_the_course_asks_by_itself() -> None:
    session, _guesses = guessing()
    next_step(session)
    commands.open_course(session, "3.5")
    assert not session.simulation.asked
    assert course_of(session).covered(session)
    assert lines(answer(session, "0 0 1 2 1 1")).startswith("Right")
    next_step(session)
    assert session.simulation.asked
