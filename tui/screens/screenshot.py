"""A picture of the screen, as a file that browsers and LaTeX understand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from textual.app import App

from model.errors import FileError
from model.language import _
from model.storage.atomic import would_replace, write_atomically
from model.storage.typed_paths import typed_path
from tui.screens.questions import AskScreen

FETCHED = re.compile(r"@font-face\s*\{[^}]*\}\s*")
"""What Textual writes into its pictures so that a browser fetches a font from the network; ours ask nobody."""


def ask_for_screenshot(app: App[Any]) -> None:
    """Take a picture of the screen as it is now, and ask which new file it is to be."""
    picture = FETCHED.sub("", app.export_screenshot())

    def check(text: str) -> str:
        try:
            path = typed_path(text.strip())
            if path.suffix.casefold() != ".svg":
                return _("a file name that ends in .svg")
            return _("another name: {path} is there already").format(path=path) if would_replace(path) else ""
        except FileError as error:
            return _("another name. {error}").format(error=error)

    def answered(name: str | None) -> None:
        if name is not None:
            _write(app, typed_path(name), picture)

    app.push_screen(AskScreen(_("Save a picture of the screen (.svg) as"), "roommate.svg", check), answered)


def _write(app: App[Any], path: Path, picture: str) -> None:
    try:
        write_atomically(path, picture.encode(), overwrite=False)
    except FileError as error:
        app.notify(str(error), title=_("Not saved"), severity="error", timeout=8)
    else:
        app.notify(_("Saved {path}.").format(path=path), timeout=4)
