"""A talk is given with a clicker's keys, and followers' screens show it, answer, wander off and come back."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.classroom.conftest import folder
from tests.tui.conftest import walk
from tui import __version__
from tui.app.app import RoommateApp
from tui.classroom.places import own_folder
from tui.classroom.publisher import Publisher
from tui.screens.class_page import ClassPageScreen
from tui.screens.course import CourseScreen
from tui.screens.notes import NotesScreen
from tui.screens.talk import BlackScreen, TalkScreen
from tui.session.commands.course import open_course
from tui.session.course import course_of
from tui.session.room import Room

__all__ = ["folder"]

PATIENT = 20.0


def lecturing(page: str = "", *, publisher: Publisher | None = None, talk: bool = False) -> RoommateApp:
    app = RoommateApp(presenting=talk)
    app.lecturer, app.room = True, None if publisher is None else Room(publisher)
    app.beginning = (lambda session: open_course(session, page)) if page else None
    return app


def following(*, notes: bool = False) -> RoommateApp:
    app = RoommateApp()
    app.room, app.notes = Room(follow="rnn"), notes
    return app


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait for what another thread brings."""
    end = asyncio.get_running_loop().time() + PATIENT
    while not holds():
        assert asyncio.get_running_loop().time() < end, "it does not become true"
        await pilot.pause(0.01)


def on_page(pilot: Pilot[None]) -> str:
    page = course_of(walk(pilot).session).page
    return "" if page is None else page.name


def words(pilot: Pilot[None], selector: str = "#page") -> str:
    return "".join(str(one.render()) for one in pilot.app.screen.query(selector).results(Static))


async def test_a_whole_talk_is_given_with_two_keys() -> None:
    """Every page is told, every question asked and then answered, in order; nothing else is pressed."""
    async with lecturing("1.1", talk=True).run_test(size=(100, 30)) as pilot:
        pages = course_of(walk(pilot).session).course.pages
        for page in pages:
            assert isinstance(pilot.app.screen, TalkScreen)
            assert on_page(pilot) == page.name
            covered = page.question is not None and page.question.right is not None
            if covered:
                assert not course_of(walk(pilot).session).answered
                await pilot.press("pagedown")
                assert on_page(pilot) == page.name
            assert course_of(walk(pilot).session).answered or not covered
            if page is not pages[-1]:
                await pilot.press("pagedown")
        await pilot.press("pageup")
        assert on_page(pilot) == pages[-2].name


async def test_the_screen_is_black_until_the_next_key() -> None:
    async with lecturing("1.2", talk=True).run_test(size=(80, 24)) as pilot:
        for black in ("b", "full_stop"):
            await pilot.press(black)
            assert isinstance(pilot.app.screen, BlackScreen)
            await pilot.press("pagedown")
            assert isinstance(pilot.app.screen, TalkScreen)
            assert on_page(pilot) == "1.2"
        assert not course_of(walk(pilot).session).answered, "what was covered is covered still"


async def test_a_talk_has_no_chrome() -> None:
    async with lecturing("1.2", talk=True).run_test(size=(80, 24)) as pilot:
        screen = walk(pilot)
        assert not screen.query_one("#title").display
        assert not screen.query_one("#keys").display
        assert pilot.app.theme == "roommate-projector"


async def test_a_follower_sees_answers_wanders_and_comes_back(folder: Path) -> None:
    publisher = Publisher(own_folder(), "rnn", version=__version__)
    try:
        async with (
            lecturing("3.1", publisher=publisher).run_test(size=(120, 40)) as talk,
            following().run_test(size=(80, 24)) as pilot,
        ):
            await until(pilot, lambda: isinstance(pilot.app.screen, ClassPageScreen) and on_page(pilot) == "3.1")
            await until(pilot, lambda: "schedule" in words(pilot))
            await talk.press("K")
            await until(pilot, lambda: course_of(walk(pilot).session).hands)
            await until(pilot, lambda: pilot.app.screen.query_one("#answer").display)
            await pilot.press(*"burger burger salad pasta pasta burger".replace(" ", ","), "enter")
            await until(talk, lambda: "1 of 1 has answered" in words(talk, "#said"))
            await talk.press("enter")
            await until(pilot, lambda: "Right" in words(pilot, "#said"))
            await pilot.press("escape", "n", "w")
            assert not walk(pilot).session.following.live  # type: ignore[union-attr]
            own = walk(pilot).simulation
            await talk.press("right")
            await until(pilot, lambda: walk(pilot).session.following.latest.page.name == "3.2")  # type: ignore[union-attr]
            assert walk(pilot).simulation is own
            await pilot.press("F")
            await until(pilot, lambda: isinstance(pilot.app.screen, ClassPageScreen) and on_page(pilot) == "3.2")
            assert isinstance(talk.app.screen, CourseScreen)
    finally:
        publisher.close()


async def test_the_notes_turn_with_the_class(folder: Path) -> None:
    publisher = Publisher(own_folder(), "rnn", version=__version__)
    try:
        async with (
            lecturing("3.1", publisher=publisher).run_test(size=(120, 40)) as talk,
            following(notes=True).run_test(size=(60, 20)) as pilot,
        ):
            assert isinstance(pilot.app.screen, NotesScreen)
            await until(pilot, lambda: "Say:" in words(pilot, "#notes"))
            assert "covered" in words(pilot, "#notes")
            await talk.press("enter")
            await until(talk, lambda: course_of(walk(talk).session).answered)
            await talk.press("enter")
            await until(pilot, lambda: "Page 3.2" in words(pilot, "#notes"))
    finally:
        publisher.close()
