"""What numbers of a training depend on besides its settings: the programs that work them out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import numpy as np

NUMERICS = 1
"""Is raised by every change after which the same settings and seed no longer give the same outcome."""


@dataclass(frozen=True)
class Versions:
    """The versions that two processes must share, so that one can go on with the other's outcomes.

    Attributes:
        program: This program's, as it was installed; nothing where it was not.
        numerics: `NUMERICS`.
        numpy: That of numpy, whose sums and random numbers these are.
    """

    program: str
    numerics: int
    numpy: str

    def __str__(self) -> str:
        return f"roommate-tui {self.program or '?'}.{self.numerics}, numpy {self.numpy}"


@cache
def versions_here() -> Versions:
    """The versions of this process."""
    try:
        program = version("roommate-tui")
    except PackageNotFoundError:
        program = ""
    return Versions(program, NUMERICS, np.__version__)
