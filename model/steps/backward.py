"""The way back told as values: each day's error and gradients as steps, the operations from the last to the first.

In the formulas ∂x is short for dL/dx, where L is the mean loss over the week's days.
Source: Goodfellow, Bengio, Courville, "Deep Learning", sections 6.5 and 10.2.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby

import numpy as np

from model.arrays import Array
from model.network.activations import SOFTMAX, Activation
from model.network.backward import LOSS, TOMORROW, BackwardPass, Share, shares_of
from model.network.cell import LOGITS, PROBABILITIES
from model.network.operations import AddBias, Apply, Multiply, Operation, Product, Subtract
from model.network.schedule import backward_schedule
from model.roommate.roommate import Roommate
from model.steps.axes import BIAS_AXIS
from model.steps.forward import Quantities
from model.steps.step import Operand, Role, Step, StepKind
from model.training.update import Update


def largest_entry(value: Array) -> int:
    """The place of the entry of the greatest size, counted row by row."""
    return int(np.abs(value).argmax())


@np.errstate(all="ignore")  # weights may be so large that their products are not finite; that is shown as it is
def backward_steps(roommate: Roommate, update: Update, day: int, *, lettered: bool = False) -> tuple[Step, ...]:
    """The steps of one day on the way back.

    Args:
        roommate: Names for rows and columns.
        update: The backward pass of a week.
        day: Which day, counted from 0.
        lettered: Whether letters stand in place of the weights.

    Returns:
        From the probabilities to the gradients of the day, and, where the network's own output or its hidden units
        were fed back, on to the day before.
    """
    of_day = Quantities(roommate, update.network, update.forward, day, lettered=lettered)
    return tuple(_WayBack(of_day, update).steps())


def gradient_operands(roommate: Roommate, update: Update, day: int) -> dict[str, Operand]:
    """The gradient of each quantity of one day, under the symbol that the steps give it.

    Args:
        roommate: Names for rows and columns.
        update: The backward pass of a week.
        day: Which day, counted from 0.

    Returns:
        By the quantity's symbol. What an addition passes on as it is keeps the symbol of the sum: in the lecture's
        network the gradient of ``f`` and of ``g`` is ``∂z``.
    """
    way = _WayBack(Quantities(roommate, update.network, update.forward, day), update)
    return {symbol: way.gradient(symbol) for symbol in way.shares if symbol in update.network.cell.sizes}


@dataclass(frozen=True, eq=False)
class _WayBack:
    """One day on the way back.

    Attributes:
        of_day: The day's quantities.
        update: The update that the week leads to.
    """

    of_day: Quantities
    update: Update

    @property
    def back(self) -> BackwardPass:
        """The backward pass."""
        return self.update.back

    @cached_property
    def shares(self) -> dict[str, tuple[Share, ...]]:
        """What comes back to each quantity."""
        return shares_of(self.of_day.cell, self.back.feedback)

    def vector(self, name: str, symbol: str, value: Array, like: str) -> Operand:
        """Something that comes back: a vector with the rows of a quantity."""
        return Operand(name, symbol, value[self.of_day.day, :, 0], Role.ERROR, self.of_day.rows(like))

    def gradient(self, symbol: str) -> Operand:
        """The gradient of a quantity; what is passed on as it is keeps its name."""
        of_symbol = self.shares[symbol]
        if len(of_symbol) == 1:
            (share,) = of_symbol
            if share.source == LOSS:
                return self.vector("error", "e", self.back.error, LOGITS)
            if self._made(share.source).passes_on(symbol):
                return self.gradient(share.source)
        name = "to yesterday" if symbol in self.of_day.cell.hands_on else f"∂{symbol}"
        return self.vector(name, f"∂{symbol}", self.back.gradients[symbol], symbol)

    def _made(self, symbol: str) -> Operation:
        return next(operation for operation in self.of_day.cell.operations if operation.out == symbol)

    def share(self, share: Share) -> Operand:
        """One of the things that come back to a quantity."""
        symbol, cell = share.quantity, self.of_day.cell
        if share.source == TOMORROW:
            handed = self._handed(symbol)
            return self.vector(f"tomorrow's ∂{handed}", f"∂{handed}", self.back.shares[share], symbol)
        operation = self._made(share.source)
        if operation.passes_on(symbol):
            return self.gradient(share.source)
        if len(self.shares[symbol]) == 1:
            return self.gradient(symbol)
        value = self.back.shares[share]
        if isinstance(operation, Subtract):
            negated = f"−{self.gradient(share.source).symbol}"
            return self.vector(negated, negated, value, symbol)
        if symbol == cell.hidden and "u" not in cell.sizes:
            return self.vector(f"today's ∂{symbol}", "u", value, symbol)
        return self.vector(f"∂{symbol} through {share.source}", f"∂{symbol}({share.source})", value, symbol)

    def _handed(self, symbol: str) -> str:
        """The quantity of tomorrow that one of today becomes."""
        schedule = backward_schedule(self.of_day.cell, self.back.feedback)
        return next(name for name, source in schedule.hands_on if source == symbol)

    def steps(self) -> Iterator[Step]:
        """All steps of the day."""
        yield from self._error()
        operations = reversed(self.of_day.cell.operations)
        for beside, group in groupby(operations, key=lambda operation: isinstance(operation, Product)):
            through = self._through_products if beside else self._through_each
            yield from through(list(group))
        for name in self.of_day.cell.hands_on:
            yield from self._sum(name)

    def _error(self) -> Iterator[Step]:
        """From the logits to the error, and what tomorrow sends back through the softmax."""
        of_day, days = self.of_day, self.update.days
        y, rows = of_day.quantity(LOGITS), of_day.rows(LOGITS)
        target = self.update.batch.target
        assert target is not None
        p = Operand("probabilities", "p", of_day.forward[PROBABILITIES][of_day.day, :, 0], Role.TODAY, rows)
        cooked = Operand("really cooked", "t", target[of_day.day, :, 0], Role.TODAY, rows)
        error = self.vector("error", "e", self.back.error, LOGITS)
        how = partial(SOFTMAX.spell, y.value)
        first = int(cooked.value.argmax())
        yield Step("probabilities", "p", "p = softmax(y)", StepKind.APPLY, (y,), p, first, "softmax", how)
        last_only = self.update.config.loss_days == "last"
        if last_only and of_day.day < days - 1:
            counts = Operand("counts", "c", np.zeros_like(p.value), Role.TODAY, rows)
            yield Step("error", "e", "e = p ⊙ c", StepKind.MULTIPLY, (p, counts), error, first)
        else:
            divisor, telling = 1 if last_only else days, largest_entry(error.value)
            formula = f"e = (p − t) / {divisor}" if divisor > 1 else "e = p − t"
            yield Step("error", "e", formula, StepKind.SUBTRACT, (p, cooked), error, telling, divisor=divisor)
        if Share(LOGITS, PROBABILITIES) not in self.back.shares:
            return
        handed = self._handed(PROBABILITIES)
        sent = self.vector(f"tomorrow's ∂{handed}", f"∂{handed}", self.back.gradients[PROBABILITIES], LOGITS)
        jacobian = Operand("softmax′", "softmax′", _jacobian(p.value), Role.TODAY, rows, rows)
        returned = self.vector("from tomorrow", "r", self.back.shares[Share(LOGITS, PROBABILITIES)], LOGITS)
        through = largest_entry(returned.value) if returned.value.any() else 0
        formula = f"r = (diag(p) − p pᵀ) · ∂{handed} of tomorrow"
        yield Step("from tomorrow", "r", formula, StepKind.PRODUCT, (jacobian, sent), returned, through)
        total = self.gradient(LOGITS)
        telling = largest_entry(total.value)
        yield Step("both errors", "∂y", "∂y = e + r", StepKind.ADD, (error, returned), total, telling)

    def _sum(self, symbol: str) -> Iterator[Step]:
        """The addition of what has come back to a quantity; nothing where that is one thing."""
        of_symbol = self.shares.get(symbol, ())
        if len(of_symbol) < 2 or symbol == LOGITS:
            return
        operands = [self.share(share) for share in of_symbol]
        total = self.gradient(symbol)
        written = " + ".join(
            f"{operand.symbol} of tomorrow" if share.source == TOMORROW else operand.symbol
            for operand, share in zip(operands, of_symbol, strict=True)
        ).replace("+ −", "− ")
        later = TOMORROW in {share.source for share in of_symbol}
        name = f"all of ∂{symbol}"
        if later and len(of_symbol) == 2:
            name = "both days" if symbol == self.of_day.cell.hidden else f"both days of ∂{symbol}"
        formula, telling = f"{total.symbol} = {written}", largest_entry(total.value)
        yield Step(name, total.symbol, formula, StepKind.ADD, tuple(operands), total, telling)

    def _through_products(self, products: Sequence[Operation]) -> Iterator[Step]:
        """Back through products that stand beside each other: first all their gradients, then what goes further."""
        for product in products:
            yield from self._sum(product.out)
        for product in reversed(products):
            assert isinstance(product, Product)
            yield self._matrix_gradient(product)
        for product in products:
            assert isinstance(product, Product)
            yield from self._through_product(product)

    def _through_each(self, operations: Sequence[Operation]) -> Iterator[Step]:
        """Back through operations without a matrix; additions and differences pass on what comes."""
        for operation in operations:
            yield from self._sum(operation.out)
            if isinstance(operation, AddBias):
                yield self._bias_gradient(operation)
            elif isinstance(operation, Apply):
                yield self._through_function(operation)
            elif isinstance(operation, Multiply):
                yield from self._through_multiply(operation)

    def _matrix_gradient(self, product: Product) -> Step:
        """A matrix's gradient on one day: what came back times what had gone in, for every pair of them."""
        matrix, error, given = (
            self.of_day.matrix(product.matrix),
            self.gradient(product.out),
            self.of_day.quantity(product.x),
        )
        value, symbol = self.back.matrices[product.matrix][self.of_day.day], f"∂{matrix.name}"
        result = Operand(symbol, symbol, value, matrix.role, error.rows, given.rows, gradient=True)
        formula = f"{symbol} = {error.symbol} · {given.symbol}ᵀ"
        name = f"{matrix.name.lower()} gradient"
        return Step(name, symbol, formula, StepKind.OUTER, (error, given), result, largest_entry(value))

    def _bias_gradient(self, operation: AddBias) -> Step:
        """A bias's gradient on one day: what came back itself, for what a bias is multiplied with is 1."""
        bias, error = self.of_day.matrix(operation.matrix), self.gradient(operation.out)
        value, symbol = self.back.matrices[operation.matrix][self.of_day.day], f"∂{bias.name}"
        one = Operand("always 1", "1", np.ones(1), Role.HIDDEN, BIAS_AXIS)
        result = Operand(symbol, symbol, value, bias.role, error.rows, BIAS_AXIS, gradient=True)
        formula = f"{symbol} = {error.symbol} · 1"
        name = f"{bias.name.lower()} gradient"
        return Step(name, symbol, formula, StepKind.OUTER, (error, one), result, largest_entry(value))

    def _through_product(self, product: Product) -> Iterator[Step]:
        share = Share(product.x, product.out)
        if share not in self.back.shares:
            return  # nothing learns from what went in
        matrix, error = self.of_day.matrix(product.matrix).transpose(), self.gradient(product.out)
        result = self.share(share)
        yield Step(
            f"back through {self.of_day.matrix(product.matrix).name.lower()}",
            result.symbol,
            f"{result.symbol} = {matrix.symbol} · {error.symbol}",
            StepKind.PRODUCT,
            (matrix, error),
            result,
            largest_entry(result.value),
        )

    def _through_function(self, operation: Apply) -> Step:
        activation, error, result = (
            operation.applied(self.of_day.network.activation),
            self.gradient(operation.out),
            self.share(Share(operation.x, operation.out)),
        )
        slope = _slope(activation, self.of_day.quantity(operation.x), self.of_day.quantity(operation.out))
        a = operation.out
        if activation.mixes:
            formula, kind, operands = (
                f"{result.symbol} = (diag({a}) − {a} {a}ᵀ) · {error.symbol}",
                StepKind.PRODUCT,
                (slope, error),
            )
        else:
            derivative = activation.derivative_of(a, operation.x)
            formula, kind, operands = (
                f"{result.symbol} = {error.symbol} ⊙ φ′, φ′ = {derivative}",
                StepKind.MULTIPLY,
                (error, slope),
            )
        name = "back through the units" if operation.step == "non-linear" else f"back through the {operation.step}"
        return Step(name, result.symbol, formula, kind, operands, result, largest_entry(result.value))

    def _through_multiply(self, operation: Multiply) -> Iterator[Step]:
        error = self.gradient(operation.out)
        for name, other in ((operation.x, operation.y), (operation.y, operation.x)):
            result, factor = self.share(Share(name, operation.out)), self.of_day.quantity(other)
            yield Step(
                f"back to {self.of_day.quantity(name).name}",
                result.symbol,
                f"{result.symbol} = {error.symbol} ⊙ {other}",
                StepKind.MULTIPLY,
                (error, factor),
                result,
                largest_entry(result.value),
            )


def _jacobian(p: Array) -> Array:
    """How each of softmax's values changes with each of its arguments: diag(p) − p pᵀ."""
    matrix: Array = np.diag(p) - np.outer(p, p)
    return matrix


def _slope(activation: Activation, z: Operand, a: Operand) -> Operand:
    """φ′ at an argument: a vector, or a matrix where every entry depends on all arguments."""
    if activation.mixes:
        return Operand(f"{activation.name}′", "φ′", _jacobian(a.value), Role.HIDDEN, a.rows, a.rows)
    assert activation.backward is not None
    slope = np.empty((len(z.value), 1))
    activation.backward(z.value[:, None], a.value[:, None], np.ones_like(slope), slope)
    return Operand(f"{activation.name}′", "φ′", slope[:, 0], Role.HIDDEN, a.rows)
