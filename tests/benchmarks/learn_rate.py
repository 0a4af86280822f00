"""How many seeds learn the whole rule: the rate, and how many updates it takes.

    python tests/benchmarks/learn_rate.py [--roommate NAME] [--seeds N] [--updates N] [--set learning_rate=0.1 ...]

A seed counts when all cases of the rule were right for 50 updates in a row: those of the lecture's table, or for
``--roommate soup`` those of the soup eater, whose hidden states only the Elman network (``--set network=elman``) can
keep apart. Who must never forget, as the counter, is learned from weeks longer than the usual six days, and with
sigmoid: in short weeks nobody notices that a memory drifts.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from model.errors import RoommateError
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.training.config import TrainingConfig, from_settings, parse
from model.training.exam import undecided_case
from model.training.run import TrainingRun
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


def learned_at(roommate: Roommate, config: TrainingConfig) -> int | None:
    """The update since which the rule was right when the goal was reached, or None."""
    run = TrainingRun(roommate, config)
    try:
        while not run.finished:
            run.advance(10)
    except RoommateError:
        return None
    moment = run.moment()
    return moment.learned_at if run.reached and undecided_case(roommate, moment.network) is None else None


def main() -> None:
    """Print the rate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--roommate", choices=ROOMMATES, default="lecture")
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--updates", type=int, default=800)
    parser.add_argument("--set", action="append", default=[], metavar="SETTING=VALUE")
    options = parser.parse_args()
    settings: dict[str, object] = {"updates": options.updates}
    for pair in options.set:
        name, _, value = pair.partition("=")
        settings[name] = parse(name, value)
    roommate = ROOMMATES[options.roommate]
    reached = [learned_at(roommate, from_settings({**settings, "seed": seed})) for seed in range(options.seeds)]
    right = np.array([update for update in reached if update is not None])
    sys.stdout.write(
        f"{len(right)} of {options.seeds} seeds learned the whole rule ({len(right) / len(reached):.1%})\n"
    )
    if right.size:
        middle, late = np.percentile(right, [50, 99])
        sys.stdout.write(f"right since update: median {middle:.0f}, 99th percentile {late:.0f}, last {right.max()}\n")
    failed = [seed for seed, update in enumerate(reached) if update is None]
    sys.stdout.write(f"seeds that did not: {failed[:20]}\n")


if __name__ == "__main__":
    main()
