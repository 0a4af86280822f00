"""A walk as text that other programs read: JSON, plain text, LaTeX, Markdown; every number at full precision.

Each exporter yields its document in pieces, a day at a time, so that a long week needs no memory. All of them take
steps as they come and know no network.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np

from model.activation import Array
from model.simulation import Situation
from model.step import Axis, Operand, Operation, Step
from model.trace import DayTrace


def exact(number: float) -> str:
    """A number in the fewest digits that give exactly it back; whole numbers without a point."""
    text = repr(float(number))
    return text.removesuffix(".0")


def json_document(head: Mapping[str, object], name: str, items: Iterable[object]) -> Iterator[str]:
    """A JSON object with a long list as its last member, one line an item.

    Args:
        head: The other members.
        name: What the list is called.
        items: Its items; each is written as it comes.
    """
    start = json.dumps(head, ensure_ascii=False)[:-1]
    yield f"{start}, {json.dumps(name)}: [\n"
    separator = ""
    for item in items:
        yield separator + json.dumps(item, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _traces(situation: Situation) -> Iterator[DayTrace]:
    return (situation.trace(day) for day in range(len(situation.week)))


def _named(operand: Operand) -> dict[str, object]:
    return {"name": operand.name, "value": operand.value.tolist()}


def as_json(situation: Situation) -> Iterator[str]:
    """``roommate-explain``, version 1: every step of every day with its operands and its result."""
    roommate = situation.roommate

    def day(trace: DayTrace) -> dict[str, object]:
        return {
            "day": trace.name,
            "weather": roommate.weathers[trace.weather],
            "yesterday": roommate.dishes[trace.yesterday],
            "dish": roommate.dishes[trace.dish],
            "steps": [
                {
                    "name": step.name,
                    "formula": step.formula,
                    "operands": [_named(operand) for operand in step.operands],
                    "result": _named(step.result),
                }
                for step in trace.steps
            ],
        }

    head = {
        "format": "roommate-explain",
        "version": 1,
        "roommate": roommate.name,
        "network": str(situation.kind),
        "start": roommate.dishes[situation.start],
        "weights": situation.network.origin,
        "activation": situation.network.activation.name,
    }
    return json_document(head, "days", map(day, _traces(situation)))


def _heading(situation: Situation, trace: DayTrace) -> str:
    roommate = situation.roommate
    return (
        f"{trace.name}: {roommate.weathers[trace.weather]}, after {roommate.dishes[trace.yesterday]}: "
        f"{roommate.dishes[trace.dish]}"
    )


def _summary(situation: Situation) -> str:
    network = situation.network
    return (
        f"{situation.roommate.name}, network {situation.kind}, weights {network.origin}, "
        f"non-linearity {network.activation.name}, before the first day {situation.roommate.dishes[situation.start]}"
    )


def _rows(value: Array) -> list[list[str]]:
    """The entries as exact text; a vector becomes one column."""
    table = value[:, None] if value.ndim == 1 else value
    return [[exact(number) for number in row] for row in table]


def as_text(situation: Situation) -> Iterator[str]:
    """Plain text: each operand and result as a table with the names of its rows and columns."""
    yield f"{_summary(situation)}\n"
    for trace in _traces(situation):
        yield f"\n{_heading(situation, trace)}\n"
        for number, step in enumerate(trace.steps, 1):
            yield f"\n  {number}. {step.name}: {step.formula}\n"
            for operand in (*step.operands, step.result):
                sign = "=" if operand is step.result else " "
                yield f"\n   {sign} {operand.name}\n"
                yield from _text_table(operand)


def _text_table(operand: Operand) -> Iterator[str]:
    heads = [list(operand.columns.labels)] if operand.columns else []
    rows = heads + _rows(operand.value)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    names = [""] * len(heads) + [operand.rows.describe(row) for row in range(len(operand.rows.labels))]
    name_width = max(map(len, names))
    for name, row in zip(names, rows, strict=True):
        cells = "  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True))
        yield f"     {name.ljust(name_width)}  {cells}\n"


def as_markdown(situation: Situation) -> Iterator[str]:
    """Markdown: a section a day, a table for each operand and result."""
    yield f"# {_md(_summary(situation))}\n"
    for trace in _traces(situation):
        yield f"\n## {_md(_heading(situation, trace))}\n"
        for number, step in enumerate(trace.steps, 1):
            yield f"\n### {number}. {step.name}\n\n`{step.formula}`\n"
            for operand in (*step.operands, step.result):
                yield from _md_table(operand, is_result=operand is step.result)


def _md(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>#|" else letter for letter in text)


def _md_table(operand: Operand, *, is_result: bool) -> Iterator[str]:
    columns = [_md(label) for label in operand.columns.labels] if operand.columns else [""]
    head = f"= **{_md(operand.name)}**" if is_result else f"**{_md(operand.name)}**"
    yield f"\n| {head} | {' | '.join(columns)} |\n"
    yield f"|---|{'--:|' * len(columns)}\n"
    for row, cells in enumerate(_rows(operand.value)):
        yield f"| {_md(operand.rows.describe(row))} | {' | '.join(cells)} |\n"


_TEX_CHARACTERS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "·": r"$\cdot$", "−": "$-$",
    "φ": r"$\varphi$", "→": r"$\to$", "⊙": r"$\odot$", "ᵀ": r"$^{\top}$", "′": "$'$", "×": r"$\times$",
    "<": "$<$", ">": "$>$", "|": "$|$", '"': "''",
}  # fmt: skip


def _tex(text: str) -> str:
    """Text that any LaTeX engine takes: its special characters written out, and what it has no letter for as ``?``.

    Latin letters with accents are left as they are: LaTeX reads UTF-8 since 2018.
    """
    kept = (letter if ord(letter) < 0x180 or letter in _TEX_CHARACTERS else "?" for letter in text)
    return "".join(_TEX_CHARACTERS.get(letter, letter) for letter in kept if letter.isprintable())


def _tex_number(number: float) -> str:
    text = exact(number)
    if "e" in text:
        mantissa, exponent = text.split("e")
        return rf"{mantissa} \cdot 10^{{{int(exponent)}}}"
    return text if np.isfinite(number) else rf"\text{{{text}}}"


def _tex_array(operand: Operand) -> str:
    value = operand.value
    table = value[:, None] if value.ndim == 1 else value
    rows = [" & ".join(_tex_number(number) for number in row) + r" \\" for row in table]
    for end in _ends(operand.rows):
        rows[end] += r" \hline"
    after = _ends(operand.columns) if operand.columns else []
    columns = "".join("r|" if column in after else "r" for column in range(table.shape[1]))
    body = " ".join(rows)
    return (
        rf"\underbrace{{\left[\begin{{array}}{{{columns}}} {body} \end{{array}}\right]}}"
        rf"_{{\text{{{_tex(operand.name)}}}}}"
    )


def _ends(axis: Axis) -> list[int]:
    return list(range(axis.block - 1, len(axis.labels) - 1, axis.block))


def _tex_equation(step: Step) -> str:
    arrays = [_tex_array(operand) for operand in step.operands]
    result = _tex_array(step.result)
    match step.operation:
        case Operation.PRODUCT:
            made = rf"{arrays[0]} \cdot {arrays[1]}"
        case Operation.OUTER:
            made = rf"{arrays[0]} \cdot {arrays[1]}^{{\top}}"
        case Operation.ADD | Operation.SUM:
            made = " + ".join(arrays)
        case Operation.SUBTRACT:
            made = rf"\frac{{1}}{{{step.divisor}}} \left( {arrays[0]} - {arrays[1]} \right)"
        case Operation.MULTIPLY:
            made = rf"{arrays[0]} \odot {arrays[1]}"
        case Operation.APPLY | Operation.CHOOSE:
            word = step.word or step.operation.value
            return rf"{arrays[0]} \xrightarrow{{\text{{{_tex(word)}}}}} {result}"
    return f"{made} = {result}"


def as_latex(situation: Situation) -> Iterator[str]:
    """LaTeX for the body of a document that loads amsmath: a section a day, an equation a step."""
    yield f"% {_summary(situation)}\n"
    for trace in _traces(situation):
        yield f"\n\\section*{{{_tex(_heading(situation, trace))}}}\n"
        for number, step in enumerate(trace.steps, 1):
            yield f"\n\\subsection*{{{number}. {_tex(step.name)}: {_tex(step.formula)}}}\n"
            yield f"\\[\n{_tex_equation(step)}\n\\]\n"


EXPORTERS: dict[str, Callable[[Situation], Iterator[str]]] = {
    "text": as_text,
    "json": as_json,
    "latex": as_latex,
    "markdown": as_markdown,
}
"""Every format of ``explain`` by its name."""
