"""Whatever is written, the terminal shows the same with and without the filter; an emulator is the judge."""

import re
import unicodedata
from collections.abc import Callable

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcwidth

from tui.terminal.diff import TOKEN, TerminalDiff
from tui.terminal.widths import cells, is_doubtful

COLUMNS, ROWS = 24, 6

CODES = ["0", "", "1", "2", "3", "4", "7", "9", "22", "23", "24", "27", "29", "39", "49", "31", "92", "44", "103"]
CODES += ["38;5;200", "48;5;17", "38;2;1;2;3", "48;2;200;100;0", "1;38;2;9;9;9;48;2;8;8;8", "0;1", "22;3", "38;5;7;1"]

texts = st.text(st.sampled_from("ab .·─│🍝🌞é"), min_size=1, max_size=COLUMNS)
places = st.tuples(st.integers(0, ROWS - 1), st.integers(0, COLUMNS - 1))
pieces = st.one_of(
    st.builds(lambda place: f"\x1b[{place[0] + 1};{place[1] + 1}H", places),
    st.sampled_from(CODES).map(lambda codes: f"\x1b[{codes}m"),
    texts,
    st.sampled_from(["\r\n", "\x1b[?25l", "\x1b[?2026h", "\x1b[?2026l", "\x1b[2J", "\x1b[H"]),
)


class Judge:
    """Two terminals, one with the filter before it; and the rules for what may be written."""

    def __init__(self) -> None:
        self.plain, self.filtered = (pyte.Screen(COLUMNS, ROWS) for _ in range(2))
        self.streams = pyte.Stream(self.plain), pyte.Stream(self.filtered)
        self.diff = TerminalDiff(COLUMNS, ROWS)
        self.saved = 0
        for stream in self.streams:
            stream.feed("\x1b[2J")
        self.show("\x1b[m" + "".join(f"\x1b[{row + 1};1H{'.' * COLUMNS}" for row in range(ROWS)) + "\x1b[1;1H")

    def show(self, data: str) -> None:
        reduced = self.diff.reduced(data)
        self.saved += len(data) - len(reduced)
        self.streams[0].feed(data)
        self.streams[1].feed(reduced)

    def fits(self, text: str) -> bool:
        """Whether text stays inside its row and cuts no wide character in half: Textual writes no other."""
        x, y = self.plain.cursor.x, self.plain.cursor.y
        count = len(list(cells(text)))
        if x + count > COLUMNS:
            return False
        row = self.plain.buffer[y]
        after = row[x + count].data if x + count < COLUMNS else "x"
        return row[x].data != "" and after != ""

    def compare(self) -> None:
        for y in range(ROWS):
            for x in range(COLUMNS):
                one, other = self.plain.buffer[y][x], self.filtered.buffer[y][x]
                if one.data == " " and not (one.underscore or one.reverse or one.strikethrough):
                    other = other._replace(fg=one.fg, bold=one.bold, italics=one.italics)
                assert one == other, (y, x, one, other)
        assert (self.plain.cursor.x, self.plain.cursor.y) == (self.filtered.cursor.x, self.filtered.cursor.y)


@settings(max_examples=200, deadline=None)
@given(writes=st.lists(st.lists(pieces, min_size=1, max_size=12), max_size=12))
def test_the_terminal_shows_the_same(writes: list[list[str]]) -> None:
    judge = Judge()
    for write in writes:
        data = ""
        for piece in write:
            if piece[0] not in "\x1b\r":
                judge.show(data)  # so that the rules below are asked of the right row
                data = ""
                if not judge.fits(piece):
                    continue
                if judge.plain.cursor.x + len(list(cells(piece))) == COLUMNS:
                    data += f"{piece}\x1b[1;1H"  # terminals differ in where the cursor waits at the edge
                    continue
            data += piece
        judge.show(data)
        judge.compare()


def test_a_picture_in_place_of_another_leaves_the_cursor_behind_both_its_cells() -> None:
    judge = Judge()
    judge.show("\x1b[2;3H🍝 pasta\x1b[2;16H?\x1b[H")
    judge.show("\x1b[2;3H🌞 pasta\x1b[2;16H!\x1b[H")
    judge.compare()


NAMES = [
    "नमस्ते",
    "தமிழ்",
    "1️⃣",
    "👍🏽",
    "❤️ soup",
    "👨‍👩‍👧",
    "🇩🇪",
    "ก็น้ำ",
    "e\u0301",
    "pasta",
    "한국",
    "עִברִית",
    "🫠",
    "x\u200d",
]
"""What dishes may be called; of most of these terminals do not agree how wide they are."""


class Emulator:
    """A terminal that has an opinion of its own on how wide characters are.

    Args:
        width: That opinion.
    """

    def __init__(self, width: Callable[[str], int]) -> None:
        self._width = width
        self.rows = [["?"] * COLUMNS for _ in range(ROWS)]
        self._x = self._y = 0

    def feed(self, data: str) -> None:
        for token in TOKEN.finditer(data):
            if token["row"] is not None:
                self._y, self._x = int(token["row"] or 1) - 1, int(token["column"] or 1) - 1
            elif token["line"]:
                self._x = 0
            elif token["text"]:
                for letter in token["text"]:
                    self._put(letter)
            elif (move := re.fullmatch(r"\x1b\[(\d*)([ABCD])", token[0])) is not None:
                by = int(move[1] or 1) * (-1 if move[2] in "AD" else 1)
                self._x, self._y = (self._x + by, self._y) if move[2] in "CD" else (self._x, self._y + by)
            elif token[0] == "\b":
                self._x -= 1

    def _put(self, letter: str) -> None:
        for _ in range(self._width(letter)):
            if self._x < COLUMNS:
                row = self.rows[self._y]
                if row[self._x] == "" and self._x:
                    row[self._x - 1] = " "  # half of a wide one is none
                if self._x + 1 < COLUMNS and row[self._x + 1] == "":
                    row[self._x + 1] = " "
                row[self._x] = letter
                letter = ""
            self._x += 1


def by_letter(letter: str) -> int:
    return max(wcwidth(letter), 0)


def generous(letter: str) -> int:
    return 2 if is_doubtful(letter) else by_letter(letter)


def with_diff(letter: str) -> int:
    return 0 if unicodedata.category(letter)[0] in "MC" else 1 if is_doubtful(letter) else by_letter(letter)


def spacing(letter: str) -> int:
    return 1 if unicodedata.category(letter) in {"Mc", "Cf", "Sk"} else by_letter(letter)


@pytest.mark.parametrize("width", [by_letter, generous, with_diff, spacing])
@settings(max_examples=150, deadline=None)
@given(
    frames=st.lists(st.lists(st.sampled_from(NAMES), min_size=ROWS, max_size=ROWS), min_size=1, max_size=4),
    again=st.booleans(),
)
def test_where_terminals_disagree_only_the_cell_itself_is_wrong(
    width: Callable[[str], int], frames: list[list[str]], again: bool
) -> None:
    diff, terminal = TerminalDiff(COLUMNS, ROWS), Emulator(width)
    for frame in frames:
        rows = []
        for y, name in enumerate(frame):
            row = [*cells(f"│{name}│ {name} ┌ 1 ┐ dish")][: COLUMNS - 1]
            row = [*row, *" " * (COLUMNS - 1 - len(row)), "│"]
            rows.append(row)
            terminal.feed(diff.reduced(f"\x1b[{y + 1};1H\x1b[31m{''.join(row[:9])}\x1b[1m{''.join(row[9:])}\x1b[m"))
        if again:
            diff.forget()  # as Ctrl+L does
            for y, row in enumerate(rows):
                terminal.feed(diff.reduced(f"\x1b[{y + 1};1H{''.join(row)}"))
        for row, shown in zip(rows, terminal.rows, strict=True):
            for x, cell in enumerate(row):
                before = next(one for one in reversed(row[: x + 1]) if one)
                if not is_doubtful(before):
                    assert shown[x] == cell, (x, row, shown)


def test_a_name_of_doubtful_width_costs_its_own_row_alone() -> None:
    diff = TerminalDiff(COLUMNS, ROWS)
    diff.reduced("\x1b[1;1Hनमस्ते│\x1b[2;1Hpasta │\x1b[1;1H")
    written = diff.reduced("\x1b[2;1Hpaste │\x1b[1;1H")
    assert "e" in written
    assert len(written) < 20


def test_nothing_is_written_twice() -> None:
    diff = TerminalDiff(COLUMNS, ROWS)
    frame = "\x1b[1;1H\x1b[38;2;9;9;9;48;2;1;1;1mpasta\x1b[0m\x1b[2;1H\x1b[1mburger\x1b[0m\x1b[1;1H"
    assert "pasta" in diff.reduced(frame)
    assert diff.reduced(frame) == ""
    assert diff.reduced(frame.replace("burger", "bigger")) == "\x1b[2;2H\x1b[1mig\x1b[H\x1b[m"
    diff.forget()
    assert "pasta" in diff.reduced(frame)
    diff.resize(COLUMNS, ROWS + 1)
    assert "pasta" in diff.reduced(frame)


def test_each_style_is_told_once_however_the_cells_alternate() -> None:
    diff = TerminalDiff(COLUMNS, ROWS)
    red, blue = "\x1b[38;2;200;9;9m", "\x1b[38;2;9;9;200m"
    rows = (f"\x1b[{row + 1};1H{red}[{blue}{row}{red}] {blue}x" for row in range(ROWS))
    written = diff.reduced("".join(rows))
    assert (written.count(red), written.count(blue)) == (1, 1)


@pytest.mark.parametrize(
    ("there", "way"),
    [
        ((1, 9), "\x1b[C"),
        ((1, 4), "\x1b[4D"),
        ((1, 7), "\b"),
        ((2, 8), "\x1b[B"),
        ((2, 7), "\x1b[B\b"),
        ((1, 1), "\r"),
    ],
)
def test_the_cursor_goes_the_shortest_way(there: tuple[int, int], way: str) -> None:
    diff = TerminalDiff(COLUMNS, ROWS)
    diff.reduced("\x1b[1;5Hx\x1b[1;8H")
    assert diff.reduced(f"\x1b[{there[0]};{there[1]}H") == way


def test_what_it_does_not_know_passes_and_makes_it_forget() -> None:
    diff = TerminalDiff(COLUMNS, ROWS)
    frame = "\x1b[1;1Hpasta\x1b[1;1H"
    for unknown in ("\x1b[2J", "\x1b[3S", "\x1bc", "\x1b[?1049h", "\x1b[1;3r", "\x07"):
        diff.reduced(frame)
        assert diff.reduced(unknown).endswith(unknown)
        assert "pasta" in diff.reduced(frame), unknown
    for harmless in (
        "\x1b[?2026h",
        "\x1b[?25l",
        "\x1b[?1000h",
        "\x1b]0;title\x07",
        "\x1b[>1u",
        "\x1b[6n",
        "\x1b[?2048$p",
    ):
        diff.reduced(frame)
        assert diff.reduced(harmless) == harmless
    diff.reduced(frame)
    assert "pasta" not in diff.reduced("\x1b]52;c;YWJj\x07" + frame)


def test_the_order_of_frames_and_modes_is_kept() -> None:
    diff = TerminalDiff(COLUMNS, ROWS)
    out = diff.reduced("\x1b[?2026h\x1b[1;1Hone\x1b[?2026l\x1b[1;1Htwo")
    assert out.index("2026h") < out.index("one") < out.index("2026l") < out.index("two")


def test_text_beyond_the_edges_is_let_go() -> None:
    diff = TerminalDiff(5, 2)
    assert "abcde" in diff.reduced("\x1b[1;1Habcdefgh")
    assert "x" not in diff.reduced("\x1b[9;1Hxyz\x1b[1;9Hxyz")
