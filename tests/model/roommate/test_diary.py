"""Diaries: days from a file and back, what they prove, and what may be learned from them."""

import itertools
import random
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.errors import FileError, InputError
from model.network.forward import run_forward
from model.network.network import Network
from model.roommate.diary import DATES, NAMES, NUMBERS, Diary, diary_of
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate, day_name
from model.storage.diaries import diary_csv, load_diary, read_diary
from model.storage.problems import MAX_TOLD
from model.storage.runs import load_run, save_run
from model.training.batches import MAX_DISTINCT, Batches
from model.training.config import TrainingConfig
from model.training.diagnosis import diagnose
from model.training.evaluation import RuleCases, evaluate
from model.training.held_out import score_held_out
from model.training.run import TrainingRun
from tests.model.strategies import SOUP_EATER, roommates


@st.composite
def diaries(draw: st.DrawFn, most_days: int = 60) -> Diary:
    """Any days, with gaps, told in any way; every word occurs in the order of its number."""
    count = draw(st.integers(5, most_days))
    n, k = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    steps = draw(st.lists(st.sampled_from([1, 1, 1, 1, 1, 2, 5]), min_size=count, max_size=count))
    form = draw(st.sampled_from([NUMBERS, DATES, NAMES]))
    first = {NUMBERS: -3, DATES: date(2024, 2, 20).toordinal(), NAMES: draw(st.integers(0, 6))}[form]
    day = first + np.cumsum(steps) - steps[0]
    dish = np.array(draw(st.lists(st.integers(0, n - 1), min_size=count, max_size=count)))
    weather = np.array(draw(st.lists(st.integers(0, k - 1), min_size=count, max_size=count)))
    dishes, weathers = tuple(f"dish {index}" for index in range(n)), tuple(f"sky {index}" for index in range(k))
    share = draw(st.sampled_from([0.1, 0.2, 0.5]))
    try:
        return Diary("d.csv", dishes, weathers, form, day, weather, dish, np.arange(count) + 2, share)
    except InputError:
        return draw(st.nothing())


def named(roommate: Diary) -> Roommate:
    """A roommate with the diary's words in their order."""
    row = (0,) * len(roommate.dishes)
    table = (row,) * len(roommate.weathers)
    return Roommate("somebody", roommate.dishes, roommate.weathers, table, roommate.weathers)


def same(one: Diary, other: Diary) -> bool:
    columns = ("day", "weather", "dish", "line")
    return (one.dishes, one.weathers, one.form) == (other.dishes, other.weathers, other.form) and all(
        np.array_equal(getattr(one, column), getattr(other, column)) for column in columns
    )


@given(diary=diaries())
def test_what_is_written_comes_back(diary: Diary) -> None:
    back = read_diary(diary_csv(diary), "d.csv", named(diary), diary.held_out)
    assert same(back, diary)
    assert back.cut == diary.cut


def test_words_are_found_in_the_order_they_appear() -> None:
    text = "Dish;DAY;weather;notes\ntea;2024-02-28;Sunny;\nCAKE;2024-02-29;rainy;good\n\nTea;2024-03-01;sunny;\n"
    text += "tea;2024-03-05;rainy;\ncake;2024-03-06;rainy;\n"
    diary = read_diary(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "d.csv")
    assert (diary.dishes, diary.weathers) == (("tea", "CAKE"), ("Sunny", "rainy"))
    assert diary.dish.tolist() == [0, 1, 0, 0, 1]
    assert diary.weather.tolist() == [0, 1, 0, 1, 1]
    assert diary.line.tolist() == [2, 3, 5, 6, 7]
    assert diary.gaps.tolist() == [3]
    assert diary.stretches == 2
    assert [diary.label(row) for row in (0, 3)] == ["2024-02-28", "2024-03-05"]


def test_names_of_days_go_on_round_the_week_and_jump_over_gaps() -> None:
    names = ["Sat", "sunday", "Monday", "Wednesday", "Thursday"]
    lines = [f"{day},w,{dish}" for day, dish in zip(names, "abaab", strict=True)]
    diary = read_diary("\n".join(["day,weather,dish", *lines]).encode(), "d.csv")
    assert diary.day.tolist() == [5, 6, 7, 9, 10]
    assert [diary.label(row) for row in range(5)] == ["Saturday", "Sunday", "Monday", "Wednesday", "Thursday"]
    assert diary.gaps.tolist() == [3]


def test_what_cook_prints_is_a_diary() -> None:
    week = tuple(random.Random(0).choices((0, 1), k=40))
    diary = diary_of(PERFECT_ROOMMATE, week, 0)
    lines = [f"{day_name(row)},{PERFECT_ROOMMATE.weathers[weather]}" for row, weather in enumerate(week)]
    dishes = PERFECT_ROOMMATE.cook(week, 0)
    text = "\n".join(f"{line},{PERFECT_ROOMMATE.dishes[dish]}" for line, dish in zip(lines, dishes, strict=True))
    back = read_diary(f"day,weather,dish\n{text}\n".encode(), "d.csv", PERFECT_ROOMMATE)
    assert back.dish.tolist() == diary.dish.tolist()
    assert back.stretches == 1


# What it proves


@given(diary=diaries())
def test_the_counts_are_those_of_a_reader_with_a_pencil(diary: Diary) -> None:
    counts: dict[tuple[int, int, int], int] = {}
    lines: dict[tuple[int, int, int], list[int]] = {}
    for row in range(1, len(diary.day)):
        if diary.day[row] == diary.day[row - 1] + 1:
            case = int(diary.weather[row]), int(diary.dish[row - 1]), int(diary.dish[row])
            counts[case] = counts.get(case, 0) + 1
            lines.setdefault(case, []).append(row)
    for case in itertools.product(range(len(diary.weathers)), range(len(diary.dishes)), range(len(diary.dishes))):
        assert diary.evidence.counts[case] == counts.get(case, 0)
    evidence = diary.evidence
    against = [
        row
        for (weather, before, dish), rows in lines.items()
        for row in rows
        if evidence.majority[weather, before] != dish
    ]
    assert diary.contradictory.tolist() == sorted(against)
    assert evidence.best == evidence.days - len(against)


@settings(max_examples=40)
@given(data=st.data())
def test_the_best_is_that_of_all_rules_there_are(data: st.DataObject) -> None:
    count = data.draw(st.integers(6, 30))
    dish = data.draw(st.lists(st.integers(0, 1), min_size=count, max_size=count))
    weather = data.draw(st.lists(st.integers(0, 1), min_size=count, max_size=count))
    days = np.arange(count)
    try:
        diary = Diary("d", ("a", "b"), ("v", "w"), NUMBERS, days, np.array(weather), np.array(dish), days)
    except InputError:
        return
    best = max(
        sum(table[weather[day] * 2 + dish[day - 1]] == dish[day] for day in range(1, count))
        for table in itertools.product((0, 1), repeat=4)
    )
    assert diary.evidence.best == best


# What is learned from it


@given(diary=diaries(), days=st.integers(1, 6))
def test_weeks_are_runs_of_days_and_never_of_those_held_out(diary: Diary, days: int) -> None:
    expected = [
        row
        for row in range(1, diary.cut - days + 1)
        if all(diary.day[row + ahead] == diary.day[row - 1] + ahead + 1 for ahead in range(days))
    ]
    if not expected:
        assert diary.longest < days
        with pytest.raises(InputError, match=f"has no {days} days one after the other to train on"):
            diary.windows(days)
        return
    assert diary.longest >= days
    lived = diary.windows(days)
    assert lived.start.tolist() == [int(diary.dish[row - 1]) for row in expected]
    for week, row in enumerate(expected):
        assert lived.weather[:, week].tolist() == diary.weather[row : row + days].tolist()
        assert lived.dish[:, week].tolist() == diary.dish[row : row + days].tolist()
    used = {row + ahead for row in expected for ahead in range(days)}
    unused = [row for row in range(diary.cut) if diary.follows[row] and row not in used]
    assert diary.left_out(days) == len(unused)


@given(diary=diaries())
def test_days_are_either_trained_on_or_held_out(diary: Diary) -> None:
    assert diary.examined.start.size >= 1
    assert diary.taught.days >= 1
    assert diary.taught.days + diary.examined.start.size == diary.evidence.days
    assert len(diary.day) - diary.cut >= diary.held_out * len(diary.day) - 1e-6
    assert diary.windows(1).start.size == diary.taught.days


@given(diary=diaries())
def test_the_roommate_of_a_diary_goes_with_the_majority_of_the_days_trained_on(diary: Diary) -> None:
    base = named(diary)
    for roommate, assumed in ((diary.roommate(), None), (diary.roommate(base), 0)):
        for weather, before in np.ndindex(diary.taught.seen.shape):
            dish = roommate.next_dish[weather][before]
            if diary.taught.seen[weather, before]:
                assert diary.taught.counts[weather, before, dish] == diary.taught.counts[weather, before].max()
            else:
                assert dish == (before if assumed is None else assumed)


@settings(max_examples=6)
@given(roommate=roommates(5, 3).filter(lambda roommate: len(roommate.dishes) > 1), seed=st.integers(0, 99))
def test_a_diary_of_800_days_trains_to_its_rule(roommate: Roommate, seed: int) -> None:
    draw = random.Random(seed)
    week = tuple(draw.choices(range(len(roommate.weathers)), k=800))
    whole = diary_of(roommate, week, draw.randrange(len(roommate.dishes)))
    diary = read_diary(diary_csv(whole), "d.csv", roommate)
    run = TrainingRun(diary.roommate(), TrainingConfig(), diary)
    while not run.finished:
        run.advance()
    moment = run.moment()
    assert run.reached, diagnose(moment)
    assert diary.evidence.best == diary.evidence.days
    assert score_held_out(moment.network, run.roommate, diary).accuracy == 1.0
    answers = evaluate(moment.network, roommate)
    assert answers.right[diary.taught.seen].all()


def contradictory(days: int = 300) -> Diary:
    """The lecture's roommate, who forgets the rule every tenth day."""
    draw = random.Random(5)
    weather = draw.choices((0, 1), k=days)
    dish = [0]
    for day in range(1, days):
        rule = PERFECT_ROOMMATE.next_dish[weather[day]][dish[-1]]
        dish.append((rule + (day % 10 == 0)) % 3)
    at, names = np.arange(days), (PERFECT_ROOMMATE.dishes, PERFECT_ROOMMATE.weathers)
    return Diary("d", *names, NUMBERS, at, np.array(weather), np.array(dish), at + 2)


def test_contradictions_bound_what_can_be_reached_and_the_majority_is_learned() -> None:
    diary = contradictory()
    assert diary.contradictory.tolist() == list(range(10, 300, 10))
    assert diary.evidence.best == 299 - 29
    run = TrainingRun(diary.roommate(), TrainingConfig(), diary)
    while not run.finished:
        run.advance()
    assert run.reached
    assert run.roommate.next_dish == PERFECT_ROOMMATE.next_dish
    result = score_held_out(run.moment().network, run.roommate, diary)
    held_out_slips = sum(1 for row in diary.contradictory if row >= diary.cut)
    assert (result.days, result.right) == (60, 60 - held_out_slips)


def test_what_never_happened_does_not_count() -> None:
    week = (0,) * 30
    dish = np.array(PERFECT_ROOMMATE.cook(week, 1))
    at, names = np.arange(30), (PERFECT_ROOMMATE.dishes, PERFECT_ROOMMATE.weathers)
    diary = Diary("d", *names, NUMBERS, at, np.zeros(30, dtype=np.intp), dish, at)
    run = TrainingRun(diary.roommate(), TrainingConfig(hold=3), diary)
    while not run.finished:
        run.advance()
    verdict = run.moment().verdict
    assert (verdict.cases, verdict.count, verdict.all_right) == (1, 1, True)
    assert set(run.moment().rights.numbers.tolist()) <= {0.0, 1.0}
    assert verdict.known.tolist() == [[False, True, False], [False, False, False]]
    assert (diagnose(run.moment()).right, diagnose(run.moment()).cases) == (1, 1)


def test_a_tie_is_no_majority() -> None:
    at, dish = np.arange(9), np.array([0, 1, 0, 0, 0, 1, 0, 0, 0])
    diary = Diary("d", ("a", "b"), ("w",), NUMBERS, at, np.zeros(9, dtype=np.intp), dish, at, 0.2)
    assert diary.taught.counts.tolist() == [[[2, 2], [2, 0]]]
    assert diary.taught.decided.tolist() == [[False, True]]
    with pytest.raises(InputError, match="in no case did one dish follow more often"):
        Diary("d", ("a", "b"), ("w",), NUMBERS, at[:4], at[:4] * 0, np.array([0, 0, 1, 0]), at[:4], 0.2)


def test_many_windows_are_not_laid_out_and_are_the_same_weeks() -> None:
    week = tuple(random.Random(2).choices((0, 1), k=MAX_DISTINCT * 2))
    diary = diary_of(PERFECT_ROOMMATE, week, 0)
    roommate, config = diary.roommate(), TrainingConfig(weeks=5, days=9)
    batch = Batches(roommate, config, diary).at(3)
    weather, start = batch.weather.argmax(axis=1), batch.start.argmax(axis=0)
    assert batch.target is not None
    for index in range(5):
        lived = PERFECT_ROOMMATE.cook(tuple(weather[:, index].tolist()), int(start[index]))
        assert batch.target.argmax(axis=1)[:, index].tolist() == list(lived)


def test_a_memory_learns_from_a_diary_what_no_rule_about_dishes_can() -> None:
    draw = random.Random(3)
    diary = diary_of(SOUP_EATER, tuple(draw.choices((0, 1), k=800)), 0)
    assert diary.evidence.best < 0.9 * diary.evidence.days
    run = TrainingRun(diary.roommate(), TrainingConfig(network="elman", stop="loss", days=12), diary)
    while not run.finished:
        run.advance()
    assert run.reached
    network = run.moment().network
    assert score_held_out(network, run.roommate, diary).accuracy == 1.0
    gone = np.r_[0:700, 703:705, 707:800]  # two gaps among the days held out
    columns = (diary.day[gone], diary.weather[gone], diary.dish[gone], diary.line[gone])
    torn = Diary("d", diary.dishes, diary.weathers, NUMBERS, *columns)
    result = score_held_out(network, run.roommate, torn)
    assert result.days == torn.examined.start.size
    assert result.right >= result.days - 4  # after a gap it cannot know whether it rained the day before


def test_a_memory_starts_from_the_dish_before_the_days_that_are_asked_for() -> None:
    week = tuple(random.Random(3).choices((0, 1), k=800))
    whole = diary_of(PERFECT_ROOMMATE, week, 0)
    run = TrainingRun(whole.roommate(), TrainingConfig(network="elman"), whole)
    while not run.finished:
        run.advance()
    assert run.reached
    rows = np.flatnonzero(np.arange(800) % 5 > 0)  # stretches of four days, too short to make up for a wrong start
    columns = (whole.day[rows], whole.weather[rows], whole.dish[rows], whole.line[rows])
    torn = Diary("d", whole.dishes, whole.weathers, NUMBERS, *columns)
    assert score_held_out(run.moment().network, run.roommate, torn).accuracy == 1.0


def test_of_an_exam_nothing_counts_after_what_nobody_knows() -> None:
    known = np.array([[True, False], [True, True]])
    exam = RuleCases.of(Roommate("r", ("a", "b"), ("v", "w"), ((0, 1), (1, 0)), ("v", "w")), 4, known)
    assert exam.cases == 3
    for week in range(exam.case.shape[1]):
        lost = False
        for case in exam.case[:, week].tolist():
            assert (case == 4) is lost
            lost = lost or case == 1
    run = run_forward(Network.by_hand(PERFECT_ROOMMATE), RuleCases.of(PERFECT_ROOMMATE).batch)
    table = np.array([[True, True, False], [False, False, True]])
    assert RuleCases.of(PERFECT_ROOMMATE, None, table).right(run).sum() == 3
    assert RuleCases.of(PERFECT_ROOMMATE, None, ~table).cases == 3


def test_a_run_on_a_diary_is_saved_and_replayed_exactly(tmp_path: Path) -> None:
    diary = contradictory()
    run = TrainingRun(diary.roommate(PERFECT_ROOMMATE), TrainingConfig(seed=4, stop="updates"), diary)
    run.advance(120)
    save_run(tmp_path / "run.npz", run.record())
    back = load_run(tmp_path / "run.npz")
    assert back.diary is not None
    assert same(back.diary, diary)
    assert back.roommate == run.roommate
    for other in (back, run.rewound(60)):
        other.advance(180 - other.update)
    run.advance(60)
    assert back.moment().loss == run.moment().loss
    for update in (0, 33, 90, 150):
        assert back.moment(update).loss == run.moment(update).loss
        np.testing.assert_array_equal(
            back.moment(update).network.parameters["food"], run.moment(update).network.parameters["food"]
        )
    edited = run.edited(run.moment(90).network.parameters["food"].ravel().repeat(3)[:48], 90)
    assert edited.diary is diary


def test_weeks_longer_than_any_stretch_are_refused() -> None:
    diary = contradictory(12)
    assert diary.longest == 8
    with pytest.raises(InputError, match="has no 9 days one after the other to train on"):
        TrainingRun(diary.roommate(), TrainingConfig(days=9), diary)


def test_the_hand_set_network_of_the_majority_is_graded_like_the_majority() -> None:
    diary = contradictory()
    roommate = diary.roommate()
    asked = diary.examined
    right = sum(
        roommate.next_dish[weather][before] == dish
        for weather, before, dish in zip(asked.weather[0], asked.start, asked.dish[0], strict=True)
    )
    assert score_held_out(Network.by_hand(roommate), roommate, diary).right == right


# What is wrong with a file


def faults(text: str, roommate: Roommate | None = None) -> list[str]:
    with pytest.raises(FileError) as error:
        read_diary(text.encode(), "d.csv", roommate)
    assert str(error.value).startswith("d.csv")
    return list(error.value.faults) or [str(error.value)]


def test_everything_is_told_at_once_with_its_line() -> None:
    text = """\
day,weather,dish
1,sunny,pasta
2,raniy,brger
2,sunny,pasta
Monday,rainy,pasta
0,rainy,pasta
5,sunny
6,,pasta
2024-13-01,sunny,pasta
soon,sunny,pasta
"""
    assert faults(text, PERFECT_ROOMMATE) == [
        "line 3: 'raniy' is no weather: there are sunny and rainy. Did you mean rainy?",
        "line 3: 'brger' is no dish: there are pasta, burger and salad. Did you mean burger?",
        "line 4: day 2 stands in line 3 already.",
        "line 5: 'Monday' is among names, and the days before are numbers.",
        "line 6: day 0 comes too late: the days must be in order.",
        "line 7: it has 2 columns, and the first line names more.",
        "line 8: the weather is missing.",
        "line 9: there is no day 2024-13-01.",
        "line 10: 'soon' is no day: write a number, a date such as 2024-05-17, or the name of a day.",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1: the first line should name the columns, day,weather,dish; day, weather and dish are missing"),
        ("day,weather\n1,w\n", "dish is missing"),
        ("day,weather,dish\n", "it has no days"),
        ("day,weather,dish\n1,w,a\n2,w,a\n3,w,a\n", "the only dish is a: there is nothing to learn"),
        ("day,weather,dish\n1,w,a\n3,w,b\n5,w,b\n", "has 0 days whose day before is known"),
        ("day,weather,dish\n1,w,a\n2,w,b\n", "has 1 days whose day before is known"),
        ('day,weather,dish\n1,w,"a\n', "it is not CSV"),
        (f'day,weather,dish\n1,w,"{"a" * 200_000}"\n', "it is not CSV: field larger than field limit"),
        ('day,weather,dish\n1,w,"a,b"\n', "line 2: 'a,b' has a comma in it"),
        (f"day,weather,dish\n1,w,{'a' * 50}\n", "is too long"),
        (
            "day,weather,dish\n" + "".join(f"{day},w,dish {day}\n" for day in range(70)),
            "line 66: 'dish 64' is one dish more than the 64 that there can be",
        ),
        ("day,weather,dish\n" + "".join(f"{day},w,a\n" for day in range(100_002)), "more than 100,000 days"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_files_that_are_no_diary(text: str, sentence: str) -> None:
    assert any(sentence in fault for fault in faults(text))


def test_of_many_faults_the_first_are_told_and_the_others_counted() -> None:
    sentences = faults("day,weather,dish\n" + "".join(f"{day},w,b\n" for day in range(5000)), PERFECT_ROOMMATE)
    assert len(sentences) == MAX_TOLD + 1
    assert sentences[-1] == "and 9,980 more."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"day,weather\0", "binary file"), (b"day\n\xff", "line 2: it is not UTF-8"), (b"", "empty")],
)
def test_foreign_files_are_refused(data: bytes, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_bytes(data)
    with pytest.raises(FileError, match=sentence):
        load_diary(tmp_path / "d.csv")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "d.csv").open("wb") as file:
        file.truncate(100 * 2**20)
    with pytest.raises(FileError, match="larger than 8 MB"):
        load_diary(tmp_path / "d.csv")


@settings(max_examples=150)
@given(diary=diaries(), place=st.floats(0, 1), flip=st.integers(0, 7))
def test_damaged_files_are_read_or_refused_never_worse(diary: Diary, place: float, flip: int) -> None:
    data = bytearray(diary_csv(diary))
    at = int(place * (len(data) - 1))
    data[at] ^= 1 << flip
    for damaged in (bytes(data), bytes(data[:at])):
        for roommate in (None, named(diary)):
            try:
                read_diary(damaged, "d.csv", roommate)
            except FileError as error:
                assert str(error).startswith("d.csv")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(column=st.sampled_from(["day", "weather", "dish", "line"]), row=st.integers(0, 299), value=st.integers(-2, 9))
def test_a_diary_that_cannot_be_is_refused_in_a_saved_run(tmp_path: Path, column: str, row: int, value: int) -> None:
    diary = contradictory()
    run = TrainingRun(diary.roommate(), TrainingConfig(), diary)
    path = tmp_path / "run.npz"
    save_run(path, run.record())
    with np.load(path) as arrays:
        content = {name: arrays[name] for name in arrays.files}
    content[f"diary_{column}"][row] = value
    np.savez(path, **content)
    try:
        loaded = load_run(path).diary
        assert loaded is not None
        assert (np.diff(loaded.day) > 0).all()
        assert 0 <= loaded.weather.min() <= loaded.weather.max() < 2
        assert 0 <= loaded.dish.min() <= loaded.dish.max() < 3
    except FileError as error:
        assert "run.npz" in str(error)


def test_dates_go_on_over_the_end_of_a_year() -> None:
    days = [date(2023, 12, 30) + timedelta(days) for days in range(6)]
    text = "".join(f"{day.isoformat()},w,{dish}\n" for day, dish in zip(days, "ababab", strict=True))
    assert read_diary(f"day,weather,dish\n{text}".encode(), "d.csv").stretches == 1


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("/home/me/diaries/my flat.csv", "my flat"),
        ("cre\u0300me.csv", "crème"),
        ("\x1b[2J.csv", "[2J"),
        ("☀\ufe0f.csv", "roommate"),
        (f"{'x' * 60}.csv", "x" * 40),
    ],
)
def test_the_roommate_of_a_diary_is_called_as_its_file_without_the_folders(file: str, name: str) -> None:
    assert diary_of(PERFECT_ROOMMATE, (0, 1, 1, 0, 1, 0, 1, 1, 0, 1), 0, file).roommate().name == name
