"""What both front ends say of two networks that are compared."""

from __future__ import annotations

import numpy as np

from model.analysis.unit_matching import aligned, match_units
from model.language import _
from model.network.network import Network
from model.network.origins import of_a_run
from model.network.parameters import Parameters
from model.numbers import number
from model.simulation.situation import Situation
from model.steps.difference import difference
from tui.text.glyphs import Glyphs


def has_the_same_units(situation: Situation, other: Network) -> bool:
    """Whether the other network is another moment of the run that is shown, and its units are the same ones.

    Weights of another run can be those of a file that a lesson shows.
    """
    shown = [custom.parameters.matrices for custom in situation.custom_networks.values()]
    theirs = other.parameters.matrices
    from_a_file = any(
        all(name in theirs and np.array_equal(matrix, theirs[name]) for name, matrix in matrices.items())
        for matrices in shown
    )
    return situation.trains and of_a_run(other.origin) and not from_a_file


def comparable_weights(situation: Situation, other: Network, *, matched: bool) -> Parameters:
    """The other network's weights, its units in the order of this one's where they are to be matched."""
    if not matched:
        return other.parameters
    return aligned(other.parameters, match_units(situation.network, other, situation.roommate))


def largest_of_all(situation: Situation, weights: Parameters, glyphs: Glyphs) -> str:
    """The weight that differs most in all matrices, in words: ``largest change of all: Food u1 ← burger, -3.04``.

    Args:
        situation: Its network is compared.
        weights: Those of the other, in the order in which they are compared.
        glyphs: Characters to write with.
    """
    one, names = situation.network, ("this", "other")
    steps = [difference(situation.roommate, one, weights, matrix, names) for matrix in one.matrices]
    step = max(steps, key=lambda step: float(np.abs(step.result.value).max()))
    entry = int(np.abs(step.result.value).argmax())
    return _("largest change of all: {matrix} {entry}, {change}").format(
        matrix=step.title,
        entry=glyphs.describe(step.result, entry),
        change=number(float(step.result.value.flat[entry])),
    )
