"""What ``--slow-link`` means: fewer frames, nothing that moves by itself, colours that take fewer bytes."""

from __future__ import annotations

from collections.abc import MutableMapping

FRAMES_A_SECOND = 5
"""So often the screen is drawn at the most; a key is answered within a fifth of a second."""


def spare(environ: MutableMapping[str, str]) -> None:
    """Set Textual's own variables, those that the person has not set; it reads them when it is imported.

    Args:
        environ: The environment.
    """
    environ.setdefault("TEXTUAL_FPS", str(FRAMES_A_SECOND))
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    if environ.get("COLORTERM", "").casefold() in {"truecolor", "24bit"}:  # 256 look alike, and are told in half
        environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")
