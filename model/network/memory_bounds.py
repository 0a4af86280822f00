"""How much memory a week or a batch takes: there is a most, which is told before it is used."""

from __future__ import annotations

from collections.abc import Mapping

from model.errors import InputError
from model.language import _
from model.network.backward import TOMORROW, shares_of
from model.network.cell import PROBABILITIES, Cell, Size
from model.network.schedule import Feedback

MAX_WEEK_BYTES = 2**28
"""The most bytes that the numbers of one week may take."""

MAX_BATCH_BYTES = 2**29
"""The most bytes that the numbers of a batch may take."""

FLOAT = 8
"""Bytes of a number."""


def forward_bytes(cell: Cell, sizes: Mapping[Size, int]) -> int:
    """What one day of one week takes on the way forwards: the numbers of a `ForwardPass`, and of its `Batch`."""
    quantities = sum(sizes[size] for size in cell.sizes.values())
    dishes = 3 * sizes[Size.DISHES]  # probabilities, the dish chosen, and the target
    return FLOAT * (quantities + dishes + sizes[Size.WEATHERS] + 1)


def backward_bytes(cell: Cell, sizes: Mapping[Size, int]) -> tuple[int, int]:
    """Bytes that a backward pass adds: for one day of one week, and for the gradients of one day of all weeks."""
    made_by = {operation.out: operation for operation in cell.operations}
    rows, gradients = {**cell.sizes, PROBABILITIES: Size.DISHES}, 0
    for name, shares in shares_of(cell, Feedback.HIDDEN if cell.remembers else Feedback.SOFT).items():
        parts = [
            share
            for share in shares
            if share.source != TOMORROW and not (share.source in made_by and made_by[share.source].passes_on(name))
        ]
        gradients += sizes[rows[name]] * (len(parts) + (len(shares) > 1))
    matrices = sum(sizes[rows] * sizes[columns] for rows, columns in cell.matrices.values())
    return FLOAT * gradients, FLOAT * matrices


def most_days(cell: Cell, sizes: Mapping[Size, int], *, backward: bool = False) -> int:
    """The days of the longest week that a network can be shown with.

    Args:
        cell: The architecture.
        sizes: The numbers of dishes, weathers and hidden units.
        backward: Whether errors are to go back through it.
    """
    back = sum(backward_bytes(cell, sizes)) if backward else 0
    return MAX_WEEK_BYTES // (forward_bytes(cell, sizes) + back)


def check_week(days: int, cell: Cell, sizes: Mapping[Size, int]) -> None:
    """Refuse a week that would take more memory than there may be.

    Raises:
        InputError: It says how long a week can be.
    """
    most = most_days(cell, sizes)
    if days > most:
        raise InputError(
            _(
                "A week of {days:,} days takes too much memory with {units:,} hidden units: at most "
                "{most:,} days can be shown. Take a shorter week."
            ).format(days=days, units=sizes[Size.HIDDEN], most=most)
        )


def check_batch(cell: Cell, sizes: Mapping[Size, int], weeks: int, days: int) -> None:
    """Refuse a batch that would take more memory than there may be.

    Raises:
        InputError: It says what it would take.
    """
    each, of_all = backward_bytes(cell, sizes)
    wanted = days * (weeks * (forward_bytes(cell, sizes) + each) + of_all)
    if wanted > MAX_BATCH_BYTES:
        raise InputError(
            _(
                "weeks: {weeks:,} of {days:,} days with {units:,} hidden units would take {wanted:,.0f} MB, "
                "and there can be {most:,.0f}: take fewer or shorter weeks, or fewer "
                "hidden units."
            ).format(
                weeks=weeks,
                days=days,
                units=sizes[Size.HIDDEN],
                wanted=wanted / 2**20,
                most=MAX_BATCH_BYTES / 2**20,
            )
        )
