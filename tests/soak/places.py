"""Files in odd places: links, pipes, devices, folders, sockets; and such a place in the state directory."""

from __future__ import annotations

import os
import random
import socket
import stat
from collections.abc import Callable
from pathlib import Path

from model.errors import FileError
from model.storage.atomic import Target, write_atomically
from model.storage.files import read

OLD = b"old, and not ours to lose"


def _file(path: Path) -> None:
    path.write_bytes(OLD)


def _protected(path: Path) -> None:
    path.write_bytes(OLD)
    path.chmod(0o444)


def _link(path: Path) -> None:
    path.with_name("target").write_bytes(OLD)
    path.with_name("target").chmod(0o600)
    path.symlink_to("target")


def _dangling(path: Path) -> None:
    path.symlink_to("target")


def _circle(path: Path) -> None:
    path.symlink_to(path.name)


def _to_device(path: Path) -> None:
    path.symlink_to("/dev/null")


def _to_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("target"))
    path.symlink_to("target")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))


PLACES: tuple[Callable[[Path], object], ...] = (
    _file, _protected, _link, _dangling, _circle, _to_device, _to_pipe, _socket, os.mkfifo, Path.mkdir,
    lambda _: None,
)  # fmt: skip
"""What is there already; the last is nothing."""

WRITABLE = {_file, _link, _dangling, _to_device, PLACES[-1]}
"""Where something can be written, if it may be replaced."""


def _look(path: Path) -> tuple[int, bytes]:
    """What is in a place: its kind and rights, and the content of a file of ours."""
    about = path.lstat()
    return about.st_mode, path.read_bytes() if stat.S_ISREG(about.st_mode) else b""


def fault_in_place(folder: Path, rng: random.Random) -> tuple[str, str]:
    """Put something somewhere, read it, write over it, and say what place it was and what went wrong, if anything.

    Args:
        folder: An empty folder.
        rng: Chooses the place, and how it is written.
    """
    path, place = folder / "w.json", rng.choice(PLACES)
    name = getattr(place, "__name__", "").strip("_<>") or "nothing"
    private, overwrite = rng.random() < 0.3, rng.random() < 0.7
    place(path)
    before = {entry.name: _look(entry) for entry in folder.iterdir()}
    try:
        found = read(path, private=private)
        if found != OLD:
            return name, f"it read {found[:40]!r}"
    except (FileError, OSError):
        pass
    new, error = rng.randbytes(1000), None
    try:
        if rng.random() < 0.5:
            write_atomically(path, new, overwrite=overwrite, private=private)
        else:
            with Target(path, overwrite=overwrite, private=private) as target:
                target.write(new)
    except FileError as refused:
        error = refused
    after = {entry.name: _look(entry) for entry in folder.iterdir()}
    if error is not None:
        fault = "" if after == before and str(path) in str(error) else f"{error}; {before} became {after}"
    elif private:  # no link is followed: the file itself is new, and this user's alone
        others = {entry: look for entry, look in before.items() if entry != path.name}
        good = after.pop(path.name) == (stat.S_IFREG | 0o600, new) and after == others
        fault = "" if good else f"{before} became {after}"
    elif place not in WRITABLE:
        fault = "it was written to"
    else:
        kinds = {entry: after[entry][0] for entry in before} == {entry: look[0] for entry, look in before.items()}
        written = place is _to_device or path.read_bytes() == new
        lost = not overwrite and OLD in (look[1] for look in before.values())
        fault = "" if kinds and written and not lost else f"{before} became {after}"
    return name, fault
