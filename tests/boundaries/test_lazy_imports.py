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
