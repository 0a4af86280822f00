"""How many seeds learn the whole rule: the rate, how many updates it takes, and how long what is learned stays true.

    python tests/benchmarks/learn_rate.py [--roommate NAME] [--seeds N] [--updates N] [--set learning_rate=0.1 ...]

A seed counts when all cases of the rule and all days of the exam, which the network lives through on its own output,
were right for 50 updates in a row (``--set hold=N``): those of the lecture's rule; for ``--roommate soup`` those of
the soup eater, whose hidden states only networks with a memory of their own can keep apart (``--set network=elman``,
gru or lstm); for ``--roommate counter`` those of one who counts modulo 7 and must never forget. Then each network
that has learned is fed its own output for 10,000 days.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[2]))

from model.analysis.automaton import extract
from model.analysis.rollout import DAYS, roll_out_to_end
from model.errors import RoommateError
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.training.config import TrainingConfig
from model.training.exam import undecided_case
from model.training.run import TrainingRun
from model.training.setting_texts import from_settings, parse
from tests.model.strategies import SOUP_EATER

COUNTER = Roommate(
    name="counter",
    dishes=tuple("0123456"),
    weathers=("wait", "tick"),
    next_dish=(tuple(range(7)), tuple((number + 1) % 7 for number in range(7))),
    rules=("same", "next"),
)
"""Counts ticks modulo 7: each of them matters for ever after."""

ROOMMATES = {"lecture": PERFECT_ROOMMATE, "soup": SOUP_EATER, "counter": COUNTER}


def learned(roommate: Roommate, config: TrainingConfig) -> tuple[int, int | None] | None:
    """The update since which the rule is right, and the day on which the network strays; None: not learned."""
    run = TrainingRun(roommate, config)
    try:
        while not run.finished:
            run.advance()
    except RoommateError:
        return None
    moment = run.moment()
    if moment.learned_at is None or undecided_case(roommate, moment.network) is not None:
        return None
    outcome = roll_out_to_end(extract(moment.network, roommate))
    return moment.learned_at, outcome.stray.day if outcome.stray else None


def tables(
    *,
    quick: bool = False,
    name: str = "lecture",
    seeds: int = 1000,
    settings: Mapping[str, object] | None = None,
) -> Iterator[Table]:
    """One row: what the seeds have come to."""
    seeds, roommate = 20 if quick else seeds, ROOMMATES[name]
    reached = [learned(roommate, from_settings({**(settings or {}), "seed": seed})) for seed in range(seeds)]
    right = [outcome for outcome in reached if outcome is not None]
    table = Table(
        "learned", "", "right since: median", "99 %", "last", f"true for {DAYS:,} days", title="What learns"
    )
    since, strays = [update for update, _day in right], [day for _update, day in right if day is not None]
    late = [f"{number:.0f}" for number in np.percentile(since, [50, 99])] if right else ["–", "–"]
    last = str(max(since)) if right else "–"
    stays = f"{len(right) - len(strays)} of {len(right)}"
    table.add_row(f"{len(right)} of {seeds} seeds", f"{len(right) / seeds:.1%}", *late, last, stays)
    notes = []
    if strays:
        notes.append(f"The others stray on day: first {min(strays)}, median {np.median(strays):.0f}.")
    failed = [seed for seed, update in enumerate(reached) if update is None]
    if failed:
        notes.append(f"Seeds that did not: {', '.join(map(str, failed[:20]))}.")
    table.caption = " ".join(notes)
    yield table


def main() -> None:
    """Print the rate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--roommate", choices=ROOMMATES, default="lecture")
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--updates", type=int, default=10_000)
    parser.add_argument("--set", action="append", default=[], metavar="SETTING=VALUE")
    options = parser.parse_args()
    settings: dict[str, object] = {"updates": options.updates}
    for pair in options.set:
        name, _equals, value = pair.partition("=")
        settings[name] = parse(name, value)
    for table in tables(name=options.roommate, seeds=options.seeds, settings=settings):
        Console().print(table)


if __name__ == "__main__":
    main()
