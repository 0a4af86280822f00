"""Filters: what is known to stay as it is needs no look at it."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import DIMMED_MONOKAI
from textual.color import Color
from textual.filter import ANSIToTruecolor

from tui.terminal.filters import SHOWABLE, WhereItChanges

STAYS = [None, Style(color="#ff0000"), Style(bgcolor="#000011", bold=True)]
CHANGES = [Style(color="red"), Style(bgcolor="bright_blue"), Style(color="#ff0000", dim=True)]


def test_lines_of_known_styles_are_left_alone_and_all_others_become_what_they_should() -> None:
    asked = ANSIToTruecolor(DIMMED_MONOKAI)
    quick = WhereItChanges(asked)
    for _time in range(2):
        for background in (Color(0, 0, 0), Color(200, 0, 0)):
            for styles in ([*STAYS, *CHANGES], CHANGES, STAYS):
                line = [Segment("x", style) for style in styles]
                assert quick.apply(line, background) == asked.apply(line, background)
            assert quick.apply(line, background) is line


def test_a_line_that_steers_nothing_is_left_alone_however_often_it_comes() -> None:
    black = Color(0, 0, 0)
    for _time in range(3):
        line = [Segment("".join(["two", " words"])), Segment(" more")]
        assert SHOWABLE.apply(line, black) is line
        assert [text for text, *_rest in SHOWABLE.apply([Segment("a\x1bb")], black)] == ["ab"]
