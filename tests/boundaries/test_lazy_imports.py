"""What a command does not need is not loaded: help answers before numpy or Textual could have been."""

import pytest

from tests.boundaries.test_core_imports import loaded_by


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_loads_neither_textual_nor_numpy(option: str) -> None:
    statement = (
        "import contextlib, io, tui.cli.main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        f"    tui.cli.main.main([{option!r}])\n"
    )
    assert not loaded_by(statement) & {"textual", "rich", "numpy"}


@pytest.mark.parametrize("words", [["cook", "--json"], ["extract", "--json"], ["extract", "--dot"]])
def test_data_needs_no_screen(words: list[str]) -> None:
    statement = (
        "import contextlib, io, tui.cli.main\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        f"    tui.cli.main.main({words!r})\n"
    )
    assert "numpy" in loaded_by(statement)
    assert "textual" not in loaded_by(statement)


def test_the_opening_is_painted_before_numpy_is_loaded() -> None:
    statement = (
        "import asyncio, sys, threading\n"
        "from tui.app.app import RoommateApp\n"
        "import tui.app.run, tui.cli.screen, tui.terminal.driver\n"
        "async def paint():\n"
        "    app = RoommateApp(find_state=lambda: None)\n"
        "    app.prepare = go_on.wait\n"
        "    async with app.run_test() as pilot:\n"
        "        assert 'begin with lesson 1' in app.screen.query_one('OpeningPanel').render().plain\n"
        "        loaded.update(sys.modules)\n"
        "        go_on.set()\n"
        "loaded, go_on = {}, threading.Event()\n"
        "asyncio.run(paint())\n"
        "assert 'numpy' not in loaded and 'tui.screens.walk' not in loaded\n"
    )
    assert "textual" in loaded_by(statement)
