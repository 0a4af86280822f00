"""The meaning of rows and columns: dishes, weathers, states and hidden units by their names and pictures.

It loads no numpy: names are shown before there is a network.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from model.foreign_text import seven_bits
from model.roommate.roommate import Roommate

if TYPE_CHECKING:
    from model.network.network import Network


@dataclass(frozen=True)
class Axis:
    """The meaning of the rows or columns of an array.

    Attributes:
        labels: A name for each row.
        groups: Names of equal consecutive blocks of rows ("same", "next day"), or nothing.
        icons: A picture for each row, or nothing.
        plain: What each row is called where only seven bits can be drawn, or nothing.
        alone: Whether it is the one column of a bias, of which nothing is to be said.
    """

    labels: tuple[str, ...]
    groups: tuple[str, ...] = ()
    icons: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    alone: bool = False

    @property
    def block(self) -> int:
        """How many rows a block has; all of them where there are no blocks."""
        return len(self.labels) // max(len(self.groups), 1)

    @cached_property
    def in_ascii(self) -> Axis:
        """The same rows by names in seven bits: those given for that, or as near as one comes."""
        twins = self.plain or self.labels
        names = (seven_bits(twin or label) for twin, label in zip(twins, self.labels, strict=True))
        return Axis(tuple(names), tuple(map(seven_bits, self.groups)), alone=self.alone)

    def describe(self, row: int) -> str:
        """The row in words: ``next day: burger``."""
        label = self.labels[row]
        return f"{self.groups[row // self.block]}: {label}" if self.groups else label


def hidden_axis(roommate: Roommate, network: Network) -> Axis:
    """The meaning of the hidden units: a block for each weather in hand-set weights, u1, u2, … in others."""
    if network.linear:
        return dish_axis(roommate)
    h, groups = network.parameters.hidden, len(roommate.rules)
    block = state_axis(roommate) if network.cell.remembers else dish_axis(roommate)
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


BIAS_AXIS = Axis(("1",), alone=True)
"""The one column of a bias: what it is multiplied with is always 1."""
