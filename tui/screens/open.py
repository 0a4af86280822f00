"""The page that asks which file to open: those of a folder, the newest first, and a field that completes paths."""

from __future__ import annotations

import heapq
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.binding import Binding
from textual.suggester import Suggester

from model.errors import FileError
from model.language import _
from model.roommate.parsing import listed
from model.storage.typed_paths import typed_path
from tui.screens.pick import PickScreen
from tui.widgets.text_field import Entry

MAX_LISTED, MAX_SEEN = 200, 20_000
"""Files that are listed, and entries of a folder that are looked at for them."""

LATELY = 12 * 3600
"""Seconds for which the time of day tells more than the date."""


@dataclass(frozen=True)
class Found:
    """An entry of a folder.

    Attributes:
        path: Where it is.
        folder: Whether it is a folder.
        when: When it was changed, in seconds since 1970.
    """

    path: Path
    folder: bool
    when: float


def entries(folder: Path, endings: Sequence[str], begin: str = "") -> list[Found]:
    """The files of a folder that one might want, the newest first, and then its folders; none where it is unreadable.

    Only ordinary files: to open anything else could wait for ever.

    Args:
        folder: Where.
        endings: What the names of files end in, in small letters.
        begin: What names begin with. Hidden ones are only told to who begins with a point.
    """
    found = []
    try:
        with os.scandir(folder) as listing:
            for _seen, entry in zip(range(MAX_SEEN), listing, strict=False):
                name = entry.name
                if not name.startswith(begin) or (name.startswith(".") and not begin) or not name.isprintable():
                    continue
                is_folder = entry.is_dir()
                if is_folder or (entry.is_file() and name.casefold().endswith(tuple(endings))):
                    found.append(Found(folder / name, is_folder, entry.stat().st_mtime))
    except OSError:
        pass  # it cannot be read: a name that is typed will say why
    return heapq.nsmallest(MAX_LISTED, found, key=lambda one: (one.folder, -one.when, one.path.name))


def parted(text: str) -> tuple[Path, str]:
    """The folder that a text that is being typed is in, and the beginning of a name.

    Raises:
        FileError: There can be no such file.
    """
    folder, slash, name = text.rpartition("/")
    return typed_path(folder + slash) if slash else Path(), name


class Paths(Suggester):
    """Completes a path with the newest file that begins so."""

    def __init__(self, endings: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._endings = endings

    async def get_suggestion(self, value: str) -> str | None:
        """The whole of it, a folder with its slash."""
        try:
            folder, begin = parted(value)
        except FileError:
            return None
        best = next(iter(entries(folder, self._endings, begin)), None) if begin else None
        if best is None:
            return None
        return value[: len(value) - len(begin)] + best.path.name + ("/" if best.folder else "")


class OpenScreen(PickScreen[Found, str]):
    """Gives the path of a file as it was picked or typed, or None when the person leaves it.

    Args:
        question: What is asked.
        endings: What the names of the files end in.
        first: What stands in the field: the folder of the last time.
    """

    BINDINGS = [Binding("tab", "complete", "complete", priority=True)]

    def __init__(self, question: str, endings: Sequence[str], first: str = "") -> None:
        entry = Entry(first, placeholder=_("a path, or pick one"), suggester=Paths(endings), select_on_focus=False)
        hint = _("Enter opens, up and down pick, Tab completes, Esc leaves")
        none = _("no {endings} file here that begins so").format(endings=listed(endings, "or"))
        super().__init__(question, entry, hint, none)
        self._endings = endings

    def fitting(self, text: str) -> Sequence[Found]:
        """The files that begin so."""
        try:
            return entries(*self._folder_and_endings(text))
        except FileError:
            return ()

    def _folder_and_endings(self, text: str) -> tuple[Path, Sequence[str], str]:
        folder, begin = parted(text)
        return folder, self._endings, begin

    def title_and_hint(self, thing: Found) -> tuple[str, str]:
        """A file's name, and when it was changed."""
        if thing.folder:
            return f"{thing.path.name}/", ""
        form = "%H:%M" if abs(time.time() - thing.when) < LATELY else "%Y-%m-%d"
        return thing.path.name, time.strftime(form, time.localtime(thing.when))

    def action_complete(self) -> None:
        """What is suggested, or the name of the one that is highlighted."""
        if self._found:
            self._go_into(self._found[self._current])

    def _go_into(self, thing: Found) -> None:
        folder, slash, _name = self._entry.value.rpartition("/")
        self._entry.value = folder + slash + thing.path.name + ("/" if thing.folder else "")
        self._entry.cursor_position = len(self._entry.value)

    def pick(self, thing: Found | None, text: str) -> None:
        """The file that is highlighted, the folder to look into, or where nothing is highlighted what was typed."""
        name = text.strip()
        if thing is None:
            if name:
                self.dismiss(name)
        elif thing.folder:
            self._go_into(thing)
        else:
            self.dismiss(str(thing.path))
