"""Writing: a file is the old one or the new one, whole, whenever the program is killed; a stream gets its bytes."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import select
import stat
import sys
import time
from pathlib import Path
from types import TracebackType

from model.errors import FileError, RoommateError
from model.language import _
from model.storage.files import KINDS, is_own, kind_of, name_of, open_already

PATIENCE = 2.0
"""Seconds after which a reader that takes nothing is given up, where somebody waits at a screen."""

LEFT_BEHIND_SECONDS = 3600.0
"""A part of a file that is older than this is nobody's any more: to write one takes a moment."""

_PART = re.compile(r"\.roommate-tui-[0-9a-f]{32}")
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_BYTES = getattr(os, "O_BINARY", 0)


def write_atomically(path: Path, data: bytes, *, overwrite: bool, private: bool = False) -> None:
    """Put a file in its place whole: written beside it, flushed to the disk, then renamed. A stream gets the bytes.

    Args:
        path: Where; see `Target`.
        data: What.
        overwrite: Whether a file that is there is replaced.
        private: See `Target`.

    Raises:
        FileError: It exists and must not be overwritten, or it cannot be written.
    """
    with Target(path, overwrite=overwrite, private=private, patience=PATIENCE) as target:
        target.write(data)


def _read_only(folder: Path) -> bool:
    return hasattr(os, "statvfs") and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)  # Windows has none


def would_replace(path: Path) -> bool:
    """Whether a file is there that writing would replace.

    Raises:
        FileError: Nothing can be written there at all, whether or not something is.
    """
    with Target(path, overwrite=True, only_look=True) as target:
        return target.replaces


class Target:
    """A place that is to be written to, looked at before the work that ends in writing it.

    Links are followed, and a file that is replaced keeps its rights. Devices, pipes and streams that are open already
    get the bytes as they are. All else is refused; so is what a person has protected from writing, even where that
    does not bind whoever runs this.

    Args:
        path: Where, as `model.storage.typed_paths.typed_path` gives it.
        overwrite: Whether a file that is there may be replaced.
        private: Whether it is one of the state directory's: for its owner alone, and links are not followed.
        patience: How many seconds to wait for a reader that takes nothing; None: for as long as it takes.
        only_look: Whether nothing is to be written: then a pipe is not opened, whose reader would see its end.

    Attributes:
        replaces: Whether a file is there.
        standard: Whether it is standard output.

    Raises:
        FileError: It cannot be written, as far as that can be known.
    """

    def __init__(
        self,
        path: Path,
        *,
        overwrite: bool,
        private: bool = False,
        patience: float | None = None,
        only_look: bool = False,
    ) -> None:
        self._path, self._overwrite, self._private, self._patience = path, overwrite, private, patience
        self._only_look, self._name = only_look, name_of(path, 1)
        self._descriptor: int | None = None
        self.standard, self.replaces = False, False
        self._rights: int | None = None
        self._owner: tuple[int, int] | None = None
        self._file = path
        try:
            self._look()
        except OSError as error:
            raise self._failed(error) from error

    def __enter__(self) -> Target:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give up what was opened."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _failed(self, error: OSError) -> FileError:
        return FileError(
            _("{name} cannot be written: {error}.").format(name=self._name, error=error.strerror or error)
        )

    def _refused(self, why: str) -> FileError:
        return FileError(_("{name} cannot be written: {why}.").format(name=self._name, why=why))

    # Before

    def _look(self) -> None:
        number = None if self._private else open_already(self._path, 1)
        if number == 1:
            self.standard = True
            if sys.stdout is None:
                raise self._refused(_("it is closed"))
        elif number is not None:
            self._descriptor = os.dup(number)
        else:
            self._look_at_file()

    def _look_at_file(self) -> None:
        if not self._private:
            self._file = Path(os.path.realpath(self._path))  # of a link that leads nowhere the place it names
        try:
            about = os.lstat(self._file)
        except FileNotFoundError:
            self._look_at_folder()
            return
        if stat.S_ISLNK(about.st_mode) and not self._private:
            raise self._refused(_("it is a link that leads in a circle"))
        if stat.S_ISFIFO(about.st_mode) or stat.S_ISCHR(about.st_mode):
            if self._private:
                raise self._refused(_("there is {kind} in its place").format(kind=kind_of(about.st_mode)))
            if not self._only_look:
                self._open_stream(about)
        elif any(test(about.st_mode) for test, _kind in KINDS):
            raise self._refused(_("it is {kind}").format(kind=kind_of(about.st_mode)))
        else:
            self._look_at_what_is_replaced(about)

    def _look_at_what_is_replaced(self, about: os.stat_result) -> None:
        self.replaces = True
        if not self._overwrite:
            raise FileError(_("{name} is there already and was not overwritten.").format(name=self._name))
        if not self._private:
            if not about.st_mode & 0o222 or not os.access(self._file, os.W_OK):
                raise self._refused(_("it is protected from writing"))
            self._rights, self._owner = stat.S_IMODE(about.st_mode) & 0o777, (about.st_uid, about.st_gid)
        self._look_at_folder()

    def _look_at_folder(self) -> None:
        folder = (self._file if self._path.is_symlink() else self._path).parent
        if not folder.is_dir():
            raise self._refused(_("there is no folder {folder}").format(folder=folder))
        if not os.access(folder, os.W_OK | os.X_OK):
            sentence = _("nothing can be written in the folder {folder}").format(folder=folder)
            raise self._refused(f"{sentence}: {os.strerror(errno.EROFS)}" if _read_only(folder) else sentence)

    def _open_stream(self, about: os.stat_result) -> None:
        """Open a device or a pipe at once: a pipe that nobody reads would make whoever opens it wait forever."""
        flags = os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | _NO_LINK | _BYTES
        try:
            self._descriptor = os.open(self._file, flags)
        except OSError as error:
            if stat.S_ISFIFO(about.st_mode) and error.errno == errno.ENXIO:
                raise self._refused(
                    _("it is {kind}, and nobody reads from it").format(kind=kind_of(about.st_mode))
                ) from None
            raise
        opened = os.fstat(self._descriptor)
        if (opened.st_dev, opened.st_ino) != (about.st_dev, about.st_ino):
            self.close()
            raise self._refused(_("somebody else has just put another thing in its place"))

    # Writing

    def write(self, data: bytes) -> None:
        """Write all of it.

        Raises:
            FileError: It cannot be written, or something has come into its place that must not be replaced.
            RoommateError: Standard output takes nothing.
            BrokenPipeError: Whoever read standard output has gone.
        """
        try:
            if self.standard:
                _say(data)
            elif self._descriptor is not None:
                self._pour(self._descriptor, data)
            else:
                self._replace(data)
        except FileExistsError:
            raise FileError(_("{name} is there already and was not overwritten.").format(name=self._name)) from None
        except OSError as error:
            if self.standard:
                raise
            raise self._failed(error) from error

    def _pour(self, descriptor: int, data: bytes) -> None:
        if self._patience is None and hasattr(os, "set_blocking"):
            os.set_blocking(descriptor, True)
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[os.write(descriptor, rest) :]
            except BlockingIOError:
                if not select.select([], [descriptor], [], self._patience)[1]:
                    raise self._refused(_("nobody takes what is written to it")) from None

    def _replace(self, data: bytes) -> None:
        _sweep(self._file.parent)
        # Nobody can guess the name, so that nothing can lie there before, and nobody else can open what is in it.
        part = self._file.with_name(f".roommate-tui-{secrets.token_hex(16)}")
        mode = 0o600 if self._private or self.replaces else 0o666
        descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _NO_LINK | _BYTES, mode)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                self._give_rights(file.fileno())
                os.fsync(file.fileno())
                ours = os.fstat(file.fileno())
            there = os.lstat(part)
            if (ours.st_dev, ours.st_ino) != (there.st_dev, there.st_ino):
                raise self._refused(_("somebody else has put another thing in the place of what was written"))
            if self._overwrite:
                part.replace(self._file)
            else:
                _put(part, self._file)
        finally:
            with contextlib.suppress(OSError):  # it has been renamed
                part.unlink()

    def _give_rights(self, descriptor: int) -> None:
        """The rights, and where that is possible the owner and the group, of the file that is replaced."""
        rights = self._rights
        if rights is None or not hasattr(os, "fchmod"):
            return
        if self._owner is not None:
            here = os.fstat(descriptor)
            try:
                if (here.st_uid, here.st_gid) != self._owner:
                    os.fchown(descriptor, *self._owner)
            except OSError:
                try:
                    os.fchown(descriptor, -1, self._owner[1])
                except OSError:  # another group has the rights of all others
                    rights = rights & ~0o070 | (rights & 0o007) << 3
        os.fchmod(descriptor, rights)
        self._give_attributes(descriptor)

    def _give_attributes(self, descriptor: int) -> None:
        """The list of who else may do what, and a person's own attributes, of the file that is replaced."""
        if not hasattr(os, "listxattr"):
            return
        with contextlib.suppress(OSError):  # a file system without any
            for name in os.listxattr(self._file):
                if name == "system.posix_acl_access" or name.startswith("user."):
                    os.setxattr(descriptor, name, os.getxattr(self._file, name))


def _say(data: bytes) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise RoommateError(_("standard output: {error}.").format(error=error.strerror or error)) from error


def _put(part: Path, path: Path) -> None:
    """Give a file its name if nothing is called so; two who try at once do not both believe that they did.

    Raises:
        FileExistsError: Something is called so.
    """
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a file system without links: the name is taken first, then replaced
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _NO_LINK, 0o600))
        part.replace(path)


def _sweep(folder: Path) -> None:
    """Remove what was being written by programs of this user that were killed, long ago."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:  # one that cannot be listed
        for entry in entries:
            if not _PART.fullmatch(entry.name):
                continue
            with contextlib.suppress(OSError):
                about = entry.stat(follow_symlinks=False)
                old = time.time() - about.st_mtime > LEFT_BEHIND_SECONDS
                if stat.S_ISREG(about.st_mode) and is_own(about) and old:
                    os.unlink(entry.path)  # noqa: PTH108 - a path would have to be made of it
