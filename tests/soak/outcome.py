"""What a part of the soak has to tell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """What was run, and what went wrong.

    Attributes:
        part: The part's name.
        seed: What all of it is made from.
        count: How many moves, cases or kills there were.
        of: What is counted.
        seen: How often each of some things occurred: that they did is part of the proof.
        failures: What went wrong, each with all that is needed to see it again.
        seconds: How long it took.
    """

    part: str
    seed: int
    of: str
    count: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0
