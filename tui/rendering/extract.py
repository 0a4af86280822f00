"""What weights were found to follow: the table read off them beside the true rule, and the verdicts in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from model.automaton import Automaton, Endurance, Stray
from model.network import Feedback
from model.trace import dish_axis, weather_axis
from tui.rendering.automaton import cut, drawing
from tui.rendering.blocks import Block, beside, line
from tui.rendering.glyphs import Glyphs

LONGEST = 18
"""Cells of a name in the table at the most."""

FEEDBACK = {
    Feedback.SOFT: "Soft feedback: it was fed the probabilities themselves.",
    Feedback.HARD: "Hard feedback: it was fed the dish chosen, one-hot, and so met only these cases.",
}
"""What a network was fed of its own, in words."""


def page(automaton: Automaton, outcome: Endurance, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """Everything: whose weights, the verdicts, the drawing, the table.

    Args:
        automaton: What was read off.
        outcome: How far the network has lived on its own output.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines in sight; the page may have more.
    """
    origin = line(("weights: ", "$muted"), (automaton.network.origin, "bold"))
    head = [origin, *verdicts(automaton, outcome, glyphs, width), line("")]
    told = table(automaton, glyphs, width)
    drawn = drawing(automaton, glyphs, width, max(height - len(head) - 1, 14))
    return [*head, *drawn, line(""), *told]


def verdicts(automaton: Automaton, outcome: Endurance, glyphs: Glyphs, width: int) -> list[Content]:
    """Whether the table is the rule, and whether the network stays true to the table; a paragraph each."""
    signs = {
        True: (glyphs.right, "$right bold"),
        False: (glyphs.wrong, "$wrong bold"),
        None: (glyphs.unknown, "$muted bold"),
    }
    lines = []
    for fine, verdict, words in (_rule(automaton), _days(automaton, outcome, glyphs)):
        sign, style = signs[fine]
        first, *rest = line((verdict, style), (f" {words}", "")).wrap(max(width - 2, 1))
        lines += [line((f"{sign} ", style), first), *(line("  ", text) for text in rest)]
    return lines


Told = tuple[bool | None, str, str]
"""Whether something is as it should be, if that is known; the verdict; and what there is to say about it."""


def _rule(automaton: Automaton) -> Told:
    cases, roommate = automaton.margin.size, automaton.roommate
    weather, yesterday = automaton.closest
    margin = float(automaton.margin[weather, yesterday])
    least = f"The smallest margin is {margin:.2f}, {roommate.weathers[weather]} after {roommate.dishes[yesterday]}."
    if not math.isfinite(margin):
        least = "The weights are so large that some of its numbers are not finite."
    if automaton.right is None:
        return None, "The true rule is not known.", least
    if automaton.matches_rule:
        return True, f"It follows the rule in all {cases} cases.", least
    if automaton.truth is not None and any(len(dishes) > 1 for row in automaton.truth for dishes in row):
        least = f"The rule needs more memory than yesterday's dish, and no such table has that. {least}"
    return False, f"It follows the rule in {int(automaton.right.sum())} of {cases} cases.", least


def _days(automaton: Automaton, outcome: Endurance, glyphs: Glyphs) -> Told:
    fed = FEEDBACK[outcome.feedback]
    if outcome.stray is not None:
        verdict = f"Fed its own output, it strays from this table on day {outcome.stray.day:,}."
        return False, verdict, f"{_told(automaton, outcome.stray)} {fed}"
    if not outcome.over:
        return (
            None,
            "Fed its own output, it is true to this table so far:",
            (f"day {outcome.days:,} of {outcome.asked:,} {glyphs.more}"),
        )
    return True, f"Fed its own output for {outcome.days:,} days, it stays true to this table.", fed


def _told(automaton: Automaton, stray: Stray) -> str:
    dishes, weathers = automaton.roommate.dishes, automaton.roommate.weathers
    return (
        f"Started with {dishes[stray.start]}; {weathers[stray.weather]} after {dishes[stray.yesterday]}: it chooses "
        f"{dishes[stray.dish]}, its table says {dishes[stray.expected]}."
    )


def table(automaton: Automaton, glyphs: Glyphs, width: int) -> list[Content]:
    """The dish in each case with its margin, beside the true rule; weathers that do not fit go into another band."""
    weathers = range(len(automaton.roommate.weathers))
    for size in range(len(weathers), 0, -1):
        bands = [_band(automaton, weathers[at : at + size], glyphs) for at in weathers[::size]]
        if size == 1 or max(band.width for band in bands) <= width:
            break
    lines: list[Content] = []
    for band in bands:
        lines += ([line("")] if lines else []) + [text.truncate(width) for text in band.lines]
    return lines


def _band(automaton: Automaton, weathers: Sequence[int], glyphs: Glyphs) -> Block:
    """Some weathers of the table: a column of yesterdays, those of the network, those of the rule."""
    dishes, skies = dish_axis(automaton.roommate), weather_axis(automaton.roommate)
    names = [cut(glyphs.labelled(dishes, dish), LONGEST, glyphs) for dish in range(len(dishes.labels))]
    heads = [line((cut(glyphs.labelled(skies, weather), LONGEST, glyphs), "$weather")) for weather in weathers]
    yesterdays = Block.of([line(""), line(("yesterday", "$muted")), *(line((name, "$yesterday")) for name in names)])
    found = beside(
        [
            Block.of([head, *(_cell(automaton, weather, dish, names, glyphs) for dish in range(len(names)))])
            for weather, head in zip(weathers, heads, strict=True)
        ],
        gap=2,
    )
    blocks = [yesterdays, _headed("read off the weights, with margins", found)]
    if automaton.truth is not None:
        true = beside(
            [
                Block.of([head, *(line((" or ".join(names[d] for d in answers), "$muted")) for answers in row)])
                for head, row in zip(heads, (automaton.truth[weather] for weather in weathers), strict=True)
            ],
            gap=2,
        )
        blocks.append(_headed("the true rule", true))
    return beside(blocks, gap=3)


def _headed(title: str, block: Block) -> Block:
    return Block.of([line((title, "$muted italic")), *block.lines])


def _cell(automaton: Automaton, weather: int, yesterday: int, names: Sequence[str], glyphs: Glyphs) -> Content:
    """The dish of a case, its margin, and whether it is right."""
    dish, margin = names[automaton.table[weather][yesterday]], f"{automaton.margin[weather, yesterday]:.2f}"
    dish += " " * (max(map(cell_len, names)) - cell_len(dish))
    if automaton.right is None:
        return line((f"{dish} ", "bold"), (margin, "$muted"))
    wrong = automaton.is_wrong(weather, yesterday)
    sign, style = (glyphs.wrong, "$wrong bold") if wrong else (glyphs.right, "$right")
    return line((f"{sign} {dish} ", style), (margin, style if wrong else "$muted"))
