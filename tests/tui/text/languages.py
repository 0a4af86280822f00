"""The languages that have pages, and the pages that each of them must have."""

from __future__ import annotations

from pathlib import Path

from tests.tui.text.made_up import ROOT

TEXTS = ROOT / "tui" / "text"
FOLDERS = ("lessons", "story", "manual")
LANGUAGES = sorted({path.parent.name for folder in FOLDERS for path in (TEXTS / folder).glob("*/*.md")})
OTHERS = [code for code in LANGUAGES if code != "en"]


def pages(folder: str, code: str = "en") -> dict[str, Path]:
    """The files of a folder of pages in a language, by their names."""
    return {path.name: path for path in sorted((TEXTS / folder / code).glob("*.md"))}
