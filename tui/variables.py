"""Textual's environment variables, of which a kiosk honours those that only change how things look."""

from __future__ import annotations

from collections.abc import MutableMapping

HARMLESS = frozenset(
    {
        "TEXTUAL_ANIMATIONS",
        "TEXTUAL_COLOR_SYSTEM",
        "TEXTUAL_DIM_FACTOR",
        "TEXTUAL_DISABLE_KITTY_KEY",
        "TEXTUAL_FPS",
        "TEXTUAL_SMOOTH_SCROLL",
        "TEXTUAL_THEME",
    }
)
"""Textual's variables that only change how it looks."""


def shut(environ: MutableMapping[str, str]) -> None:
    """Remove Textual's other variables: they name files to write, modules to load, and let Ctrl+Z stop the program.

    To be called before Textual is imported, which reads them then.
    """
    for name in [name for name in environ if name.startswith("TEXTUAL") and name not in HARMLESS]:
        del environ[name]
