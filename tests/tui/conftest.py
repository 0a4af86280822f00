"""What the tests of the screen share: a way to read panels, and SVG snapshots."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.app import App
from textual.pilot import Pilot

from tui.screens.walk import WalkScreen
from tui.widgets.panel import Panel


class SvgExtension(SingleFileSnapshotExtension):
    """One SVG file a snapshot, so that pictures can be looked at and shown in the README."""

    _write_mode = WriteMode.TEXT
    file_extension = "svg"


def stable_svg(app: App[None]) -> str:
    """The screen as SVG without what differs from run to run, and without fonts fetched from the network."""
    svg = app.export_screenshot()
    svg = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", svg)
    return re.sub(r"terminal-\d+-", "terminal-", svg)


@pytest.fixture
def svg_snapshot(snapshot: SnapshotAssertion) -> Callable[[App[None]], bool]:
    """Compare the screen with the stored picture."""
    pictures = snapshot.use_extension(SvgExtension)
    return lambda app: bool(stable_svg(app) == pictures)


def shown(pilot: Pilot[None], selector: str) -> str:
    """The text of a panel as it was last drawn."""
    return pilot.app.screen.query_one(selector, Panel).render().plain


def walk(pilot: Pilot[None]) -> WalkScreen:
    """The main screen, wherever it is on the stack."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, WalkScreen))
