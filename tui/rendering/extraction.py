"""The page of the extracted rule: the table read off the weights beside the true rule, and the verdicts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content

from model.analysis.automaton import Automaton
from model.analysis.rollout import Rollout
from model.language import N_, _
from model.roommate.parsing import listed
from model.steps.axes import dish_axis, weather_axis
from tui.rendering.automaton import cut, drawing
from tui.rendering.block import Block, beside, line
from tui.text.glyphs import Glyphs
from tui.text.verdicts import verdict_sentences

GAP = 3
"""Cells between the parts of the table."""

READ_OFF, TRUE_RULE = N_("read off the weights, with margins"), N_("the true rule")
"""What the parts of the table are called; translated when they are shown."""

READ_OFF_BRIEFLY = N_("read off the weights")
"""The names of the parts where they stand one under the other."""

LONGEST = 18
"""Cells of a name in the table at the most."""


def extraction_page(automaton: Automaton, outcome: Rollout, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """Everything: whose weights, the verdicts, the drawing, the table; arguments as for the parts."""
    return [*verdicts(automaton, outcome, glyphs, width), line(""), *found(automaton, glyphs, width, height)]


def found(automaton: Automaton, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """The drawing and the table.

    Args:
        automaton: What was read off.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines that the drawing may have.
    """
    return [*drawing(automaton, glyphs, width, height), line(""), *table(automaton, glyphs, width)]


def verdicts(automaton: Automaton, outcome: Rollout, glyphs: Glyphs, width: int) -> list[Content]:
    """Whose weights, whether their table is the rule, and whether they stay true to the table; a paragraph each.

    Args:
        automaton: What was read off.
        outcome: How far the network has lived on its own output.
        glyphs: Characters to draw with.
        width: The cells there are.
    """
    signs = {
        True: (glyphs.right, "$right bold"),
        False: (glyphs.wrong, "$wrong bold"),
        None: (glyphs.unknown, "$muted bold"),
    }
    lines = [line((f"{_('weights:')} ", "$muted"), (automaton.network.origin_in_words, "bold")).truncate(width)]
    for fine, verdict, words in verdict_sentences(automaton, outcome, glyphs):
        sign, style = signs[fine]
        first, *rest = line((glyphs.text(verdict), style), (f" {glyphs.text(words)}", "")).wrap(max(width - 2, 1))
        lines += [line((f"{sign} ", style), first), *(line("  ", text) for text in rest)]
    return lines


def table(automaton: Automaton, glyphs: Glyphs, width: int) -> list[Content]:
    """The dish in each case with its margin, beside the true rule; weathers that do not fit go into another band."""
    dishes, skies = dish_axis(automaton.roommate), weather_axis(automaton.roommate)
    names = [cut(glyphs.labelled(dishes, dish), LONGEST, glyphs) for dish in range(len(dishes.labels))]
    before = _("state") if automaton.by_state else _("yesterday")
    yesterdays = Block.of([line(""), line((before, "$muted")), *(line((name, "$yesterday")) for name in names)])
    weathers = range(len(skies.labels))
    heads = [line((cut(glyphs.labelled(skies, weather), LONGEST, glyphs), "$weather")) for weather in weathers]
    read = [Block.of([head, *cells]) for head, cells in zip(heads, _cells(automaton, names, glyphs), strict=True)]
    true = (
        [
            Block.of([head, *(line((listed([names[dish] for dish in answers], "or"), "$muted")) for answers in row)])
            for head, row in zip(heads, automaton.truth, strict=True)
        ]
        if automaton.truth is not None
        else []
    )
    size = _most_beside(read, true, width - yesterdays.width - 2 * GAP)
    bands = []
    if size:
        for at in weathers[::size]:
            bands.append([yesterdays, _headed(_(READ_OFF), beside(read[at : at + size], gap=2))])
            bands[-1] += [_headed(_(TRUE_RULE), beside(true[at : at + size], gap=2))] if true else []
    else:  # the true rule under the other
        for title, cases in ((_(READ_OFF_BRIEFLY), read), (_(TRUE_RULE), true)):
            bands += [[yesterdays, _headed(title, block)] for block in cases]
    lines: list[Content] = []
    for blocks in bands:
        lines += ([line("")] if lines else []) + [text.truncate(width) for text in beside(blocks, gap=GAP).lines]
    return lines


def _most_beside(read: Sequence[Block], true: Sequence[Block], room: int) -> int:
    """How many weathers a band may have, so that the widest of them would still fit; 0 where not even one does."""
    one, other = (max((block.width + 2 for block in blocks), default=0) for blocks in (read, true))
    fitting = [
        size
        for size in range(1, len(read) + 1)
        if max(size * one, cell_len(_(READ_OFF))) + max(size * other, cell_len(_(TRUE_RULE)) if true else 0) <= room
    ]
    return max(fitting, default=0)


def _headed(title: str, block: Block) -> Block:
    return Block.of([line((title, "$muted italic")), *block.lines])


def _cells(automaton: Automaton, names: Sequence[str], glyphs: Glyphs) -> Iterator[list[Content]]:
    """For each weather the dish of each case, its margin, and whether it is right."""
    longest = max(map(cell_len, names))
    padded = [name + " " * (longest - cell_len(name)) for name in names]
    for weather, (row, margins) in enumerate(zip(automaton.table, automaton.margin.tolist(), strict=True)):
        cells = []
        for yesterday, (dish, margin) in enumerate(zip(row, margins, strict=True)):
            sign, style, less = glyphs.right, "$right", "$muted"
            if automaton.right is None:
                sign, style = " ", "bold"
            elif automaton.is_wrong(weather, yesterday):
                sign, style, less = glyphs.wrong, "$wrong bold", "$wrong bold"
            cells.append(
                line(
                    (f"{sign} {padded[dish]} ", style),
                    ("" if math.isnan(margin) and automaton.by_state else f"{margin:.2f}", less),
                )
            )
        yield cells
