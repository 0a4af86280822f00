"""Lines without detours: the terminal shows what it would show of what Textual writes."""

from __future__ import annotations

from collections.abc import Sequence

import pyte
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import CompositorUpdate
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Static

from tui.terminal.diff import TerminalDiff
from tui.terminal.kept_lines import KeptLines, Painting
from tui.terminal.line_compositor import Line, LinesUpdate, pieces

COLUMNS, ROWS = 24, 7


class Lines(KeptLines):
    """Shows some lines in a frame."""

    DEFAULT_CSS = "Lines { height: 1fr; border: round red; background: blue; }"

    def __init__(self) -> None:
        super().__init__()
        self.lines = ["one", "two 🍝", "three", "four", "five"]

    def render_line(self, y: int) -> Strip:
        return Strip([Segment(self.lines[y][:2], Style(bold=True, color="#ff0000")), Segment(self.lines[y][2:])])


class Page(Screen[None]):
    """Lines, and something that can be put before one of them."""

    def __init__(self) -> None:
        super().__init__()
        self.painting = Painting(self)

    def compose(self) -> ComposeResult:
        yield Lines()
        yield Static("before")


class Pages(App[None]):
    """That page alone."""

    CSS = """
    Page { layers: below above; }
    Static { layer: above; width: 6; height: 1; offset: 3 2; background: green; display: none; }
    """

    def get_default_screen(self) -> Page:
        return Page()


class Picture:
    """A driver with a picture of the terminal, and that terminal."""

    def __init__(self) -> None:
        self.diff = TerminalDiff(COLUMNS, ROWS)
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.Stream(self.screen)

    def draw(self, lines: Sequence[Line], console: Console) -> None:
        for x, y, strip in lines:
            self.diff.draw(x, y, pieces(strip, console))

    def write(self, data: str) -> None:
        self._stream.feed(self.diff.reduced(data))


def update(page: Screen[object], *regions: Region) -> CompositorUpdate:
    """What the screen would have written after a repaint of the lines."""
    lines = page.query_one(Lines)
    lines.repaint(*regions)
    page._compositor.update_widgets({lines})
    found = page._compositor.render_update()
    assert isinstance(found, CompositorUpdate)
    return found


async def test_lines_are_drawn_as_they_are_written() -> None:
    app = Pages()
    async with app.run_test(size=(COLUMNS, ROWS)):
        lines, console = app.screen.query_one(Lines), Console(color_system="truecolor")
        drawn, written = Picture(), Picture()
        for rows in ([0, 1, 4], [1, 2], [3], []):
            for y in rows:
                lines.lines[y] = f"{y}{lines.lines[y]}"
            lines.border_title = f"{rows}"
            found = update(app.screen, *(Region(0, y, 9, 1) for y in rows), Region(0, -1, COLUMNS, 1))
            assert isinstance(found, LinesUpdate)
            written.write(found.render_segments(console) + "\x1b[H")
            drawn.draw(found.lines, console)
            drawn.write("\x1b[H")
            assert drawn.screen.display == written.screen.display
            assert drawn.screen.buffer == written.screen.buffer
            assert drawn.diff.reduced("") == written.diff.reduced("") == ""
        assert "04" not in drawn.screen.display[1]
        assert "4five" in drawn.screen.display[5]


async def test_what_something_stands_before_is_painted_as_textual_does() -> None:
    app = Pages()
    async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
        lines, console = app.screen.query_one(Lines), Console(color_system="truecolor")
        app.screen.query_one(Static).display = True
        await pilot.pause()
        for y, covered in ((1, True), (2, False), (0, False)):
            lines.lines[y] = lines.lines[y].upper()
            found = update(app.screen, Region(0, y, 20, 1))
            assert isinstance(found, LinesUpdate) is not covered
            picture = Picture()
            picture.write(found.render_segments(console))
            assert ("before" in picture.screen.display[y + 1]) is covered
        app.screen.query_one(Static).display = False
        await pilot.pause()
        assert isinstance(update(app.screen, Region(0, 1, 20, 1)), LinesUpdate)


async def test_nothing_is_painted_twice() -> None:
    app = Pages()
    async with app.run_test(size=(COLUMNS, ROWS)):
        update(app.screen, Region(0, 1, 20, 1))
        assert app.screen._compositor.render_update() is None
