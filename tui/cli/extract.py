"""``roommate-tui extract``: the rule that weights follow, without a screen."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterator

from model.analysis.automaton import Automaton
from model.analysis.automaton import extract as read_off
from model.analysis.rollout import Rollout, roll_out_to_end
from model.export.automaton import as_dot, as_json, as_mermaid
from model.network.schedule import Feedback
from model.simulation.situation import Situation
from model.steps.axes import dish_axis, weather_axis
from tui.cli.options import situation_of
from tui.text.glyphs import Glyphs, for_output
from tui.text.output import need_letters, portable, write

MAX_LINES = 60
"""Lines that a drawing may have, however many the terminal shows."""


def extracted(
    situation: Situation, form: str, feedback: Feedback | None, glyphs: Glyphs, width: int
) -> Iterator[str]:
    """What the command prints.

    Args:
        situation: Whose network; the week does not matter.
        form: "text", "json", "dot" or "mermaid".
        feedback: What the network is fed of its own; None: what it was trained with.
        glyphs: Characters that the text is drawn with.
        width: Cells that the text may take.
    """
    automaton = read_off(situation.network, situation.roommate)
    if form in DRAWINGS:
        yield DRAWINGS[form](automaton)
        return
    outcome = roll_out_to_end(automaton, feedback)
    if form == "json":
        yield from portable([as_json(automaton, outcome)])
    else:
        need_letters(dish_axis(situation.roommate), weather_axis(situation.roommate))
        yield from as_text(automaton, outcome, glyphs, width)


def as_text(automaton: Automaton, outcome: Rollout, glyphs: Glyphs, width: int) -> Iterator[str]:
    """The page of the screen as plain lines."""
    from tui.rendering.extraction import extraction_page

    return (f"{text.plain.rstrip()}\n" for text in extraction_page(automaton, outcome, glyphs, width, MAX_LINES))


DRAWINGS = {"dot": as_dot, "mermaid": as_mermaid}
"""The output formats that need no rollout."""


def extract(options: argparse.Namespace) -> int:
    """Print the rule in the form that is asked for."""
    encoding = sys.stdout.encoding or "utf-8"
    glyphs = for_output(os.environ, encoding, terminal=sys.stdout.isatty())
    feedback = None if options.feedback is None else Feedback(options.feedback)
    width = min(shutil.get_terminal_size().columns, 120)
    return write(extracted(situation_of(options), options.format, feedback, glyphs, width))
