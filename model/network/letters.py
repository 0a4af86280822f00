"""A letter for each weight, as on the lecture's last slide: a to r in Food, s to E in Weather, F to X in Merge."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.network.parameters import Parameters

LETTERS = "abcdefghijklmnopqrstuvwxzABCDEFGHIJKLMNOPQRSTUVX"
"""The lecture's 48, which leave out y and W."""


def letters_of(parameters: Parameters) -> dict[str, NDArray[np.str_]]:
    """The letters of all weights by their matrices, in the order of the cell, each matrix row by row.

    After X it goes on with a2, b2, and so on.

    Args:
        parameters: The weights; only their shapes matter.
    """
    letters, start = {}, 0
    for name, matrix in parameters.matrices.items():
        numbers = range(start, start + matrix.size)
        letters[name] = np.array([_letter(number) for number in numbers]).reshape(matrix.shape)
        start += matrix.size
    return letters


def _letter(number: int) -> str:
    turn, place = divmod(number, len(LETTERS))
    return LETTERS[place] + (str(turn + 1) if turn else "")
