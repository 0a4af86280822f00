"""Whether each of many networks answers the cases of the rule, and passes the exam: the two halves of "learned"."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.arrays import Array, Indices
from model.network.batch import Batch
from model.network.forward import ForwardPass, run_forward
from model.network.loss import margins
from model.network.network import Network
from model.network.products import ManyNetworks, SeedsFirst
from model.network.schedule import Feedback
from model.training.evaluation import RuleCases
from model.training.exam import Exam

Mask = NDArray[np.bool_]


def for_each(batch: Batch, products: ManyNetworks) -> Batch:
    """The same weeks for every network, as columns."""

    def repeated(array: Array) -> Array:
        return np.ascontiguousarray(products.columns(np.repeat(array[..., None, :], products.networks, axis=-2)))

    assert batch.target is not None
    return Batch(repeated(batch.weather), repeated(batch.start), repeated(batch.target))


def _all_right(run: ForwardPass, batch: Batch, counted: Mask, products: ManyNetworks) -> Mask:
    """(networks,): which of them are right on every day that counts; what is no number is not right."""
    wrong = products.apart(~(margins(run, batch) > 0)) & counted[:, None, :]
    right: Mask = np.logical_not(wrong.any(axis=(0, 2)))
    return right


class SeedCases:
    """The cases of the rule, asked of many networks at once.

    Args:
        cases: The cases as weeks.
        network: The networks, whose weights change in place.
        products: How they multiply.
    """

    def __init__(self, cases: RuleCases, network: Network, products: ManyNetworks) -> None:
        self._network, self._products = network, products
        self._batch = for_each(cases.batch, products)
        known = np.append(cases.known.ravel(), False)  # the last: a day of which nobody knows what it is
        self._counted = known[cases.case]
        shape = self._batch.weather.shape
        self._pass = replace(ForwardPass.allocate(network.parameters, shape), products=products)

    def right(self) -> Mask:
        """(networks,): which of them answer all known cases with the right dish."""
        run = run_forward(self._network, self._batch, Feedback.TEACHER, self._pass, choose=False)
        return _all_right(run, self._batch, self._counted, self._products)


@dataclass(frozen=True, eq=False)
class _Day:
    """A day of the exam: each beginning of a week once, however many weeks begin so.

    Attributes:
        batch: The day's weather and right dishes, for all networks.
        counted: (1, beginnings): whether it is known what the roommate cooks.
        parents: The day before of each, as an index.
        run: The arrays of its pass.
    """

    batch: Batch
    counted: Mask
    parents: Indices
    run: ForwardPass


class SeedExam:
    """The exam, taken by some networks at once; weeks that begin alike share their days.

    Args:
        exam: The weeks.
        network: Networks of the same shape as those that take it; their own weights do not matter.
        feedback: What they are fed.
        weights: Room for the weights of as many as take it at once, and what `network` is made of.
    """

    def __init__(self, exam: Exam, network: Network, feedback: Feedback, weights: Array) -> None:
        self._network, self._feedback, self._weights = network, feedback, weights
        self._products = SeedsFirst(weights.shape[1])
        batch, self._days = exam.batch, list[_Day]()
        assert batch.target is not None
        before = np.zeros(batch.start.shape[1], dtype=np.intp)
        for day in range(len(batch.weather)):
            begun = slice(day + 1)
            flat = [array[begun].reshape(-1, before.size) for array in (batch.weather, batch.target, exam.counted)]
            key = np.concatenate([batch.start, *flat])
            _unused, first, place = np.unique(key, axis=1, return_index=True, return_inverse=True)
            of_day = Batch(
                batch.weather[day : day + 1, :, first], batch.start[:, first], batch.target[day : day + 1, :, first]
            )
            weeks = for_each(of_day, self._products)
            run = replace(ForwardPass.allocate(network.parameters, weeks.weather.shape), products=self._products)
            self._days.append(_Day(weeks, exam.counted[day : day + 1, first], before[first], run))
            before = place.reshape(-1)

    def passed(self, weights: Array) -> Mask:
        """(networks,): which of some networks pass.

        Args:
            weights: (size, networks): of as many as there are.
        """
        most, count = self._products.networks, weights.shape[1]
        passed = np.empty(count, dtype=bool)
        for begin in range(0, count, most):
            some = weights[:, begin : begin + most]
            self._weights[:, : some.shape[1]] = some
            passed[begin : begin + most] = self._pass()[: some.shape[1]]
        return passed

    def _pass(self) -> Mask:
        right = np.ones(self._products.networks, dtype=bool)
        before: ForwardPass | None = None
        for day in self._days:
            if before is not None:
                for name, array in day.run.handed_on.items():
                    handed, into = self._products.apart(before.handed_on[name][1]), self._products.apart(array[0])
                    handed.take(day.parents, axis=-1, out=into, mode="clip")
            run_forward(self._network, day.batch, self._feedback, day.run, choose=False, begun=before is not None)
            right &= _all_right(day.run, day.batch, day.counted, self._products)
            if not right.any():
                break
            before = day.run
        return right
