"""What a terminal can send: keys, resizes, pastes, the mouse, focus, noise, and names of files."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.end_to_end.terminal import KEYS

SIZES = (
    (80, 24),
    (80, 24),
    (120, 40),
    (72, 20),
    (100, 30),
    (200, 60),
    (72, 24),
    (140, 20),
    (38, 11),
    (40, 12),
    (10, 3),
    (1, 1),
)
"""Columns and rows, also such as nothing fits in."""

WALK = (
    *"lhnpjkgGvwdaAuUbfNeCxHoOE12345tr[]{}#sSLymcR+-?",
    "right",
    "right",
    "right",
    "left",
    "up",
    "down",
    "tab",
    "space",
)
CONTROL = (
    *(chr(code) for code in range(1, 27) if code not in (17, 26)),  # all but Ctrl+Q, which ends, and Ctrl+Z: an event
    "pageup", "pagedown", "\x1b[H", "\x1b[F", "\x1b[Z", "\x7f", "\x1b[3~", "\x1bOP", "\x1b[1;5C", "\x1b[1;2D",
    "\x1bq", "\x1b\x1b", "\x1b[200~\x1b[201~",
)  # fmt: skip
TYPED = (*"0123456789.-+eE ,<>zm_éx☔", "enter", "enter", "escape", "escape", "escape", "y", "n")

PASTES = (
    "0.5", "-3", "1e400", "nan", "pasta", "one\ntwo\nthree\n", "🍝☔é\u202e", "x" * 5000, "\t\t", " ", "q", "w.json",
    "[b]not markup[/b] [/]", "\\", "'; exit", "\x07\x01", "\x1b[32mok\x1b[0m build quick",
    "\x00q\x03\x1b]0;q\x07\x1b[201",
)  # fmt: skip

NOISE = (
    b"\xff", b"\xc3", b"\xfe\xff", b"\x1b[1114112u", b"\x1b[999999999;1R", b"\x1b[?2026;2$y",
    b"\x1b]11;rgb:00/00/00\x07", b"\x1b[", b"\x1bO", b"\x00", b"\x1b[<0;0;0M", b"\x1b[<64;99999;99999M",
    b"\x80\x81", b"\x1bP+r\x1b\\",
)  # fmt: skip

ANSWERS = (
    b"\x1b[?61;4;6;7;14;21;22;23;24;28;32;42;52c", b"\x1b[>0;276;0c", b"\x1bP>|kitty(0.35.2)\x1b\\", b"\x1b[?997;1n",
    b"\x1b]11;rgb:1414/1919/1f1f\x1b\\", b"\x1b]lquit now\x1b\\", b"\x1b[?0u", b"\x1b[12;40R", b"\x1b_Gi=31;OK\x1b\\",
    b"\x1bP1+r524742=38\x1b\\", b"\x1b[113;1H", b"\x1b[48;60000;60000;0;0t", b"\x1b[?2048;0$y", b"\x1b[8;24;80t",
)  # fmt: skip
"""What terminals answer, at any moment, and in pieces."""

MACROS = (
    ("S", "enter"), ("S", "enter", "y"), ("L", "w.json", "enter"), ("L", "bad.json", "enter"),
    ("L", "there-is-none", "enter"), ("4", "t"), ("4", "t", "t"), ("4", "+++++", "t"), ("4", "R", "t"),
    ("4", "b", "right", "right"), ("e", "5", "enter", "]", "escape"), ("e", "H", "tab", "L", "escape"),
    ("C", ">", "tab", "m"), ("C", "L", "w.json", "enter"), ("x", "f"), ("s", "down", "right", "enter"),
    ("s", "tab", "tab", "7", "enter"), ("O", "down", "enter"), ("O", "end", "enter"),
    ("E", "space", "down", "space", "enter"), ("E", "S", "enter"), ("\x10", "help"),
    ("\x10", "theme", "down", "enter"), ("\x10", "coffee", "enter"), ("space", "+", "+"),
    ("#", "3", "enter"), ("5", "b"), ("x", "S", "enter"), ("x", "S", "\x15", "a.json", "enter"),
    ("E", "n", "x", "enter", "enter"), ("E", "+", "stew", "enter", "enter"), ("b", "enter", "o"),
    ("escape", "escape", "escape"),
)  # fmt: skip
"""Ways into the pages, and what is typed there; no name has a folder in it, so that nothing is written elsewhere."""


@dataclass(frozen=True)
class Event:
    """Something that happens to the terminal.

    Attributes:
        kind: What it is called in the table.
        data: The bytes that are typed.
        size: The size it is given, if it is.
        then: The bytes that come after a pause.
    """

    kind: str
    data: bytes = b""
    size: tuple[int, int] | None = None
    then: bytes = b""


def typed(*keys: str) -> bytes:
    """Keys by their names, as bytes."""
    return b"".join(KEYS.get(key, key).encode() for key in keys)


def _mouse(rng: random.Random) -> bytes:
    x, y = rng.choice([(rng.randrange(1, 81), rng.randrange(1, 25)), (rng.randrange(1, 220), rng.randrange(1, 70))])
    kind = rng.random()
    if kind < 0.6:
        button = rng.choice([0, 0, 0, 1, 2, 8, 16])
        once = f"\x1b[<{button};{x};{y}M\x1b[<{button};{x};{y}m"
        return (once * rng.choice([1, 1, 1, 2, 3])).encode()
    if kind < 0.8:
        return f"\x1b[<35;{x};{y}M".encode()
    if kind < 0.9:  # dragged
        return f"\x1b[<0;{x};{y}M\x1b[<32;{x + 3};{y + 1}M\x1b[<0;{x + 3};{y + 1}m".encode()
    return f"\x1b[<{rng.choice([64, 65, 66, 67, 80])};{x};{y}M".encode()


def _paste(rng: random.Random) -> bytes:
    return b"\x1b[200~" + rng.choice(PASTES).encode() + b"\x1b[201~"


def _halves(rng: random.Random, data: bytes) -> tuple[bytes, None, bytes]:
    """A sequence in two pieces, the first of them more than Esc: that alone is a key."""
    at = rng.randrange(2, len(data))
    return data[:at], None, data[at:]


def random_event(rng: random.Random) -> Event:
    """Anything."""
    kind = rng.choices(list(KINDS), [odds for odds, _ in KINDS.values()])[0]
    return KINDS[kind][1](rng, kind)


KINDS: dict[str, tuple[float, Callable[[random.Random, str], Event]]] = {
    "keys of the walk": (40, lambda rng, kind: Event(kind, typed(rng.choice(WALK)))),
    "keys that are typed": (18, lambda rng, kind: Event(kind, typed(rng.choice(TYPED)))),
    "control and other keys": (8, lambda rng, kind: Event(kind, typed(rng.choice(CONTROL)))),
    "pages opened and used": (10, lambda rng, kind: Event(kind, typed(*rng.choice(MACROS)))),
    "mouse events": (11, lambda rng, kind: Event(kind, _mouse(rng))),
    "resizes": (5, lambda rng, kind: Event(kind, size=rng.choice(SIZES))),
    "pastes": (4, lambda rng, kind: Event(kind, _paste(rng))),
    "answers": (2, lambda rng, kind: Event(kind, rng.choice(ANSWERS))),
    "answers in pieces": (1, lambda rng, kind: Event(kind, *_halves(rng, rng.choice(ANSWERS)))),
    "pastes in pieces": (1, lambda rng, kind: Event(kind, *_halves(rng, _paste(rng)))),
    "pastes without an end": (0.5, lambda rng, kind: Event(kind, _paste(rng)[:-6] + b"partial", then=b"\x03")),
    "noise": (2.5, lambda rng, kind: Event(kind, rng.choice(NOISE))),
    "focus": (1, lambda rng, kind: Event(kind, rng.choice([b"\x1b[I", b"\x1b[O"]))),
    "ways back to the walk": (6, lambda rng, kind: Event(kind, b"\x1b", rng.choice(SIZES[:7]))),
    "stopped and continued": (0.5, lambda _, kind: Event(kind, b"\x1a")),
}
"""How often each kind of event happens, and what it is."""
