"""What a class costs its lecturer: processor time with many followers, and how soon a key reaches them all.

python tests/benchmarks/classroom.py
"""

from __future__ import annotations

import contextlib
import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rich.console import Console
from rich.table import Table

from tests.benchmarks.report import Absent
from tests.end_to_end.logins import kilobytes
from tests.end_to_end.terminal import Terminal
from tui.classroom.places import shared_folder

KEYS_A_SECOND = 2

# Many followers that take what comes and draw nothing, in one process.
READERS = """
import selectors, socket, sys
chosen, bytes_read = selectors.DefaultSelector(), 0
for _index in range(int(sys.argv[2])):
    one = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    one.connect(sys.argv[1])
    chosen.register(one, selectors.EVENT_READ)
print("there", flush=True)
while chosen.get_map():
    for key, _events in chosen.select():
        if not key.fileobj.recv(1 << 16):
            chosen.unregister(key.fileobj)
"""


def seconds_used(pid: int) -> float:
    """The processor time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def drained(terminals: Sequence[Terminal], seconds: float) -> None:
    """Read what terminals write for some time, and show nothing of it."""
    until = time.monotonic() + seconds
    files = [terminal.file for terminal in terminals]
    while (left := until - time.monotonic()) > 0:
        for file in select.select(files, [], [], left)[0]:
            with contextlib.suppress(OSError):
                os.read(file, 1 << 16)


def share(lecturer: Terminal, keys: int) -> tuple[float, float]:
    """The part of a core that the lecturer's program takes, and its bytes of memory, while keys are pressed."""
    before, began = seconds_used(lecturer.process.pid), time.monotonic()
    for key in range(keys):
        lecturer.press("n" if key % 12 < 6 else "p")
        drained([lecturer], 1 / KEYS_A_SECOND)
    used = seconds_used(lecturer.process.pid) - before
    return used / (time.monotonic() - began), kilobytes(lecturer.process.pid, "Rss") / 1024


def reaches(lecturer: Terminal, followers: Sequence[Terminal], keys: int) -> list[float]:
    """Seconds from each key until the last follower has written its first byte."""
    files = {follower.file for follower in followers}
    times = []
    for key in range(keys):
        drained([lecturer, *followers], 0.6)
        waiting, began = set(files), time.monotonic()
        lecturer.press("n" if key % 12 < 6 else "p")
        while waiting and time.monotonic() - began < 5:
            for file in select.select([lecturer.file, *waiting], [], [], 1)[0]:
                os.read(file, 1 << 16)
                waiting.discard(file)
        times.append(time.monotonic() - began)
    return times


def tables(*, quick: bool = False) -> Iterator[Table]:
    """Share a screen, let many follow, and press keys.

    Raises:
        Absent: The system does not tell what a process takes.
    """
    if not Path("/proc/self/stat").exists():
        raise Absent("what a process takes is read from /proc, which only Linux has")
    readers, real, keys = (20, 3, 6) if quick else (200, 20, 40)
    name = f"bench{os.getpid()}"
    table = Table(f"{readers} followers, {KEYS_A_SECOND} keys a second", "", title="A lecturer with a class")
    with tempfile.TemporaryDirectory() as state, contextlib.ExitStack() as stack:
        environ = {"XDG_RUNTIME_DIR": "", "XDG_STATE_HOME": state}
        lecturer = stack.enter_context(Terminal("--share", name, "--lesson", "3", size=(120, 40), environ=environ))
        lecturer.wait_for("Monday")
        share(lecturer, 6)
        alone, memory = share(lecturer, keys)
        path = shared_folder(os.geteuid()) / f"{name}.socket"
        words = [sys.executable, "-c", READERS, os.fspath(path), str(readers)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as crowd:
            assert crowd.stdout is not None
            crowd.stdout.readline()
            share(lecturer, 6)
            followed, more = share(lecturer, keys)
            table.add_row("the lecturer's program, nobody following", f"{alone:.1%} of a core, {memory:.0f} MB")
            table.add_row("the same, followed", f"{followed:.1%} of a core, {more:.0f} MB")
            table.add_row("the class alone", f"{followed - alone:.1%} of a core")
            followers = [
                stack.enter_context(Terminal("--follow", name, environ={**environ, "XDG_STATE_HOME": f"{state}/{n}"}))
                for n in range(real)
            ]
            for follower in followers:
                follower.wait_for("Monday")
            drained([lecturer, *followers], 2)
            times = sorted(reaches(lecturer, followers, keys))
            tail = times[int(0.95 * (len(times) - 1))]
            told = (
                f"{statistics.median(times) * 1000:.0f} ms in the middle, {tail * 1000:.0f} ms at the 95th percentile"
            )
            table.add_row(f"a key until the last of {real} programs draws", f"{told}, {os.cpu_count()} cores")
            crowd.kill()
    yield table


if __name__ == "__main__":
    for one in tables():
        Console().print(one)
