"""Terminals of any size, whoever reports it: the program draws no more than it can, and answers again afterwards."""

from __future__ import annotations

import random

from tests.soak.keys import Bytes
from tests.soak.outcome import Outcome
from tests.soak.process import peak_of

CASES = 300
"""How many sizes there are at full scale."""

LENGTH = 20
"""Sizes that one program is given."""

MAX_PEAK = 400 * 2**20
"""The memory that the program may take for the largest of them."""

EDGES = (1, 2, 3, 10, 39, 40, 80, 200, 499, 500, 501, 1000, 10_000, 65_535)


def _reported(rng: random.Random, columns: int, rows: int) -> bytes:
    """A size as a terminal reports it, or as somebody types it who is none."""
    pixels = rng.choice([(0, 0), (rows * 20, columns * 10), (rows, columns), (1, 1)])
    return f"\x1b[?2048;{rng.choice('012')}$y\x1b[48;{rows};{columns};{pixels[0]};{pixels[1]}t".encode()


def run(scale: float, seed: int) -> Outcome:
    """All sizes, some of them given to the terminal and some only reported.

    Args:
        scale: What part of `CASES`.
        seed: What they are made from.
    """
    outcome, rng = Outcome("sizes", seed, "sizes"), random.Random(seed)
    largest = 0
    while outcome.count < max(round(CASES * scale), 1):
        with Bytes("--no-state", *rng.choice([(), ("--lesson", "4")]), size=(80, 24)) as terminal:
            terminal.answered()
            sizes = []
            try:
                for _case in range(LENGTH):
                    columns, rows = rng.choice(EDGES), rng.choice(EDGES)
                    sizes.append((columns, rows))
                    outcome.count += 1
                    if rng.random() < 0.5:
                        outcome.seen["given to the terminal"] += 1
                        terminal.set_size(columns, rows)  # no screen of ours is as large
                    else:
                        outcome.seen["reported"] += 1
                        terminal.send(_reported(rng, columns, rows) * rng.choice([1, 1, 50]))
                    terminal.answered()
                peak = peak_of(terminal.process.pid)
                largest = max(largest, peak)
                terminal.set_size(80, 24)
                terminal.send(b"\x1b[48;24;80;0;0t")
                terminal.answered()
                terminal.send(b"\x11")
                status = terminal.wait_for_exit(60)
            except (OSError, TimeoutError) as error:
                outcome.failures.append(f"{sizes}: {error}")
                continue
            if status or peak > MAX_PEAK:
                outcome.failures.append(f"{sizes}: status {status}, {peak / 2**20:.0f} MB")
    outcome.seen["MB at most"] = largest // 2**20
    return outcome
