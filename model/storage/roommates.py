"""A roommate inside a JSON file, checked as one from a scenario is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn

from model.language import N_, _
from model.roommate.naming import (
    MAX_DISHES,
    MAX_STATES,
    MAX_WEATHERS,
    cut,
    fault_beside,
    fault_of_letters,
    problem_of_ascii_name,
    problem_of_icon,
    problem_of_name,
)
from model.roommate.roommate import Memory, Roommate
from model.roommate.spelling import canonical


def roommate_in(about: Mapping[str, object], blame: Callable[[str], NoReturn]) -> Roommate:
    """The roommate that a file describes."""
    try:
        if not isinstance(about["name"], str):
            raise TypeError("name")
        named = {name: _texts(about[name], name) for name in ("dishes", "weathers", "rules")}
        extras = {
            name: _texts(about.get(name) or [], name)
            for name in ("dish_icons", "weather_icons", "dish_ascii", "weather_ascii")
        }
        memory = None if about.get("memory") is None else _memory_in(about["memory"])
        name, table = canonical(about["name"]), _rows(about["next_dish"])
        if fault := _fault_of(name, named, extras, memory):
            blame(_('its "roommate" cannot be: {fault}').format(fault=fault))
        roommate = Roommate(
            name=name,
            dishes=named["dishes"],
            weathers=named["weathers"],
            next_dish=table,
            rules=named["rules"],
            dish_icons=extras["dish_icons"],
            weather_icons=extras["weather_icons"],
            dish_ascii=extras["dish_ascii"],
            weather_ascii=extras["weather_ascii"],
        )
        return roommate if memory is None else roommate.with_memory(memory)
    except KeyError as error:
        blame(_('its "roommate" is not complete: {name} is missing').format(name=error.args[0]))
    except TypeError as error:
        blame(_('its "roommate" cannot be: {name} is not of the right kind').format(name=cut(str(error))))


def _texts(value: object, name: str) -> tuple[str, ...]:
    """Names, each in its one spelling."""
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise TypeError(name)
    return tuple(map(canonical, value))


def _rows(value: object, name: str = "next_dish") -> tuple[tuple[int, ...], ...]:
    """The rows of a table of whole numbers."""
    if not isinstance(value, list):
        raise TypeError(name)
    return tuple(_numbers(row, name) for row in value)


def _numbers(value: object, name: str) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(type(number) is int for number in value):
        raise TypeError(name)
    return tuple(value)


def _fault_of(
    name: str,
    named: Mapping[str, tuple[str, ...]],
    extras: Mapping[str, tuple[str, ...]],
    memory: Memory | None,
) -> str:
    """What a roommate has that no scenario can have, or nothing: people may have written the file, or worse.

    Args:
        name: What the roommate is called.
        named: The names of dishes, weathers and rules.
        extras: Pictures and plain names.
        memory: The hidden states.
    """
    states = memory.states if memory else ()
    counted = (
        (N_("it has {count:,} dishes, and there can be {most}"), named["dishes"], MAX_DISHES),
        (N_("it has {count:,} weathers, and there can be {most}"), named["weathers"], MAX_WEATHERS),
        (N_("it has {count:,} states, and there can be {most}"), states, MAX_STATES),
    )
    for sentence, names, most in counted:
        if len(names) > most:
            return _(sentence).format(count=len(names), most=most)
    faults = [
        *(problem_of_name(each, commas=True) for names in (*named.values(), states) for each in names),
        *(fault_beside(each, names[:at]) for _sentence, names, _most in counted for at, each in enumerate(names)),
        *(problem_of_icon(icon) for key in ("dish_icons", "weather_icons") for icon in extras[key] if icon),
        *(problem_of_ascii_name(twin) for key in ("dish_ascii", "weather_ascii") for twin in extras[key] if twin),
        fault_of_letters(name, _("its name")),
    ]
    return next((fault.rstrip(".") for fault in faults if fault), "")


def _memory_in(about: object) -> Memory:
    if not isinstance(about, dict):
        raise TypeError("memory")
    return Memory(
        states=_texts(about["states"], "states"),
        shows=_numbers(about["shows"], "shows"),
        next_state=_rows(about["next_state"], "next_state"),
    )
