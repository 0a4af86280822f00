"""Weights and histories on disk: versioned, written whole or not at all, never unpickled."""

from __future__ import annotations

import contextlib
import io
import json
import math
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

import numpy as np

from model.activation import Array, activation_named, exact
from model.atomic import write_atomically
from model.choices import IN_USE, NETWORKS
from model.config import TrainingConfig, as_settings, from_settings
from model.errors import FileError, RoommateError
from model.moment import Moment
from model.names import (
    MOST_DISHES,
    MOST_STATES,
    MOST_WEATHERS,
    cut,
    fault_of_icon,
    fault_of_name,
    fault_of_twin,
)
from model.network import Feedback, Network
from model.parameters import Parameters
from model.roommate import PERFECT_ROOMMATE, Kind, Memory, Roommate
from model.words import listed

FORMAT = "roommate-weights"
VERSION = 1
MOST_BYTES = 64 * 2**20
"""Larger files are refused unread: the largest network there can be takes a fortieth of it."""


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


def typed_path(text: str) -> Path:
    """A file's path as a person types it, with ``~`` for the home where there is one.

    Raises:
        FileError: Nobody of the name after the ``~`` has a home here, or there can be no file of the name.
    """
    if "\0" in text:
        raise FileError(f"{text!r}: no file can be called so.")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise FileError(f"{text}: there is no home to put in place of the ~.") from None


def is_there(path: Path) -> bool:
    """Whether a file is there that would be overwritten.

    Raises:
        FileError: That cannot be told: the name is too long, or a folder may not be entered.
    """
    try:
        return path.exists()
    except OSError as error:
        raise FileError(f"{path} cannot be written: {error.strerror or error}.") from error


def save_weights(path: Path, saved: SavedWeights, *, overwrite: bool = False) -> None:
    """Write weights as JSON, or as ``.npz`` where the name ends so.

    Raises:
        FileError: It exists and must not be overwritten, or it cannot be written.
    """
    data = pack(*_described(saved)) if path.suffix == ".npz" else weights_json(saved).encode()
    write_atomically(path, data, overwrite=overwrite)


def weights_json(saved: SavedWeights) -> str:
    """Weights as the text of their JSON file."""
    about, matrices = _described(saved)
    lists = {name: matrix.tolist() for name, matrix in matrices.items()}
    return json.dumps({**about, **lists}, ensure_ascii=False) + "\n"


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


def pack(about: Mapping[str, object], arrays: Mapping[str, Array]) -> bytes:
    """An ``.npz`` file of arrays, and of JSON under the name ``about``; `unpack` reads it."""
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, about=np.array(json.dumps(about)), **arrays)
    return buffer.getvalue()


def load_weights(path: Path) -> SavedWeights:
    """Read what `save_weights` has written.

    Raises:
        FileError: It cannot be read, or is not such a file; the sentence names it and its fault.
    """
    with blaming(path) as blame:
        data = read(path)
        document = unpack(data, blame) if data[:2] == b"PK" else parse_json(data, blame)
        return _weights_in(document, blame)


def _weights_in(document: Mapping[str, object], blame: Callable[[str], NoReturn]) -> SavedWeights:
    if document.get("format") != FORMAT:
        blame(f'it is not a file of weights: "format" should be "{FORMAT}"')
    if document.get("version") != VERSION:
        blame(f"it has version {cut(repr(document.get('version')))}, and this program reads version {VERSION}")
    kind = _kind_in(document, blame)
    parameters = Parameters(*(_matrix(document, name, blame) for name in IN_USE[kind]))
    about = document.get("roommate")
    roommate = roommate_in(about, blame) if isinstance(about, dict) else PERFECT_ROOMMATE
    if (parameters.dishes, parameters.weathers) != (len(roommate.dishes), len(roommate.weathers)):
        blame(
            f"its weights are for {parameters.dishes} dishes and {parameters.weathers} weathers, its roommate has "
            f"{len(roommate.dishes)} and {len(roommate.weathers)}"
        )
    wanted = parameters.hidden if kind is Kind.ELMAN else parameters.dishes
    if parameters.fed_back != wanted:
        blame(f'"{IN_USE[kind][0]}" has {parameters.fed_back} columns, and there should be {wanted}')
    if kind is Kind.ELMAN and parameters.hidden < len(roommate.states):
        blame(
            f"it has {parameters.hidden} hidden units, fewer than the {len(roommate.states)} states of its roommate"
        )
    name, settings, updates = document.get("activation"), document.get("settings"), document.get("updates", 0)
    if not isinstance(name, str):
        blame('it does not name its non-linearity under "activation"')
    if not isinstance(updates, int) or isinstance(updates, bool) or updates < 0:
        blame('"updates" should be a whole number')
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


def roommate_in(about: Mapping[str, object], blame: Callable[[str], NoReturn]) -> Roommate:
    """The roommate that a file describes."""
    try:
        names = {
            name: tuple(map(str, about[name] or ()))  # type: ignore[call-overload]
            for name in ("dishes", "weathers", "rules", "dish_icons", "weather_icons")
        }
        twins: dict[str, tuple[str, ...]] = {
            name: tuple(map(str, about.get(name) or ()))  # type: ignore[call-overload]
            for name in ("dish_ascii", "weather_ascii")
        }
        table = tuple(tuple(int(dish) for dish in row) for row in about["next_dish"])  # type: ignore[attr-defined]
        roommate = Roommate(
            name=str(about["name"]),
            dishes=names["dishes"],
            weathers=names["weathers"],
            next_dish=table,
            rules=names["rules"],
            dish_icons=names["dish_icons"],
            weather_icons=names["weather_icons"],
            dish_ascii=twins["dish_ascii"],
            weather_ascii=twins["weather_ascii"],
        )
        memory = None if about.get("memory") is None else _memory_in(about["memory"])
        if fault := _fault_of(roommate, memory):
            blame(f'its "roommate" cannot be: {fault}')
        return roommate if memory is None else roommate.with_memory(memory)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        blame(f'its "roommate" is not complete ({cut(str(error))})')


def _fault_of(roommate: Roommate, memory: Memory | None) -> str:
    """What a roommate has that no scenario can have, or nothing: people may have written the file, or worse."""
    states = memory.states if memory else ()
    for what, names, most in (
        ("dishes", roommate.dishes, MOST_DISHES),
        ("weathers", roommate.weathers, MOST_WEATHERS),
        ("states", states, MOST_STATES),
    ):
        if len(names) > most:
            return f"it has {len(names):,} {what}, and there can be {most}"
    icons, twins = roommate.dish_icons + roommate.weather_icons, roommate.dish_ascii + roommate.weather_ascii
    named = (*roommate.dishes, *roommate.weathers, *roommate.rules, *states)
    faults = [
        *(fault_of_name(name, commas=True) for name in named),
        *(fault_of_icon(icon) for icon in icons if icon),
        *(fault_of_twin(twin) for twin in twins if twin),
        "" if roommate.name.isprintable() else "its name has characters in it that cannot be shown.",
    ]
    return next((fault.rstrip(".") for fault in faults if fault), "")


def _memory_in(about: object) -> Memory:
    if not isinstance(about, dict):
        raise TypeError("memory")
    return Memory(
        states=tuple(map(str, about["states"])),
        shows=tuple(map(int, about["shows"])),
        next_state=tuple(tuple(map(int, row)) for row in about["next_state"]),
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
    except (ValueError, TypeError, OverflowError):
        blame(f'the rows of "{name}" are not numbers, or not of one length')
    if matrix.ndim != 2 or matrix.size == 0:
        blame(f'"{name}" should be a matrix')
    if not np.isfinite(matrix).all():
        row, column = np.argwhere(~np.isfinite(matrix))[0]
        blame(f'"{name}" has a number that is not finite in row {row + 1}, column {column + 1}')
    return matrix


@contextlib.contextmanager
def blaming(path: Path) -> Iterator[Callable[[str], NoReturn]]:
    """Gives a function that says what is wrong with a file, and says it of errors that come up inside."""

    def blame(fault: str) -> NoReturn:
        raise FileError(f"{path}: {fault}.")

    try:
        yield blame
    except FileError:
        raise
    except RoommateError as error:
        raise FileError(f"{path}: {error}") from error
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}.") from error


def read(path: Path, most: int | None = None) -> bytes:
    """A file's bytes, unless it is larger than any file of its kind can be, or none at all.

    Args:
        path: The file.
        most: The bytes that it can have; `MOST_BYTES` by default. No more are read.
    """
    most = MOST_BYTES if most is None else most
    if path.is_dir():
        raise FileError(f"{path} is a folder.")
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise FileError(f"{path}: it is larger than {most // 2**20} MB, which no such file is.")
    if not data:
        raise FileError(f"{path}: it is empty.")
    return data


def decoded(data: bytes, source: str, wanted: str) -> str:
    """The text of a file that people write, in UTF-8.

    Args:
        data: All of it.
        source: The file, as the person knows it.
        wanted: What the file should be, in words.

    Raises:
        FileError: It is binary, or not UTF-8; the sentence names the line.
    """
    if b"\0" in data:
        raise FileError(f"{source}: it is a binary file, and {wanted}.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FileError(f"{source}: line {line}: it is not UTF-8 text; save it as UTF-8.") from None


def parse_json(data: bytes, blame: Callable[[str], NoReturn]) -> dict[str, object]:
    """A JSON object, its numbers finite."""
    try:
        document = json.loads(data.decode(), parse_constant=lambda _: math.inf)
    except UnicodeDecodeError:
        blame("it is neither JSON nor .npz")
    except json.JSONDecodeError as error:
        blame(f"it is not JSON, or cut off: {error.msg} in line {error.lineno}, column {error.colno}")
    except (RecursionError, ValueError) as error:
        blame(f"it is not JSON that can be read ({type(error).__name__})")
    if not isinstance(document, dict):
        blame("its JSON is not an object")
    return document


def unpack(data: bytes, blame: Callable[[str], NoReturn]) -> dict[str, object]:
    """The arrays of an ``.npz`` file and what its ``about`` says; nothing unpickled, nothing too large unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                blame(f"unpacked it is larger than {MOST_BYTES // 2**20} MB")
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            document: dict[str, object] = {name: arrays[name] for name in arrays.files}
    except FileError:
        raise
    except Exception as error:  # numpy and zipfile raise a dozen kinds for damaged archives
        what = "".join(letter if letter.isprintable() else "?" for letter in str(error)) or type(error).__name__
        blame(f"it is a damaged .npz file ({cut(what)})")
    about = document.pop("about", None)
    for name, array in document.items():
        if np.asarray(array).dtype.kind not in "biuf":
            blame(f'"{cut(name)}" is not an array of numbers')
    if about is None or np.ndim(about) or np.asarray(about).dtype.kind != "U":  # type: ignore[arg-type]
        blame('it has no "about"')
    return {**document, **parse_json(str(about).encode(), blame)}


def history_csv(moment: Moment) -> bytes:
    """The loss, the accuracy and the number of right cases after every update, as CSV."""
    rows = zip(moment.losses.lows[0], moment.accuracies.lows[0], moment.rights.lows[0], strict=True)
    lines = ["update,loss,accuracy,cases_right"]
    lines += [f"{n},{exact(loss)},{exact(part)},{exact(right)}" for n, (loss, part, right) in enumerate(rows)]
    return ("\n".join(lines) + "\n").encode()
