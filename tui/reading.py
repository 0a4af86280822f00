"""What comes from the terminal, byte by byte, as keys, mouse events and pastes: whatever it is, it ends nothing."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from textual._xterm_parser import XTermParser
from textual.message import Message


class Reader:
    """Reads what a terminal sends.

    A terminal that is attached again, or a connection with noise on it, sends bytes that are not UTF-8, and sequences
    that no terminal should. Neither is a reason to end: such bytes are left out, and after a sequence that cannot be
    understood reading begins anew.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="ignore")
        self._parser = XTermParser()

    def messages(self, data: bytes) -> Iterator[Message]:
        """What some bytes mean; a sequence may go on in those that follow."""
        for letter in self._decoder.decode(data):  # one by one: nothing is lost but what cannot be understood
            try:
                yield from self._parser.feed(letter)
            except Exception:  # numbers that no key, size or place can have; the parser is of no use after that
                self._parser = XTermParser()

    def after_a_pause(self) -> Iterator[Message]:
        """What is meant when nothing more has come: Esc alone, for one, and not the beginning of a sequence."""
        try:
            yield from self._parser.tick()
        except Exception:  # as above
            self._parser = XTermParser()
