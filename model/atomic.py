"""Files that are the old one or the new one, whole, whenever the program is killed."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from model.errors import FileError

try:
    import fcntl
except ImportError:  # Windows, where a file that is open cannot be removed anyway
    fcntl = None  # type: ignore[assignment]


def write_atomically(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Put a file in its place whole: written beside it, flushed to the disk, then renamed.

    What others left beside it who were killed while they wrote is removed.

    Raises:
        FileError: It exists and must not be overwritten, or it cannot be written.
    """
    temporary = None
    try:
        if not overwrite and path.exists():
            raise FileExistsError
        _sweep(path)
        descriptor, temporary = _beside(path)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if not overwrite and path.exists():
                raise FileExistsError
            if fcntl is None:
                file.close()
            temporary.replace(path)  # while it is locked: nobody takes it for a dead one's
            temporary = None
    except FileExistsError:
        raise FileError(f"{path} is there already and was not overwritten.") from None
    except OSError as error:
        raise FileError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _beside(path: Path) -> tuple[int, Path]:
    """A new file beside another one, open and locked for as long as it is open."""
    while True:
        name = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        # The rights that any new file gets; those that tempfile gives are for its owner alone.
        descriptor = os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
        if not _locked(descriptor, wait=True) or name.exists():
            return descriptor, name
        os.close(descriptor)  # somebody swept it away in between


def _locked(descriptor: int, *, wait: bool) -> bool:
    """Lock an open file; False where somebody else has and is not waited for, or where files cannot be locked."""
    if fcntl is None:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def _left_behind(path: Path) -> Iterator[Path]:
    """The files beside another one that are named like those it is written through."""
    named = re.compile(re.escape(f".{path.name}.") + r"[0-9a-f]{8}")
    with os.scandir(path.parent) as entries:
        for entry in entries:
            if named.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


def _sweep(path: Path) -> None:
    """Remove what nobody writes any more: a lock ends with the process that held it."""
    with contextlib.suppress(OSError):  # a folder that cannot be listed, or files of other people
        for old in _left_behind(path):
            descriptor = os.open(old, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))
            try:
                if _locked(descriptor, wait=False):
                    old.unlink()
            finally:
                os.close(descriptor)
