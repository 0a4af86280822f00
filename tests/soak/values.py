"""Twenty thousand well-formed files with impossible values: each is used, or refused with a sentence and status 3."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn
from unittest import mock

import numpy as np

from model.errors import RoommateError
from model.foreign_text import showable
from model.storage.runs import load_run
from model.storage.weights import load_weights
from tests.soak.files import HANGS, Hang, good_files, watched
from tests.soak.mutations import ODD
from tests.soak.outcome import Outcome
from tui.cli.main import main

CASES = 20_000
"""How many there are at full scale."""

MAX_TOLD = 8000
"""Letters that stderr may get: twenty faults, and no more than a person can read."""

STATUSES = (0, 3, 4)
"""Done, a bad file, a goal that was not reached: nothing else comes of a file."""

_IN_QUOTES = re.compile(r'"[^"]*"')

LONG = "@long@"
"""Stands for a number that Python itself would not write."""

NAMES = (
    "cre\u0300me", "a\u00a0b", "\u3164", "\u2800", "a\u034fb", "☀\ufe0f", "1\ufe0f\u20e3", "👩\u200d🍳",
    "قورمه\u200cسبزی", "a\u200db", "раsta", "ｐasta", "\u202eab", "\U0010ffff", "\ue000", "\x9b31m",
    "\x1b]52;c;eA==\x07", "x\u2028y", "e\u0301" * 40, "\u0301", "=1+1", "'", '"', "\\", "\t", "a  b", " ",
    "NaN", "null", "−1", "1e400", "1_0", "٣",
)  # fmt: skip

VALUES: tuple[object, ...] = (
    *ODD, *NAMES, LONG, [LONG], 1e308, -1e308, 5e-324, 2**53 + 1, 2**64, -(2**63) - 1, 10**308, 10**309,
    10**639, 10**641, 1.5, True, {"": LONG},
)  # fmt: skip
"""What may stand where another value should."""

TOML_VALUES = (
    "0x" + "f" * 6000, "0b" + "1" * 9000, "9" * 4000, "9" * 5000, "1e400", "-inf", "nan",
    "1979-05-27T07:32:00Z", "00:00:00", "true", "[]", "[[]]", "{}", '"""\na"""', "'sunny'", '"\\U0010FFFF"',
    '"\\u0085"', "'x'", "[1, 'a']", "{a = 1}", "1_000", "0o7", "+0.0",
)  # fmt: skip

FIELDS = (
    *NAMES, "", "1.0", "1,5", "31.02.2024", "3/4/2024", "20240331", "99999999999", "0000-00-00", "9999-12-31",
    "1e308", "9" * 5000, "2024-03-31T25:00:00Z", "#", "Monday", "sep=;", "x" * 200_000, "None", "\ufeff",
    "٢٠٢٤-٠٣-٠١",
)  # fmt: skip


def put(rng: random.Random, document: object) -> None:
    """Another value somewhere into lists and tables."""
    here = document
    while True:
        places: list[object] = list(here) if isinstance(here, dict) else list(range(len(here)))  # type: ignore[arg-type]
        if not places:
            return
        place = rng.choice(places)
        inner = here[place]  # type: ignore[index]
        if isinstance(inner, (dict, list)) and inner and rng.random() < 0.8:
            here = inner
            continue
        here[place] = copy.deepcopy(rng.choice(VALUES))  # type: ignore[index]
        return


def written(document: object) -> str:
    """A document as JSON, with numbers that are longer than Python writes them."""
    return json.dumps(document).replace(f'"{LONG}"', "9" * 5000)


def json_with(rng: random.Random, data: bytes) -> bytes:
    """JSON with values that cannot be."""
    document = json.loads(data)
    for _ in range(rng.choice([1, 1, 2, 5])):
        put(rng, document)
    return written(document).encode()


def npz_with(rng: random.Random, data: bytes) -> bytes:
    """An archive whose text or whose arrays have values that cannot be."""
    with np.load(io.BytesIO(data)) as arrays:
        found = {name: arrays[name] for name in arrays.files}
    if rng.random() < 0.5:
        about = json.loads(str(found["about"]))
        for _ in range(rng.choice([1, 1, 2, 5])):
            put(rng, about)
        found["about"] = np.array(written(about))
    else:
        name = rng.choice(list(found))
        array = found[name]
        if array.dtype.kind == "U":
            codes = np.array([str(array)]).view(np.uint32).copy()
            codes[rng.randrange(codes.size)] = rng.choice(
                [0xD800, 0xDFFF, 0x110000, 0xFFFFFFFF, 0, 0xFEFF, 0x1B, 0x22]
            )
            found[name] = codes.view(array.dtype).reshape(())
        else:
            found[name] = rng.choice(_ARRAYS)(rng, array)
    buffer = io.BytesIO()
    np.savez(buffer, **found)
    return buffer.getvalue()


def _one(value: float, kind: str = "<f8") -> Callable[[random.Random, np.ndarray], np.ndarray]:
    """One entry of an array becomes a value."""

    def change(rng: random.Random, array: np.ndarray) -> np.ndarray:
        with np.errstate(all="ignore"):
            changed = array.astype(kind)
            if changed.size:
                changed.reshape(-1)[rng.randrange(changed.size)] = np.array(value).astype(kind)
        return changed

    return change


def _huge(_: random.Random, array: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return np.full(array.shape, np.longdouble("1e4000"))


_ARRAYS: tuple[Callable[[random.Random, np.ndarray], np.ndarray], ...] = (
    *(_one(value) for value in (1e308, -1e308, np.inf, np.nan, 5e-324, -0.0, 2.0**63, 1e18)),
    *(_one(value, kind) for value, kind in ((2**63, "<u8"), (2**64 - 1, "<u8"), (-(2**63), "<i8"), (127, "<i1"))),
    *(_one(value, kind) for value, kind in ((np.inf, "<f2"), (1.0, ">f4"), (1e300, ">f8"), (1.0, "<c16"), (1, "?"))),
    _huge,
    lambda _, array: np.full(array.shape, 1e308),
    lambda _, array: array.astype("S8"),
    lambda _, array: array.astype("U8"),
    lambda _, array: np.asfortranarray(array),
    lambda _, array: array[..., :0],
    lambda _, array: array.reshape(-1),
)


def toml_with(rng: random.Random, data: bytes) -> bytes:
    """TOML with values that cannot be."""
    lines = data.decode().split("\n")
    places = [at for at, line in enumerate(lines) if " = " in line]
    for _ in range(rng.choice([1, 1, 2, 5])):
        at = rng.choice(places)
        key, value = lines[at].split(" = ", 1)
        kind = rng.random()
        if kind < 0.5:
            lines[at] = f"{key} = {rng.choice(TOML_VALUES)}"
        elif kind < 0.9:
            name = json.dumps(rng.choice(NAMES), ensure_ascii=rng.random() < 0.5).replace("\x7f", "")
            lines[at] = f"{key} = {name.join(_IN_QUOTES.split(value, maxsplit=1))}"
        else:
            lines[at] = f"{json.dumps(rng.choice(NAMES))} = {value}"
    return "\n".join(lines).encode()


def csv_with(rng: random.Random, data: bytes) -> bytes:
    """A table with fields that cannot be."""
    rows = [line.split(",") for line in data.decode().split("\n")]
    for _ in range(rng.choice([1, 1, 2, 5])):
        row = rng.choice(rows)
        field = rng.choice(FIELDS)
        row[rng.randrange(len(row))] = f'"{field.replace(chr(34), chr(34) * 2)}"' if rng.random() < 0.7 else field
    return "\n".join(",".join(row) for row in rows).encode()


WEIGHTS = (
    ("cook", "--json", "--weights"),
    ("cook", "--csv", "--weights"),
    ("explain", "--format", "json", "--weather", "s", "--weights"),
    ("explain", "--format", "json", "--backward", "--activation", "tanh", "--weights"),
    ("explain", "--format", "text", "--weights"),
    ("extract", "--json", "--weights"),
)
COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    ".json": WEIGHTS,
    ".npz": WEIGHTS,
    ".toml": (
        ("scenario", "check", "--json"),
        ("scenario", "check"),
        ("cook", "--json", "--scenario"),
        ("explain", "--format", "json", "--scenario"),
    ),
    ".csv": (("train", "--updates", "2", "--weeks", "4", "--json", "--diary"),),
}
"""The commands that read a file of an ending; its name comes last."""

LINES: dict[str, str] = {
    ".json": "load {0}\ncompare {0}\nn\nweek\n",
    ".npz": "load {0}\ncompare {0}\nn\nweek\n",
    ".toml": "roommate {0}\nn\nweek\nrule\n",
    ".csv": "load {0}\nroommate {0}\n",
}
"""What is typed about a file line by line."""

CHANGES: dict[str, Callable[[random.Random, bytes], bytes]] = {
    ".json": json_with,
    ".npz": npz_with,
    ".toml": toml_with,
    ".csv": csv_with,
}


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def ran(words: tuple[str, ...], typed: str = "") -> str:
    """What is wrong with how a command line ends, or nothing."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), warnings.catch_warnings():
        warnings.simplefilter("error")
        stdin, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(typed.encode()), "utf-8")
        try:
            status = main(words)
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            sys.stdin = stdin
    errors, printed = (stream.buffer.getvalue().decode() for stream in (err, out))
    fault = ""
    if status == 2 and words[0] == "extract" and "Elman" in errors:  # it has no table
        return ""
    if status not in STATUSES or "sorry, something" in errors + printed:
        fault = f"status {status}"
    elif "Warning" in errors or "Traceback" in errors:
        fault = "a warning or a traceback"
    elif (status == 3) != bool(errors) and not ("--json" in words and status == 3):
        fault = f"status {status} with these words"
    elif len(errors) > MAX_TOLD:
        fault = f"{len(errors):,} letters"
    elif not showable(errors + printed):
        fault = "characters that steer a terminal, or hide"
    elif printed and ("--json" in words or "json" in words):
        try:
            json.loads(printed, parse_constant=_no_constant)
        except ValueError as error:
            fault = f"no JSON: {error}"
    return fault and f"{fault}: {errors[-300:] or printed[-300:]!r}"


def used(path: Path, rng: random.Random, state: Path) -> tuple[str, str]:
    """How a file is used in one of the ways there are, and what is wrong with that, or nothing."""
    way = rng.random()
    if path.stem.endswith("-run"):  # at the start of a program, where the last one has left it
        state.mkdir(exist_ok=True)
        shutil.copy(path, state / "run.npz")
        (state / "settings.json").write_text(written({"theme": rng.choice(VALUES)}))
        if way < 0.5:
            return "at the start", ran(("--plain",), "lesson 4\nresume\no\nloss\nq\n")
        return "read", _read(load_run, path)
    if way < 0.7:
        words = rng.choice(COMMANDS[path.suffix])
        return words[0], ran((*words, str(path)))
    if way < 0.9 or path.suffix in {".csv", ".toml"}:
        return "line by line", ran(("--plain", "--no-state"), LINES[path.suffix].format(path) + "q\n")
    return "read", _read(load_weights, path)


def _read(load: Callable[[Path], object], path: Path) -> str:
    """What is wrong with how a dialog reads a file, or nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            load(path)
        except RoommateError as error:
            sentence = str(error)
            return "" if str(path) in sentence and len(sentence) < MAX_TOLD else f"the sentence {sentence[:300]!r}"
    return ""


def run(scale: float, seed: int) -> Outcome:
    """All cases; those that fail are kept.

    Args:
        scale: What part of `CASES`.
        seed: What every case is made from, together with its number.
    """
    outcome = Outcome("impossible values", seed, "cases")
    kept = Path(tempfile.mkdtemp(prefix="impossible-values-"))
    with tempfile.TemporaryDirectory() as name, watched():
        folder = Path(name)
        (folder / "good").mkdir()
        good = [path for path in good_files(folder / "good") if path.name != "history.csv"]
        homes = {"XDG_STATE_HOME": str(folder / "state"), "HOME": name, "NO_COLOR": "1"}
        state = folder / "state" / "roommate-tui"
        state.parent.mkdir()
        for number in range(max(round(CASES * scale), 1)):
            rng = random.Random(f"values {seed} {number}")
            source = rng.choice(good)
            data = CHANGES[source.suffix](rng, source.read_bytes())
            path = folder / f"case{'-run' * source.stem.endswith('-run')}{source.suffix}"
            path.write_bytes(data)
            outcome.count += 1
            way, fault = "", ""
            signal.alarm(HANGS)
            try:
                with mock.patch.dict(os.environ, homes):
                    way, fault = used(path, rng, state)
            except Hang:
                fault = f"it hangs: given up after {HANGS} s"
            except Exception as error:
                fault = f"{type(error).__name__}: {str(error)[:300]}"
            finally:
                signal.alarm(0)
            outcome.seen[f"{source.suffix[1:]}: {way}"] += 1
            if fault:
                keep = kept / f"{number}{source.suffix}"
                keep.write_bytes(data)
                outcome.failures.append(f"case {number}: {source.name}, {way}: {fault} ({keep})")
            shutil.rmtree(state, ignore_errors=True)
    if not outcome.failures:
        kept.rmdir()
    return outcome
