"""A pseudo-terminal that keeps which character each cell shows, and nothing else: fast enough to time what comes."""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Callable, Mapping, Sequence

from wcwidth import wcwidth

from tests.benchmarks.bare_terminal import BareTerminal

TOKEN = re.compile(
    r"\x1b\[(?P<private>[?<>=]?)(?P<numbers>[\d;:$]*)(?P<final>[@-~])"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
    r"|(?P<control>[\r\n\b])"
    r"|\x1b[^\[\]]"
    r"|[\x00-\x1a\x1c-\x1f\x7f]"
)

BEYOND = {"A": (0, -1), "B": (0, 1), "C": (1, 0), "D": (-1, 0)}
"""By how many columns and rows a sequence moves the cursor, times its number."""


class LightTerminal(BareTerminal):
    """Runs a program, and looks at no colour.

    Args:
        size: Columns and rows.
        python: Arguments of the interpreter.
        environ: Changes to the environment.
    """

    def __init__(
        self, *, size: tuple[int, int], python: Sequence[str], environ: Mapping[str, str] | None = None
    ) -> None:
        self._columns, self._rows = size
        self._cells = [[" "] * self._columns for _row in range(self._rows)]
        self._x = self._y = 0
        self._decoder, self._rest = codecs.getincrementaldecoder("utf-8")("replace"), ""
        super().__init__(size=size, python=python, environ=environ)

    def row(self, y: int) -> str:
        """What a row shows."""
        return "".join(self._cells[y])

    @property
    def text(self) -> str:
        """What the terminal shows."""
        return "\n".join(map(self.row, range(self._rows)))

    def draw(self, data: bytes) -> None:
        """Follow what the program has written; a sequence may go on in what comes next."""
        text, self._rest = self._rest + self._decoder.decode(data), ""
        begun = text.rfind("\x1b")
        if begun >= 0 and not TOKEN.match(text, begun):
            text, self._rest = text[:begun], text[begun:]
        for token in TOKEN.finditer(text):
            if token["text"] is not None:
                self._write(token["text"])
            elif token["control"]:
                self._x = 0 if token["control"] == "\r" else self._x - (token["control"] == "\b")
                self._y += token["control"] == "\n"
            elif token["final"] == "H":
                row, _semicolon, column = token["numbers"].partition(";")
                self._x, self._y = int(column or 1) - 1, int(row or 1) - 1
            elif token["final"] in BEYOND and not token["private"]:
                right, down = BEYOND[token["final"]]
                self._x += right * int(token["numbers"] or 1)
                self._y += down * int(token["numbers"] or 1)
            elif token["final"] == "J":
                self._cells = [[" "] * self._columns for _row in range(self._rows)]

    def _write(self, text: str) -> None:
        for letter in text:
            width = 1 if letter < "\x7f" else wcwidth(letter)
            if width > 0:
                if self._x + width <= self._columns and self._y < self._rows:
                    self._cells[self._y][self._x : self._x + width] = [letter, *[""] * (width - 1)]
                self._x += width

    def wait(self, condition: Callable[[], bool], hoped: str, timeout: float = 30) -> float:
        """Read until a condition holds; gives the seconds that it took."""
        begin = time.perf_counter()
        while not condition():
            left = begin + timeout - time.perf_counter()
            if left <= 0 or not self.read(left):
                raise AssertionError(f"hoped for {hoped}; the screen shows\n{self.text}")
        return time.perf_counter() - begin
