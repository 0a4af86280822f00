"""The weight editor: a matrix with a cursor, below the walk that shows what each edit does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from model.errors import InputError, RoommateError
from model.language import N_, _
from model.network.network import Network
from model.network.operations import title
from model.numbers import exact
from model.roommate.parsing import parse_weight
from model.roommate.typed_numbers import SIGNS
from model.simulation.simulation import Simulation
from model.steps.step import Operand
from tui.rendering.block import line
from tui.rendering.weight_editor import sheet
from tui.screens.copying import ask_what_to_copy
from tui.screens.dialog import Box, BoxScreen
from tui.session.commands.week import redo, undo
from tui.session.commands.weights import HAND, LEARNED, freeze, matrix_operand, take_matrix
from tui.session.copying import WEIGHTS
from tui.session.reply import Reply
from tui.session.session import Session
from tui.widgets.text_field import Entry

KEYS = N_(
    "arrows move · type a number · [ ] nudge by 0.1, {braces} by 1 · Tab next matrix\n"
    "z freeze · H hand-set matrix · L learned one · u U undo · c copy · Esc leaves"
)

FRAME = 6
"""Cells of the frame beside its title."""

AROUND, MIN_ROWS = 6, 3
"""Lines that everything but the matrix takes, and rows of it that are shown on the lowest terminal all the same."""


class EditScreen(BoxScreen[None]):
    """Changes the weights of a session, whose walk stays in sight above it.

    Args:
        session: Whose weights are edited.
        matrix: The one that is shown first.
    """

    AUTO_FOCUS = ""  # the field is focused when a number is typed
    LEAST = 12
    BINDINGS = [
        Binding("escape,q,e", "leave", "leave"),
        Binding("left,h", "move(0,-1)", "left"),
        Binding("right,l", "move(0,1)", "right"),
        Binding("up,k", "move(-1,0)", "up"),
        Binding("down,j", "move(1,0)", "down"),
        Binding("tab", "matrix(1)", "next matrix", priority=True),
        Binding("shift+tab", "matrix(-1)", "matrix before", priority=True),
        Binding("left_square_bracket", "nudge(-0.1)", "less"),
        Binding("right_square_bracket", "nudge(0.1)", "more"),
        Binding("left_curly_bracket", "nudge(-1.0)", "much less"),
        Binding("right_curly_bracket", "nudge(1.0)", "much more"),
        Binding("z", "freeze", "freeze"),
        Binding("H", "hand_set", "hand-set matrix"),
        Binding("L", "learned", "learned matrix"),
        Binding("c", "copy", "copy"),
        Binding("u", "undo", "undo"),
        Binding("U", "redo", "redo"),
        Binding("enter", "type('')", "type"),
    ]

    def __init__(self, session: Session, matrix: str) -> None:
        super().__init__()
        self._session = session
        self._matrix = matrix
        self._row = self._column = 0

    @property
    def _simulation(self) -> Simulation:
        return self._session.simulation

    @property
    def _network(self) -> Network:
        return self._session.simulation.situation.network

    @property
    def _operand(self) -> Operand:
        return matrix_operand(self._simulation.situation, self._matrix)

    def compose(self) -> ComposeResult:
        """The sheet, the field for a number, and the keys."""
        box = Box(id="edit")
        with box:
            yield Static(id="sheet", markup=False)
            with Horizontal(id="entry"):
                yield Static(f"{_('new weight')} ", markup=False)
                yield Entry(id="number", compact=True, select_on_focus=False)
            yield Static(self._session.glyphs.text(_(KEYS).format(braces="{ }")), id="hint", markup=False)

    def on_mount(self) -> None:
        """Show the whole week, and draw whenever the walk's simulation changes."""
        self._was_revealed = self._simulation.revealed
        self._reveal(all_days=True)
        self._session.watch(self._draw)

    def on_resize(self) -> None:
        """Draw for the width, too."""
        self.call_after_refresh(self._draw)

    def placed(self) -> None:
        """Draw for the lines that there are."""
        if self.query_one("#edit").content_size.width:
            self._draw()

    def _draw(self) -> None:
        if not self.query("#sheet"):
            return  # the page is being closed, and the walk plays on
        situation = self._simulation.situation
        if self._matrix not in self._network.matrices:
            self._matrix = self._network.matrices[0]
        rows, columns = self._operand.value.shape
        self._row, self._column = min(self._row, rows - 1), min(self._column, columns - 1)
        frozen = self._matrix in situation.config.frozen
        self.query_one("#edit").border_title = self._tabs(self.query_one("#edit").size.width).markup
        cell = self._row, self._column
        width = self.query_one("#edit").content_size.width
        room = width, max(self.lines - AROUND, MIN_ROWS)
        drawn = sheet(self._simulation, self._operand, cell, self._session.glyphs, room, frozen=frozen)
        self.query_one("#sheet", Static).update(drawn)

    def _tabs(self, width: int) -> Content:
        """The names of all matrices, or where there is no room for so many that of this one and its number."""
        names = self._network.matrices
        tabs = line(_("Edit"), *((f" {title(name)} ", "reverse" if name == self._matrix else "") for name in names))
        if tabs.cell_length + FRAME <= width or not width:
            return tabs
        number = _("{number} of {count}").format(number=names.index(self._matrix) + 1, count=len(names))
        return line(_("Edit"), (f" {title(self._matrix)} ", "reverse"), f" {number}")

    def on_unmount(self) -> None:
        """Show or hide the days to come as before."""
        self._session.unwatch(self._draw)
        self._reveal(all_days=self._was_revealed)

    def _reveal(self, *, all_days: bool) -> None:
        """Show the whole week, so that one sees what an edit does to it; or only the days that were walked."""
        self._session.walk(replace(self._simulation, revealed=all_days))

    # Moving

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor to another entry."""
        rows, columns = self._operand.value.shape
        self._row, self._column = (self._row + down) % rows, (self._column + right) % columns
        self._draw()

    def action_matrix(self, by: int) -> None:
        """Edit another matrix."""
        names = self._network.matrices
        self._matrix = names[(names.index(self._matrix) + by) % len(names)]
        self._close_field()
        self._draw()

    def action_leave(self) -> None:
        """Leave the field, or close the editor."""
        if self._typing:
            self._close_field()
        else:
            self.dismiss()

    # Changing

    def _set(self, value: float) -> None:
        weights = self._network.parameters
        matrix = weights[self._matrix].copy()
        matrix[self._row, self._column] = value
        self._session.set_weights(weights.with_matrix(self._matrix, matrix))

    def action_nudge(self, by: float) -> None:
        """Make the weight a little larger or smaller."""
        self._set(round(float(self._operand.value[self._row, self._column]) + by, 10))

    def action_freeze(self) -> None:
        """Freeze the matrix in training, or let it change again."""
        self._take(lambda: freeze(self._session, self._matrix))

    def action_hand_set(self) -> None:
        """Put in the hand-set numbers for this matrix."""
        self._take(lambda: take_matrix(self._session, self._matrix, HAND))

    def action_learned(self) -> None:
        """Put in the numbers that lesson 4 has learned so far for this matrix."""
        self._take(lambda: take_matrix(self._session, self._matrix, LEARNED))

    def action_undo(self) -> None:
        """Take back the last change."""
        self._take(lambda: undo(self._session))

    def action_redo(self) -> None:
        """Make the last change again that was undone."""
        self._take(lambda: redo(self._session))

    def _take(self, change: Callable[[], Reply]) -> None:
        """Change something, or say why it cannot be."""
        try:
            sentences = "\n".join(change().lines)
        except RoommateError as error:
            self._say(str(error), wrong=True)
        else:
            if sentences:
                self.notify(sentences, timeout=4)

    def action_copy(self) -> None:
        """Open the dialog that copies the weights, or other things."""
        ask_what_to_copy(self, self._session, WEIGHTS)

    # Typing

    @property
    def _field(self) -> Input:
        return self.query_one("#number", Input)

    @property
    def _typing(self) -> bool:
        return self.query_one("#entry").has_class("-open")

    def action_type(self, first: str) -> None:
        """Open the field, with the weight as it is or with what was typed first."""
        field = self._field
        if self._typing:
            return
        self.query_one("#entry").add_class("-open")
        field.value = first or exact(self._operand.value[self._row, self._column])
        field.focus()
        field.cursor_position = len(field.value)
        self.call_after_refresh(field.scroll_visible, animate=False)
        if not first:
            field.select_all()

    def on_key(self, event: events.Key) -> None:
        """Open the field at a digit, a sign or a point."""
        if event.character and event.character in f"0123456789.{SIGNS}" and not self._typing:
            event.stop()
            event.prevent_default()
            self.action_type(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Open the field with a pasted number."""
        if not self._typing:
            event.stop()
            self.action_type(event.text[:80])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Set the weight, or say what is wrong with the number."""
        try:
            value = parse_weight(event.value)
        except InputError as error:
            self._say(str(error), wrong=True)
            return
        self._close_field()
        self._set(value)

    def _close_field(self) -> None:
        self.query_one("#entry").remove_class("-open")
        self.set_focus(None)
        self._say(self._session.glyphs.text(_(KEYS).format(braces="{ }")))

    def _say(self, text: str, *, wrong: bool = False) -> None:
        hint = self.query_one("#hint", Static)
        hint.update(text)
        hint.set_class(wrong, "-wrong")
        if wrong:
            self.call_after_refresh(hint.scroll_visible, animate=False)
