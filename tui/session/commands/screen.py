"""The command that repaints the screen."""

from __future__ import annotations

from model.language import N_
from tui.session.commands.command import PROGRAM, command
from tui.session.reply import Reply, Then
from tui.session.session import Session


@command(
    "repaint", keys="ctrl+l", key_display="Ctrl+L", group=PROGRAM, label=N_("repaint"),
    help=N_("Paint the whole screen again, if something spoiled it"), synonyms=N_("redraw refresh"),
    screen_only=N_("nothing is painted that could be spoiled"),
)  # fmt: skip
def repaint(session: Session) -> Reply:  # noqa: ARG001 - as all commands
    """Paint everything again."""
    return Reply(then=Then.REPAINT)
