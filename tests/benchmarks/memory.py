"""What memory a session takes, alone and beside others, and of what it consists.

    python tests/benchmarks/memory.py [--sessions N]

Resident (RSS) counts everything that a process has in memory, PSS divides what several share among them, and USS is
what would be free again if the process ended. The programs run on pseudo-terminals of 120×40. Linux only.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[2])

from rich.console import Console
from rich.table import Table

from tests.benchmarks.bare_terminal import ENDLESS, BareTerminal
from tests.benchmarks.report import Absent
from tests.benchmarks.response import SMALLEST
from tests.end_to_end.logins import kilobytes

SIZE = 120, 40

WAITING = "import sys; {imported}; sys.stdout.write('waiting ' * 20); sys.stdout.flush(); sys.stdin.read()"

MACHINE = 24 * 2**20
"""Kilobytes of the machine whose sessions are counted."""

ANONYMOUS = "what the program has made: objects, arrays, code"


@dataclass(frozen=True)
class Session:
    """A program, and what is done in it before it is measured.

    Attributes:
        python: Arguments of the interpreter.
        keys: What is pressed.
        seconds: How long it goes on then.
    """

    python: tuple[str, ...]
    keys: tuple[str, ...] = ()
    seconds: float = 0.0

    def begin(self, terminal: BareTerminal) -> None:
        """Wait until it stands, and press the keys."""
        terminal.wait_until_begun(least=100)
        terminal.press(*self.keys)


SESSIONS = {
    "python": Session(("-c", WAITING.format(imported="pass"))),
    "python with numpy": Session(("-c", WAITING.format(imported="import numpy"))),
    "the smallest Textual app": Session(("-c", SMALLEST)),
    "the opening": Session(("-m", "tui", "--no-state"), seconds=2.0),
    "lesson 3, idle": Session(("-m", "tui", "--no-state", "--lesson", "3")),
    "lesson 4, idle": Session(("-c", ENDLESS)),
    "lesson 4, training at full speed": Session(("-c", ENDLESS), (*"+++++++++", "t"), 8.0),
}


@dataclass(frozen=True)
class Memory:
    """Kilobytes of a process."""

    rss: int
    pss: int
    uss: int

    @classmethod
    def of(cls, pid: int) -> Memory:
        """What a process has now."""
        private = kilobytes(pid, "Private_Clean") + kilobytes(pid, "Private_Dirty")
        return cls(kilobytes(pid, "Rss"), kilobytes(pid, "Pss"), private)


def parts(pid: int) -> dict[str, int]:
    """The private kilobytes of a process by what they belong to."""
    found: dict[str, int] = {}
    name = ""
    for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        if head := re.match(r"[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+\s*(.*)", line):
            path = head[1]
            name = Path(path).name if path.startswith("/") else ANONYMOUS
            name = re.sub(r"-[0-9a-f]{6,}.*|\.cpython.*|\.so.*", "", name) if path.startswith("/") else name
        elif line.startswith(("Private_Clean:", "Private_Dirty:")):
            found[name] = found.get(name, 0) + int(line.split()[1])
    return found


def megabytes(kilo: float) -> str:
    """Kilobytes as megabytes."""
    return f"{kilo / 1024:.1f}"


def alone(*, quick: bool) -> Iterator[Table]:
    """Each program by itself, and what the memory of the largest is."""
    table = Table("MB", "RSS", "PSS", "USS", title="Memory of one session")
    consists: dict[str, int] = {}
    for name, session in SESSIONS.items():
        with BareTerminal(size=SIZE, python=session.python) as terminal:
            session.begin(terminal)
            terminal.wait_for_more(min(session.seconds, 1.0) if quick else session.seconds)
            found = Memory.of(terminal.process.pid)
            table.add_row(name, *map(megabytes, (found.rss, found.pss, found.uss)))
            consists = parts(terminal.process.pid)
    yield table
    largest = Table("of its USS", "MB", title="What the memory of a session that trains is")
    for name, size in sorted(consists.items(), key=lambda item: -item[1])[:8]:
        largest.add_row(name, megabytes(size))
    yield largest


def together(number: int) -> Table:
    """Several sessions at once: what one more takes, and how many fit."""
    table = Table(
        f"{number} at once, MB",
        "RSS each",
        "PSS each",
        "USS each",
        "one more takes",
        "fit into 24 GiB",
        title="Several sessions at once",
        caption="One more takes what PSS grows by from half of them to all; what is shared is counted once.",
    )
    for name in ("lesson 3, idle", "lesson 4, training at full speed"):
        session, sums = SESSIONS[name], dict[int, int]()
        with contextlib.ExitStack() as stack:
            terminals: list[BareTerminal] = []
            for so_many in (number // 2, number):
                while len(terminals) < so_many:
                    terminals.append(stack.enter_context(BareTerminal(size=SIZE, python=session.python)))
                    session.begin(terminals[-1])
                for terminal in terminals:  # each is read, so that none waits to write
                    terminal.wait_for_more(session.seconds / number)
                all_of_them = [Memory.of(terminal.process.pid) for terminal in terminals]
                sums[so_many] = sum(one.pss for one in all_of_them)
        (half, first), (whole, last) = sums.items()
        more = (last - first) / (whole - half)
        fit = 1 + (MACHINE - (last - more * (whole - 1))) / more
        means = [statistics.mean(getattr(one, kind) for one in all_of_them) for kind in ("rss", "pss", "uss")]
        table.add_row(name, *map(megabytes, (*means, more)), f"{fit:,.0f}")
    return table


def tables(*, quick: bool = False, sessions: int = 8) -> Iterator[Table]:
    """One session, and several.

    Raises:
        Absent: The system does not tell.
    """
    if not Path("/proc/self/smaps_rollup").exists():
        raise Absent("this system does not tell what memory is shared")
    yield from alone(quick=quick)
    yield together(2 if quick else sessions)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=8)
    for table in tables(sessions=parser.parse_args().sessions):
        Console().print(table)


if __name__ == "__main__":
    main()
