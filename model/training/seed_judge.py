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
from model.network.products import ManyNetworks, Number, SeedsFirst
from model.network.schedule import Feedback
from model.training.evaluation import RuleCases
from model.training.exam import Exam

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Asked:
    """The same weeks for every network, as columns, and on which of their days it counts what is answered."""

    batch: Batch
    counted: Mask
    products: ManyNetworks

    @classmethod
    def of(cls, batch: Batch, counted: Mask, products: ManyNetworks) -> _Asked:
        """The weeks of a batch, (T, …, B), with (T, B): the days that count."""
        assert batch.target is not None
        return cls(
            Batch(
                repeated(batch.weather, products),
                repeated(batch.start, products),
                repeated(batch.target, products),
            ),
            repeated(counted, products),
            products,
        )

    def allocate(self, network: Network) -> ForwardPass:
        """The arrays of a pass over these weeks."""
        return replace(ForwardPass.allocate(network.parameters, self.batch.weather.shape), products=self.products)

    def all_right(self, run: ForwardPass) -> Mask:
        """(networks,): which of them are right on every day that counts; what is no number is not right."""
        return ~self.products.any_of(~(margins(run, self.batch) > 0) & self.counted)


def repeated(of_one: NDArray[Number], products: ManyNetworks) -> NDArray[Number]:
    """(…, B) of one network as (…, columns) of all."""
    return np.ascontiguousarray(products.columns(np.repeat(of_one[..., None, :], products.networks, axis=-2)))


class SeedCases:
    """The cases of the rule, asked of many networks at once.

    Args:
        cases: The cases as weeks.
        network: The networks, whose weights change in place.
        products: How they multiply.
    """

    def __init__(self, cases: RuleCases, network: Network, products: ManyNetworks) -> None:
        known = np.append(cases.known.ravel(), False)  # the last: a day of which nobody knows what it is
        self._network, self._asked = network, _Asked.of(cases.batch, known[cases.case], products)
        self._pass = self._asked.allocate(network)

    def right(self) -> Mask:
        """(networks,): which of them answer all known cases with the right dish."""
        return self._asked.all_right(
            run_forward(self._network, self._asked.batch, Feedback.TEACHER, self._pass, choose=False)
        )


@dataclass(frozen=True, eq=False)
class _Day:
    """A day of the exam: each beginning of a week once, however many weeks begin so.

    Attributes:
        asked: The day's weather and right dishes, for all networks.
        parents: The day before of each, as an index.
        run: The arrays of its pass.
    """

    asked: _Asked
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
            asked = _Asked.of(of_day, exam.counted[day : day + 1, first], self._products)
            self._days.append(_Day(asked, before[first], asked.allocate(network)))
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
            begun = before is not None
            run_forward(self._network, day.asked.batch, self._feedback, day.run, choose=False, begun=begun)
            right &= day.asked.all_right(day.run)
            if not right.any():
                break
            before = day.run
        return right
