"""How large a week's error is day by day on its way back, and what each day adds to the gradient of each matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from model.arrays import Array
from model.network.backward import TOMORROW, BackwardPass, Share, shares_of
from model.network.cell import LOGITS


@dataclass(frozen=True, eq=False)
class Meeting:
    """The sizes of what comes back to a quantity to which the days after send something back, too.

    Attributes:
        quantity: Its symbol: the logits where the dish is fed back, otherwise what is handed on.
        own: (T,): the size of what comes from the day's own error.
        later: (T,): the size of what comes from the days after.
        together: (T,): the size of the sum of both.
    """

    quantity: str
    own: Array
    later: Array
    together: Array


@dataclass(frozen=True, eq=False)
class DayErrors:
    """What each day contributes to an update, as Euclidean norms.

    Attributes:
        meetings: Where a day's own error meets that of the days after; the logits where nothing comes from these.
        matrices: (T,) by the matrix's name: the size of what each day adds to its gradient.
    """

    meetings: tuple[Meeting, ...]
    matrices: Mapping[str, Array]


def day_errors(back: BackwardPass) -> DayErrors:
    """Read the sizes of errors and gradients by days off the backward pass of one week."""
    with np.errstate(all="ignore"):  # as in `work_out_update`
        return DayErrors(
            meetings=tuple(_meetings(back)),
            matrices={name: _sizes(of_days) for name, of_days in back.matrices.items()},
        )


def _meetings(back: BackwardPass) -> Iterable[Meeting]:
    by_name = shares_of(back.cell, back.feedback)
    from_later = {name for name, of_name in by_name.items() if {share.source for share in of_name} == {TOMORROW}}
    later = {TOMORROW, *from_later}
    found = False
    for name, of_name in by_name.items():
        after = [share for share in of_name if share.source in later]
        own = [share for share in of_name if share.source not in later]
        if after and own:
            found = True
            yield Meeting(name, _sum(back, own), _sum(back, after), _sizes(back.gradients[name]))
    if not found:
        size = _sizes(back.gradients[LOGITS])
        yield Meeting(LOGITS, size, np.zeros_like(size), size)


def _sum(back: BackwardPass, shares: list[Share]) -> Array:
    """(T,): the size of the sum of some shares of a quantity."""
    total = back.shares[shares[0]]
    for share in shares[1:]:
        total = total + back.shares[share]
    return _sizes(total)


def _sizes(of_days: Array) -> Array:
    """(T,): the Euclidean norm of what belongs to each day."""
    flat = of_days.reshape(len(of_days), -1)
    sizes: Array = np.sqrt(np.einsum("ti,ti->t", flat, flat))
    return sizes
