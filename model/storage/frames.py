"""What has been added to a file since it was written whole: frames in a journal beside it, one for each addition.

A file that grows is too large to be written whole again and again. A frame is appended, which takes nothing from what
is there; of one that is cut off nothing is read. Each frame names the file that it goes on from, so that a journal
that is left beside another file means nothing.
"""

from __future__ import annotations

import contextlib
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from model.errors import FileError
from model.language import _
from model.storage.files import opened

HEAD = struct.Struct("<QII")
"""Before each frame: the file that it belongs to, its length, and its checksum."""

TAIL = 1024
"""An archive ends with the checksums of all that is in it; these bytes and its length tell it from any other."""

_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def journal_of(path: Path) -> Path:
    """The journal beside a file."""
    return path.with_suffix(".journal")


def identity(file: BinaryIO) -> int:
    """What tells an archive from others."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - TAIL, 0))
    found = size << 32 | zlib.crc32(file.read(TAIL))
    file.seek(0)
    return found & 2**64 - 1


def append_frame(path: Path, of: int, payload: bytes) -> int:
    """Append a frame to the journal of a file, on the disk when this returns.

    Args:
        path: The file.
        of: Its `identity`.
        payload: What is added.

    Returns:
        The bytes that were written.

    Raises:
        FileError: They cannot be written; some of them may have been.
    """
    journal, frame = journal_of(path), HEAD.pack(of, len(payload), zlib.crc32(payload)) + payload
    try:
        descriptor = os.open(journal, os.O_CREAT | os.O_APPEND | os.O_WRONLY | _SAFELY, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(frame)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise FileError(
            _("{path} cannot be written: {error}.").format(path=journal, error=error.strerror or error)
        ) from error
    return len(frame)


def frames(path: Path, of: int, most: int) -> Iterator[bytes]:
    """What was added to a file, in order, up to the first frame that is not whole; nothing where there is no journal.

    Args:
        path: The file.
        of: Its `identity`.
        most: The bytes that all of it may have.
    """
    with contextlib.suppress(OSError, FileError), opened(journal_of(path), private=True) as file:
        while len(head := file.read(HEAD.size)) == HEAD.size:
            owner, length, checksum = HEAD.unpack(head)
            most -= length
            payload = file.read(length) if most >= 0 else b""
            if len(payload) < length or zlib.crc32(payload) != checksum:
                return
            if owner == of:
                yield payload


def move_journal(path: Path, to: Path) -> None:
    """Let a journal follow its file, which has been moved; where it cannot, what was added last is lost."""
    with contextlib.suppress(OSError):
        journal_of(path).replace(journal_of(to))


def remove_journal(path: Path) -> None:
    """Remove the journal of a file; one that stays means nothing beside another file."""
    with contextlib.suppress(OSError):
        journal_of(path).unlink()
