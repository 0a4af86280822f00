"""Run files: a training run written to disk and read back, ready to go on."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from model.arrays import Array
from model.errors import FileError
from model.language import _
from model.roommate.diary import Diary
from model.roommate.naming import MAX_STATES, MAX_WEATHERS, cut
from model.roommate.roommate import Roommate
from model.storage.archive import pack, unpack, unpack_about
from model.storage.atomic import write_atomically
from model.storage.files import file_errors, opened, read
from model.storage.frames import frames, identity
from model.storage.roommates import roommate_in
from model.training.batches import units_of
from model.training.case_history import MAX_SPAN, CaseHistory
from model.training.optimizers import OptimizerState
from model.training.run import TrainingRun
from model.training.setting_texts import as_settings, from_file
from model.training.snapshot import Checkpoint, RunRecord

FORMAT = "roommate-run"
VERSION = 1

ARRAYS = ("losses", "accuracies", "rights", "weights", "first", "second")
"""What is written of every update, and of every checkpoint."""

POINTS = ("weights", "first", "second")
"""The arrays that are written of every checkpoint."""

MAX_CASES = MAX_STATES * MAX_WEATHERS
"""No roommate has more cases."""

STRAYS = "strays"
"""The updates at which the exam was failed; files of old do not have them."""

CASES = ("known", "right", "gradients")
"""What is written of the history of the cases, each after ``cases_``; files of old do not have it."""

CASES_WIDTH = "cases_width"
"""How many updates a span of that history has."""

COLUMNS = ("day", "weather", "dish", "line")
"""What is written of each day of a diary."""


MAX_BYTES = 128 * 2**20
"""The largest run that is written or read: a million updates take 18 MB, the checkpoints of large networks 32 MB."""


@dataclass(frozen=True)
class Head:
    """The facts about a saved run that can be read without its arrays.

    Attributes:
        roommate: Whose rule it learns.
        seed: What it began with.
        update: The updates it has made.
    """

    roommate: Roommate
    seed: int
    update: int


def save_run(path: Path, record: RunRecord, *, private: bool = False) -> bytes:
    """Write a run over the last one.

    Args:
        path: Where.
        record: The run.
        private: See `model.storage.atomic.Target`.

    Returns:
        What was written.

    Raises:
        FileError: It cannot be written.
    """
    size = sum(array.nbytes for array in _arrays(record, 0, record.checkpoints).values())
    data = packed_run(record) if size <= MAX_BYTES else b""
    if max(size, len(data)) > MAX_BYTES:
        raise FileError(
            _("{path}: the run has {size} MB, and {most} MB are the most.").format(
                path=path, size=max(size, len(data)) // 2**20, most=MAX_BYTES // 2**20
            )
        )
    write_atomically(path, data, overwrite=True, private=private)
    return data


def packed_run(record: RunRecord, since: int = 0, points: tuple[Checkpoint, ...] | None = None) -> bytes:
    """A run as an archive, or what is added to one that has been written up to an update.

    Args:
        record: The run.
        since: The first update that is new; 0: all of it is written.
        points: The checkpoints that are written; by default all.
    """
    points = record.checkpoints if points is None else points
    about = {
        "format": FORMAT,
        "version": VERSION,
        "roommate": asdict(record.roommate),
        "configs": [[at, as_settings(config)] for at, config in record.configs],
        "stride": record.stride,
        "aimed": record.aimed,
        "pinned": record.pinned,
        "diary": None if record.diary is None else _about(record.diary),
        "checkpoints": [[point.update, point.memory.count] for point in points],
    }
    if record.cases is not None:
        about[CASES_WIDTH] = record.cases.width
    if since:
        about["since"] = since
    return pack(about, _arrays(record, since, points))


def _arrays(record: RunRecord, since: int, points: tuple[Checkpoint, ...]) -> dict[str, Array]:
    arrays: dict[str, Array] = {
        "losses": record.losses[since:],
        "accuracies": record.accuracies[since:],
        "rights": _small(record.rights[since:]),
        "weights": np.array([point.weights for point in points]),
        "first": np.array([point.memory.first for point in points]),
        "second": np.array([point.memory.second for point in points]),
    }
    if record.strays is not None:
        arrays[STRAYS] = np.asarray(record.strays[record.strays >= since]).astype(np.uint32)
    if record.cases is not None:
        arrays |= {f"cases_{name}": getattr(record.cases.since(since), name) for name in CASES}
    if record.diary is not None and not since:
        arrays |= {f"diary_{column}": getattr(record.diary, column) for column in COLUMNS}
    return arrays


def _small(rights: Array) -> Array:
    """The numbers of right cases in a quarter of the room; there are never more cases than 16 times 64."""
    return np.asarray(rights).astype(np.uint16)


def _about(diary: Diary) -> dict[str, object]:
    return {"name": diary.name, "form": diary.form, "held_out": diary.held_out}


def _diary_in(document: dict[str, object], roommate: Roommate) -> Diary | None:
    about = document.get("diary")
    if about is None:
        return None
    if not isinstance(about, dict):
        raise TypeError("diary")
    if any(np.asarray(document[f"diary_{column}"]).dtype.kind not in "iu" for column in COLUMNS):
        raise TypeError(_("its days are not whole numbers"))
    day, weather, dish, line = (np.asarray(document[f"diary_{column}"], dtype=np.intp) for column in COLUMNS)
    names, form = (roommate.dishes, roommate.weathers), str(about["form"])
    return Diary(str(about["name"]), *names, form, day, weather, dish, line, float(about["held_out"]))


def head_of(path: Path) -> Head:
    """What a saved run is, at a small part of the cost of reading it; the state directory's alone.

    Raises:
        FileError: It cannot be read, or is not such a file.
    """
    with file_errors(path) as blame, opened(path, private=True) as file:
        document = unpack_about(file, blame, MAX_BYTES)
        for last in deque(frames(path, identity(file), MAX_BYTES), maxlen=1):
            document |= unpack_about(io.BytesIO(last), blame, MAX_BYTES)
        _need_format(document, blame)
        try:
            configs: list[tuple[int, dict[str, object]]] = document["configs"]  # type: ignore[assignment]
            points: list[tuple[int, int]] = document["checkpoints"]  # type: ignore[assignment]
            about: dict[str, object] = document["roommate"]  # type: ignore[assignment]
            return Head(roommate_in(about, blame), from_file(configs[-1][1]).seed, int(points[-1][0]))
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as error:
            blame(_("it is a damaged run ({kind}: {error})").format(kind=type(error).__name__, error=cut(str(error))))


def _need_format(document: dict[str, object], blame: Callable[[str], NoReturn]) -> None:
    if document.get("format") != FORMAT or document.get("version") != VERSION:
        blame(_("it is not a saved run that this program reads"))


def load_run(path: Path, *, private: bool = False) -> TrainingRun:
    """The run that `save_run` has written, with what its journal adds where it is private, ready to go on.

    Args:
        path: The file.
        private: See `model.storage.files.read`.

    Raises:
        FileError: It cannot be read, or is not such a file.
    """
    with file_errors(path) as blame:
        data = read(path, MAX_BYTES, private=private)
        journal = frames(path, identity(io.BytesIO(data)), MAX_BYTES) if private else ()
        return run_in(data, journal, blame)


def run_in(data: bytes, journal: Iterable[bytes], blame: Callable[[str], NoReturn]) -> TrainingRun:
    """The run that `packed_run` has made an archive of, ready to go on.

    Args:
        data: The archive.
        journal: What was added to it since.
        blame: What says that it is bad.
    """
    cases = tuple(f"cases_{name}" for name in CASES)
    diary = (f"diary_{column}" for column in COLUMNS)
    document = unpack(data, (*ARRAYS, STRAYS, *cases, *diary), blame, MAX_BYTES)
    _need_format(document, blame)
    try:
        for added in journal:
            document = _extended(document, unpack(added, (*ARRAYS, STRAYS, *cases), blame, MAX_BYTES))
        return TrainingRun.restored(_record_in(document, blame))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as error:
        blame(_("it is a damaged run ({kind}: {error})").format(kind=type(error).__name__, error=cut(str(error))))


def _extended(document: dict[str, Any], added: dict[str, Any]) -> dict[str, Any]:
    """What a run file says together with a frame of its journal."""
    since, points = int(added["since"]), dict[int, tuple[Any, ...]]()
    kept = {int(at) for at in (*(at for at, _settings in added["configs"]), *added["pinned"])}
    for source in (document, added):
        points |= {int(row[0][0]): row for row in zip(*map(source.get, ("checkpoints", *POINTS)), strict=True)}
    last, stride = max(points), int(added["stride"])
    rows = [row for at, row in sorted(points.items()) if at in kept or at == last or at % stride == 0]
    together = {**document, **added, "checkpoints": [row[0] for row in rows]}
    together |= {name: np.array([row[at] for row in rows]) for at, name in enumerate(POINTS, 1)}
    for name in ("losses", "accuracies", "rights"):
        together[name] = np.concatenate([document[name][:since], added[name]])
    if CASES_WIDTH in document:
        history = _cases_in(document).followed_by(_cases_in(added), since)
        together |= {f"cases_{name}": getattr(history, name) for name in CASES}
    if STRAYS in document:
        strays = document[STRAYS]
        together[STRAYS] = np.concatenate([strays[strays < since], added[STRAYS]])
    return together


def _cases_in(document: dict[str, Any]) -> CaseHistory:
    """The history of the cases that a document holds."""
    known, right, gradients = (np.asarray(document[f"cases_{name}"]) for name in CASES)
    if not known.dtype.kind == right.dtype.kind == "u" or max(known.max(initial=0), right.max(initial=0)) > MAX_SPAN:
        raise TypeError(_("its history of the cases is not one"))
    return CaseHistory(int(document[CASES_WIDTH]), known.astype(np.uint16), right.astype(np.uint16), gradients)


def _record_in(document: dict[str, object], blame: Callable[[str], NoReturn]) -> RunRecord:
    arrays = {name: np.asarray(document[name], dtype=np.float64) for name in ARRAYS}
    about: object = document["roommate"]
    points: list[list[int]] = document["checkpoints"]  # type: ignore[assignment]
    configs: list[tuple[int, dict[str, object]]] = document["configs"]  # type: ignore[assignment]
    aimed: list[tuple[int, list[int], int]] = document.get("aimed", [])  # type: ignore[assignment]
    pinned: list[int] = document.get("pinned", [])  # type: ignore[assignment]
    if not isinstance(about, dict):
        blame(_("it does not say whose run it is"))
    rows = zip(points, arrays["weights"], arrays["first"], arrays["second"], strict=True)
    checkpoints = [
        Checkpoint(int(update), weights, OptimizerState(first, second, int(count)))
        for (update, count), weights, first, second in rows
    ]
    updates, changes = [point.update for point in checkpoints], [int(at) for at, _settings in configs]
    last, stride = len(arrays["losses"]) - 1, int(document["stride"])  # type: ignore[call-overload]
    if not updates or updates[0] != 0 or updates != sorted(set(updates)) or updates[-1] != last:
        blame(_("its checkpoints do not fit its history"))
    if len({arrays[name].shape for name in ("weights", "first", "second")}) > 1 or arrays["weights"].ndim != 2:
        blame(_("its checkpoints differ in shape"))
    if not changes or changes[0] != 0 or changes != sorted(set(changes)) or changes[-1] > last:
        blame(_("its settings do not fit its history"))
    if stride < 1 or not all(0 <= point.memory.count <= last for point in checkpoints):
        blame(_("its checkpoints cannot have been made"))
    if len(arrays["accuracies"]) != last + 1 or len(arrays["rights"]) != last + 1:
        blame(_("the columns of its history differ in length"))
    if not all(np.isfinite(array).all() for array in arrays.values()):
        blame(_("it has numbers that are not finite"))
    if not (np.isin(arrays["rights"], np.arange(MAX_CASES + 1)).all() and arrays["rights"].ndim == 1):
        blame(_("its numbers of right cases cannot be"))
    strays = np.asarray(document[STRAYS], dtype=np.float64) if STRAYS in document else None
    if strays is not None and (strays.ndim != 1 or not all(0 <= at <= last for at in strays)):
        blame(_("the updates at which its exam was failed do not fit its history"))
    roommate = roommate_in(about, blame)
    history = _cases_in(document) if CASES_WIDTH in document else None
    states, k = len(roommate.states), len(roommate.weathers)
    if not all(
        0 <= at < last and week and set(week) <= set(range(k)) and start in range(states) for at, week, start in aimed
    ):
        blame(_("a week that it learned from cannot be"))
    units = units_of(roommate, from_file(configs[0][1]))
    cases = k * (len(roommate.dishes) if units is None else states)
    if history is not None and not history.fits(last, cases):
        blame(_("its history of the cases does not fit its history"))
    return RunRecord(
        roommate=roommate,
        configs=tuple((int(at), from_file(settings)) for at, settings in configs),
        stride=stride,
        checkpoints=tuple(checkpoints),
        losses=arrays["losses"],
        accuracies=arrays["accuracies"],
        rights=arrays["rights"],
        strays=strays,
        cases=history,
        aimed=tuple((int(at), tuple(map(int, week)), int(start)) for at, week, start in aimed),
        pinned=tuple(map(int, pinned)),
        diary=_diary_in(document, roommate),
    )
