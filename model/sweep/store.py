"""Outcomes kept on disk: what was trained once, by any sweep, is never trained again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np

from model.errors import FileError
from model.foreign_text import json_text
from model.language import _
from model.roommate.diary import Diary
from model.storage.archive import pack, unpack
from model.storage.atomic import write_atomically
from model.storage.files import file_errors, read
from model.storage.private import private_folder
from model.sweep.grid import Grid, GridCell
from model.sweep.outcomes import COLUMNS, ENDINGS, NONE, Outcomes
from model.sweep.versions import versions_here
from model.training.setting_texts import as_settings

FORMAT = "roommate-sweep-cell"
VERSION = 1

BLOCK = 1000
"""Seeds of a file: a piece of work that comes home writes no more than these again."""

MAX_FILE_BYTES = 2**20
"""Files are never so large: a block's columns take some 30 KB."""


class OtherSettingsError(FileError):
    """A file holds the outcomes of other settings than its name says."""


class SweepStore:
    """A folder of outcomes, each file those of some seeds of one cell.

    The name of a file is a digest of all that its numbers depend on: so cells of different sweeps share theirs, and
    one of other settings, another roommate or another version is another file. Two programs may use the folder at
    once: each adds to what is there, and at the worst a piece is trained twice.

    Args:
        folder: Where; it is made when something is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, grid: Grid, cell: GridCell) -> tuple[Outcomes, list[FileError]]:
        """What is kept of a cell's seeds.

        Returns:
            The outcomes, and what is wrong with files that cannot be used: their seeds are trained again.
        """
        found, faults, description = NONE, [], describe(grid, cell)
        for block in _blocks(grid.seeds):
            try:
                found = found.merged(self._read(self._path(description, block), description))
            except FileError as error:
                faults.append(error)
        return found.within(grid.seeds), faults

    def add(self, grid: Grid, cell: GridCell, outcomes: Outcomes) -> None:
        """Keep outcomes of a cell, beside those that are kept already.

        A file in their place that is damaged is replaced.

        Raises:
            OtherSettingsError: A file in their place holds something else; it is left alone.
            FileError: They cannot be written.
        """
        if not len(outcomes):
            return
        description = describe(grid, cell)
        seeds = range(int(outcomes.table["seed"][0]), int(outcomes.table["seed"][-1]) + 1)
        for block in _blocks(seeds):
            more = outcomes.within(block)
            if len(more):
                path = self._path(description, block)
                every = self._there(path, description).merged(more)
                private_folder(self.folder)
                private_folder(path.parent)
                write_atomically(path, _written(description, every), overwrite=True, private=True)

    def _path(self, description: str, block: range) -> Path:
        digest = hashlib.sha256(description.encode()).hexdigest()[:40]
        return self.folder / digest[:2] / f"{digest}-{block.start}.npz"

    def _there(self, path: Path, description: str) -> Outcomes:
        """The outcomes of a file; none where there is no such file, or where it is damaged."""
        try:
            return self._read(path, description)
        except OtherSettingsError:
            raise
        except FileError:
            return NONE

    def _read(self, path: Path, description: str) -> Outcomes:
        """The outcomes of a file, none where there is no such file.

        Raises:
            FileError: It cannot be read, is damaged, or holds other settings than its name says.
        """
        with file_errors(path) as blame:
            try:
                data = read(path, MAX_FILE_BYTES, private=True)
            except FileNotFoundError:
                return NONE
            document = unpack(data, COLUMNS.names or (), blame, MAX_FILE_BYTES)
            if document.get("format") != FORMAT or document.get("version") != VERSION:
                blame(_("it is not a file of a sweep's outcomes"))
            if document.get("of") != description:
                raise OtherSettingsError(
                    _(
                        "{path}: it holds the outcomes of other settings than its name says, and is left alone."
                    ).format(path=path)
                )
            table = _table_in(document)
            if table is None:
                blame(_("its columns are not those of outcomes"))
        return Outcomes.from_table(table)


def describe(grid: Grid, cell: GridCell) -> str:
    """All that the outcomes of a cell depend on beside the seed, as JSON: the same text for the same trainings."""
    settings = as_settings(cell.config)
    del settings["seed"]
    versions = versions_here()
    about = {
        "roommate": asdict(grid.roommate),
        "settings": settings,
        "diary": None if grid.diary is None else digest_of(grid.diary),
        "rollout_days": grid.rollout_days,
        "numerics": versions.numerics,
        "numpy": versions.numpy,
    }
    return json_text(dict(sorted(about.items())))


def digest_of(diary: Diary) -> str:
    """A digest of the days of a diary and of what of them is held out."""
    digest = hashlib.sha256(
        json_text({"dishes": diary.dishes, "weathers": diary.weathers, "cut": diary.cut}).encode()
    )
    for column in (diary.day, diary.weather, diary.dish):
        digest.update(np.ascontiguousarray(column, dtype="<i8").tobytes())
    return digest.hexdigest()


def _blocks(seeds: range) -> Iterator[range]:
    """The blocks that seeds fall into."""
    for first in range(seeds.start // BLOCK * BLOCK, seeds.stop, BLOCK):
        yield range(first, first + BLOCK)


def _written(description: str, outcomes: Outcomes) -> bytes:
    about = {"format": FORMAT, "version": VERSION, "of": description, "endings": list(ENDINGS)}
    return pack(about, {name: np.ascontiguousarray(outcomes.table[name]) for name in COLUMNS.names or ()})


def _table_in(document: dict[str, object]) -> np.ndarray[tuple[int], np.dtype[np.void]] | None:
    """The columns of a file as one table; None where they are not what `_written` writes."""
    if document.get("endings") != list(ENDINGS):
        return None
    columns = {name: document.get(name) for name in COLUMNS.names or ()}
    sizes = {column.shape for column in columns.values() if isinstance(column, np.ndarray)}
    if not all(isinstance(column, np.ndarray) for column in columns.values()) or len(sizes) != 1:
        return None
    (shape,) = sizes
    if len(shape) != 1 or not 0 < shape[0] <= BLOCK:
        return None
    table = np.empty(shape, COLUMNS)
    for name, column in columns.items():
        assert isinstance(column, np.ndarray)
        if not np.can_cast(column.dtype, COLUMNS[name], "safe"):
            return None
        table[name] = column
    return None if (table["ended"] >= len(ENDINGS)).any() else table
