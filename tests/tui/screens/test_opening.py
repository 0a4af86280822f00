"""The page that opens files: the newest first, paths completed, the folder of the last time."""

import os
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from model.network.network import Network
from model.roommate.roommate import PERFECT_ROOMMATE
from model.roommate.scenario import LECTURE
from model.storage.scenarios import save_scenario
from model.storage.weights import SavedWeights, save_weights
from tests.tui.conftest import walk
from tests.tui.screen import messages
from tui.app.app import RoommateApp
from tui.screens.dialog import Box
from tui.screens.open import OpenScreen, Paths, entries
from tui.screens.pick import Rows
from tui.screens.walk import WalkScreen

ENDINGS = (".json", ".npz")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three files of weights in a folder and one below it, of known ages; and what is none."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "below").mkdir()
    saved = SavedWeights(PERFECT_ROOMMATE, Network.by_hand(PERFECT_ROOMMATE))
    for age, name in enumerate(("new.json", "middle.npz", "old.json", "below/deep.json", ".hidden.json")):
        save_weights(tmp_path / name, saved)
        os.utime(tmp_path / name, (1_700_000_000 - age, 1_700_000_000 - age))
    (tmp_path / "notes.txt").write_text("no weights")
    (tmp_path / "bad\x1b[31m.json").write_text("{}")
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "dead.json").symlink_to("nowhere")
    save_scenario(tmp_path / "mine.toml", LECTURE)
    return tmp_path


def listed(pilot: Pilot[None]) -> list[str]:
    text = str(pilot.app.screen.query_one(Rows).render())
    return [row.split("  ")[0].strip() for row in text.splitlines() if row.strip()]


def test_ordinary_files_are_listed_the_newest_first_and_folders_last(folder: Path) -> None:
    names = [found.path.name for found in entries(folder, ENDINGS)]
    assert names == ["new.json", "middle.npz", "old.json", "below"]
    assert [found.path.name for found in entries(folder, ENDINGS, "m")] == ["middle.npz"]
    assert [found.path.name for found in entries(folder, ENDINGS, ".")] == [".hidden.json"]
    assert entries(folder / "none", ENDINGS) == []


async def test_paths_are_completed(folder: Path) -> None:
    paths = Paths(ENDINGS)
    for typed, whole in (
        ("n", "new.json"),
        ("b", "below/"),
        ("below/", None),
        ("below/d", "below/deep.json"),
        (f"{folder}/o", f"{folder}/old.json"),
        ("pi", None),
        ("", None),
        ("~nobody-of-that-name/x", None),
        ("\0x/y", None),
    ):
        assert await paths.get_suggestion(typed) == whole


async def test_the_newest_is_opened_by_enter_and_its_folder_remembered(folder: Path) -> None:
    async with RoommateApp().run_test() as pilot:
        await pilot.press("L")
        await pilot.pause()
        assert isinstance(pilot.app.screen, OpenScreen)
        assert listed(pilot) == ["new.json", "middle.npz", "old.json", "below/"]
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
        assert listed(pilot) == ["deep.json"]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WalkScreen)
        assert walk(pilot).session.timeline.past
        await pilot.press("L")
        await pilot.pause()
        assert pilot.app.screen.query_one(Input).value == f"{folder / 'below'}/" or listed(pilot) == ["deep.json"]


async def test_what_is_typed_is_opened_and_tab_completes(folder: Path) -> None:
    (folder / "old.json").write_text("{")
    async with RoommateApp().run_test() as pilot:
        await pilot.press("L", *"ol", "tab")
        await pilot.pause()
        assert pilot.app.screen.query_one(Input).value == "old.json"
        await pilot.press("enter")
        await pilot.pause()
        assert any("old.json" in message for message in messages(pilot))
        assert not walk(pilot).session.timeline.past
        await pilot.press("L", *"nowhere.json", "enter")
        await pilot.pause()
        assert any("nowhere.json" in message for message in messages(pilot))
        await pilot.press("L", "enter", "u")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WalkScreen)


async def test_scenarios_are_picked_the_same_way(folder: Path) -> None:
    async with RoommateApp().run_test() as pilot:
        await pilot.press("3", "O", "end", "up", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, OpenScreen)
        assert listed(pilot) == ["mine.toml", "notes.txt", "below/"]  # a text may be a diary
        assert "Enter opens" in str(pilot.app.screen.query_one(Box).border_subtitle)
        await pilot.press("enter")
        await pilot.pause()
        assert walk(pilot).simulation.situation.scenario == "mine.toml"
