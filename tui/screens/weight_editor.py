"""The sheet on which weights are edited: a matrix, a cell under the cursor, and what everything else makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input, Static

from model.errors import InputError
from model.network.network import Network
from model.numbers import exact
from model.roommate.parsing import parse_weight
from model.roommate.typed_numbers import SIGNS
from model.simulation.simulation import Simulation
from model.steps.forward import Quantities
from model.steps.step import Operand
from tui.rendering.block import line
from tui.rendering.weight_editor import sheet
from tui.screens.dialog import Box, BoxScreen
from tui.session.actions import with_matrix_of
from tui.session.copying import WEIGHTS
from tui.widgets.text_field import Entry

if TYPE_CHECKING:
    from tui.screens.hand import HandActions

KEYS = (
    "arrows move · type a number · [ ] nudge by 0.1, { } by 1 · Tab next matrix\n"
    "z freeze · H hand-set matrix · L learned one · u U undo · c copy · Esc leaves"
)


AROUND, MIN_ROWS = 8, 3
"""Lines that everything but the matrix takes, and rows of it that are shown on the lowest terminal all the same."""


class EditScreen(BoxScreen[None]):
    """Changes the weights of the walk, which stays in sight above it.

    Args:
        walk: The screen whose weights are edited.
    """

    AUTO_FOCUS = ""  # the field is focused when a number is typed
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

    def __init__(self, walk: HandActions) -> None:
        super().__init__()
        self._walk = walk
        self._matrix = self._first_matrix()
        self._row = self._column = 0

    def _first_matrix(self) -> str:
        """The matrix of the step under the cursor, or the first there is."""
        names = self._network.matrices
        said = self._walk.simulation.current_step.name.split()
        return next((word for word in said if word in names), names[0])

    @property
    def _simulation(self) -> Simulation:
        return self._walk.simulation

    @property
    def _network(self) -> Network:
        return self._walk.simulation.situation.network

    @property
    def _operand(self) -> Operand:
        situation = self._simulation.situation
        of_day = Quantities(situation.roommate, situation.network, situation.run, 0)
        return of_day.matrix(self._matrix)

    def compose(self) -> ComposeResult:
        """The sheet, the field for a number, and the keys."""
        box = Box(id="edit")
        with box:
            yield Static(id="sheet", markup=False)
            with Horizontal(id="entry"):
                yield Static("new weight ", markup=False)
                yield Entry(id="number", compact=True, select_on_focus=False)
            yield Static(self._walk.glyphs.text(KEYS), id="hint", markup=False)

    def on_mount(self) -> None:
        """Show the whole week; draw whenever the walk's simulation changes, by whatever hand."""
        self._was_revealed = self._simulation.revealed
        self._walk.reveal(all_days=True)
        self.watch(self._walk, "simulation", self._draw, init=False)

    def on_resize(self) -> None:
        """Draw for the width."""
        self._draw()

    def _draw(self) -> None:
        situation = self._simulation.situation
        if self._matrix not in self._network.matrices:
            self._matrix = self._network.matrices[0]
        rows, columns = self._operand.value.shape
        self._row, self._column = min(self._row, rows - 1), min(self._column, columns - 1)
        frozen = self._matrix in situation.config.frozen
        tabs = [
            (f" {name.capitalize()} ", "reverse" if name == self._matrix else "") for name in self._network.matrices
        ]
        self.query_one("#edit").border_title = line("Edit", *tabs).markup
        cell = self._row, self._column
        width, height = self.query_one("#edit").content_size.width, self.size.height
        room = width, max(height - AROUND, MIN_ROWS)
        drawn = sheet(self._simulation, self._operand, cell, self._walk.glyphs, room, frozen=frozen)
        self.query_one("#sheet", Static).update(drawn)

    def on_unmount(self) -> None:
        """The days to come as they were shown before."""
        self._walk.reveal(all_days=self._was_revealed)

    # Moving

    def action_move(self, down: int, right: int) -> None:
        """To another cell."""
        rows, columns = self._operand.value.shape
        self._row, self._column = (self._row + down) % rows, (self._column + right) % columns
        self._draw()

    def action_matrix(self, by: int) -> None:
        """To another matrix."""
        names = self._network.matrices
        self._matrix = names[(names.index(self._matrix) + by) % len(names)]
        self._close_field()
        self._draw()

    def action_leave(self) -> None:
        """Out of the field, or off the sheet."""
        if self._typing:
            self._close_field()
        else:
            self.dismiss()

    # Changing

    def _set(self, value: float) -> None:
        weights = self._network.parameters
        matrix = weights[self._matrix].copy()
        matrix[self._row, self._column] = value
        self._walk.set_weights(weights.with_matrix(self._matrix, matrix))

    def action_nudge(self, by: float) -> None:
        """A little more or less."""
        self._set(round(float(self._operand.value[self._row, self._column]) + by, 10))

    def action_freeze(self) -> None:
        """Training leaves the matrix as it is, or changes it again."""
        self._walk.toggle_freeze(self._matrix)

    def action_hand_set(self) -> None:
        """The hand-set numbers for this matrix."""
        situation = self._simulation.situation
        self._copy(Network.by_hand(situation.roommate, situation.cell), "The hand-set network")

    def action_learned(self) -> None:
        """The numbers that lesson 4 has learned so far for this matrix."""
        learned = self._walk.learned
        if learned is None:
            self._say("Nothing is learned yet: lesson 4 (key 4) does that.", wrong=True)
        else:
            self._copy(learned, "The learned network")

    def _copy(self, other: Network, called: str) -> None:
        try:
            weights = with_matrix_of(self._network, self._matrix, other, called)
        except InputError as error:
            self._say(str(error), wrong=True)
        else:
            self._walk.set_weights(weights)

    def action_undo(self) -> None:
        """Take back the last change."""
        self._walk.action_undo()

    def action_redo(self) -> None:
        """Make it again."""
        self._walk.action_redo()

    def action_copy(self) -> None:
        """The weights, or what else the walk can copy."""
        self._walk.action_copy(WEIGHTS)

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
        """A digit, a sign or a point begins a number."""
        if event.character and event.character in f"0123456789.{SIGNS}" and not self._typing:
            event.stop()
            event.prevent_default()
            self.action_type(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """A number from somewhere else."""
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
        self._say(self._walk.glyphs.text(KEYS))

    def _say(self, text: str, *, wrong: bool = False) -> None:
        hint = self.query_one("#hint", Static)
        hint.update(text)
        hint.set_class(wrong, "-wrong")
        if wrong:
            self.call_after_refresh(hint.scroll_visible, animate=False)
