"""The provenance of weights as it is written in their file and read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn, TypedDict, TypeGuard

import numpy as np

from model.arrays import Array
from model.language import _
from model.roommate.roommate import Roommate
from model.training.config import TrainingConfig
from model.training.names import OPTIMIZER_NAMES
from model.training.optimizers import OptimizerState
from model.training.provenance import Provenance, Stretch
from model.training.setting_bounds import MAX_UPDATES
from model.training.setting_texts import as_settings, from_file

MEMORY = ("optimizer_first", "optimizer_second")
"""The members of a file that an optimizer remembers: a number for each weight, in the order of the matrices."""

Blame = Callable[[str], NoReturn]


def provenance_written(made: Provenance, roommate: Roommate) -> dict[str, object]:
    """The members of a file that tell of the training of its weights."""
    return {
        "stretches": [
            {"from": stretch.begin, "to": stretch.end, "settings": as_settings(stretch.config)}
            for stretch in made.stretches
        ],
        "edited_at": list(made.edited),
        "own_weeks": [
            {
                "update": update,
                "week": [roommate.weathers[weather] for weather in week],
                "start": roommate.states[start],
            }
            for update, week, start in made.aimed
        ],
    }


def provenance_in(
    document: Mapping[str, object], config: TrainingConfig | None, updates: int, roommate: Roommate, blame: Blame
) -> Provenance:
    """What a file tells of the training of its weights; an older one tells of its last settings alone.

    Args:
        document: The file.
        config: Its "settings".
        updates: Its "updates".
        roommate: Its roommate.
        blame: What says that the file is bad.
    """
    if config is None:
        return Provenance()
    if "stretches" not in document:
        return Provenance((Stretch(0, updates, config),), optimizer=config.optimizer)
    stretches: list[Stretch] = []
    at = 0
    for entry in _objects(document, "stretches", blame):
        begin, end, settings = entry.get("from"), entry.get("to"), entry.get("settings")
        if not (_is_count(begin) and _is_count(end) and begin == at <= end and isinstance(settings, dict)):
            blame(_('each of its "stretches" should say from which update to which its settings held'))
        stretches.append(Stretch(at, end, from_file(settings)))
        at = end
    if not stretches or at != updates:
        blame(_('its "stretches" should lead up to its {updates:,} "updates"').format(updates=updates))
    edited = document.get("edited_at", [])
    if not isinstance(edited, list) or not all(map(_is_count, edited)):
        blame(_('"edited_at" should be a list of updates'))
    aimed = tuple(_own_week(entry, roommate, blame) for entry in _objects(document, "own_weeks", blame))
    return Provenance(tuple(stretches), tuple(edited), aimed, config.optimizer)


def _own_week(entry: Mapping[str, object], roommate: Roommate, blame: Blame) -> tuple[int, tuple[int, ...], int]:
    update, week, start = entry.get("update"), entry.get("week"), entry.get("start")
    if (
        not _is_count(update)
        or not isinstance(week, list)
        or not week
        or not all(weather in roommate.weathers for weather in week)
        or start not in roommate.states
    ):
        blame(_('each of its "own_weeks" should have an update, a week of its weathers, and what was before it'))
    days = tuple(map(roommate.weathers.index, week))
    return update, days, roommate.states.index(start)


def _objects(document: Mapping[str, object], name: str, blame: Blame) -> list[dict[str, object]]:
    found = document.get(name, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        blame(_('"{name}" should be a list of objects').format(name=name))
    return found


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_UPDATES


class Remembered(TypedDict, total=False):
    """The parts of a `Provenance` that tell of an optimizer's memory."""

    optimizer: str
    memory: OptimizerState


def memory_in(document: Mapping[str, object], size: int, blame: Blame) -> Remembered:
    """What a file tells of an optimizer's memory; nothing where it tells nothing.

    Args:
        document: The file.
        size: How many weights there are.
        blame: What says that the file is bad.

    Raises:
        InputError: Its numbers are none.
    """
    about = document.get("optimizer")
    if about is None:
        return {}
    if not isinstance(about, dict) or about.get("name") not in OPTIMIZER_NAMES or not _is_count(about.get("updates")):
        blame(_('"optimizer" should have the name of an optimizer, and how many updates it has made'))
    first, second = (_numbers(document, name, size, blame) for name in MEMORY)
    if (second < 0).any():
        blame(_('"{name}" has a mean square that is less than 0').format(name=MEMORY[1]))
    return {"optimizer": str(about["name"]), "memory": OptimizerState(first, second, int(about["updates"]))}


def _numbers(document: Mapping[str, object], name: str, size: int, blame: Blame) -> Array:
    try:
        numbers = np.array(document.get(name), dtype=np.float64)
    except (ValueError, TypeError, OverflowError):
        blame(_('"{name}" should be a list of numbers').format(name=name))
    if numbers.shape != (size,) or not np.isfinite(numbers).all():
        blame(_('"{name}" should have a finite number for each of {size:,} weights').format(name=name, size=size))
    return numbers
