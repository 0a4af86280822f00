"""A matrix of two networks and their difference, as a step."""

from __future__ import annotations

import numpy as np

from model.arrays import Array
from model.network.forward import run_forward
from model.network.network import Network
from model.network.parameters import Parameters
from model.roommate.roommate import Roommate
from model.steps.forward import Quantities
from model.steps.step import Operand, Step, StepKind
from model.training.evaluation import RuleCases


def difference(roommate: Roommate, one: Network, other: Parameters, matrix: str, names: tuple[str, str]) -> Step:
    """A matrix of two networks and their difference, as a step.

    Args:
        roommate: Names for rows and columns.
        one: A network.
        other: The weights it is compared with, of the same sizes.
        matrix: One of `Network.matrices`.
        names: What the two are called.
    """
    forward = run_forward(one, RuleCases.of(roommate, one.units, zero=one.zero_start).batch)
    ours = Quantities(roommate, one, forward, 0).matrix(matrix)
    wide = ours.value.shape[0] < ours.value.shape[1]

    def operand(name: str, value: Array) -> Operand:
        made = Operand(name, ours.symbol, value, ours.role, ours.rows, ours.columns)
        return made.transpose(mark=False) if wide else made

    theirs = other[matrix]
    result = operand("difference", ours.value - theirs)
    operands = operand(names[0], ours.value), operand(names[1], theirs)
    telling = int(np.abs(result.value).argmax())
    formula = f"{ours.name}{'ᵀ' if wide else ''}: {names[0]} − {names[1]}"
    return Step(ours.name, ours.name, formula, StepKind.SUBTRACT, operands, result, telling)
