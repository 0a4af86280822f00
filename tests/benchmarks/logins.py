"""What a class costs that logs in at once: seconds until each can walk, and memory.

Usage: python tests/benchmarks/logins.py [PEOPLE]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.end_to_end.logins import Logins, kilobytes, threads
from tests.end_to_end.sshd import server


def available() -> int:
    """Kilobytes that the machine still has for programs."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))


def measure(people: int) -> None:
    """Log in, walk a step, quit, and print what it took."""
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
            print(f"logins                  {len(programs)}")
            print(f"first, median, last     {seconds[0]:.1f}, {median(seconds):.1f}, {seconds[-1]:.1f} s")
            print(f"a program, resident     {median(rss):.0f} MB (median), {max(rss):.0f} MB (most)")
            print(f"all, shared parts once  {pss / 1024:.0f} MB, {pss / people / 1024:.0f} MB a login")
            print(f"threads                 {max(threads(pid) for pid in programs)} in a program at the most")
            print(f"taken from the machine  {(before - available()) / 1024:.0f} MB, with sshd and the clients")
            logins.press("n")
            answers = logins.wait_for("Monday · step 2 of 6", 600)
            print(f"a key, all at once      {median(answers):.2f} s (median), {answers[-1]:.2f} s (last)")
            logins.press("q")
            began = time.monotonic()
            statuses = logins.wait_for_the_end(600)
            ended = time.monotonic() - began
            print(f"all have quit           after {ended:.1f} s, exit statuses {sorted(set(statuses))}")


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
