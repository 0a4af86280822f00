"""Everything that a terminal sends, made up at random: keys, and what must not be taken for any."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import strategies as st
from textual import events
from textual.message import Message

from tui.terminal.input import TerminalInput

KEYS = {
    b"a": "a", b"n": "n", b"q": "q", b"?": "question_mark", b"+": "plus", b" ": "space", b"\r": "enter", b"7": "7",
    b"[": "left_square_bracket", b"O": "O", b"]": "right_square_bracket", b"P": "P", b"\x7f": "backspace",
    b"\x03": "ctrl+c", b"\x11": "ctrl+q", b"\x1a": "ctrl+z", b"\x0c": "ctrl+l", b"\t": "tab", b"\x00": "ctrl+@",
    "é".encode(): "é", "т".encode(): "т", "日".encode(): "日", "ｎ".encode(): "ｎ",
    b"\x1b[A": "up", b"\x1b[C": "right", b"\x1b[1;5C": "ctrl+right", b"\x1b[5C": "ctrl+right", b"\x1b[1;129D": "left",
    b"\x1bOC": "right", b"\x1bOH": "home", b"\x1bOP": "f1", b"\x1b[[A": "f1", b"\x1b[11~": "f1", b"\x1b[5~": "pageup",
    b"\x1bOk": "plus", b"\x1bOm": "minus", b"\x1bOq": "1", b"\x1bOl": "comma", b"\x1bOM": "enter",
    b"\x1bO5C": "ctrl+right",
    b"\x1b[110;;110u": "n", b"\x1b[115;2u": "S", b"\x1b[83;2u": "S", b"\x1b[83u": "S", b"\x1b[103:71;2u": "G",
    b"\x1b[63u": "question_mark", b"\x1b[63;2u": "question_mark", b"\x1b[47;2u": "question_mark",
    b"\x1b[57413;;43u": "plus", b"\x1b[57413;129;43u": "plus", b"\x1b[57413u": "plus", b"\x1b[57412;;45u": "minus",
    b"\x1b[57404;129u": "5", b"\x1b[57417u": "left", b"\x1b[113;129u": "q", b"\x1b[99;5u": "ctrl+c",
    b"\x1b[27u": "escape",
    b"\x1b[13;1;13u": "enter", b"\x1b[13u": "enter", b"\x1b[110;1:2;110u": "n", b"\x1b[1083::108;5u": "ctrl+l",
    b"\x1b[1090::110u": "т", b"\x1b[27;5;108~": "ctrl+l", b"\x1bn": "alt+n", b"\x1b/": "alt+slash",
    b"\x1b\r": "alt+enter",
}  # fmt: skip
"""Keys by what terminals send for them."""

letters = st.characters(min_codepoint=0x20, exclude_characters="\x7f", exclude_categories=["Cs"])
finals = st.sampled_from("acnuRxtSmhl")
numbers = st.lists(st.integers(0, 10**6).map(str) | st.just(""), max_size=24).map(";".join)


@dataclass(frozen=True)
class Piece:
    """Something that a terminal sends at once, though not always in one piece.

    Attributes:
        data: The bytes.
        key: The key it is; empty where it is none.
        text: What it pastes, where it is a paste.
    """

    data: bytes
    key: str = ""
    text: str | None = None


def _pasted(data: bytes) -> Piece:
    data = data.replace(b"\x1b[201~", b"")
    return Piece(b"\x1b[200~" + data + b"\x1b[201~", text="")


keys = st.sampled_from([Piece(data, key) for data, key in KEYS.items()])
replies = st.one_of(
    st.builds(lambda mark, text, end: f"\x1b[{mark}{text}{end}", st.sampled_from("?>="), numbers, finals),
    st.builds(lambda text, end: f"\x1b[{text} {end}", numbers, finals),
    st.builds("\x1b[{};{}R".format, st.integers(0, 999), st.integers(0, 999)),
    st.sampled_from([113, 99, 110, 63, 999]).map("\x1b[{}~".format),
    st.sampled_from([113, 99, 110]).map("\x1b[{};1H".format),
    st.builds(lambda text: f"\x1b[{text}_", numbers),
    st.sampled_from(
        [
            "\x1b[0n",
            "\x1b[8;24;80t",
            "\x1b[4;480;800t",
            "\x1b[48;60000;60000;0;0t",
            "\x1b[1114112u",
            "\x1b[55296u",
            "\x1b[0;;55296u",
            "\x1b[110;1:3u",
            "\x1b[u",
            "\x1b[M\x20\x7f\x21",
            "\x1b[32;10;10M",
            "\x1b[201~",
        ]
    ),
    st.builds(
        lambda begin, text, end: f"\x1b{begin}{text}{end}",
        st.sampled_from("]PX^_"),
        st.text(letters, max_size=60),
        st.just("\x1b\\"),
    ),
    st.builds(lambda text: f"\x1b]{text}\x07", st.text(letters, max_size=60)),
).map(lambda text: Piece(text.encode()))
"""Answers to questions that nobody has asked, and noise."""

noise = st.sampled_from([b"\xff", b"\xfe\xff", b"\xc0", b"\xf8", b"\xc2\x9b", b"\xc2\x90"]).map(Piece)
pastes = (st.binary(max_size=60) | st.text().map(str.encode) | st.sampled_from([
    b"\x1b[32mok\x1b[0m build quick", b"q", b"\x03", b"\x00q\x00", b"\x1b[200~q", b"\x1b", b"\x1b[201",
    b"\x1b]0;quit\x07",
])).map(_pasted)  # fmt: skip


def cut(data: bytes, places: list[int]) -> list[bytes]:
    """Bytes in pieces."""
    at = sorted({place % (len(data) + 1) for place in places} | {0, len(data)})
    return [data[begin:end] for begin, end in pairwise(at)]


class Clock:
    """Time as a test wants it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Line:
    """A reader, and what it has read."""

    def __init__(self, *, slow: bool = False) -> None:
        self.clock = Clock()
        self.reader = TerminalInput(slow=slow, clock=self.clock)
        self.messages: list[Message] = []

    def send(self, *pieces: bytes) -> None:
        """Send bytes, one piece after another without a pause."""
        for piece in pieces:
            self.messages += self.reader.messages(piece)

    def pause(self, seconds: float) -> None:
        """Send nothing for a while."""
        self.clock.now += seconds
        self.messages += self.reader.after_a_pause()

    @property
    def keys(self) -> list[str]:
        """The keys so far."""
        return [message.key for message in self.messages if isinstance(message, events.Key)]

    @property
    def pastes(self) -> list[str]:
        """The pastes so far."""
        return [message.text for message in self.messages if isinstance(message, events.Paste)]

    @property
    def others(self) -> list[Message]:
        """What else has come."""
        return [message for message in self.messages if not isinstance(message, events.Key | events.Paste)]
