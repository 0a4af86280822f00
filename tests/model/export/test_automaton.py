"""The exported automaton, read back: whatever the names, every arrow is there once with its weathers."""

import html
import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.analysis.automaton import Automaton, extract
from model.analysis.rollout import roll_out_to_end
from model.export.automaton import as_dot, as_json, as_mermaid
from model.network.network import Network
from model.network.schedule import Feedback
from model.roommate.roommate import PERFECT_ROOMMATE, Memory, Roommate
from tests.model.strategies import roommate_from

SIGN = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from('\n"\\&#;<>|[](){}`.')
NAME = st.text(SIGN, min_size=1) | st.sampled_from(["&amp;", "#35;", "\\N", "1. x", "<b>"])
QUOTED = r'"((?:[^"\\]|\\.)*)"'

Ends = tuple[str, str, str, bool]
"""Source, target, label, and whether it is marked as wrong."""


@st.composite
def automata(draw: st.DrawFn) -> Automaton:
    """Hand-set weights for one table, read beside another; names of any characters."""
    n, k = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    dishes, weathers = (
        draw(st.lists(NAME, min_size=size, max_size=size, unique_by=str.casefold).map(tuple)) for size in (n, k)
    )
    row = st.lists(st.integers(0, n - 1), min_size=n, max_size=n).map(tuple)
    tables = st.lists(row, min_size=k, max_size=k).map(tuple)
    names = Roommate(draw(NAME), dishes, weathers, draw(tables), ("rule",) * k)
    wanted = Roommate(names.name, dishes, weathers, draw(tables), names.rules)
    return extract(Network.by_hand(wanted), names, known=draw(st.booleans()))


def expected(automaton: Automaton) -> list[Ends]:
    """The arrows worked out from the table alone."""
    roommate = automaton.roommate
    found: dict[tuple[int, int, bool], list[str]] = {}
    for weather, row in enumerate(automaton.table):
        for yesterday, dish in enumerate(row):
            name, wrong = roommate.weathers[weather], automaton.is_wrong(weather, yesterday)
            if wrong:
                assert automaton.truth is not None
                name += f" (rule: {roommate.dishes[automaton.truth[weather][yesterday][0]]})"
            found.setdefault((yesterday, dish, wrong), []).append(name)
    names = roommate.dishes
    return sorted((names[y], names[dish], ", ".join(weathers), wrong) for (y, dish, wrong), weathers in found.items())


def read_dot(text: str) -> list[Ends]:
    """The arrows of a digraph, its quoting undone as Graphviz's manual says."""

    def plain(label: str) -> str:
        signs = {"n": "\n"}
        return html.unescape(re.sub(r"\\(.)", lambda found: signs.get(found[1], found[1]), label, flags=re.DOTALL))

    assert re.fullmatch(rf"digraph {QUOTED} {{.*}}\n", text, re.DOTALL)
    nodes = {node: plain(label) for node, label in re.findall(rf"^  (d\d+) \[label={QUOTED}\];$", text, re.MULTILINE)}
    arrows = re.findall(rf"^  (d\d+) -> (d\d+) \[label={QUOTED}(.*)\];$", text, re.MULTILINE)
    assert len(nodes) + len(arrows) == text.count("\n") - 4
    return sorted((nodes[a], nodes[b], plain(label), "red" in rest) for a, b, label, rest in arrows)


def read_mermaid(text: str) -> list[Ends]:
    """The arrows of a flowchart, its character codes undone."""

    def plain(label: str) -> str:
        return re.sub(r"#(\d+);", lambda code: chr(int(code[1])), label.replace("<br/>", "\n"))

    first, *lines = text.splitlines()
    assert first == "flowchart LR"
    nodes, arrows, marked = {}, [], []
    for line in lines:
        if node := re.fullmatch(r'  (d\d+)\(\("([^"]*)"\)\)', line):
            nodes[node[1]] = plain(node[2])
        elif arrow := re.fullmatch(r'  (d\d+) (-->|-\.->)\|"([^"]*)"\| (d\d+)', line):
            arrows.append((nodes[arrow[1]], nodes[arrow[4]], plain(arrow[3]), arrow[2] == "-.->"))
        else:
            style = re.fullmatch(r"  linkStyle ([\d,]+) stroke:red,color:red", line)
            assert style, line
            marked = [int(index) for index in style[1].split(",")]
    assert marked == [index for index, (*_, wrong) in enumerate(arrows) if wrong]
    return sorted(arrows)


@given(automaton=automata())
def test_dot_read_back_is_the_table(automaton: Automaton) -> None:
    assert read_dot(as_dot(automaton)) == expected(automaton)


@given(automaton=automata())
def test_mermaid_read_back_is_the_table(automaton: Automaton) -> None:
    assert read_mermaid(as_mermaid(automaton)) == expected(automaton)


def test_weathers_that_lead_the_same_way_share_an_arrow() -> None:
    automaton = extract(Network.by_hand(roommate_from([[1, 0]] * 3)), roommate_from([[1, 0]] * 3))
    assert as_dot(automaton).count("->") == 2
    assert 'label="weather 0, weather 1, weather 2"' in as_dot(automaton)


@given(automaton=automata())
def test_json_is_the_promised_one(automaton: Automaton) -> None:
    document = json.loads(as_json(automaton, roll_out_to_end(automaton, days=20)))
    roommate = automaton.roommate
    assert (document["format"], document["version"]) == ("roommate-extract", 1)
    for weather, row in zip(roommate.weathers, automaton.table, strict=True):
        assert document["table"][weather] == {
            yesterday: roommate.dishes[dish] for yesterday, dish in zip(roommate.dishes, row, strict=True)
        }
    margins = [[document["margins"][w][y] for y in roommate.dishes] for w in roommate.weathers]
    np.testing.assert_array_equal(margins, automaton.margin)
    assert document["matches_rule"] is automaton.matches_rule
    assert (document["stays_true"], document["strays_on_day"], document["feedback"]) == (True, None, "hard")
    assert set(document) == {
        *("format", "version", "table", "margins", "matches_rule", "stays_true", "strays_on_day"),
        *("roommate", "network", "weights", "activation", "feedback"),
    }


def test_json_names_the_day_that_strays_and_has_no_numbers_that_are_not() -> None:
    from tests.model.analysis.test_automaton import leaking

    automaton = extract(leaking(2.0, 0.6), roommate_from([[0, 1]]))
    document = json.loads(as_json(automaton, roll_out_to_end(automaton)))
    assert (document["stays_true"], document["strays_on_day"], document["feedback"]) == (False, 3, "soft")
    wild = extract(leaking(1e308, 2.0), roommate_from([[0, 1]]))
    text = as_json(wild, roll_out_to_end(wild, Feedback.HARD, days=1))
    assert json.loads(text, parse_constant=pytest.fail)["margins"]["weather 0"]["dish 0"] is None


def test_hidden_states_may_allow_several_dishes() -> None:
    names = Roommate("soup", ("salad", "soup", "stew"), ("dry", "wet"), ((0, 0, 0),) * 2, ("a", "b"))
    memory = Memory(("one", "two", "three", "four"), (0, 0, 1, 2), ((0, 0, 0, 0), (2, 3, 0, 0)))
    read = extract(Network.by_hand(names), names.with_memory(memory))
    assert "(rule: soup or stew)" in as_dot(read)
    assert "matches_rule" in as_json(read, roll_out_to_end(read, days=1))


def test_the_lecture_in_full() -> None:
    automaton = extract(Network.by_hand(PERFECT_ROOMMATE), PERFECT_ROOMMATE)
    assert as_dot(automaton) == (
        'digraph "perfect roommate" {\n'
        "  rankdir=LR;\n"
        "  node [shape=circle];\n"
        '  d0 [label="pasta"];\n'
        '  d1 [label="burger"];\n'
        '  d2 [label="salad"];\n'
        '  d0 -> d0 [label="sunny"];\n'
        '  d0 -> d1 [label="rainy"];\n'
        '  d1 -> d1 [label="sunny"];\n'
        '  d1 -> d2 [label="rainy"];\n'
        '  d2 -> d0 [label="rainy"];\n'
        '  d2 -> d2 [label="sunny"];\n'
        "}\n"
    )
