"""Pictures of the screen, stored as text, and a few as SVG files; ``--snapshot-update`` renews both."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.app import App
from textual.pilot import Pilot

from tests.tui.pictures.as_text import MEANINGS, as_text


class TextExtension(SingleFileSnapshotExtension):
    """One text file a picture, that is read in a diff."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


class SvgExtension(SingleFileSnapshotExtension):
    """One SVG file a picture, that the README can show."""

    _write_mode = WriteMode.TEXT
    file_extension = "svg"


def stable_svg(app: App[None]) -> str:
    """The screen as SVG without what differs from run to run, and without fonts fetched from the network."""
    svg = app.export_screenshot()
    svg = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", svg)
    return re.sub(r"terminal-\d+-", "terminal-", svg)


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Compare the screen, with its styles, with the stored text."""
    stored = snapshot.use_extension(TextExtension)

    async def compare(pilot: Pilot[None]) -> None:
        pilot.app.register_theme(MEANINGS)
        pilot.app.theme = MEANINGS.name
        await pilot.pause()
        assert as_text(pilot.app) == stored

    return compare


@pytest.fixture
def picture_in_colour(snapshot: SnapshotAssertion) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Compare the screen, in the colours of its theme, with the stored SVG file."""
    stored = snapshot.use_extension(SvgExtension)

    async def compare(pilot: Pilot[None]) -> None:
        await pilot.pause()
        assert stable_svg(pilot.app) == stored

    return compare
