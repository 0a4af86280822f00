"""The palette finds by labels, keys and other words; its pictures of the screen go into new files alone."""

from pathlib import Path

import pytest
from textual.app import App
from textual.widgets import Input, Static

from tests.tui.conftest import shown, walk
from tests.tui.screen import messages, strips
from tui.app.app import RoommateApp
from tui.app.themes import THEMES
from tui.screens.dialog import Box
from tui.screens.help import HelpScreen
from tui.screens.palette import PaletteScreen, found
from tui.screens.questions import AskScreen
from tui.screens.walk import WalkScreen
from tui.session.commands.shared import SCREEN_COMMANDS
from tui.session.kiosk import refusal
from tui.widgets.network import NetworkPanel


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("help", "This page: what is on the screen, keys and words"),
        ("quit", "Leave the program"),
        ("exit", "Leave the program"),
        ("dark", "Theme: roommate-dark"),
        ("light", "Theme: roommate-light"),
        ("contrast", "Theme: roommate-contrast"),
        ("export", "Save the weights, or the history of lesson 4"),
        ("screenshot", "Save a screenshot"),
        ("svg", "Save a screenshot"),
        ("undo", "Take back the last change"),
        ("weather today", "Change today's weather"),
        ("w", "Change today's weather"),
        ("L", "Load weights into lesson 3, or those with a memory into 5"),
        ("setings", "Settings of training and of the way back"),
        ("lesson", "Lesson 1: the weather decides"),
        ("coffee", "Roommate: coffee"),
        ("backprop", "Backwards from the last day's error, or forwards again"),
        ("backpropagation", "Backwards from the last day's error, or forwards again"),
        ("retrain", "Start again with the same seed"),
        ("restart", "Start again with the same seed"),
        ("learning rate", "Settings of training and of the way back"),
        ("lstm", "Settings of training and of the way back"),
        ("save", "Save the weights, or the history of lesson 4"),
        ("print", "Save a screenshot"),
        ("image", "Save a screenshot"),
        ("glossary", "This page: what is on the screen, keys and words"),
        ("shortcuts", "This page: what is on the screen, keys and words"),
        ("quiz", "Guess first, or not: each step is asked before it is shown"),
        ("predict", "Guess first, or not: each step is asked before it is shown"),
        ("tutorial", "Begin the course, go on where you were, or open a page such as 3.4"),
        ("certificate", "Begin the course, go on where you were, or open a page such as 3.4"),
        ("activation function", "Another non-linearity (not in lesson 4)"),
        ("chart", "Linear or logarithmic axis of the loss"),
        ("zoom", "Closer to the step, or farther, as the frame says"),
        ("menu", "The opening: the story, every lesson, and the run that was left"),
        ("pause", "Play, pause"),
        ("next", "Next step"),
    ],
)
async def test_what_people_call_it_comes_first(typed: str, first: str) -> None:
    async with RoommateApp().run_test() as pilot:
        app = pilot.app
        assert isinstance(app, RoommateApp)
        choices = list(app.choices(app.screen))
        assert found(choices, typed)[0].title == first
        assert found(choices, typed.upper() if len(typed) > 1 else typed)[0].title == first


async def test_every_command_is_found_by_its_label_its_keys_and_its_other_words() -> None:
    async with RoommateApp().run_test() as pilot:
        app = pilot.app
        assert isinstance(app, RoommateApp)
        choices = list(app.choices(app.screen))
        assert found(choices, "") == choices
        assert found(choices, "no such command") == []
        for command in SCREEN_COMMANDS:
            for text in (command.label, command.help, *command.synonyms.split()):
                assert command.help in {choice.title for choice in found(choices, text)}, (command.name, text)
            for key in command.key_display.split():
                assert found(choices, key)[0].title == command.help


async def test_every_theme_is_a_command_everywhere() -> None:
    async with RoommateApp().run_test() as pilot:
        for theme in (THEMES[1].name, THEMES[0].name):
            await pilot.press("ctrl+p", *theme, "enter")
            await pilot.pause()
            assert pilot.app.theme == theme
            assert isinstance(pilot.app.screen, WalkScreen)
        await pilot.press("question_mark", "ctrl+p", *"light", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)
        assert pilot.app.theme == "roommate-light"
        pilot.app.search_themes()
        await pilot.pause()
        assert isinstance(pilot.app.screen, PaletteScreen)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
@pytest.mark.parametrize("keys", [[], ["4"], ["N", "enter", "b"]])
async def test_the_palette_is_in_every_footer(keys: list[str], size: tuple[int, int]) -> None:
    async with RoommateApp().run_test(size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert "^p palette" in shown(pilot, "#keys")


async def test_a_screenshot_goes_into_a_new_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with RoommateApp().run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"screenshot", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, AskScreen)
        await pilot.press("enter")
        await pilot.pause()
        picture = (tmp_path / "roommate.svg").read_text()
        assert picture.startswith("<svg")
        assert "yesterday" in picture
        assert "Search" not in picture  # the walk, not the palette that lay over it
        assert "http" not in picture.replace("http://www.w3.org", "").replace("https://www.textualize.io", "")
        (tmp_path / "roommate.svg").write_text("mine")
        await pilot.press("ctrl+p", *"screenshot", "enter")
        await pilot.pause()
        for name, sentence in (
            ("roommate.svg", "is there already"),
            ("x.png", "ends in .svg"),
            ("no/x.svg", "no/x.svg"),
        ):
            pilot.app.screen.query_one(Input).value = name
            await pilot.press("enter")
            await pilot.pause()
            assert sentence in str(pilot.app.screen.query_one("#hint", Static).render())
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, WalkScreen)
    assert [path.name for path in tmp_path.iterdir()] == ["roommate.svg"]
    assert (tmp_path / "roommate.svg").read_text() == "mine"


async def test_a_kiosk_has_no_screenshot() -> None:
    async with RoommateApp(kiosk=True).run_test() as pilot:
        app = pilot.app
        assert isinstance(app, RoommateApp)
        assert "Save a screenshot" not in {choice.title for choice in app.choices(app.screen)}
        await walk(pilot).run_action("app.save_screenshot")
        await pilot.pause()
        assert messages(pilot) == [refusal()]
        assert isinstance(app.screen, WalkScreen)


DIALOGS = ("ctrl+p", "L", "S", "O", "N", "s", "c", "e", "E")


@pytest.mark.parametrize(
    ("size", "lesson"), [((80, 24), 2), ((80, 24), 3), ((80, 24), 4), ((120, 40), 4), ((160, 50), 3)]
)
async def test_a_dialog_leaves_the_network_in_sight(size: tuple[int, int], lesson: int) -> None:
    """The week and every row of the network above it, none of them repainted; on large screens the keys below it."""
    async with RoommateApp().run_test(size=size) as pilot:
        await pilot.press(str(lesson))
        await pilot.pause()
        before = lines(pilot.app)
        below_all = "┘┛" if lesson > 2 else "🥗"
        panel = walk(pilot).query_one(NetworkPanel).region
        rows = range(panel.y + 1, panel.bottom - 1 if lesson > 2 else panel.bottom - 3)
        last = max(at for at in rows if any(sign in before[at] for sign in below_all))
        for key in (key for key in DIALOGS if key != "N" or lesson == 3):
            await pilot.press(key)
            await pilot.pause()
            assert not isinstance(pilot.app.screen, WalkScreen), key
            after, box = lines(pilot.app), pilot.app.screen.query_one(Box).region
            assert box.y > last or box.x >= panel.right or (key == "e" and size[1] == 24), "\n".join(after)
            assert 2 * box.area <= size[0] * size[1]
            assert after[: box.y] == before[: box.y] or key == "e"  # which shows the dishes of all days
            assert after[-1] == before[-1] or size[1] == 24
            await pilot.press("escape")
            assert isinstance(pilot.app.screen, WalkScreen)


def lines(app: App[None]) -> list[str]:
    return [strip.text for strip in strips(app)]
