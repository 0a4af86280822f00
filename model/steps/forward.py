"""A forward pass told as values: each day is a list of steps, one for each operation of the cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.network.cell import LOGITS, WEATHER, Cell, Size
from model.network.forward import ForwardPass
from model.network.letters import letters_of
from model.network.network import Network
from model.network.operations import Add, AddBias, Apply, Multiply, Operation, Product, Subtract, title
from model.roommate.roommate import Roommate, day_name
from model.steps.axes import BIAS_AXIS, Axis, dish_axis, hidden_axis, weather_axis
from model.steps.step import Operand, Role, Step, StepKind


@dataclass(frozen=True, eq=False)
class DayTrace:
    """A day as the network lived it.

    Attributes:
        day: Counted from 0.
        weather: Today's weather, as an index.
        yesterday: The dish of the day before, as an index.
        dish: The dish it led to, as an index.
        steps: The steps in the order they are taken.
    """

    day: int
    weather: int
    yesterday: int
    dish: int
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        """The name of the day in the language in use."""
        return day_name(self.day)


@dataclass(frozen=True, eq=False)
class Quantities:
    """All that takes part in one day, named and labelled; the way back uses the same.

    Attributes:
        roommate: Names for rows and columns.
        network: The network that made the pass.
        forward: The pass.
        day: Which day, counted from 0.
        week: Which week of the batch.
        lettered: Whether letters stand in place of the weights.
    """

    roommate: Roommate
    network: Network
    forward: ForwardPass
    day: int
    week: int = 0
    lettered: bool = False

    @property
    def cell(self) -> Cell:
        """The architecture."""
        return self.network.cell

    @cached_property
    def axes(self) -> dict[Size, Axis]:
        """What the entries of a quantity stand for, by its size."""
        roommate = self.roommate
        return {
            Size.HIDDEN: hidden_axis(roommate, self.network),
            Size.DISHES: dish_axis(roommate),
            Size.WEATHERS: weather_axis(roommate),
            Size.ONE: BIAS_AXIS,
        }

    def rows(self, symbol: str) -> Axis:
        """What the entries of a quantity stand for."""
        return self.axes[self.cell.sizes[symbol]]

    def quantity(self, symbol: str) -> Operand:
        """A quantity of the day by its symbol."""
        name, role = _meaning(self.cell, symbol)
        return Operand(name, symbol, self.forward[symbol][self.day, :, self.week], role, self.rows(symbol))

    def matrix(self, name: str) -> Operand:
        """A matrix by its name; a bias is one of a single column."""
        rows, columns = (self.axes[size] for size in self.cell.matrices[name])
        weighted = next(weighted for weighted in self.cell.weighted if weighted.matrix == name)
        role = _meaning(self.cell, weighted.out)[1]
        if isinstance(weighted, Product):
            role = _role_of_input(self.cell, weighted.x)
        word, letters = title(name), self._letters.get(name)
        return Operand(word, word, self.network.parameters[name], role, rows, columns, letters=letters)

    @cached_property
    def _letters(self) -> dict[str, NDArray[np.str_]]:
        return letters_of(self.network.parameters) if self.lettered else {}

    def bias(self, name: str) -> Operand:
        """A bias as the vector that is added."""
        matrix = self.matrix(name)
        letters = None if matrix.letters is None else matrix.letters[:, 0]
        return Operand(matrix.name, matrix.symbol, matrix.value[:, 0], matrix.role, matrix.rows, letters=letters)

    @property
    def dish(self) -> int:
        """The dish that the day led to, as an index."""
        return int(self.forward.dish[self.day, self.week])

    @cached_property
    def telling_unit(self) -> int:
        """The hidden unit that speaks loudest for the dish; without hidden units, the dish itself."""
        if not self.cell.hidden:
            return self.dish
        last = self.cell.products[-1].matrix
        units = self.forward.hidden[self.day, :, self.week]
        return int((self.network.parameters[last][self.dish] * units).argmax())


def _role_of_input(cell: Cell, symbol: str) -> Role:
    """The colour of a matrix, by what it takes in."""
    if symbol == WEATHER:
        return Role.WEATHER
    return Role.FOOD if symbol in cell.hands_on else Role.MERGE


def _meaning(cell: Cell, symbol: str) -> tuple[str, Role]:
    """What a quantity is called, and its colour."""
    if symbol == WEATHER:
        return "today", Role.WEATHER
    if symbol in cell.hands_on:
        return cell.names_from_yesterday[symbol], Role.YESTERDAY
    operation = next(operation for operation in cell.operations if operation.out == symbol)
    if symbol == LOGITS:
        return "logits", Role.TODAY
    role = _role_of_input(cell, operation.x) if isinstance(operation, Product) else Role.HIDDEN
    return operation.result or operation.step, role


def trace_day(
    roommate: Roommate, network: Network, forward: ForwardPass, day: int, week: int = 0, *, lettered: bool = False
) -> DayTrace:
    """The steps of one day of a pass.

    Args:
        roommate: Names for rows and columns.
        network: The network that made the pass.
        forward: The pass.
        day: Which day, counted from 0.
        week: Which week of the batch.
        lettered: Whether letters stand in place of the weights.

    Returns:
        The day with its steps: one for each operation of the network, and the decision.
    """
    of_day = Quantities(roommate, network, forward, day, week, lettered)
    dish = of_day.dish
    chosen = Operand("dish", "dish", np.eye(len(roommate.dishes))[dish], Role.TODAY, of_day.rows(LOGITS))
    steps = tuple(_step(of_day, operation) for operation in network.cell.operations)
    decide = Step("decide", "Dish", "dish = argmax y", StepKind.CHOOSE, (of_day.quantity(LOGITS),), chosen, dish)
    weather = int(forward[WEATHER][day, :, week].argmax())
    return DayTrace(day, weather, _yesterday(of_day), dish, (*steps, decide))


def _step(of_day: Quantities, operation: Operation) -> Step:
    """An operation of the cell as a step."""
    inputs = tuple(of_day.quantity(name) for name in operation.inputs)
    result = of_day.quantity(operation.out)
    telling = of_day.telling_unit if of_day.cell.sizes[operation.out] is Size.HIDDEN else of_day.dish

    def step(kind: StepKind, operands: tuple[Operand, ...]) -> Step:
        return Step(operation.step, operation.label, operation.formula(), kind, operands, result, telling)

    match operation:
        case Product():
            return step(StepKind.PRODUCT, (of_day.matrix(operation.matrix), *inputs))
        case Add():
            return step(StepKind.ADD, inputs)
        case AddBias():
            return step(StepKind.ADD, (*inputs, of_day.bias(operation.matrix)))
        case Subtract():
            return step(StepKind.SUBTRACT, inputs)
        case Multiply():
            return step(StepKind.MULTIPLY, inputs)
        case Apply():
            activation, (z,) = operation.applied(of_day.network.activation), inputs
            formula = activation.written(operation.out, operation.x)
            return Step(
                operation.step,
                operation.label,
                formula,
                StepKind.APPLY,
                inputs,
                result,
                telling,
                activation.name,
                lambda row: activation.spell(z.value, row),
            )
        case _:
            raise TypeError(f"{operation} is no operation of a cell")


def _yesterday(of_day: Quantities) -> int:
    """The dish of the day before, as an index."""
    cell, forward, day, week = of_day.cell, of_day.forward, of_day.day, of_day.week
    (first, *_unused) = forward.handed_on.values()
    if cell.feeds_dish_back:
        return int(first[day, :, week].argmax())
    return int(forward.dish[day - 1, week]) if day else of_day.roommate.shows[int(first[0, :, week].argmax())]
