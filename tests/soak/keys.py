"""Twenty thousand events through the real program on a pseudo-terminal: it answers, and it can be left."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from model.network.network import Network
from model.roommate.roommate import PERFECT_ROOMMATE
from model.storage.weights import SavedWeights, save_weights
from tests.end_to_end.terminal import Terminal
from tests.end_to_end.test_endings import left_on
from tests.soak.events import SIZES, Event, random_event
from tests.soak.outcome import Outcome
from tests.soak.process import Patience

EVENTS = 20_000
"""How many there are at full scale."""

LENGTH = 500
"""Events of one session, which begins anew, in a home of its own."""

BATCH = 10
"""Events after which the program must answer."""

PATIENCE = 20
"""Seconds of the processor's time that an answer may take."""

ESCAPE = 0.15
"""Seconds without a key that make Esc of the byte that begins all sequences."""

STARTS = (
    (),
    ("--lesson", "4"),
    ("--lesson", "4", "--seed", "5"),
    ("--lesson", "1"),
    ("--lesson", "5", "--scenario", "soup"),
    ("--scenario", "modulo-7", "--lesson", "4"),
    ("--ascii",),
    ("--scenario", "coffee"),
    ("--no-state",),
)

TERMS = ("xterm-256color", "xterm-256color", "xterm-256color", "linux")

PAGES = {  # some of the words are cut short on narrow terminals
    "too small": "The walk needs",
    "help": "Esc closes",
    "settings": "Enter uses them",
    "a line asked for": "Enter goes on, Esc",
    "yes or no": "y or Enter: yes",
    "a choice": "Enter chooses",
    "edit": "type a number",
    "compare": "# update",
    "rule of weights": "The rule that these weights",
    "rule editor": "renames the dish",
    "palette": "earch for commands",
    "training": "running",
    "way back": "forwards",
    "walk": "step ",
}
"""Words by which a page is known."""

ENDS = ("Ctrl+Q", "Esc and q", "SIGTERM", "SIGHUP", "SIGINT", "hang-up")
STATUS = {"SIGTERM": 143, "SIGHUP": 129, "SIGINT": 130, "hang-up": 129}


ANEW = b"\x1b[m"
"""What comes first when everything is painted again: the filter no longer knows which colours the terminal has."""

MAX_FAILURES = 20
"""After so many something is so wrong that more of them tell nothing."""


class Bytes(Terminal):
    """A terminal that keeps what is written to it, and draws nothing: that would take most of the time."""

    def draw(self, data: bytes) -> None:
        """Draw nothing."""

    def answered(self) -> None:
        """Ask for everything to be painted again, and once more where a paste without an end has taken that.

        Fails where nothing comes.
        """
        before, patience = len(self.bytes), Patience(self.process.pid, PATIENCE)
        pressed_at = 0.0
        while ANEW not in self.bytes[before:]:
            if time.monotonic() - pressed_at > PATIENCE / 3:
                pressed_at = time.monotonic()
                self.send(b"\x0c")
            if not self.read(1) and self.process.poll() is not None:
                return
            if not patience.left:
                raise TimeoutError(f"no answer within {PATIENCE} s")
        while self.read(0.02):
            if not patience.left:
                break

    def told_since(self, begin: int) -> str:
        """What was written from a byte on, without what draws nothing."""
        return re.sub(rb"\x1b\[[0-9;?<>=]*[ -/]*[@-~]", b"", self.bytes[begin:]).decode(errors="replace")


class Session:
    """One start of the program, with its home.

    Args:
        rng: What it is made from.
        home: An empty folder.
    """

    def __init__(self, rng: random.Random, home: Path) -> None:
        self._rng = rng
        save_weights(home / "w.json", SavedWeights(PERFECT_ROOMMATE, Network.by_hand(PERFECT_ROOMMATE)))
        (home / "bad.json").write_text("{")
        self._home = home
        self.arguments = rng.choice(STARTS)
        environ = {
            "HOME": str(home),
            "XDG_STATE_HOME": str(home / "state"),
            "TERM": rng.choice(["xterm-256color"] * 3 + ["linux"]),
        }
        self.terminal = Bytes(*self.arguments, size=rng.choice(SIZES[:6]), environ=environ, cwd=home)
        self.before = self.terminal.attributes

    def batch(self, events: list[Event], outcome: Outcome) -> bool:
        """Let some events happen, and see that the program answers; False where it has been left."""
        terminal, begin = self.terminal, len(self.terminal.bytes)
        for event in events:
            outcome.seen[event.kind] += 1
            outcome.count += 1
            if event.size is not None:
                terminal.resize(*event.size)
            if event.kind == "stopped and continued":
                self._stop_and_go_on()
                continue
            try:
                terminal.send(event.data)
            except OSError:
                return False
            self._rest(event.data)
            if event.then:
                self._rest(b"\x1b")
                with contextlib.suppress(OSError):
                    terminal.send(event.then)
                self._rest(b"\x1b")
        terminal.answered()
        text = terminal.told_since(begin)
        for page, words in PAGES.items():
            outcome.seen[f"page: {page}"] += words in text
        return terminal.process.poll() is None

    def _rest(self, sent: bytes) -> None:
        """Read what comes; a run in training never rests, and Esc must not be followed at once."""
        began = time.monotonic()
        while self.terminal.read(ESCAPE if sent.endswith(b"\x1b") else 0) and time.monotonic() - began < 0.25:
            pass

    def _stop_and_go_on(self) -> None:
        pid = self.terminal.process.pid
        self.terminal.send(b"\x1a")
        patience = Patience(pid, PATIENCE)
        while os.waitid(os.P_PID, pid, os.WSTOPPED | os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            self.terminal.read(0.02)
            if not patience.left:
                raise TimeoutError("Ctrl+Z did not stop it")
        self.terminal.process.send_signal(signal.SIGCONT)
        self.terminal.answered()  # until then Ctrl+C would be a signal

    def end(self, how: str) -> str:
        """Leave the program in one of the ways; gives what is wrong with that, or nothing."""
        terminal, process = self.terminal, self.terminal.process
        if process.poll() is None:
            if how == "Ctrl+Q":
                terminal.send(b"\x11")
            elif how == "Esc and q":
                for _ in range(8):
                    terminal.send(b"\x1b")
                    terminal.wait_until_quiet(0.15)
                terminal.send(b"q")
            elif how == "hang-up":
                terminal.hang_up()
            else:
                process.send_signal(getattr(signal, how))
        try:
            status = self._ended(reading=how != "hang-up")
        except subprocess.TimeoutExpired:
            return f"it cannot be left by {how}"
        return self._wrong_with(how, status)

    def _ended(self, *, reading: bool) -> int:
        """The exit status, when it has ended."""
        patience = Patience(self.terminal.process.pid, PATIENCE)
        while True:
            try:
                return self.terminal.wait_for_exit(2) if reading else self.terminal.process.wait(2)
            except subprocess.TimeoutExpired:
                if not patience.left:
                    raise

    def _wrong_with(self, how: str, status: int) -> str:
        reports = [path.read_text() for path in self._home.rglob("crash-*.txt")]
        left = [] if how == "hang-up" else left_on(self.terminal.bytes)
        fault = ""
        if reports:
            fault = f"a report:\n{reports[0]}"
        elif status not in {STATUS.get(how, 0), 0}:  # it may have been left before, by the mouse or the palette
            fault = f"it was ended by {how}; last words: {self.terminal.bytes[-400:]!r}"
        elif b"Traceback" in self.terminal.bytes:
            fault = "a traceback was printed"
        elif left or (how != "hang-up" and self.terminal.attributes != self.before):
            fault = f"the terminal is left otherwise: {left}"
        return f"status {status}, {fault}" if fault else ""


def session(rng: random.Random, length: int, outcome: Outcome) -> str:
    """One session to its end; gives what is wrong, or nothing."""
    with tempfile.TemporaryDirectory() as name:
        live = Session(rng, Path(name))
        with live.terminal:
            last: list[Event] = []
            try:
                live.terminal.answered()
                going, left = True, length
                while going and left > 0:
                    last = [random_event(rng) for _ in range(min(BATCH, left))]
                    left -= len(last)
                    going = live.batch(last, outcome)
                how = ENDS[rng.randrange(len(ENDS))]
                outcome.seen[f"ended by {how}" if going else "ended by the events themselves"] += 1
                fault = live.end(how)
            except (OSError, TimeoutError) as error:
                fault = f"{type(error).__name__}: {error}"
            return f"started with {live.arguments}: {fault}\nthe last events: {last}" if fault else ""


def run(scale: float, seed: int) -> Outcome:
    """All sessions.

    Args:
        scale: What part of `EVENTS`.
        seed: What each session is made from, together with its number.
    """
    outcome = Outcome("events on a terminal", seed, "events")
    most = max(round(EVENTS * scale), 1)
    number = 0
    while outcome.count < most and len(outcome.failures) < MAX_FAILURES:
        length = min(LENGTH, most - outcome.count)
        fault = session(random.Random(f"{seed} {number}"), length, outcome)
        if fault:
            outcome.failures.append(f"session {number}: {fault}")
        number += 1
    if scale >= 1:
        outcome.failures += [
            f"the page was never seen: {page}" for page in PAGES if not outcome.seen[f"page: {page}"]
        ]
    return outcome
