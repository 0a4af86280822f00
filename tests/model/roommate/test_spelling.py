"""Names: one spelling for one name, and what cannot be one because it cannot be seen, or not be told from another."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import InputError
from model.roommate.editing import enlarged, rename
from model.roommate.naming import MAX_LETTERS, fault_beside, problem_of_name, typed_name
from model.roommate.parsing import find, parse_week
from model.roommate.roommate import PERFECT_ROOMMATE
from model.roommate.scenario import Scenario
from model.roommate.spelling import alike, canonical, folded, mixed_scripts, outline
from model.storage.scenarios import load_scenario, save_scenario

TEXTS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("èé \u00a0\u3000가ßİΐ")))


@given(text=TEXTS)
def test_a_spelling_is_made_once(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)
    assert folded(canonical(text)) == folded(text) == folded(folded(text))
    assert outline(canonical(text)) == outline(text)


@given(text=TEXTS)
def test_what_is_spelled_otherwise_is_one_name(text: str) -> None:
    for other in (unicodedata.normalize("NFD", text), text.replace(" ", "\u00a0"), text.replace(" ", "  ")):
        assert folded(other) == folded(text)


@given(text=st.text(min_size=1, max_size=MAX_LETTERS))
def test_a_name_that_is_good_can_be_seen(text: str) -> None:
    if not problem_of_name(text):
        assert all(letter.isprintable() or letter in "\u200c\u200d" for letter in text)
        assert text.strip() == text


GOOD = (
    "قورمه\u200cسبزی", "می\u200cخواهم", "क्\u200dष", "রোটি", "रोटी", "சோறு", "ข้าวผัด", "שקשוקה", "寿司", "カレー",
    "비빔밥", "борщ", "μουσακάς", "🍝", "🇮🇹", "☀", "Smørrebrød", "β-carotene pie", '12" sub', "Mum's",
)  # fmt: skip

UNSEEN = (
    "\u034f\u3164\u2800\u1160\u115f\uffa0\u200b\u2060\u202e\ufeff\xad\U000e0041\ud800\x1b\u061c\u180e\u180b"
    "\u2066\u2028\u0085\ue000\ufffc"
)


@pytest.mark.parametrize("name", GOOD)
def test_names_of_all_scripts_are_good(name: str) -> None:
    assert problem_of_name(canonical(name)) == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *((f"a{letter}b", "cannot be shown") for letter in UNSEEN),
        *((f"a{joiner}b", "a joiner in it") for joiner in "\u200c\u200d"),
        ("قور\u200c", "a joiner in it"),
        ("\u200cقور", "a joiner in it"),
        ("☀\ufe0f", "terminals differ on it"),
        ("葛\U000e0100", "terminals differ on it"),
        ("1\ufe0f\u20e3", "terminals differ on it"),
        ("1\u20e3", "terminals differ on it"),
        ("👍🏽", "terminals differ on it"),
        ("👩\u200d🍳", "terminals differ on it"),
        ("\u0301a", "begins with a mark"),
        ("раsta", "Latin and Cyrillic letters, which look alike"),
        ("pαsta", "Latin and Greek letters, which look alike"),
        ("x" * 41, "too long"),
        ("a,b", "has a comma"),
        (" a", "begins or ends with a space"),
    ],
)  # fmt: skip
def test_names_that_cannot_be_seen_or_told_are_refused(name: str, words: str) -> None:
    assert words in problem_of_name(name)
    if not words.startswith("begins or"):  # where a name is typed, a space at its ends is no matter
        with pytest.raises(InputError):
            typed_name(name, ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pasta", "ｐａｓｔａ"),
        ("fish", "ﬁsh"),
        ("H2O", "H₂O"),
        ("раста", "pacta"),
        ("میخواهم", "می\u200cخواهم"),
        ("Å bread", "\u212b bread"),
    ],
)
def test_names_that_look_alike_do_not_stand_beside_each_other(one: str, other: str) -> None:
    assert alike(canonical(one), [canonical(other)]) or folded(one) == folded(other)
    assert fault_beside(canonical(one), ["salad", canonical(other)])
    assert not fault_beside(canonical(one), ["salad"])


def test_scripts_may_stand_beside_each_other() -> None:
    assert mixed_scripts("борщ soup") == ()
    assert mixed_scripts("寿司 sushi") == ()
    assert mixed_scripts("бorщ") == ("Latin", "Cyrillic")


def test_names_that_are_typed_can_be_opened_again(tmp_path: Path) -> None:
    for name in ("x" * 60, " ", "\u3164", "a\u200bb", "pasta", "Pasta ", "salad\u00a0", "ｓａｌａｄ", "a,b"):
        with pytest.raises(InputError):
            rename(PERFECT_ROOMMATE, "dishes", 1, name)
        with pytest.raises(InputError):
            enlarged(PERFECT_ROOMMATE, "dishes", name)
    made = enlarged(rename(PERFECT_ROOMMATE, "dishes", 1, " cre\u0300me  brulée "), "weathers", "snow\u00a0storm")
    assert made.dishes[1] == "crème brulée"
    assert made.weathers[2] == "snow storm"
    save_scenario(tmp_path / "made.toml", Scenario(made))
    assert load_scenario(tmp_path / "made.toml").roommate.dishes == made.dishes


def test_what_is_typed_is_found_in_any_spelling() -> None:
    names = ("crème brulée", "Straße", "김치")
    assert find("cre\u0300me\u00a0 bru", names) == 0
    assert find("STRASSE", names) == 1
    assert find(unicodedata.normalize("NFD", "김치"), names) == 2
    rainy = PERFECT_ROOMMATE
    assert parse_week("sunny,\u00a0rainy", rainy) == (0, 1)
