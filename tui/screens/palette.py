"""The palette: every command by name, found by its label, its keys, or other words; accents do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from textual.fuzzy import Matcher

from model.language import _
from tui.screens.pick import PickScreen
from tui.widgets.text_field import Entry

FAR_BEHIND = 0.6
"""Matches with less than this part of the best score are dropped."""


@dataclass(frozen=True)
class Choice:
    """Something that the palette can do.

    Attributes:
        title: Its name.
        hint: What else there is to say of it.
        run: Does it.
        words: Other words by which it is found.
        keys: The keys that do it, too.
    """

    title: str
    hint: str
    run: Callable[[], Awaitable[Any] | Any]
    words: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


def found(choices: Sequence[Choice], text: str) -> list[Choice]:
    """The choices that fit a text, the best first; all in their order where there is none.

    Each word of the text must be found, in the title or in another word for it, all of its letters in their order. A
    key alone finds what it does.

    Args:
        choices: All there are.
        text: As it was typed.
    """
    matchers = [Matcher(word) for word in _bare(text).split()]

    def of_word(matcher: Matcher, choice: Choice) -> float:
        title, *words = map(_bare, (choice.title, *choice.words))
        if matcher.query in (*re.findall(r"\w+", title), *words):  # better than its letters in others
            return matcher.match(matcher.query) * (3 if title.startswith(matcher.query) else 2)
        return max(map(matcher.match, (title, _bare(choice.hint), *words)))

    def score(choice: Choice) -> float:
        if text.strip() and text.strip() in choice.keys:
            return float("inf")
        scores = [of_word(matcher, choice) for matcher in matchers]
        return sum(scores) if all(scores) else 0.0

    if not matchers:
        return list(choices)
    scored = [(score(choice), choice) for choice in choices]
    finite = [points for points, _choice in scored if points < float("inf")]
    least = FAR_BEHIND * max(finite, default=0.0)
    fitting = [(points, choice) for points, choice in scored if points and points >= least]
    return [choice for _points, choice in sorted(fitting, key=lambda one: -one[0])]


def _bare(text: str) -> str:
    """Letters as people type them who search: neither capitals nor accents."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(letter for letter in unicodedata.normalize("NFD", folded) if not unicodedata.combining(letter))


class PaletteScreen(PickScreen[Choice, Choice]):
    """Gives the choice that was made, or None when the person leaves it.

    Textual's own looks for commands in a worker, which goes wrong when it is left meanwhile.

    Args:
        choices: What there is to choose from.
    """

    def __init__(self, choices: Iterable[Choice]) -> None:
        entry = Entry(placeholder=_("Search for commands"))
        super().__init__("", entry, _("Enter does it, Esc leaves it"), _("no such command"))
        self._choices = tuple(choices)

    def fitting(self, text: str) -> Sequence[Choice]:
        """The commands that fit."""
        return found(self._choices, text)

    def title_and_hint(self, thing: Choice) -> tuple[str, str]:
        """A command's title, and its group and key."""
        return thing.title, thing.hint

    def pick(self, thing: Choice | None, text: str) -> None:
        """Dismiss the palette with the chosen command."""
        if thing is not None:
            self.dismiss(thing)
