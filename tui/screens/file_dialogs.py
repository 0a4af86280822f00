"""Files: asked for, written and read the same way on every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from socket import gethostname
from typing import Any

from textual.screen import Screen

from model.errors import FileError, RoommateError
from model.language import _
from model.roommate.parsing import listed
from model.storage.atomic import would_replace
from model.storage.files import need_ending
from model.storage.typed_paths import typed_path
from model.storage.weights import SavedWeights, load_weights
from tui.screens.questions import AskScreen, ConfirmScreen


def any_name(text: str) -> str:
    """Any name of a file will do, as long as there is one."""
    return "" if text.strip() else _("a file name")


def named_with(endings: tuple[str, ...]) -> Callable[[str], str]:
    """A check that a file's name ends in one of some endings, however it was typed."""
    wanted = _("a file name that ends in {endings}").format(endings=listed(endings, "or"))

    def check(text: str) -> str:
        try:
            return "" if text.strip() and need_ending(typed_path(text), endings) else wanted
        except FileError:
            return wanted

    return check


def in_browser(screen: Screen[Any]) -> bool:
    """Whether a browser shows the screen, perhaps on another machine than the one whose files these are."""
    driver = screen.app._driver
    return driver is not None and driver.is_web


def save_as(
    screen: Screen[Any],
    question: str,
    first: str,
    write: Callable[[Path, bool], None],
    check: Callable[[str], str] = any_name,
) -> None:
    """Ask for a file and write it; a file that is there already is replaced only when that is wanted.

    Args:
        screen: Where the question is asked.
        question: What is asked.
        first: The name that is offered.
        write: Writes the file, over another one only if that is said; raises `RoommateError` where it cannot.
        check: Says what is wanted instead of a name that will not do.
    """

    def refused(error: RoommateError) -> None:
        screen.notify(str(error), title=_("Not saved"), severity="error", timeout=8)

    def put(path: Path, *, overwrite: bool) -> None:
        try:
            write(path, overwrite)
        except RoommateError as error:
            refused(error)
        else:
            text = _("Saved {path}.").format(path=path)
            if in_browser(screen):
                text = _("Saved {path} on {host}.").format(path=path.resolve(), host=gethostname())
            screen.notify(text, timeout=4)

    def answered(name: str | None) -> None:
        if name is None:
            return
        try:
            path = typed_path(name)
            if would_replace(path):
                again = ConfirmScreen(_("{path} is there already. Overwrite it?").format(path=path))
                screen.app.push_screen(again, lambda yes: put(path, overwrite=True) if yes else None)
            else:
                put(path, overwrite=False)
        except FileError as error:
            refused(error)

    screen.app.push_screen(AskScreen(question, first, check), answered)


WEIGHTS_END_IN = (".json", ".npz")
"""What the names of files of weights end in."""


def ask_which_file(screen: Screen[Any], question: str, endings: Sequence[str], take: Callable[[Path], None]) -> None:
    """Ask which file is to be opened; the next time its folder is looked into first.

    Args:
        screen: Where the question is asked.
        question: What is asked.
        endings: What the names of such files end in.
        take: Gets its path; raises `RoommateError` where it is of no use here.
    """
    from tui.screens.open import OpenScreen  # noqa: PLC0415

    app = screen.app

    def answered(name: str | None) -> None:
        if name is None:
            return
        try:
            path = typed_path(name)
            take(path)
        except RoommateError as error:
            screen.notify(str(error), title=_("Not opened"), severity="error", timeout=12)
        else:
            folder = name.rpartition("/")
            setattr(app, "last_opened", folder[0] + folder[1])  # noqa: B010 - other applications have none

    app.push_screen(OpenScreen(question, endings, getattr(app, "last_opened", "")), answered)


def load_weights_from(screen: Screen[Any], question: str, take: Callable[[Path, SavedWeights], None]) -> None:
    """Ask for a file of weights and read it.

    Args:
        screen: Where the question is asked.
        question: What is asked.
        take: Gets the file and what is in it; raises `RoommateError` where it is of no use here.
    """
    ask_which_file(screen, question, WEIGHTS_END_IN, lambda path: take(path, load_weights(path)))
