"""The course on the screen: a page beside or under the walk, answered in a field or by a letter."""

from __future__ import annotations

import pytest
from textual.geometry import Size
from textual.pilot import Pilot
from textual.widgets import Static

from model.language import _
from tests.tui.conftest import walk
from tests.tui.session.test_course import TRAININGS, right_answer
from tui.app.app import RoommateApp
from tui.screens.course import CourseScreen, room_for_page
from tui.screens.stage import Taken
from tui.session.commands.course import open_course
from tui.session.commands.weights import set_value
from tui.session.course import course_of
from tui.widgets.choices import Choices
from tui.widgets.text_field import Entry


def text(pilot: Pilot[None], of: str) -> str:
    return str(pilot.app.screen.query_one(of, Static).content)


def title(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#course")._border_title)


async def test_a_page_is_asked_answered_and_left(app: RoommateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert isinstance(app.screen, CourseScreen)
        assert title(pilot).startswith("1.1 The perfect roommate · page 1 of 56")
        await pilot.press(*"salad", "enter")
        assert "Not quite: you said salad" in text(pilot, "#said")
        assert not app.screen.query_one("#answer").display
        await pilot.press("enter")
        assert title(pilot).startswith("1.2 ")
        await pilot.press(*"x", "enter")
        assert "no numbers" in text(pilot, "#said")
        assert app.screen.query_one("#answer").display
        await pilot.press("tab")
        assert "As many places" in text(pilot, "#said")
        await pilot.press("escape")
        assert not isinstance(app.screen, CourseScreen)
        assert walk(pilot).simulation.situation.lesson == 1
        await pilot.press("3", "i")
        await pilot.pause()
        assert title(pilot).startswith("1.2 ")
        assert walk(pilot).simulation.situation.lesson == 1
        await pilot.press("left")
        assert title(pilot).startswith("1.1 ")
        await pilot.press("left")
        assert "the first page" in text(pilot, "#said")


async def test_an_exercise_is_told_done_by_hand_and_judged(app: RoommateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        walk(pilot).do(open_course, "1.5")
        await pilot.pause()
        await pilot.press("c")
        assert "not yet" in text(pilot, "#said")
        await pilot.press("e")
        assert title(pilot).startswith("E2 ")
        set_value(walk(pilot).session, "Weather", "3", "2", "2")
        await pilot.press("c")
        assert "done, as well as can be" in text(pilot, "#said")
        await pilot.press("enter")
        assert title(pilot).startswith("1.5 ")


def seen(pilot: Pilot[None]) -> str:
    """What the walk draws, line by line."""
    return "\n".join(strip.text for strip in walk(pilot)._compositor.render_strips())


async def test_the_network_stays_in_sight_with_what_is_asked_covered_until_it_is_answered(app: RoommateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        walk(pilot).do(open_course, "3.5")
        await pilot.pause()
        await pilot.pause()
        assert next(row for row in seen(pilot).splitlines() if "s🍔" in row).count("?") == 1
        assert seen(pilot).count("?") == 7  # the six sums, and the dish
        await pilot.press("enter")
        await pilot.pause()
        assert seen(pilot).count("?") == 1
        assert "┃  2┃" in seen(pilot)
        await pilot.press("down")
        await pilot.press("escape")
        await pilot.pause()
        assert "m view" in seen(pilot)


async def test_answers_that_can_be_listed_are_picked_with_a_cursor_or_the_mouse(app: RoommateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for page, keys, answers, verdict in (
            ("1.1", ("down", "down"), 3, "Right: burger"),
            ("1.1", ("up",), 3, "you said salad"),
            ("2.4", ("up", "up"), 3, "you said b) 54"),
            ("3.2", ("down",), 0, ""),
        ):
            walk(pilot).do(open_course, page)
            await pilot.pause()
            assert len(app.screen.query_one(Choices).answers) == answers, page
            if answers:
                await pilot.press(*keys, "enter")
                assert verdict in text(pilot, "#said")
            await pilot.press("escape")
        walk(pilot).do(open_course, "2.4")
        await pilot.pause()
        await pilot.click(Choices, offset=(6, 2))
        assert "you said c) 6" in text(pilot, "#said")
        await pilot.click(Choices, offset=(6, 0))
        assert "you said c) 6" in text(pilot, "#said")  # it was answered
        walk(pilot).do(open_course, "1.1")
        await pilot.pause()
        await pilot.press(*"sal", "right", "down", "enter")  # the cursor takes the place of what was typed
        assert "you said pasta" in text(pilot, "#said")


async def test_a_letter_answers_a_choice(app: RoommateApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        walk(pilot).do(open_course, "2.4")
        await pilot.pause()
        await pilot.press("c")
        await pilot.pause()
        assert text(pilot, "#said").startswith("✗ Not quite: you said c)")
        assert app.screen.query_one("#course").region.width <= 60


async def test_a_panel_that_has_the_answer_says_that_it_is_covered(app: RoommateApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        walk(pilot).do(open_course, "4.2")
        await pilot.pause()
        await pilot.pause()
        assert seen(pilot).count("Covered until the question is") == 3  # the loss, the cases, and what happens
        assert "days right" not in seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "Covered" not in seen(pilot)
        assert "2 of 6 cases are right" in seen(pilot)


async def test_a_page_goes_where_there_is_room_when_the_terminal_changes(app: RoommateApp) -> None:
    async with app.run_test(size=(130, 45)) as pilot:
        walk(pilot).do(open_course, "3.5")
        await pilot.pause()
        for size in ((100, 30), (40, 12), (130, 45)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            taken, region = room_for_page(Size(*size)), app.screen.query_one("#course").region
            assert region.size == (taken.columns or size[0], taken.rows or size[1])
            assert walk(pilot).taken == taken
            assert "3.5 Add" in title(pilot)
        keys = text(pilot, "#hint")
        assert all(key in keys for key in ("Enter", "Tab", "Esc", "▸", "◂"))


async def test_the_whole_course_can_be_answered_on_the_screen(spoken: str, app: RoommateApp) -> None:
    size = (80, 24) if spoken == "en" else (40, 12)  # under the walk, and in its place
    async with app.run_test(size=size) as pilot:
        await pilot.press("i")
        await pilot.pause()
        screen, session = app.screen, walk(pilot).session
        course = course_of(session)
        course.trainings = TRAININGS
        seen = []
        for page in course.course.pages:
            assert title(pilot).startswith(f"{page.name} ")
            seen.append(page.name)
            if page.question is not None:
                typed = right_answer(session, page)
                if page.question.options:
                    await pilot.press(typed)
                else:
                    screen.query_one(Entry).value = typed
                    await pilot.press("enter")
                assert text(pilot, "#said").startswith("✓ ") or page.question.right is None, (page.name, typed)
                assert course.answered
            await pilot.press("right")
        assert seen == [page.name for page in course.course.pages]
        told = _("That was the last page: {summary}").partition("{")[0]
        assert told in text(pilot, "#said")
        done = sum(page.question is not None for page in course.course.pages)
        assert done == sum(bool(answer["right"]) for answer in course.progress.answers.values())


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (100, 60), (119, 20), (120, 12), (250, 70)])
def test_a_page_takes_at_most_half_of_the_terminal_or_all(size: tuple[int, int]) -> None:
    taken = room_for_page(Size(*size))
    assert taken.columns <= size[0] // 2
    assert taken.rows <= size[1] // 2
    assert (taken == Taken()) == (size[0] < 120 and size[1] < 20)


@pytest.fixture
def app() -> RoommateApp:
    return RoommateApp()
