"""Signals that ask a command to end, noted so that it can bring what it does to an end."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator


@contextlib.contextmanager
def noting(signals: list[int]) -> Iterator[None]:
    """Note signals that ask the program to end, so that an update is completed first."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda number, _frame: signals.append(number)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
