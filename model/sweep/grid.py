"""The grid of a sweep: every combination of the values of its axes, each checked before anything is trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from model.errors import InputError
from model.language import _, ngettext
from model.network.memory_bounds import check_batch
from model.network.network import default_sizes
from model.roommate.diary import Diary
from model.roommate.roommate import Roommate
from model.sweep.axes import Axis, Value, label
from model.training.batches import units_of
from model.training.config import TrainingConfig, for_diary
from model.training.setting_texts import from_settings

MAX_CELLS = 10_000
"""The most cells of a map."""

MAX_TRAININGS = 4_000_000
"""The most trainings of a sweep: what is kept of each bounds the memory to some 0.1 GB."""

DAYS_ON_ITS_OWN = 10_000
"""For how many days a network that has learned is followed on its own output, as the page of its rule does."""

SHOWN = 4
"""How many cells a sentence names; of the others it says how many they are."""


@dataclass(frozen=True)
class GridCell:
    """One combination of the values that are varied.

    Attributes:
        index: Its place among `Grid.cells`.
        values: The value of each axis, in the order of the axes.
        config: All settings of its trainings; the seed in it does not matter.
    """

    index: int
    values: tuple[Value, ...]
    config: TrainingConfig


@dataclass(frozen=True, eq=False)
class Grid:
    """What a sweep trains: a roommate, the settings that are the same everywhere, and those that are varied.

    Use `Grid.of`, which checks every cell.

    Attributes:
        roommate: Whose rule is learned; for a diary, `Diary.roommate`.
        fixed: The settings that were given, by name; what is not given is as each cell's network has it by default.
        axes: None, one or two. The first runs from left to right, the second upwards.
        seeds: The seeds that are trained in every cell.
        cells: Every combination: the values of the second axis one after another, in each all of the first.
        diary: The days that are learned from; None: random weeks of the rule.
        rollout_days: For how many days a network that has learned is followed on its own output; 0: it is not.
    """

    roommate: Roommate
    fixed: Mapping[str, Value]
    axes: tuple[Axis, ...]
    seeds: range
    cells: tuple[GridCell, ...]
    diary: Diary | None = None
    rollout_days: int = DAYS_ON_ITS_OWN

    @classmethod
    def of(
        cls,
        roommate: Roommate,
        fixed: Mapping[str, Value],
        axes: Sequence[Axis],
        seeds: range,
        *,
        diary: Diary | None = None,
        rollout_days: int = DAYS_ON_ITS_OWN,
    ) -> Grid:
        """The grid of these axes.

        Raises:
            InputError: It is too large, a setting is both fixed and varied, or settings cannot go together: it says
                in which cells.
        """
        for axis in axes:
            if axis.setting in fixed:
                raise InputError(
                    _("{setting} is varied, so it cannot have one value for all cells as well.").format(
                        setting=axis.title
                    )
                )
        sides = [axis.values for axis in reversed(axes)]
        count = 1
        for values in sides:
            count *= len(values)
        if count > MAX_CELLS:
            raise InputError(
                _("A map of {count:,} cells is too large: there can be {most:,}.").format(count=count, most=MAX_CELLS)
            )
        if count * len(seeds) > MAX_TRAININGS:
            raise InputError(
                _(
                    "{cells:,} cells of {seeds:,} seeds are {count:,} trainings, and there can be {most:,}: take "
                    "fewer of either."
                ).format(cells=count, seeds=len(seeds), count=count * len(seeds), most=MAX_TRAININGS)
            )
        cells, faults = [], []
        for index, values in enumerate(product(*sides)):
            across = tuple(reversed(values))
            changes = {axis.setting: value for axis, value in zip(axes, across, strict=True)}
            try:
                cells.append(GridCell(index, across, _config(roommate, {**fixed, **changes}, diary)))
            except InputError as error:
                faults.append((across, str(error)))
        if faults:
            raise InputError(_impossible(axes, faults, count))
        return cls(roommate, dict(fixed), tuple(axes), seeds, tuple(cells), diary, rollout_days)

    @property
    def shape(self) -> tuple[int, int]:
        """How many cells it is high and wide; one of both where fewer settings are varied."""
        sizes = [len(axis.values) for axis in self.axes]
        return (sizes[1] if len(sizes) > 1 else 1), (sizes[0] if sizes else 1)

    @cached_property
    def trainings(self) -> int:
        """How many trainings it takes in all."""
        return len(self.cells) * len(self.seeds)

    def at(self, row: int, column: int) -> GridCell:
        """The cell of the values of the second and of the first axis with these numbers, from 0."""
        return self.cells[row * self.shape[1] + column]

    def name(self, cell: GridCell) -> str:
        """What is varied in a cell, in words: ``learning rate 0.03, activation tanh``; nothing where nothing is."""
        return in_words(self.axes, cell.values)


def in_words(axes: Sequence[Axis], values: Sequence[Value]) -> str:
    """The values of the axes with their names."""
    return ", ".join(f"{axis.title} {label(value)}" for axis, value in zip(axes, values, strict=True))


def _config(roommate: Roommate, settings: Mapping[str, Value], diary: Diary | None) -> TrainingConfig:
    """The settings of a cell, for which there is a training."""
    config = from_settings(settings)
    if diary is not None:
        ours = for_diary(config, diary)
        config = from_settings(
            {
                **settings,
                "days": config.days if "days" in settings else ours.days,
                "stop": config.stop if "stop" in settings else ours.stop,
            }
        )
        diary.windows(config.days)  # it says where there are no such weeks
    check_batch(config.cell, default_sizes(config.cell, roommate, config.hidden), config.weeks, config.days)
    units_of(roommate, config)
    return config


def _impossible(axes: Sequence[Axis], faults: Sequence[tuple[tuple[Value, ...], str]], count: int) -> str:
    """Why a grid cannot be trained, and in which of its cells."""
    if not axes:
        return faults[0][1]
    named = "; ".join(in_words(axes, values) for values, _why in faults[:SHOWN])
    rest = len(faults) - SHOWN
    if rest > 0:
        named = ngettext("{cells}; and {count:,} more", "{cells}; and {count:,} more", rest).format(
            cells=named, count=rest
        )
    return ngettext(
        "{count:,} of {all:,} cell has settings that do not go together ({cells}). {why}",
        "{count:,} of {all:,} cells have settings that do not go together ({cells}). {why}",
        len(faults),
    ).format(count=len(faults), all=count, cells=named, why=faults[0][1])
