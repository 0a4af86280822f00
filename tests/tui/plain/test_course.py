"""The course in lines: asked, read and judged as on the screen, and begun from the command line."""

import io
import re
from pathlib import Path

import pytest

from model.course.page import Text
from model.errors import InputError
from model.language import _
from model.simulation.simulation import Simulation
from model.training.config import TrainingConfig
from tests.tui.cli.test_cli import Run as Cli
from tests.tui.cli.test_cli import cli
from tui.plain.glyphs import SPOKEN
from tui.plain.grammar import find
from tui.plain.loop import Loop
from tui.plain.session import LineSession
from tui.session.run_library import Runs
from tui.text.course import own_course

__all__ = ["cli"]


def lines(*typed: str) -> str:
    out = io.StringIO()
    session = LineSession(Simulation(), SPOKEN, Runs(TrainingConfig(), None))
    assert Loop(session, io.StringIO("".join(f"{line}\n" for line in typed)), out, prompt=False).run() == 0
    return out.getvalue()


def test_a_page_is_told_without_what_answers_its_question() -> None:
    told = lines("course 3.5").partition("Page 3.5")[2]
    assert "Write the six sums" in told
    assert "Gives" not in told
    assert "2" not in told.replace("'answer ANSWER'", "").split("Question")[1].split("Answer with")[0]


def test_an_answer_uncovers_and_the_walk_goes_on_from_there() -> None:
    told = lines("course 3.5", "answer 0,0,1,2,1,1", "product")
    assert "Right: (0, 0, 1, 2, 1, 1)." in told
    assert "next day: pasta: 2" in told.partition("Right")[2]


def test_an_answer_is_typed_as_people_write() -> None:
    assert "Right" in lines("course 1.3", "answer (0, 1, 0)")
    assert "Right" in lines("course 1.4", "answer rainy burger")
    assert "Right" in lines("course 4.4", "answer 1,1 1,39")
    assert "Right" in lines("course 6.1", "answer Wednesday and Saturday")


@pytest.mark.parametrize("spoken", ["pt"], indirect=True)
@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("1.4", "rainy para burger"), ("4.4", "1,1 1,39"), ("5.1", "linha 1"), ("6.1", "quarta e sábado"),
        ("6.1", "Qua, Sab"), ("6.1", "terca e quarta-feira"), ("E17", "segunda e quarta, sexta"),
    ],
)  # fmt: skip
def test_an_answer_is_typed_as_people_write_in_portuguese(spoken: str, page: str, typed: str) -> None:
    assert "Certo" in lines(f"course {page}", f"answer {typed}")


def test_the_whole_course_can_be_walked_in_lines(spoken: str) -> None:
    course = own_course()
    told = lines("course 1.1", *["show me", "next page"] * len(course.pages))
    for page in course.pages:
        assert f"{page.name}: {page.title}" in told
    assert _("That was the last page: {summary}").partition("{")[0] in told
    refused = _("{text!r} is not a command.{near} 'help' lists them all.")
    assert refused.partition("}")[2].partition("{")[0] not in told


def test_a_choice_is_said_with_its_letter() -> None:
    assert "Right: a) 9." in lines("course 2.4", "answer a")
    assert "you said c) 6, and it is a) 9." in lines("course 2.4", "answer c")


def test_every_key_works_on_a_page_and_one_comes_back() -> None:
    told = lines("course 2.1", "1", "n", "w", "page")
    assert told.count("Page 2.1: Another roommate") == 2


@pytest.fixture(autouse=True)
def nobody_types(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))


def strings(text: Text) -> list[str]:
    return re.findall(r"'([^']+)'", "".join(part if isinstance(part, str) else "1" for part in text.parts))


ELSEWHERE = {"scenario new", "roommate-tui check FILE"}
"""What is typed at the shell."""


def test_every_command_that_a_page_names_is_one(spoken: str) -> None:
    course = own_course()
    for page in (*course.pages, *course.exercises.values()):
        texts = [page.told, page.reveal, *page.hints, *page.say, *page.asked]
        for typed in [one for text in texts for one in strings(text)]:
            if typed in ELSEWHERE or not re.fullmatch(r"[a-zA-Z][\w -]*", typed) or typed.startswith("s "):
                continue
            try:
                find(typed.split())
            except InputError as error:
                raise AssertionError(f"{page.name}: {error}") from error


# The command line


@pytest.mark.parametrize("at", ["3.5", "E2", "e17"])
def test_a_page_is_opened_from_the_command_line(cli: Cli, at: str) -> None:
    status, out, _err = cli("--plain", "--no-state", "--at", at)
    assert status == 0
    assert f"Page {at.upper()}" in out


def test_a_page_that_is_not_there_is_wrong_use(cli: Cli) -> None:
    status, _out, err = cli("--plain", "--no-state", "--at", "99.1")
    assert status == 2
    assert "There is no page '99.1'" in err


def test_a_page_says_where_it_is(cli: Cli) -> None:
    status, _out, err = cli("--plain", "--no-state", "--at", "3.5", "--lesson", "2")
    assert status == 2
    assert "leave out --lesson" in err


def test_a_page_of_training_has_the_seed_that_is_asked_for(cli: Cli) -> None:
    told = [cli("--plain", "--no-state", "--seed", seed, "--at", "4.2")[1] for seed in ("0", "7")]
    assert "here it is 0" in told[0]
    assert "here it is 7" in told[1]


def test_a_course_of_ones_own_is_opened(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "## 1.1 Mine\nat: --lesson 2\ntold: Look.\nask: How many?\nanswer: number\nright: days\n"
    )
    _status, out, _err = cli("--plain", "--no-state", "--lessons", str(tmp_path), "--at", "1.1")
    assert "Page 1.1: Mine" in out
    assert "How many?" in out


def test_all_faults_of_a_course_of_ones_own_are_told_and_nothing_is_opened(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("## 1.1 Mine\ntold: Look.\nlit: q\nfor: nobody\n")
    status, out, err = cli("--plain", "--no-state", "--lessons", str(tmp_path))
    assert status == 3
    assert not out
    assert "a.md, line 3" in err
    assert "a.md, line 4" in err


def test_the_lecturers_questions_have_no_line_of_the_answer(cli: Cli) -> None:
    _status, out, _err = cli("--plain", "--no-state", "--lecturer", "--at", "3.5")
    assert "Write the six sums" in out
    assert "answer ANSWER" not in out


def test_a_page_is_told_in_seven_bits(cli: Cli) -> None:
    _status, out, _err = cli("--plain", "--no-state", "--ascii", "--at", "1.1")
    assert out.isascii()
