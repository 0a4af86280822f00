"""A parsed scenario file as a roommate with a start and a week, or everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from model.errors import InputError
from model.language import N_, _
from model.roommate.naming import (
    MAX_DISHES,
    MAX_STATES,
    MAX_WEATHERS,
    cut,
    fault_beside,
    name_of_file,
    problem_of_ascii_name,
    problem_of_icon,
    problem_of_name,
)
from model.roommate.parsing import MAX_DAYS, listed, parse_days, suggestion
from model.roommate.roommate import Memory, Roommate
from model.roommate.spelling import canonical, folded
from model.storage.problems import MAX_TOLD, Problems
from model.storage.toml import Document

KEYS = ("name", "dishes", "weathers", "start", "week", "states", "rule", "labels", "icons", "ascii")
WORDS = ("same", "next", "previous", "skip", "always")
MAX_BITS = 1000
"""Longer whole numbers are shown in messages by their number of digits."""

_SKIP = re.compile(r"skip (\d{1,6})", re.ASCII)
_SHIFTS = {"same": 0, "next": 1, "previous": -1}


def default_label(word: str, weather: str) -> str:
    """What a rule is called where the file does not say: its word, or the weather where it is a table."""
    plain = " ".join(word.casefold().split())
    return plain if plain in _SHIFTS or _SKIP.fullmatch(plain) else "always" if plain else weather


def read_roommate(document: Document, source: str) -> tuple[Roommate, int, tuple[int, ...] | None]:
    """Read the scenario that a parsed file describes.

    Args:
        document: The file as it was read.
        source: Its name, as the person knows it.

    Returns:
        The roommate, the start and the week, as `Scenario` has them.

    Raises:
        FileError: With all its faults.
    """
    return _Reader(document, source).everything()


class _Reader:
    """Goes through a document once; each method returns None where it has found a fault and told it."""

    def __init__(self, document: Document, source: str) -> None:
        self._document, self._content = document, document.content
        self._name_of_file = name_of_file(source)
        self._faults = Problems(source)

    def _fault(self, sentence: str, *key: str) -> None:
        self._faults.add(sentence, line=self._document.line(*key), key=".".join(key))

    def _near(self, word: str, names: Sequence[str]) -> str:
        """The nearest name, as long as what is told is read at all: looking for it takes a moment."""
        return "" if self._faults.full else suggestion(cut(word), names)

    def everything(self) -> tuple[Roommate, int, tuple[int, ...] | None]:
        for key in self._content:
            if key not in KEYS:
                self._fault(
                    _("there is no such key; there are {keys}.").format(keys=listed(KEYS)) + self._near(key, KEYS),
                    key,
                )
        name = self._name()
        dishes = self._names("dishes", 2, MAX_DISHES)
        weathers = self._names("weathers", 1, MAX_WEATHERS)
        states = self._states(dishes)
        machine = dishes if states is None else tuple(states)
        rows, labels = self._rule(weathers, machine, N_("dish") if states is None else N_("state"))
        start = self._start(machine, N_("dish") if states is None else N_("state"))
        week = self._week(weathers)
        icons, twins = self._extras("icons", dishes, weathers), self._extras("ascii", dishes, weathers)
        self._faults.raise_if_any()
        base = Roommate(
            name=name,
            dishes=dishes,
            weathers=weathers,
            next_dish=rows if states is None else ((0,) * len(dishes),) * len(weathers),
            rules=labels,
            dish_icons=_in_order(icons, dishes),
            weather_icons=_in_order(icons, weathers),
            dish_ascii=_in_order(twins, dishes),
            weather_ascii=_in_order(twins, weathers),
        )
        if states is not None:
            base = base.with_memory(Memory(machine, tuple(states.values()), rows))
        return base, start, week

    def _name(self) -> str:
        value = self._content.get("name", self._name_of_file)
        if not isinstance(value, str) or (fault := problem_of_name(canonical(value), commas=True)):
            sentence = (
                fault
                if isinstance(value, str)
                else _("{value} should be text in quotes.").format(value=_shown(value))
            )
            self._fault(sentence, "name")
            return ""
        return canonical(value)

    def _names(self, key: str, least: int, most: int) -> tuple[str, ...]:
        """A list of names; those that are none are left out, and there are none where it is no list."""
        value = self._content.get(key)
        expected = _('a list of {least} to {most} names in quotes, such as ["one", "other"]').format(
            least=least, most=most
        )
        if not isinstance(value, list):
            said = _("it is missing") if value is None else _("{value} is no list").format(value=_shown(value))
            self._fault(_("{said}: there should be {expected}.").format(said=said, expected=expected), key)
            return ()
        if not least <= len(value) <= most:
            self._fault(
                _("it has {count:,} names: there should be {expected}.").format(count=len(value), expected=expected),
                key,
            )
        names: list[str] = []
        for entry in value[:most]:
            if not isinstance(entry, str):
                self._fault(
                    _('{entry} is not a name: write it in quotes, "{entry}".').format(entry=_shown(entry)), key
                )
            elif self._good_name(name := canonical(entry), names, key):
                names.append(name)
        return tuple(names)

    def _good_name(self, name: str, names: Sequence[str], *key: str) -> bool:
        fault = problem_of_name(name) or fault_beside(name, names)
        if fault:
            self._fault(fault, *key)
        return not fault

    def _states(self, dishes: tuple[str, ...]) -> dict[str, int] | None:
        """The dish that each hidden state shows; None where there are none."""
        if "states" not in self._content:
            return None
        shown: dict[str, int] = {}
        table = self._table("states", _('a table with the dish of each state, such as dry = "bread"'))
        if not 1 <= len(table) <= MAX_STATES:
            self._fault(
                _("there should be 1 to {most} states, and there are {count:,}.").format(
                    most=MAX_STATES, count=len(table)
                ),
                "states",
            )
        for state, dish in islice(table.items(), MAX_STATES):
            index = self._find(dish, dishes, N_("dish"), "states", state)
            if self._good_name(name := canonical(state), tuple(shown), "states"):
                shown[name] = 0 if index is None else index
        return shown

    def _table(self, key: str, expected: str, *, needed: bool = False) -> dict[str, object]:
        value = self._content.get(key)
        if isinstance(value, dict):
            return value
        if value is not None or needed:
            said = _("it is missing") if value is None else _("{value} is no table").format(value=_shown(value))
            self._fault(_("{said}: there should be {expected}.").format(said=said, expected=expected), key)
        return {}

    def _find(self, value: object, names: Sequence[str], what: str, *key: str) -> int | None:
        """The index of a name; a fault where it is none. Where no names are known, nothing can be said."""
        if not isinstance(value, str):
            self._fault(
                _("{value} is no {what}: write a name in quotes.").format(value=_shown(value), what=_(what)), *key
            )
        elif names:
            index = _index(value, names)
            if index is None:
                sentence = _("{value!r} is no {what}: there are {names}.").format(
                    value=cut(value), what=_(what), names=listed(names)
                ) + self._near(value, names)
                self._fault(sentence, *key)
            return index
        return None

    def _known(self, table: Mapping[str, object], names: Sequence[str], what: str, *key: str) -> dict[str, object]:
        """The entries of a table by the names as they are spelled elsewhere; faults for all others."""
        known: dict[str, object] = {}
        for word, value in islice(table.items(), len(names) + MAX_TOLD):  # the others cannot be right, either
            index = _index(word, names)
            if index is not None and names[index] in known:
                self._fault(_("{word!r} is there twice.").format(word=word), *key)
            elif index is not None:
                known[names[index]] = value
            elif len(key) == 1 and word in KEYS:
                self._fault(
                    _("it stands below [{key}]; move it above the first [table].").format(key=key[0]), *key, word
                )
            elif names:
                there_are = _("there is no {what} {word!r}; there are {names}.").format(
                    what=_(what), word=cut(word), names=listed(names)
                )
                self._fault(f"{there_are}{self._near(word, names)}", *key, word)
        return known

    def _rule(
        self, weathers: tuple[str, ...], names: tuple[str, ...], what: str
    ) -> tuple[tuple[tuple[int, ...], ...], tuple[str, ...]]:
        """The rows of the table, and what the rules are called; of no use where there was a fault."""
        expected = _('a table with a word for each weather, such as sunny = "same"')
        table = self._known(self._table("rule", expected, needed=True), weathers, N_("weather"), "rule")
        missing = [weather for weather in weathers if weather not in table]
        if missing and isinstance(self._content.get("rule"), dict):
            self._fault(_("it says nothing about {missing}.").format(missing=listed(missing)), "rule")
        named = self._known(self._table("labels", _("a table")), weathers, N_("weather"), "labels")
        rows, labels = [], []
        for weather in weathers:
            value = table.get(weather)
            label = named.get(weather, default_label(value if isinstance(value, str) else "", weather))
            label = canonical(label) if isinstance(label, str) else label
            if not isinstance(label, str) or (fault := problem_of_name(label, commas=True)):
                sentence = (
                    fault
                    if isinstance(label, str)
                    else _("{label} should be a word or two in quotes.").format(label=_shown(label))
                )
                if weather in named:
                    self._fault(sentence, "labels", weather)
            else:
                labels.append(label)
            rows.append(self._row(weather, value, names, what) if weather in table else ())
        return tuple(rows), tuple(labels)

    def _row(self, weather: str, value: object, names: tuple[str, ...], what: str) -> tuple[int, ...]:
        if isinstance(value, str):
            return self._worded(weather, value, names, what)
        if not isinstance(value, dict):
            sentence = _('{value} is no rule: write a word, such as "same", or a table.').format(value=_shown(value))
            self._fault(sentence, "rule", weather)
            return ()
        followed = self._known(value, names, what, "rule", weather)
        missing = [name for name in names if name not in followed]
        if missing:
            self._fault(_("it does not say what follows {missing}.").format(missing=listed(missing)), "rule", weather)
        row = [self._find(today, names, what, "rule", weather, name) for name, today in followed.items()]
        order = dict(zip(followed, row, strict=True))
        return tuple(order.get(name) or 0 for name in names)

    def _worded(self, weather: str, text: str, names: tuple[str, ...], what: str) -> tuple[int, ...]:
        word, count = " ".join(text.casefold().split()), len(names)
        skip = _SKIP.fullmatch(word)
        if word in _SHIFTS or skip:
            by = int(skip[1]) if skip else _SHIFTS[word]
            return tuple((index + by) % count for index in range(count))
        always = word.startswith("always ")
        index = _index(text.strip()[len("always ") :] if always else text, names)
        if index is None and names:
            near = self._near(text.rsplit(maxsplit=1)[-1] if always else text, names if always else (*WORDS, *names))
            sentence = (
                _(
                    "{text!r} is no rule: there are same, next, previous, skip and a number, always and a "
                    "{what}, or the name of a {what}: {names}."
                ).format(text=cut(text), what=_(what), names=listed(names))
                + near
            )
            self._fault(sentence, "rule", weather)
        return (index or 0,) * count

    def _start(self, names: tuple[str, ...], what: str) -> int:
        return (self._find(self._content["start"], names, what, "start") if "start" in self._content else 0) or 0

    def _week(self, weathers: tuple[str, ...]) -> tuple[int, ...] | None:
        value = self._content.get("week")
        if value is None or not weathers:
            return None
        if isinstance(value, list) and 1 <= len(value) <= MAX_DAYS:
            found = [self._find(day, weathers, N_("weather"), "week") for day in value]
            return tuple(index or 0 for index in found)
        if isinstance(value, str) and value.strip(" ,"):
            try:
                return parse_days(
                    value,
                    weathers,
                    N_("Day {day}: {word!r} is not a weather; there are {names}."),
                    N_("Day {day}: between two commas there is no weather; there are {names}."),
                )
            except InputError as error:
                self._fault(str(error), "week")
                return None
        sentence = _('{value} is no week: write the weather of each day, such as "{week}".').format(
            value=_shown(value), week=",".join(weathers[:2])
        )
        self._fault(sentence, "week")
        return None

    def _extras(self, key: str, dishes: tuple[str, ...], weathers: tuple[str, ...]) -> dict[str, str]:
        """The pictures or plain names of dishes and weathers, by name."""
        names = (*dishes, *(weather for weather in weathers if _index(weather, dishes) is None))
        table = self._known(self._table(key, _("a table")), names, N_("dish or weather"), key)
        check = problem_of_icon if key == "icons" else problem_of_ascii_name
        for name, value in table.items():
            fault = (
                check(value)
                if isinstance(value, str)
                else _("{value} should be text in quotes.").format(value=_shown(value))
            )
            if fault:
                self._fault(fault, key, name)
        return {folded(name): value for name, value in table.items() if isinstance(value, str)}


def _index(word: str, names: Sequence[str]) -> int | None:
    """The index of a name that is written out; case does not matter."""
    wanted = folded(word)
    return next((index for index, name in enumerate(names) if folded(name) == wanted), None)


def _in_order(extras: Mapping[str, str], names: Sequence[str]) -> tuple[str, ...]:
    found = tuple(extras.get(folded(name), "") for name in names)
    return found if any(found) else ()


def _shown(value: object) -> str:
    """A value as the person wrote it, as far as a sentence has room for it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return _("a table") if isinstance(value, dict) else _("a list")
    if isinstance(value, int) and value.bit_length() > MAX_BITS:  # Python would refuse to write it
        return _("a number of some {digits:,.0f} digits").format(digits=value.bit_length() * 0.30103)
    return cut(str(value))
