"""Where the sockets of classes are: a folder of each account, whose owner is checked before anything in it is used.

Who shares with their own account alone does so in the runtime directory, which nobody else can enter. With a group it
is a folder in /tmp that bears the account's number: somebody else may have made one of that name, which its owner
tells.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from model.errors import FileError, InputError
from model.foreign_text import shown
from model.language import _
from model.roommate.naming import cut
from model.roommate.parsing import listed
from tui import PROGRAM

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
"""What a class may be called."""

TEMPORARY = Path("/tmp")
"""Where the folders are that other accounts find."""

ENDING = ".socket"


@dataclass(frozen=True)
class Place:
    """A class that may be there.

    Attributes:
        name: What it is called.
        owner: The number of the account that shares.
        path: Its socket.
    """

    name: str
    owner: int
    path: Path

    @property
    def user(self) -> str:
        """The account's name; its number where it has none."""
        import pwd  # noqa: PLC0415 - Windows has none, and no classes

        try:
            return pwd.getpwuid(self.owner).pw_name
        except KeyError:
            return str(self.owner)

    def __str__(self) -> str:
        return f"{self.user}/{self.name}"


def read_name(text: str) -> str:
    """The name of a class to share.

    Raises:
        InputError: It cannot be one.
    """
    if NAME.fullmatch(text) is None:
        sentence = _("{text!r} cannot be the name of a class: letters a to z, digits, - and _, at most 32.")
        raise InputError(sentence.format(text=cut(text)))
    return text


def own_folder() -> Path:
    """The folder for what is shared with one's own account."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    with contextlib.suppress(OSError):
        about = os.lstat(runtime) if runtime.startswith("/") else None
        if about is not None and stat.S_ISDIR(about.st_mode) and about.st_uid == os.geteuid():
            return Path(runtime, PROGRAM)
    return shared_folder(os.geteuid())


def shared_folder(account: int) -> Path:
    """The folder of an account that others can find."""
    return TEMPORARY / f"{PROGRAM}-{account}"


def need_folder(folder: Path, group: int | None) -> None:
    """Make a folder for sockets, or see that the one that is there is one's own.

    Args:
        folder: Which.
        group: The group that may enter it; None: nobody else.

    Raises:
        FileError: It is another's, a link, or cannot be made.
    """
    try:
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        about = os.lstat(folder)
        if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.geteuid():
            sentence = _(
                "{path} is not a folder of yours: another account has taken the place where your classes are found "
                "(its owner is {owner}). Ask them, or an administrator, to remove it."
            )
            raise FileError(sentence.format(path=folder, owner=Place("", about.st_uid, folder).user))
        if group is not None:
            os.chown(folder, -1, group)
            folder.chmod(0o750)
        elif folder == own_folder() and stat.S_IMODE(about.st_mode) & 0o007:
            folder.chmod(0o700)
    except OSError as error:
        raise FileError(
            _("{path} cannot be written: {error}.").format(path=folder, error=error.strerror or error)
        ) from error


def group_named(name: str) -> int:
    """The number of a group that one is a member of.

    Raises:
        InputError: There is no such group, or one is not in it.
    """
    import grp  # noqa: PLC0415

    try:
        number = grp.getgrnam(name).gr_gid
    except KeyError:
        raise InputError(_("there is no group {name!r} on this machine.").format(name=cut(name))) from None
    if os.geteuid() and number not in {*os.getgroups(), os.getegid()}:
        sentence = _("you are not in the group {name}, so nothing can be shared with it.")
        raise InputError(sentence.format(name=shown(name)))
    return number


def classes(name: str | None = None, user: str | None = None) -> list[Place]:
    """The classes that this account can see, its own first.

    Args:
        name: Only those called so.
        user: Only those of this account, by its name or number.
    """
    found = dict[Path, Place]()
    for folder, owner in _folders():
        with contextlib.suppress(OSError):
            for path in sorted(folder.iterdir()) if name is None else [folder / f"{name}{ENDING}"]:
                place = Place(path.name.removesuffix(ENDING), owner, path)
                if path.suffix == ENDING and _is_socket(place) and NAME.fullmatch(place.name):
                    found[path] = place
    return [place for place in found.values() if user is None or user in {place.user, str(place.owner)}]


def _folders() -> Iterator[tuple[Path, int]]:
    """The folders of sockets, each with the account that it belongs to."""
    me = os.geteuid()
    runtime = Path(f"/run/user/{me}", PROGRAM)  # where logins with and without XDG_RUNTIME_DIR find each other
    folders = [(own_folder(), me), (shared_folder(me), me), (runtime, me)]
    with contextlib.suppress(OSError):
        for path in sorted(TEMPORARY.glob(f"{PROGRAM}-*")):
            number = path.name.removeprefix(f"{PROGRAM}-")
            if number.isascii() and number.isdecimal() and len(number) < 11:
                folders.append((path, int(number)))
    for path, owner in dict.fromkeys(folders):
        with contextlib.suppress(OSError):
            about = os.lstat(path)
            if stat.S_ISDIR(about.st_mode) and about.st_uid == owner:
                yield path, owner


def _is_socket(place: Place) -> bool:
    about = os.lstat(place.path)
    return stat.S_ISSOCK(about.st_mode) and about.st_uid == place.owner


def find(text: str) -> Place | None:
    """The class that ``NAME`` or ``USER/NAME`` means; None where nobody shares one now.

    Raises:
        InputError: It can be no name, or several accounts share a class of it.
    """
    user, slash, name = text.rpartition("/")
    if NAME.fullmatch(name) is None or (slash and not user):
        read_name(text)
    found = classes(name, user or None)
    if len({place.owner for place in found}) > 1:
        sentence = _("several accounts share a class {name}: say whose, as in {names}.")
        raise InputError(sentence.format(name=name, names=listed([str(place) for place in found], "or")))
    return found[0] if found else None
