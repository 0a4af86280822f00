"""Weights that represent any roommate exactly, by the lecture's construction."""

from __future__ import annotations

import numpy as np

from model.network.parameters import Parameters
from model.roommate.roommate import Kind, Roommate


def hand_set(roommate: Roommate, kind: Kind = Kind.RNN) -> Parameters:
    """Weights that represent a roommate exactly, whatever the table: the lecture's construction.

    Food stacks a block of n rows for each weather, holding that weather's row of the table as one-hot columns.
    Weather lights the block of today's weather. In the sum exactly one entry is 2 and every other at most 1, so a
    non-linearity that keeps the largest keeps the unit (today's weather, today's dish), and Merge adds the blocks.

    The two simpler networks are the same network with less in it: Merge is the identity, and either Food or
    Weather is zero; the other holds the dishes as one-hot columns.

    The Elman network has the roommate's s states in the place of the dishes. The unit that stays says (yesterday's
    weather, yesterday's state), so each block of Memory is the weather's row of the table once for every weather
    that yesterday can have had, and Merge has in the column of a unit the one-hot dish that its state shows.

    Args:
        roommate: Any table of n dishes (or s states) and k weathers.
        kind: Which network.

    Returns:
        The weights: h = k·n hidden units for the lecture's whole network, h = n for its simpler two, h = k·s for
        the Elman network.
    """
    n, k = len(roommate.dishes), len(roommate.weathers)
    one_hot = np.eye(n)
    if kind is Kind.ELMAN:
        states = np.eye(len(roommate.states))
        return Parameters(
            food=np.vstack([np.tile(states[:, row], k) for row in np.array(roommate.transitions)]),
            weather=np.repeat(np.eye(k), len(states), axis=0),
            merge=np.tile(one_hot[:, roommate.shows], k),
        )
    table = np.array(roommate.reduced(kind).next_dish)  # (k, n)
    if kind is Kind.WEATHER:
        return Parameters(np.zeros((n, n)), one_hot[:, table[:, 0]], one_hot)
    if kind is Kind.CYCLE:
        return Parameters(one_hot[:, table[0]], np.zeros((n, k)), one_hot)
    return Parameters(
        food=np.vstack([one_hot[:, row] for row in table]),
        weather=np.repeat(np.eye(k), n, axis=0),
        merge=np.tile(one_hot, k),
    )
