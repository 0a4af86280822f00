"""What the opening tells: who cooks, by which rule, and what each lesson is about. It needs no numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.language import N_, _, ngettext
from model.roommate.parsing import listed
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate, Sees
from model.roommate.titles import roommate_title
from model.simulation.lessons import GUESTS, LESSONS, Lesson
from tui.text.lesson_pages import lesson_page

MAX_NAMED = 6
"""Of more dishes or weathers than this the first are named, and how many more there are."""

ABOUT = {
    1: (N_("the weather decides"), N_("one matrix decides"), N_("the weather")),
    2: (N_("the output goes back in"), N_("the output goes back in: a loop"), N_("yesterday: a loop")),
    3: (N_("yesterday and the weather"), N_("three matrices, every product of them"), N_("both")),
    4: (N_("nobody sets the numbers"), N_("from random numbers to the rule"), N_("it learns")),
    5: (N_("more than the dish shows"), N_("what no dish tells"), N_("memory")),
}
"""What lessons are about: on a card, in a list, and in a few letters; others say what their page says."""

NO_MEMORY = (N_("the hidden units go back in"), N_("the hidden units go back in"), N_("hidden units"))
"""The same of lesson 5 where the dish tells all that the roommate remembers."""


@dataclass(frozen=True)
class Door:
    """A lesson as the opening has it.

    Attributes:
        lesson: Which.
        roommate: Who cooks there.
        about: What it is about, from the longest form to the shortest.
        matrices: How many matrices its network has.
        weights: How many numbers are in them.
    """

    lesson: Lesson
    roommate: Roommate
    about: tuple[str, str, str]
    matrices: int
    weights: int

    @property
    def number(self) -> int:
        """The number of the lesson."""
        return self.lesson.number

    @property
    def title(self) -> str:
        """Its title in the language in use."""
        return lesson_page(self.number)["title"]

    @property
    def size(self) -> str:
        """The size of its network in words."""
        if self.lesson.trains:
            return _("{count:,} random numbers").format(count=self.weights)
        if self.matrices == 1:
            return ngettext("{count:,} number", "{count:,} numbers", self.weights).format(count=self.weights)
        return _("{count:,} in {matrices} matrices").format(matrices=self.matrices, count=self.weights)


def doors(roommate: Roommate) -> list[Door]:
    """A door to each lesson, with the guest who cooks there in place of the lecture's roommate."""
    return [_door(lesson, roommate) for lesson in LESSONS.values()]


def _door(lesson: Lesson, roommate: Roommate) -> Door:
    guest = lesson.guest if roommate == PERFECT_ROOMMATE else ""
    roommate = GUESTS[guest].roommate if guest else roommate
    texts = NO_MEMORY if lesson.guest and roommate.memory is None else ABOUT.get(lesson.number)
    long, middle, short = map(_, texts) if texts else [lesson_page(lesson.number)["about"]] * 3
    return Door(lesson, roommate, (long, middle, short), *_size(lesson, roommate))


def _size(lesson: Lesson, roommate: Roommate) -> tuple[int, int]:
    """The matrices of a lesson's network and their numbers, as its hand-set weights have them."""
    n, k = len(roommate.dishes), len(roommate.weathers)
    match lesson.network:
        case "weather":
            return 1, n * k
        case "yesterday":
            return 1, n * n
        case "both":
            h = n * len(roommate.rules)
            return 3, h * n + h * k + n * h
    h = len(roommate.states) * len(roommate.rules)
    return 3, h * h + h * k + n * h


def story(roommate: Roommate) -> str:
    """Who cooks what."""
    dishes = listed(some(roommate.dishes), "or" if len(roommate.dishes) <= MAX_NAMED else "and")
    if roommate == PERFECT_ROOMMATE:
        return _("Your roommate cooks every day: {dishes}.").format(dishes=dishes)
    return _("The {roommate} has one of these every day: {dishes}.").format(
        roommate=roommate_title(roommate.name), dishes=dishes
    )


def some(names: Sequence[str]) -> list[str]:
    """The first of some names, and how many more there are."""
    if len(names) <= MAX_NAMED:
        return list(names)
    more = len(names) - MAX_NAMED + 1
    return [*names[: MAX_NAMED - 1], ngettext("{count} more", "{count} more", more).format(count=more)]


def rule(roommate: Roommate, *, brief: bool) -> str:
    """The rule in words, a sentence for each weather."""
    if roommate == PERFECT_ROOMMATE and not brief:
        return _("On a sunny day there is the same dish as yesterday. On a rainy day there is the next one.")
    weathers = range(len(roommate.weathers))
    sentences = [_row(roommate, weather) for weather in weathers[:MAX_NAMED]]
    if (more := len(weathers) - MAX_NAMED) > 0:
        sentences.append(ngettext("{count} weather more.", "{count} weathers more.", more).format(count=more))
    return " ".join(sentences)


def _row(roommate: Roommate, weather: int) -> str:
    row, name = roommate.transitions[weather], roommate.weathers[weather]
    name = f"{name[0].upper()}{name[1:]}"
    count = len(row)
    if roommate.memory is None:
        if list(row) == list(range(count)):
            return _("{weather}: the same as yesterday.").format(weather=name)
        if list(row) == [(dish + 1) % count for dish in range(count)]:
            return _("{weather}: the next one.").format(weather=name)
    shown = {roommate.shows[state] for state in row}
    if len(shown) == 1:
        return _("{weather}: always {dish}.").format(weather=name, dish=roommate.dishes[shown.pop()])
    if roommate.memory is not None:
        return _("{weather}: it depends on more than yesterday's dish.").format(weather=name)
    return _("{weather}: it depends on yesterday.").format(weather=name)


def promise(*, brief: bool) -> str:
    """What the lessons do."""
    if brief:
        return _("A neural network can imitate that. Every number you will see is computed.")
    return ngettext(
        "A neural network can imitate that. In {count} lesson you see its numbers set by hand, walk through every "
        "product, and watch it find such numbers by itself. Every number on the screen is one that the network "
        "really computed.",
        "A neural network can imitate that. In {count} lessons you see its numbers set by hand, walk through every "
        "product, and watch it find such numbers by itself. Every number on the screen is one that the network "
        "really computed.",
        len(LESSONS),
    ).format(count=len(LESSONS))


def brief_story(dishes: str) -> str:
    """The whole story in two short sentences.

    Args:
        dishes: Their pictures or names.
    """
    return _("Cooks {dishes} by yesterday's dish and today's weather. A network learns how.").format(dishes=dishes)


def begin() -> str:
    """How to begin; its blank is a key."""
    return _("{key} begin with lesson 1: one key is one step")


def go_on(when: str, update: int, seed: int, *, brief: bool) -> str:
    """How to go on with a run that was left; its blank is a key.

    Args:
        when: When it was left, and how.
        update: How many updates it has.
        seed: Its seed.
        brief: Whether there is little room.
    """
    if brief:
        return _("{key}: lesson 4, update {update:,}, as it was").format(key="{key}", update=update)
    sentence = _("{key} go on with lesson 4, seed {seed}, update {update:,}, {when}")
    return sentence.format(key="{key}", seed=seed, update=update, when=when)


def other_roommates(names: Sequence[str]) -> str:
    """How to open another roommate; its blank is a key."""
    return _("{key} another roommate: {names}, or one of your own").format(key="{key}", names=", ".join(names))


def weather_cases(roommate: Roommate) -> list[tuple[int, int]]:
    """Each weather with the dish that it decides, as lesson 1 has it."""
    rows = roommate.reduced(Sees.WEATHER).next_dish
    return [(weather, row[0]) for weather, row in enumerate(rows)]


def chain(roommate: Roommate, most: int) -> list[int]:
    """The dishes that follow each other from the first on, as lesson 2 has it; so many at the most."""
    following = roommate.reduced(Sees.YESTERDAY).next_dish[0]
    dishes = [0]
    while len(dishes) < most and dishes[-1] not in dishes[:-1]:
        dishes.append(following[dishes[-1]])
    return dishes


def both_case(roommate: Roommate) -> tuple[int, int, int]:
    """A case of lesson 3: the first dish, the last weather, and what they lead to."""
    return 0, len(roommate.weathers) - 1, roommate.next_dish[-1][0]


def memory_case(roommate: Roommate) -> tuple[int, int]:
    """A weather that holds for two days, and the dish of the second, as lesson 5 has it."""
    weather = len(roommate.weathers) - 1
    return weather, roommate.cook((weather, weather), 0)[-1]
