"""What the roommates that come with the program are called in the language in use; others keep their names."""

from __future__ import annotations

from model.language import N_, _

NAMES = (
    N_("coffee drinker"),
    N_("counter modulo 7"),
    N_("perfect roommate"),
    N_("pie roommate"),
    N_("soup eater"),
    N_("speller of hello"),
    N_("traffic light"),
)
"""The names of those that come with the program, as files and JSON have them in every language."""


def roommate_title(name: str) -> str:
    """The name of a roommate as people read it.

    Args:
        name: As files and JSON have it.
    """
    return _(name) if name in NAMES else name
