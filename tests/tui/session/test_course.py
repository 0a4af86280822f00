"""The course in a session: it is walked from end to end, answered right, wrong and not at all; what is done stays."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from model.course.here import Here
from model.course.kinds import Kind
from model.course.page import Page
from model.course.training import Trainings
from model.course.values import Entry, Type, Vector
from model.errors import FileError, InputError
from model.language import _
from model.roommate.roommate import Roommate
from model.roommate.scenario import LECTURE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.certificates import load_certificate
from model.storage.scenarios import find_scenario
from model.training.config import TrainingConfig
from tests.model.course.right_answers import one_right
from tui.session.commands import course as commands
from tui.session.commands.lessons import LESSON_COMMANDS
from tui.session.commands.training import one_update, restart, set_setting
from tui.session.commands.weights import freeze, set_value, take
from tui.session.course import course_of
from tui.session.course_text import content_lines, page_lines
from tui.session.progress import FILE
from tui.session.reply import Reply, Then
from tui.session.run_library import Runs
from tui.session.session import Session
from tui.text.course import said
from tui.text.glyphs import UNICODE

RIGHT, NOTED = "Right: {truth}.", "Noted: {number}."
WRONG, TRUTH = "Not quite: you said {given}, and it is {truth}.", "It is {truth}."
"""What is said of an answer, and in place of one."""

TRAININGS = Trainings()
"""Runs that pages ask for are made once for all tests."""


def session_of(folder: Path | None = None, scenario: str = "") -> Session:
    found = find_scenario(scenario) if scenario else LECTURE
    situation = Situation(found.roommate, 3, found.days, found.start, scenario=scenario)
    session = Session(Simulation(situation), UNICODE, Runs(TrainingConfig(), None))
    session.course_folder = folder
    course_of(session).trainings = TRAININGS
    return session


def train(session: Session, updates: int) -> None:
    for _update in range(updates):
        one_update(session)


def lines(reply: Reply) -> str:
    return "\n".join(reply.lines)


def right_answer(session: Session, page: Page) -> str:
    """What a person types who knows it."""
    assert page.question is not None
    if page.question.right is None:
        return "67"
    here = Here(session.simulation, TRAININGS)
    truth = one_right(page.question.right.value(here))
    if isinstance(truth, Vector):
        return " ".join(map(repr, map(float, truth.values)))
    if isinstance(truth, Entry) and truth.operand.columns is None:
        return str(truth.index + 1)
    if page.question.kind.kind is Kind.ENTRIES and isinstance(truth, tuple):
        return ", ".join(str(entry.index + 1) for entry in truth)
    if isinstance(truth, float | int) and page.question.right.type is Type.NUMBER:
        return repr(float(truth))
    return said(truth, page.question.right.type, here, UNICODE)


def wrong_answer(session: Session, page: Page) -> str:
    """What a person types who is wrong: some answer of the kind that is not right."""
    assert page.question is not None
    assert page.question.right is not None
    here = Here(session.simulation, TRAININGS)
    truth = page.question.right.value(here)
    numbers = " ".join(["7777"] * (len(truth.values) if isinstance(truth, Vector) else 1))
    dishes = here.situation.roommate.dishes
    candidates: dict[Kind, list[str]] = {
        Kind.ENTRY: ["1", "2"], Kind.EDGE: ["1 1", "2 1", "1 2"],
        Kind.ENTRIES: ["1"], Kind.DISH: [*dishes], Kind.DAY: ["1", "2"], Kind.DAYS: ["1", "2 3 4"],
        Kind.DISHES: [",".join([dish] * here.simulation.days) for dish in dishes],
        Kind.NUMBER: ["7777"], Kind.NUMBERS: [numbers], Kind.CHOICE: ["a", "b"],
    }  # fmt: skip
    kind = page.question.kind
    for typed in candidates[kind.kind]:
        if not kind.is_right(kind.read(typed, truth, here), truth, here):
            return typed
    raise AssertionError(page.name)


@pytest.mark.parametrize("how", ["right", "wrong", "not at all"])
def test_the_whole_course_can_be_walked(spoken: str, how: str) -> None:
    right_said, noted, wrong_said, shown = (_(told).partition("{")[0] for told in (RIGHT, NOTED, WRONG, TRUTH))
    session = session_of()
    walk = course_of(session)
    assert commands.open_course(session).then is Then.COURSE
    seen = []
    while True:
        page = walk.open_page
        seen.append(page.name)
        told = "\n".join(page_lines(walk, session))
        assert _("Page {name}: {title}").format(name=page.name, title=page.title) in told
        if page.question is not None:
            assert walk.covered(session)
            if how == "right" or page.question.right is None:
                reply = lines(commands.answer(session, right_answer(session, page)))
                assert reply.startswith((right_said, noted)), (page.name, reply)
            elif how == "wrong":
                typed = wrong_answer(session, page)
                assert lines(commands.answer(session, typed)).startswith(wrong_said), (page.name, typed)
            else:
                assert lines(commands.show_me(session)).startswith(shown), page.name
            assert not walk.covered(session)
        if page is walk.course.pages[-1]:
            break
        commands.next_page(session)
    assert seen == [page.name for page in walk.course.pages]
    with pytest.raises(InputError, match=_("That was the last page: {summary}").partition("{")[0]):
        commands.next_page(session)
    asked = [page for page in walk.course.pages if page.question]
    right = [name for name, answer in walk.progress.answers.items() if answer["right"]]
    assert len(walk.progress.answers) == len(asked)
    assert len(right) == (len(asked) if how == "right" else 1)
    done = {"E1", "E5", "E6", "E7", "E8", "E10", "E11", "E12"}
    assert {*walk.progress.done} == (done if how == "right" else set())


def test_a_page_for_every_roommate_is_about_the_one_who_cooks_and_others_about_the_lectures() -> None:
    session = session_of(scenario="coffee")
    commands.open_course(session, "1.3")
    assert session.simulation.situation.scenario == "coffee"
    commands.open_course(session, "3.1")
    assert session.simulation.situation.roommate == LECTURE.roommate
    commands.open_course(session, "6.1")
    assert session.simulation.situation.scenario == "soup"
    commands.open_course(session, "1.1")
    assert session.simulation.situation.scenario == "coffee"


def test_a_roommate_of_whom_a_page_can_say_nothing_gives_way_to_the_lectures() -> None:
    one = Roommate("one", ("tea",), ("grey",), ((0,),), ("same",))
    session = Session(Simulation(Situation(one, 3, (0, 0))), UNICODE, Runs(TrainingConfig(), None))
    commands.open_course(session, "1.1")
    assert session.simulation.situation.roommate == LECTURE.roommate
    commands.open_course(session, "2.4")
    assert session.simulation.situation.roommate == one
    for page in course_of(session).course.pages:
        commands.open_course(session, page.name)
        assert list(page_lines(course_of(session), session))


def test_one_comes_back_to_the_page_from_wherever_one_has_gone() -> None:
    session = session_of()
    commands.open_course(session, "3.5")
    there = session.simulation
    LESSON_COMMANDS[0](session)
    assert session.simulation.situation.lesson == 1
    assert not course_of(session).covered(session)
    commands.back_to_page(session)
    assert session.simulation.situation == there.situation
    assert (session.simulation.day, session.simulation.step) == (there.day, there.step)
    assert course_of(session).covered(session)


def test_a_question_is_about_the_screen_of_its_page_wherever_one_has_gone() -> None:
    session = session_of()
    commands.open_course(session, "3.5")
    LESSON_COMMANDS[1](session)
    assert lines(commands.answer(session, "0 0 1 2 1 1")).startswith("Right")


def test_a_wrong_answer_that_was_foreseen_gets_its_sentence() -> None:
    session = session_of()
    commands.open_course(session, "3.5")
    assert "the weather's votes are missing" in lines(commands.answer(session, "0 0 1 1 0 0"))


def test_what_is_no_answer_changes_nothing() -> None:
    session = session_of()
    commands.open_course(session, "3.5")
    with pytest.raises(InputError, match="6 numbers are asked for"):
        commands.answer(session, "0")
    assert course_of(session).covered(session)
    assert not course_of(session).progress.answers


@pytest.mark.parametrize("one", [commands.answer, commands.show_me, commands.hint, commands.check, commands.notes])
def test_what_needs_a_page_says_so(one: Callable[..., Reply]) -> None:
    with pytest.raises(InputError, match="No page of the course is open"):
        one(session_of())


@pytest.mark.parametrize(("name", "part"), [("9.9", "There is no page"), ("", ""), ("E99", "There is no page")])
def test_a_page_that_is_not_there_is_a_sentence(name: str, part: str) -> None:
    session = session_of()
    if not name:
        assert commands.open_course(session).then is Then.COURSE
        return
    with pytest.raises(InputError, match=part):
        commands.open_course(session, name)


def test_hints_come_one_after_the_other() -> None:
    session = session_of()
    commands.open_course(session, "E2")
    first, second, none = (lines(commands.hint(session)) for _index in range(3))
    assert len({first, second, none}) == 3
    assert none == "There is no other hint."


def test_the_lecturer_asks_without_the_line_of_the_answer() -> None:
    session = session_of()
    commands.open_course(session, "3.4")
    assert any("answer ANSWER" in line for line in page_lines(course_of(session), session))
    commands.lecturer(session, "on")
    assert not any("answer ANSWER" in line for line in page_lines(course_of(session), session))
    assert "Say: " in lines(commands.notes(session))


# What is remembered


def test_what_is_done_is_remembered(tmp_path: Path) -> None:
    session = session_of(tmp_path)
    commands.open_course(session, "1.6")
    commands.answer(session, right_answer(session, course_of(session).open_page))
    again = session_of(tmp_path)
    commands.open_course(again)
    walk = course_of(again)
    assert walk.open_page.name == "1.6"
    assert walk.progress.done == {"E1": "done"}
    assert any("1.6 No memory: here, right" in line for line in content_lines(walk))
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"format": "roommate-course", "version": 2, "courses": {}}',
        '{"format": "roommate-course", "version": 1, "courses": []}',
        '{"format": "roommate-course", "version": 1, "courses": {"": {"page": 3}}}',
        '{"format": "roommate-course", "version": 1, "courses": {"": {"answers": {"1.1": 3}}}}',
        '{"format": "roommate-course", "version": 1, "courses": {"": {"parts": {"E1": [3]}}}}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_broken_is_told_and_kept(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    session = session_of(tmp_path)
    told = lines(commands.open_course(session))
    assert "cannot be read" in told
    assert (tmp_path / "course-unreadable-1.json").read_text() == text
    assert course_of(session).open_page.name == "1.1"
    assert json.loads((tmp_path / FILE).read_text())["courses"][""]["page"] == "1.1"
    assert not lines(commands.next_page(session))


def test_two_sessions_of_one_person_keep_what_each_has_done(tmp_path: Path) -> None:
    one, other = session_of(tmp_path), session_of(tmp_path)
    for session, name in ((one, "1.1"), (other, "1.2"), (one, "1.3")):
        commands.open_course(session, name)
        commands.answer(session, right_answer(session, course_of(session).open_page))
    answers = course_of(session_of(tmp_path)).progress.answers
    assert {name for name, answer in answers.items() if answer["right"]} == {"1.1", "1.2", "1.3"}


def test_a_folder_that_cannot_be_written_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    session = session_of(tmp_path / "file")
    assert "is not remembered" in lines(commands.open_course(session))
    assert not lines(commands.next_page(session))


def test_nothing_is_remembered_without_a_folder() -> None:
    session = session_of()
    assert not lines(commands.open_course(session))


# Exercises


def checked(session: Session, name: str) -> str:
    return lines(commands.check(session, name))


def test_an_exercise_is_judged_by_what_is_there() -> None:
    session = session_of()
    commands.open_course(session, "E2")
    assert "not yet" in checked(session, "")
    set_value(session, "Weather", "3", "2", "1")
    assert "Two dishes tie" in checked(session, "e2")
    set_value(session, "Weather", "3", "2", "2")
    assert checked(session, "E2").endswith("done, as well as can be.")
    set_value(session, "Weather", "2", "2", "0")
    assert checked(session, "E2").endswith("done.")
    assert course_of(session).progress.done["E2"] == "gold"


def test_the_circle_is_turned_round_and_one_dish_never_comes_back() -> None:
    session = session_of()
    commands.open_course(session, "E3")
    for row, column, value in ((2, 1, 0), (3, 1, 1), (3, 2, 0), (1, 2, 1), (1, 3, 0), (2, 3, 1)):
        set_value(session, "Food", str(row), str(column), str(value))
    assert checked(session, "").endswith("done.")
    commands.open_course(session, "E4")
    assert "not yet" in checked(session, "")
    for row, value in ((1, 0), (2, 1)):
        set_value(session, "Food", str(row), "3", str(value))
    assert checked(session, "").endswith("done.")


def test_one_case_is_made_another_by_food_alone() -> None:
    session = session_of()
    commands.open_course(session, "E9")
    set_value(session, "Food", "6", "3", "2")
    assert checked(session, "").endswith("done, as well as can be.")


def test_parts_are_done_one_after_the_other() -> None:
    session = session_of()
    commands.open_course(session, "E13")
    train(session, 220)
    assert "done is: it learns. Now: it blows up." in checked(session, "")
    assert "Only the learning rate may differ" in checked(session, "")
    set_setting(session, "learning_rate", "10")
    restart(session)
    train(session, 150)
    assert checked(session, "").endswith("done.")


def test_weather_alone_is_learned() -> None:
    session = session_of()
    commands.open_course(session, "E16")
    for matrix in ("food", "merge"):
        take(session, matrix, "hand")
        freeze(session, matrix)
    assert "not yet" in checked(session, "")
    train(session, 200)
    assert checked(session, "").endswith("done.")


def test_an_error_that_reaches_far_and_one_that_fades() -> None:
    session = session_of()
    commands.open_course(session, "E18")
    set_setting(session, "scale", "4")
    assert "Now: it fades" in checked(session, "") or "reach the first day" in checked(session, "")
    for seed in ("1", "2", "3", "4"):
        set_setting(session, "seed", seed)
        set_setting(session, "initial", "normal")
        if checked(session, "").endswith("done."):
            break
        set_setting(session, "scale", "0.5")
        if checked(session, "").endswith("done."):
            break
        set_setting(session, "scale", "4")
    assert course_of(session).progress.done["E18"] == "done"


def train_far(session: Session, updates: int) -> None:
    session.run.advance(updates)
    session.show_moment(session.run.moment())


def test_the_fewest_hidden_units_are_found() -> None:
    session = session_of()
    commands.open_course(session, "E14")
    set_setting(session, "hidden", "3")
    train_far(session, 300)
    assert "Now: one less" in checked(session, "")
    set_setting(session, "hidden", "2")
    train_far(session, 1400)
    assert "1,500 are needed" in checked(session, "")
    train_far(session, 100)
    assert checked(session, "").endswith("done, as well as can be.")


def test_dead_units_are_woken_by_one_setting() -> None:
    session = session_of()
    commands.open_course(session, "E15")
    train_far(session, 1000)
    assert "Now: it lives" in checked(session, "")
    set_setting(session, "initial", "positive")
    train_far(session, 200)
    assert checked(session, "").endswith("done.")


def test_the_shortest_weeks_that_teach_it_are_found() -> None:
    session = session_of()
    commands.open_course(session, "E19")
    set_setting(session, "days", "3")
    train_far(session, 150)
    assert "Now: one day less" in checked(session, "")
    set_setting(session, "days", "2")
    train_far(session, 2000)
    assert checked(session, "").endswith("done.")


def test_teacher_forcing_is_mended_by_training_on() -> None:
    session = session_of()
    commands.open_course(session, "E20")
    train_far(session, 35)
    assert "It strays on day" in checked(session, "")
    train_far(session, 165)
    assert checked(session, "").endswith("done.")


def test_an_exercise_about_a_run_says_so_where_there_is_none() -> None:
    session = session_of()
    assert "lesson 4" in checked(session, "F5")


def test_a_roommate_that_comes_with_the_program_is_not_ones_own() -> None:
    session = session_of()
    assert checked(session, "F1").endswith("done.")
    assert checked(session, "F2").endswith("done.")
    assert "comes with the program" in checked(session, "F3")
    assert "not yet" in checked(session, "F4")


def test_a_guess_counts_before_the_first_update() -> None:
    session = session_of()
    commands.open_course(session, "7.2")
    assert "4 goes there" in lines(commands.answer(session, "100"))
    assert "not yet" in checked(session, "F4")
    LESSON_COMMANDS[3](session)
    assert lines(commands.answer(session, "100")) == "Noted: 100."
    assert checked(session, "F4").endswith("done.")


# The certificate


def test_a_certificate_is_written_when_everything_holds(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'name = "tea drinker"\ndishes = ["tea", "milk", "juice"]\nweathers = ["cold", "warm"]\n[rule]\n'
        'warm = "previous"\n[rule.cold]\ntea = "juice"\nmilk = "tea"\njuice = "juice"\n'
    )
    session = session_of(scenario=str(file))
    LESSON_COMMANDS[3](session)
    commands.open_course(session, "7.2")
    path = tmp_path / "ada.json"
    with pytest.raises(InputError, match=r"Not yet\. F4: .*F5: It has not learned\. .*F9: "):
        commands.certificate(session, str(path), "Ada")
    commands.answer(session, "70")
    set_setting(session, "hold", "100")
    train(session, 140)
    assert "Now: it does not" in checked(session, "F9")
    run = session.timeline
    set_setting(session, "learning_rate", "30")
    restart(session)
    session.run.advance(1000)
    session.show_moment(session.run.moment())
    assert checked(session, "F9").endswith("done.")
    session.show(run)
    assert "Now: it does not" in checked(session, "F9")  # what was shown stays shown
    reply = commands.certificate(session, str(path), "Ada", "Lovelace")
    assert "roommate-tui check" in lines(reply)
    certificate = load_certificate(path)
    assert (certificate.name, certificate.updates, certificate.untouched) == ("Ada Lovelace", 140, True)
    assert "--update 140" in certificate.command
    with pytest.raises(FileError, match="is there already"):
        commands.certificate(session, str(path), "Ada")
    commands.certificate(session, str(path), "Ada", "overwrite")


def test_a_certificate_needs_a_file_and_a_name_and_a_kiosk_has_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="whose name"):
        commands.certificate(session_of(), "x.json")
    session = session_of()
    session.kiosk = True
    with pytest.raises(InputError, match="kiosk"):
        commands.certificate(session, str(tmp_path / "x.json"), "Ada")
