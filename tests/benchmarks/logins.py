"""What a class costs that logs in at once: seconds until each can walk, and memory.

python tests/benchmarks/logins.py [PEOPLE]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.report import Absent
from tests.end_to_end.logins import Logins, kilobytes, threads
from tests.end_to_end.sshd import program, server


def available() -> int:
    """Kilobytes that the machine still has for programs."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))


def tables(*, quick: bool = False, people: int = 50) -> Iterator[Table]:
    """Log in, walk a step, quit, and tell what it took.

    Raises:
        Absent: A program is missing.
    """
    people = 3 if quick else people
    missing = [name for name in ("sshd", "ssh") if program(name) is None]
    if missing:
        raise Absent(f"{' and '.join(missing)} are not installed (Debian: openssh-server, openssh-client)")
    table = Table(f"{people} people log in at once", "", title="A class")
    with (
        tempfile.TemporaryDirectory() as name,
        server(Path(name), [f"MaxStartups {2 * people}:30:{4 * people}"]) as sshd,
    ):
        before = available()
        with Logins(sshd, people) as logins:
            seconds = logins.wait_for("begin with lesson 1", 1800)
            logins.press("3")
            logins.wait_for("Monday · step 1 of 6", 600)
            programs = logins.programs
            rss = [kilobytes(pid, "Rss") / 1024 for pid in programs]
            pss = sum(kilobytes(pid, "Pss") for pid in programs)
            table.add_row("logins", str(len(programs)))
            table.add_row("first, median, last", f"{seconds[0]:.1f}, {median(seconds):.1f}, {seconds[-1]:.1f} s")
            table.add_row("a program, resident", f"{median(rss):.0f} MB (median), {max(rss):.0f} MB (most)")
            table.add_row("all, shared parts once", f"{pss / 1024:.0f} MB, {pss / people / 1024:.0f} MB a login")
            table.add_row("threads", f"{max(threads(pid) for pid in programs)} in a program at the most")
            taken = (before - available()) / 1024
            table.add_row("taken from the machine", f"{taken:.0f} MB, with sshd and the clients")
            logins.press("n")
            answers = logins.wait_for("Monday · step 2 of 6", 600)
            table.add_row("a key, all at once", f"{median(answers):.2f} s (median), {answers[-1]:.2f} s (last)")
            logins.press("q")
            began = time.monotonic()
            statuses = logins.wait_for_the_end(600)
            ended = time.monotonic() - began
            table.add_row("all have quit", f"after {ended:.1f} s, exit statuses {sorted(set(statuses))}")
    yield table


if __name__ == "__main__":
    for result in tables(people=int(sys.argv[1]) if len(sys.argv) > 1 else 50):
        Console().print(result)
