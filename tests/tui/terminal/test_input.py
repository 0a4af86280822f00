"""What a terminal sends, as keys and other events; answers and noise among it are left out, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events, messages

from tests.tui.typed import KEYS, Line, Piece, cut, keys, noise, pastes, replies
from tui.terminal.input import TerminalInput
from tui.terminal.sequences import MAX_PASTED, MAX_SKIPPED
from tui.terminal.size import MAX_COLUMNS, MAX_ROWS

SIZES_ARE_TOLD = b"\x1b[?2048;2$y"
LONG = 10.0
"""Seconds after which nobody waits for anything."""


def read(*pieces: bytes, slow: bool = False) -> Line:
    line = Line(slow=slow)
    line.send(*pieces)
    return line


# Whatever comes


@settings(deadline=None, max_examples=300)
@given(st.lists(keys | replies | pastes | noise, max_size=12), st.lists(st.integers(0, 10**6), max_size=30))
def test_the_keys_come_out_and_nothing_else_does_anything(pieces: list[Piece], places: list[int]) -> None:
    line = read(*cut(b"".join(piece.data for piece in pieces), places))
    assert line.keys == [piece.key for piece in pieces if piece.key]
    assert len(line.pastes) == sum(piece.text is not None for piece in pieces)
    assert line.others == []


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.binary(max_size=20) | st.sampled_from([b"\x1b", b"\x1b[", b"\x1bO", b"\x1b]", b"\x1bP", b"\x1b[200~"])
    ),
    st.lists(st.sampled_from([0.0, 0.0, 0.05, 0.3, 1.1, 2.5])),
    st.booleans(),
)
def test_after_any_bytes_and_pauses_q_is_a_key(data: list[bytes], pauses: list[float], slow: bool) -> None:
    line = Line(slow=slow)
    for at, piece in enumerate(data):
        line.send(piece)
        line.pause(pauses[at] if at < len(pauses) else 0.0)
    line.pause(60)
    line.pause(60)
    line.send(b"q")
    assert line.keys[-1:] == ["q"]


@settings(deadline=None, max_examples=200)
@given(replies | keys.filter(lambda piece: len(piece.data) > 3), st.data())
def test_a_sequence_over_a_slow_line_is_waited_for(piece: Piece, data: st.DataObject) -> None:
    """After its first byte, which could be Esc alone."""
    place = data.draw(st.integers(2, max(len(piece.data) - 1, 2)))
    for slow, gap in ((False, 1.5), (True, 5.0)):
        line = read(piece.data[:place], slow=slow)
        line.pause(gap)
        line.send(piece.data[place:], b"x")
        assert line.keys == [key for key in (piece.key, "x") if key]


# Keys


@pytest.mark.parametrize(("data", "key"), KEYS.items())
def test_each_key_in_one_piece_and_byte_by_byte(data: bytes, key: str) -> None:
    assert read(data).keys == [key]
    assert read(*(bytes([byte]) for byte in data)).keys == [key]


@pytest.mark.parametrize(
    ("data", "typed"),
    [
        (b"\x1b[115;2u", ["S"]),
        (b"\x1b[110u", ["n"]),
        (b"\x1b[57413u", ["+"]),
        (b"\x1b[57403u", ["4"]),
        (b"\x1b[0;;26085:26412u", ["日", "本"]),
        (b"\x1b[0;;128512u", ["😀"]),
        (
            f"\x1b[0;;{':'.join(str(ord(letter)) for letter in 'ein langer Satz' * 5)}u".encode(),
            [*"ein langer Satz" * 5],
        ),
        (b"\x1b[110;3;732u", ["˜"]),
        (b"\x1b[32;2u", [" "]),
        (b"\x1b[97;2u\x1b[97;65u\x1b[97;66u", ["A", "A", "a"]),
        (b"\x1b[99;5u", [None]),
    ],
)
def test_a_key_types_its_character_whether_the_terminal_says_so_or_not(data: bytes, typed: list[str | None]) -> None:
    assert [message.character for message in read(data).messages if isinstance(message, events.Key)] == typed


@pytest.mark.parametrize("sound", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x80\x81", b"\x1b[1114112u"])
def test_noise_takes_nothing_with_it(sound: bytes) -> None:
    assert read(b"a" + sound + b"b\x1b[Ac").keys == ["a", "b", "up", "c"]
    assert read(b"a", sound, b"b").keys == ["a", "b"]
    if sound[0] != 0x1B:
        assert read(b"\x1b" + sound, b"q").keys == ["q"]


def test_esc_is_esc_after_a_pause() -> None:
    for slow, seconds in ((False, 0.11), (True, 0.8)):
        line = read(b"\x1b", slow=slow)
        line.pause(seconds / 2)
        assert line.keys == []
        line.pause(seconds)
        assert line.keys == ["escape"]
    assert read(b"\x1b\x1b[C").keys == ["escape", "right"]


@pytest.mark.parametrize("begin", [b"\x1b[", b"\x1bO", b"\x1b]", b"\x1bP", b"\x1b_"])
def test_what_begins_a_sequence_is_never_esc_and_does_nothing_alone(begin: bytes) -> None:
    line = read(begin)
    line.pause(LONG)
    line.send(b"n")
    assert [key for key in line.keys if not key.startswith("alt+")] == ["n"]


@pytest.mark.parametrize(
    ("first", "rest", "meant"),
    [
        (b"\x1b", b"[C", ["right"]),
        (b"\x1b", b"[1;5C", ["ctrl+right"]),
        (b"\x1b", b"OC", ["right"]),
        (b"\x1b", b"[?61;4;6c", []),
        (b"\x1b", b"]11;rgb:14/19/1f\x1b\\", []),
        (b"\x1b", b"P>|kitty(0.35.2)\x1b\\", []),
        (b"\x1b", b"[200~quit\x1b[201~", []),
        (b"\x1b[", b"C", ["right"]),
        (b"\x1b]2;qu", b"it\x07", []),
    ],
)
def test_the_rest_of_a_sequence_is_not_typed_where_it_comes_late(first: bytes, rest: bytes, meant: list[str]) -> None:
    for slow in (False, True):
        line = read(first, slow=slow)
        line.pause(0.3)
        line.send(rest, b"x")
        assert [key for key in line.keys if key != "escape"] == [*meant, "x"]
        assert "escape" not in line.keys or (first == b"\x1b" and not slow)


def test_what_is_typed_after_esc_is_typed() -> None:
    for typed in (b"[", b"O", b"]", b"P", b"n"):
        line = read(b"\x1b")
        line.pause(0.2)
        line.send(typed)
        assert len(line.keys) == 2


@pytest.mark.parametrize("begun", [b"\x1b[", b"\x1b[38;5", b"\x1bO", b"\x1b]2;title", b"\x1bP1$r", b"\x1b_Gi=1"])
@pytest.mark.parametrize(("leaving", "key"), [(b"\x03", "ctrl+c"), (b"\x11", "ctrl+q")])
def test_the_keys_with_which_one_leaves_wait_for_no_end(begun: bytes, leaving: bytes, key: str) -> None:
    assert read(begun + leaving).keys == [key]


def test_a_sequence_without_an_end_has_one() -> None:
    for begin in (b"\x1b]", b"\x1b[?"):
        line = read(begin + b"1" * (MAX_SKIPPED + 10) + b"\x1b[C")
        assert line.keys[-1] == "right"
        assert len(line.keys) <= 12


# Pastes


def test_a_paste_keeps_its_letters() -> None:
    line = read("\x1b[200~é 1\n2\x1b[201~".encode(), b"x")
    assert (line.pastes, line.keys) == (["é 1\n2"], ["x"])


def test_what_is_pasted_has_no_colours_and_no_controls_in_it() -> None:
    line = read(b"\x1b[200~\x1b[32mok\x1b[0m build\x00 \x07quick\x9b\x1b]0;t\x07\x1b\t\n\x1b[201~")
    assert line.pastes == ["ok build quick\t\n"]


def test_a_paste_is_bounded() -> None:
    line = read(b"\x1b[200~")
    for _ in range(80):
        line.send(b"x" * 65536)
    line.send(b"\x1b[201~q")
    assert (line.pastes, line.keys) == (["x" * MAX_PASTED], ["q"])


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"n", "n"),
        (b"q", "q"),
        (b"\x1b[C", "right"),
        (b"\x03", "ctrl+c"),
        (b"\x1b[110;;110u", "n"),
        ("é".encode(), "é"),
    ],
)
def test_a_paste_that_does_not_end_is_given_up_at_a_key_after_a_pause(data: bytes, key: str) -> None:
    line = read(b"\x1b[200~partial")
    line.pause(0.6)
    line.send(data)
    line.pause(0.6)
    assert (line.pastes, line.keys) == (["partial"], [key])


@pytest.mark.parametrize(
    ("data", "key"), [(b"\x03", "ctrl+c"), (b"\x11", "ctrl+q"), (b"\x1b", "escape"), (b"\x1b[99;5u", "ctrl+c")]
)
def test_a_paste_that_does_not_end_is_given_up_at_once_by_one_who_leaves(data: bytes, key: str) -> None:
    line = read(b"\x1b[200~partial", data)
    line.pause(0.15)
    assert (line.pastes, line.keys) == (["partial"], [key])


def test_a_paste_that_does_not_end_is_given_up_after_a_long_pause() -> None:
    line = read(b"\x1b[200~partial")
    line.pause(LONG)
    line.send(b"nn\x1b[201~q")
    assert (line.pastes, line.keys) == (["partial"], ["n", "n", "q"])


@pytest.mark.parametrize("rest", [b"and more of it, quickly\x1b[201~", b"1~", b"\x1b[201~"])
def test_a_paste_over_a_bad_line_goes_on(rest: bytes) -> None:
    line = read(b"\x1b[200~partial\x1b[20" if rest == b"1~" else b"\x1b[200~partial")
    line.pause(1.0)
    line.send(rest, b"x")
    assert len(line.pastes) == 1
    assert line.keys == ["x"]


# The mouse


def click(button: int, x: int = 5, y: int = 7) -> bytes:
    return f"\x1b[<{button};{x};{y}M\x1b[<{button};{x};{y}m".encode()


def test_the_left_button_clicks() -> None:
    assert [type(message) for message in read(click(0)).messages] == [events.MouseDown, events.MouseUp]


@pytest.mark.parametrize("button", [1, 2, 3, 4, 8, 16, 20, 128, 129, 130, 131])
def test_no_other_button_and_no_click_with_a_key_held_does(button: int) -> None:
    line = read(click(button))
    assert not [one for one in line.messages if isinstance(one, events.MouseDown | events.MouseUp)]
    line = read(f"\x1b[<{button};5;7M\x1b[<0;5;7m".encode())
    assert not [one for one in line.messages if isinstance(one, events.MouseUp)]


def test_the_wheel_turns() -> None:
    assert [type(message) for message in read(b"\x1b[<64;5;7M\x1b[<65;5;7M").messages] == [
        events.MouseScrollUp,
        events.MouseScrollDown,
    ]


@settings(deadline=None)
@given(st.lists(replies | noise, max_size=5))
def test_noise_does_not_move_the_mouse(between: list[Piece]) -> None:
    """A terminal that counts pixels goes on doing so."""
    line = read(SIZES_ARE_TOLD, b"\x1b[48;24;80;480;800t")
    line.send(*(piece.data for piece in between), b"\x1b[1114112u", b"\x1b[48;30;90;0;0t", b"\x1b[<0;401;201M")
    down = line.messages[-1]
    assert isinstance(down, events.MouseDown)
    assert (down.x, down.y) == (40, 10)


# Answers that are wanted


def test_answers_that_somebody_waits_for_are_handed_on() -> None:
    found = read(b"\x1b[?2026;2$y", b"\x1b[I\x1b[O", SIZES_ARE_TOLD).messages
    assert [type(message) for message in found] == [
        messages.TerminalSupportsSynchronizedOutput,
        events.AppFocus,
        events.AppBlur,
        messages.InBandWindowResize,
    ]


def test_a_size_that_nobody_has_asked_for_is_not_believed() -> None:
    assert read(b"\x1b[48;60000;60000;0;0t").messages == []
    assert read(b"\x1b[?2048;0$y\x1b[48;24;80;480;800t").others[1:] == []


@pytest.mark.parametrize(
    ("answer", "size"),
    [
        ("48;40;120;800;1200", (120, 40)),
        ("48;40:1;120:2;800;1200", (120, 40)),
        ("48;65535;65535;0;0", (MAX_COLUMNS, MAX_ROWS)),
        ("48;10;65535;0;0", (MAX_COLUMNS, 10)),
        ("48;0;0;0;0", None),
        ("48;0;80;0;0", None),
        ("48;999999;80;0;0", None),
    ],
)
def test_a_size_is_drawable_whoever_tells_it(answer: str, size: tuple[int, int] | None) -> None:
    found = [
        one.size for one in read(SIZES_ARE_TOLD, f"\x1b[{answer}t".encode()).others if isinstance(one, events.Resize)
    ]
    assert found == ([] if size is None else [size])


@pytest.mark.parametrize("key", [b"a", b"\x1b[C", b"\x1ba", b"\x1b[97;5u"])
def test_a_key_that_is_held_is_another_event_each_time_and_means_the_same(key: bytes) -> None:
    reader = TerminalInput()
    first, second = (one for _press in range(2) for one in reader.messages(key))
    assert first is not second
    assert isinstance(first, events.Key)
    assert isinstance(second, events.Key)
    assert (first.key, first.character) == (second.key, second.character)
