"""An axis of a sweep: one setting of training and the values it takes, as people type them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Literal, NoReturn

from model.errors import InputError
from model.language import _
from model.network.names import OLDER_NAMES
from model.roommate.naming import cut
from model.roommate.parsing import find, listed, suggestion
from model.roommate.typed_numbers import whole_number
from model.training.config import TrainingConfig
from model.training.setting_bounds import CHOICES, RANGES, title
from model.training.setting_texts import parse

MAX_VALUES = 1000
"""The most values that one setting takes."""

FIXED = ("seed", "stop", "hold", "loss_below", "updates")
"""The settings that no axis varies: the seeds are counted in every cell, and what "learned" means is one for all."""

VARIABLE = tuple(field.name for field in fields(TrainingConfig) if field.name not in FIXED)
"""The settings that an axis can vary: all others."""

EXAMPLES = "learning-rate=0.001:3:log:24, weeks=1:64:log:7, activation=tanh,relu"
"""Axes as people type them."""

SPACINGS = ("linear", "log")

Value = str | int | float
"""What a setting can be."""


def option_name(setting: str) -> str:
    """A setting's name as it is typed: ``learning-rate``."""
    return setting.replace("_", "-")


@dataclass(frozen=True)
class Axis:
    """One setting and the values that it takes, in the order in which they are drawn.

    Attributes:
        setting: One of `VARIABLE`.
        values: All different, at least one.
        spacing: How the values of a range lie; "names" for those that were listed one by one.
    """

    setting: str
    values: tuple[Value, ...]
    spacing: Literal["linear", "log", "names"] = "names"

    @property
    def title(self) -> str:
        """The setting's name as people read it."""
        return title(self.setting)

    @property
    def labels(self) -> tuple[str, ...]:
        """The values as people read them."""
        return tuple(label(value) for value in self.values)


def label(value: Value) -> str:
    """A value as people read it: numbers have no more digits than they need."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def parse_axis(text: str) -> Axis:
    """An axis as typed: ``learning-rate=0.001:3:log:24`` or ``activation=tanh,relu``.

    Raises:
        InputError: There is no such setting, it cannot be varied, or the values are none, twice there or impossible.
    """
    typed, sign, values = text.partition("=")
    name = typed.strip().casefold().replace("-", "_").replace(" ", "_")
    if not sign:
        raise InputError(
            _("{text!r} is not a setting with its values, such as {examples}.").format(
                text=cut(text.strip()), examples=EXAMPLES
            )
        )
    if name == "seed":
        raise InputError(_("The seed is not varied: in every cell all seeds are trained, and --seeds says which."))
    if name in FIXED:
        raise InputError(
            _("{setting} cannot be varied: it decides what counts as learned, and that is one for all cells.").format(
                setting=title(name)
            )
        )
    if name not in VARIABLE:
        names = [option_name(setting) for setting in VARIABLE]
        raise InputError(
            _("{word!r} is not a setting that can be varied: there are {names}.").format(
                word=cut(typed.strip()), names=listed(names)
            )
            + suggestion(option_name(name), names)
        )
    return _axis_of(name, values)


def _axis_of(name: str, text: str) -> Axis:
    if not text.strip(" ,:"):
        raise InputError(
            _("{setting} has no values: write some, such as {examples}.").format(
                setting=title(name), examples=EXAMPLES
            )
        )
    if ":" in text and name in RANGES:
        return _range_of(name, text)
    words = [word.strip() for word in text.split(",")]
    if "" in words:
        raise InputError(
            _("{setting}={text}: between two commas there is no value.").format(
                setting=option_name(name), text=cut(text.strip())
            )
        )
    if len(words) > MAX_VALUES:
        raise InputError(
            _("{setting}: {count:,} values, and there can be {most:,}.").format(
                setting=title(name), count=len(words), most=MAX_VALUES
            )
        )
    values = tuple(_value(name, word) for word in words)
    for index, value in enumerate(values):
        if value in values[:index]:
            raise InputError(
                _("{setting}: {value} stands there twice.").format(setting=title(name), value=label(value))
            )
    return Axis(name, values)


def _value(name: str, word: str) -> Value:
    """One value, which a network could have of this setting."""
    if name in CHOICES:
        today, names = OLDER_NAMES.get(word, word), CHOICES[name]
        index = find(today if today in names else word, names)
        if index is None:
            raise InputError(
                _("{setting}: {word!r} is not one of {names}.").format(
                    setting=title(name), word=cut(word), names=listed(names, "or")
                )
                + suggestion(word, names)
            )
        return names[index]
    value = parse(name, word)
    if name in RANGES:
        TrainingConfig(**{name: value})  # type: ignore[arg-type]  # it says what is out of range
    return value


def _range_of(name: str, text: str) -> Axis:
    """The values of a range: ``FROM:TO``, ``FROM:TO:COUNT`` or ``FROM:TO:SPACING:COUNT``."""
    typed = f"{option_name(name)}={cut(text.strip())}"

    def blame(why: str) -> NoReturn:
        raise InputError(f"{typed}: {why}")

    parts = [part.strip() for part in text.split(":")]
    if len(parts) > 4 or not all(parts):
        blame(_("a range is FROM:TO:SPACING:COUNT, such as 0.001:3:log:24."))
    least, most = _value(name, parts[0]), _value(name, parts[1])
    assert not isinstance(least, str) and not isinstance(most, str)  # noqa: PT018 - it has a range
    if least > most:
        blame(
            _("the range goes backwards: write the smaller number first, {least}:{most}.").format(
                least=parts[1], most=parts[0]
            )
        )
    if least == most:
        blame(_("the range is empty: it begins where it ends. For one value leave out the colon."))
    spacing: Literal["linear", "log"] = "linear"
    if len(parts) == 4:
        index = find(parts[2], SPACINGS)
        if index is None:
            blame(
                _("{word!r} is not a spacing: there are {names}.").format(word=cut(parts[2]), names=listed(SPACINGS))
            )
        spacing = "log" if index else "linear"
    whole = isinstance(least, int) and isinstance(most, int)
    if spacing == "log" and least <= 0:
        blame(_("a range with equal factors begins above 0."))
    if len(parts) == 2:
        if not whole:
            blame(_("say how many values there are, such as {least}:{most}:log:24.").format(least=least, most=most))
        count: int | None = int(most - least) + 1
    else:
        count = whole_number(parts[-1])
    if count is None or not 2 <= count <= MAX_VALUES:
        blame(_("the number of values should be a whole number from 2 to {most:,}.").format(most=MAX_VALUES))
    return Axis(name, spaced(least, most, spacing, count), spacing)


def spaced(least: float, most: float, spacing: str, count: int) -> tuple[Value, ...]:
    """Values from the least to the most, both among them, with equal steps or equal factors.

    Numbers are rounded to the fewest digits, three at the least, with which all are different: they can be typed
    again. Whole numbers are rounded to whole ones, and one that comes twice is there once.

    Args:
        least: The first.
        most: The last, greater; both whole where all are to be whole.
        spacing: "linear" or "log".
        count: How many, at least 2.
    """

    def at(index: int) -> float:
        part = index / (count - 1)
        return least * (most / least) ** part if spacing == "log" else least + (most - least) * part

    inner = [at(index) for index in range(1, count - 1)]
    if isinstance(least, int) and isinstance(most, int):
        return tuple(sorted({least, *map(round, inner), most}))
    for digits in range(3, 18):
        values = (float(least), *(_rounded(value, digits) for value in inner), float(most))
        if all(before < after for before, after in pairwise(values)):
            return values
    raise InputError(
        _("Between {least:g} and {most:g} there are no {count} different numbers.").format(
            least=least, most=most, count=count
        )
    )


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits - 1}e}") if math.isfinite(value) else value


def parse_axes(texts: Sequence[str]) -> tuple[Axis, ...]:
    """The axes of a sweep, at most two, each of another setting.

    Raises:
        InputError: They are more, or two are of one setting.
    """
    axes = tuple(map(parse_axis, texts))
    if len(axes) > 2:
        raise InputError(
            _("A map has two sides, and {count} settings are to be varied: take one or two.").format(count=len(axes))
        )
    if len(axes) == 2 and axes[0].setting == axes[1].setting:
        raise InputError(
            _("{setting} is varied twice: name another setting, or give it all its values at once.").format(
                setting=axes[0].title
            )
        )
    return axes
