"""How much memory a week or a batch takes: there is a most, which is told before it is used."""

from __future__ import annotations

from model.errors import InputError
from model.network.parameters import Sizes, hand_set_sizes
from model.roommate.roommate import Roommate
from model.training.config import TrainingConfig

MAX_WEEK_BYTES = 2**28
"""What the numbers of one week may take."""

MAX_BATCH_BYTES = 2**29
"""What the numbers of a batch may take."""

FLOAT = 8
"""Bytes of a number."""


def forward_bytes(sizes: Sizes) -> int:
    """What one day of one week takes on the way forwards: the numbers of a `ForwardPass`, and of its `Batch`."""
    n, k, h, m = sizes
    return FLOAT * (m + 2 * k + 4 * h + 3 * n + 1)


def backward_bytes(sizes: Sizes) -> tuple[int, int]:
    """What the way back takes more: for one day of one week, and for the gradients of one day of all weeks."""
    n, k, h, m = sizes
    return FLOAT * (2 * n + 2 * h + m), FLOAT * (h * m + h * k + n * h)


def most_days(sizes: Sizes, *, backward: bool = False) -> int:
    """The days of the longest week that a network can be shown with.

    Args:
        sizes: As `Parameters.sizes`.
        backward: Whether errors are to go back through it.
    """
    return MAX_WEEK_BYTES // (forward_bytes(sizes) + (sum(backward_bytes(sizes)) if backward else 0))


def check_week(days: int, sizes: Sizes) -> None:
    """Refuse a week that would take more memory than there may be.

    Raises:
        InputError: It says how long a week can be.
    """
    most = most_days(sizes)
    if days > most:
        raise InputError(
            f"A week of {days:,} days takes too much memory with {sizes[2]:,} hidden units: at most {most:,} days "
            "can be shown. Take a shorter week."
        )


def check_batch(roommate: Roommate, config: TrainingConfig) -> None:
    """Refuse settings whose batch would take more memory than there may be.

    Raises:
        InputError: It says what it would take.
    """
    n, k, hidden, fed_back = hand_set_sizes(roommate, config.kind)
    elman = fed_back != n
    hidden = config.hidden or hidden
    sizes = n, k, hidden, hidden if elman else n
    each, of_all = backward_bytes(sizes)
    wanted = config.days * (config.weeks * (forward_bytes(sizes) + each) + of_all)
    if wanted > MAX_BATCH_BYTES:
        raise InputError(
            f"weeks: {config.weeks:,} of {config.days:,} days with {hidden:,} hidden units would take "
            f"{wanted / 2**20:,.0f} MB, and there can be {MAX_BATCH_BYTES / 2**20:,.0f}: take fewer or shorter "
            "weeks, or fewer hidden units."
        )
