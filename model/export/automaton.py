"""An automaton as text that other programs read: JSON, Graphviz DOT, Mermaid."""

from __future__ import annotations

import math

from model.analysis.automaton import Automaton
from model.analysis.rollout import Rollout
from model.foreign_text import json_text
from model.language import _
from model.roommate.machine import Arrow
from model.roommate.parsing import listed

FORMAT = "roommate-extract"
VERSION = 1

ESCAPES = {"&": "&amp;", "\\": "\\\\", '"': '\\"', "\r\n": "\\n", "\n": "\\n", "\r": "\\n"}
"""What stands for the characters that mean something in a label of Graphviz."""


def as_json(automaton: Automaton, endurance: Rollout) -> str:
    """``roommate-extract``, version 1.

    A margin is null where the network's numbers were not finite, and so is every verdict then. It is null, too, where
    no day met the case.
    """
    dishes, weathers = automaton.roommate.dishes, automaton.roommate.weathers

    def by_case(rows: list[list[object]]) -> dict[str, dict[str, object]]:
        return {weather: dict(zip(dishes, row, strict=True)) for weather, row in zip(weathers, rows, strict=True)}

    document = {
        "format": FORMAT,
        "version": VERSION,
        "roommate": automaton.roommate.name,
        "network": automaton.network.cell.name,
        "weights": automaton.network.origin,
        "activation": automaton.network.activation.name,
        "table": by_case([[dishes[one] for one in row] for row in automaton.table]),
        "margins": by_case([[m if math.isfinite(m) else None for m in row] for row in automaton.margin.tolist()]),
        "matches_rule": automaton.matches_rule if automaton.finite else None,
        "feedback": str(endurance.feedback),
        "stays_true": endurance.stays_true if automaton.finite else None,
        "strays_on_day": endurance.stray.day if endurance.stray and automaton.finite else None,
    }
    if (found := automaton.found) is not None:
        cooked = map(automaton.dish, found.shows.tolist())
        document["states"] = dict(zip(dishes, cooked, strict=True))
        document["clusters"] = found.clusters or None
    return json_text(document, indent=1) + "\n"


def as_dot(automaton: Automaton) -> str:
    """A digraph for Graphviz; a transition that is known to be wrong is red, dashed, and says what is right."""
    lines = [f"digraph {_dot(automaton.roommate.name)} {{", "  rankdir=LR;", "  node [shape=circle];"]
    lines += [f"  d{dish} [label={_dot(name)}];" for dish, name in enumerate(_nodes(automaton))]
    for arrow, wrong in _arrows(automaton):
        style = ", color=red, fontcolor=red, style=dashed" if wrong else ""
        lines.append(
            f"  d{arrow.source} -> d{arrow.target} [label={_dot(_arrow_label(automaton, arrow, wrong))}{style}];"
        )
    return "\n".join([*lines, "}"]) + "\n"


def as_mermaid(automaton: Automaton) -> str:
    """A flowchart for Mermaid, which Markdown renderers draw; transitions that are wrong are red and dashed."""
    lines = ["flowchart LR"]
    lines += [f'  d{dish}(("{_mermaid(name)}"))' for dish, name in enumerate(_nodes(automaton))]
    wrongs = []
    for index, (arrow, wrong) in enumerate(_arrows(automaton)):
        link = "-.->" if wrong else "-->"
        label = _mermaid(_arrow_label(automaton, arrow, wrong))
        lines.append(f'  d{arrow.source} {link}|"{label}"| d{arrow.target}')
        wrongs += [str(index)] if wrong else []
    if wrongs:
        lines.append(f"  linkStyle {','.join(wrongs)} stroke:red,color:red")
    return "\n".join(lines) + "\n"


def _nodes(automaton: Automaton) -> list[str]:
    """The dishes, or the states with the dish that is cooked in each."""
    names = list(automaton.roommate.dishes)
    if automaton.found is None:
        return names
    cooked = map(automaton.dish, automaton.found.shows.tolist())
    return [name if name == dish else f"{name}, {dish}" for name, dish in zip(names, cooked, strict=True)]


def _arrows(automaton: Automaton) -> list[tuple[Arrow, bool]]:
    """The arrows, each split into the weathers that are right and those that are known to be wrong."""
    found = []
    for arrow in automaton.arrows:
        for wrong in (False, True):
            weathers = tuple(w for w in arrow.weathers if automaton.is_wrong(w, arrow.source) is wrong)
            found += [(Arrow(arrow.source, arrow.target, weathers), wrong)] if weathers else []
    return found


def _arrow_label(automaton: Automaton, arrow: Arrow, wrong: bool) -> str:
    """The weathers of an arrow; where they are wrong, with what the true rule says."""
    dishes, truth = automaton.roommate.dishes, automaton.truth
    names = []
    for weather in arrow.weathers:
        name = automaton.roommate.weathers[weather]
        if wrong and truth is not None and truth[weather][arrow.source]:
            right = listed([dishes[dish] for dish in truth[weather][arrow.source]], "or")
            name = _("{weather} (rule: {dish})").format(weather=name, dish=right)
        names.append(name)
    return ", ".join(names)


def _dot(text: str) -> str:
    for sign, entity in ESCAPES.items():
        text = text.replace(sign, entity)
    return f'"{text}"'


def _mermaid(text: str) -> str:
    """Text in which every sign that could mean something to Mermaid is a character code, and a newline is a break."""
    plain = " ,()"
    return "".join(
        "<br/>"
        if sign == "\n"
        else sign
        if sign.isalnum() or not sign.isascii() or sign in plain
        else f"#{ord(sign)};"
        for sign in text.replace("\r\n", "\n").replace("\r", "\n")
    )


EXPORTERS = {".dot": as_dot, ".gv": as_dot, ".mmd": as_mermaid, ".mermaid": as_mermaid}
"""The drawings by the ending of a file's name; ``.json`` needs the days, too."""
