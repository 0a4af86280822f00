"""Keys in, screen out: the walk through the pilot."""

import pytest
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Static

from model.simulation.lessons import LESSONS
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.steps.step import Step
from tests.tui.conftest import frame, shown, walk
from tui.app.app import RoommateApp
from tui.screens.help import HelpScreen
from tui.screens.layout import View
from tui.screens.questions import ConfirmScreen
from tui.screens.stage import MAX_NOTICE
from tui.screens.too_small import LEAST, TooSmallScreen
from tui.screens.walk import WalkScreen
from tui.session.commands.shared import SCREEN_COMMANDS
from tui.session.commands.walking import next_step, previous_step
from tui.text.glyphs import ASCII, UNICODE, Glyphs
from tui.widgets.panel import Panel

SMALL, LARGE = (80, 24), (120, 40)


def dishes(pilot: Pilot[None]) -> list[str]:
    """The dish row of the week, the starting dish first, which stands before the days."""
    _weather, chain, row, _should_be = shown(pilot, "#week").splitlines()
    words = [word.rstrip("✓") for word in row.split()[1:]]
    return [chain.split()[1].rstrip("▸"), *(word for word in words if (word.isascii() and word) or word == "·")]


async def test_a_newcomer_walks_to_the_burger_on_a_rainy_day_after_pasta() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        assert "Monday · step 1 of 6" in frame(pilot, "#network")
        assert dishes(pilot) == ["pasta", "?", "·", "·", "·", "·", "·"]
        await pilot.press(*["right"] * 8)  # through Monday, to Tuesday's sum
        assert "Tuesday · step 3 of 6" in frame(pilot, "#network")
        assert dishes(pilot) == ["pasta", "pasta", "?", "·", "·", "·", "·"]
        assert "1 (food product) + 1 (weather product) = 2" in frame(pilot, "#network")
        assert '"next day: burger"' in shown(pilot, "#narration")
        await pilot.press("right")
        assert "2 is the largest ▸ 1" in frame(pilot, "#network")
        await pilot.press("right")
        assert "0·0 + 1·0 + 0·0 + 0·0 + 1·1 + 0·0 = 1" in frame(pilot, "#network")
        assert dishes(pilot)[2] == "?"
        await pilot.press("right")
        assert dishes(pilot) == ["pasta", "pasta", "burger", "·", "·", "·", "·"]
        await pilot.press("left")
        assert dishes(pilot)[2] == "?"


@pytest.mark.parametrize(("forward", "back"), [("right", "left"), ("l", "h"), ("n", "p"), ("pagedown", "pageup")])
async def test_hands_know_different_keys(forward: str, back: str) -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press(forward, forward)
        assert walk(pilot).simulation.step == 2
        await pilot.press(back)
        assert walk(pilot).simulation.step == 1


async def test_days_first_and_last() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("right", "down", "j")
        assert (walk(pilot).simulation.day, walk(pilot).simulation.step) == (2, 1)
        await pilot.press("k", "up", "up")
        assert walk(pilot).simulation.day == 0
        await pilot.press("G")
        assert dishes(pilot) == ["pasta", "pasta", "burger", "burger", "salad", "salad", "pasta"]
        assert "6/6 days" in shown(pilot, "#title")
        await pilot.press("right")
        assert walk(pilot).simulation.at_end
        await pilot.press("g")
        assert walk(pilot).simulation == Simulation()


async def test_the_rest_of_the_week_is_revealed_and_hidden() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("v")
        assert dishes(pilot)[-1] == "pasta"
        await pilot.press("v")
        assert dishes(pilot)[-1] == "·"


async def test_weather_and_start_change_everything_and_undo_takes_each_back() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("v", "down", "w")
        assert walk(pilot).simulation.situation.week == (0, 0, 0, 1, 0, 1)
        assert dishes(pilot) == ["pasta", "pasta", "pasta", "pasta", "burger", "burger", "salad"]
        await pilot.press("d")
        assert dishes(pilot)[:2] == ["burger", "burger"]
        await pilot.press("u")
        assert dishes(pilot)[:2] == ["pasta", "pasta"]
        await pilot.press("u")
        assert walk(pilot).simulation.situation == Situation()
        await pilot.press("u")  # nothing left: said, and nothing happens
        assert walk(pilot).simulation.situation == Situation()
        await pilot.press("U", "U")
        assert dishes(pilot)[:2] == ["burger", "burger"]


async def test_days_are_added_and_removed() -> None:
    async with RoommateApp().run_test(size=LARGE) as pilot:
        await pilot.press("a", "G")
        assert "Sunday" in shown(pilot, "#week")
        await pilot.press("A", "A")
        assert walk(pilot).simulation.days == 5
        assert walk(pilot).simulation.day == 4


async def test_lessons_keep_the_week() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("w", "1")
        assert walk(pilot).simulation.situation.week[0] == 1
        assert "step 1 of 2" in frame(pilot, "#network")
        assert any("⠀" < character <= "⣿" for character in shown(pilot, "#network"))  # edges in braille
        await pilot.press("right")
        assert "burger" in dishes(pilot)
        await pilot.press("2", "G")
        assert dishes(pilot) == ["pasta", "burger", "salad", "pasta", "burger", "salad", "pasta"]


async def test_play_takes_steps_until_the_week_ends_and_pause_stops_it() -> None:
    async with RoommateApp(Simulation(day=5, step=3)).run_test(size=SMALL) as pilot:
        screen = walk(pilot)
        await pilot.press("minus", "minus", "space")  # slow: the test, not the clock, takes the steps
        assert screen.player.playing
        screen.player.step()
        assert (screen.player.playing, screen.simulation.step) == (True, 4)
        await pilot.press("space")
        assert not screen.player.playing
        await pilot.press("space")
        screen.player.step()
        assert (screen.player.playing, screen.simulation.at_end) == (False, True)
        await pilot.press("space")  # at the end: from the beginning again
        assert (screen.player.playing, screen.simulation.day) == (True, 0)
        await pilot.press("plus")
        assert screen.player.playing


async def test_another_row_is_spelled_out() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        assert "row 1" in frame(pilot, "#network")
        await pilot.press("tab")
        assert "row 2" in frame(pilot, "#network")
        await pilot.press("shift+tab", "shift+tab")
        assert "row 6" in frame(pilot, "#network")
        await pilot.press("right")
        assert "row 1" in frame(pilot, "#network")


async def test_the_mouse_points_at_days_weather_start_and_lessons() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.click("#week", offset=(31, 2))  # the border is row 0, the weather row 1, the chain row 2
        assert walk(pilot).simulation.day == 1
        await pilot.click("#week", offset=(41, 1))
        assert walk(pilot).simulation.situation.week[2] == 1
        await pilot.click("#week", offset=(4, 2))
        assert walk(pilot).simulation.situation.start == 1
        await pilot.click("#week", offset=(2, 1))  # a label: nothing
        await pilot.click("#title", offset=(14, 0))
        assert walk(pilot).simulation.situation.lesson == 1
        await pilot.click("#title", offset=(60, 0))
        assert walk(pilot).simulation.situation.lesson == 5


async def test_two_keys_go_closer_and_farther_as_the_frame_says_and_the_mouse_finds_days_there() -> None:
    async with RoommateApp(Simulation(revealed=True)).run_test(size=SMALL) as pilot:
        assert "m: closer " in frame(pilot, "#network")
        await pilot.press("m")
        assert pilot.app.screen.query_one("#stage").display
        assert "m: nodes " in frame(pilot, "#stage")
        await pilot.press("m")
        assert pilot.app.screen.query_one("#nodes").display
        assert "m: week " in frame(pilot, "#stage")
        await pilot.press("m")
        assert "m: closer " in frame(pilot, "#unrolled")
        assert "n🍝" in shown(pilot, "#unrolled")
        await pilot.click("#unrolled", offset=(50, 5))
        assert walk(pilot).simulation.day == 3
        await pilot.press("right")
        assert walk(pilot).view is View.WEEK  # who looks at the week goes on looking
        await pilot.press("M", "M", "M")
        assert walk(pilot).view is View.NETWORK
        await pilot.resize_terminal(*LARGE)
        await pilot.pause()
        assert "m: nodes · M: farther" in frame(pilot, "#network")


async def test_help_shows_every_key_and_closes() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        text = "\n".join(str(part.render()) for part in pilot.app.screen.query("Static"))
        assert [command.help for command in SCREEN_COMMANDS if command.help not in text] == []
        assert "one-hot" in text
        assert "(1, 0)" in text  # an example from the screen
        await pilot.press(*"soft")
        found = str(pilot.app.screen.query_one("#found", Static).content)
        assert "softmax" in found
        assert "Next step" not in found
        await pilot.press("q")  # is typed, and leaves neither the page nor the program
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert pilot.app.is_running


async def test_the_palette_runs_commands() -> None:
    async with RoommateApp().run_test(size=LARGE) as pilot:
        commands = {command.title: command for command in pilot.app.get_system_commands(pilot.app.screen)}
        assert {command.help for command in SCREEN_COMMANDS} <= set(commands)
        commands["Change today's weather"].callback()
        assert walk(pilot).simulation.situation.week[0] == 1


async def test_room_that_came_while_something_was_asked_is_noticed() -> None:
    async with RoommateApp().run_test(size=(39, 15)) as pilot:
        pilot.app.push_screen(ConfirmScreen("Go on?"))
        await pilot.resize_terminal(80, 24)
        assert isinstance(pilot.app.screen, ConfirmScreen)
        await pilot.press("y")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WalkScreen)


async def test_a_terminal_too_small_says_so_and_goes_on_when_it_grows() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("right", "right")
        await pilot.resize_terminal(60, 11)
        assert isinstance(pilot.app.screen, TooSmallScreen)
        sentence = str(pilot.app.screen.query_one("#too-small").render())
        assert "60×11" in sentence
        assert "40×12" in sentence
        await pilot.resize_terminal(40, 10)
        assert len(pilot.app.screen_stack) == 2
        await pilot.resize_terminal(80, 24)
        assert isinstance(pilot.app.screen, WalkScreen)
        assert walk(pilot).simulation.step == 2


async def test_too_small_from_the_start_and_quit_there() -> None:
    async with RoommateApp().run_test(size=(50, 10)) as pilot:
        assert isinstance(pilot.app.screen, TooSmallScreen)
        await pilot.press("q")
    assert pilot.app.return_code == 0


async def test_quit() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("q")
    assert pilot.app.return_code == 0


@pytest.mark.parametrize(
    ("size", "glyphs"),
    [(LEAST, UNICODE), (LEAST, ASCII), (SMALL, UNICODE), ((100, 30), UNICODE), (LARGE, UNICODE), (LARGE, ASCII)],
    ids=lambda value: "" if isinstance(value, tuple) else "icons" if value.icons else "ascii",
)
async def test_every_step_fits_the_terminal(size: tuple[int, int], glyphs: Glyphs) -> None:
    """Whole matrices and all the words, without scrolling, down to the smallest terminal that is accepted.

    The second day has every kind of step and a loss; tests/tui/rendering/test_sizes.py draws other days.
    """
    async with RoommateApp(glyphs=glyphs).run_test(size=size) as pilot:
        stage, product = pilot.app.screen.query_one("#stage"), pilot.app.screen.query_one("#product", Panel)
        narration = pilot.app.screen.query_one("#narration", Panel)
        for lesson in LESSONS:
            await pilot.press(str(lesson))
            now = walk(pilot).simulation.go_to(1, 0)
            while now.day == 1:
                walk(pilot).simulation, walk(pilot).view = now, View.PRODUCT
                await pilot.pause()
                lines = product.render().split()
                assert max(line.cell_length for line in lines) <= stage.content_size.width
                assert len(lines) <= stage.content_size.height
                if not narration.display:  # then a key shows it in place of the product
                    walk(pilot).view = View.WORDS
                    await pilot.pause()
                assert narration.content_size.height >= len(narration.render().split()) > 0
                now = now.next_step()


async def test_lines_that_did_not_change_are_not_painted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[int] = []
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.pause()  # until it is laid out
        panel = pilot.app.screen.query_one("#week", Panel)
        repaint = panel.repaint

        def counted(*regions: Region) -> None:
            painted.append(len(regions))
            repaint(*regions)

        monkeypatch.setattr(panel, "repaint", counted)
        await pilot.press("right", "right")
        assert painted == []  # the week shows the same until the dish is known
        await pilot.press("right", "right", "right")
        assert painted == [3]  # the arrow to the next day, the dish, and what it should be


async def test_every_theme_draws_and_ours_come_first() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        assert pilot.app.theme == "roommate-dark"
        for theme in pilot.app.available_themes:
            pilot.app.theme = theme
            await pilot.pause()
        assert "Tue" in shown(pilot, "#week")


async def test_a_long_week_is_windowed_around_the_cursor() -> None:
    week = tuple(day % 2 for day in range(1000))
    async with RoommateApp(Simulation(Situation(week=week), day=500)).run_test(size=SMALL) as pilot:
        assert "Wed" in shown(pilot, "#week")
        assert "[" in str(pilot.app.screen.query_one("#week").border_title)  # the days in sight among all
        assert "week 72" in frame(pilot, "#network")
        await pilot.press("G")
        assert walk(pilot).simulation.day == 999


async def test_ascii_panels_are_seven_bit() -> None:
    for lesson in LESSONS:
        app = RoommateApp(Simulation(Situation(lesson=lesson)), ASCII)
        async with app.run_test(size=LARGE) as pilot:
            for _ in range(6):
                for panel in pilot.app.screen.query(Panel):
                    assert panel.render().plain.isascii(), panel.render().plain
                await pilot.press("right")


def test_steps_have_a_page_in_their_lesson() -> None:
    from tui.text.lesson_pages import lesson_page
    from tui.text.narration import words

    for lesson in LESSONS:
        steps: tuple[Step, ...] = Simulation(Situation(lesson=lesson)).trace.steps
        assert {step.name for step in steps} <= set(lesson_page(lesson))
        for index in range(len(steps)):
            assert words(Simulation(Situation(lesson=lesson), step=index))


async def test_a_notice_is_said_once_while_it_stands_and_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    async with RoommateApp(Simulation().last()).run_test(size=SMALL) as pilot:
        screen, clock = walk(pilot), [1000.0]
        monkeypatch.setattr("tui.screens.stage.monotonic", lambda: clock[0])
        monkeypatch.setattr(screen, "notify", lambda message, **_options: said.append(message))
        for _time in range(20):
            screen.do(next_step)
        assert len(said) == 1
        screen.do(previous_step)
        screen.do(next_step)
        screen.do(next_step)
        assert len(said) == 2  # something has happened between
        clock[0] += MAX_NOTICE
        screen.do(next_step)
        assert len(said) == 3  # it has gone meanwhile
