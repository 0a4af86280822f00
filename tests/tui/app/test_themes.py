"""Our themes can be read: every colour of a meaning stands out from its background."""

import math
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich._palettes import STANDARD_PALETTE
from rich.cells import cell_len
from rich.color_triplet import ColorTriplet as RichColor
from rich.style import Style
from textual.color import Color, rgb_to_lab
from textual.content import Content
from textual.theme import Theme

from model.simulation.simulation import Simulation
from tests.tui.screen import notices
from tui.app.app import RoommateApp
from tui.app.preferences import FILE, Settings, load_settings, save_settings
from tui.app.themes import (
    CONTRAST,
    DARK,
    LIGHT,
    NO_COLOUR,
    PROJECTOR,
    ROOMMATE_DARK,
    ROOMMATE_LIGHT,
    SIXTEEN_COLOURS,
    THEMES,
    WITHOUT_COLOURS,
    fitting,
)
from tui.rendering.matrix import body
from tui.rendering.network_block import network_block
from tui.terminal.filters import FRAMES, colourless, filters, plain
from tui.text.glyphs import UNICODE


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2 (section 1.4.3): from 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [part / 255 for part in Color.parse(colour).rgb]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


DECORATION = {"lit", "frame"}


LEAST = {ROOMMATE_DARK.name: 4.5, ROOMMATE_LIGHT.name: 4.5, CONTRAST.name: 7.0, PROJECTOR.name: 7.0}
"""The contrast of text with its background, by theme: WCAG's levels AA and AAA."""


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_contrast(theme: Theme) -> None:
    least = LEAST.get(theme.name, 4.5)
    assert theme.background is not None
    colours = {name: theme.variables[name] for name in DARK}
    of_textual = {
        "foreground": theme.foreground,
        "primary": theme.primary,
        "accent": theme.accent,
        "error": theme.error,
    }
    for name, colour in (colours | of_textual).items():
        assert colour is not None
        if name in DECORATION:
            continue
        # In the usual themes zeros and what is to come are meant to step back; in a lit row nothing is faint.
        steps_back = name == "faint" and least == 4.5
        assert contrast(theme.background, colour) >= (3.0 if steps_back else least), name
        if name != "faint" or least > 4.5:
            lit = 4.0 if theme.name == SIXTEEN_COLOURS.name else 4.5  # of sixteen there is no better
            assert contrast(colours["lit"], colour) >= lit, f"{name} on the lit row"
    if least > 4.5:  # frames are seen, too
        assert contrast(theme.background, colours["frame"]) >= 3.0
        assert theme.panel is not None
        assert contrast(theme.panel, colours["muted"]) >= 7.0


MEANINGS = ("yesterday", "food", "weather", "merge", "minus", "wrong", "right")
"""Meanings of which no two share a colour, in any theme."""


def distance(one: str, other: str) -> float:
    """How far two colours are apart, in Textual's CIE-L*ab."""
    parts = [rgb_to_lab(Color.parse(colour)) for colour in (one, other)]
    return math.dist(parts[0][:3], parts[1][:3])


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_colour_has_one_meaning(theme: Theme) -> None:
    colours = {name: theme.variables[name] for name in MEANINGS} | {"keys": theme.variables["pointer"]}
    for (one, first), (other, second) in combinations(colours.items(), 2):
        assert distance(first, second) > 10, f"{one} and {other}"
    assert theme.accent == theme.variables["pointer"] == theme.variables["footer-key-foreground"]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_no_meaning_is_another_shade_of_right(theme: Theme) -> None:
    """Dark green beside bright green is told apart by those alone who see both at once."""

    def hue(name: str) -> tuple[float, float]:
        _light, a, b = rgb_to_lab(Color.parse(theme.variables[name]))[:3]
        return math.degrees(math.atan2(b, a)), math.hypot(a, b)

    right, _strength = hue("right")
    for name in {*MEANINGS, "plus", "hidden"} - {"right"}:
        angle, strength = hue(name)
        assert strength < 10 or abs((angle - right + 180) % 360 - 180) > 20, name


def test_nothing_is_faint_in_a_lit_row() -> None:
    simulation = Simulation().go_to(0, 2)  # the sum of lesson 3, with zeros in the row that is spelled out
    for lines in (body(simulation.current_step.result, UNICODE, 0).lines, *_network_lines(simulation)):
        for text in lines:
            lit = [span for span in text.spans if "on $lit" in str(span.style)]
            for span in text.spans:
                on = any(one.start <= span.start < one.end for one in lit)
                assert not (on and "$faint" in str(span.style) and text.plain[span.start : span.end].strip()), text


def _network_lines(simulation: Simulation) -> Iterator[tuple[Content, ...]]:
    for step in (simulation, simulation.next_step(), simulation.last()):
        block = network_block(step, UNICODE, 118, 16)
        assert block is not None
        yield block.lines


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # WCAG's own example of just too little


def test_all_themes_name_the_same_meanings() -> None:
    for theme in (*THEMES, WITHOUT_COLOURS):
        assert set(DARK) <= set(theme.variables)
    assert set(DARK) == set(LIGHT) == set(NO_COLOUR)


def test_sixteen_colours_are_sixteen_colours() -> None:
    """Each is one of the terminal's own, so it is not matched to a neighbour that means something else."""
    own = {colour.hex for colour in (RichColor(*entry) for entry in STANDARD_PALETTE._colors)}
    theme = SIXTEEN_COLOURS
    used = {theme.variables[name] for name in DARK} | {str(theme.background), str(theme.foreground), str(theme.panel)}
    assert used <= own
    on_lit = {theme.variables[name] for name in DARK} - {theme.variables["lit"]}
    assert all(contrast(theme.variables["lit"], colour) > 3 for colour in on_lit)


@pytest.mark.parametrize(
    ("from_environment", "remembered", "system", "no_color", "theme"),
    [
        (None, None, "256", False, "roommate-dark"),
        (None, "nord", "truecolor", False, "nord"),
        ("roommate-light", "nord", "standard", False, "roommate-light"),
        (None, "nord", "standard", False, "roommate-16"),
        ("roommate-light", "nord", "256", True, "roommate-plain"),
    ],
)
def test_the_theme_to_begin_with(
    from_environment: str | None, remembered: str | None, system: str, no_color: bool, theme: str
) -> None:
    assert fitting(from_environment, remembered, system, no_color=no_color) == theme


async def test_the_theme_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "new" / FILE
    app = RoommateApp(settings=path)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert not path.exists()  # nobody chose anything yet
        app.theme = "roommate-contrast"
        await pilot.pause()
    assert RoommateApp(settings=path).theme == "roommate-contrast"
    async with RoommateApp(settings=path).run_test() as pilot:
        pilot.app.theme = "roommate-dark"  # back to where it was before anything was remembered
        await pilot.pause()
    assert load_settings(path) == Settings("roommate-dark")


async def test_a_theme_that_cannot_be_remembered_is_said_and_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    app = RoommateApp(settings=tmp_path / "file" / FILE)
    async with app.run_test() as pilot:
        app.theme = "roommate-light"
        await pilot.pause()
        assert app.theme == "roommate-light"
        assert [notice.title for notice in notices(pilot)] == ["The theme will not be remembered"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"theme": 3}', "[" * 70_000, "\x00", '{"theme": "no such theme"}'])
def test_settings_that_cannot_be_understood_are_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / FILE
    path.write_text(text)
    assert RoommateApp(settings=path).theme == "roommate-dark"
    assert load_settings(tmp_path / "none") == Settings()
    assert not save_settings(path, Settings("nord"))
    assert load_settings(path) == Settings("nord")


@given(st.text())
def test_seven_bits_keep_every_width(text: str) -> None:
    assert plain(text).isascii()
    assert cell_len(plain(text)) == sum(map(cell_len, text))


def test_frames_in_seven_bits() -> None:
    assert plain("╭─ Week ─╮ 🍝│ é … →") == "+- Week -+ ? | e ~ >"
    assert all(cell_len(sign) == len(drawn) for sign, drawn in FRAMES.items())


def test_without_colours_what_is_lit_is_reversed_and_what_is_faint_is_dim() -> None:
    lit, faint = NO_COLOUR["lit"], NO_COLOUR["faint"]
    assert colourless(Style(color="#ffffff", bgcolor=lit, bold=True)) == Style(bold=True, reverse=True)
    assert colourless(Style(color=faint, bgcolor="#000000")) == Style(dim=True)
    assert colourless(Style(color=faint, bgcolor=lit)) == Style(reverse=True)
    assert colourless(Style(color="#ffffff", bgcolor=lit, reverse=True)) == Style()
    assert colourless(Style(color="#ffffff", bgcolor="#000000", italic=True)) == Style(italic=True)


ASK_FOR_THE_BACKGROUND = """
import asyncio
from tests.tui.screen import notices
from tui.app.app import RoommateApp

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
    output = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert output.split() == [name, background]


def test_a_filter_is_always_the_same_one_so_that_what_it_made_is_remembered() -> None:
    first, again = (filters([], no_color=True, ascii_only=True) for _call in range(2))
    assert len(first) == 3
    assert all(one is other for one, other in zip(first, again, strict=True))
