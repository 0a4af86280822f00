"""What the program remembers from one start to the next: the theme."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from model.errors import FileError
from model.storage.atomic import write_atomically
from model.storage.files import read
from model.storage.private import private_folder

FILE = "settings.json"
"""The name of the preferences file, beside the runs that are saved automatically."""

MAX_BYTES = 65_536
"""The most bytes of a preferences file; a larger one was not written by us."""


@dataclass(frozen=True)
class Settings:
    """What is remembered.

    Attributes:
        theme: The name of the theme that was chosen last; None: none was.
    """

    theme: str | None = None


def load_settings(path: Path | None) -> Settings:
    """What was remembered; nothing where there is no file, or one that cannot be understood.

    A colour is not worth an error message: such a file is written anew when a theme is chosen.
    """
    if path is None:
        return Settings()
    try:
        about = json.loads(read(path, MAX_BYTES, private=True))
    except (FileError, OSError, ValueError, RecursionError):
        return Settings()
    theme = about.get("theme") if isinstance(about, dict) else None
    return Settings(theme if isinstance(theme, str) else None)


def save_settings(path: Path | None, settings: Settings) -> str:
    """Save the preferences; returns why they could not be saved, or nothing.

    Returns:
        Why they could not be written; nothing where they were, or where nothing may be.
    """
    if path is None:
        return ""
    try:
        private_folder(path.parent)
        write_atomically(path, (json.dumps(asdict(settings)) + "\n").encode(), overwrite=True, private=True)
    except FileError as error:
        return str(error)
    return ""
