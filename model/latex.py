"""LaTeX: a step as an equation, and text that any LaTeX engine takes."""

from __future__ import annotations

import numpy as np

from model.activation import exact
from model.step import Axis, Operand, Operation, Step

_TEX_CHARACTERS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "·": r"$\cdot$", "−": "$-$",
    "φ": r"$\varphi$", "→": r"$\to$", "⊙": r"$\odot$", "ᵀ": r"$^{\top}$", "′": "$'$", "×": r"$\times$",
    "<": "$<$", ">": "$>$", "|": "$|$", '"': "''", "∂": r"$\partial$", "Σ": r"$\Sigma$", "Δ": r"$\Delta$",
    "η": r"$\eta$", "ε": r"$\varepsilon$", "√": r"$\surd$", "‖": r"$\|$", "⁻": "$^{-}$", "ᶻ": "$^{z}$",
    "²": "$^{2}$",
}  # fmt: skip


HAT = "\u0302"
"""Set over the letter before it: Adam's corrected moments."""


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
        rf"_{{\text{{{tex(operand.name)}}}}}"
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
            made = f"{arrays[0]} - {arrays[1]}"
            if step.divisor > 1:
                made = rf"\frac{{1}}{{{step.divisor}}} \left( {made} \right)"
        case Operation.MULTIPLY:
            made = rf"{arrays[0]} \odot {arrays[1]}"
        case Operation.APPLY | Operation.CHOOSE:
            word = step.word or step.operation.value
            return rf"{arrays[0]} \xrightarrow{{\text{{{tex(word)}}}}} {result}"
    return f"{made} = {result}"


def step_as_latex(number: int, step: Step) -> str:
    """A heading and the equation of a step."""
    heading = f"\\subsection*{{{number}. {tex(step.name)}: {tex(step.formula)}}}"
    return f"{heading}\n\\[\n{_tex_equation(step)}\n\\]\n"
