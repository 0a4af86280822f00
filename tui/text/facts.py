"""Facts about a roommate's rule in words, which fill the blanks of lesson pages."""

from __future__ import annotations

import math

from model.language import N_, _, ngettext
from model.roommate.ambiguity import ambiguous_cases
from model.roommate.parsing import listed
from model.roommate.roommate import Roommate, Sees

NUMBER_WORDS = (
    N_("no"),
    N_("one"),
    N_("two"),
    N_("three"),
    N_("four"),
    N_("five"),
    N_("six"),
    N_("seven"),
    N_("eight"),
    N_("nine"),
    N_("ten"),
)
"""Numbers in words; translated when they are shown."""

MAX_NAMED = 4
"""Of more weathers than this only the first are named."""


def number_word(number: int) -> str:
    """A number in words, as far as there is one."""
    return _(NUMBER_WORDS[number]) if number < len(NUMBER_WORDS) else str(number)


def facts(roommate: Roommate) -> dict[str, str]:
    """What pages say of a roommate, by the names of the blanks.

    Args:
        roommate: Who cooks.
    """
    n = len(roommate.dishes)
    return {
        "dishes": ngettext("{number} dish", "{number} dishes", n).format(number=number_word(n)),
        "guessing": f"{math.log(n):.2f}",
        "weather_rule": _weather_rule(roommate),
        "order": _order(roommate),
        "example": _example(roommate),
        "remembers": _remembers(roommate),
    }


def goes_round(following: tuple[int, ...]) -> bool:
    """Whether dishes follow each other in a circle that has all of them in it.

    Args:
        following: The dish that follows each, as indices.
    """
    dish, seen = 0, set[int]()
    while dish not in seen:
        seen.add(dish)
        dish = following[dish]
    return dish == 0 and len(seen) == len(following)


def _some(cases: list[str]) -> str:
    """A list of things, cut after a few with the number of the others."""
    if len(cases) > MAX_NAMED:
        more = len(cases) - MAX_NAMED + 1
        cases = [*cases[: MAX_NAMED - 1], ngettext("{count} more", "{count} more", more).format(count=more)]
    return listed(cases)


def _weather_rule(roommate: Roommate) -> str:
    rows = roommate.reduced(Sees.WEATHER).next_dish
    pairs = zip(roommate.weathers, rows, strict=True)
    return _some(
        [_("{weather}: {dish}").format(weather=weather, dish=roommate.dishes[row[0]]) for weather, row in pairs]
    )


def _order(roommate: Roommate) -> str:
    following = roommate.reduced(Sees.YESTERDAY).next_dish[0]
    if len(set(following)) == 1:
        return _("every day it is {dish}").format(dish=roommate.dishes[following[0]])
    if goes_round(following):
        return _("the dishes follow each other in a circle")
    return _("after each dish comes always the same one")


def _example(roommate: Roommate) -> str:
    """A dish of yesterday after which the weather matters, if there is one, and what each weather makes of it."""
    columns = list(zip(*roommate.next_dish, strict=True))
    yesterday = next((dish for dish, column in enumerate(columns) if len(set(column)) > 1), 0)
    pairs = zip(roommate.weathers, columns[yesterday], strict=True)
    cases = [_("{weather}: {dish}").format(weather=weather, dish=roommate.dishes[dish]) for weather, dish in pairs]
    return _("after {dish}, {cases}").format(dish=roommate.dishes[yesterday], cases=_some(cases))


def _remembers(roommate: Roommate) -> str:
    """Whether the dish of yesterday tells all that the roommate remembers."""
    if roommate.memory is None:
        return _("This one does not: the dish tells everything, and so the state is the dish, the simplest case.")
    undecided = ambiguous_cases(roommate)
    if not undecided:
        return _("This one has hidden states, but the dish tells all of them that matters.")
    weather, dish = undecided[0]
    shows = roommate.shows
    row = roommate.transitions[weather]
    after = sorted({shows[row[state]] for state in range(len(row)) if shows[state] == dish})
    return _(
        "This one does: after {dish}, when it is {weather}, it is now {one}, now {other}. No network that gets only "
        "the dish back can know which."
    ).format(
        dish=roommate.dishes[dish],
        weather=roommate.weathers[weather],
        one=roommate.dishes[after[0]],
        other=roommate.dishes[after[1]],
    )
