"""The cases of a roommate's rule as a batch, and how a network answers them: one half of "learned".

The other half is `model.training.exam`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.arrays import Array, Indices
from model.network.batch import Batch
from model.network.forward import ForwardPass, run_forward
from model.network.loss import answers
from model.network.network import Network
from model.network.schedule import Feedback
from model.roommate.diary import Diary
from model.roommate.roommate import Roommate

ASKED_DAYS, MIN_ASKED, MAX_ASKED = 20, 480, 4096
"""The days of a week that judges the Elman network; and the fewest and about the most days of all such weeks.

The weeks are longer than those that training usually looks at: a memory that fades shows itself. Large machines get
shorter weeks, because every update is judged.
"""


@dataclass(frozen=True, eq=False)
class RuleCases:
    """Weeks in which every case occurs, and which case each day is.

    Attributes:
        batch: The weeks, with targets.
        dish: (T, B): the right dish of each day, as an index.
        case: (T, B): the case that each day is: w·s + y for weather w after state (or dish) y; k·s for a day of
            which nobody knows what it is.
        known: (k, s) for k weathers and s states, or n dishes: the cases of which it is known what follows. The
            others do not count.
    """

    batch: Batch
    dish: Indices
    case: Indices
    known: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        roommate: Roommate,
        units: int | None = None,
        known: NDArray[np.bool_] | None = None,
        *,
        zero: bool = False,
    ) -> RuleCases:
        """The cases of a roommate's rule that a network can be evaluated on.

        A network that feeds back the dish is asked for the roommate's table: every case is a week of one day from a
        one-hot dish. The Elman network cannot be asked so: only by cooking does it make the hidden units that mean a
        state. So every case begins a week of its own, which goes on with random weather, the same each time; a case
        is answered by all days that it occurs on.

        Args:
            roommate: Whose rule is asked for.
            units: `Network.units` of the network that is asked.
            known: (k, s): the cases in which the roommate's rule is known; by default all.
            zero: `Network.zero_start`: then every week begins in the first state, and cases that no week comes to do
                not count.

        Raises:
            InputError: There are fewer hidden units than states.
        """
        k, states = len(roommate.weathers), len(roommate.dishes if units is None else roommate.states)
        known = np.ones((k, states), dtype=bool) if known is None else known
        if units is None:
            weeks = cases(roommate)
            dish = np.array(roommate.next_dish).reshape(1, -1)
            return cls(weeks, dish, np.arange(dish.size)[None, :], known)
        count = k * states
        days = max(2, min(ASKED_DAYS, MAX_ASKED // count))
        first = np.tile(np.arange(count), max(1, MIN_ASKED // (ASKED_DAYS * count)))
        weather = np.random.default_rng(0).integers(k, size=(days, first.size))
        weather[0], start = np.divmod(first, states)
        if zero:
            start = np.zeros_like(start)
        transitions, before = np.array(roommate.transitions), np.empty_like(weather)
        state = start
        for day, today in enumerate(weather):
            before[day] = state
            state = transitions[today, state]
        dish = np.array(roommate.shows)[transitions[weather, before]]
        weeks = Batch.of(roommate, weather, start, dish, units, zero=zero)
        case = weather * states + before
        if zero:
            known = known & (np.bincount(case.ravel(), minlength=count) > 0).reshape(known.shape)
        lost = np.logical_or.accumulate(~known.ravel()[case[:-1]])  # where it goes on from what nobody knows
        case[1:][lost] = count
        return cls(weeks, dish, case, known)

    @cached_property
    def cases(self) -> int:
        """The number of cases that count."""
        return int(np.count_nonzero(self.known))

    def right(self, run: ForwardPass) -> NDArray[np.bool_]:
        """(k·s,): the known cases that were answered with the right dish on every day that they occurred on."""
        right = answers(run, self.batch)[1] > 0  # what is no number is not right either
        known: NDArray[np.bool_] = self.known.ravel()
        if right.shape[0] == 1 and right.size == known.size:  # each case once, in order
            return right.ravel() & known
        wrong = np.bincount(self.case[~right], minlength=known.size)[: known.size]
        answered: NDArray[np.bool_] = known & (wrong == 0)
        return answered

    def worst(self, margins: Array) -> Indices:
        """The day on which each case was answered worst, as an index into all days of all weeks.

        Args:
            margins: (T, B): how good each answer was.

        Returns:
            (k·s,): row by row.
        """
        order = np.lexsort((margins.ravel(), self.case.ravel()))
        places = np.searchsorted(self.case.ravel()[order], np.arange(self.known.size))
        return order[np.minimum(places, order.size - 1)]  # a case that never occurs does not count


def cases(roommate: Roommate) -> Batch:
    """All k·n cases of a roommate's table as weeks of one day: case w·n + y is weather w after dish y.

    What the hidden states of a roommate add to the table is not asked for.
    """
    n, k = len(roommate.dishes), len(roommate.weathers)
    weather, yesterday = np.divmod(np.arange(n * k), n)
    return Batch.of(replace(roommate, memory=None), weather[None, :], yesterday)


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What a network answers in each case: k·n cases from a one-hot yesterday, k·s for the Elman network.

    A case of the Elman network is a weather and the roommate's state; it occurs on many days, and of these the one
    with the smallest margin counts.

    Attributes:
        dish: (k, n): the dish chosen for each weather and yesterday, as an index.
        right: (k, n): whether it is the roommate's, and no other dish ties with it.
        margin: (k, n): the probability of the right dish minus the greatest of the others; negative where wrong.
        probability: (k, n): the probability of the right dish.
        known: (k, n): whether it is known what the roommate's is; the other cases do not count.
    """

    dish: Indices
    right: NDArray[np.bool_]
    margin: Array
    probability: Array
    known: NDArray[np.bool_]

    @property
    def all_right(self) -> bool:
        """Whether the whole rule is right, as far as it is known."""
        return self.count == self.cases

    @property
    def count(self) -> int:
        """How many of the known cases are right."""
        return int((self.right & self.known).sum())

    @property
    def cases(self) -> int:
        """How many cases are known."""
        return int(self.known.sum())

    @property
    def smallest(self) -> float:
        """The smallest margin of all known cases."""
        return float(self.margin[self.known].min())


@np.errstate(all="ignore")  # as in `run_forward`
def evaluate(network: Network, roommate: Roommate, diary: Diary | None = None) -> Evaluation:
    """Ask a network for each case of a roommate's rule.

    Args:
        network: Any weights.
        roommate: Whose rule is right; see `RuleCases.of` for what is asked.
        diary: What the rule is known from, if it is not given.
    """
    known = None if diary is None else diary.taught.decided
    exam = RuleCases.of(roommate, network.units, known, zero=network.zero_start)
    return evaluated(exam, run_forward(network, exam.batch, Feedback.HARD))


def evaluated(exam: RuleCases, run: ForwardPass) -> Evaluation:
    """The evaluation that follows from the answers of a forward pass."""
    probability, margin = answers(run, exam.batch)
    worst = exam.worst(np.where(np.isnan(margin), -np.inf, margin))
    shape = exam.known.shape
    dish, margin = run.dish.ravel()[worst].reshape(shape), margin.ravel()[worst].reshape(shape)
    return Evaluation(dish, margin > 0, margin, probability.ravel()[worst].reshape(shape), exam.known)
