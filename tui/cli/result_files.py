"""Files that a command writes at its end, looked at before it begins: hours of work are not lost to a wrong name."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from model.errors import FileError, InputError
from model.language import _
from model.storage.atomic import Target, would_replace
from model.storage.files import need_ending, open_already

Moment = TypeVar("Moment")

Content = tuple[tuple[str, ...], Callable[[Moment], bytes]]
"""What the name of a file may end in, and the function that gives its contents."""

Result = tuple[Target, Callable[[Moment], bytes]]
"""A file to write, and the function that gives its contents."""


def result_files(
    options: argparse.Namespace,
    files: Mapping[str, Path],
    wanted: Mapping[str, Content[Moment]],
    stack: contextlib.ExitStack,
) -> list[Result[Moment]]:
    """What is to be written at the end, and looked at now; pipes are opened, so that nothing is lost later.

    Args:
        options: What was asked for, with ``json`` and ``overwrite``.
        files: The files by their options.
        wanted: What each option writes.
        stack: Gives up what was opened.

    Raises:
        FileError: Something cannot be written, is there already, or its name ends as no such file's.
        InputError: Standard output would have two documents.
    """
    results: list[Result[Moment]] = []
    for option, (endings, content) in wanted.items():
        if option not in files:
            continue
        path = files[option]
        need_ending(path, endings)
        if options.json and open_already(path, 1) == 1:
            raise InputError(
                _("{option} and --json would both be on standard output: give {option} a file.").format(option=option)
            )
        if would_replace(path) and not options.overwrite:
            raise FileError(_("{path} is there already; --overwrite replaces it.").format(path=path))
        target = Target(path, overwrite=options.overwrite)
        stack.callback(target.close)
        results.append((target, content))
    return results


def write_results(results: Sequence[Result[Moment]], moment: Moment) -> list[FileError]:
    """Write all files of which it is possible.

    Returns:
        What is wrong with the others.
    """
    unwritten = []
    for target, content in results:
        try:
            target.write(content(moment))
        except FileError as error:  # the other file may do
            unwritten.append(error)
    return unwritten
