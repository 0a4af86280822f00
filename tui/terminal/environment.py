"""Textual's environment variables: those a kiosk honours, those --slow-link sets."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, MutableMapping
from pathlib import Path

from model.errors import InputError
from model.language import _
from model.roommate.parsing import listed, suggestion

FRAMES_A_SECOND = 5
"""So often the screen is drawn at the most; a key is answered within a fifth of a second."""


def reduce_traffic(environ: MutableMapping[str, str]) -> None:
    """Set Textual's own variables, those that the person has not set; it reads them when it is imported.

    Args:
        environ: The environment.
    """
    environ.setdefault("TEXTUAL_FPS", str(FRAMES_A_SECOND))
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    if environ.get("COLORTERM", "").casefold() in {"truecolor", "24bit"}:  # 256 look alike, and are told in half
        environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")


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

NAMES = {
    "TEXTUAL_ANIMATIONS": ("none", "basic", "full"),
    "TEXTUAL_COLOR_SYSTEM": ("auto", "standard", "256", "truecolor", "windows"),
    "TEXTUAL_DEBUG": ("0", "1"),
    "TEXTUAL_DISABLE_KITTY_KEY": ("0", "1"),
    "TEXTUAL_SHOW_RETURN": ("0", "1"),
    "TEXTUAL_SMOOTH_SCROLL": ("0", "1"),
}
"""Textual's variables that are one of a few words."""

RANGES = {
    "TEXTUAL_DEVTOOLS_PORT": (0, 65_535),
    "TEXTUAL_DIM_FACTOR": (0, 100),
    "TEXTUAL_FPS": (1, 1000),
    "TEXTUAL_SCREENSHOT": (-1, 86_400),
    "TEXTUAL_SLOW_THRESHOLD": (100, 1_000_000),
    "ESCDELAY": (1, 10_000),
}
"""Textual's variables that are whole numbers: the least and the greatest."""

WITHOUT_COLOURS = re.compile(r"(vt[1-4]\d\d|vt5[012]|sun|wy\d+|adm\d+|tvi\d+)([-+].*)?|.*-(mono|m|bw)")
"""Names of terminals that have no colours, for machines whose terminfo does not know them."""


def settle(environ: MutableMapping[str, str]) -> None:
    """Remove the variables that are empty.

    Args:
        environ: The environment; Textual reads it when it is imported, so this comes before.
    """
    for name in [name for name, value in environ.items() if not value and (name == "NO_COLOR" or _textuals(name))]:
        del environ[name]


def check(environ: MutableMapping[str, str]) -> None:
    """See that Textual's variables are what it can use.

    Raises:
        InputError: One is not; it says which, and what it can be.
    """
    for name, names in NAMES.items():
        value = environ.get(name)
        if value is not None and value.casefold() not in names:
            near = suggestion(value, names)
            raise InputError(
                _("{name}={value} in the environment: it can be {names}.").format(
                    name=name, value=value, names=listed(names, "or")
                )
                + near
            )
        if value is not None:
            environ[name] = value.casefold()
    for name, (least, most) in RANGES.items():
        value = environ.get(name)
        if value is not None and not (re.fullmatch(r"-?[0-9]{1,7}", value) and least <= int(value) <= most):
            raise InputError(
                _("{name}={value} in the environment: it can be a whole number from {least:,} to {most:,}.").format(
                    name=name, value=value, least=least, most=most
                )
            )
    log = environ.get("TEXTUAL_LOG")
    if log is not None:
        try:
            Path(log).open("a").close()
        except OSError as error:
            reason = os.strerror(error.errno or 0)
            raise InputError(
                _("TEXTUAL_LOG={log} in the environment: it cannot be written ({reason}).").format(
                    log=log, reason=reason
                )
            ) from None


def without_colours(term: str, colours: Callable[[str], int | None]) -> bool:
    """Whether a terminal has none.

    Args:
        term: What TERM says.
        colours: How many a terminal has; None where that is not known.
    """
    number = colours(term)
    return WITHOUT_COLOURS.fullmatch(term) is not None if number is None else number < 2


def by_terminfo(term: str) -> int | None:
    """How many colours the database of terminals gives a terminal; None where it does not know it or is missing.

    It answers once in a process: of a second terminal it tells what it told of the first.
    """
    try:
        import curses  # noqa: PLC0415 - Windows has none, and the commands do not need it
    except ImportError:
        return None
    try:
        curses.setupterm(term, 2)
    except curses.error:
        return None
    return curses.tigetnum("colors")


def spare_colours(environ: MutableMapping[str, str], colours: Callable[[str], int | None] = by_terminfo) -> None:
    """Ask for no colours where the terminal has none and the person has not said otherwise.

    Args:
        environ: The environment.
        colours: As of `without_colours`.
    """
    term = environ.get("TERM", "")
    chosen = {"TEXTUAL_COLOR_SYSTEM", "FORCE_COLOR", "NO_COLOR"} & environ.keys()
    if term and not chosen and without_colours(term, colours):
        environ["NO_COLOR"] = "1"


def restrict(environ: MutableMapping[str, str]) -> None:
    """Remove Textual's other variables: they name files to write, modules to load, and let Ctrl+Z stop the program.

    To be called before Textual is imported, which reads them then.
    """
    for name in [name for name in environ if _textuals(name) and name not in HARMLESS]:
        del environ[name]


def _textuals(name: str) -> bool:
    return name.startswith("TEXTUAL")
