"""The words of the subject that the current step needs."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from model.language import N_
from model.simulation.simulation import Simulation
from tui.rendering.block import line
from tui.text.narration import other_words, words
from tui.widgets.panel import Panel


class WordsPanel(Panel):
    """A few entries of the glossary."""

    BORDER_TITLE = N_("Words")

    DEFAULT_CSS = """
    WordsPanel { height: auto; padding: 0 1; border: round $frame; }
    """

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """Each word with its meaning, wrapped; under those of the step as many of other steps as have room."""
        lines: list[Content] = []
        for word, meaning in words(simulation):
            lines += line((word, "bold $accent"), "  ", meaning).wrap(max(width, 1))
        for word, meaning in other_words(simulation):
            more = line((word, "$muted bold"), "  ", (meaning, "$muted")).wrap(max(width, 1))
            if len(lines) + 1 + len(more) > height:
                break
            lines += [line(""), *more]
        return lines
