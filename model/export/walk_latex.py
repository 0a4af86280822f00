"""LaTeX: a step as an equation, and text that any LaTeX engine takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from model.export.walk import ON_PAPER, sections
from model.export.walk_text import summary
from model.language import _
from model.numbers import exact
from model.simulation.situation import Situation
from model.steps.axes import Axis
from model.steps.step import Operand, Step, StepKind


def as_latex(
    situation: Situation, *, backward: bool = False, digits: int | None = ON_PAPER, whole: bool = False
) -> Iterator[str]:
    """LaTeX for the body of a document that loads amsmath: a section a day, an equation a step.

    Args:
        situation: What is walked through.
        backward: Which way.
        digits: Significant digits; None: all.
        whole: Whether it is to be a document by itself.
    """
    if whole:
        body = as_latex(situation, backward=backward, digits=digits)
        yield from standalone(summary(situation, backward=backward), body)
        return
    yield f"% {summary(situation, backward=backward)}\n"
    for section in sections(situation, backward=backward, digits=digits):
        yield f"\n{heading('section', section.heading)}\n"
        for number, step in enumerate(section.steps, 1):
            yield f"\n{step_as_latex(number, step)}"


_TEX_CHARACTERS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "·": r"$\cdot$", "−": "$-$",
    "φ": r"$\varphi$", "→": r"$\to$", "⊙": r"$\odot$", "ᵀ": r"$^{\top}$", "′": "$'$", "×": r"$\times$",
    "<": "$<$", ">": "$>$", "|": "$|$", '"': "''", "∂": r"$\partial$", "Σ": r"$\Sigma$", "Δ": r"$\Delta$",
    "η": r"$\eta$", "ε": r"$\varepsilon$", "√": r"$\surd$", "‖": r"$\|$", "⁻": "$^{-}$", "ᶻ": "$^{z}$",
    "²": "$^{2}$",
}  # fmt: skip


LINE_WIDTH = 335.0
"""Points that an equation may be wide: LaTeX's article has lines of 345."""

MAX_ROWS = 32
"""Rows of an array that stand on one page."""

LONGEST = 12
"""The longest run of letters in a heading that is not broken."""

LINE, LINE_AND_RULE = r" \\", r" \\ \hline"

HAT = "\u0302"
"""LaTeX for a hat over the letter before it, as Adam's corrected moments have."""


def tex(text: str) -> str:
    """Text that any LaTeX engine takes: its special characters written out, and what it has no letter for as ``?``.

    Latin letters with accents are left as they are: LaTeX reads UTF-8 since 2018.
    """
    written: list[str] = []
    for letter in text:
        if letter == HAT and written:
            written.append(rf"$\hat{{{written.pop()}}}$")
        elif letter.isprintable():
            written.append(_TEX_CHARACTERS.get(letter, letter if ord(letter) < 0x180 else "?"))
    return "".join(written)


@dataclass(frozen=True)
class _Piece:
    """A part of an equation that is not broken: LaTeX, and how wide it is at the most, in points at 10 pt."""

    text: str
    width: float


def _tex_number(number: float) -> str:
    text = exact(number)
    if "e" in text:
        mantissa, exponent = text.split("e")
        return rf"{mantissa} \cdot 10^{{{int(exponent)}}}"
    return text if np.isfinite(number) else rf"\text{{{text}}}"


def _tex_letter(letter: str) -> str:
    """A letter in place of a weight, its number as an index."""
    return f"{letter[0]}_{{{letter[1:]}}}" if letter[1:] else letter


def _width(number: float) -> float:
    """How wide a number is in Computer Modern: digits are 5 pt, a minus 7.8, a point 2.8, a power's signs smaller."""
    mantissa, _e, exponent = exact(number).partition("e")
    power = 17.5 + 6.2 * len(str(int(exponent))) if exponent else 0
    return 5.2 * len(mantissa) + 2.6 * mantissa.count("-") + power


def _arrays(operand: Operand, after: str = "") -> list[_Piece]:
    """An array, or the parts of one that is wider than a line or longer than a page, each with its rows and columns.

    Args:
        operand: The array.
        after: What comes behind each.
    """
    value, letters = operand.value, operand.letters
    table = value[:, None] if value.ndim == 1 else value
    texts = [[_tex_number(number) for number in row] for row in table]
    if letters is not None:
        texts = [[_tex_letter(letter) for letter in row] for row in letters.reshape(table.shape)]
    rules = _ends(operand.columns) if operand.columns else []
    widths = [max(map(_width, column)) + 10.5 for column in table.T]
    parts = []
    columns = list(_blocks(widths, LINE_WIDTH - 20))
    for top in range(0, len(table), MAX_ROWS):
        for left, right in columns:
            rows = range(top, min(top + MAX_ROWS, len(table)))
            title_parts = [operand.title]
            if len(table) > MAX_ROWS:
                title_parts.append(_("rows {first} to {last}").format(first=rows[0] + 1, last=rows[-1] + 1))
            if len(columns) > 1:
                title_parts.append(_("columns {first} to {last}").format(first=left + 1, last=right))
            name = ", ".join(title_parts)
            body = " ".join(
                " & ".join(texts[row][left:right]) + (LINE_AND_RULE if row in _ends(operand.rows) else LINE)
                for row in rows
            )
            heads = "".join("r|" if column in rules and column < right - 1 else "r" for column in range(left, right))
            parts.append(
                _Piece(
                    rf"\underbrace{{\left[\begin{{array}}{{{heads}}} {body} \end{{array}}\right]}}"
                    rf"_{{\text{{{tex(name)}}}}}{after}",
                    max(sum(widths[left:right]) + 16, 4.2 * len(name)),
                )
            )
    return parts


def _blocks(widths: Sequence[float], most: float) -> Iterator[tuple[int, int]]:
    """Where to cut a row of things, so that no part is wider than allowed but one that is a single thing."""
    start, so_far = 0, 0.0
    for index, width in enumerate(widths):
        if index > start and so_far + width > most:
            yield start, index
            start, so_far = index, 0.0
        so_far += width
    yield start, len(widths)


def _ends(axis: Axis) -> list[int]:
    return list(range(axis.block - 1, len(axis.labels) - 1, axis.block))


def _equation(step: Step) -> Iterator[_Piece]:
    """A step as pieces, in their order; a sign belongs to the piece that follows it."""
    signs = {
        StepKind.PRODUCT: r"\cdot",
        StepKind.OUTER: r"\cdot",
        StepKind.ADD: "+",
        StepKind.SUM: "+",
        StepKind.SUBTRACT: "-",
        StepKind.MULTIPLY: r"\odot",
    }
    divided = step.operation is StepKind.SUBTRACT and step.divisor > 1
    if divided:
        yield _Piece(rf"\frac{{1}}{{{step.divisor}}} \Biggl(", 25)
    last = len(step.operands) - 1
    for index, operand in enumerate(step.operands):
        turned = r"^{\top}" if step.operation is StepKind.OUTER and index else ""
        closed = r" \Biggr)" if divided and index == last else ""
        sign = signs.get(step.operation, "") if index else ""
        if index and step.operation in {StepKind.APPLY, StepKind.CHOOSE}:
            break
        yield from _signed(sign, 15, _arrays(operand, turned + closed))
    if step.operation in {StepKind.APPLY, StepKind.CHOOSE}:
        word = step.word or step.operation.value
        yield from _signed(rf"\xrightarrow{{\text{{{tex(word)}}}}}", 25 + 4.2 * len(word), _arrays(step.result))
    else:
        yield from _signed("=", 15, _arrays(step.result))


def _signed(sign: str, width: float, pieces: list[_Piece]) -> Iterator[_Piece]:
    """The parts of an array, the first with the sign before it."""
    first = pieces[0]
    yield _Piece(f"{sign} {first.text}", first.width + width) if sign else first
    yield from pieces[1:]


def step_as_latex(number: int, step: Step) -> str:
    """A heading and the equation of a step, in as many lines as a page of LaTeX's article asks for."""
    title = heading("subsection", f"{number}. {step.title}: {step.shown_formula}")
    pieces = list(_equation(step))
    cuts = list(_blocks([piece.width for piece in pieces], LINE_WIDTH))
    lines = [" ".join(piece.text for piece in pieces[start:end]) for start, end in cuts]
    if len(lines) == 1:
        return f"{title}\n\\[\n{lines[0]}\n\\]\n"
    joined = " \\\\\n".join(lines)
    return f"{title}\n{{\\allowdisplaybreaks\n\\begin{{gather*}}\n{joined}\n\\end{{gather*}}}}\n"


def heading(kind: str, text: str) -> str:
    """A heading that stays on the paper, whatever words are in it.

    Args:
        kind: "section" or "subsection".
        text: What it says.
    """
    words = (r"\allowbreak{}".join(map(tex, _cut(word))) for word in text.split(" "))
    return rf"\{kind}*{{\raggedright {' '.join(words)}}}"


def _cut(word: str) -> list[str]:
    """A word in pieces of which several stand in a line."""
    return [word[start : start + LONGEST] for start in range(0, len(word), LONGEST)] or [""]


def lost_in_tex(text: str) -> bool:
    """Whether a text has a letter for which `tex` writes ``?``."""
    return tex(text).count("?") > text.count("?")


def standalone(title: str, body: Iterable[str]) -> Iterator[str]:
    """A document with a body of sections and steps.

    Args:
        title: What it is about, as plain text.
        body: The LaTeX, as it comes.
    """
    yield "\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage[utf8]{inputenc}\n\\usepackage{amsmath}\n"
    yield f"\\begin{{document}}\n\\noindent {tex(title)}\n"
    yield from body
    yield "\\end{document}\n"
