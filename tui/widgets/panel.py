"""What all panels have in common: a value comes in, and only the lines that it changes are painted again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.widget import Widget

from model.language import _
from model.simulation.simulation import Simulation
from tui.text.glyphs import UNICODE, Glyphs


class Panel(Widget):
    """Draws the simulation with a pure function; knows no other panel.

    Over a slow line every byte counts: a new simulation repaints the lines that differ, and nothing else.
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
    _due = False

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The panel's lines for a simulation, at most ``width`` cells wide."""
        raise NotImplementedError

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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

    def draw_soon(self) -> None:
        """Draw when it is the panel's turn, once for all that has changed until then: one paint shows no more."""
        if self.size and not self._due:
            self._due = self.call_later(self._draw_if_due)

    def _draw_if_due(self) -> None:
        if self._due:
            self.redraw()

    def redraw(self) -> None:
        """Draw, and have the lines that changed painted."""
        self._due = False
        if not self.size:
            return
        lines = tuple(self.draw(self.simulation, self.size.width, self.size.height))
        before, self._lines = self._lines, lines
        if len(lines) != len(before):
            self.refresh(layout=self.needs_layout(len(lines)))
            return
        changed = [y for y, (new, old) in enumerate(zip(lines, before, strict=True)) if not new.is_same(old)]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def needs_layout(self, lines: int) -> bool:
        """Whether another number of lines gives the panel another height."""
        return True

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the drawing has at this width."""
        return len(self.draw(self.simulation, width, 0))

    def render(self) -> Content:
        """The lines as they were last drawn."""
        return Content("\n").join(self._lines)
