"""Where an expression is computed: a simulation, what is known besides it, and the trainings that it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from model.analysis.automaton import Automaton, extract
from model.analysis.rollout import Rollout, roll_out_to_end
from model.course.training import Trainings
from model.course.values import Vector
from model.errors import InputError
from model.language import _
from model.network.cell import PROBABILITIES, Size
from model.network.schedule import Feedback
from model.roommate.naming import cut
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.steps.axes import dish_axis
from model.steps.forward import Quantities
from model.steps.step import Operand, Role
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from model.training.setting_texts import as_settings
from model.training.snapshot import TrainingSnapshot
from model.training.update import Update

Settings = Mapping[str, str | int | float]


@dataclass(frozen=True, eq=False)
class Here:
    """What expressions are computed from.

    Attributes:
        simulation: What is shown.
        trainings: Runs that were made for expressions, to be used again.
        earlier: The settings of the run with which the part of an exercise before this one was done.
        predicted: Whether a guess was noted before the first update.
    """

    simulation: Simulation
    trainings: Trainings = field(default_factory=Trainings)
    earlier: Settings | None = None
    predicted: bool = False

    @property
    def situation(self) -> Situation:
        """What is computed."""
        return self.simulation.situation

    @property
    def day(self) -> int:
        """The day that is looked at; beside the update, the first."""
        return max(self.simulation.day, 0)

    @cached_property
    def quantities(self) -> Quantities:
        """All that takes part in the day."""
        simulation = self.simulation
        return Quantities(self.situation.roommate, self.situation.network, simulation.run, self.day)

    def quantity(self, symbol: str) -> Vector:
        """A quantity of the day."""
        if symbol == PROBABILITIES:
            return Vector(self.quantities.forward.probabilities[self.day, :, 0], dish_axis(self.situation.roommate))
        if symbol not in self.situation.cell.sizes:
            sentence = _("the network that is shown, {network}, has no {symbol}.")
            raise InputError(sentence.format(network=self.situation.cell.name, symbol=symbol))
        operand = self.quantities.quantity(symbol)
        return Vector(operand.value, operand.rows)

    def matrix(self, name: str) -> Operand:
        """A matrix of the network."""
        if name not in self.situation.cell.matrices:
            sentence = _("the network that is shown, {network}, has no {matrix}.")
            raise InputError(sentence.format(network=self.situation.cell.name, matrix=name_of_matrix(name)))
        return self.quantities.matrix(name)

    def matrix_like(self, operand: Operand, value: object) -> Operand:
        """A matrix with the rows and columns of another."""
        return Operand(operand.name, operand.symbol, value, Role.ERROR, operand.rows, operand.columns)  # type: ignore[arg-type]

    @property
    def update(self) -> Update:
        """The way back of the week.

        Raises:
            InputError: No error can go back.
        """
        if not self.situation.can_go_back:
            raise InputError(_("no error can go back through the network on this page."))
        return self.situation.week_update

    @property
    def snapshot(self) -> TrainingSnapshot:
        """The run that is shown.

        Raises:
            InputError: There is none.
        """
        if self.situation.snapshot is None:
            raise InputError(_("there is no run: that belongs to lesson 4."))
        return self.situation.snapshot

    @property
    def config(self) -> TrainingConfig:
        """The settings that are shown."""
        return self.situation.config

    @cached_property
    def settings(self) -> dict[str, str | int | float]:
        """The settings by name; the number of hidden units is that of the network."""
        hidden = self.situation.sizes[Size.HIDDEN]
        return {**as_settings(self.config), "loss_days": self.config.loss_days, "hidden": hidden}

    def run_of(self, config: TrainingConfig, updates: int) -> TrainingRun:
        """A run of the roommate with some settings, that has made at least so many updates."""
        return self.trainings.run(self.situation.roommate, config, updates)

    @cached_property
    def automaton(self) -> Automaton:
        """The rule read off the network."""
        return extract(self.situation.network, self.situation.roommate)

    def rollout(self, feedback: str) -> Rollout:
        """How long the network stays true to its table on its own output.

        Args:
            feedback: "soft", "hard", or "own": what the network was made to be fed.
        """
        if feedback not in {"own", Feedback.SOFT, Feedback.HARD}:
            raise InputError(_("{word!r} is not soft, hard or own.").format(word=cut(feedback)))
        return roll_out_to_end(self.automaton, None if feedback == "own" else Feedback(feedback))


def name_of_matrix(matrix: str) -> str:
    """What a matrix is called in expressions: as on the screen, with a low line for a space."""
    return f"{matrix[0].upper()}{matrix[1:]}"
