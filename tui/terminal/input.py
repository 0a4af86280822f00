"""What comes from the terminal as keys, mouse events and pastes: whatever it is, it ends nothing.

The only place that knows Textual's parser, which is asked about whole sequences alone, and about no others than it
knows.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

from textual import events
from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.message import Message
from textual.messages import InBandWindowResize

from tui.terminal.key_codes import key_sequences, keypad_sequence
from tui.terminal.sequences import Sequences, Token, TokenType
from tui.terminal.size import clamped

SLOW_ESCAPE, SLOW_PATIENCE = 0.75, 3.0
"""Over a slow link so many seconds make Esc, and the rest of a sequence may take so many times longer."""

KEPT = ("mouse_pixels", "terminal_size", "terminal_pixel_size", "last_x", "last_y")
"""What a new parser must know of the old one: otherwise every click would be elsewhere."""

MOUSE = re.compile(r"<(?P<button>\d{1,3});(?P<x>-?\d{1,6});(?P<y>-?\d{1,6})[Mm]")
FOCUS = re.compile(r"[IO]")
MODE = re.compile(r"\?20(?:26|48);\d\$y")
SIZE = re.compile(r"48;(\d{1,5})(?::\d*)*;(\d{1,5})(?::\d*)*;(\d{1,6})(?::\d*)*;(\d{1,6})(?::\d*)*t")
"""What else than keys a terminal tells without being asked each time."""

IN_PASTES = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -~])?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]",
    re.DOTALL,
)
"""Colours and controls of what is pasted: nobody means them."""

MAX_REMEMBERED = 500
"""Keys whose meaning is remembered: more than there are on a keyboard."""


class TerminalInput:
    """Reads what a terminal sends.

    A terminal that is attached again, or a connection with noise on it, sends bytes that are not UTF-8, and sequences
    that no terminal should; and every terminal answers questions, perhaps long after they were asked. None of this is
    typed, and none a reason to end: it is left out.

    Args:
        slow: Whether the rest of a sequence may take long.
        clock: Tells the time in seconds.
    """

    def __init__(self, *, slow: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        escape = max(ESCAPE_DELAY, SLOW_ESCAPE) if slow else ESCAPE_DELAY
        self._sequences = Sequences(escape, SLOW_PATIENCE if slow else 1.0, clock)
        self._parser = XTermParser()
        self._tells_size = False
        self._button_down = False
        self._keys: dict[Token, list[tuple[str, str | None]]] = {}

    @property
    def waits(self) -> bool:
        """Whether something has begun whose rest may come, or not."""
        return self._sequences.waits

    def messages(self, data: bytes) -> Iterator[Message]:
        """Tell what some bytes mean; a sequence may go on in those that follow."""
        for token in self._sequences.tokens(data):
            yield from self._meaning(token)

    def after_a_pause(self) -> Iterator[Message]:
        """Tell what is meant when nothing more has come: Esc alone, for one, and not the beginning of a sequence."""
        for token in self._sequences.after_a_pause():
            yield from self._meaning(token)

    def _meaning(self, token: Token) -> Iterator[Message]:
        if token.kind is TokenType.TEXT and len(token.text) > 1:
            for letter in token.text:
                yield from self._meaning(Token(TokenType.TEXT, letter))
        elif token in self._keys:  # a key that is held comes as the same token, again and again
            yield from (events.Key(key, letter) for key, letter in self._keys[token])
        else:
            found = list(self._worked_out(token))
            keys = [(one.key, one.character) for one in found if type(one) is events.Key]
            if keys and len(keys) == len(found) and len(self._keys) < MAX_REMEMBERED:
                self._keys[token] = keys
            yield from found

    def _worked_out(self, token: Token) -> Iterator[Message]:
        if token.kind is TokenType.TEXT:
            if not 0x80 <= ord(token.text) < 0xA0:
                yield from self._parsed(token.text)
        elif token.kind is TokenType.ESCAPE:
            yield events.Key("escape", "\x1b")
        elif token.kind is TokenType.ALT:
            yield from self._alt(token.text)
        elif token.kind is TokenType.PASTE:
            yield events.Paste(IN_PASTES.sub("", token.text))
        elif token.kind is TokenType.SS3:
            yield from self._parsed(keypad_sequence(token.text))
        else:
            yield from self._control(token.text)

    def _alt(self, letter: str) -> Iterator[Message]:
        """A key with Alt; Textual knows some of them as keys of their own, and waits for others to go on."""
        known = [] if letter in "O[]P_^X" else self._parsed(f"\x1b{letter}")
        if known:
            yield from known
            return
        for plain in self._parsed(letter):
            if isinstance(plain, events.Key):
                if plain.key.startswith("ctrl+"):
                    yield plain
                elif len(plain.key) == 1:
                    key = f"shift+{plain.key.lower()}" if plain.key.isupper() else plain.key
                    yield events.Key(f"alt+{key}", letter)
                else:
                    yield events.Key(f"alt+{plain.key}", None)

    def _control(self, sequence: str) -> Iterator[Message]:
        if (mouse := MOUSE.fullmatch(sequence)) is not None:
            yield from self._mouse(sequence, int(mouse["button"]))
        elif FOCUS.fullmatch(sequence):
            yield from self._parsed(f"\x1b[{sequence}")
        elif MODE.fullmatch(sequence):
            for message in self._parsed(f"\x1b[{sequence}"):
                if isinstance(message, InBandWindowResize):
                    self._tells_size = message.supported
                yield message
        elif (size := SIZE.fullmatch(sequence)) is not None:
            if self._tells_size:  # or else nobody has asked for it
                yield from self._size(*map(int, size.groups()))
        else:
            for known in key_sequences(sequence):
                yield from self._parsed(known)

    def _size(self, rows: int, columns: int, height: int, width: int) -> Iterator[Message]:
        """A new size, none larger than can be drawn; by the pixels, where there are some, the mouse is counted."""
        if rows and columns:
            if height >= rows and width >= columns:
                self._parsed(f"\x1b[48;{rows};{columns};{height};{width}t")
            yield events.Resize.from_dimensions(clamped(columns, rows), (width, height))

    def _mouse(self, sequence: str, button: int) -> Iterator[Message]:
        """The mouse; of its buttons the left one alone, and no key held: those mean other things elsewhere."""
        message = self._parser.parse_mouse_code(f"\x1b[{sequence}") if button < 128 else None
        if isinstance(message, events.MouseDown):
            self._button_down = button == 0
            if not self._button_down:
                return
        elif isinstance(message, events.MouseUp):
            if message.button != 1 or not self._button_down:
                return
            self._button_down = False
        if message is not None:
            yield message

    def _parsed(self, sequence: str) -> list[Message]:
        """What Textual makes of a whole sequence; nothing where it does not know it."""
        found: list[Message] = []
        try:
            for at, letter in enumerate(sequence, 1):
                messages = list(self._parser.feed(letter))
                if messages and at < len(sequence):
                    found = []
                    break
                found += messages
        except Exception:  # numbers that no key, size or place can have
            found = []
        if not found:  # it may wait for more, or be of no use any longer
            old, self._parser = self._parser, XTermParser()
            for name in KEPT:
                setattr(self._parser, name, getattr(old, name))
        return found
