"""What a person does to the weights by hand: turn the walk round, edit, compare, another non-linearity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.screen import Screen

from model.arrays import Array
from model.network.activations import activation_named
from model.network.names import TRAINABLE
from model.network.network import Network
from model.network.origins import EDITED
from model.network.parameters import Parameters
from model.roommate.parsing import listed
from model.simulation.simulation import Simulation
from model.training.config import TrainingConfig
from model.training.snapshot import TrainingSnapshot
from tui.session.actions import next_feedback, update_made, with_freeze_turned
from tui.text.glyphs import Glyphs


class HandActions(Screen[None]):
    """The part of the walk screen that changes weights; `WalkScreen` mixes it in."""

    if TYPE_CHECKING:
        # What the walk screen itself and its other part bring.
        simulation: Simulation
        glyphs: Glyphs
        _walk: Callable[[Simulation], None]
        _change: Callable[[Simulation], None]
        _look_at_product: Callable[[], None]
        _use_settings: Callable[[TrainingConfig | None], None]
        edit_run: Callable[[Array], None]
        moment_at: Callable[[int], TrainingSnapshot | None]
        action_undo: Callable[[], None]
        action_redo: Callable[[], None]

        def action_copy(self, first: str = ...) -> None: ...  # noqa: D102

    # The way back

    def action_turn(self) -> None:
        """Backwards from the last day's error, or forwards again."""
        if self.simulation.backward or self.simulation.situation.can_go_back:
            self._look_at_product()
            self._walk(self.simulation.turn())
            return
        if self.simulation.situation.has_derivative:
            self.notify(self.simulation.situation.too_long_to_go_back, severity="warning", timeout=8)
            return
        name = self.simulation.situation.network.activation.name
        self._ask_activation(
            f"{name} has no useful derivative: it is flat almost everywhere, so no error can go back through it. "
            f"{listed(TRAINABLE, 'or').capitalize()} can take its place:",
            turn=True,
        )

    def action_activation(self) -> None:
        """Another non-linearity for the weights as they are."""
        if self.simulation.situation.trains:
            self.notify("A run keeps its non-linearity: s starts one with another.", timeout=4)
            return
        if self.simulation.situation.network.linear:
            self.notify("This network is one product, without a non-linearity: lesson 3 has one.", timeout=4)
            return
        self._ask_activation("Which non-linearity?", turn=False)

    def _ask_activation(self, question: str, *, turn: bool) -> None:
        from tui.screens.questions import ChooseScreen  # noqa: PLC0415

        network = self.simulation.situation.network

        def chosen(name: str | None) -> None:
            if name is None:
                return
            self._change(self.simulation.with_network(network.with_activation(activation_named(name))))
            if turn:
                self.action_turn()

        self.app.push_screen(ChooseScreen(question, TRAINABLE, network.activation.name), chosen)

    def action_feedback(self) -> None:
        """The next kind of feedback for the way back; in lesson 4 it is a setting of the run."""
        if self.simulation.situation.cell.remembers:
            self.notify("This network has one feedback: its hidden units go back in, and so does the gradient.")
            return
        config = next_feedback(self.simulation.situation.config)
        self._use_settings(config)
        self.notify(f"{config.feedback.capitalize()} feedback", timeout=2)

    def make_update_shown(self) -> None:
        """The update that the way back works out, in the lessons 1 to 3."""
        self._change(update_made(self.simulation))

    # Weights

    def action_edit(self) -> None:
        """The sheet on which weights are edited."""
        from tui.screens.weight_editor import EditScreen  # noqa: PLC0415

        self.app.push_screen(EditScreen(self))

    def reveal(self, *, all_days: bool) -> None:
        """Show the whole week, so that one sees what an edit does to it; or only the days that were walked."""
        self._walk(replace(self.simulation, revealed=all_days))

    def set_weights(self, parameters: Parameters, origin: str = EDITED) -> None:
        """Other weights for the lesson: undo brings the old ones back."""
        situation = self.simulation.situation
        if situation.trains:
            self.edit_run(parameters.flat)
        else:
            self._change(self.simulation.with_network(situation.network.with_parameters(parameters, origin)))

    def toggle_freeze(self, matrix: str) -> None:
        """Let training leave a matrix as it is, or change it again."""
        self._use_settings(with_freeze_turned(self.simulation.situation.config, matrix))

    def action_by_hand(self) -> None:
        """The hand-set weights in this lesson again."""
        if self.simulation.situation.trains:
            self.notify("Lesson 4 learns its weights; e can put hand-set ones in, matrix by matrix.", timeout=4)
            return
        self._change(self.simulation.with_network(None))

    @property
    def learned(self) -> Network | None:
        """The network of lesson 4 as it is now, if there is one."""
        moment = self.simulation.situation.learning
        return None if moment is None else moment.network

    def action_compare(self) -> None:
        """The weights beside others."""
        from tui.screens.comparison import CompareScreen  # noqa: PLC0415

        self.app.push_screen(CompareScreen(self))

    def action_extract(self) -> None:
        """The rule that the weights follow."""
        from tui.screens.extraction import ExtractScreen  # noqa: PLC0415

        if self.simulation.situation.cell.remembers:
            self.notify("There is no table of yesterday's dish here: the hidden units decide.", timeout=5)
            return
        self.app.push_screen(ExtractScreen(self.simulation.situation, self.glyphs))
