"""Kept lines: of a widget only what is dirty is painted, and what is shown is always the truth."""

from __future__ import annotations

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from tests.tui.screen import strips
from tui.terminal.kept_lines import KeptLines


class Lines(KeptLines):
    """Shows some lines in a frame, and knows which of them it was asked for."""

    DEFAULT_CSS = "Lines { height: 1fr; border: round red; }"

    def __init__(self) -> None:
        super().__init__()
        self.lines = ["one", "two", "three", "four", "five", "six"]
        self.asked: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.asked.append(y)
        return Strip([Segment(self.lines[y] if y < len(self.lines) else "", self.visual_style.rich_style)])


class Page(App[None]):
    """Nothing but lines."""

    def compose(self) -> ComposeResult:
        yield Lines()


def shown(app: Page) -> list[str]:
    return [strip.text.strip("│ ") for strip in strips(app)[1:7]]


async def test_only_dirty_lines_are_asked_for_again() -> None:
    app = Page()
    async with app.run_test(size=(20, 8)) as pilot:
        lines = app.query_one(Lines)
        assert shown(app) == lines.lines
        for changed in ([1], [0, 1, 4], [5], [0, 5]):
            for y in changed:
                lines.lines[y] += "!"
            lines.asked.clear()
            lines.repaint(*(Region(0, y, 18, 1) for y in changed))
            app.screen.check_idle()
            await pilot.pause()
            assert lines.asked == changed
            assert shown(app) == lines.lines
            assert lines.asked == changed  # though all of the screen was painted


async def test_whatever_textual_paints_anew_is_painted_anew() -> None:
    app = Page()
    async with app.run_test(size=(20, 8)) as pilot:
        lines = app.query_one(Lines)
        for change in ("refresh", "colour", "size"):
            lines.asked.clear()
            if change == "refresh":
                lines.refresh()
            elif change == "colour":
                lines.styles.background = "blue"
            else:
                await pilot.resize_terminal(30, 8)
            await pilot.pause()
            assert sorted(set(lines.asked)) == list(range(6)), change
            assert shown(app) == lines.lines


async def test_a_name_on_the_frame_paints_the_frames_line_alone() -> None:
    app = Page()
    async with app.run_test(size=(20, 8)) as pilot:
        lines = app.query_one(Lines)
        lines.asked.clear()
        lines.name_frame(above=Content("above"), below=Content("below"))
        app.screen.check_idle()
        await pilot.pause()
        top, *_middle, bottom = (strip.text for strip in strips(app))
        assert ("above" in top, "below" in bottom) == (True, True)
        lines.name_frame(above=Content(""))
        app.screen.check_idle()
        await pilot.pause()
        top, *_middle, bottom = (strip.text for strip in strips(app))
        assert ("above" in top, "below" in bottom) == (False, True)
        assert lines.asked == []
