"""Foreign text on its way out: what could steer a terminal or hide is an escape, everything else stays."""

import json
import math
import sys
import tomllib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import FileError, InputError
from model.foreign_text import MAX_IN_A_SENTENCE, SHOWN, clipped, json_text, message, shown
from model.storage.toml import quoted
from tests.harm import harm

OTHERS = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""The categories of what is no letter, mark, number, sign or space."""

ANY = st.text(st.one_of(st.characters(), st.characters(categories=["C", "Zl", "Zp"])))


def test_every_character_that_does_harm_is_escaped_and_no_other_that_can_be_seen() -> None:
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        seen = shown(letter)
        if harm(letter):
            assert seen.isascii(), letter
            assert seen.isprintable(), letter
            assert seen.encode("ascii").decode("unicode_escape") == letter
        elif letter.isprintable() and unicodedata.category(letter) not in {"Mn", "Lo"}:  # of which some are nothing
            assert seen == letter


def test_of_each_general_category_it_is_decided() -> None:
    found = {unicodedata.category(chr(code)) for code in range(sys.maxunicode + 1)}
    assert found == SHOWN | OTHERS
    assert not SHOWN & OTHERS


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("\x1b]52;c;eA==\x07", r"\x1b]52;c;eA==\x07"),
        ("a\u202eb", r"a\u202eb"),
        ("\x9b31m", r"\x9b31m"),
        ("\udcff", r"\udcff"),
        ("\ue000\U0010fffd \ufdd0 \u0378", r"\ue000\U0010fffd \ufdd0 \u0378"),
        ("\u0600 \u06dd \u2064", "\u0600 \u06dd \\u2064"),
        ("a\tb\rc\nd", "a\\tb\\rc\nd"),
        ("crème 🍝 ❤\ufe0f می\u200cخواهم \u2800⣿", "crème 🍝 ❤\ufe0f می\u200cخواهم \u2800⣿"),
    ],
)
def test_what_is_shown(text: str, visible: str) -> None:
    assert shown(text) == visible


@given(ANY)
def test_nothing_that_does_harm_is_left_and_once_is_enough(text: str) -> None:
    assert not harm(shown(text))
    assert shown(shown(text)) == shown(text)
    assert "\n" not in message(text)


@given(st.recursive(ANY, lambda inner: st.lists(inner) | st.dictionaries(ANY, inner)))
def test_json_is_given_back_whole(value: object) -> None:
    text = json_text(value, indent=1)
    assert not harm(text)
    assert json.loads(text) == json.loads(json.dumps(value))  # two surrogates beside each other are one letter


def test_json_has_null_for_what_is_not_finite_and_can_refuse_it() -> None:
    value = {"a": [1.5, math.nan, (math.inf,)], "b": {"c": -math.inf}}
    assert json.loads(json_text(value)) == {"a": [1.5, None, [None]], "b": {"c": None}}
    with pytest.raises(ValueError, match="Out of range"):
        json_text(value, nulls=False)


@given(st.text())
def test_so_is_a_string_of_toml(text: str) -> None:
    assert not harm(quoted(text))
    assert tomllib.loads(f"x = {quoted(text)}")["x"] == text


@pytest.mark.parametrize("word", ["x" * 900_000, "x " * 450_000, "\x1b" * 900_000, "\n" * 900_000])
def test_a_message_is_bounded_and_says_how_long_the_word_is(word: str) -> None:
    sentence = message(f"{word} is not a dish.")
    assert len(sentence) <= MAX_IN_A_SENTENCE + 30
    assert "letters) …" in sentence
    assert sentence.endswith(("is not a dish.", "dish."))
    assert clipped("abc", 3) == "abc"


def test_every_error_can_be_shown_and_keeps_its_lines() -> None:
    assert str(InputError("no \x1b[2J\nhere")) == r"no \x1b[2J\nhere"
    several = FileError("a\x07.toml: 2 things are wrong.", ("one \x1b", "two\nlines"))
    assert str(several) == "a\\x07.toml: 2 things are wrong.\n  one \\x1b\n  two\\nlines"
    assert several.faults == (r"one \x1b", r"two\nlines")
    assert str(FileError("a.toml: one", ("one",))) == "a.toml: one"
