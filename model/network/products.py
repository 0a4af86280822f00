"""How the operations that have weights multiply: in one network, or in many of the same shape at once.

Of many networks, the columns of a quantity are the weeks of all of them, and every other operation works column by
column: it need not know. The weights have a last axis, (rows, columns, networks). Which order is fast depends on the
weeks: with few, each entry of a matrix is multiplied with a whole row of networks (`SeedsLast`); with more, each
network's product is one of BLAS (`SeedsFirst`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from model.arrays import Array

Number = TypeVar("Number", bound=np.generic)

Call = Callable[[], object]

EINSUM: Callable[..., Array] = getattr(getattr(np, "_core", np), "multiarray", np).__dict__.get("c_einsum", np.einsum)
"""`numpy.einsum` without its wrapper, which plans products of many arrays and takes a third of one of two small ones.

It is no public name; where numpy has it no longer, the public one does the same.
"""


class Products(ABC):
    """The calls that multiply: each is returned, not made.

    Attributes:
        networks: How many networks' columns a quantity has.
    """

    networks: int

    @abstractmethod
    def product(self, matrix: Array, x: Array, out: Array) -> Call:
        """Out = matrix · x, for one day or all days at once."""

    @abstractmethod
    def back(self, matrix: Array, gradient: Array, into: Array) -> Call:
        """Into = matrixᵀ · gradient."""

    @abstractmethod
    def gradient(self, of_out: Array, x: Array, into: Array) -> Call:
        """Into = of_out · xᵀ: of one network for each day, (T, rows, columns), of many summed over the days."""

    @abstractmethod
    def add_bias(self, x: Array, bias: Array, out: Array) -> Call:
        """Out = x + bias."""

    @abstractmethod
    def bias_gradient(self, of_out: Array, into: Array) -> Call:
        """Into = of_out, summed as `gradient` is."""


class OneNetwork(Products):
    """A quantity is (T, size, B) or (size, B), a matrix (rows, columns)."""

    networks = 1

    def product(self, matrix: Array, x: Array, out: Array) -> Call:
        return partial(matrix.dot, x, out) if x.ndim == 2 else partial(np.matmul, matrix, x, out)

    def back(self, matrix: Array, gradient: Array, into: Array) -> Call:
        return self.product(matrix.T, gradient, into)

    def gradient(self, of_out: Array, x: Array, into: Array) -> Call:
        return partial(np.matmul, of_out, x.transpose(0, 2, 1), into)

    def add_bias(self, x: Array, bias: Array, out: Array) -> Call:
        return partial(np.add, x, bias, out)

    def bias_gradient(self, of_out: Array, into: Array) -> Call:
        return partial(np.add.reduce, of_out, 2, None, into, True)


class ManyNetworks(Products):
    """Networks of one shape whose weeks are the columns of every quantity, and whose weights have a last axis.

    Args:
        networks: How many.
    """

    def __init__(self, networks: int) -> None:
        self.networks = networks

    @abstractmethod
    def weights(self, size: int) -> Array:
        """Zeros for ``size`` weights of each network: (size, networks), in the order in which they are used."""

    @abstractmethod
    def columns(self, of_each: NDArray[Number]) -> NDArray[Number]:
        """(…, networks, weeks) as (…, columns), a copy."""

    @abstractmethod
    def apart(self, columns: NDArray[Number]) -> NDArray[Number]:
        """(…, columns) as (…, networks, weeks), a view."""

    @abstractmethod
    def any_of(self, columns: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """(networks,): whether any of each network's columns is true on any day, (T, columns)."""

    @abstractmethod
    def totals(self, columns: Array) -> Array:
        """(networks,): the sum of each network's columns on all days, (T, columns)."""


class SeedsLast(ManyNetworks):
    """Column = week · networks + network: a row has one week's entries of all networks side by side."""

    def weights(self, size: int) -> Array:
        return np.zeros((size, self.networks))

    def columns(self, of_each: NDArray[Number]) -> NDArray[Number]:
        return of_each.swapaxes(-1, -2).reshape(*of_each.shape[:-2], -1)

    def apart(self, columns: NDArray[Number]) -> NDArray[Number]:
        return self._weeks(columns).swapaxes(-1, -2)

    def any_of(self, columns: NDArray[np.bool_]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = np.logical_or.reduce(columns.reshape(-1, self.networks), 0)
        return found

    def totals(self, columns: Array) -> Array:
        total: Array = np.add.reduce(columns.reshape(-1, self.networks), 0)
        return total

    def _weeks(self, columns: NDArray[Number]) -> NDArray[Number]:
        return columns.reshape(*columns.shape[:-1], -1, self.networks)

    def product(self, matrix: Array, x: Array, out: Array) -> Call:
        return self._einsum("ijs,jbs->ibs" if x.ndim == 2 else "ijs,tjbs->tibs", matrix, x, out)

    def back(self, matrix: Array, gradient: Array, into: Array) -> Call:
        return self._einsum("ijs,ibs->jbs" if gradient.ndim == 2 else "ijs,tibs->tjbs", matrix, gradient, into)

    def _einsum(self, subscripts: str, matrix: Array, x: Array, out: Array) -> Call:
        return partial(EINSUM, subscripts, matrix, self._weeks(x), out=self._weeks(out))

    def gradient(self, of_out: Array, x: Array, into: Array) -> Call:
        return partial(EINSUM, "tibs,tjbs->ijs", self._weeks(of_out), self._weeks(x), out=into)

    def add_bias(self, x: Array, bias: Array, out: Array) -> Call:
        return partial(np.add, self._weeks(x), bias, self._weeks(out))

    def bias_gradient(self, of_out: Array, into: Array) -> Call:
        return partial(EINSUM, "tibs->is", self._weeks(of_out), out=into[:, 0])


class SeedsFirst(ManyNetworks):
    """Column = network · weeks + week: each network's weeks are together, a matrix that BLAS can multiply."""

    def weights(self, size: int) -> Array:
        return np.zeros((self.networks, size)).T

    def columns(self, of_each: NDArray[Number]) -> NDArray[Number]:
        return of_each.reshape(*of_each.shape[:-2], -1)

    def apart(self, columns: NDArray[Number]) -> NDArray[Number]:
        return columns.reshape(*columns.shape[:-1], self.networks, -1)

    def any_of(self, columns: NDArray[np.bool_]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = np.logical_or.reduce(self.apart(columns), axis=(0, 2))
        return found

    def totals(self, columns: Array) -> Array:
        return _of_all_days(np.add.reduce(self.apart(columns), -1))

    def _each(self, columns: NDArray[Number]) -> NDArray[Number]:
        """(…, size, columns) as (…, networks, size, weeks)."""
        return self.apart(columns).swapaxes(-2, -3)

    def product(self, matrix: Array, x: Array, out: Array) -> Call:
        return partial(np.matmul, matrix.transpose(2, 0, 1), self._each(x), self._each(out))

    def back(self, matrix: Array, gradient: Array, into: Array) -> Call:
        return partial(np.matmul, matrix.transpose(2, 1, 0), self._each(gradient), self._each(into))

    def gradient(self, of_out: Array, x: Array, into: Array) -> Call:
        rows, columns = self._each(of_out), self._each(x).swapaxes(-1, -2)
        total = into.transpose(2, 0, 1)
        days = np.empty((len(of_out), *total.shape))

        def of_all_days() -> None:
            np.matmul(rows, columns, days)
            np.copyto(total, _of_all_days(days))

        return of_all_days

    def add_bias(self, x: Array, bias: Array, out: Array) -> Call:
        return partial(np.add, self.apart(x), bias.transpose(0, 2, 1), self.apart(out))

    def bias_gradient(self, of_out: Array, into: Array) -> Call:
        weeks, total = self.apart(of_out), into[:, 0]
        days = np.empty(weeks.shape[:-1])

        def of_all_days() -> None:
            np.add.reduce(weeks, axis=-1, out=days)
            np.copyto(total, _of_all_days(days))

        return of_all_days


def _of_all_days(days: Array) -> Array:
    """The sum over the first axis, one day after the other in all cases: a sum of single numbers would be paired."""
    total: Array = np.add.accumulate(days, axis=0, out=days)[-1]
    return total


ONE_NETWORK = OneNetwork()
"""How a network by itself multiplies."""
