"""Files: what their names and kinds are called, and their bytes, read without ever waiting for them."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NoReturn

from model.errors import FileError, InputError, RoommateError
from model.language import N_, _
from model.roommate.parsing import listed

STREAM = Path("-")
"""Standard input where it is read, standard output where it is written; a file of this name is ``./-``."""

MAX_BYTES = 64 * 2**20
"""Larger files are refused unread: the largest network there can be takes a fortieth of it."""

OPEN_ALREADY = re.compile(r"/dev/(stdin|stdout|stderr)|(?:/dev/fd|/proc/self/fd)/([0-9]{1,9})")
_NAMED = {"stdin": 0, "stdout": 1, "stderr": 2}

KINDS = (
    (stat.S_ISDIR, N_("a folder")),
    (stat.S_ISFIFO, N_("a FIFO (a named pipe)")),
    (stat.S_ISCHR, N_("a device")),
    (stat.S_ISBLK, N_("a disk")),
    (stat.S_ISSOCK, N_("a socket")),
)


def kind_of(mode: int) -> str:
    """What a thing in a folder is that is no file, in words; nothing for a file."""
    return "" if stat.S_ISREG(mode) else _(next((what for test, what in KINDS if test(mode)), N_("no file")))


def open_already(path: Path, standard: int) -> int | None:
    """The descriptor that a path names, if it names one and not a file.

    Args:
        path: Any path.
        standard: What `STREAM` stands for: 0 where it is read, 1 where it is written.
    """
    if path == STREAM:
        return standard
    found = OPEN_ALREADY.fullmatch(path.as_posix())
    if found is None:
        return None
    return _NAMED[found[1]] if found[1] else int(found[2])


def name_of(path: Path, standard: int) -> str:
    """How a path is called in a sentence."""
    return (_("standard input"), _("standard output"))[standard] if path == STREAM else str(path)


@contextlib.contextmanager
def file_errors(path: Path) -> Iterator[Callable[[str], NoReturn]]:
    """Gives a function that says what is wrong with a file, and says it of errors that come up inside."""
    name = name_of(path, 0)

    def blame(fault: str) -> NoReturn:
        raise FileError(f"{name}: {fault}.")

    try:
        yield blame
    except FileError:
        raise
    except RoommateError as error:
        raise FileError(f"{name}: {error}") from error
    except OSError as error:
        raise FileError(
            _("{name} cannot be read: {error}.").format(name=name, error=error.strerror or error)
        ) from error


def read(path: Path, most: int | None = None, *, private: bool = False) -> bytes:
    """The bytes of a file, or of a stream that is open already; nothing else is opened, however it is named.

    Args:
        path: The file, or `STREAM`.
        most: The bytes that it can have; `MAX_BYTES` by default. No more are read.
        private: Whether it must be a file of this user's own and no link, as in the state directory.

    Raises:
        FileError: It is no file, not one's own, empty, or larger than any file of its kind can be.
        OSError: It cannot be read.
    """
    most = MAX_BYTES if most is None else most
    number = None if private else open_already(path, 0)
    name = name_of(path, 0)
    if number is None:
        with opened(path, private=private) as file:
            data = file.read(most + 1)
    elif number == 0 and sys.stdin is None:
        raise FileError(_("{name}: standard input is closed.").format(name=name))
    elif number == 0:
        data = sys.stdin.buffer.read(most + 1)
    else:
        with os.fdopen(os.dup(number), "rb") as file:
            data = file.read(most + 1)
    if len(data) > most:
        raise FileError(
            _("{name}: it is larger than {most} MB, which no such file is.").format(name=name, most=most // 2**20)
        )
    if not data:
        raise FileError(_("{name}: it is empty.").format(name=name))
    return data


def opened(path: Path, *, private: bool = False) -> BinaryIO:
    """A file, open for reading; for the arguments and errors see `read`.

    It is looked at before, since opening a device can do something, and after, since another can be in its place.
    """
    check = _own_file if private else _file
    check(path, path.lstat() if private else path.stat())
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    descriptor = os.open(path, flags | (getattr(os, "O_NOFOLLOW", 0) if private else 0))
    try:
        check(path, os.fstat(descriptor))
    except FileError:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def _file(path: Path, about: os.stat_result) -> None:
    if what := kind_of(about.st_mode):
        raise FileError(_("{path} is {what}, and a file is needed.").format(path=path, what=what))


def _own_file(path: Path, about: os.stat_result) -> None:
    _file(path, about)
    if not is_own(about):
        raise FileError(_("{path} belongs to another user and is left alone.").format(path=path))


def is_own(about: os.stat_result) -> bool:
    """Whether something belongs to whoever runs this program."""
    return not hasattr(os, "geteuid") or about.st_uid == os.geteuid()


def apart(read: Mapping[str, Path], written: Mapping[str, Path]) -> None:
    """Make sure that nothing is written over what is read or written besides, and that a stream is read once.

    Args:
        read: The files that are read, each by its option.
        written: The files that are written, each by its option.

    Raises:
        InputError: Two of them are one file.
    """
    seen: dict[object, str] = {}
    for option, path in read.items():
        key = _identity(path, 0)
        if key in seen and open_already(path, 0) is not None:
            raise InputError(
                _("{other} and {option} are both {name}, which can be read only once.").format(
                    other=seen[key], option=option, name=name_of(path, 0)
                )
            )
        seen.setdefault(key, option)
    for option, path in written.items():
        key = _identity(path, 1)
        if key is not None and key in seen:
            raise InputError(
                _("{other} and {option} are one file, {name}: give each its own.").format(
                    other=seen[key], option=option, name=name_of(path, 1)
                )
            )
        seen[key] = option


def _identity(path: Path, standard: int) -> object:
    """What two names of one file have in common; None for a device, in which nothing is lost."""
    number = open_already(path, standard)
    try:
        about = os.stat(path) if number is None else os.fstat(number)  # noqa: PTH116 - as for the descriptor
    except OSError:
        return path.parent.resolve() / path.name
    if stat.S_ISCHR(about.st_mode):
        return None if number is None else ("descriptor", number)
    return about.st_dev, about.st_ino


def need_ending(path: Path, endings: tuple[str, ...], standard: int = 1) -> str:
    """The ending of a file's name in small letters, which says what is written; nothing where there is none.

    Args:
        path: The file.
        endings: Those that there can be.
        standard: See `open_already`.

    Raises:
        FileError: It has another one.
    """
    ending = path.suffix.casefold()
    if not ending or open_already(path, standard) is not None:
        return ""
    if ending not in endings:
        raise FileError(
            _("{path}: its name should end in {endings}.").format(path=path, endings=listed(endings, "or"))
        )
    return ending
