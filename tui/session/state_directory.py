"""The state directory: where runs, the theme and crash reports are saved."""

from __future__ import annotations

import os
from pathlib import Path

from model.language import N_, _
from tui import PROGRAM

UNSAVED = N_("Runs are not saved automatically: {reason}")
"""The sentence that runs are not saved; the reason is a sentence, too."""

NO_HOME = N_("there is no home folder for them: set HOME or XDG_STATE_HOME.")


def state_folder() -> tuple[Path | None, str]:
    """The folder of this user; where there can be none, None and why, as a sentence."""
    from platformdirs import user_state_path  # noqa: PLC0415 - commands save nothing automatically

    for name in ("XDG_STATE_HOME", "HOME"):
        value = os.environ.get(name, "").strip() if os.name == "posix" else ""
        if value and not os.path.isabs(value):  # noqa: PTH117 - a ~ in it is no home
            sentence = _("{name} is {value!r}, and should be a path from the root, such as /home/name.")
            return None, sentence.format(name=name, value=value)
        if value:
            break
    try:
        path = user_state_path(PROGRAM)
    except (RuntimeError, KeyError, OSError):  # whatever asking for a home that there is not ends in
        return None, _(NO_HOME)
    if not path.is_absolute() or (not os.environ.get("HOME", "~") and not os.environ.get("XDG_STATE_HOME")):
        return None, _(NO_HOME)
    return path, ""
