"""What a page claims to be true of: roommates and seeds."""

from __future__ import annotations

from model.course.page import (
    EVERY,
)
from model.errors import InputError
from model.language import _
from model.roommate.naming import cut
from model.roommate.parsing import listed, suggestion
from model.roommate.typed_numbers import whole_number
from model.storage.scenarios import shipped


def roommates_claimed(text: str) -> tuple[str, ...]:
    """The names of the scenarios that a page holds for."""
    names = tuple(text.replace(",", " ").split())
    for name in names:
        if name != EVERY and name not in shipped():
            known = [EVERY, *shipped()]
            raise InputError(
                _("{name!r} is no roommate that comes with the program: there are {names}.").format(
                    name=cut(name), names=listed(known)
                )
                + suggestion(cut(name), known)
            )
    return names


def seeds_claimed(text: str) -> tuple[int, ...]:
    """The seeds that a page holds for."""
    seeds = []
    for word in text.replace(",", " ").split():
        number = whole_number(word)
        if number is None or not 0 <= number < 2**32:
            raise InputError(_("{word!r} is no seed.").format(word=cut(word)))
        seeds.append(number)
    return tuple(seeds)
