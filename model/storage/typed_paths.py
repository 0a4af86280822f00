"""What the name of a file means, as it was typed, or dropped on a terminal."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import socket
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from model.errors import FileError
from model.language import _
from model.storage.files import OPEN_ALREADY, STREAM

_ESCAPED = re.compile(r"\\([^A-Za-z0-9])")


def typed_path(text: str, *, stream: bool = False) -> Path:
    """The file that a person means: as typed, with ``~`` for the home, or as a terminal types a file dropped on it.

    A name that is there as it stands is taken as it stands; otherwise quotes around it and backslashes in it are the
    terminal's, and ``file:`` begins an address.

    Args:
        text: What was typed.
        stream: Whether ``-`` and pipes that are open already may be meant, as commands can use them once.

    Raises:
        FileError: There can be no such file, or it is a stream where none can be used.
    """
    name = _stripped(text)
    if not name:
        raise FileError(_("A file's name is empty: give one."))
    if name == "-" or OPEN_ALREADY.fullmatch(name):
        if not stream:
            raise FileError(
                _("{name}: only commands can read or write a stream; a file of that name is ./{name}.").format(
                    name=name
                )
            )
        return Path(name)
    candidates = [*([text] if text != name else []), name, *_as_dropped(name)]
    for candidate in candidates[:-1]:
        with contextlib.suppress(ValueError):
            if os.path.lexists(candidate):
                return _apart_from_streams(candidate)
    return _apart_from_streams(candidates[-1])


def _stripped(text: str) -> str:
    """A text without the blanks around it, but for one at its end that a backslash makes part of it."""
    name = text.strip()
    backslashes = len(name) - len(name.rstrip("\\"))
    return name + text.lstrip()[len(name) :][: backslashes % 2]


def _apart_from_streams(name: str) -> Path:
    """A name as a path, with its home; it is never `STREAM`."""
    try:
        path = Path(name).expanduser()
        if "\0" in os.fsdecode(os.fsencode(path)):
            raise ValueError
    except ValueError:  # a code point that is none, or a zero
        raise FileError(_("{name!r}: no file can be called so.").format(name=name)) from None
    except RuntimeError:
        raise FileError(_("{name}: there is no home to put in place of the ~.").format(name=name)) from None
    return path.absolute() if path == STREAM else path


def _as_dropped(name: str) -> list[str]:
    """What a terminal may have meant that typed the name of a file; the likeliest last."""
    if name[:5].casefold() == "file:":
        return _as_address(name)
    if name[0] in "'\"":
        with contextlib.suppress(ValueError):
            words = shlex.split(name)
            return words if len(words) == 1 and words[0] else []
    if "\\" in name and os.sep != "\\":
        return [_ESCAPED.sub(r"\1", name)]
    return []


def _as_address(name: str) -> list[str]:
    """The paths that an address such as ``file:///tmp/my%20file`` may stand for."""
    try:
        parts = urlsplit(name)
    except ValueError:
        return []
    host = unquote(parts.netloc)
    path = os.fsdecode(unquote_to_bytes(name[5:].removeprefix(f"//{parts.netloc}")))
    if os.sep == "\\":  # file:///C:/x
        path = path.removeprefix("/")
    if host.casefold() in {"", "localhost", "127.0.0.1", socket.gethostname().casefold()}:
        return [path] if path else []
    return [f"{host}{path}"]
