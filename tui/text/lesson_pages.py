"""The pages of ``tui/text/lessons``, by headings: it loads no numpy, so that titles are shown at once."""

from __future__ import annotations

from functools import cache

from model.roommate.roommate import Roommate
from model.simulation.lessons import LESSONS
from tui.text.facts import facts
from tui.text.language import spoken, versions

EXAMPLE = " {example}"
"""What the heading of a word's example ends in."""


def lesson_page(name: int | str) -> dict[str, str]:
    """A page of ``tui/text/lessons`` by headings: for a lesson one for each step, and "title", "about" and "more".

    What is not there in the language spoken is there in English.

    Args:
        name: The lesson's number, or the name of another page.
    """
    file = f"{name}-{LESSONS[name].name}" if isinstance(name, int) else name
    return _pages(f"{file}.md", spoken())


def all_words() -> dict[str, str]:
    """The words of the subject with their meanings, in one language."""
    pages = _pages("glossary.md", spoken(), merged=False)
    return {word: meaning for word, meaning in pages.items() if not word.endswith(EXAMPLE)}


@cache
def _pages(file: str, language: str, *, merged: bool = True) -> dict[str, str]:  # noqa: ARG001 - each language has its own
    found = {}
    texts = versions("lessons", file)
    for text in texts if merged else texts[-1:]:
        for section in text.split("\n## ")[1:]:
            heading, _rest, body = section.partition("\n")
            found[heading.strip()] = " ".join(body.split())
    return found


def more(lesson: int, roommate: Roommate) -> str:
    """What a lesson is about, at length, for the roommate who cooks."""
    page = lesson_page(lesson)
    hidden = "more: hidden states" if roommate.memory is not None else "more"
    return page.get(hidden, page["more"]).format(**facts(roommate))
