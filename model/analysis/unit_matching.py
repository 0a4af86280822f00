"""Two networks beside each other: which hidden unit of one plays which of the other, and what differs then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.arrays import Array, Indices
from model.language import _
from model.network.cell import Size
from model.network.forward import run_forward
from model.network.network import Network
from model.network.parameters import Parameters
from model.roommate.roommate import Roommate
from model.training.evaluation import RuleCases


@dataclass(frozen=True, eq=False)
class Match:
    """For each hidden unit of one network the unit of another that behaves most like it.

    Attributes:
        unit: (h,): the other's unit, or −1 where the other has fewer units.
        sign: (h,): −1 where it does the opposite, else 1; units may only be turned round where φ(−z) = −φ(z).
        likeness: (h,): the size of their correlation over all cases, from 0 to 1.
    """

    unit: Indices
    sign: Array
    likeness: Array


def activity(network: Network, roommate: Roommate) -> Array:
    """(h, days): what every hidden unit does on each day that the network is judged by: one a case, or several."""
    weeks = RuleCases.of(roommate, network.units, zero=network.zero_start).batch
    hidden: Array = run_forward(network, weeks).hidden
    return hidden.transpose(1, 0, 2).reshape(hidden.shape[1], -1)


def correlation(one: Array, other: Array) -> Array:
    """(h, g): Pearson's correlation of every row of one matrix with every row of another; 0 for constant rows."""
    normal = []
    for rows in (one, other):
        centred = rows - rows.mean(axis=1, keepdims=True)
        length = np.sqrt(np.square(centred).sum(axis=1, keepdims=True))
        normal.append(np.divide(centred, length, out=np.zeros_like(centred), where=length > 1e-12))
    product: Array = normal[0] @ normal[1].T
    return product


def assign(worth: Array) -> Indices:
    """The column for each row, no column twice, that makes the sum of the worths greatest.

    Args:
        worth: (rows, columns), with no more rows than columns.

    Returns:
        (rows,): the columns. The Hungarian method with shortest augmenting paths (Jonker and Volgenant 1987).
    """
    cost = worth.max(initial=0.0) - worth
    rows, columns = cost.shape
    of_row, of_column = np.zeros(rows), np.zeros(columns)
    taken_by = np.full(columns, -1)
    for start in range(rows):
        shortest, before = np.full(columns, np.inf), np.full(columns, -1)
        seen = np.zeros(columns, dtype=bool)
        row, at, length = start, -1, 0.0
        while row != -1:
            through = length + cost[row] - of_row[row] - of_column
            better = ~seen & (through < shortest)
            shortest[better], before[better] = through[better], at
            at = int(np.where(seen, np.inf, shortest).argmin())
            length, seen[at] = float(shortest[at]), True
            row = int(taken_by[at])
        visited = seen & (taken_by != -1)
        of_row[start] += length
        of_row[taken_by[visited]] += length - shortest[visited]
        of_column[seen] -= length - shortest[seen]
        while at != -1:  # turn the path round: every row on it moves to the column after
            previous = int(before[at])
            taken_by[at] = start if previous == -1 else taken_by[previous]
            at = previous
    found = np.full(rows, -1)
    found[taken_by[taken_by != -1]] = np.flatnonzero(taken_by != -1)
    return found


def match_units(one: Network, other: Network, roommate: Roommate) -> Match:
    """Find for each unit of one network the unit of the other that does the same (or the opposite).

    Args:
        one: Whose units are asked for.
        other: Whose units they are compared with.
        roommate: Its cases are what the units are tried on.
    """
    alike = correlation(activity(one, roommate), activity(other, roommate))
    turnable = (one.activation.odd or other.activation.odd) and not one.cell.gated
    worth = np.abs(alike) if turnable else alike
    if worth.shape[0] <= worth.shape[1]:
        unit = assign(worth)
    else:
        unit = np.full(worth.shape[0], -1)
        unit[assign(worth.T)] = np.arange(worth.shape[1])
    found = unit >= 0
    value = np.where(found, alike[np.arange(len(unit)), np.maximum(unit, 0)], 0.0)
    sign = np.where((value < 0) & turnable, -1.0, 1.0)
    return Match(unit, sign, np.clip(value * sign, 0.0, 1.0))


def aligned(parameters: Parameters, match: Match) -> Parameters:
    """Weights with their units in the order, and with the signs, of the network they were matched with.

    Args:
        parameters: The weights.
        match: What `match_units` has found.

    Raises:
        ValueError: A unit has no counterpart.
    """
    if (match.unit < 0).any() or len(match.unit) != parameters.hidden:
        raise ValueError(_("The networks have different numbers of hidden units."))
    moved = {}
    for name, (rows, columns) in parameters.cell.matrices.items():
        matrix = parameters[name]
        if rows is Size.HIDDEN:
            matrix = matrix[match.unit] * match.sign[:, None]
        if columns is Size.HIDDEN:
            matrix = matrix[:, match.unit] * match.sign
        moved[name] = matrix
    return Parameters(parameters.cell, moved)
