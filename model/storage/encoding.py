"""The text of a file's bytes: UTF-8, or UTF-16 or UTF-32 where a mark at its beginning says so."""

from __future__ import annotations

import codecs

from model.errors import FileError
from model.language import _

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before the mark that it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The byte order marks and the encodings that they are of."""


def encoding_of(data: bytes) -> tuple[str, int]:
    """The encoding that a file's byte order mark names, and the length of that mark in bytes."""
    return next(((name, len(mark)) for mark, name in MARKS if data.startswith(mark)), ("utf-8", 0))


def decoded(data: bytes, source: str, wanted: str) -> str:
    """The text of a file that people write.

    Args:
        data: All of it.
        source: The file, as the person knows it.
        wanted: What the file should be, in words.

    Raises:
        FileError: It is binary, or no text of its encoding; the sentence names the line.
    """
    name, skipped = encoding_of(data)
    if name == "utf-8" and b"\0" in data:
        head = data[:200]
        if max(head[::2].count(0), head[1::2].count(0)) * 3 > len(head):  # every other byte, or nearly so
            raise FileError(
                _("{source}: it looks like UTF-16 without a mark at its beginning; save it as UTF-8.").format(
                    source=source
                )
            )
        raise FileError(_("{source}: it is a binary file, and {wanted}.").format(source=source, wanted=wanted))
    try:
        return data[skipped:].decode(name)
    except UnicodeDecodeError as error:
        before = data[skipped : skipped + error.start].decode(name, errors="replace")
        line = before.count("\n") + 1
        raise FileError(
            _("{source}: line {line}: it is not {encoding} text; save it as UTF-8.").format(
                source=source, line=line, encoding="-".join(name.upper().split("-")[:2])
            )
        ) from None
