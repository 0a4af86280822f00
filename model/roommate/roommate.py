"""The roommate: a finite-state machine over dishes, driven by the weather."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Flag, auto
from functools import lru_cache

from model.errors import InputError
from model.language import N_, _, pgettext
from model.roommate.spelling import folded

DAY_NAMES = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
"""The days as files and JSON have them, in every language."""

SHORT_DAY_NAMES = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
"""The short names of the days as files and JSON have them, in every language."""


def day_label(day: int) -> str:
    """The name of a day as files and JSON have it; counted from Monday = 0, after Sunday comes Monday again."""
    return DAY_NAMES[day % len(DAY_NAMES)]


def day_name(day: int) -> str:
    """The name of a day in the language in use."""
    return _(day_label(day))


def day_within(name: str) -> str:
    """The name of a day as it stands within a sentence: only some languages write it with a capital there."""
    small = pgettext("the first letter of a day within a sentence", "capital") != "capital"
    return name[:1].lower() + name[1:] if small else name


def is_within(text: str) -> bool:
    """Whether what follows a text stands within a sentence, and does not begin one."""
    before = text.rstrip()
    return bool(before) and not before.endswith((".", "?", "!"))


def day_in(sentence: str, day: int) -> str:
    """The name of a day for the blank ``{day}`` of a sentence."""
    name = day_name(day)
    return day_within(name) if is_within(sentence.partition("{day}")[0]) else name


def short_day_name(day: int) -> str:
    """The short name of a day in the language in use: three letters, in English."""
    return _(SHORT_DAY_NAMES[day % len(SHORT_DAY_NAMES)])


def briefest_day_name(day: int) -> str:
    """The name of a day in two letters that no other day has: the first two, or the first and one that differs."""
    return _in_two_letters(tuple(map(short_day_name, range(len(SHORT_DAY_NAMES)))))[day % len(SHORT_DAY_NAMES)]


@lru_cache
def _in_two_letters(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names in two letters each, or their numbers where two letters cannot tell them apart."""
    found = []
    for name in names:
        same = [other for other in names if other != name and other[:2] == name[:2]]
        differs = (at for at, letter in enumerate(name) if all(other[at : at + 1] != letter for other in same))
        found.append(name[0] + name[max(next(differs, 1), 1)])
    return tuple(found) if len(set(found)) == len(names) else tuple(str(at + 1) for at in range(len(names)))


class Sees(Flag):
    """What whoever imitates a roommate can go by."""

    YESTERDAY = auto()
    WEATHER = auto()


@dataclass(frozen=True)
class Memory:
    """What a roommate remembers beyond yesterday's dish: the states of a Moore machine.

    Attributes:
        states: Names of the s states.
        shows: The dish that each state shows, as an index; several states may show the same.
        next_state: ``next_state[weather][state]`` is today's state; k rows of s indices.
    """

    states: tuple[str, ...]
    shows: tuple[int, ...]
    next_state: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Roommate:
    """A roommate who cooks one dish a day, by a rule that is a table.

    Most roommates go by yesterday's dish and today's weather alone. One with a memory has hidden states as well;
    `next_dish` is then only the best that can be said from the dishes, and `states`, `shows` and `transitions` tell
    the rule itself. Without a memory these three are the dishes, each of them showing itself, and `next_dish`.

    Attributes:
        name: What the roommate is called.
        dishes: Names of the n dishes.
        weathers: Names of the k weathers.
        next_dish: The transition table: ``next_dish[weather][yesterday]`` is today's dish; k rows of n indices.
        rules: One or two words for each weather's row of the table ("same", "next day"): they label the blocks
            of hidden units that the hand-set network keeps for that row.
        dish_icons: A picture for each dish, one code point two cells wide, or nothing.
        weather_icons: A picture for each weather, likewise.
        memory: The hidden states, if there are any.
        dish_ascii: What each dish is called where only seven bits can be drawn, or nothing.
        weather_ascii: Likewise each weather.

    Raises:
        InputError: The tables do not fit the names, or a name is empty or occurs twice.
    """

    name: str
    dishes: tuple[str, ...]
    weathers: tuple[str, ...]
    next_dish: tuple[tuple[int, ...], ...]
    rules: tuple[str, ...]
    dish_icons: tuple[str, ...] = ()
    weather_icons: tuple[str, ...] = ()
    memory: Memory | None = None
    dish_ascii: tuple[str, ...] = ()
    weather_ascii: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        named = [("dish", self.dishes), ("weather", self.weathers)]
        for what, names in named + ([("state", self.memory.states)] if self.memory else []):
            if not names or not all(names):
                raise InputError(
                    _("{name}: every {what} needs a name, and there must be at least one.").format(
                        name=self.name, what=what
                    )
                )
            if len({*map(folded, names)}) < len(names):
                raise InputError(
                    _("{name}: the same {what} is named twice among {names}.").format(
                        name=self.name, what=what, names=", ".join(names)
                    )
                )
        for names, extras in (
            (self.dishes, (self.dish_icons, self.dish_ascii)),
            (self.weathers, (self.weather_icons, self.weather_ascii)),
        ):
            if any(extra and len(extra) != len(names) for extra in extras):
                raise InputError(
                    _("{name}: {names} need a picture and a plain name each, or none.").format(
                        name=self.name, names=", ".join(names)
                    )
                )
        n = len(self.dishes)
        if len(self.next_dish) != len(self.weathers) or len(self.rules) != len(self.weathers):
            raise InputError(
                _("{name}: the table and its rules need a row for each of {weathers} weathers.").format(
                    name=self.name, weathers=len(self.weathers)
                )
            )
        for weather, row in zip(self.weathers, self.next_dish, strict=True):
            if len(row) != n or not all(0 <= dish < n for dish in row):
                raise InputError(
                    _(
                        "{name}: when it is {weather}, the table needs one of dishes 0 to {last} after each of "
                        "{dishes} dishes, and has {row}."
                    ).format(name=self.name, weather=weather, last=n - 1, dishes=n, row=list(row))
                )
        if self.memory is not None:
            self._check(self.memory)

    def _check(self, memory: Memory) -> None:
        n, states = len(self.dishes), len(memory.states)
        if len(memory.shows) != states or not all(0 <= dish < n for dish in memory.shows):
            raise InputError(
                _("{name}: each of {states} states must show one of dishes 0 to {last}.").format(
                    name=self.name, states=states, last=n - 1
                )
            )
        rows = memory.next_state
        if len(rows) != len(self.weathers) or any(
            len(row) != states or not all(0 <= state < states for state in row) for row in rows
        ):
            raise InputError(
                _(
                    "{name}: for each of {weathers} weathers, one of states 0 to {last} must follow each of "
                    "{states} states."
                ).format(name=self.name, weathers=len(self.weathers), last=states - 1, states=states)
            )

    def with_memory(self, memory: Memory) -> Roommate:
        """The same names with hidden states; `next_dish` becomes the best rule that looks at dishes only.

        Raises:
            InputError: The memory does not fit.
        """
        checked = replace(self, memory=memory)
        return replace(checked, next_dish=_best_without(memory, len(self.dishes)))

    @property
    def states(self) -> tuple[str, ...]:
        """The names of all that can be remembered from one day to the next."""
        return self.memory.states if self.memory else self.dishes

    @property
    def shows(self) -> tuple[int, ...]:
        """The dish that each state shows, as an index."""
        return self.memory.shows if self.memory else tuple(range(len(self.dishes)))

    @property
    def transitions(self) -> tuple[tuple[int, ...], ...]:
        """The rule: ``transitions[weather][state]`` is today's state."""
        return self.memory.next_state if self.memory else self.next_dish

    def cook(self, week: tuple[int, ...], start: int) -> tuple[int, ...]:
        """The dishes of a week by the rule itself, no network involved.

        Args:
            week: The weather of each day, as indices.
            start: The state before the first day; without a memory, the dish of that day.

        Returns:
            The dish of each day, as indices.
        """
        return tuple(self.shows[state] for state in self.live(week, start))

    def live(self, week: tuple[int, ...], start: int) -> tuple[int, ...]:
        """The states of a week; arguments as for `cook`."""
        states, state = [], start
        for weather in week:
            state = self.transitions[weather][state]
            states.append(state)
        return tuple(states)

    def reduced(self, sees: Sees) -> Roommate:
        """The roommate as whoever sees only so much can know them.

        Without yesterday every day is cooked as if the first dish had come before; without the weather, as in the
        last weather. For the lecture's roommate these are its first two systems: sunny → pasta, rainy → burger; and
        pasta → burger → salad → pasta.
        """
        if sees is Sees.YESTERDAY | Sees.WEATHER:
            return self
        if sees is Sees.WEATHER:
            table = tuple((row[0],) * len(self.dishes) for row in self.next_dish)
        else:
            table = (self.next_dish[-1],) * len(self.weathers)
        return replace(self, next_dish=table, memory=None)


def _best_without(memory: Memory, dishes: int) -> tuple[tuple[int, ...], ...]:
    """The table next_dish that is right most often when every weather is as likely as any other.

    How often the machine is in each state is found by letting it run: 256 days from each state at once. A state
    that it is in on no later day counts a little all the same: one can start from it.
    """
    states, k = range(len(memory.states)), len(memory.next_state)
    now, often = [1.0] * len(states), [1e-6] * len(states)
    for _day in range(256):
        following = [0.0] * len(states)
        for row in memory.next_state:
            for state in states:
                following[row[state]] += now[state] / k
        now = following
        often = [total + more for total, more in zip(often, now, strict=True)]
    table = []
    for row in memory.next_state:
        votes = [[0.0] * dishes for _yesterday in range(dishes)]
        for state in states:
            votes[memory.shows[state]][memory.shows[row[state]]] += often[state]
        table.append(tuple(vote.index(max(vote)) for vote in votes))
    return tuple(table)


PERFECT_ROOMMATE = Roommate(
    name="perfect roommate",
    dishes=("pasta", "burger", "salad"),
    weathers=("sunny", "rainy"),
    next_dish=((0, 1, 2), (1, 2, 0)),
    rules=("same", "next day"),
    dish_icons=("🍝", "🍔", "🥗"),
    weather_icons=("🌞", "☔"),
)
"""The lecture's roommate: sunny, the same dish as yesterday; rainy, the next one."""

LECTURE_WEEK = (0, 1, 0, 1, 0, 1)
"""Monday to Saturday, sun and rain by turns.

The slides' weather icons are lost; after pasta this week meets each of the six cases (yesterday × weather) once.
"""
