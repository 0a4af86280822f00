"""Parameters: the matrices of a network as views of one flat vector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from model.arrays import Array
from model.errors import RoommateError
from model.language import _
from model.network.cell import LOGITS, Cell, Size
from model.network.operations import title


def shapes(cell: Cell, sizes: Mapping[Size, int]) -> dict[str, tuple[int, int]]:
    """The shape of each matrix, in the order in which their weights stand in one flat vector."""
    sizes = {Size.ONE: 1, **sizes}
    return {name: (sizes[rows], sizes[columns]) for name, (rows, columns) in cell.matrices.items()}


def parts(flat: Array, cell: Cell, sizes: Mapping[Size, int]) -> dict[str, Array]:
    """The matrices as views of one flat vector, so that one operation updates all weights.

    Args:
        flat: (size,): a vector of weights or of a gradient, each matrix row by row; (size, networks): many of them.
        cell: Whose matrices.
        sizes: The numbers of dishes, weathers and hidden units.
    """
    views, begin = {}, 0
    for name, (rows, columns) in shapes(cell, sizes).items():
        views[name] = flat[begin : begin + rows * columns].reshape(rows, columns, *flat.shape[1:])
        begin += rows * columns
    return views


@dataclass(frozen=True, eq=False)
class Parameters:
    """The weights of a network.

    Attributes:
        cell: The architecture that they are for.
        matrices: The matrices by name, in the order of the cell. They are copied and made read-only; `live` makes an
            exception.

    Raises:
        RoommateError: A matrix is missing, or the shapes do not fit each other.
    """

    cell: Cell
    matrices: Mapping[str, Array]

    def __post_init__(self) -> None:
        copied = {}
        for name in self.cell.matrices:
            if name not in self.matrices:
                raise RoommateError(_("The matrix {name} is missing.").format(name=title(name)))
            copied[name] = np.array(self.matrices[name], dtype=np.float64)
            copied[name].setflags(write=False)
            if copied[name].ndim != 2:
                raise RoommateError(_("{name} must be a matrix.").format(name=title(name)))
        object.__setattr__(self, "matrices", copied)
        wanted = shapes(self.cell, self.sizes)
        for name, matrix in copied.items():
            if matrix.shape != wanted[name]:
                raise RoommateError(self._misfit(name, wanted[name]))

    def _misfit(self, name: str, wanted: tuple[int, int]) -> str:
        shapes = ", ".join(f"{title(other)} {_by(matrix.shape)}" for other, matrix in self.matrices.items())
        if self.matrices[name].shape == wanted[::-1]:
            return _("{name} is transposed: it is {shape} and must be {wanted}.").format(
                name=title(name), shape=_by(wanted[::-1]), wanted=_by(wanted)
            )
        return _("The matrices do not fit each other: {shapes}; {name} would have to be {wanted}.").format(
            shapes=shapes, name=title(name), wanted=_by(wanted)
        )

    @classmethod
    def live(cls, cell: Cell, matrices: Mapping[str, Array]) -> Parameters:
        """Weights that are the given arrays themselves: training changes them in place and shows nobody."""
        parameters = cls.__new__(cls)
        object.__setattr__(parameters, "cell", cell)
        object.__setattr__(parameters, "matrices", dict(matrices))
        return parameters

    @classmethod
    def of_flat(cls, flat: Array, cell: Cell, sizes: Mapping[Size, int]) -> Parameters:
        """Weights copied from one flat vector."""
        return cls(cell, parts(flat, cell, sizes))

    def __getitem__(self, name: str) -> Array:
        """A matrix by its name; Food and Memory stand for each other."""
        return self.matrices[self.cell.matrix_named(name)]

    def with_matrix(self, name: str, matrix: Array) -> Parameters:
        """The same weights with one matrix replaced."""
        return Parameters(self.cell, {**self.matrices, self.cell.matrix_named(name): matrix})

    def span(self, name: str) -> slice:
        """Where a matrix stands in the flat vector of all weights."""
        names = list(self.matrices)
        ends = list(accumulate((rows * columns for rows, columns in map(_shape, self.matrices.values())), initial=0))
        return slice(*ends[names.index(self.cell.matrix_named(name)) :][:2])

    @property
    def flat(self) -> Array:
        """All weights in one new vector, matrix by matrix, each row by row."""
        return np.concatenate([matrix.ravel() for matrix in self.matrices.values()])

    @property
    def sizes(self) -> dict[Size, int]:
        """The numbers of dishes n, weathers k and hidden units h, as far as the matrices have them."""
        found: dict[Size, int] = {Size.ONE: 1}
        order = sorted(self.cell.matrices, key=lambda name: self.cell.matrices[name][0] is not Size.DISHES)
        for name in order:  # Merge first: where the others do not fit it, they are told of
            for size, length in zip(self.cell.matrices[name], _shape(self.matrices[name]), strict=True):
                found.setdefault(size, int(length))
        found.setdefault(Size.HIDDEN, found[self.cell.sizes[self.cell.hidden or LOGITS]])
        return found

    @property
    def hidden(self) -> int:
        """The number of hidden units h; in a network without any that of its dishes."""
        return self.sizes[Size.HIDDEN]

    @property
    def dishes(self) -> int:
        """The number of dishes n."""
        return self.sizes[Size.DISHES]


def _shape(matrix: Array) -> tuple[int, ...]:
    """Rows and columns, be it one matrix or those of many networks, which have a last axis."""
    return matrix.shape[:2]


def _by(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))
