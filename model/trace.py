"""A pass told as values: each day is a list of steps, and a step is all that a renderer or an exporter sees."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

import numpy as np

from model.activation import Activation, Array, number
from model.network import BY_HAND, Network, Pass
from model.roommate import Kind, Roommate, day_name


class Role(StrEnum):
    """What a quantity means; each keeps one colour wherever it is shown."""

    YESTERDAY = "yesterday"
    FOOD = "food"
    WEATHER = "weather"
    HIDDEN = "hidden"
    TODAY = "today"


class Operation(Enum):
    """How a step's operands become its result; the value is the sign written between or after them."""

    PRODUCT = "·"
    ADD = "+"
    APPLY = "φ"
    CHOOSE = "argmax"


@dataclass(frozen=True)
class Axis:
    """The meaning of the rows or columns of an array.

    Attributes:
        labels: A name for each row.
        groups: Names of equal consecutive blocks of rows ("same", "next day"), or nothing.
        icons: A picture for each row, or nothing.
    """

    labels: tuple[str, ...]
    groups: tuple[str, ...] = ()
    icons: tuple[str, ...] = ()

    @property
    def block(self) -> int:
        """How many rows a block has; all of them where there are no blocks."""
        return len(self.labels) // max(len(self.groups), 1)

    def describe(self, row: int) -> str:
        """The row in words: ``next day: burger``."""
        label = self.labels[row]
        return f"{self.groups[row // self.block]}: {label}" if self.groups else label


@dataclass(frozen=True, eq=False)
class Operand:
    """A named matrix or vector as it takes part in a step.

    Attributes:
        name: Its name in words: "Food".
        symbol: Its letter in formulas: "f".
        value: A matrix (2-D) or a vector (1-D).
        role: What it means, and so its colour.
        rows: The meaning of its rows.
        columns: The meaning of a matrix's columns; None for a vector.
    """

    name: str
    symbol: str
    value: Array
    role: Role
    rows: Axis
    columns: Axis | None = None


@dataclass(frozen=True, eq=False)
class Step:
    """One step of one day: operands, what is done with them, and the result.

    Attributes:
        name: "food product", "weather product", "add", "non-linear", "merge" or "decide".
        formula: The step in the field's notation.
        operation: How the operands become the result.
        operands: What goes in, in the order of the formula.
        result: What comes out.
        telling: The row of the result to look at first: the one that leads to the day's dish.
        activation: The non-linearity, where the step applies one.
    """

    name: str
    formula: str
    operation: Operation
    operands: tuple[Operand, ...]
    result: Operand
    telling: int
    activation: Activation | None = None

    def spell(self, row: int) -> str:
        """The formula of one row of the result with the numbers in it: ``1·1 + 0·0 + 0·0``."""
        first = self.operands[0].value
        match self.operation:
            case Operation.PRODUCT:
                vector = self.operands[1].value
                return " + ".join(f"{_factor(a)}·{_factor(b)}" for a, b in zip(first[row], vector, strict=True))
            case Operation.ADD:
                return " + ".join(f"{_factor(operand.value[row])} ({operand.name})" for operand in self.operands)
            case Operation.APPLY:
                assert self.activation is not None
                return self.activation.spell(first, row)
            case Operation.CHOOSE:
                largest = int(first.argmax())
                chosen = f"{_factor(first[row])} is the largest"
                rejected = f"{_factor(first[row])} is not the largest, {_factor(first[largest])} is"
                return chosen if row == largest else rejected


def _factor(value: float) -> str:
    """A number inside a spelled formula: short, and in brackets where its sign would meet another."""
    text = number(value)
    return f"({text})" if text.startswith("-") else text


@dataclass(frozen=True, eq=False)
class DayTrace:
    """A day as the network lived it.

    Attributes:
        day: Counted from 0.
        weather: Today's weather, as an index.
        yesterday: The dish the day started from, as an index.
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
        """The name of the day."""
        return day_name(self.day)


def hidden_axis(roommate: Roommate, network: Network) -> Axis:
    """The meaning of the hidden units: a block for each weather in hand-set weights, u1, u2, … in others."""
    n, h = len(roommate.dishes), network.parameters.hidden
    if network.kind is not Kind.RNN:
        return dish_axis(roommate)
    if h == n * len(roommate.rules) and network.origin == BY_HAND:
        groups = len(roommate.rules)
        return Axis(roommate.dishes * groups, roommate.rules, roommate.dish_icons * groups)
    return Axis(tuple(f"u{unit + 1}" for unit in range(h)))


def dish_axis(roommate: Roommate) -> Axis:
    """The n dishes."""
    return Axis(roommate.dishes, icons=roommate.dish_icons)


def weather_axis(roommate: Roommate) -> Axis:
    """The k weathers."""
    return Axis(roommate.weathers, icons=roommate.weather_icons)


def trace_day(roommate: Roommate, network: Network, run: Pass, day: int, week: int = 0) -> DayTrace:
    """The steps of one day of a pass.

    Args:
        roommate: Names for rows and columns.
        network: The network that made the pass.
        run: The pass.
        day: Which day, counted from 0.
        week: Which week of the batch.

    Returns:
        The day with its steps: all six for the whole network, the product and the decision for the simpler two.
    """
    dishes, weathers, hidden = dish_axis(roommate), weather_axis(roommate), hidden_axis(roommate, network)
    weights = network.parameters

    def vector(array: Array) -> Array:
        return array[day, :, week]

    dish = int(run.dish[day, week])
    yesterday = Operand("yesterday", "d", vector(run.previous), Role.YESTERDAY, dishes)
    today = Operand("today", "w", vector(run.weather), Role.WEATHER, weathers)
    food = Operand("Food", "Food", weights.food, Role.FOOD, hidden, dishes)
    weather = Operand("Weather", "Weather", weights.weather, Role.WEATHER, hidden, weathers)
    merge = Operand("Merge", "Merge", weights.merge, Role.TODAY, dishes, hidden)
    f = Operand("food product", "f", vector(run.food_product), Role.FOOD, hidden)
    g = Operand("weather product", "g", vector(run.weather_product), Role.WEATHER, hidden)
    z = Operand("sum", "z", vector(run.sum), Role.HIDDEN, hidden)
    a = Operand("hidden", "a", vector(run.hidden), Role.HIDDEN, hidden)
    y = Operand("logits", "y", vector(run.logits), Role.TODAY, dishes)
    chosen = Operand("dish", "dish", np.eye(len(roommate.dishes))[dish], Role.TODAY, dishes)
    winner = int((weights.merge[dish] * a.value).argmax())  # the hidden unit that speaks loudest for the dish

    product, choose = Operation.PRODUCT, Operation.CHOOSE
    if network.kind is Kind.WEATHER:
        steps: tuple[Step, ...] = (
            Step("weather product", "y = Weather · w", product, (weather, today), y, dish),
            Step("decide", "dish = argmax y", choose, (y,), chosen, dish),
        )
    elif network.kind is Kind.CYCLE:
        steps = (
            Step("food product", "y = Food · d", product, (food, yesterday), y, dish),
            Step("decide", "dish = argmax y", choose, (y,), chosen, dish),
        )
    else:
        steps = (
            Step("food product", "f = Food · d", product, (food, yesterday), f, winner),
            Step("weather product", "g = Weather · w", product, (weather, today), g, winner),
            Step("add", "z = f + g", Operation.ADD, (f, g), z, winner),
            Step("non-linear", network.activation.formula, Operation.APPLY, (z,), a, winner, network.activation),
            Step("merge", "y = Merge · a", product, (merge, a), y, dish),
            Step("decide", "dish = argmax y", choose, (y,), chosen, dish),
        )
    return DayTrace(day, int(run.weather[day, :, week].argmax()), int(yesterday.value.argmax()), dish, steps)
