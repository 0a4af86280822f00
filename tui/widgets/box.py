"""What panels stand in."""

from __future__ import annotations

from textual.containers import Container

from tui.terminal.kept_lines import KeptLines


class Box(Container, KeptLines):
    """A container whose frame and blank lines are painted once."""
