"""Weights and histories on disk: versioned, written whole or not at all, never unpickled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import NoReturn

import numpy as np

from model.activation import Array, activation_named, exact
from model.archive import json_of, pack, parse_json, unpack
from model.atomic import write_atomically
from model.choices import IN_USE, MATRICES, MEMORY, NETWORKS
from model.config import MOST_UPDATES, TrainingConfig, as_settings, from_settings
from model.files import blaming, need_ending, read
from model.moment import Moment
from model.names import (
    MOST_DISHES,
    MOST_HIDDEN,
    MOST_STATES,
    MOST_WEATHERS,
    cut,
    fault_beside,
    fault_of_icon,
    fault_of_letters,
    fault_of_name,
    fault_of_twin,
)
from model.network import Feedback, Network
from model.parameters import Parameters
from model.roommate import PERFECT_ROOMMATE, Kind, Memory, Roommate
from model.spelling import canonical
from model.words import listed

Shape = tuple[int, ...]

FORMAT = "roommate-weights"
VERSION = 1

IN_FILES = (MEMORY, *MATRICES)
"""The members of a file that are matrices; further ones do not matter."""

WEIGHTS_ENDINGS = (".json", ".npz")
"""What the name of a file of weights may end in; without an ending it is JSON."""

HISTORY_ENDINGS = (".csv",)
"""Likewise that of a history."""


@dataclass(frozen=True, eq=False)
class SavedWeights:
    """Weights with all that is needed to use them and to learn them again.

    Attributes:
        roommate: Whose rule they were to learn.
        network: The weights and the non-linearity.
        config: The settings they were learned with; None for weights set by hand.
        updates: The updates they took.
    """

    roommate: Roommate
    network: Network
    config: TrainingConfig | None = None
    updates: int = 0


def save_weights(path: Path, saved: SavedWeights, *, overwrite: bool = False) -> None:
    """Write weights as JSON, or as ``.npz`` where the name ends so.

    Raises:
        FileError: The name ends otherwise, it exists and must not be overwritten, or it cannot be written.
    """
    write_atomically(path, weights_bytes(path, saved), overwrite=overwrite)


def weights_bytes(path: Path, saved: SavedWeights) -> bytes:
    """Weights as the bytes of a file of a name.

    Raises:
        FileError: The name ends in neither of `WEIGHTS_ENDINGS`.
    """
    if need_ending(path, WEIGHTS_ENDINGS) == ".npz":
        return pack(*_described(saved))
    return weights_json(saved).encode()


def weights_json(saved: SavedWeights) -> str:
    """Weights as the text of their JSON file."""
    about, matrices = _described(saved)
    lists = {name: matrix.tolist() for name, matrix in matrices.items()}
    return json_of({**about, **lists}) + "\n"


def _described(saved: SavedWeights) -> tuple[dict[str, object], dict[str, Array]]:
    """What is written of weights: all about them, and the matrices by name."""
    weights = saved.network.parameters
    about = {
        "format": FORMAT,
        "version": VERSION,
        "roommate": asdict(saved.roommate),
        "network": next((name for name, kind in NETWORKS.items() if kind is saved.network.kind), "lecture"),
        "activation": saved.network.activation.name,
        "seed": saved.config.seed if saved.config else None,
        "updates": saved.updates,
        "settings": as_settings(saved.config) if saved.config else None,
    }
    kind = Kind.ELMAN if saved.network.kind is Kind.ELMAN else Kind.RNN  # the simpler two are saved whole
    return about, {name: weights.matrix(name) for name in IN_USE[kind]}


def load_weights(path: Path) -> SavedWeights:
    """Read what `save_weights` has written.

    Raises:
        FileError: It cannot be read, or is not such a file; the sentence names it and its fault.
    """
    with blaming(path) as blame:
        data = read(path)
        document = unpack(data, IN_FILES, blame) if data[:2] == b"PK" else parse_json(data, blame)
        return _weights_in(document, blame)


def _weights_in(document: Mapping[str, object], blame: Callable[[str], NoReturn]) -> SavedWeights:
    if document.get("format") != FORMAT:
        blame(f'it is not a file of weights: "format" should be "{FORMAT}"')
    if document.get("version") != VERSION:
        blame(f"it has version {cut(repr(document.get('version')))}, and this program reads version {VERSION}")
    kind = _kind_in(document, blame)
    about = document.get("roommate")
    roommate = roommate_in(about, blame) if isinstance(about, dict) else PERFECT_ROOMMATE
    matrices = {name: _matrix(document, name, blame) for name in IN_USE[kind]}
    if matrices["weather"].shape[0] > MOST_HIDDEN:
        blame(f"it has {matrices['weather'].shape[0]:,} hidden units, and there can be {MOST_HIDDEN:,}")
    if fault := _misfit(matrices, kind, len(roommate.dishes), len(roommate.weathers)):
        blame(fault)
    parameters = Parameters(*matrices.values())
    if kind is Kind.ELMAN and parameters.hidden < len(roommate.states):
        blame(
            f"it has {parameters.hidden} hidden units, fewer than the {len(roommate.states)} states of its roommate"
        )
    name, settings, updates = document.get("activation"), document.get("settings"), document.get("updates", 0)
    if not isinstance(name, str):
        blame('it does not name its non-linearity under "activation"')
    if not isinstance(updates, int) or isinstance(updates, bool) or not 0 <= updates <= MOST_UPDATES:
        blame(f'"updates" should be a whole number of at most {MOST_UPDATES:,}')
    config = from_settings(settings) if isinstance(settings, dict) else None
    origin = f"learned in {updates:,} updates" if config else "from a file"
    feedback = Feedback(config.feedback) if config else Feedback.HARD
    network = Network(kind, parameters, activation_named(name), origin, trained_with=feedback)
    return SavedWeights(roommate, network, config, updates)


def _kind_in(document: Mapping[str, object], blame: Callable[[str], NoReturn]) -> Kind:
    """The network that a file is for: the lecture's where it does not say."""
    name = document.get("network", "lecture")
    if not isinstance(name, str) or name not in NETWORKS:
        blame(f'"network" should be {listed(tuple(NETWORKS), "or")}, and is {cut(repr(name))}')
    return NETWORKS[name]


def _misfit(matrices: Mapping[str, Array], kind: Kind, dishes: int, weathers: int) -> str:
    """What does not fit about the sizes of a file's matrices, or nothing."""
    first, weather, merge = matrices.values()
    names = [name.capitalize() for name in matrices]

    def misfit(first: Shape, weather: Shape, merge: Shape) -> str:
        hidden, columns = merge[1], merge[1] if kind is Kind.ELMAN else dishes
        if (merge[0], weather[1]) != (dishes, weathers):
            return (
                f"its weights are for {merge[0]:,} dishes and {weather[1]:,} weathers, its roommate has {dishes} and "
                f"{weathers}"
            )
        if first[0] != hidden or weather[0] != hidden:
            return (
                f"its matrices do not fit: {names[0]} has {first[0]:,} rows and {names[1]} {weather[0]:,}, and both "
                f"should have as many as {names[2]} has columns, {hidden:,}"
            )
        return "" if first[1] == columns else f"{names[0]} has {first[1]:,} columns, and there should be {columns}"

    shapes = first.shape, weather.shape, merge.shape
    fault = misfit(*shapes)
    if not fault:
        return ""
    for count in (1, 2, 3):  # as few as can be
        fitting = [
            which
            for which in combinations(range(3), count)
            if not misfit(*(shape[::-1] if at in which else shape for at, shape in enumerate(shapes)))
        ]
        if len(fitting) == 1:
            turned = fitting[0]
            are = listed([f"{shapes[at][0]:,}×{shapes[at][1]:,}" for at in turned])
            should = listed([f"{shapes[at][1]:,}×{shapes[at][0]:,}" for at in turned])
            told = listed([names[at] for at in turned])
            return f"{told} {'is' if count == 1 else 'are'} transposed: {are}, and should be {should}"
    return fault


def roommate_in(about: Mapping[str, object], blame: Callable[[str], NoReturn]) -> Roommate:
    """The roommate that a file describes."""
    try:
        if not isinstance(about["name"], str):
            raise TypeError("name")
        named = {name: _texts(about[name], name) for name in ("dishes", "weathers", "rules")}
        extras = {
            name: _texts(about.get(name) or [], name)
            for name in ("dish_icons", "weather_icons", "dish_ascii", "weather_ascii")
        }
        memory = None if about.get("memory") is None else _memory_in(about["memory"])
        name, table = canonical(about["name"]), _rows(about["next_dish"])
        if fault := _fault_of(name, named, extras, memory):
            blame(f'its "roommate" cannot be: {fault}')
        roommate = Roommate(
            name=name,
            dishes=named["dishes"],
            weathers=named["weathers"],
            next_dish=table,
            rules=named["rules"],
            dish_icons=extras["dish_icons"],
            weather_icons=extras["weather_icons"],
            dish_ascii=extras["dish_ascii"],
            weather_ascii=extras["weather_ascii"],
        )
        return roommate if memory is None else roommate.with_memory(memory)
    except KeyError as error:
        blame(f'its "roommate" is not complete: {error.args[0]} is missing')
    except TypeError as error:
        blame(f'its "roommate" cannot be: {cut(str(error))} is not of the right kind')


def _texts(value: object, name: str) -> tuple[str, ...]:
    """Names, each in its one spelling."""
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise TypeError(name)
    return tuple(map(canonical, value))


def _rows(value: object, name: str = "next_dish") -> tuple[tuple[int, ...], ...]:
    """The rows of a table of whole numbers."""
    if not isinstance(value, list):
        raise TypeError(name)
    return tuple(_numbers(row, name) for row in value)


def _numbers(value: object, name: str) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(type(number) is int for number in value):
        raise TypeError(name)
    return tuple(value)


def _fault_of(
    name: str,
    named: Mapping[str, tuple[str, ...]],
    extras: Mapping[str, tuple[str, ...]],
    memory: Memory | None,
) -> str:
    """What a roommate has that no scenario can have, or nothing: people may have written the file, or worse.

    Args:
        name: What the roommate is called.
        named: The names of dishes, weathers and rules.
        extras: Pictures and plain names.
        memory: The hidden states.
    """
    states = memory.states if memory else ()
    counted = (
        ("dishes", named["dishes"], MOST_DISHES),
        ("weathers", named["weathers"], MOST_WEATHERS),
        ("states", states, MOST_STATES),
    )
    for what, names, most in counted:
        if len(names) > most:
            return f"it has {len(names):,} {what}, and there can be {most}"
    faults = [
        *(fault_of_name(each, commas=True) for names in (*named.values(), states) for each in names),
        *(fault_beside(each, names[:at]) for _, names, _ in counted for at, each in enumerate(names)),
        *(fault_of_icon(icon) for key in ("dish_icons", "weather_icons") for icon in extras[key] if icon),
        *(fault_of_twin(twin) for key in ("dish_ascii", "weather_ascii") for twin in extras[key] if twin),
        f"its name {fault}" if (fault := fault_of_letters(name)) else "",
    ]
    return next((fault.rstrip(".") for fault in faults if fault), "")


def _memory_in(about: object) -> Memory:
    if not isinstance(about, dict):
        raise TypeError("memory")
    return Memory(
        states=_texts(about["states"], "states"),
        shows=_numbers(about["shows"], "shows"),
        next_state=_rows(about["next_state"], "next_state"),
    )


def _matrix(document: Mapping[str, object], name: str, blame: Callable[[str], NoReturn]) -> Array:
    try:
        value = document[name]
        if isinstance(value, list) and not all(
            isinstance(row, list) and all(type(entry) in (int, float) for entry in row) for row in value
        ):
            blame(f'"{name}" should be a list of rows of numbers')
        matrix = np.array(value, dtype=np.float64)
    except KeyError:
        blame(f'"{name}" is missing')
    except OverflowError:
        blame(f'"{name}" has a number that is larger than any float64')
    except (ValueError, TypeError):
        blame(f'the rows of "{name}" are not numbers, or not of one length')
    if matrix.ndim != 2 or matrix.size == 0:
        blame(f'"{name}" should be a matrix')
    if not np.isfinite(matrix).all():
        row, column = np.argwhere(~np.isfinite(matrix))[0]
        blame(f'"{name}" has a number that is not finite in row {row + 1}, column {column + 1}')
    return matrix


def history_csv(moment: Moment) -> bytes:
    """The loss, the accuracy and the number of right cases after every update, as CSV."""
    rows = zip(moment.losses.lows[0], moment.accuracies.lows[0], moment.rights.lows[0], strict=True)
    lines = ["update,loss,accuracy,cases_right"]
    lines += [f"{n},{exact(loss)},{exact(part)},{exact(right)}" for n, (loss, part, right) in enumerate(rows)]
    return ("\n".join(lines) + "\n").encode()
