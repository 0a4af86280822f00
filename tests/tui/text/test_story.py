"""The pages that come with the program: every one is true of every roommate for which it claims to be."""

from functools import cache
from pathlib import Path

import pytest

from model.course.functions import FUNCTIONS
from model.course.here import Here
from model.course.kinds import Kind
from model.course.page import Page
from model.course.place import OPTIONS
from model.course.sections import OFTEN, ONCE
from model.course.training import Trainings
from model.course.values import AnyOf
from model.errors import FileError, InputError
from model.storage.scenarios import find_scenario, shipped
from tests.model.course.right_answers import one_right
from tui.text.course import course_in, filled, lit_said, need_telling, own_course, said
from tui.text.glyphs import ASCII, UNICODE
from tui.text.language import speak
from tui.text.lesson_pages import all_words
from tui.text.manual import source

COURSE = own_course()
PAGES = [*COURSE.pages, *COURSE.exercises.values()]
TRAININGS = Trainings()


def claims(page: Page) -> list[str]:
    """The roommates that a page claims to hold for, each by the name of its scenario."""
    if page.place is None:
        return []
    if page.place.scenario:
        return [page.place.scenario]
    return [name for name in shipped() if page.holds_for(name) and not needs_two_weathers(page, name)]


def needs_two_weathers(page: Page, name: str) -> bool:
    """Whether the page gives way to that of the lecture's roommate: it speaks of a second weather."""
    return page.name in {"1.1", "1.4"} and len(find_scenario(name).roommate.weathers) == 1


@cache
def here(page: Page, name: str) -> Here:
    assert page.place is not None
    simulation, _run = page.place.open(*page.scenario_for(find_scenario(name), "" if name == "lecture" else name))
    return Here(simulation, TRAININGS)


WALKED = [(page, name) for page in PAGES for name in claims(page)]


@pytest.mark.parametrize(("page", "name"), WALKED, ids=lambda one: one if isinstance(one, str) else one.name)
def test_a_page_can_be_told_asked_and_answered(spoken: str, page: Page, name: str) -> None:
    at, page = here(page, name), own_course().named(page.name)
    for glyphs in (UNICODE, ASCII):
        texts = [filled(text, at, glyphs) for text in (page.told, page.reveal, *page.hints)]
        lit_said(page, at, glyphs)
        assert all("{" not in text and "}" not in text for text in texts)
    question = page.question
    if question is None or question.right is None:
        return
    truth = question.right.value(at)
    first = one_right(truth)
    typed = said(first, question.right.type, at, UNICODE)
    if question.kind.kind in {Kind.NUMBER, Kind.NUMBERS}:  # a person may write more digits than a page
        typed = " ".join(map(repr, map(float, first.values))) if hasattr(first, "values") else repr(float(str(first)))
    assert question.kind.is_right(question.kind.read(typed, truth, at), truth, at), (typed, truth)
    assert filled(question.ask, at, UNICODE).endswith((".", "?"))
    options = [filled(option, at, UNICODE) for option in question.options]
    assert len({*options}) == len(options)
    for foreseen in question.foreseen:
        assert filled(foreseen.text, at, UNICODE).endswith((".", "?"))
        if name == "lecture":
            assert not question.kind.is_right(foreseen.answer.value(at), truth, at), foreseen.answer.text


@pytest.mark.parametrize("name", ["1.1", "1.4"])
def test_a_page_of_two_weathers_says_that_it_cannot_be_told_of_one(name: str) -> None:
    page = COURSE.named(name)
    with pytest.raises(InputError, match="not one of the whole numbers"):
        need_telling(page, here(page, "hello"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pages_of_the_lesson_that_trains_hold_for_other_seeds(seed: int) -> None:
    for page in COURSE.pages:
        if page.place is None or not page.place.trains or page.seeds or page.order[0] > 5:
            continue
        if page.name in {"4.7", "4.8"}:  # their runs take a second for each seed
            continue
        simulation, _run = page.place.open(seed=seed)
        at = Here(simulation, TRAININGS)
        assert page.question is not None
        assert page.question.right is not None
        assert not isinstance(page.question.right.value(at), AnyOf)
        assert filled(page.told, at, UNICODE)
        assert filled(page.reveal, at, UNICODE)


def words_read(page: Page) -> int:
    """How many words a page has that are read: told, asked and revealed."""
    question = page.question
    texts = [page.told, page.reveal, *((question.ask, *question.options) if question else ())]
    return sum(text.words for text in texts)


def test_lessons_1_to_5_take_less_than_fifty_minutes(spoken: str) -> None:
    story = tuple(page for page in own_course().pages if page.order[0] <= 5)
    assert len(story) == 37
    minutes = sum(words_read(page) / 200 + (10 / 60 if page.question else 0) for page in story)
    assert 10 < minutes < 50


def test_every_page_has_what_a_page_needs(spoken: str) -> None:
    for page in own_course().pages:
        assert page.title, page.name
        assert page.told, page.name
        assert page.say, page.name
        assert page.question or page.exercises or page.name in {"7.6"}, page.name
        if page.question:
            assert page.reveal, page.name
            assert page.hints, page.name


def test_every_exercise_belongs_to_a_page_and_can_be_done() -> None:
    assert [*COURSE.exercises] == [
        *(f"E{number}" for number in range(1, 21)),
        *(f"F{number}" for number in range(1, 10)),
    ]
    for exercise in COURSE.exercises.values():
        page = COURSE.of_exercise(exercise)
        assert page is not None, exercise.name
        assert exercise.parts or exercise.question or page.question, exercise.name


def test_the_story_has_the_words_of_the_glossary(spoken: str) -> None:
    told = " ".join(str(part) for page in own_course().pages for part in page.told.parts).casefold()
    known = [word for word in all_words() if word.casefold() in told]
    assert len(known) > 10


def test_a_folder_of_ones_own_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("## 1.1 Mine\ntold: Words.\n")
    (tmp_path / "notes.txt").write_text("no page")
    assert [page.title for page in course_in(str(tmp_path)).pages] == ["Mine"]
    (tmp_path / "b.md").write_text("## 1.2 Bad\ntold: x\nlit: q\n\n## 1.1 Again\ntold: y\n")
    with pytest.raises(FileError) as told:
        course_in(str(tmp_path))
    assert "b.md, line 3" in str(told.value)
    assert "b.md, line 5" in str(told.value)


def test_every_fault_is_named_with_its_file_and_line_those_of_a_translation_too(tmp_path: Path) -> None:
    (tmp_path / "pt").mkdir()
    (tmp_path / "a.md").write_text("## 1.1 Mine\nask: How {q}?\nanswer: nimber\nright: dayz\nwrng: a | b\n")
    (tmp_path / "pt" / "a.md").write_text("## 1.1 Meu\n\ntold: Olha {zz}.\n")
    speak("pt")
    try:
        with pytest.raises(FileError) as told:
            course_in(str(tmp_path))
    finally:
        speak("en")
    for place in ("a.md, linha 2, ask", "a.md, linha 3, answer", "a.md, linha 4, right", "a.md, linha 5:"):
        assert f"  {place}" in str(told.value)
    assert "  pt/a.md, linha 3, told" in str(told.value)


@pytest.mark.parametrize("fault", ["none", "file", "binary", "large", "many"])
def test_a_folder_that_is_no_course_is_a_sentence(tmp_path: Path, fault: str) -> None:
    folder = tmp_path / "course"
    if fault == "file":
        folder.write_text("x")
    elif fault != "none":
        folder.mkdir()
    if fault == "binary":
        (folder / "a.md").write_bytes(b"\0\1\2")
    if fault == "large":
        (folder / "a.md").write_bytes(b"x" * (2**18 + 1))
    if fault == "many":
        for number in range(51):
            (folder / f"{number}.md").write_text("x")
    with pytest.raises(FileError, match="course"):
        course_in(str(folder))


def test_the_manual_names_every_function_and_every_key_of_a_page(spoken: str) -> None:
    page = source("course")
    missing = [name for name in FUNCTIONS if "." not in name and f"`{name}`" not in page and f"`{name}(" not in page]
    assert missing == []
    assert [key for key in (*ONCE, *OFTEN) if f"`{key}`" not in page] == []
    assert [kind for kind in Kind if kind not in page] == []
    assert [option for option in OPTIONS if option not in page] == []
