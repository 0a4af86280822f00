"""The drawing of an automaton: every arrow of it can be followed, at any size, and no line is too wide."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model.analysis.automaton import Automaton, extract
from model.analysis.rollout import Divergence, Rollout, roll_out_to_end
from model.network.cell import Cell
from model.network.cells import CELLS
from model.network.network import Network
from model.network.schedule import Feedback
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from tests.model.analysis.test_automaton import leaking, two_rainy_days
from tests.model.strategies import roommate_from
from tui.rendering.automaton import MAX_STATES, drawing
from tui.rendering.canvas import DOWN, LEFT, RIGHT, UP, Canvas
from tui.rendering.extraction import extraction_page, table, verdicts
from tui.text.glyphs import ASCII, UNICODE, Glyphs

ENDLESS = 1_000


@st.composite
def automata(draw: st.DrawFn, most_dishes: int = 64, most_weathers: int = 6) -> Automaton:
    """Hand-set weights for one table, read beside another; names of letters, pictures for some."""
    n, k = draw(st.integers(1, most_dishes)), draw(st.integers(1, most_weathers))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    length = draw(st.integers(1, 20))
    names = [tuple(f"{letter * length}{index}" for index in range(size)) for letter, size in (("d", n), ("w", k))]
    pictures = draw(st.booleans())
    true, wanted = (roommate_from(rng.integers(n, size=(k, n)).tolist()) for _ in range(2))
    icons = tuple(chr(0x1F330 + index) for index in range(n)), tuple(chr(0x1F400 + index) for index in range(k))
    true, wanted = (
        replace(
            roommate,
            dishes=names[0],
            weathers=names[1],
            dish_icons=icons[0] if pictures else (),
            weather_icons=icons[1] if pictures else (),
        )
        for roommate in (true, wanted)
    )
    return extract(Network.by_hand(wanted), true if draw(st.booleans()) else wanted, known=draw(st.booleans()))


@given(automaton=automata(), width=st.integers(20, 150), glyphs=st.sampled_from([UNICODE, ASCII]), data=st.data())
def test_it_fits_whatever_the_size(automaton: Automaton, width: int, glyphs: Glyphs, data: st.DataObject) -> None:
    height = data.draw(st.integers(3, 60))
    outcome = Rollout(Feedback.SOFT, 5, 5, data.draw(st.none() | st.just(Divergence(5, 0, 0, 0, 0, 0))))
    for lines in (
        drawing(automaton, glyphs, width, height),
        table(automaton, glyphs, width),
        verdicts(automaton, outcome, glyphs, width),
        extraction_page(automaton, outcome, glyphs, width, height),
    ):
        assert max(line.cell_length for line in lines) <= width
        if glyphs is ASCII:
            assert all(line.plain.isascii() for line in lines)


@given(automaton=automata(most_dishes=10), width=st.integers(80, 200))
def test_the_table_is_whole(automaton: Automaton, width: int) -> None:
    """However the weathers are put into bands: every case with its margin, none of them cut off."""
    text = "\n".join(line.plain for line in table(automaton, ASCII, width))
    assert len(re.findall(r"\d\.\d\d", text)) == automaton.margin.size
    wrong = 0 if automaton.right is None else int((~automaton.right).sum())
    assert len(re.findall(r"\bx ", text)) == wrong
    assert text.count("the true rule") == (0 if automaton.truth is None else text.count("read off"))


# The drawing read back: a walk along its lines

SIDES = {UP: (0, -1), RIGHT: (1, 0), DOWN: (0, 1), LEFT: (-1, 0)}
HEADS = {UNICODE.heads[index]: side for index, side in enumerate(SIDES)}


class Picture:
    """A drawing with narrow characters, a character a cell."""

    def __init__(self, lines: list[str], names: tuple[str, ...]) -> None:
        self.cells = {(x, y): sign for y, text in enumerate(lines) for x, sign in enumerate(text)}
        row = next(y for y, text in enumerate(lines) if all(name in text for name in names))
        self.boxes = []
        for name in names:
            at = lines[row].index(f" {name} ")
            left = max(x for x in range(at + 1) if lines[row - 1][x] == "╭")
            right = lines[row - 1].index("╮", left)
            self.boxes.append((left, right, row - 1, row + 1))

    def box_at(self, x: int, y: int) -> int | None:
        inside = (i for i, (x1, x2, y1, y2) in enumerate(self.boxes) if x1 <= x <= x2 and y1 <= y <= y2)
        return next(inside, None)

    def arrows(self) -> set[tuple[int, int, str]]:
        """Source, target and label of every arrow."""
        found = set()
        for (x, y), sign in self.cells.items():
            source = self.box_at(x, y)
            side = {"┴": UP, "┬": DOWN, "├": RIGHT, "┤": LEFT}.get(sign)
            if source is not None and side is not None:
                found |= {(source, *end) for end in self.follow(x, y, side)}
        return found

    def follow(self, x: int, y: int, side: int) -> set[tuple[int, str]]:
        """Every target that a line out of a box leads to, with the label on the way."""
        if side in (LEFT, RIGHT):
            return {self.track(x, y, side)}
        found, towards = set(), RIGHT if side == UP else LEFT
        while True:
            y += SIDES[side][1]
            sides = UNICODE.lines.index(self.cells[x, y])
            if sides & towards:  # onto a track
                found.add(self.track(x, y, towards))
            if not sides & side:
                return found

    def track(self, x: int, y: int, side: int) -> tuple[int, str]:
        """Along a track to the head at its end; where other arrows join it, labels are theirs."""
        label, mine = "", True
        joins = "┬┼" if side == RIGHT else "┴┼"
        while self.cells[x, y] not in HEADS:
            if self.cells[x, y] in "╮╰" and side in (LEFT, RIGHT):
                side, mine = DOWN if side == RIGHT else UP, False
            dx, dy = SIDES[side]
            x, y = x + dx, y + dy
            mine = mine and self.cells[x, y] not in joins
            label += self.cells[x, y] if mine and self.cells[x, y].isalnum() else ""
        assert HEADS[self.cells[x, y]] == side
        target = self.box_at(x + SIDES[side][0], y + SIDES[side][1])
        assert target is not None
        return target, label[::-1] if side in (LEFT, UP) else label


@given(seed=st.integers(0, 2**32), n=st.integers(1, 7), k=st.integers(1, 3), width=st.integers(60, 140))
def test_every_arrow_can_be_followed_to_its_dish(seed: int, n: int, k: int, width: int) -> None:
    """From each box along the lines: exactly the arrows of the table, each with its weathers."""
    rng = np.random.default_rng(seed)
    roommate = roommate_from(rng.integers(n, size=(k, n)).tolist())
    names = tuple("ABCDEFG"[:n])
    roommate = replace(roommate, dishes=names, weathers=tuple("xyz"[:k]))
    automaton = extract(Network.by_hand(roommate), roommate)
    lines = [line.plain for line in drawing(automaton, UNICODE, width, ENDLESS)]
    assume(any("╭" in line for line in lines))  # not a list
    skies = "anyweather" if k > 1 else "x"
    expected = {
        (arrow.source, arrow.target, skies if len(arrow.weathers) == k else "".join("xyz"[w] for w in arrow.weathers))
        for arrow in automaton.arrows
    }
    found = {(a, b, "anyweather" if label == "any" else label) for a, b, label in Picture(lines, names).arrows()}
    assert found == expected


def test_the_lectures_roommate() -> None:
    lines = drawing(extract(Network.by_hand(PERFECT_ROOMMATE), PERFECT_ROOMMATE), UNICODE, 74, 8)
    assert [line.plain for line in lines] == [
        "  ╭ 🌞 sunny ╮                 ╭ 🌞 sunny ╮                 ╭ 🌞 sunny ╮  ",
        "  │          ▾                 │          ▾                 │          ▾  ",
        "╭─┴────────────╮             ╭─┴────────────╮             ╭─┴────────────╮",
        "│   🍝 pasta   ├─ ☔ rainy ─▸│  🍔 burger   ├─ ☔ rainy ─▸│   🥗 salad   │",
        "╰──────────────╯             ╰──────────────╯             ╰────────────┬─╯",
        "  ▴                                                                    │  ",
        "  ╰───────────────────────────── ☔ rainy ─────────────────────────────╯  ",
    ]


def test_what_is_wrong_is_marked_in_words_and_colour() -> None:
    """After burger, rain leads to pasta and not to salad."""
    wrong = replace(PERFECT_ROOMMATE, next_dish=((0, 1, 2), (1, 0, 0)))
    automaton = extract(Network.by_hand(wrong), PERFECT_ROOMMATE)
    lines = drawing(automaton, ASCII, 76, ENDLESS)
    marked = [line for line in lines if "x rainy" in line.plain]
    assert len(marked) == 1
    assert any("$wrong" in str(span.style) for span in marked[0].spans)
    rows = [line.plain for line in table(automaton, ASCII, 76)]
    assert "x pasta  -0.36" in rows[3]
    assert rows[3].endswith("burger  salad ")
    _, first, *_ = verdicts(automaton, roll_out_to_end(automaton, days=1), ASCII, 76)
    assert first.plain.startswith("x It follows the rule in 5 of 6 cases.")


@pytest.mark.parametrize(
    ("size", "cell"),
    [
        ((78, 10), CELLS["weather"]),
        ((78, 10), CELLS["yesterday"]),
        ((78, 10), CELLS["both"]),
        ((74, 24), CELLS["both"]),
    ],
)
def test_the_lectures_networks_fit_the_product_panel(size: tuple[int, int], cell: Cell) -> None:
    automaton = extract(Network.by_hand(PERFECT_ROOMMATE, cell), PERFECT_ROOMMATE)
    for glyphs in (UNICODE, ASCII):
        lines = drawing(automaton, glyphs, *size)
        assert len(lines) <= size[1]
        assert glyphs.heads[0] in "".join(line.plain for line in lines)


def test_a_counter_to_seven_is_drawn_on_a_small_screen() -> None:
    names = ("zero", "one", "two", "three", "four", "five", "six")
    table_ = tuple(tuple((state + step) % 7 for state in range(7)) for step in (0, 1))
    roommate = Roommate("counter", names, ("stay", "add"), table_, ("same", "next"))
    lines = [line.plain for line in drawing(extract(Network.by_hand(roommate), roommate), UNICODE, 76, 14)]
    assert all(any(name in line for line in lines) for name in names)
    assert sum(line.count("▸") for line in lines) == 6


def test_beginnings_of_names_are_told_apart() -> None:
    """Both weathers lead the same wrong way, and there is no room for whole names."""
    burgers = replace(PERFECT_ROOMMATE, next_dish=((1, 1, 1), (1, 1, 1)))
    automaton = extract(Network.by_hand(burgers), PERFECT_ROOMMATE)
    text = "\n".join(line.plain for line in drawing(automaton, ASCII, 76, ENDLESS))
    assert "x sun,rai" in text
    assert "sun sunny   rai rainy" in text


def test_many_states_are_a_list() -> None:
    n = MAX_STATES + 1
    roommate = roommate_from([[(dish + 1) % n for dish in range(n)], [0] * n])
    lines = [line.plain for line in drawing(extract(Network.by_hand(roommate), roommate), UNICODE, 76, ENDLESS)]
    assert lines[3].split("  ") == ["dish 3", " weather 1 ▸ dish 0", " weather 0 ▸ dish 4", " "]
    assert len(lines) == n


def test_what_cannot_be_known_is_said() -> None:
    automaton = extract(Network.by_hand(PERFECT_ROOMMATE), PERFECT_ROOMMATE, known=False)
    text = " ".join(
        line.plain for line in extraction_page(automaton, Rollout(Feedback.HARD, 300, 10_000), UNICODE, 100, 30)
    )
    assert "? The true rule is not known." in text
    assert "day 300 of 10,000" in text
    assert "✓" not in text
    assert "the true rule " not in text
    forgetful = extract(Network.by_hand(two_rainy_days(soup=1)), two_rainy_days(soup=1))
    text = " ".join(
        line.plain for line in extraction_page(forgetful, roll_out_to_end(forgetful, days=9), UNICODE, 200, 30)
    )
    assert "more memory than yesterday's dish" in text
    assert "salad or soup" in text


def test_numbers_that_are_not_finite_are_told() -> None:
    wild = extract(leaking(1e308, 2.0), roommate_from([[0, 1]]))
    text = " ".join(line.plain for line in extraction_page(wild, roll_out_to_end(wild, days=1), UNICODE, 200, 30))
    assert "some of its numbers are not finite" in text


def test_lines_join_where_they_end_and_pass_over_each_other_elsewhere() -> None:
    canvas = Canvas(5, 3)
    canvas.across(1, 0, 4, "")
    canvas.down(1, 0, 2, "")
    canvas.down(3, 1, 2, "")
    assert [row.plain for row in canvas.rows(UNICODE)] == [" ╷   ", "╶│─┬╴", " ╵ ╵ "]
    assert not canvas.is_plain(1, 1)
    assert canvas.is_plain(2, 1)
