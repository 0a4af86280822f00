"""What goes over the socket of a class: frames of a kind, a length and so many bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import IntEnum

from model.errors import FileError
from model.language import _

PROTOCOL = 1
"""The version of all of this; programs that speak another do not understand each other."""

MAX_BYTES = 16 * 2**20
"""The longest frame to a follower: a run whose whole past is shared."""

MAX_ANSWER = 256
"""The longest frame to a lecturer."""

HEAD = struct.Struct(">BI")


class Kind(IntEnum):
    """What a frame is."""

    HELLO = 1
    RUN = 2
    SCREEN = 3
    END = 4
    FULL = 5
    ANSWER = 16


def framed(kind: Kind, payload: bytes = b"") -> bytes:
    """A frame."""
    return HEAD.pack(kind, len(payload)) + payload


class Frames:
    """Puts the frames together that arrive in pieces.

    Args:
        most: The longest that is taken.
    """

    def __init__(self, most: int = MAX_BYTES) -> None:
        self._most = most
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The frames that are whole now.

        Raises:
            FileError: One would be longer than any may be.
        """
        self._buffer += data
        while len(self._buffer) >= HEAD.size:
            kind, length = HEAD.unpack_from(self._buffer)
            if length > self._most:
                raise FileError(_("What arrives is not what this program shares."))
            end = HEAD.size + length
            if len(self._buffer) < end:
                return
            payload = bytes(self._buffer[HEAD.size : end])
            del self._buffer[:end]
            yield kind, payload
