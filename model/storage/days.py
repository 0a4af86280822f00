"""The days of a diary as people and programs write them: numbers, dates in many forms, names of days.

How dates are to be read is decided for a column as a whole: one 31/3/2024 says where the month stands in all of them.
Where nothing in it says so, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from model.language import _
from model.roommate.diary import DATES, NAMES, NUMBERS
from model.roommate.naming import cut
from model.roommate.parsing import find, listed
from model.roommate.roommate import DAY_NAMES
from model.roommate.spelling import canonical
from model.roommate.typed_numbers import whole_number, with_plain_signs

MONTHS = (
    ("january", "januar"), ("february", "februar"), ("march", "märz", "maerz", "mrz"), ("april",), ("may", "mai"),
    ("june", "juni"), ("july", "juli"), ("august",), ("september", "sept"), ("october", "oktober"), ("november",),
    ("december", "dezember"),
)  # fmt: skip
"""English and German; the first three letters will do."""

GERMAN_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")

PATTERNS = {"y": "y", "j": "y", "m": "m", "d": "d", "t": "d"}
"""The letters of patterns such as dd/mm/yyyy or TT.MM.JJJJ, and what they mean."""

_TIME = re.compile(
    r"(?:,?\s+|\s*T)(?:[01]?\d|2[0-4])[:.][0-5]\d(?:[:.][0-5]\d(?:[.,]\d{1,9})?)?(?:\s*[ap]\.?m\.?)?"
    r"\s*(?:Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)
_NUMBER = re.compile(r"([+-]?\d{1,9})(?:[.,]00?)?", re.ASCII)  # 1,000 may be a thousand
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[.,]00?)?", re.ASCII)
_PARTS = re.compile(r"(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})", re.ASCII)
_NAMED = re.compile(r"(\d{1,4})(?:st|nd|rd|th)?[\s./-]{0,3}([^\W\d_]{3,10})[\s.,/-]{0,3}(\d{1,4})", re.IGNORECASE)
_AMERICAN = re.compile(r"([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_WEEKDAY = re.compile(r"([^\W\d_]{2,10})\.?,?\s+(?=.*\d)")


@dataclass(frozen=True)
class Written:
    """A date as three parts, whose order may be known from itself or only from its whole column.

    Attributes:
        parts: Its numbers as they stand there; a month that was written as a word is its number.
        orders: The orders in which they may stand, such as "dmy"; the first is the usual one where `usual` says so.
        usual: Whether nothing but stronger evidence speaks against the first order, as between full stops.
        weekday: The day of the week that stands beside it, from Monday = 0; None where none does.
    """

    parts: tuple[str, str, str]
    orders: tuple[str, ...]
    usual: bool = False
    weekday: int | None = None

    def day(self, order: str) -> int | None:
        """The day as a number, read in an order; None where there is no such day."""
        year, month, day = (self.parts[order.index(letter)] for letter in "ymd")
        if len(year) == 3 or len(year) == 1 or len(month) > 2 or len(day) > 2:
            return None
        full = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 70 else 1900)
        try:
            found = date(full, int(month), int(day))
        except ValueError:
            return None
        return found.toordinal() if self.weekday in {None, found.weekday()} else None


def written(label: str) -> Written | None:
    """A date as it is written, its time and its time zone left out; None where it is none."""
    weekday = None
    if (prefix := _WEEKDAY.match(label)) and (named := _weekday(prefix[1])) is not None:
        weekday, label = named, label[prefix.end() :]
    if (time := _TIME.search(label)) and time.end() == len(label):
        label = label[: time.start()]
    if compact := _COMPACT.fullmatch(label):
        return Written((compact[1], compact[2], compact[3]), ("ymd",), weekday=weekday)
    if american := _AMERICAN.fullmatch(label):
        month = _month(american[1])
        return Written((month, american[2], american[3]), ("mdy",), weekday=weekday) if month else None
    if named_month := _NAMED.fullmatch(label):
        month = _month(named_month[2])
        if month is None:
            return None
        first, last = named_month[1], named_month[3]
        orders: tuple[str, ...] = ("ymd",) if len(first) == 4 else ("dmy",)
        orders = (*orders, "ymd") if max(len(first), len(last)) < 4 else orders
        return Written((first, month, last), orders, usual=True, weekday=weekday)
    if numeric := _PARTS.fullmatch(label):
        first, sign, middle, last = numeric.groups()
        orders = ("dmy",) if sign == "." else ("dmy", "mdy")
        orders = ("ymd",) if len(first) == 4 else orders if len(last) == 4 else (*orders, "ymd")
        return Written((first, middle, last), orders, usual=sign == ".", weekday=weekday)
    return None


def _weekday(word: str) -> int | None:
    for names in (DAY_NAMES, GERMAN_DAYS):
        if (found := find(word, names)) is not None:
            return found
    return None


def _month(word: str) -> str | None:
    """The number of a month that is named, by its beginning at least."""
    folded = canonical(word).casefold()
    found = [n for n, names in enumerate(MONTHS, 1) if any(name.startswith(folded[:10]) for name in names)]
    return f"{found[0]:02}" if len(found) == 1 else None


def order_of_pattern(text: str) -> str | None:
    """The order that a pattern tells, such as dd/mm/yyyy or TT.MM.JJJJ; None where it is none."""
    letters = re.sub(r"[^a-z]", "", text.casefold().partition("hh")[0].partition(":")[0])
    order = "".join(dict.fromkeys(PATTERNS.get(letter, "?") for letter in letters))
    return order if sorted(order) == ["d", "m", "y"] else None


class Calendar:
    """How the days of one column are to be read.

    Args:
        labels: All of them.
        order: The order in which the file itself says that dates stand; None where it says nothing.

    Attributes:
        question: What must be asked before its dates can be read; nothing where all is clear.
    """

    def __init__(self, labels: Iterable[str], order: str | None = None) -> None:
        self.question = ""
        texts = dict.fromkeys(map(_plain, labels))
        self._compact = not any(_NUMBER.fullmatch(text) and not _COMPACT.fullmatch(text) for text in texts) and any(
            _in_our_time(found) for text in texts if _COMPACT.fullmatch(text) and (found := written(text))
        )
        dates = [(text, found) for text in texts if not _NUMBER.fullmatch(text) and (found := written(text))]
        self._order = self._decide([(text, found) for text, found in dates if len(found.orders) > 1], order)

    def _decide(self, open_dates: Sequence[tuple[str, Written]], order: str | None) -> str | None:
        """The order of the dates that do not tell it by themselves; None where there are none, or it is unclear."""
        if not open_dates or order:
            return order
        orders = [
            order for order in ("dmy", "mdy", "ymd") if all(order in found.orders for _text, found in open_dates)
        ]
        days = {order: [found.day(order) for _text, found in open_dates] for order in orders}
        wrong = {order: column.count(None) for order, column in days.items()}
        fitting = [order for order in orders if wrong[order] == min(wrong.values())]
        if len(fitting) > 1 and all(found.usual for _text, found in open_dates):
            following = {order: _following(days[order]) for order in fitting}
            fitting = [order for order in fitting if following[order] == max(following.values())][:1]
        if len(fitting) == 1:
            return fitting[0]
        label, found = open_dates[0]
        readings = [date.fromordinal(day).isoformat() for order in fitting if (day := found.day(order)) is not None]
        sentence = (
            _(
                "in no date of the column can day and month be told apart: {label} may be {readings}. Write dates as "
                "2024-03-31, or say how they are written in a line of its own below the names of the columns: "
                "dd/mm/yyyy or mm/dd/yyyy."
            )
            if readings
            else _(
                "in no date of the column can day and month be told apart: of {label}. Write dates as 2024-03-31, or "
                "say how they are written in a line of its own below the names of the columns: dd/mm/yyyy or "
                "mm/dd/yyyy."
            )
        )
        self.question = sentence.format(label=cut(label), readings=listed(readings, "or"))
        return None

    def read(self, label: str) -> tuple[str, int] | str:
        """How a day is told, and the day as a number; or what is wrong with it."""
        plain = _plain(label)
        number = _NUMBER.fullmatch(plain)
        if number and not (self._compact and _COMPACT.fullmatch(plain)):
            return NUMBERS, int(whole_number(number[1]) or 0)
        if found := written(plain):
            order = self._order if len(found.orders) > 1 else found.orders[0]
            day = found.day(order) if order else None
            if day is None and order and found.weekday is not None and Written(found.parts, (order,)).day(order):
                return _("there is no day {label}: it is another day of the week.").format(label=cut(label))
            return _("there is no day {label}.").format(label=cut(label)) if day is None else (DATES, day)
        index = find(label, DAY_NAMES)
        if index is None:
            return _("{label!r} is no day: write a number, a date such as 2024-05-17, or the name of a day.").format(
                label=cut(label)
            )
        return NAMES, index


def _plain(label: str) -> str:
    return with_plain_signs(canonical(label))


def _in_our_time(found: Written) -> bool:
    """Whether eight digits are a date that a person may have lived, and not only a number."""
    return "1900" <= found.parts[0] < "2200" and found.day("ymd") is not None


def _following(days: Sequence[int | None]) -> int:
    """How many days are the next one of that before."""
    return sum(1 for one, two in pairwise(days) if one is not None and two == one + 1)
