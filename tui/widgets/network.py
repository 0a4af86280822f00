"""The network panel: all matrices and vectors of the day in one block, and the loop around them."""

from __future__ import annotations

import time
from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.timer import Timer

from model.simulation.simulation import Simulation
from tui.rendering.loop_motion import (
    PLACES,
    ROWS,
    SECONDS,
    SECONDS_OF_ROWS,
    along_the_loop,
    is_next_day,
    is_next_step,
    row_by_row,
)
from tui.rendering.network_block import network_block
from tui.widgets.messages import FrameResized
from tui.widgets.panel import Panel


class NetworkPanel(Panel):
    """The whole network, of which a step highlights a part; its height does not depend on the step."""

    SCOPED_CSS = False  # it depends on the screen around it
    DEFAULT_CSS = """
    NetworkPanel { border: round $frame; border-subtitle-color: $foreground; }
    .-rows-20 NetworkPanel, .-rows-16 NetworkPanel, .-rows-0 NetworkPanel { border: none; border-top: solid $frame; }
    """

    def on_resize(self) -> None:
        """Tell the screen, which writes on the frame."""
        self.post_message(FrameResized())

    _seen: Simulation | None = None
    _place: int | None = None
    _last_place = 0
    _motion: Timer | None = None
    _when = 0.0
    _old: tuple[Size, tuple[Content, ...]] | None = None
    _still: tuple[tuple[object, ...], Sequence[Content]] = ((), [])

    def redraw(self) -> None:
        """Draw the new value: its rows one after another; from one day to the next what goes in again runs along."""
        before, self._seen = self._seen, self.simulation
        if before is not self.simulation:
            self._rest()
            when, self._when = self._when, time.monotonic()
            keys_wait = self._when - when < SECONDS_OF_ROWS
            if before is not None and self.app.animation_level != "none":
                if is_next_day(before, self.simulation):
                    self._begin(PLACES, SECONDS)
                elif is_next_step(before, self.simulation) and not keys_wait:
                    self._old = self.size, self._lines
                    self._begin(ROWS, SECONDS_OF_ROWS)
        super().redraw()

    def _begin(self, places: int, seconds: float) -> None:
        self._place, self._last_place = 0, places - 1
        self._motion = self.set_interval(seconds / places, self._move, name="motion")

    def values(self, simulation: Simulation) -> tuple[object, ...]:
        """The simulation, and how far what moves has come."""
        return simulation, self._place

    @property
    def drawn_in_motion(self) -> bool:
        """Whether something is on its way along the loop, or rows are still to appear."""
        return self._place is not None

    def _rest(self) -> None:
        if self._motion is not None:
            self._motion.stop()
        self._place = self._motion = self._old = None

    def _move(self) -> None:
        """One place further; at the end all is as without it."""
        if self._place is not None and self._place < self._last_place:
            self._place += 1
        else:
            self._rest()
        self.draw_soon()

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The drawing; nothing for a network that has none."""
        drawn_for = (simulation, width, height, self.glyphs)
        if self._still[0] != drawn_for:
            self._still = drawn_for, self._drawing(simulation, width, height)
        lines = self._still[1]
        if self._place is None:
            return lines
        if self._old is not None:
            size, before = self._old
            same = size == Size(width, height) and len(before) == len(lines)
            return row_by_row(before, lines, self._place) if same else lines
        return along_the_loop(lines, simulation, self._place, self.glyphs)

    def _drawing(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        block = network_block(simulation, self.glyphs, width, height)
        return [] if block is None else block.lines
