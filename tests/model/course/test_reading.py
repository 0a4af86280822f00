"""Course pages as they are written: every fault is told at once, with its file and line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.course.page import Course, Text
from model.course.reading import MAX_PAGES, read_course
from model.course.sections import KEYS
from model.errors import FileError

GOOD = """\
Words for who reads the file.

## 1.2 Second
at: --lesson 3 --day 2 --step 3
for: every
lit: z
told: Food gave a 1 to one row of each block,
  and rain gave a 1 to {count(g, 1)} rows.
ask: Which entry is the largest?
answer: entry
right: argmax(z)
wrong: argmin(z) | That is the smallest.
reveal: {argmax(z)}.
hint: Look.
hint: Look again.
exercise: e1

## 1.1 First
told: Words alone.

## E1 An exercise
told: Do it.
part: one
holds: weights == 48 | There are {weights}.
part: two
holds: differences == 1
gold: true
"""


def course(text: str, *translations: str) -> Course:
    return read_course("mine", {"a.md": text}, [{"a.md": one} for one in translations], source="mine")


def faults(text: str) -> str:
    with pytest.raises(FileError) as told:
        course(text)
    return str(told.value)


def test_a_good_file_is_read() -> None:
    found = course(GOOD)
    first, second = found.pages
    assert (first.name, second.name, second.title) == ("1.1", "1.2", "Second")
    assert second.question is not None
    assert second.question.right is not None
    assert second.told.words == 18
    assert len(second.hints) == 2
    assert [part.name for part in found.exercises["E1"].parts] == ["one", "two"]
    assert found.page("e1") is found.exercises["E1"]
    assert found.after(first) is second
    assert found.after(second) is None
    assert found.before(second) is first
    assert found.after(found.exercises["E1"]) is second


def test_a_translation_has_only_what_is_in_words() -> None:
    found = course(GOOD, "## 1.2 Segunda\ntold: Palavras.\nask: Qual?\n")
    page = found.pages[1]
    assert page.title == "Segunda"
    assert page.told.parts == ("Palavras.",)
    assert page.question is not None
    assert page.question.right is not None
    assert page.question.ask.parts == ("Qual?",)
    assert len(page.hints) == 2


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("at: --lesson 9", "there are lessons 1 to 5"),
        ("at: --lesson 3 --day 9", "no such day"),
        ("at: --lesson 3 --step 9", "6 steps"),
        ("at: --lesson 3 --entry 99", "entries there"),
        ("at: --file x", "is no option of a page"),
        ("at: --lesson", "needs a value"),
        ("at: --lesson three", "no whole number"),
        ("at: --weather snow", "is not a weather"),
        ("at: --start soup", "is not a dish"),
        ("at: --scenario /etc/passwd", "that come with the program"),
        ("at: --seed 3", "needs --lesson 4"),
        ("at: --lesson 3 --letters", "--letters needs --lesson 4, before its first update"),
        ("at: --lesson 4 --update 1 --letters", "--letters needs --lesson 4, before its first update"),
        ("at: --lesson 4 --update 9999999", "at the latest"),
        ("at: --lesson 4 --settings 'colour=red'", "is not a setting"),
        ("at: --lesson 4 --settings 'weeks=4096; days=365'", "days in a batch"),
        ("at: --lesson 4 --settings 'weeks=4096; days=16'", "times as long as is allowed"),
        ("at: --lesson 4 --settings 'hidden=1024; weeks=500'", "times as long as is allowed"),
        (f"at: --weather {'s' * 101}", "at most 100 days"),
        ("at: --lesson 4 --network markov", "--network says"),
        ("at: --backward", "no error can go back"),
        ("at: --activation soft", "is not a non-linearity"),
        ("at: 'open", "a quote is not closed"),
        ("for: nobody", "is no roommate"),
        ("seeds: one", "is no seed"),
        ("lit: argmax(q)", "is no name of a value"),
        ("told: " + "word " * 46, "46 words are more than the 45"),
        ("reveal: {weights", ""),
        ("reveal: {wights}", "Did you mean weights?"),
        ("hint: {1 +}", "ends too early"),
        ("exercise: E7", "there is no exercise E7"),
        ("holds: weights", "true or false is needed"),
        ("wrong: 1 | No.", "belongs to a question"),
        ("a: one", "belongs to a question"),
        ("colour: red", "is no key of a page"),
        ("asks: red", "Did you mean"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(line: str, part: str) -> None:
    text = f"## 1.1 First\ntold: Words.\n{line}\n"
    if line.startswith("told"):
        text = text.replace("told: Words.\n", "reveal: Words.\n")
    if not part:
        assert isinstance(course(text).pages[0].reveal, Text)  # a bracket alone is a bracket
        return
    told = faults(text)
    assert part in told
    assert "a.md, line 3" in told


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("ask: How many?", "needs answer"),
        ("ask: How many?\nanswer: number", "needs right"),
        ("answer: number\nright: 1", "needs ask"),
        ("ask: How many?\nanswer: some\nright: 1", "is no kind of answer"),
        ("ask: How many?\nanswer: number\nright: z", "a number is needed"),
        ("ask: How many?\nanswer: dish ± 1\nright: dish(1)", "only numbers have a tolerance"),
        ("ask: How many?\nanswer: number ± z\nright: 1", "a number is needed"),
        ("ask: Which?\nanswer: choice\nright: choose(true)", "has several lines"),
        ("ask: Which?\nanswer: choice\na: one\nright: choose(true)", "has several lines"),
        ("ask: Which?\nanswer: choice\na: one\nc: two\nright: choose(true)", "in this order"),
        ("ask: How many?\nanswer: number\nright: 1\na: one\nb: two", "has several lines"),
        ("ask: How many?\nanswer: number\nright: 1\nwrong: 2", "a bar"),
        ("ask: How many?\nanswer: number\nright: 1\nwrong: z | No.", "a number is needed"),
        ("ask: How many?\nask: Again?\nanswer: number\nright: 1", "it is there already"),
    ],
)
def test_a_question_must_be_whole(question: str, part: str) -> None:
    assert part in faults(f"## 1.1 First\ntold: Words.\n{question}\n")


def test_all_faults_of_all_files_are_told_at_once() -> None:
    bad = "## 1.1 First\ntold: Words.\nlit: q\nfor: me\n## 1.1 Twice\ntold: x\n## nine\n"
    with pytest.raises(FileError) as told:
        read_course("mine", {"a.md": bad, "b.md": "## 1.2 x\nwhat: y\n"}, source="mine")
    sentence = str(told.value)
    assert sentence.startswith("mine: 7 things are wrong.")
    for where in ("a.md, line 3", "a.md, line 4", "a.md, line 5", "a.md, line 7", "b.md, line 1", "b.md, line 2"):
        assert where in sentence


def test_a_course_without_pages_or_with_too_many_is_refused() -> None:
    assert "there is no page in it" in faults("Nothing here.")
    many = "".join(f"## {lesson}.{page} x\ntold: y\n" for lesson in range(1, 12) for page in range(1, 51))
    assert f"more than the {MAX_PAGES}" in faults(many)


keys = st.sampled_from([*KEYS, "## 1.1", "## E1", "colour", "", "  more"])
values = st.sampled_from(
    ["z", "1", "--lesson 2", "every", "{z}", "number", "choice", "1 | no", "argmax(z)", "{", "\0", "é", "a: b", "|"]
) | st.text(max_size=12)


@given(st.lists(st.tuples(keys, values).map(": ".join), max_size=14).map("\n".join))
def test_whatever_a_file_has_it_is_read_whole_or_refused_in_sentences(text: str) -> None:
    try:
        found = course(text)
    except FileError as error:
        assert "mine" in str(error) or "a.md, line" in str(error)
    else:
        assert found.pages
