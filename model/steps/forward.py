"""A forward pass told as values: each day is a list of steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.arrays import Array
from model.network.forward import ForwardPass
from model.network.network import Network
from model.network.parameters import place_of
from model.roommate.roommate import Kind, Roommate, day_name
from model.steps.step import Axis, Operand, Operation, Role, Step


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
        """The name of the day."""
        return day_name(self.day)


def hidden_axis(roommate: Roommate, network: Network) -> Axis:
    """The meaning of the hidden units: a block for each weather in hand-set weights, u1, u2, … in others."""
    h, groups = network.parameters.hidden, len(roommate.rules)
    if network.kind not in {Kind.RNN, Kind.ELMAN}:
        return dish_axis(roommate)
    block = state_axis(roommate) if network.kind is Kind.ELMAN else dish_axis(roommate)
    if h == len(block.labels) * groups and network.blocks:
        return Axis(block.labels * groups, roommate.rules, block.icons * groups, block.plain * groups)
    return Axis(tuple(f"u{unit + 1}" for unit in range(h)))


def dish_axis(roommate: Roommate) -> Axis:
    """The n dishes."""
    return Axis(roommate.dishes, icons=roommate.dish_icons, plain=roommate.dish_ascii)


def state_axis(roommate: Roommate) -> Axis:
    """The s states; without a memory these are the dishes. A hidden state has no picture of its own."""
    return dish_axis(roommate) if roommate.memory is None else Axis(roommate.states)


def weather_axis(roommate: Roommate) -> Axis:
    """The k weathers."""
    return Axis(roommate.weathers, icons=roommate.weather_icons, plain=roommate.weather_ascii)


@dataclass(frozen=True, eq=False)
class Quantities:
    """All that takes part in one day, named and labelled; the way back uses the same.

    Attributes:
        yesterday: d, what the day started from; in the Elman network m, yesterday's hidden units.
        today: w, the weather.
        food: The matrix Food; in the Elman network Memory.
        weather: The matrix Weather.
        merge: The matrix Merge.
        food_product: f.
        weather_product: g.
        sum: z.
        hidden: a.
        logits: y.
    """

    yesterday: Operand
    today: Operand
    food: Operand
    weather: Operand
    merge: Operand
    food_product: Operand
    weather_product: Operand
    sum: Operand
    hidden: Operand
    logits: Operand

    @classmethod
    def of(cls, roommate: Roommate, network: Network, run: ForwardPass, day: int, week: int = 0) -> Quantities:
        """The quantities of one day of a pass.

        Args:
            roommate: Names for rows and columns.
            network: The network that made the pass.
            run: The pass.
            day: Which day, counted from 0.
            week: Which week of the batch.
        """
        dishes, weathers, hidden = dish_axis(roommate), weather_axis(roommate), hidden_axis(roommate, network)
        weights = network.parameters

        def vector(array: Array) -> Array:
            return array[day, :, week]

        if network.kind is Kind.ELMAN:
            before = Operand("remembered", "m", vector(run.previous), Role.YESTERDAY, hidden)
            first = "Memory"
        else:
            before = Operand("yesterday", "d", vector(run.previous), Role.YESTERDAY, dishes)
            first = "Food"
        return cls(
            yesterday=before,
            today=Operand("today", "w", vector(run.weather), Role.WEATHER, weathers),
            food=Operand(first, first, weights.food, Role.FOOD, hidden, before.rows),
            weather=Operand("Weather", "Weather", weights.weather, Role.WEATHER, hidden, weathers),
            merge=Operand("Merge", "Merge", weights.merge, Role.TODAY, dishes, hidden),
            food_product=Operand(f"{first.lower()} product", "f", vector(run.food_product), Role.FOOD, hidden),
            weather_product=Operand("weather product", "g", vector(run.weather_product), Role.WEATHER, hidden),
            sum=Operand("sum", "z", vector(run.sum), Role.HIDDEN, hidden),
            hidden=Operand("hidden", "a", vector(run.hidden), Role.HIDDEN, hidden),
            logits=Operand("logits", "y", vector(run.logits), Role.TODAY, dishes),
        )

    def matrix(self, name: str) -> Operand:
        """A matrix by its name, as `Parameters.matrix`."""
        return (self.food, self.weather, self.merge)[place_of(name)]


def trace_day(roommate: Roommate, network: Network, run: ForwardPass, day: int, week: int = 0) -> DayTrace:
    """The steps of one day of a pass.

    Args:
        roommate: Names for rows and columns.
        network: The network that made the pass.
        run: The pass.
        day: Which day, counted from 0.
        week: Which week of the batch.

    Returns:
        The day with its steps: all six for the whole network and Elman's, the product and the decision for the
        simpler two.
    """
    of_day = Quantities.of(roommate, network, run, day, week)
    d, w, f, g = of_day.yesterday, of_day.today, of_day.food_product, of_day.weather_product
    z, a, y = of_day.sum, of_day.hidden, of_day.logits
    dish = int(run.dish[day, week])
    chosen = Operand("dish", "dish", np.eye(len(roommate.dishes))[dish], Role.TODAY, y.rows)
    winner = int((of_day.merge.value[dish] * a.value).argmax())  # the hidden unit that speaks loudest for the dish
    activation = network.activation
    product, choose = Operation.PRODUCT, Operation.CHOOSE
    if network.kind is Kind.WEATHER:
        steps: tuple[Step, ...] = (
            Step("weather product", "Weather", "y = Weather · w", product, (of_day.weather, w), y, dish),
        )
    elif network.kind is Kind.CYCLE:
        steps = (Step("food product", "Food", "y = Food · d", product, (of_day.food, d), y, dish),)
    else:
        first = of_day.food.name
        steps = (
            Step(f.name, first, f"f = {first} · {d.symbol}", product, (of_day.food, d), f, winner),
            Step("weather product", "Weather", "g = Weather · w", product, (of_day.weather, w), g, winner),
            Step("add", "Add", "z = f + g", Operation.ADD, (f, g), z, winner),
            Step(
                "non-linear",
                "Non-linear",
                activation.formula,
                Operation.APPLY,
                (z,),
                a,
                winner,
                activation.name,
                lambda row: activation.spell(z.value, row),
            ),
            Step("merge", "Merge", "y = Merge · a", product, (of_day.merge, a), y, dish),
        )
    steps += (Step("decide", "Dish", "dish = argmax y", choose, (y,), chosen, dish),)
    yesterday = int(d.value.argmax())
    if network.kind is Kind.ELMAN:  # what is fed back is no dish
        yesterday = int(run.dish[day - 1, week]) if day else roommate.shows[yesterday]
    return DayTrace(day, int(run.weather[day, :, week].argmax()), yesterday, dish, steps)
