"""--slow-link: what is set for Textual, what the person has set stays, and what the screen then sends."""

import os

import pytest

from tests.end_to_end.terminal import Terminal
from tui.terminal.environment import reduce_traffic

SET = {"TEXTUAL_FPS": "5", "TEXTUAL_ANIMATIONS": "none"}


@pytest.mark.parametrize("colours", ["truecolor", "24bit", ""])
def test_fewer_frames_and_no_more_than_256_colours(colours: str) -> None:
    environ = {"COLORTERM": colours}
    reduce_traffic(environ)
    expected = SET | ({"TEXTUAL_COLOR_SYSTEM": "256"} if colours else {})  # 16 stay 16
    assert environ == {"COLORTERM": colours} | expected


def test_what_the_person_has_set_stays() -> None:
    chosen = {"COLORTERM": "truecolor", "TEXTUAL_FPS": "30", "TEXTUAL_ANIMATIONS": "basic"}
    environ = {**chosen, "TEXTUAL_COLOR_SYSTEM": "truecolor"}
    reduce_traffic(environ)
    assert environ == {**chosen, "TEXTUAL_COLOR_SYSTEM": "truecolor"}


@pytest.mark.parametrize("slow", [True, False])
def test_it_is_set_before_textual_is_imported(slow: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_ANIMATIONS")  # which the suite sets
    assert not {name for name in os.environ if name.startswith("TEXTUAL_")}
    with Terminal(
        *["--slow-link"] * slow, "--no-state", "--lesson", "3", environ={"COLORTERM": "truecolor"}
    ) as terminal:
        terminal.wait_for("step 1 of 6", "quit")
        terminal.wait_until_quiet()
        assert (b"38;2;" in terminal.bytes, b"38;5;" in terminal.bytes) == (not slow, slow)
        terminal.press("S")
        terminal.wait_for("Save the weights")
        terminal.wait_until_quiet(0.2)
        assert not terminal.read(1.5)  # a cursor that blinks does so every half second
        terminal.press("escape")
        terminal.wait_until_gone("Save the weights")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
