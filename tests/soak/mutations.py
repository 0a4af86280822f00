"""Good files made bad: cut off, flipped, spliced, blown up, nested, with values of the wrong kind, and zip bombs."""

from __future__ import annotations

import copy
import io
import json
import random
import struct
import zipfile
from collections.abc import Callable

import numpy as np

ODD: tuple[object, ...] = (
    None, True, False, 0, 1, -1, 2, 3, 64, 65, 1024, 1025, 10**6, 10**9, 2**31, 2**63, 10**30, 10**400, -(10**30),
    0.5, -0.0, 1e308, 1e-320, float("inf"), float("-inf"), float("nan"), "", " ", "x", "pasta", "\x1b[2J", "\u202e",
    "é" * 50, "x" * 5000, "\ud800", "1", "nan", [], [[]], [[], [1]], [None], ["x"], [1, 2, 3], [[1.0, 2.0]], {},
    {"x": 1}, [[0] * 2000] * 3, list(range(3000)), [[["deep"]]],
)  # fmt: skip
"""What may stand where something else should."""

RUBBISH = (b"\xff", b"\0", b"\xef\xbb\xbf", b"\r", b'"', b"]", b"}", b"'''", b",", b"\n" * 50)

UNITS = (
    b" ", b"\n", b"[", b"{", b"[],", b"0,", b"[0,0],", b'"a":1,', b'"', b"#", b"a=1\n", b"a.", b"1,sunny,pasta\n",
    b",", b"[a]\n", b"[[a]]\n", b"x = [[]]\n", b"\\", b"9", b"\xf0\x9f\x8d\x9d", b"1e9,", b'{"a":',
)  # fmt: skip
"""What fills huge files."""

WORDS = (
    "", "[rule]", "[states]\n", "start = 5", "1", "07:32:00", "2024-02-31", "1e400", "\n[[x]]\n", '"""',
    "week = 'sssss'", "\r\n", "\x00", "skip 999999", "always", "0x" + "f" * 300,
)  # fmt: skip
"""What may stand in a text where something else should."""

SHAPES = (
    "(1000000000,)", "(10, 100000000000)", f"({2**62},)", "(-1,)", "()", "(1,)*40", "('x',)", "(1e9,)",
    "(" * 200 + ")" * 200, "(2, 2)", "(0, 0)", "(True, 5)", f"({10**50},)",
)  # fmt: skip
KINDS = (
    "'<f8'", "'<U1000000000'", "'<U60000'", "'|O'", "'<M8[ns]'", "'|V100000000'", "'<c16'", "''", "5",
    "[('a', '<f8', (100000, 100000))]",
)  # fmt: skip
"""What the head of an array may say of it."""

Mutation = Callable[[random.Random, bytes], bytes]


def truncated(rng: random.Random, data: bytes) -> bytes:
    """The beginning, or all but the beginning."""
    at = rng.choice([0, 1, 2, 10, rng.randrange(len(data) + 1), max(len(data) - rng.randrange(1, 30), 0)])
    return data[:at] if rng.random() < 0.8 else data[at:]


def flipped(rng: random.Random, data: bytes) -> bytes:
    """Some bits are others."""
    changed = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 5, 50])):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def spliced(rng: random.Random, data: bytes) -> bytes:
    """A piece is elsewhere, twice, gone, or rubbish."""
    a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    piece, at = data[a : min(b, a + 2000)], rng.randrange(len(data) + 1)
    return rng.choice(
        [
            data[:a] + data[b:],
            data[:at] + piece + data[at:],
            data[:at] + rng.randbytes(rng.choice([1, 4, 100])) + data[at:],
            data[:at] + rng.choice(RUBBISH) + data[at:],
            piece * rng.choice([1, 2, 50]),
        ]
    )


def huge(rng: random.Random, data: bytes) -> bytes:
    """Megabytes, of something that has to be read to know that it is nothing."""
    size = rng.choice([10**5, 10**6, 2**20, 8 * 2**20, 9 * 2**20, 40 * 2**20])
    unit = rng.choice([*UNITS, data[:5000] or b"x"])
    body = unit * (size // len(unit))
    frame = rng.choice(
        [(b"", b""), (b"[", b"0]"), (b'{"food":[', b"[]]}"), (data, b""), (b"x = [", b"]"), (b"x = '", b"'")]
    )
    return frame[0] + body + frame[1]


def nested(rng: random.Random, data: bytes) -> bytes:
    """Deep, in one of the languages."""
    depth = rng.choice([10, 100, 900, 1100, 5000, 100_000])
    text = rng.choice(
        [
            "[" * depth + "]" * depth,
            '{"a":' * depth + "1" + "}" * depth,
            '{"format":"roommate-weights","version":1,"food":' + "[" * depth + "]" * depth + "}",
            "x = " + "[" * depth + "]" * depth,
            "x = " + "{a=" * depth + "1" + "}" * depth,
            ".".join("a" * depth) + " = 1",
            "[" + ".".join("a" * depth) + "]",
            'dishes = ["a", "b"]\n[rule]\n' + ".".join("x" * min(depth, 900)) + " = 'same'",
            "(" * depth + ")" * depth,
        ]
    )
    return text.encode()


def _put(rng: random.Random, document: object) -> None:
    """Put something odd somewhere into lists and tables."""
    here = document
    while True:
        places: list[object] = list(here) if isinstance(here, dict) else list(range(len(here)))  # type: ignore[arg-type]
        if not places:
            return
        place = rng.choice(places)
        inner = here[place]  # type: ignore[index]
        if isinstance(inner, (dict, list)) and inner and rng.random() < 0.7:
            here = inner
            continue
        kind = rng.random()
        if kind < 0.7:
            here[place] = copy.deepcopy(rng.choice(ODD))  # type: ignore[index]
        elif kind < 0.85:
            del here[place]  # type: ignore[attr-defined]
        elif isinstance(here, dict):
            here[rng.choice(["", "x", "about", "memory", "settings", "\x00"])] = copy.deepcopy(rng.choice(ODD))
        elif isinstance(here, list):
            here.insert(0, copy.deepcopy(inner))
        return


def wrong_json(rng: random.Random, data: bytes) -> bytes:
    """JSON that is JSON, with something odd in it."""
    document = json.loads(data)
    for _ in range(rng.choice([1, 1, 1, 2, 4])):
        _put(rng, document)
    return json.dumps(document).encode(errors="surrogatepass")


def wrong_npz(rng: random.Random, data: bytes) -> bytes:
    """An archive whose text or whose arrays are others."""
    with np.load(io.BytesIO(data)) as arrays:
        found = {name: arrays[name] for name in arrays.files}
    if rng.random() < 0.5:
        about = json.loads(str(found["about"]))
        for _ in range(rng.choice([1, 1, 2, 4])):
            _put(rng, about)
        found["about"] = np.array(json.dumps(about))
    else:
        name = rng.choice(list(found))
        array = found[name]
        odd: list[Callable[[], object]] = [
            lambda: array.reshape(-1)[: rng.randrange(array.size + 1)],
            lambda: np.concatenate([array.reshape(-1)] * 2),
            lambda: array[None],
            lambda: np.zeros((0, 3)),
            lambda: np.zeros(()),
            lambda: np.array("text"),
            lambda: np.array([b"x"]),
            lambda: np.zeros((200_000, 1)),
            lambda: np.zeros((2000, 2000)),
            lambda: np.array([1 + 2j]),
            lambda: np.array(["2020-01-01"], dtype="datetime64[D]"),
            lambda: np.zeros(3, dtype=[("a", "f8"), ("b", "U3")]),
            lambda: np.full((2, 2), np.nan),
            lambda: np.full(array.shape, 1e308) if array.dtype.kind in "fi" else array,
            lambda: np.full(array.shape, np.inf) if array.dtype.kind in "fi" else array,
            lambda: -np.ones(array.shape) if array.dtype.kind in "fi" else array,
            lambda: np.full(array.shape, 2**62) if array.dtype.kind in "fi" else array,
            lambda: np.ones(array.shape, dtype=bool),
            lambda: np.ones((1,) * 30),
        ]
        found[name] = np.asarray(rng.choice(odd)())
        if rng.random() < 0.2:
            del found[rng.choice(list(found))]
    buffer = io.BytesIO()
    rng.choice([np.savez, np.savez_compressed])(buffer, **found)
    return buffer.getvalue()


def _header(shape: str, kind: str) -> bytes:
    text = f"{{'descr': {kind}, 'fortran_order': False, 'shape': {shape}, }}".encode()
    text += b" " * (64 - (len(text) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


def bomb(rng: random.Random, data: bytes) -> bytes:
    """An archive that is small, or says so, and is large inside."""
    buffer = io.BytesIO()
    method = rng.choice(
        [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
    )
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name in rng.sample(
            ["about.npy", "food.npy", "losses.npy", "weights.npy", "x.npy", "x", "../x.npy", "merge.npy"], 3
        ):
            content = _header(rng.choice(SHAPES), rng.choice(KINDS)) + bytes(
                rng.choice([0, 100, 10**5, 10**6, 30 * 10**6])
            )
            if rng.random() < 0.3:
                content = b"\x80\x04c__builtin__\nprint\n."
            archive.writestr(name, content)
    packed = bytearray(buffer.getvalue())
    if rng.random() < 0.6:  # say that it is small
        at = packed.find(b"PK\x01\x02")
        while at >= 0:
            packed[at + 24 : at + 28] = struct.pack("<I", rng.choice([0, 1, 100, 128, 1000, 10**6]))
            at = packed.find(b"PK\x01\x02", at + 1)
    if rng.random() < 0.3:
        return flipped(rng, bytes(packed))
    return bytes(packed)


def wrong_text(rng: random.Random, data: bytes) -> bytes:
    """A text with words that do not belong there."""
    words = data.decode(errors="replace").split(" ")
    for _ in range(rng.choice([1, 2, 5])):
        at = rng.randrange(len(words))
        odd = rng.choice(ODD)
        words[at] = rng.choice(
            [
                *WORDS,
                words[rng.randrange(len(words))],
                str(odd) if not isinstance(odd, int) or odd < 10**50 else "9" * 401,
            ]
        )
    return " ".join(words).encode(errors="surrogatepass")


def wrong_rows(rng: random.Random, data: bytes) -> bytes:
    """A table of days with fields that do not belong there."""
    rows = [line.split(",") for line in data.decode(errors="replace").split("\n")]
    for _ in range(rng.choice([1, 2, 10])):
        row = rng.choice(rows)
        odd = rng.choice(
            [*ODD, "999999999", "-999999999", "9999-12-31", "0001-01-01", "Monday", '"', '"a\nb"', "1_0", "٣", "=1+1"]
        )
        row[rng.randrange(len(row))] = str(odd) if not isinstance(odd, int) or odd < 10**50 else "9" * 401
        if rng.random() < 0.2:
            rows.insert(rng.randrange(len(rows)), rng.choice(rows) * rng.choice([1, 2]))
    text = "\n".join(",".join(row) for row in rows)
    return text.replace(",", rng.choice([",", ",", ";", "\t", "|"])).encode(errors="surrogatepass")
