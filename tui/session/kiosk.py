"""A kiosk: the screen without a way to a file or a shell, for an account that a whole class uses.

Which commands it has not is declared with each command; what Textual brings along is refused here.
"""

from __future__ import annotations

from model.language import _

REFUSED = frozenset({"screenshot", "suspend_process", "toggle", "save_screenshot"})
"""Actions that every Textual application has and a kiosk must not: a file, a shell, any attribute of anything."""


def refusal() -> str:
    """The sentence that refuses a command in a kiosk."""
    return _(
        "This is a kiosk: it saves and reads no files. c copies the command line that opens this screen elsewhere."
    )
