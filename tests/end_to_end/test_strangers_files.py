"""Files of strangers on a real terminal: what they would have it do does not reach it, and our own colours do."""

import pytest

from tests.end_to_end.terminal import ROOT, Terminal

CASES = ROOT / "tests" / "hostile"

ORDERS = (b"\x1b]52;c;Y3Vy", b"\x1b[31mPWNED", b"\x1b]0;t", b"\x1b[5m", b"\xc2\x9b", b"\xe2\x80\xae")
"""What the files order: the clipboard, colours, a title, blinking, C1, and writing from right to left."""


@pytest.mark.parametrize("case", ["key_esc.toml", "rule_key_esc.toml", "bidi.toml"])
def test_a_scenario_of_a_stranger_orders_the_screen_nothing(case: str) -> None:
    with Terminal("--no-state", "--lesson", "3", size=(120, 40)) as terminal:
        terminal.wait_for("Food product")
        terminal.press("O")
        terminal.wait_for("from a file")
        terminal.press("\x1b[F")
        terminal.press("up")
        terminal.press("enter")
        terminal.wait_for("Open which scenario")
        terminal.press(f"tests/hostile/{case}")
        terminal.wait_for(case)
        terminal.press("enter")
        terminal.wait_for("Not opened", r"\u202e" if case == "bidi.toml" else r"\x1b")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
        assert [order for order in ORDERS if order in terminal.bytes] == []


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_nor_does_it_order_the_shell_anything(case: str) -> None:
    for words in (("scenario", "check"), ("cook", "--weights"), ("train", "--diary")):
        with Terminal(*words, str(CASES / case), size=(120, 40)) as terminal:
            terminal.wait_for_exit()
            assert [order for order in ORDERS if order in terminal.bytes] == []


def test_a_progress_bar_and_a_page_of_the_manual_keep_their_colours() -> None:
    for words in (("train", "--updates", "100"), ("help", "labs")):
        with Terminal(*words, size=(100, 60)) as terminal:
            terminal.wait_for_exit()
            assert b"\x1b[" in terminal.bytes
            assert rb"\x1b" not in terminal.bytes
