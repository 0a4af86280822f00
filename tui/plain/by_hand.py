"""Commands that change weights and settings by hand."""

from __future__ import annotations

from dataclasses import replace

from model.errors import InputError
from model.network.network import Network
from model.network.origins import EDITED
from model.network.parameters import Parameters
from model.numbers import number
from model.roommate.parsing import find, listed, parse_weight, suggestion
from model.steps.forward import Quantities
from model.steps.step import Operand
from model.training.config import AT_THE_START, TrainingConfig, parse, title
from model.training.run import TrainingRun
from tui.plain.step import matrix
from tui.plain.steps import Lines, Words
from tui.plain.training import names_of_settings
from tui.plain.walker import Walker
from tui.plain.walker import number as whole_number
from tui.session.actions import with_freeze_turned, with_matrix_of


class HandCommands(Walker):
    """Weights, matrix by matrix, and what training and the way back go by."""

    def edit(self, rest: Words) -> Lines:
        """A matrix with its numbers, and how they are changed."""
        simulation = self.simulation
        names = simulation.situation.network.matrices
        said = simulation.current_step.name.split()
        name = self._matrix(rest[0]) if rest else next((word for word in said if word in names), names[0])
        operand = self._operand(name)
        lines = matrix(operand, self.glyphs, whole=rest[1:2] == ["whole"])
        if name in simulation.situation.config.frozen:
            lines.append("It is frozen: training leaves it as it is.")
        others = [other.capitalize() for other in names if other != name]
        also = f" 'edit {others[0]}' tells another matrix." if others else ""
        return [*lines, f"'set {operand.name} 1 2 0.5' makes the entry in row 1, column 2 a half.{also}"]

    def weights(self, rest: Words) -> Lines:
        """Every matrix with its numbers, or one."""
        network = self.simulation.situation.network
        whole = bool(rest) and "whole".startswith(rest[-1].casefold())
        asked = rest[:-1] if whole else rest
        lines = [f"Weights {network.origin}."]
        for name in [self._matrix(asked[0])] if asked else network.matrices:
            lines += matrix(self._operand(name), self.glyphs, whole=whole)
        return lines

    def put(self, rest: Words) -> Lines:
        """A weight or a setting."""
        if len(rest) == 4:
            return self._put_weight(*rest)
        if len(rest) == 2:
            return self._put_setting(*rest)
        raise InputError("Say 'set Food 2 3 0.5' for a weight, or 'set learning-rate 0.1' for a setting.")

    def _put_weight(self, name: str, row: str, column: str, value: str) -> Lines:
        matrix = self._matrix(name)
        operand = self._operand(matrix)
        assert operand.columns is not None
        place = self._index(row, operand.rows.labels, "row"), self._index(column, operand.columns.labels, "column")
        weights = self.simulation.situation.network.parameters
        changed = weights[matrix].copy()
        changed[place] = parse_weight(value)
        self.set_weights(weights.with_matrix(matrix, changed))
        entry = place[0] * changed.shape[1] + place[1]
        return [f"{operand.name}, {self.glyphs.describe(operand, entry)}, is {number(changed[place])}."]

    def _index(self, text: str, labels: tuple[str, ...], what: str) -> int:
        named = find(text, labels) if not text.isdecimal() and len(set(labels)) == len(labels) else None
        return whole_number(text, 1, len(labels), what) - 1 if named is None else named

    def _matrix(self, text: str) -> str:
        names = self.simulation.situation.network.matrices
        index = find(text, names)
        if index is None:
            told = listed([name.capitalize() for name in names])
            raise InputError(
                f"{text[:24]!r} is no matrix of this network, which has {told}.{suggestion(text, names)}"
            )
        return names[index]

    def _operand(self, name: str) -> Operand:
        situation = self.simulation.situation
        return Quantities(situation.roommate, situation.network, situation.run, 0).matrix(name)

    def set_weights(self, parameters: Parameters) -> None:
        """Other weights for the lesson: undo brings the old ones back."""
        situation = self.simulation.situation
        if situation.trains:
            self.show_run(self.run.edited(parameters.flat, self.moment.update))
        else:
            self.change(self.simulation.with_network(situation.network.with_parameters(parameters, EDITED)))

    def freeze(self, rest: Words) -> Lines:
        """Let training leave a matrix as it is, or change it again."""
        if not rest:
            raise InputError("Which matrix? Such as 'freeze Food'.")
        name = self._matrix(rest[0])
        config = with_freeze_turned(self.simulation.situation.config, name)
        return self.use_settings(config)

    def take(self, rest: Words) -> Lines:
        """The hand-set or the learned numbers of a matrix."""
        sources = ("hand", "learned")
        source = find(rest[1], sources) if len(rest) == 2 else None
        if source is None:
            raise InputError("Say 'take Food hand' or 'take Food learned'.")
        situation, name = self.simulation.situation, self._matrix(rest[0])
        if source == 0:
            other, called = Network.by_hand(situation.roommate, situation.cell), "The hand-set network"
        elif situation.learning is None:
            raise InputError("Nothing is learned yet: lesson 4 does that.")
        else:
            other, called = situation.learning.network, "The learned network"
        self.set_weights(with_matrix_of(situation.network, name, other, called))
        return [f"{name.capitalize()} is now that of {called[0].lower()}{called[1:]}."]

    def by_hand(self, _: Words) -> Lines:
        """The hand-set weights again."""
        if self.simulation.situation.trains:
            raise InputError("Lesson 4 learns its weights; 'take Food hand' puts hand-set ones in, matrix by matrix.")
        self.change(self.simulation.with_network(None))
        return []

    # Settings

    def _put_setting(self, name: str, value: str) -> Lines:
        names = names_of_settings(self.simulation)
        wanted = name.replace("-", " ").replace("_", " ")
        index = find(wanted, [title(known) for known in names])
        if index is None:
            raise InputError(
                f"{name[:24]!r} is not a setting here: there are {listed([title(known) for known in names])}."
                f"{suggestion(wanted, [title(known) for known in names])}"
            )
        config = self.simulation.situation.config
        changed = replace(config, **{names[index]: parse(names[index], value)})  # type: ignore[arg-type]
        return self.use_settings(changed)

    def use_settings(self, config: TrainingConfig) -> list[str]:
        """Go on with other settings, or start again where that is needed."""
        now = self.simulation.situation.config
        if config == now:
            return []
        if not self.simulation.situation.trains:
            self.change(self.simulation.with_settings(config))
        elif any(getattr(config, name) != getattr(now, name) for name in AT_THE_START):
            self.show_run(TrainingRun(self.moment.roommate, config))
            return ["Started again with the new settings."]
        else:
            run = self.run_to_go_on()
            run.configure(config)
            self.show_moment(run.moment())
        return []
