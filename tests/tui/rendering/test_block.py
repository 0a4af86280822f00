"""Parts of lines, as every panel puts them together."""

from tui.rendering.block import line


def test_what_could_steer_a_terminal_is_seen_as_its_escape() -> None:
    assert line("a\x1b[2J", ("b\u202e", "bold"), line("\x9b")).plain == r"a\x1b[2Jb\u202e\x9b"
