"""Passes in less memory, for training: what only its own day reads has room for one day, which stays in the cache.

The screen shows every quantity of every day, so its passes keep them all.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.arrays import Array
from model.network.backward import BackwardPass
from model.network.cell import CHOSEN, LOGITS, PROBABILITIES
from model.network.forward import Bound, ForwardPass
from model.network.operations import Apply, Multiply, Product
from model.network.schedule import Feedback, backward_schedule, forward_schedule


def lean_forward(forward: ForwardPass, feedback: Feedback) -> ForwardPass:
    """The same arrays without those that neither another day nor the backward pass reads.

    The backward rules read a product's input, both factors, and what a non-linearity has made; the loss reads logits
    and probabilities. What is handed on stands where the next day reads it, and is not copied.

    Args:
        forward: Its arrays.
        feedback: What is fed back, as `Network.feedback` has it.
    """
    schedule = forward_schedule(forward.cell, feedback)
    kept = {LOGITS, PROBABILITIES, CHOSEN}
    for operation in forward.cell.operations:
        if isinstance(operation, Product | Multiply):
            kept.update(operation.inputs)
        elif isinstance(operation, Apply):
            kept.add(operation.out)
    for operation in (*schedule.before, *schedule.after):
        kept.update(operation.inputs)
    quantities = dict(forward.quantities)
    for name in {operation.out for operation in schedule.during} - kept:
        quantities[name] = _one_day(quantities[name])
    for name, source in schedule.hands_on:
        quantities[source] = forward.handed_on[name][1:]
    return replace(forward, quantities=quantities, bound=Bound())


def lean_backward(back: BackwardPass) -> BackwardPass:
    """The same arrays with room for one day where a gradient only leads to others of its day."""
    schedule = backward_schedule(back.cell, back.feedback)
    of_day = {operation.out for operation in schedule.during}
    weighted = {operation.out for operation in back.cell.weighted}
    arrays = [(array, name in of_day - weighted) for name, array in back.gradients.items()]
    arrays += [(array, {share.quantity, share.source} <= of_day) for share, array in back.shares.items()]
    kept = {_place(array) for array, passing in arrays if not passing}
    one_day = {_place(array): _one_day(array) for array, _passing in arrays if _place(array) not in kept}
    return replace(
        back,
        gradients={name: one_day.get(_place(array), array) for name, array in back.gradients.items()},
        shares={share: one_day.get(_place(array), array) for share, array in back.shares.items()},
        bound=Bound(),
    )


def _place(array: Array) -> int:
    """Where an array begins in memory: gradients and shares that are one array have one place."""
    return array.ctypes.data


def _one_day(days: Array) -> Array:
    """An array of the same shape, (T, …), all of whose days are one."""
    day = np.zeros(days.shape[1:])
    return np.lib.stride_tricks.as_strided(day, days.shape, (0, *day.strides))
