"""Diaries as CSV, both ways: ``day,weather,dish``; everything that is wrong is told with its line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from model.language import _
from model.roommate.diary import HELD_OUT, Diary
from model.roommate.roommate import Roommate
from model.storage.diary_reading import COLUMNS, DiaryReader
from model.storage.encoding import decoded
from model.storage.files import file_errors, name_of, read

MAX_BYTES = 8 * 2**20
"""Larger files are refused: 100,000 days take half of it."""


DIARY_ENDINGS = (".csv", ".tsv", ".txt")
"""What the names of diaries end in, as far as a page offers them."""


def load_diary(path: Path, roommate: Roommate | None = None, held_out: float = HELD_OUT) -> Diary:
    """Read a diary file.

    Args:
        path: The file.
        roommate: Whose dishes and weathers may occur; None: they are found in the file, in the order they appear.
        held_out: The part that is never trained on.

    Raises:
        FileError: It cannot be read or is bad; the sentence tells all its faults with their lines.
    """
    with file_errors(path):
        return read_diary(read(path, MAX_BYTES), name_of(path, 0), roommate, held_out)


def read_diary(data: bytes, source: str, roommate: Roommate | None = None, held_out: float = HELD_OUT) -> Diary:
    """Read the bytes of a diary; otherwise as `load_diary`.

    Args:
        data: All of it.
        source: The file, as the person knows it.
        roommate: See `load_diary`.
        held_out: See `load_diary`.

    Raises:
        FileError: With all faults.
    """
    text = decoded(data, source, _("a diary is text (CSV)"))
    return DiaryReader(source, roommate, held_out).diary(text)


def diary_csv(diary: Diary) -> bytes:
    """A diary as the bytes of a file; reading it gives the same days."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row, (weather, dish) in enumerate(zip(diary.weather.tolist(), diary.dish.tolist(), strict=True)):
        writer.writerow((diary.label(row), diary.weathers[weather], diary.dishes[dish]))
    return buffer.getvalue().encode()
