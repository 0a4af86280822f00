"""``roommate-tui check``: certificates, proved by running them again; of a folder a table, and CSV."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from model.errors import FileError
from model.language import _
from model.storage.atomic import write_atomically
from model.storage.files import STREAM
from model.storage.typed_paths import typed_path
from model.sweep.processes import cores
from tui.cli.marks import csv_of, table_of
from tui.cli.proofs import Proof, output_glyphs, proofs
from tui.text.output import portable, tell

NOT_PROVED = 4
"""The exit status where a condition does not hold."""


def check(options: argparse.Namespace) -> int:
    """Proves certificates, several at a time where there are many; of a folder a table is made.

    Returns:
        0 where all hold, 3 where a file is none, otherwise 4.
    """
    files, tabled = _files(options.files)
    tabled = tabled or options.csv is not None
    status, rows = 0, []
    for proved in proofs(files, options.workers or cores(), show=not options.json):
        if tabled:
            rows.append(proved)
        elif options.json:
            sys.stdout.write(proved.json)
        elif proved.fault:
            tell(proved.fault)
        else:
            sys.stdout.writelines(proved.lines)
        sys.stdout.flush()
        if proved.fault:
            status = FileError.exit_status
        elif not proved.holds:
            status = status or NOT_PROVED
    if tabled:
        _tell_table(rows, options)
    return status


def _files(words: Sequence[str]) -> tuple[list[str], bool]:
    """The certificates that are meant, and whether a folder of them is among the words.

    Raises:
        FileError: A folder has none, or cannot be read.
    """
    files, folders = list[str](), False
    for word in words:
        path = typed_path(word, stream=True)
        if not path.is_dir():
            files.append(word)
            continue
        folders = True
        try:
            inside = sorted(os.fspath(file) for file in path.iterdir() if file.suffix.casefold() == ".json")
        except OSError as error:
            sentence = _("{name} cannot be read: {error}.")
            raise FileError(sentence.format(name=path, error=error.strerror or error)) from error
        if not inside:
            raise FileError(_("{name}: there is no certificate (.json) in this folder.").format(name=path))
        files += inside
    return files, folders


def _tell_table(rows: Sequence[Proof], options: argparse.Namespace) -> None:
    """The table of many certificates: on standard output, and as CSV where that is asked for."""
    if options.csv is not None:
        path = typed_path(options.csv, stream=True)
        write_atomically(path, csv_of(rows).encode(), overwrite=True)
        if path == STREAM:
            return
    if options.json:
        sys.stdout.writelines(row.json for row in rows)
    else:
        sys.stdout.writelines(portable(table_of(rows, output_glyphs())))
