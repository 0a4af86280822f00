"""Floods: more keys, mouse events and noise than the program can deal with; it works them off, and can be left."""

from __future__ import annotations

import contextlib
import os
import random
import select
import subprocess
import time

from tests.end_to_end.test_input import FLOODS
from tests.soak.keys import Bytes
from tests.soak.outcome import Outcome
from tests.soak.process import peak_of, seconds_of

ROUNDS = 40
"""How many floods there are at full scale."""

MAX_SECONDS = 5.0
"""The processor's time that all of it may take, from the first byte to the end of the program."""

MAX_GROWN = 50 * 2**20
"""The bytes that the program may grow by meanwhile."""

HANGS = 300.0
"""Seconds after which it is given up, however busy the machine is."""

STARTS = (
    (),
    ("--lesson", "4"),
    ("--lesson", "1"),
    ("--scenario", "modulo-7"),
    ("--lesson", "5", "--scenario", "soup"),
)
SIZES = ((80, 24), (120, 40), (40, 12))


def poured(terminal: Bytes, data: bytes) -> tuple[float, int]:
    """Pour a flood into the program as fast as it takes it, and read what it draws until it has ended.

    Returns:
        The processor's time it took, and by how many bytes it grew.

    Raises:
        TimeoutError: It does not end.
    """
    pid, rest, deadline = terminal.process.pid, memoryview(data), time.monotonic() + HANGS
    begun, before = seconds_of(pid), peak_of(pid)
    took, peak = begun, before
    os.set_blocking(terminal.fileno(), False)
    while terminal.process.poll() is None:
        if time.monotonic() > deadline:
            raise TimeoutError(f"it does not end within {HANGS:.0f} s")
        readable, writable, _none = select.select([terminal.fileno()], [terminal.fileno()] if rest else [], [], 0.05)
        with contextlib.suppress(OSError):  # it takes no more just now, or has ended
            if writable:
                rest = rest[os.write(terminal.fileno(), rest[:4096]) :]
            if readable:
                os.read(terminal.fileno(), 65536)
        took, peak = max(took, seconds_of(pid)), max(peak, peak_of(pid))
    return took - begun, peak - before


def run(scale: float, seed: int) -> Outcome:
    """All floods, each into a program of its own.

    Args:
        scale: What part of `ROUNDS`.
        seed: Says how each is started.
    """
    outcome, rng, names = Outcome("floods", seed, "floods"), random.Random(seed), list(FLOODS)
    most: dict[str, float] = dict.fromkeys(names, 0.0)
    for number in range(max(round(ROUNDS * scale), 1)):
        name, words = names[number % len(names)], rng.choice(STARTS)
        with Bytes("--no-state", *words, size=rng.choice(SIZES)) as terminal:
            terminal.answered()
            fault = ""
            try:
                took, grown = poured(terminal, b"".join(FLOODS[name]) + b"\x1b\\\x11")
                most[name] = max(most[name], took)
                if took > MAX_SECONDS or grown > MAX_GROWN:
                    fault = f"{took:.1f} s of the processor's time, and {grown / 2**20:.0f} MB more"
                if terminal.process.wait() != 0:
                    fault = f"status {terminal.process.returncode}"
            except (TimeoutError, subprocess.SubprocessError) as error:
                fault = str(error)
            outcome.count += 1
            if fault:
                outcome.failures.append(f"flood {number}, {name}, started with {words}: {fault}")
    for name, took in most.items():
        outcome.seen[f"ms at most: {name}"] = round(took * 1000)
    return outcome
