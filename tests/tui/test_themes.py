"""Our themes can be read: every colour of a meaning stands out from its background."""

import os
import subprocess
import sys

import pytest
from textual.color import Color
from textual.theme import Theme

from tui.themes import DARK, LIGHT, ROOMMATE_DARK, ROOMMATE_LIGHT


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2 (section 1.4.3): from 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [part / 255 for part in Color.parse(colour).rgb]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


DECORATION = {"lit", "frame"}


@pytest.mark.parametrize(("theme", "colours"), [(ROOMMATE_DARK, DARK), (ROOMMATE_LIGHT, LIGHT)])
def test_contrast(theme: Theme, colours: dict[str, str]) -> None:
    assert theme.background is not None
    for name, colour in colours.items():
        if name in DECORATION:
            continue
        least = 3.0 if name == "faint" else 4.5  # zeros and what is to come are meant to step back
        assert contrast(theme.background, colour) >= least, name
        if name != "faint":
            assert contrast(colours["lit"], colour) >= 3.0, f"{name} on the lit row"


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # WCAG's own example of just too little


def test_both_themes_name_the_same_meanings() -> None:
    assert set(DARK) == set(LIGHT)


ASK_FOR_THE_BACKGROUND = """
import asyncio
from tui.app import RoommateApp

async def main():
    app = RoommateApp()
    async with app.run_test():
        print(app.theme, app.screen.styles.background.hex)

asyncio.run(main())
"""


@pytest.mark.parametrize(("name", "background"), [("roommate-light", "#FBFBF8"), ("roommate-dark", "#12141C")])
def test_our_themes_can_be_asked_for_by_the_environment(name: str, background: str) -> None:
    """In a process of its own, because Textual reads the variable when it is imported."""
    environment = {**os.environ, "TEXTUAL_THEME": name}
    command = [sys.executable, "-c", ASK_FOR_THE_BACKGROUND]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert told.split() == [name, background]
