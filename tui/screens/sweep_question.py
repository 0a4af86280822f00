"""The question before a sweep: how many seeds, and which settings are varied."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static

from model.errors import InputError
from model.language import _
from model.sweep.grid import Grid
from tui.screens.dialog import Box, BoxScreen
from tui.session.session import Session
from tui.session.sweeping import SEEDS, grid_of
from tui.widgets.text_field import Entry

EXAMPLE = "learning-rate=0.01:1:log:8, activation=tanh,relu"
"""Settings as they are typed."""


class SweepQuestion(BoxScreen[Grid | None]):
    """Asks which settings are varied, and for the seeds; gives None when the person leaves it.

    Args:
        session: Whose settings these are.
    """

    LEAST = 10
    BINDINGS = [
        Binding("escape", "dismiss(None)", "leave"),
        Binding("down", "app.focus_next", "next", priority=True),
        Binding("up", "app.focus_previous", "previous", priority=True),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """Three fields, and a line for what is wrong."""
        with Box(classes="box", id="sweep-question") as box:
            box.border_title = _("How often does it learn?")
            yield Static(_("Seeds: so many from 0 on, or such as 5:105"), markup=False)
            yield Entry(SEEDS, id="seeds")
            yield Static(_("Vary none, one or two settings: {examples}").format(examples=EXAMPLE), markup=False)
            yield Entry("", id="across")
            yield Entry("", id="up")
            yield Static(_("Enter begins, Esc leaves it"), id="hint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the grid, or say what is wrong."""
        event.stop()
        seeds, *varied = (field.value.strip() for field in self.query(Entry))
        try:
            self.dismiss(grid_of(self._session, [text for text in varied if text], seeds or SEEDS))
        except InputError as error:
            hint = self.query_one("#hint", Static)
            hint.update(str(error))
            hint.add_class("-wrong")
            self.find_place()
            self.call_after_refresh(hint.scroll_visible, animate=False)
