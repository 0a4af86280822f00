"""What benchmarks have in common: work timed in turns, and what a run was made on.

A benchmark is a module here with a function ``tables(*, quick)`` that yields what it has measured, each a table with
a title and, where something is to be said of it, a caption. ``python tests/benchmarks`` runs them all.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

PACKAGES = ("numpy", "numba", "torch", "jax", "textual")
"""Those whose versions are written down."""


class Absent(Exception):  # noqa: N818 - nothing has gone wrong
    """Something that is compared with is not here, or does not do this work; the text says why."""


@dataclass(frozen=True)
class Rates:
    """How often something was done a second, in each round."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The rate in the middle."""
        return statistics.median(self.rounds)

    @property
    def spread(self) -> float:
        """Half of the distance between the quartiles, as a part of the median."""
        first, _second, third = statistics.quantiles(self.rounds, n=4) if len(self.rounds) > 1 else self.rounds * 3
        return (third - first) / 2 / self.median

    def over(self, other: Rates) -> float:
        """The ratio to another: that in the middle of the rounds, each with its own neighbour."""
        return statistics.median(one / two for one, two in zip(self.rounds, other.rounds, strict=True))

    def __str__(self) -> str:
        digits = 0 if self.median >= 100 else 1
        return f"{self.median:,.{digits}f} ±{self.spread:.0%}"


def in_turns(
    works: Mapping[str, Callable[[int], object]],
    *,
    rounds: int,
    seconds: float,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, Rates]:
    """Time several ways to do the same, one after another in every round, so that all meet the same machine.

    Args:
        works: By name; each does its work as often as it is told.
        rounds: How often all have their turn.
        seconds: About how long a turn takes.
        clock: What time is read from.
    """
    counts = {name: _count(work, seconds, clock) for name, work in works.items()}
    found: dict[str, list[float]] = {name: [] for name in works}
    for _round in range(rounds):
        for name, work in works.items():
            begin = clock()
            work(counts[name])
            found[name].append(counts[name] / (clock() - begin))
    return {name: Rates(tuple(rates)) for name, rates in found.items()}


def _count(work: Callable[[int], object], seconds: float, clock: Callable[[], float]) -> int:
    """How often some work can be done in a time."""
    count = 1
    while True:
        work(count)  # what is made once for this number
        begin = clock()
        work(count)
        took = clock() - begin
        if took > seconds / 4:
            break
        count *= 4
    count = max(1, round(count * seconds / took))
    work(count)
    return count


def machine() -> list[str]:
    """What a run was made on, line by line."""
    cpuinfo = Path("/proc/cpuinfo")
    names = (
        [line.split(":")[1] for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        if (cpuinfo.exists())
        else []
    )
    processor = names[0].strip() if names else platform.processor() or platform.machine()
    versions = []
    for package in PACKAGES:
        try:
            versions.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            versions.append(f"{package}: not installed")
    return [
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores of {processor}, load {os.getloadavg()[0]:.1f}",
        f"{platform.system()}, {platform.python_implementation()} {platform.python_version()}, {', '.join(versions)}",
    ]


def markdown(table: Table) -> Iterator[str]:
    """A table in Markdown, line by line."""
    if table.title:
        yield from (f"## {table.title}", "")
    rows = [[str(column.header) for column in table.columns], ["---"] * len(table.columns)]
    rows += [list(map(str, cells)) for cells in zip(*(column.cells for column in table.columns), strict=True)]
    yield from ("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
    yield ""
    if table.caption:
        yield from (str(table.caption), "")


def use_one_thread() -> None:
    """Ask all libraries for one thread; before they, or numpy, are imported."""
    for name in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{name}_NUM_THREADS", "1")
    flags = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    os.environ.setdefault("XLA_FLAGS", flags)
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
