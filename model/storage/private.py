"""Private folders and files: nobody but this user can read them or write into them."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from model.errors import FileError
from model.language import _
from model.storage.files import is_own


def private_folder(path: Path) -> None:
    """Make a folder for this user alone, with what is above it; one that is there is made private.

    Raises:
        FileError: It cannot be made, is no folder, or is another user's.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            path.mkdir(mode=0o700)
        tighten(path)
    except OSError as error:
        raise FileError(
            _("{path} cannot be written: {error}.").format(path=path, error=error.strerror or error)
        ) from error


def tighten(path: Path) -> None:
    """Take from a folder, or from a file, the rights of all others.

    Raises:
        FileError: It is another user's, a link that is, or neither a folder nor a file.
        OSError: It cannot be done.
    """
    link, about = path.lstat(), path.stat()
    if not (is_own(link) and is_own(about)):
        raise FileError(_("{path} belongs to another user and is left alone.").format(path=path))
    if not (stat.S_ISDIR(about.st_mode) or stat.S_ISREG(about.st_mode)):
        raise FileError(_("{path} is neither a folder nor a file.").format(path=path))
    if about.st_mode & 0o077 and hasattr(os, "geteuid"):
        path.chmod(stat.S_IMODE(about.st_mode) & 0o700)


def tighten_inside(folder: Path) -> None:
    """Take the rights of all others from a folder and all that is in it, as far as possible; no link is followed."""
    with contextlib.suppress(OSError, FileError):
        tighten(folder)
        for inside, folders, files in os.walk(folder, followlinks=False):
            for name in (*folders, *files):
                entry = Path(inside, name)
                with contextlib.suppress(OSError, FileError):
                    if not entry.is_symlink():
                        tighten(entry)
