"""PO files, in which translators write, read as they are: what is edited is what is used, with no step in between."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from gettext import GNUTranslations

from model.errors import FileError
from model.language import _

MAGIC, CONTEXT = 0x950412DE, "\x04"
"""What a binary catalog begins with, and what stands in it between a context and its message."""

_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])?\s+)?"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass
class Entry:
    """A message and its translation.

    Attributes:
        texts: The strings by their keywords: "msgctxt", "msgid", "msgid_plural", "msgstr" or, by number, "msgstr0".
        fuzzy: Whether a translator has still to look at it.
        line: Where it begins.
    """

    texts: dict[str, str] = field(default_factory=dict)
    fuzzy: bool = False
    line: int = 0

    @property
    def forms(self) -> list[str]:
        """The translation: one text, or one for each form that goes with a number."""
        return [text for keyword, text in self.texts.items() if keyword.startswith("msgstr")]

    @property
    def key(self) -> str:
        """What the translation is found by, as gettext's catalogs have it."""
        context, message, plural = (self.texts.get(name) for name in ("msgctxt", "msgid", "msgid_plural"))
        key = "" if context is None else context + CONTEXT
        return key + (message or "") + ("" if plural is None else f"\0{plural}")


def entries(text: str, file: str) -> Iterator[Entry]:
    """What a PO file says, message by message; entries that are commented out are left out.

    Raises:
        FileError: A line is not one of a PO file's.
    """
    entry, keyword = Entry(), ""
    for number, written in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = written.strip(" \t\r")
        if not line or line.startswith("#"):
            if keyword:
                yield entry
                entry, keyword = Entry(), ""
            entry.fuzzy = entry.fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        found = _LINE.fullmatch(line)
        if found is None or not (found[1] or keyword):
            raise FileError(
                _('{file}: line {line} is not msgid, msgstr or text in quotes: "{text}".').format(
                    file=file, line=number, text=line
                )
            )
        if found[1]:
            if keyword.startswith("msgstr") and found[1] != "msgstr":  # the next, without an empty line before it
                yield entry
                entry = Entry()
            keyword = found[1] + (found[2] or "")
            entry.line = entry.line or number
            entry.texts[keyword] = ""
        entry.texts[keyword] += _ESCAPE.sub(lambda escape: _LETTERS.get(escape[1], escape[1]), found[3])
    if keyword:
        yield entry


def translation(text: str, file: str) -> GNUTranslations:
    """A PO file as gettext uses it; what is not translated, or only guessed at, stays English.

    Args:
        text: What is in the file.
        file: Its name, for errors.

    Raises:
        FileError: It is no PO file.
    """
    catalog = {}
    for entry in entries(text, file):
        if all(entry.forms) and entry.forms and (not entry.fuzzy or not entry.key):  # a new file's header is fuzzy
            catalog[entry.key] = "\0".join(entry.forms)
    try:
        return GNUTranslations(io.BytesIO(_binary(catalog)))
    except (ValueError, LookupError) as error:  # of its header: the rule of plurals, the encoding
        raise FileError(_("{file}: its header cannot be used: {reason}.").format(file=file, reason=error)) from None


def _binary(catalog: dict[str, str]) -> bytes:
    """The catalog as the MO file that gettext reads: two tables of lengths and places, then all texts."""
    pairs = sorted((key.encode(), text.encode()) for key, text in catalog.items())
    columns = [key for key, _text in pairs], [text for _key, text in pairs]
    place = 28 + 16 * len(pairs)
    tables, texts = [], []
    for column in columns:
        for piece in column:
            tables.append(struct.pack("<2I", len(piece), place))
            texts.append(piece + b"\0")
            place += len(piece) + 1
    head = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 28)
    return head + b"".join([*tables, *texts])
