"""The week as a chain: every day in its place, what it hands on upon the arrow, what should be beside what is."""

import re
from dataclasses import replace
from functools import cache

import pytest

from model.network.schedule import Feedback
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tui.rendering.week_chain import chain_layout, week_chain
from tui.rendering.week_overview import days_overview
from tui.text.error_reach import part_reached, percent_of
from tui.text.glyphs import ASCII, UNICODE, Glyphs

WIDTHS = [40, 60, 78, 116, 156]


@cache
def learned(network: str = "both", updates: int = 61, days: int = 6) -> Simulation:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=0, network=network))
    run.advance(updates)
    situation = Situation(lesson=4, learning=run.moment(), run_id=1)
    situation = replace(situation, week=tuple(day % 2 for day in range(days)))
    return Simulation(situation, revealed=True)


def drawn(simulation: Simulation, width: int, glyphs: Glyphs = UNICODE, *, apart: bool = True) -> list[str]:
    return [text.plain for text in week_chain(simulation, glyphs, width, apart=apart)]


@pytest.mark.parametrize("width", WIDTHS)
def test_days_stand_in_the_same_places_forwards_backwards_and_in_all_lessons(width: int) -> None:
    walks = [Simulation(Situation(lesson=lesson)) for lesson in (1, 2, 3)]
    walks += [learned(), learned("lstm", 1), learned().turn(), learned("lstm", 1).turn()]
    places = {(chain_layout(walk, UNICODE, width), len(drawn(walk, width))) for walk in walks}
    assert len(places) == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_no_step_moves_anything(width: int) -> None:
    for first in (Simulation(), learned().turn()):
        walk, places = first, set()
        while not walk.at_end:
            places.add(chain_layout(walk, UNICODE, width))
            walk = walk.next_step()
        assert len(places) == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_the_dish_stands_on_the_arrow_to_the_next_day(width: int) -> None:
    walk = learned()
    chain = drawn(walk, width)[1]
    pictures = [picture for picture in chain if picture in "🍝🍔🥗"]
    icons = walk.situation.roommate.dish_icons
    shown = chain_layout(walk, UNICODE, width).days
    fed = [icons[walk.situation.start_dish], *(icons[walk.dish(day)] for day in shown)]
    assert pictures == fed
    assert chain.count("▸") == len(fed)


def test_what_goes_on_is_written_on_the_arrow_whatever_it_is() -> None:
    assert "━ a,s ━" in drawn(learned("lstm", 1), 116)[1]
    assert "━ a ━" in drawn(learned("gru", 1), 116)[1]
    teacher = Simulation(replace(Situation(), fed_back=Feedback.TEACHER), revealed=True)
    should = [PERFECT_ROOMMATE.dish_icons[dish] for dish in teacher.situation.expected]
    assert [picture for picture in drawn(teacher, 116)[1] if picture in "🍝🍔🥗"][1:] == should
    assert "▸" not in drawn(Simulation(Situation(lesson=1)), 116)[1]  # no day knows of the one before


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_same_arrows_carry_the_part_of_the_error_backwards(width: int, glyphs: Glyphs) -> None:
    walk = learned().turn().go_to(2)
    place = chain_layout(walk, glyphs, width)
    chain = drawn(walk, width, glyphs)[1]
    for day in place.days[:-1]:
        part = part_reached(walk, day)
        assert percent_of(part) in chain or percent_of(part, brief=True) in chain
    assert chain.count(glyphs.heads[3]) >= len(place.days) - 1


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_wrong_day_says_what_should_be_in_any_width(width: int, glyphs: Glyphs) -> None:
    walk = learned(updates=1)
    dishes = walk.situation.roommate
    names = [
        f"{icon if glyphs.icons else name[:3]}|{name}"
        for icon, name in zip(dishes.dish_icons, dishes.dishes, strict=True)
    ]
    place = chain_layout(walk, glyphs, width)
    for apart in (True, False):
        lines = drawn(walk, width, glyphs, apart=apart)
        for at, day in enumerate(place.days):
            begin = place.left + at * place.cell
            text = "\n".join(_cells(line, begin, place.cell) for line in lines[2:])
            assert re.search(names[walk.dish(day)], text)
            assert re.search(names[walk.situation.expected[day]], text)
            assert (glyphs.right if walk.right(day) else glyphs.wrong) in text


def _cells(text: str, begin: int, size: int) -> str:
    """A part of a line by its cells."""
    from rich.cells import cell_len

    at, found = 0, ""
    for letter in text:
        if begin <= at < begin + size:
            found += letter
        at += cell_len(letter)
    return found


def test_nobody_is_told_what_should_be_before_the_day_is_cooked() -> None:
    lines = drawn(Simulation(day=1, step=2), 116)
    assert "🍝" in lines[3]
    assert "🍔" not in lines[2] + lines[3]


@pytest.mark.parametrize("days", [30, 365])
def test_every_day_of_a_month_has_a_mark_and_those_in_sight_brackets(days: int) -> None:
    walk = learned(days=days).go_to(days // 2)
    place = chain_layout(walk, UNICODE, 78)
    marks = days_overview(walk, UNICODE, 70, place).plain
    inside = re.search(r"\[(.*)\]", marks)
    assert inside is not None
    assert len(inside[1].replace(" ", "")) == place.shown
    wanted = "".join("✓" if walk.right(day) else "✗" for day in place.days)
    assert inside[1].replace(" ", "") == wanted
    if days == 30:
        assert len(re.sub(r"[\[\] ]", "", marks)) == days
    else:
        assert marks[0] == marks[-1] == "…"


@pytest.mark.parametrize(
    ("part", "text", "brief"),
    [
        (1.0, "100%", "100%"), (0.58, "58%", "58%"), (0.056, "5.6%", "6%"), (0.0004, "<0.1%", "<1%"),
        (0.0, "0%", "0%"), (12.0, "12×", "12×"), (2.0**29, ">999×", "99+"), (float("nan"), "?", "?"),
        (0.09949, "9.9%", "10%"), (0.0996, "10%", "10%"),
    ],
)  # fmt: skip
def test_parts_of_an_error_are_told_in_few_cells_and_without_powers(part: float, text: str, brief: str) -> None:
    assert percent_of(part) == text
    assert percent_of(part, brief=True) == brief
