"""A diary in any dialect of CSV reads to the same diary, or a sentence says why it cannot; never to another one."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.errors import FileError
from model.roommate.diary import DATES, NUMBERS, Diary
from model.storage.days import Calendar, order_of_pattern
from model.storage.diaries import read_diary

NAMES = (
    "pasta", "crème brûlée", "Mum's pie", "12\" sub", "قورمه\u200cسبزی", "रोटी", "ผัดไทย", "寿司", "김치 찌개", "🍝",
    "🇮🇹", "Smørrebrød", "a-b", "1", "na ja",
)  # fmt: skip

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip

DATE_FORMS: dict[str, Callable[[date], str]] = {
    "iso": date.isoformat,
    "pandas": lambda day: f"{day} 00:00:00",
    "iso with a zone": lambda day: f"{day}T00:00:00+02:00",
    "utc": lambda day: f"{day}T00:00:00.000Z",
    "compact": lambda day: f"{day:%Y%m%d}",
    "compact float": lambda day: f"{day:%Y%m%d}.0",
    "slashes": lambda day: f"{day:%Y/%m/%d}",
    "german": lambda day: f"{day:%d.%m.%Y}",
    "german short": lambda day: f"{day.day}.{day.month}.{day.year}",
    "german with a day": lambda day: f"{('Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So')[day.weekday()]}, {day:%d.%m.%Y}",
    "german in words": lambda day: f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
    "american": lambda day: f"{day.month}/{day.day}/{day.year}",
    "american padded": lambda day: f"{day:%m/%d/%Y}",
    "american with a time": lambda day: f"{day.month}/{day.day}/{day.year} 12:00:00 AM",
    "american in words": lambda day: f"{day:%B} {day.day}, {day.year}",
    "american in all words": lambda day: f"{day:%A}, {day:%B} {day.day}, {day.year}",
    "british": lambda day: f"{day:%d/%m/%Y}",
    "dashes": lambda day: f"{day:%d-%m-%Y}",
    "excel": lambda day: f"{day:%d-%b-%y}",
    "excel long": lambda day: f"{day:%d-%b-%Y}",
    "two digits": lambda day: f"{day:%d.%m.%y}",
    "two digits american": lambda day: f"{day:%m/%d/%y}",
}
"""How programs and people write a date."""

OPEN = ("american", "american padded", "american with a time", "british", "dashes", "two digits american")
"""The forms in which a column may leave open which is the day and which the month."""


@dataclass(frozen=True)
class Dialect:
    """How a table is written."""

    delimiter: str = ","
    end: str = "\n"
    mark: bytes = b""
    encoding: str = "utf-8"
    quoted: str = ""
    before: str = ""
    units: str | None = None
    columns: tuple[str, ...] = ("day", "weather", "dish")
    day: str = "day"
    spelled: Callable[[str], str] = str
    comments: bool = False

    def cell(self, text: str) -> str:
        """A field as this dialect writes it."""
        needs = any(sign in text for sign in f'{self.delimiter}"\r\n#') or text.strip() != text
        if not (needs or self.quoted):
            return text
        return f'{" " if "space" in self.quoted else ""}"{text.replace(chr(34), chr(34) * 2)}"'

    def text(self, days: list[str], weathers: list[str], dishes: list[str]) -> str:
        """A table of columns, all of one length."""
        titles = {"day": self.day, "weather": " Weather ", "dish": "DISH", "notes": "notes (a,b;c)", "": ""}
        rows = [[titles[column] for column in self.columns]]
        if self.units is not None:
            rows.append([self.units if column == "day" else "" for column in self.columns])
        for number, (day, weather, dish) in enumerate(zip(days, weathers, dishes, strict=True)):
            values = {"day": day, "weather": self.spelled(weather), "dish": self.spelled(dish)}
            values |= {"notes": "good, or; not", "": str(number)}
            rows.append([values[column] for column in self.columns])
        lines = [self.delimiter.join(map(self.cell, row)) for row in rows]
        if self.comments:
            lines[2:2] = ['# a comment, with "a quote', ""]
        return self.before + self.end.join(lines) + self.end

    def data(self, text: str) -> bytes:
        """The bytes of a text."""
        return self.mark + text.encode(self.encoding)


ENCODINGS = (
    (b"", "utf-8"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: name.replace(" ", "\u00a0"),
    lambda name: name.replace(" ", " \u202f "),
    lambda name: f" {name.upper()} " if name.upper().casefold() == name.casefold() else name,
)


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    delimiter = draw(st.sampled_from(",;\t|"))
    mark, encoding = draw(st.sampled_from(ENCODINGS))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    before = draw(
        st.sampled_from(["", end, f"sep={delimiter}{end}", f"# made by hand{end}{end}", delimiter * 2 + end])
    )
    columns = draw(st.permutations(["day", "weather", "dish", "notes"][: draw(st.integers(3, 4))]))
    if draw(st.booleans()):
        columns = ["", *columns]
    return Dialect(
        delimiter=delimiter,
        end=end,
        mark=mark,
        encoding=encoding,
        quoted=draw(st.sampled_from(["", "", "all", "all, after a space"])),
        before=before,
        columns=tuple(columns),
        day=draw(st.sampled_from(["day", "Date", " DAY "])),
        spelled=draw(st.sampled_from(SPELLINGS)),
        comments=draw(st.booleans()),
    )


@st.composite
def days(draw: st.DrawFn) -> list[int]:
    """Days of our time with gaps, as numbers."""
    first = draw(st.dates(date(2020, 1, 1), date(2029, 12, 31)))
    if draw(st.booleans()):  # the beginning of a month, where its days could be months as well
        first = first.replace(day=1)
        steps = [1] * draw(st.integers(6, 12))
    else:
        steps = draw(st.lists(st.sampled_from([1, 1, 1, 1, 1, 1, 2, 9]), min_size=6, max_size=40))
    return [first.toordinal() + sum(steps[:at]) for at in range(len(steps))]


@st.composite
def lived(draw: st.DrawFn) -> tuple[list[int], list[str], list[str]]:
    """Days with their weathers and dishes, of which some rule can be learned."""
    rows = draw(days())
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
    dishes = [*names, *draw(st.lists(st.sampled_from(names), min_size=len(rows), max_size=len(rows)))][: len(rows)]
    weathers = draw(st.lists(st.sampled_from(["sunny", "a storm"]), min_size=len(rows), max_size=len(rows)))
    return rows, weathers, dishes


def columns_of(diary: Diary) -> tuple[list[int], list[str], list[str]]:
    """What a diary says of each day."""
    return (
        diary.day.tolist(),
        [diary.weathers[weather].casefold() for weather in diary.weather],
        [diary.dishes[dish].casefold() for dish in diary.dish],
    )


def plainly(found: tuple[list[int], list[str], list[str]]) -> tuple[list[int], list[str], list[str]]:
    """The same in the way of `columns_of`."""
    return found[0], [name.casefold() for name in found[1]], [name.casefold() for name in found[2]]


def read_or_refused(data: bytes) -> Diary | str:
    """A diary, or the sentence with which it is refused; what cannot be a diary at all is no matter here."""
    try:
        return read_diary(data, "d.csv")
    except FileError as error:
        return str(error)


NO_DIARY = ("in no case did one dish follow", "days whose day before is known", "the only dish is")
"""Sentences about what was lived, and not about how it is written."""


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(found=lived(), dialect=dialects(), form=st.sampled_from([*DATE_FORMS]))
def test_any_dialect_reads_to_the_same_diary(
    found: tuple[list[int], list[str], list[str]], dialect: Dialect, form: str
) -> None:
    labels = [DATE_FORMS[form](date.fromordinal(day)) for day in found[0]]
    diary = read_or_refused(dialect.data(dialect.text(labels, *found[1:])))
    dates = [date.fromordinal(day) for day in found[0]]
    if isinstance(diary, str):
        if any(words in diary for words in NO_DIARY):
            return
        assert "can day and month be told apart" in diary
        assert form == "two digits" or (form in OPEN and all(day.day <= 12 for day in dates))
        return
    assert form not in OPEN or form == "two digits american" or any(day.day > 12 for day in dates)
    assert diary.form == DATES
    assert columns_of(diary) == plainly(found)


@settings(max_examples=100)
@given(found=lived(), dialect=dialects(), form=st.sampled_from(["{}", "{}.0", "+{}", "{}.00"]))
def test_numbers_are_days_in_any_dialect(
    found: tuple[list[int], list[str], list[str]], dialect: Dialect, form: str
) -> None:
    rows = [day - found[0][0] for day in found[0]]
    diary = read_or_refused(dialect.data(dialect.text([form.format(day) for day in rows], *found[1:])))
    if isinstance(diary, str):
        assert any(words in diary for words in NO_DIARY)
        return
    assert diary.form == NUMBERS
    assert columns_of(diary) == plainly((rows, *found[1:]))


@settings(max_examples=200)
@given(found=lived(), dialect=dialects(), form=st.sampled_from(["british", "american padded"]))
def test_a_line_below_the_names_says_how_dates_are_written(
    found: tuple[list[int], list[str], list[str]], dialect: Dialect, form: str
) -> None:
    labels = [DATE_FORMS[form](date.fromordinal(day)) for day in found[0]]
    pattern = {"british": "TT/MM/JJJJ", "american padded": "mm/dd/yyyy"}[form]
    below = replace(dialect, units=pattern)
    behind = replace(dialect, day=f"{dialect.day} ({pattern})")
    for one in (below, behind):
        diary = read_or_refused(one.data(one.text(labels, *found[1:])))
        if isinstance(diary, str):
            assert any(words in diary for words in NO_DIARY), diary
            return
        assert columns_of(diary) == plainly(found)


@st.composite
def accidents(draw: st.DrawFn, text: str, dialect: Dialect) -> str:
    """A text to which something has happened that happens to tables."""
    lines = text.split(dialect.end)
    sign = dialect.delimiter
    at = draw(st.integers(0, max(len(text) - 1, 0)))
    places = [place for place, letter in enumerate(text) if letter == sign]
    ends = [place for place in range(len(text)) if text.startswith(dialect.end, place)]
    row = draw(st.integers(0, len(lines) - 1))
    kind = draw(st.sampled_from(["more", "less", "other", "quote", "cut", "joined", "twice", "swapped", "blank"]))
    if kind == "more" and text[:at].count('"') % 2 == 0:  # inside quotes it would be a part of the name
        return text[:at] + sign + text[at:]
    if kind in {"less", "other", "quote"} and places:
        place = draw(st.sampled_from(places))
        stead = {"less": "", "other": ",;\t|".replace(sign, "")[0], "quote": f'{sign}"'}[kind]
        return text[:place] + stead + text[place + 1 :]
    if kind == "cut":
        return text[:at] + dialect.end + text[at:]
    if kind == "joined":
        place = draw(st.sampled_from(ends))
        return text[:place] + text[place + len(dialect.end) :]
    if kind == "twice":
        lines.insert(row, lines[row])
    elif kind == "swapped":
        lines[row], lines[-2] = lines[-2], lines[row]
    else:
        lines.insert(row, "")
    return dialect.end.join(lines)


def without(sign: str, of: tuple[list[int], list[str], list[str]]) -> tuple[list[int], list[str], list[str]]:
    """What `columns_of` gives, but for a sign in the names."""
    return of[0], [name.replace(sign, "") for name in of[1]], [name.replace(sign, "") for name in of[2]]


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), found=lived(), dialect=dialects())
def test_an_accident_reads_to_the_same_or_is_refused(
    data: st.DataObject, found: tuple[list[int], list[str], list[str]], dialect: Dialect
) -> None:
    dialect = replace(dialect, comments=False, before="", spelled=str)
    labels = [date.fromordinal(day).isoformat() for day in found[0]]
    text = data.draw(accidents(dialect.text(labels, *found[1:]), dialect))
    diary = read_or_refused(dialect.data(text))
    if not isinstance(diary, str):  # between quotes one more delimiter is a letter of the name
        assert without(dialect.delimiter, columns_of(diary)) == without(dialect.delimiter, plainly(found))


# What is asked, and what is refused


def column(*labels: str) -> Calendar:
    return Calendar(labels)


def test_a_column_that_leaves_day_and_month_open_is_asked_about() -> None:
    question = column("3/4/2024", "4/4/2024").question
    assert "3/4/2024 may be 2024-04-03 or 2024-03-04" in question
    assert "dd/mm/yyyy or mm/dd/yyyy" in question
    assert column("3/4/2024", "13/4/2024").read("3/4/2024") == (DATES, date(2024, 4, 3).toordinal())
    assert column("3/4/2024", "3/14/2024").read("3/4/2024") == (DATES, date(2024, 3, 4).toordinal())
    assert column("3/4/2024", "13/4/2024", "4/13/2024").question != column("3/4/2024", "13/4/2024").question


def test_a_day_of_the_week_beside_a_date_is_minded() -> None:
    assert column("Sunday, 3/10/2024").read("Sunday, 3/10/2024") == (DATES, date(2024, 3, 10).toordinal())
    sentence = column("Monday 31.03.2024").read("Monday 31.03.2024")
    assert isinstance(sentence, str)
    assert "another day of the week" in sentence


@pytest.mark.parametrize(
    "label", ["31.02.2024", "2024-13-01", "1,000", "1.5", "31-Mar", "32/1/2024", "1711843200", "2024-W13-7", "٣"]
)
def test_what_is_no_day_is_said(label: str) -> None:
    assert isinstance(column(label).read(label), str)


def test_eight_digits_are_a_date_only_where_all_days_are() -> None:
    assert column("20240331", "20240401").read("20240401") == (DATES, date(2024, 4, 1).toordinal())
    assert column("9999999", "20240401").read("20240401") == (NUMBERS, 20240401)
    assert column("10000000", "10000001").read("10000000") == (NUMBERS, 10000000)
    sentence = column("20240331", "20240332").read("20240332")
    assert sentence == "there is no day 20240332."


@pytest.mark.parametrize(
    ("pattern", "order"),
    [("dd/mm/yyyy", "dmy"), ("TT.MM.JJJJ", "dmy"), ("mm/dd/yy", "mdy"), ("yyyy-mm-dd hh:mm", "ymd"), ("text", None)],
)
def test_patterns_tell_an_order(pattern: str, order: str | None) -> None:
    assert order_of_pattern(pattern) == order


def test_days_in_a_row_over_the_change_of_clocks() -> None:
    first = date(2024, 3, 29)
    labels = [f"{first + timedelta(at)}T00:00:00+0{1 + (at > 2)}:00" for at in range(6)]
    calendar = Calendar(labels)
    assert [calendar.read(label)[1] for label in labels] == [first.toordinal() + at for at in range(6)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("day,weather,dish,Dish\n1,s,a,b\n", "line 1: 2 columns are called dish"),
        ("day,weather,dish\n1,s,a,b\n", "it has 4 columns, and the first line names 3: put a field with commas"),
        ("day,weather,dish,notes\n1,s,a\n", "it has 3 columns, and the first line names more"),
        ("day,weather,dish\n1,n/a,a\n2,s,None\n", "the weather is missing: n/a says that there is none"),
        ("day,weather,dish\nNaT,s,a\n", "the day is missing"),
        ("weather,day,dish\n#s,1,a\n", "it begins with # and tells of a day: put the first field in quotes"),
        ("day,weather,dish\n1,s,pasta\n2,s,ｐａｓｔａ\n", "'ｐａｓｔａ' looks like 'pasta' and is another name"),
        ("day;weather\n1;s\n", "dish is missing"),
        ("d\0a\0y\0", "it looks like UTF-16 without a mark at its beginning"),
    ],
)
def test_what_could_be_read_wrongly_is_refused(text: str, words: str) -> None:
    with pytest.raises(FileError) as error:
        read_diary(text.encode(), "d.csv")
    assert words in str(error.value)


def test_a_header_that_numpy_writes_and_types_below_the_names() -> None:
    rows = "1,s,a\n2,s,b\n3,s,a\n4,s,b\n5,s,a\n"
    wanted = columns_of(read_diary(f"day,weather,dish\n{rows}".encode(), "d.csv"))
    for head in (
        "# day,weather,dish\n",
        "day,weather,dish\n[d],[text],[text]\n",
        "day (d),weather [text],dish\n-,-,-\n",
    ):
        assert columns_of(read_diary(f"{head}{rows}".encode(), "d.csv")) == wanted
