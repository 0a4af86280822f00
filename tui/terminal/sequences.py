"""What a terminal sends, cut into texts, control sequences and pastes: a state machine after ECMA-48.

A terminal sends keys, and on the same line answers to questions, reports of the mouse and the size, and whatever is
pasted. Each of these has a beginning and an end that ECMA-48 defines, so that what nobody understands can be left out
whole. Where the end does not come, a limit of length or of time takes its place. Esc alone and the beginning of a
sequence differ only in what comes after them; so do a paste without an end and the keys that are pressed after it.
"""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

ESC = 0x1B

MAX_PARAMETERS = 1024
"""Bytes of a control sequence after which it can mean nothing, and its end is only waited for."""

MAX_SKIPPED = 64 * 1024
"""Bytes of a control string, or of a sequence that means nothing, after which its end is given up."""

MAX_PASTED = 1024 * 1024
"""Bytes of a paste that are kept."""

PASTE_END = b"\x1b[201~"

STRINGS = b"]PX^_"
"""What begins OSC, DCS, SOS, PM and APC behind Esc: all of them end with ST, and OSC with BEL, too."""

TAIL = re.compile(rb"\[[0-?]*[ -/]*[@-~]|O[A-DFHMP-S]|\][0-9lL][^\x07\x1b]*(?:\x07|\x1b\\)|P[0-9>!][^\x1b]*\x1b\\")
"""What belongs to an Esc that came shortly before: nobody types so much at once."""

KEY = re.compile(
    rb"(?:[\x00-\x1a\x1c-\x7f]|[\xc2-\xf4][\x80-\xbf]+|\x1b\[[0-9;:]*[A-Za-z~]|\x1bO.|(?:\x1b\[<[0-9;]+[Mm])+)\Z"
)
"""One key, or the mouse."""

LEAVING = re.compile(rb"[\x03\x11\x1b]|\x1b\[(?:99|113|27)(?:;\d+)?u")
"""Ctrl+C, Ctrl+Q and Esc, with which a person gives up."""

RXVT = {b"3", b"7", b"8", b"23", b"24"}
"""Keys that rxvt sends with ``$`` at the end, which by ECMA-48 is no end."""


class TokenType(Enum):
    """What a token is."""

    TEXT = auto()
    """Characters that were typed."""

    ESCAPE = auto()
    """Esc, alone."""

    ALT = auto()
    """A character behind Esc."""

    CSI = auto()
    """A control sequence, without what introduces it."""

    SS3 = auto()
    """What follows SS3: a key in the terminal's application mode."""

    PASTE = auto()
    """A whole paste, or as much of it as came."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of what a terminal sends.

    Attributes:
        kind: What it is.
        text: What is in it.
    """

    kind: TokenType
    text: str = ""


class State(Enum):
    """What the next byte belongs to."""

    GROUND = auto()
    ESCAPE = auto()
    CSI = auto()
    SS3 = auto()
    STRING = auto()
    STRING_ESCAPE = auto()
    BYTES = auto()
    PASTE = auto()


class Sequences:
    """Cuts what a terminal sends into tokens.

    Args:
        escape: Seconds without another byte that make Esc of the byte that begins all sequences.
        patience: How much longer than usual to wait for the rest of what has begun.
        clock: Tells the time in seconds.
    """

    def __init__(self, escape: float, patience: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._escape = escape
        self._rest = 2.0 * patience  # for the rest of a sequence
        self._tail = 1.0 * patience  # for the rest of a sequence of which Esc was made
        self._key_after_paste = 0.5 * patience  # makes a key of what would be one, had the paste ended
        self._paste_rest = 5.0 * patience
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="ignore")
        self._state = State.GROUND
        self._held = bytearray()  # of the sequence or the paste that has begun
        self._introducer = ""
        self._count = 0
        self._last = clock()
        self._escaped = -self._tail  # when Esc was made of a pause
        self._alone = b""  # what came last in a paste, if a person gives up with it
        self._alt = False
        self._steps: dict[State, Callable[[int], tuple[Token | None, int]]] = {
            State.ESCAPE: self._after_escape,
            State.CSI: self._in_csi,
            State.SS3: self._in_ss3,
            State.STRING: self._in_string,
            State.STRING_ESCAPE: self._in_string_escape,
            State.BYTES: self._in_bytes,
        }

    @property
    def waits(self) -> bool:
        """Whether something has begun whose rest may come, or not."""
        return self._state is not State.GROUND

    def tokens(self, data: bytes) -> Iterator[Token]:
        """Cut some bytes; what has begun with them may go on in the next ones."""
        now = self._clock()
        idle, self._last = now - self._last, now
        if self._state is State.PASTE:
            self._alone = data if LEAVING.fullmatch(data) else b""
            if idle >= self._key_after_paste and KEY.match(data) and not self._at_paste_end(data):
                yield self._pasted()
        elif self._state is State.GROUND and now - self._escaped < self._tail and TAIL.match(data):
            data = b"\x1b" + data
        self._escaped = -self._tail
        at = 0
        while at < len(data):
            if self._state is State.GROUND:
                end = data.find(ESC, at)
                end = len(data) if end < 0 else end
                yield from self._text(data[at:end])
                if end < len(data):
                    self._decoder.reset()
                    self._alt = False
                    self._state = State.ESCAPE
                at = end + 1
            elif self._state is State.PASTE:
                ended, at = self._paste(data, at)
                if ended:
                    yield self._pasted()
            else:
                token, taken = self._steps[self._state](data[at])
                at += taken
                if token is not None:
                    yield token

    def after_a_pause(self) -> Iterator[Token]:
        """Tell what is meant where nothing more has come: Esc alone, for one, and not the beginning of a sequence."""
        idle = self._clock() - self._last
        state = self._state
        if state is State.ESCAPE:
            if idle >= self._escape:
                self._state, self._escaped = State.GROUND, self._clock()
                yield Token(TokenType.ESCAPE)
        elif state is State.PASTE:
            if self._alone and idle >= self._escape:
                del self._held[-len(self._alone) :]
                yield self._pasted()
                yield from self.tokens(self._alone)
                yield from self._escape_now()
            elif idle >= self._paste_rest:
                yield self._pasted()
        elif state is not State.GROUND and idle >= self._rest:
            introducer, begun = self._introducer, bool(self._held) or self._count > 0
            self._state = State.GROUND
            if not begun and state is not State.STRING_ESCAPE:
                yield Token(TokenType.ALT, introducer)

    def _escape_now(self) -> Iterator[Token]:
        if self._state is State.ESCAPE:
            self._state, self._escaped = State.GROUND, self._clock()
            yield Token(TokenType.ESCAPE)

    # Characters

    def _text(self, data: bytes) -> Iterator[Token]:
        text = self._decoder.decode(data)
        if text and self._alt:
            self._alt = False
            if not text[0].isascii():  # or else what followed Esc was noise
                yield Token(TokenType.ALT, text[0])
                text = text[1:]
        if text:
            yield Token(TokenType.TEXT, text)

    # Pastes

    def _paste(self, data: bytes, at: int) -> tuple[bool, int]:
        """Take in what is pasted; gives whether this was the end, and where the bytes go on behind it."""
        seen = len(self._held)
        self._held += data[at:]
        end = self._held.find(PASTE_END, max(seen - len(PASTE_END) + 1, 0))
        if end < 0:
            if len(self._held) > 2 * MAX_PASTED:
                del self._held[MAX_PASTED : -len(PASTE_END)]
            return False, len(data)
        left = len(self._held) - end - len(PASTE_END)
        del self._held[end:]
        return True, len(data) - left

    def _at_paste_end(self, data: bytes) -> bool:
        """Whether some bytes go on with the end of the paste."""
        held = bytes(self._held[-len(PASTE_END) :])
        begun = next((n for n in range(len(PASTE_END) - 1, 0, -1) if held.endswith(PASTE_END[:n])), 0)
        return data.startswith(PASTE_END) or (begun > 0 and data.startswith(PASTE_END[begun:][: len(data)]))

    def _pasted(self) -> Token:
        text = bytes(self._held[:MAX_PASTED]).decode(errors="ignore")
        self._held.clear()
        self._state = State.GROUND
        return Token(TokenType.PASTE, text)

    # Sequences: one byte each, and given are the token that ends with it, and how many bytes were taken, one or none

    def _after_escape(self, byte: int) -> tuple[Token | None, int]:
        self._held.clear()
        self._count = 0
        self._introducer = chr(byte)
        if byte == ESC:
            return Token(TokenType.ESCAPE), 1
        if byte == ord("["):
            self._state = State.CSI
        elif byte == ord("O"):
            self._state = State.SS3
        elif byte in STRINGS:
            self._state = State.STRING
        elif byte >= 0x80:
            self._state, self._alt = State.GROUND, True
            return None, 0
        else:
            self._state = State.GROUND
            return Token(TokenType.ALT, chr(byte)), 1
        return None, 1

    def _in_string(self, byte: int) -> tuple[Token | None, int]:
        self._count += 1
        if byte == ESC:
            self._state = State.STRING_ESCAPE
        elif byte == 0x07 or self._count > MAX_SKIPPED:
            self._state = State.GROUND
        elif byte < 0x08 or 0x0D < byte < 0x20:  # no command string has these in it
            self._state = State.GROUND
            return None, 0
        return None, 1

    def _in_string_escape(self, byte: int) -> tuple[Token | None, int]:
        ends = byte == ord("\\")
        self._state = State.GROUND if ends else State.ESCAPE
        return None, int(ends)

    def _in_bytes(self, _byte: int) -> tuple[Token | None, int]:
        self._count -= 1
        if self._count == 0:
            self._state = State.GROUND
        return None, 1

    def _broken(self, byte: int) -> tuple[Token | None, int]:
        """What no sequence has in it: noise, or a key that must not wait for the end."""
        self._state = State.ESCAPE if byte == ESC else State.GROUND
        return None, int(byte == ESC)

    def _in_ss3(self, byte: int) -> tuple[Token | None, int]:
        if not 0x20 <= byte < 0x7F:
            return self._broken(byte)
        self._held.append(byte)
        if byte < 0x40:
            self._state = State.SS3 if len(self._held) < 8 else State.GROUND
            return None, 1
        self._state = State.GROUND
        return Token(TokenType.SS3, self._held.decode("ascii")), 1

    def _in_csi(self, byte: int) -> tuple[Token | None, int]:
        if not 0x20 <= byte < 0x7F:
            return self._broken(byte)
        self._count += 1
        if self._count <= MAX_PARAMETERS:
            self._held.append(byte)
        linux = self._held == b"["  # its console has keys with two of them
        rxvt = byte == ord("$") and bytes(self._held[:-1]) in RXVT
        if linux or (byte < 0x40 and not rxvt):
            if self._count > MAX_SKIPPED:
                self._state = State.GROUND
            return None, 1
        self._state = State.GROUND
        if self._count > MAX_PARAMETERS:
            return None, 1
        if self._held == b"M":  # an old way to tell of the mouse: three bytes follow, and they may be any
            self._state, self._count = State.BYTES, 3
            return None, 1
        if self._held == b"200~":
            self._held.clear()
            self._state, self._alone = State.PASTE, b""
            return None, 1
        return Token(TokenType.CSI, self._held.decode("ascii")), 1
