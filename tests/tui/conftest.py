"""What the tests of the screen and its words share: ways to read what it shows, and each language spoken."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from textual.content import Content
from textual.pilot import Pilot

from tests.tui.text.languages import LANGUAGES
from tui.screens.walk import WalkScreen
from tui.text import po
from tui.text.language import speak
from tui.widgets.panel import Panel

_read_once = cache(po.translation)


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each language that has pages is spoken; English again afterwards."""
    monkeypatch.setattr(po, "translation", _read_once)
    code = str(request.param)
    speak(code)
    yield code
    speak("en")


def shown(pilot: Pilot[None], selector: str) -> str:
    """The text of a panel as it was last drawn."""
    return pilot.app.screen.query_one(selector, Panel).render().plain


def frame(pilot: Pilot[None], selector: str) -> str:
    """What the frame of a panel says: its title, and what stands at its bottom."""
    panel = pilot.app.screen.query_one(selector)
    return " ".join(Content.from_markup(str(text)).plain for text in (panel.border_title, panel.border_subtitle))


def walk(pilot: Pilot[None]) -> WalkScreen:
    """The main screen, wherever it is on the stack."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, WalkScreen))
