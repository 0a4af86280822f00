"""A million sequences as a terminal may send them, cut anywhere: the keys come out, nothing else does anything."""

from __future__ import annotations

import random

from textual import events

from tests.soak.outcome import Outcome
from tests.tui.typed import KEYS, Line

SEQUENCES = 1_000_000
"""How many there are at full scale."""

LENGTH = 200
"""Sequences of one line, which begins anew."""

MIN_PAUSE = 100.0
"""Seconds after which nobody waits for anything any more."""

PASTED = (
    b"q",
    b"\x1b[32mok\x1b[0m",
    b"\x00",
    b"\x03",
    b"\x1b[200~",
    b"\x1b]0;quit\x07",
    "é☔".encode(),
    b"\xff",
    b"\n",
)


def _letters(rng: random.Random, most: int) -> bytes:
    return "".join(rng.choice("quit nNq;:/é日☔0123456789") for _ in range(rng.randrange(most))).encode()


def _answer(rng: random.Random) -> bytes:
    numbers = ";".join(str(rng.randrange(10 ** rng.randrange(1, 8))) for _ in range(rng.randrange(8))).encode()
    kind = rng.randrange(5)
    if kind == 0:
        return b"\x1b[" + rng.choice([b"?", b">", b"="]) + numbers + rng.choice([b"c", b"u", b"n", b"R", b"q", b"t"])
    if kind == 1:
        return b"\x1b[" + numbers + rng.choice([b" q", b"*z", b"_", b"!p", b"'w"])
    if kind == 2:
        return b"\x1b[%d;%dR" % (rng.randrange(999), rng.randrange(999))
    if kind == 3:
        return b"\x1b]" + _letters(rng, 40) + rng.choice([b"\x07", b"\x1b\\"])
    return b"\x1b" + rng.choice([b"P", b"X", b"^", b"_"]) + _letters(rng, 40) + b"\x1b\\"


def _paste(rng: random.Random) -> bytes:
    inside = b"".join(rng.choice(PASTED) for _ in range(rng.randrange(8))) + rng.randbytes(rng.randrange(8))
    return b"\x1b[200~" + inside.replace(b"\x1b[201~", b"") + b"\x1b[201~"


def _cut(rng: random.Random, data: bytes) -> list[bytes]:
    pieces = []
    while data:
        at = rng.choice([1, 1, 2, 3, 7, 40, 4096])
        pieces.append(data[:at])
        data = data[at:]
    return pieces


def follow(rng: random.Random, length: int, outcome: Outcome) -> str:
    """Send some sequences; gives what is wrong with what comes out, or nothing."""
    line, data, keys, pastes = Line(slow=rng.random() < 0.2), b"", [], 0
    known = list(KEYS.items())
    for _ in range(length):
        kind = rng.choices(["keys", "answers", "pastes", "noise"], [5, 4, 1, 1])[0]
        outcome.seen[kind] += 1
        if kind == "keys":
            sent, key = rng.choice(known)
            keys.append(key)
        else:
            sent = _answer(rng) if kind == "answers" else _paste(rng) if kind == "pastes" else b"\xff"
            pastes += kind == "pastes"
        data += sent
    line.send(*_cut(rng, data))
    if line.keys != keys or len(line.pastes) != pastes or line.others:
        return f"{data!r} gave {line.keys}, and not {keys}; {len(line.pastes)} of {pastes} pastes, {line.others}"
    return _anything(rng, line)


def _anything(rng: random.Random, line: Line) -> str:
    """Any bytes at all, with pauses among them: afterwards q is a key."""
    sent = [
        rng.choice([rng.randbytes(9), b"\x1b", b"\x1b[", b"\x1bP1", b"\x1b[200~x", _answer(rng)[:4]])
        for _ in range(9)
    ]
    for piece in sent:
        line.send(piece)
        line.pause(rng.choice([0.0, 0.05, 0.3, 1.2, 3.0]))
    line.pause(MIN_PAUSE)
    line.pause(MIN_PAUSE)
    line.send(b"q")
    last = line.messages[-1]
    return "" if isinstance(last, events.Key) and last.key == "q" else f"after {sent} q is {last}"


def run(scale: float, seed: int) -> Outcome:
    """All sequences.

    Args:
        scale: What part of `SEQUENCES`.
        seed: What each line is made from, together with its number.
    """
    outcome = Outcome("what a terminal sends", seed, "sequences")
    most, number = max(round(SEQUENCES * scale), 1), 0
    while outcome.count < most:
        length = min(LENGTH, most - outcome.count)
        fault = follow(random.Random(f"{seed} {number}"), length, outcome)
        if fault:
            outcome.failures.append(f"line {number}: {fault}")
        outcome.count += length
        number += 1
    return outcome
