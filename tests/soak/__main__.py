"""The long trial: random walks, keys, broken files and kills, as many as it takes to believe that it holds.

    python tests/soak [--only PART] [--seed N] [--scale X]

Everything is made from the seed that is printed, so that what went wrong can be seen again. The ordinary tests run a
small part of each. Exit status 1 where anything went wrong. Parts about strangers and what they send: files, values,
floods, sizes, neighbours, stranger, held.
"""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module
from pathlib import Path

# Python looks for modules beside this file first, where an outcome.py is not the one that other packages mean.
sys.path.pop(0)
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from rich.console import Console
from rich.table import Table

from tests.soak.outcome import Outcome

PARTS = {
    "reader": "40 s",
    "walk": "15 min",
    "keys": "15 min",
    "files": "1 min",
    "values": "10 min",
    "kill": "1 min",
    "floods": "2 min",
    "sizes": "3 min",
    "neighbours": "15 s",
    "stranger": "5 min",
    "held": "9 hours",
}
"""Each part, and about how long it takes on two processors that have nothing else to do."""


def table(outcomes: list[Outcome]) -> Table:
    """What was run, a row a part."""
    drawn = Table("part", "seed", "run", "of which", "failures", "seconds")
    for outcome in outcomes:
        seen = "\n".join(f"{count:,} {name}" for name, count in sorted(outcome.seen.items()))
        drawn.add_row(
            outcome.part,
            str(outcome.seed),
            f"{outcome.count:,} {outcome.of}",
            seen,
            str(len(outcome.failures)),
            f"{outcome.seconds:.0f}",
            end_section=True,
        )
    return drawn


def main() -> int:
    """Run the parts and print the table."""
    takes = "\n".join(f"  {part:<12} {duration}" for part, duration in PARTS.items())
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog=f"about how long each part takes on two processors that have nothing else to do:\n{takes}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", action="append", choices=PARTS, help="this part; may be given several times")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="(1)")
    parser.add_argument("--scale", type=float, default=1.0, metavar="X", help="this part of the counts (1)")
    options = parser.parse_args()
    outcomes = []
    for part in options.only or PARTS:
        began = time.monotonic()
        outcome: Outcome = import_module(f"tests.soak.{part}").run(options.scale, options.seed)
        outcome.seconds = time.monotonic() - began
        outcomes.append(outcome)
        sys.stderr.write(f"{part}: {outcome.count:,} {outcome.of}, {len(outcome.failures)} failures\n")
    Console(width=110).print(table(outcomes))
    failures = [f"{outcome.part}: {failure}" for outcome in outcomes for failure in outcome.failures]
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
