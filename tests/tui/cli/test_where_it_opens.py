"""Which words of the command line begin in the walk, and which leave the opening first."""

import pytest

from tui.cli.first_simulation import asks_for_walk
from tui.cli.parser import build_parser

HOW = (["--ascii"], ["--kiosk"], ["--slow-link"], ["--no-state"], ["--plain"], ["--lang", "en"])
WALK = (
    *(["--lesson", "1"], ["--day", "2"], ["--step", "2"], ["--entry", "1"], ["--reveal"], ["--no-reveal"]),
    *(["--scenario", "soup"], ["--weather", "sr"], ["--start", "salad"], ["--backward"], ["--seed", "7"]),
    *(["--settings", "clip=1"], ["--update", "3"], ["--feedback", "soft"], ["--letters"]),
)


@pytest.mark.parametrize("words", [[], *HOW, [word for words in HOW for word in words]], ids=" ".join)
def test_words_that_say_how_it_is_shown_open_with_the_story(words: list[str]) -> None:
    assert not asks_for_walk(build_parser().parse_args(words))


@pytest.mark.parametrize("words", WALK, ids=" ".join)
def test_words_that_say_where_to_be_begin_there(words: list[str]) -> None:
    assert asks_for_walk(build_parser().parse_args(words))
