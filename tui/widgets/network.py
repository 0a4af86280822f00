"""The network panel: all matrices and vectors of the day in one block, and the loop around them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.timer import Timer

from model.simulation.simulation import Simulation
from tui.rendering.block import line
from tui.rendering.loop_motion import PLACES, SECONDS, along_the_loop, is_next_day
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
    _motion: Timer | None = None
    _still: tuple[tuple[object, ...], list[Content]] = ((), [])

    def redraw(self) -> None:
        """Draw the new value; from one day to the next what goes in again runs along the loop."""
        before, self._seen = self._seen, self.simulation
        if before is not self.simulation:
            self._rest()
            if before is not None and self.app.animation_level != "none" and is_next_day(before, self.simulation):
                self._place = 0
                self._motion = self.set_interval(SECONDS / PLACES, self._move, name="loop")
        super().redraw()

    def values(self, simulation: Simulation) -> tuple[object, ...]:
        """The simulation, and how far along the loop it is."""
        return simulation, self._place

    @property
    def drawn_in_motion(self) -> bool:
        """Whether something is on its way along the loop."""
        return self._place is not None

    def _rest(self) -> None:
        if self._motion is not None:
            self._motion.stop()
        self._place = self._motion = None

    def _move(self) -> None:
        """One place further along the loop; at its end all is as without it."""
        if self._place is not None and self._place < PLACES - 1:
            self._place += 1
        else:
            self._rest()
        self.draw_soon()

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The drawing in the middle of the panel; nothing for a network that has none."""
        drawn_for = (simulation, width, height, self.glyphs)
        if self._still[0] != drawn_for:
            self._still = drawn_for, self._drawing(simulation, width, height)
        lines = self._still[1]
        if self._place is None:
            return lines
        return along_the_loop(lines, simulation, self._place, self.glyphs)

    def _drawing(self, simulation: Simulation, width: int, height: int) -> list[Content]:
        block = network_block(simulation, self.glyphs, width, height)
        if block is None:
            return []
        indent = " " * ((width - block.width) // 2)
        return [line(indent, text) for text in block.lines]
