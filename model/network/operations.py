"""The operations that cells are made of: each with its formula, its forward rule and its backward rule side by side.

A rule does not compute; it returns the numpy call that does. So the calls of a whole pass can be bound once and then
made again for every update. A quantity is an array (T, size, B) where an operation runs for all days at once, or
(size, B) where it runs for one day; ∂x is short for dL/dx.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar, cast

import numpy as np

from model.arrays import Array, Indices
from model.network.activations import Activation
from model.network.products import ONE_NETWORK, Call, Products

Arrays = Mapping[str, Array]


@dataclass(frozen=True, eq=False)
class Operands:
    """What operations run over: one day, or all days at once.

    Attributes:
        quantities: The arrays by symbol.
        weights: The matrices by name.
        activation: The network's own non-linearity.
        products: How it multiplies: as one network, or as many at once.
    """

    quantities: Arrays
    weights: Arrays
    activation: Activation
    products: Products = ONE_NETWORK


@dataclass(frozen=True)
class Operation(ABC):
    """One operation of a cell: ``out`` is what it makes.

    Attributes:
        out: The symbol of the result.
        step: What the step is called: "food product".
        label: What the map calls it: "Food".
        result: What the result is called, where that is not the step's name: "sum".
    """

    out: str
    step: str
    label: str
    result: str = field(default="", kw_only=True)

    @property
    @abstractmethod
    def inputs(self) -> tuple[str, ...]:
        """The symbols of the quantities it is made from."""

    @abstractmethod
    def formula(self) -> str:
        """The operation in the field's notation; an activation's is its own."""

    @abstractmethod
    def forward(self, over: Operands) -> Call:
        """The call that fills ``quantities[out]``.

        Args:
            over: What it runs over.
        """

    def passes_on(self, name: str) -> bool:
        """Whether what comes back to an input is ∂out itself, so that there is nothing to compute."""
        return False

    @abstractmethod
    def backward(self, which: int, over: Operands, gradient: Array, into: Array) -> Call:
        """The call that writes what comes back to one input into ``into``.

        Args:
            which: The place of the input among `inputs`.
            over: What it ran over in the forward pass.
            gradient: ∂out.
            into: Where the input's share goes; of the input's shape.
        """


@dataclass(frozen=True)
class Product(Operation):
    """out = W · x; back: ∂x = Wᵀ · ∂out, and ∂W = ∂out · xᵀ, which `gradient` binds."""

    matrix: str
    x: str

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.x,)

    def formula(self) -> str:
        return f"{self.out} = {title(self.matrix)} · {self.x}"

    def forward(self, over: Operands) -> Call:
        return over.products.product(over.weights[self.matrix], over.quantities[self.x], over.quantities[self.out])

    def backward(self, which: int, over: Operands, gradient: Array, into: Array) -> Call:
        return over.products.back(over.weights[self.matrix], gradient, into)

    def gradient(self, over: Operands, of_out: Array, into: Array) -> Call:
        """The call that writes each day's part of ∂W, (T, rows, columns), into ``into``; see `Products.gradient`."""
        return over.products.gradient(of_out, over.quantities[self.x], into)


@dataclass(frozen=True)
class AddBias(Operation):
    """out = x + b, the same b on every day; back: ∂x = ∂out, and ∂b = ∂out, which `gradient` binds.

    Attributes:
        matrix: The name of the bias, a matrix of one column.
        x: The symbol of what it is added to.
    """

    matrix: str
    x: str

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.x,)

    def formula(self) -> str:
        return f"{self.out} = {self.x} + {title(self.matrix)}"

    def passes_on(self, name: str) -> bool:
        return True

    def forward(self, over: Operands) -> Call:
        return over.products.add_bias(over.quantities[self.x], over.weights[self.matrix], over.quantities[self.out])

    def backward(self, which: int, over: Operands, gradient: Array, into: Array) -> Call:
        return partial(np.copyto, into, gradient)

    def gradient(self, over: Operands, of_out: Array, into: Array) -> Call:
        """The call that writes each day's part of ∂b, (T, rows, 1), into ``into``: the sum over the weeks."""
        return over.products.bias_gradient(of_out, into)


Weighted = Product | AddBias
"""The operations that have weights."""


@dataclass(frozen=True)
class _OfTwo(Operation):
    """An operation that makes one quantity of two of the same size, entry by entry.

    Attributes:
        x: The symbol of the first.
        y: The symbol of the second.
        sign: What stands between them in a formula.
        function: The forward rule.
    """

    x: str
    y: str
    sign: ClassVar[str]
    function: ClassVar[np.ufunc]

    @property
    def inputs(self) -> tuple[str, ...]:
        return self.x, self.y

    def formula(self) -> str:
        return f"{self.out} = {self.x} {self.sign} {self.y}"

    def forward(self, over: Operands) -> Call:
        return partial(self.function, over.quantities[self.x], over.quantities[self.y], over.quantities[self.out])


@dataclass(frozen=True)
class Add(_OfTwo):
    """out = x + y; back: ∂x = ∂y = ∂out."""

    sign = "+"
    function = np.add

    def passes_on(self, name: str) -> bool:
        return True

    def backward(self, which: int, over: Operands, gradient: Array, into: Array) -> Call:
        return partial(np.copyto, into, gradient)


@dataclass(frozen=True)
class Subtract(_OfTwo):
    """out = x − y; back: ∂x = ∂out, ∂y = −∂out."""

    sign = "−"
    function = np.subtract

    def passes_on(self, name: str) -> bool:
        return name == self.x

    def backward(self, which: int, over: Operands, gradient: Array, into: Array) -> Call:
        return partial(np.negative, gradient, into) if which else partial(np.copyto, into, gradient)


@dataclass(frozen=True)
class Multiply(_OfTwo):
    """out = x ⊙ y, entry by entry; back: ∂x = ∂out ⊙ y, ∂y = ∂out ⊙ x."""

    sign = "⊙"
    function = np.multiply

    def backward(self, which: int, over: Operands, gradient: Array, into: Array) -> Call:
        return partial(np.multiply, gradient, over.quantities[self.x if which else self.y], into)


@dataclass(frozen=True)
class Apply(Operation):
    """out = φ(x); back: ∂x = ∂out ⊙ φ′(x), or φ′(x)ᵀ · ∂out where φ mixes its entries.

    Attributes:
        x: The symbol of the argument.
        function: A non-linearity that is always this one, such as a gate's sigmoid; None: the network's own.
    """

    x: str
    function: Activation | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.x,)

    def formula(self) -> str:
        return f"{self.out} = φ({self.x})"

    def applied(self, activation: Activation) -> Activation:
        """The non-linearity: its own, or else the network's."""
        return self.function or activation

    def forward(self, over: Operands) -> Call:
        return partial(self.applied(over.activation).value, over.quantities[self.x], over.quantities[self.out])

    def backward(self, which: int, over: Operands, gradient: Array, into: Array) -> Call:
        through = self.applied(over.activation).backward
        assert through is not None  # `run_backward` has refused those without
        return partial(through, over.quantities[self.x], over.quantities[self.out], gradient, into)


@dataclass(frozen=True)
class Choose(Operation):
    """out = the one-hot vector of the largest entry of x; nothing comes back: a choice has no derivative.

    Attributes:
        x: The symbol of the vector.
        index: The symbol under which the place of the largest entry is kept.
    """

    x: str
    index: str

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.x,)

    def formula(self) -> str:
        return f"{self.out} = argmax {self.x}"

    def forward(self, over: Operands) -> Call:
        x, out, dish = over.quantities[self.x], over.quantities[self.out], cast(Indices, over.quantities[self.index])
        one_hot = np.eye(x.shape[-2])

        def choose() -> None:
            if x.ndim == 2:
                one_hot.take(x.argmax(axis=0, out=dish), axis=1, out=out)
            else:
                out[:] = one_hot[x.argmax(axis=1, out=dish)].transpose(0, 2, 1)

        return choose

    def backward(self, which: int, over: Operands, gradient: Array, into: Array) -> Call:
        raise NotImplementedError("nothing comes back through a choice")


def title(name: str) -> str:
    """A matrix as formulas call it: ``Food``, ``Reset memory``."""
    return name.replace("_", " ").capitalize()
