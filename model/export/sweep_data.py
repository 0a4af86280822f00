"""The map of a sweep for other programs: JSON of all cells, CSV of the cells, CSV of every training."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from model.foreign_text import json_text
from model.numbers import exact
from model.sweep.grid import GridCell
from model.sweep.statistics import CellStatistics, Quartiles, Rate
from model.sweep.sweep_map import SweepMap
from model.sweep.versions import versions_here
from model.training.setting_texts import as_settings

SWEEP_FORMAT = "roommate-sweep"
SWEEP_VERSION = 1

QUARTILES = ("lower", "median", "upper")


def sweep_json(moment: SweepMap) -> str:
    """``roommate-sweep``, version 1."""
    grid, versions = moment.grid, versions_here()
    document = {
        "format": SWEEP_FORMAT,
        "version": SWEEP_VERSION,
        "roommate": grid.roommate.name,
        "diary": None if grid.diary is None else grid.diary.name,
        "settings": dict(grid.fixed),
        "vary": [{"setting": axis.setting, "values": list(axis.values)} for axis in grid.axes],
        "seeds": {"first": grid.seeds.start, "count": len(grid.seeds)},
        "rollout_days": grid.rollout_days,
        "numerics": {"version": versions.numerics, "numpy": versions.numpy},
        "trainings": grid.trainings,
        "done": moment.progress.done,
        "complete": moment.progress.finished,
        "cells": [_cell(moment, cell) for cell in grid.cells],
    }
    return json_text(document) + "\n"


def _cell(moment: SweepMap, cell: GridCell) -> dict[str, object]:
    statistics = moment.statistics(cell)
    settings = as_settings(cell.config)
    del settings["seed"]
    return {
        **{axis.setting: value for axis, value in zip(moment.grid.axes, cell.values, strict=True)},
        **_columns(statistics, moment.grid.rollout_days),
        "settings": settings,
    }


def _columns(statistics: CellStatistics, rollout_days: int) -> dict[str, float | int | None]:
    """All statistics of a cell by name; None where nothing is known."""
    columns: dict[str, float | int | None] = {"trainings": statistics.learned.of}
    columns |= _rate("learned", statistics.learned)
    columns |= _quartiles("updates", statistics.updates)
    columns |= _quartiles("loss", statistics.loss)
    if rollout_days:
        columns |= _rate("stays_true", statistics.stays_true)
        columns |= _quartiles("strays_on", statistics.strays_on)
    columns["not_finite"] = statistics.not_finite
    return columns


def _rate(name: str, rate: Rate) -> dict[str, float | int | None]:
    low, high = rate.interval
    value = None if math.isnan(rate.value) else rate.value
    return {name: rate.count, f"{name}_rate": value, f"{name}_low": low, f"{name}_high": high}


def _quartiles(name: str, quartiles: Quartiles | None) -> dict[str, float | int | None]:
    return {f"{name}_{which}": None if quartiles is None else getattr(quartiles, which) for which in QUARTILES}


def cells_csv(moment: SweepMap) -> bytes:
    """A line for each cell: the values of what is varied, and its statistics; nothing where nothing is known."""
    grid = moment.grid
    rows = [
        {
            **{axis.setting: value for axis, value in zip(grid.axes, cell.values, strict=True)},
            **_columns(moment.statistics(cell), grid.rollout_days),
        }
        for cell in grid.cells
    ]
    return _csv(rows)


def trainings_csv(moment: SweepMap) -> bytes:
    """A line for each training that is done: the values of what is varied, its seed and what became of it."""
    return _csv(list(_trainings(moment)) or [{"seed": None}])


def _trainings(moment: SweepMap) -> Iterator[Mapping[str, object]]:
    for cell in moment.grid.cells:
        varied = {axis.setting: value for axis, value in zip(moment.grid.axes, cell.values, strict=True)}
        for outcome in moment.outcomes[cell.index]:
            yield {
                **varied,
                "seed": outcome.seed,
                "learned_at": outcome.learned_at,
                "updates": outcome.updates,
                "loss": outcome.loss,
                "ended": outcome.ended,
                "strays_on": outcome.strays_on,
            }


def _csv(rows: Sequence[Mapping[str, object]]) -> bytes:
    lines = [",".join(rows[0])]
    lines += [",".join(_field(value) for value in row.values()) for row in rows]
    return ("\n".join(lines) + "\n").encode()


def _field(value: object) -> str:
    text = exact(value) if isinstance(value, float) else "" if value is None else str(value)
    return f'"{text}"' if "," in text else text
