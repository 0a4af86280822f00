"""What all panels have in common: a value comes in, and only the lines that it changes are painted again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.screen import Screen
from textual.strip import Strip

from model.language import _
from model.simulation.simulation import Simulation
from tui.terminal.kept_lines import KeptLines, Painting
from tui.terminal.segments import SegmentMaker
from tui.text.glyphs import UNICODE, Glyphs


class PanelScreen(Screen[None], KeptLines):
    """A screen of panels, which all draw in one go, so that one paint shows what they have drawn."""

    _due = False

    def __init__(self) -> None:
        super().__init__()
        self._painting = Painting(self)
        self.drawn_together: list[KeptLines] = []
        """The panels, and what they stand in."""

    def hand_down(self, simulation: Simulation) -> None:
        """Have all panels draw another simulation."""
        for widget in self.drawn_together:
            if isinstance(widget, Panel):
                widget.set_reactive(Panel.simulation, simulation)
                widget.is_due = True
        self.draw_soon()

    def draw_soon(self) -> None:
        """Have the panels draw when it is the screen's turn."""
        if not self._due:
            self._due = self.call_later(self._draw)

    def _draw(self) -> None:
        self._due = False
        widgets = [widget for widget in self.drawn_together if widget.is_attached]
        for widget in widgets:
            if isinstance(widget, Panel):
                widget.draw_if_due()
        self._painting.paint(widgets)


class Panel(KeptLines):
    """Draws the simulation with a pure function; knows no other panel.

    A new simulation repaints the lines that differ, and nothing else: the others are neither made nor laid out anew.
    A panel whose height the stylesheet or the screen gives needs no layout, however many lines it draws.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Panel { text-wrap: nowrap; text-overflow: clip; border-title-color: $foreground; border-subtitle-color: $muted; }
    """

    simulation: reactive[Simulation] = reactive(Simulation, repaint=False)
    """What is drawn; the screen hands it down."""

    glyphs: reactive[Glyphs] = reactive(UNICODE, repaint=False)
    """The characters it is drawn with."""

    _lines: tuple[Content, ...] = ()
    _segments: list[list[Segment] | None]
    _maker: SegmentMaker | None = None
    _drawn_from: tuple[object, ...] = ()
    covered = ""
    """What stands in place of the drawing while a question is open that it would answer; nothing: it is drawn."""

    is_due = False
    """Whether something has changed since it was drawn."""

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The panel's lines for a simulation, at most ``width`` cells wide."""
        raise NotImplementedError

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """The drawing, or what covers it."""
        if not self.covered:
            return self.draw(self.simulation, width, height)
        return Content.styled(self.covered, "$muted").wrap(max(width, 1))[: height or None]

    def values(self, simulation: Simulation) -> tuple[object, ...]:
        """What the drawing depends on, of a simulation and of the panel: while it is the same, so is the drawing."""
        return (simulation,)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._segments = []
        if self.BORDER_TITLE:
            self.border_title = _(self.BORDER_TITLE)

    def watch_simulation(self) -> None:
        """A new value: draw it."""
        self.draw_soon()

    def watch_glyphs(self) -> None:
        """New characters: draw with them."""
        self.draw_soon()

    def on_resize(self) -> None:
        """Another size: draw for it."""
        self.redraw()
        self.screen.check_idle()

    def draw_soon(self) -> None:
        """Draw when it is the screen's turn, once for all that has changed until then: one paint shows no more."""
        if not self.is_due and isinstance(self.screen, PanelScreen):
            self.is_due = True
            self.screen.draw_soon()

    def draw_if_due(self) -> None:
        """Draw, if something has changed since it was drawn; out of sight only when it comes into sight."""
        if self.is_due and self.in_sight:
            self.redraw()

    def redraw(self) -> None:
        """Draw, and have the lines that changed painted."""
        self.is_due = False
        width, height = self.size
        if not width or not height:
            return
        drawn_from = (*self.values(self.simulation), self.glyphs, self.covered, width, height)
        if len(drawn_from) == len(self._drawn_from) and all(map(_is_same, drawn_from, self._drawn_from)):
            return
        self._drawn_from = drawn_from
        if self.covered:
            self.name_frame(above=Content(_(self.BORDER_TITLE) if self.BORDER_TITLE else ""), below=Content(""))
        lines = tuple(self.lines(width, height))
        before, segments = self._lines, self._segments
        self._lines, self._segments = lines, [None] * len(lines)
        changed = list(range(min(len(lines), len(before)), max(len(lines), len(before))))
        for y, (new, old) in enumerate(zip(lines, before, strict=False)):
            if new is old or (new.plain == old.plain and new.spans == old.spans):
                self._segments[y] = segments[y]
            else:
                changed.append(y)
        if len(lines) != len(before) and self._fits_no_more(len(lines)):
            self.refresh(layout=True)
        elif changed:
            self.repaint(*(Region(0, y, width, 1) for y in changed if y < height))

    def _fits_no_more(self, lines: int) -> bool:
        """Whether the panel is as high as its drawing, and another number of lines makes it higher or lower."""
        styles, around = self.styles, self.styles.gutter.height
        if styles.height is None or not styles.height.is_auto:
            return False
        least, most = styles.min_height, styles.max_height
        if most is not None and most.cells is not None:
            lines = min(lines, most.cells - around)
        if least is not None and least.cells is not None:
            lines = max(lines, least.cells - around)
        return lines != self.size.height

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the drawing has at this width."""
        return len(self.lines(width, 0))

    def render(self) -> Content:
        """The lines as they were last drawn."""
        return Content("\n").join(self._lines)

    def notify_style_update(self) -> None:
        """Other colours: the segments are made anew."""
        super().notify_style_update()
        self._maker = None

    def content_line(self, y: int) -> tuple[list[Segment], int]:
        """A line as it was last drawn, and the cells it takes."""
        if self._maker is None:
            self._maker, self._segments = SegmentMaker(self.visual_style), [None] * len(self._lines)
        if y >= len(self._lines):
            return [], 0
        segments = self._segments[y]
        if segments is None:
            segments = self._segments[y] = self._maker.segments(self._lines[y])
        return segments, self._lines[y].cell_length

    def render_line(self, y: int) -> Strip:
        """The same as Textual has it."""
        segments, length = self.content_line(y)
        return Strip(segments, length) if segments else Strip.blank(self.size.width, self.visual_style.rich_style)


def _is_same(value: object, before: object) -> bool:
    """Whether a value is the one before; of large ones only the very same is, which is quickly told."""
    return value is before or (isinstance(value, int | str | Glyphs) and value == before)
