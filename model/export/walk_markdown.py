"""A walk, or one step of it, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from model.export.walk import ON_PAPER, sections
from model.export.walk_text import rows_as_text, summary
from model.simulation.situation import Situation
from model.steps.step import Operand, Step


def as_markdown(situation: Situation, *, backward: bool = False, digits: int | None = ON_PAPER) -> Iterator[str]:
    """Markdown: a section a day, a table for each operand and result."""
    yield f"# {_md(summary(situation, backward=backward))}\n"
    for section in sections(situation, backward=backward, digits=digits):
        yield f"\n## {_md(section.heading)}\n"
        for number, step in enumerate(section.steps, 1):
            yield f"\n{step_as_markdown(number, step)}"


def step_as_markdown(number: int, step: Step) -> str:
    """A heading, the formula and the tables of a step."""
    text = f"### {number}. {step.title}\n\n`{step.shown_formula}`\n"
    for operand in (*step.operands, step.result):
        text += "".join(_md_table(operand, is_result=operand is step.result))
    return text


def _md(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>#|" else letter for letter in text)


def _md_table(operand: Operand, *, is_result: bool) -> Iterator[str]:
    columns = [_md(label) for label in operand.columns.labels] if operand.columns else [""]
    head = f"= **{_md(operand.title)}**" if is_result else f"**{_md(operand.title)}**"
    yield f"\n| {head} | {' | '.join(columns)} |\n"
    yield f"|---|{'--:|' * len(columns)}\n"
    for row, cells in enumerate(rows_as_text(operand)):
        yield f"| {_md(operand.rows.describe(row))} | {' | '.join(cells)} |\n"
