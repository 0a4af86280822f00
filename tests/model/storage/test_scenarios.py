"""Scenario files: what is written comes back, and what is wrong with a file is told at once, with its place."""

import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import FileError, InputError
from model.roommate.roommate import LECTURE_WEEK, PERFECT_ROOMMATE
from model.roommate.scenario import LECTURE, Scenario
from model.simulation.lessons import GUESTS
from model.storage.problems import MAX_TOLD, Problems
from model.storage.scenarios import find_scenario, load_scenario, read_scenario, save_scenario, shipped, to_toml
from model.storage.toml import MAX_BYTES, Document, array, key, parse_toml, quoted
from tests.model.strategies import scenarios

GOOD = """\
name = "cat"
dishes = ["milk", "fish", "nap"]
weathers = ["sunny", "rainy"]
start = "milk"

[rule]
sunny = "same"

[rule.rainy]
milk = "fish"
fish = "nap"
nap = "milk"
"""


def read(text: str) -> Scenario:
    return read_scenario(parse_toml(text.encode(), "cat.toml"), "cat.toml")


def faults(text: str) -> list[str]:
    with pytest.raises(FileError) as error:
        read(text)
    assert str(error.value).startswith("cat.toml: ")
    return list(error.value.faults) or [str(error.value)]


@settings(max_examples=100)
@given(scenario=scenarios())
def test_what_is_written_comes_back(scenario: Scenario) -> None:
    text = to_toml(scenario)
    assert read(text) == scenario
    assert to_toml(read(text)) == text


@given(scenario=scenarios())
def test_any_toml_reader_finds_the_table(scenario: Scenario) -> None:
    """The file means what it says: words and tables, read by hand, are the transitions."""
    document = tomllib.loads(to_toml(scenario))
    roommate = scenario.roommate
    states = list(document.get("states", document["dishes"]))
    for weather, row in zip(document["weathers"], roommate.transitions, strict=True):
        rule = document["rule"][weather]
        for state, today in enumerate(row):
            if isinstance(rule, dict):
                expected = states.index(rule[states[state]])
            elif rule.startswith("always "):
                expected = states.index(rule.removeprefix("always "))
            else:
                by = {"same": 0, "next": 1, "previous": -1}.get(rule)
                expected = (state + (int(rule.removeprefix("skip ")) if by is None else by)) % len(states)
            assert today == expected


@given(seed=st.integers(0, 2**32), memory=st.booleans())
@settings(max_examples=5)
def test_the_largest_roommates_fit_into_a_file(seed: int, memory: bool) -> None:
    draw = random.Random(seed)
    names = [f"{index:02}{chr(0x1F600)}{'文' * 37}" for index in range(64)]
    skies = [f"{index:02}{'天' * 38}" for index in range(16)]
    lines = [f"dishes = {names}", f"weathers = {skies}"]
    if memory:
        lines += ["[states]", *(f'"{name}" = "{draw.choice(names)}"' for name in names)]
    for sky in skies:
        lines += [f'[rule."{sky}"]', *(f'"{name}" = "{draw.choice(names)}"' for name in names)]
    text = "\n".join(lines)
    assert len(text.encode()) < MAX_BYTES // 2
    assert read(to_toml(read(text))) == read(text)


def test_the_lectures_file_is_the_lectures_roommate() -> None:
    assert find_scenario("lecture") == LECTURE == Scenario(PERFECT_ROOMMATE, 0, LECTURE_WEEK)
    assert LECTURE.days == Scenario(PERFECT_ROOMMATE).days == LECTURE_WEEK


@pytest.mark.parametrize("name", GUESTS)
def test_a_lessons_guest_is_the_one_in_the_file(name: str) -> None:
    assert find_scenario(name) == GUESTS[name]


@pytest.mark.parametrize("name", shipped())
def test_every_scenario_that_comes_with_the_program_is_good(name: str) -> None:
    scenario = find_scenario(name)
    assert read(to_toml(scenario)) == scenario
    roommate = scenario.roommate
    assert set(scenario.days) == set(range(len(roommate.weathers)))
    assert len(set(map(str.casefold, (weather[0] for weather in roommate.weathers)))) == len(roommate.weathers)


def test_those_that_come_with_the_program_do_what_their_names_say() -> None:
    assert {"apple-pie", "coffee", "traffic-light", "modulo-7", "soup", "hello"} < set(shipped())
    counter = find_scenario("modulo-7").roommate
    assert [[int(counter.dishes[dish]) for dish in row] for row in counter.next_dish] == [
        [(number + by) % 7 for number in range(7)] for by in (0, 1, -1, 3)
    ]
    assert len(find_scenario("coffee").roommate.weathers) == 3
    assert find_scenario("apple-pie").roommate.dishes == ("apple pie", "burger", "chicken")
    soup = find_scenario("soup").roommate
    rain_before = 0
    week = tuple(random.Random(1).choices((0, 1), k=300))
    for weather, dish in zip(week, soup.cook(week, 0), strict=True):
        assert soup.dishes[dish] == ("soup" if weather and rain_before else "bread")
        rain_before = weather


def test_a_template_to_begin_with() -> None:
    scenario = load_scenario(Path("model/roommate/template.toml"))
    assert len(scenario.roommate.weathers) == 3


@pytest.mark.parametrize(
    ("word", "row"),
    [
        ("same", (0, 1, 2)),
        ("Next", (1, 2, 0)),
        ("previous", (2, 0, 1)),
        ("skip 2", (2, 0, 1)),
        ("skip  4", (1, 2, 0)),
        ("always fish", (1, 1, 1)),
        ("Always NAP", (2, 2, 2)),
        ("fish", (1, 1, 1)),
    ],
)
def test_the_words_of_rules(word: str, row: tuple[int, ...]) -> None:
    assert read(GOOD.replace('"same"', f'"{word}"')).roommate.next_dish[0] == row


def test_a_dish_that_is_called_like_a_word_is_cooked_always() -> None:
    scenario = read(GOOD.replace("fish", "next").replace('"same"', '"always next"'))
    assert scenario.roommate.next_dish[0] == (1, 1, 1)
    assert scenario.roommate.rules == ("always", "rainy")
    assert read(to_toml(scenario)) == scenario


def test_a_file_by_its_path_and_a_scenario_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    save_scenario(path, LECTURE)
    assert find_scenario(str(path)) == LECTURE
    assert find_scenario("Lecture") == LECTURE
    with pytest.raises(FileError, match="there already"):
        save_scenario(path, LECTURE)
    with pytest.raises(FileError, match=r"neither such a file nor such a scenario; .*Did you mean lecture\?"):
        find_scenario("lectur")
    with pytest.raises(FileError, match=r"none\.toml cannot be read: No such file"):
        find_scenario(str(tmp_path / "none.toml"))
    with pytest.raises(FileError, match="is a folder"):
        load_scenario(tmp_path)


def test_a_dish_and_a_weather_of_one_name() -> None:
    text = GOOD.replace("fish", "sunny") + '[icons]\nsunny = "🌞"\n'
    roommate = read(text).roommate
    assert (roommate.dish_icons, roommate.weather_icons) == (("", "🌞", ""), ("🌞", ""))
    assert read(to_toml(read(text))) == read(text)
    with pytest.raises(InputError, match="one picture and one plain name for both"):
        to_toml(Scenario(find_scenario("coffee").roommate.__class__(**{**vars(roommate), "weather_icons": ()})))


def test_everything_is_told_at_once_with_its_place() -> None:
    bad = """\
nam = "x"
dishes = ["a", "b", "A", 3]
weathers = ["sunny", "rainy"]
[rule]
sunny = "nxt"
rany = "same"
start = "q"
[rule.foggy]
a = "b"
[icons]
a = "☀️"
"""
    assert [fault.split(": ")[0] for fault in faults(bad)] == [
        "line 1, nam",
        "line 2, dishes",
        "line 2, dishes",
        "line 4, rule",
        "line 5, rule.sunny",
        "line 6, rule.rany",
        "line 7, rule.start",
        "line 8, rule.foggy",
        "line 11, icons.a",
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('dishes = ["milk", "fish", "nap"]\n', "", "dishes: it is missing: there should be a list of 2 to 64 names"),
        ('["milk", "fish", "nap"]', '["milk"]', "line 2, dishes: it has 1 names"),
        ('["milk", "fish", "nap"]', '"milk"', "line 2, dishes: milk is no list"),
        ('"nap"]', '""]', "line 2, dishes: a name is empty"),
        ('"nap"]', '"a,b"]', "'a,b' has a comma in it"),
        ('"nap"]', '" nap"]', "' nap' begins or ends with a space"),
        ('"nap"]', f'"{"n" * 41}"]', "is too long: a name has at most 40 letters"),
        ('"nap"]', '"n\\u0007"]', "characters in it that cannot be shown"),
        ('"nap"]', "true]", 'true is not a name: write it in quotes, "true"'),
        ('["sunny", "rainy"]', "[]", "line 3, weathers: it has 0 names: there should be a list of 1 to 16 names"),
        ('start = "milk"', 'start = "mlk"', "line 4, start: 'mlk' is no dish: there are milk, fish and nap. Did you"),
        ('start = "milk"', "start = 1", "line 4, start: 1 is no dish: write a name in quotes"),
        ('name = "cat"', "name = 7", "line 1, name: 7 should be text in quotes"),
        ('name = "cat"', 'week = "sunny, raniy"', "line 1, week: Day 2: 'raniy' is not a weather; there are sunny"),
        ('name = "cat"', 'week = ["rany"]', "line 1, week: 'rany' is no weather: there are sunny and rainy. Did you"),
        ('name = "cat"', "week = []", "line 1, week: a list is no week"),
        ('name = "cat"', "rules = 3", "line 1, rules: there is no such key; .* Did you mean rule?"),
        ('name = "cat"', "rule.sunny = 3", "line 6, column 6: it is not TOML"),
        ('sunny = "same"\n', "", "line 6, rule: it says nothing about sunny"),
        ('"same"', "1", "line 7, rule.sunny: 1 is no rule"),
        ('"same"', '"always"', "rule.sunny: 'always' is no rule: there are same, next, previous, skip and a number"),
        ('"same"', '"always mlk"', "Did you mean milk?"),
        ('"same"', '"skip two"', "rule.sunny: 'skip two' is no rule"),
        ('nap = "milk"', "", "line 9, rule.rainy: it does not say what follows nap"),
        ('nap = "milk"', 'nap = "mik"', "line 12, rule.rainy.nap: 'mik' is no dish"),
        ('nap = "milk"', 'Milk = "milk"', "line 9, rule.rainy: 'Milk' is there twice"),
        ('nap = "milk"', 'nap = ["milk"]', "line 12, rule.rainy.nap: a list is no dish"),
        ("[rule.rainy]", '[states]\n"" = "x"\n[rule.rainy]', 'line 10, states.: \'x\' is no dish'),
        ("[rule.rainy]", "[states]\n[rule.rainy]", "line 9, states: there should be 1 to 64 states, and there are 0"),
        ("[rule.rainy]", "[labels]\nsunny = 3\n[rule.rainy]", "line 10, labels.sunny: 3 should be a word or two"),
        ("[rule.rainy]", '[icons]\nnap = "x"\n[rule.rainy]', "line 10, icons.nap: 'x' is not two cells wide"),
        ("[rule.rainy]", '[icons]\nnap = "☀"\n[rule.rainy]', "line 10, icons.nap: '☀' is not two cells wide"),
        ("[rule.rainy]", '[icons]\nnap = "😀😀"\n[rule.rainy]', "line 10, icons.nap: '😀😀' is 2 characters"),
        ("[rule.rainy]", '[icons]\nnap = "☀️"\n[rule.rainy]', "a variation selector"),
        ("[rule.rainy]", '[icons]\ntea = "🍵"\n[rule.rainy]', "icons.tea: there is no dish or weather 'tea'"),
        ("[rule.rainy]", '[ascii]\nnap = "é"\n[rule.rainy]', "line 10, ascii.nap: 'é' has letters beyond ASCII"),
        ('"same"', '"same', "line 7, column 14: it is not TOML"),
        ('name = "cat"', "name = 2000-13-01", "it is not TOML"),
        ('name = "cat"', f"name = {'1' * 5000}", "it is not TOML that can be read"),
    ],
)  # fmt: skip
def test_faults_and_their_places(old: str, new: str, sentence: str) -> None:
    assert old in GOOD
    all_told = " | ".join(faults(GOOD.replace(old, new, 1)))
    for part in sentence.split(" .* "):
        assert part in all_told, all_told


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_can_be_written_as_a_string_and_as_a_key(text: str) -> None:
    assert tomllib.loads(f"{key(text)} = {quoted(text)}") == {text: text}
    names = (text, "\x7f")
    assert tomllib.loads(f"a = {array(names)}") == {"a": list(names)}


def test_a_key_that_seems_to_be_in_two_places_has_no_line() -> None:
    document = parse_toml(b"a = '''\nb = 1\n'''\nb = 2\n[c.\"d e\"]\nf.g = 1\n", "x")
    assert isinstance(document, Document)
    assert (document.line("a"), document.line("b")) == (1, None)
    assert document.line("c", "d e", "f", "g") == 6
    assert document.line("c", "d e", "zzz") == 5


def test_of_many_faults_the_first_are_told_and_the_others_counted() -> None:
    sentences = faults(GOOD + "[icons]\n" + "".join(f'no{index} = "🍝"\n' for index in range(50)))
    assert len(sentences) == MAX_TOLD + 1
    assert sentences[-1] == "and 5 more." or sentences[-1].startswith("and ")
    many = Problems("x")
    for _ in range(MAX_TOLD + 7):
        many.add("bad")
    assert list(many)[-1] == "and 7 more."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\0\1\2", "binary file"),
        (b"name = 1\n\xff\xfe", "line 2: it is not UTF-8"),
        (b"a = " + b"[" * 500_000, "nested too deeply"),
        (b"a = " + b"{a = " * 100_000, "nested too deeply"),
        (b"a." * 300_000 + b"a = 1", "lines full of dots"),
        (b"[" + b"a." * 300_000 + b"a]", "lines full of dots"),
        (b"a" * 500_000, "not TOML"),
        (b'a = "' + b"\\" * 500_000, "not TOML"),
        (b"dishes = [" + b'"a",' * 200_000 + b"]", "names: there should be"),
        (b"".join(b"k%d=1\n" % index for index in range(90_000)), "there is no such key"),
        (b"[states]\n" + b"".join(b"k%d=1\n" % index for index in range(90_000)), "1 to 64 states"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_foreign_files_are_refused(data: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "foreign.toml"
    path.write_bytes(data)
    with pytest.raises(FileError) as error:
        load_scenario(path)
    assert sentence in str(error.value)
    assert len(str(error.value)) < 5000


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.toml"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    with pytest.raises(FileError, match="larger than 1 MB"):
        load_scenario(path)


@settings(max_examples=100)
@given(
    scenario=scenarios(4, 3), cut=st.floats(0, 1), flip=st.integers(0, 7), word=st.sampled_from(["3", "[]", '"x"'])
)
def test_damaged_files_are_read_or_refused_never_worse(scenario: Scenario, cut: float, flip: int, word: str) -> None:
    text = to_toml(scenario)
    data = bytearray(text.encode())
    place = int(cut * (len(data) - 1))
    data[place] ^= 1 << flip
    lines = text.splitlines()
    line = int(cut * (len(lines) - 1))
    lines[line] = f"{lines[line].split('=')[0]}= {word}"
    for damaged in (bytes(data), bytes(data[:place]), "\n".join(lines).encode()):
        try:
            read_scenario(parse_toml(damaged, "cat.toml"), "cat.toml")
        except FileError as error:
            assert str(error).startswith("cat.toml: ")


def test_a_byte_order_mark_and_windows_lines_are_no_fault() -> None:
    data = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert read_scenario(parse_toml(data, "cat"), "cat") == read(GOOD)
