"""What the palette offers: every command, the roommates that come with the program, and themes.

The app imports it when the palette opens, so that the opening is painted before numpy and the walk are loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from textual.app import App

from model.language import N_, _
from model.storage.scenarios import shipped
from tui.app.themes import THEMES
from tui.screens.palette import Choice
from tui.screens.walk import WalkScreen
from tui.session.commands.roommates import open_roommate
from tui.session.commands.shared import SCREEN_COMMANDS


def commands(walk: WalkScreen, *, kiosk: bool) -> Iterator[Choice]:
    """Every command of the walk.

    Args:
        walk: Where they are done.
        kiosk: Whether those that a kiosk refuses are left out.
    """
    for command in SCREEN_COMMANDS:
        if command.kiosk or not kiosk:
            text = _("{group} (key: {keys})").format(group=_(command.group), keys=command.key_display)
            words = (*_other_words(command.label), *_other_words(command.synonyms))
            yield Choice(command.help, text, partial(walk.do, command), words, (*command.keys, *command.typed_keys))


def _other_words(english: str) -> tuple[str, ...]:
    """Words by which a choice is found: the English ones, which commands have as well, and those of the language."""
    return tuple(dict.fromkeys([*english.split(), *(_(english).split() if english else ())]))


def screenshot(app: App[Any]) -> Choice:
    """A picture of the screen."""
    words = _other_words(N_("screenshot picture image svg export print"))
    ask = partial(app.run_action, "app.save_screenshot")
    return Choice(_("Save a screenshot"), _("The screen as a picture (.svg)"), ask, words)


def themes(app: App[Any]) -> Iterator[Choice]:
    """A choice for each theme, ours first."""
    ours = [theme.name for theme in THEMES]
    for name in (*ours, *sorted(app.available_themes.keys() - set(ours))):
        kind = "dark" if app.available_themes[name].dark else "light"
        colours = _("dark colours") if kind == "dark" else _("light colours")
        if name == app.theme:
            colours = _("dark colours, in use") if kind == "dark" else _("light colours, in use")
        yield Choice(
            _("Theme: {name}").format(name=name),
            colours,
            partial(setattr, app, "theme", name),
            (kind, *_other_words(N_("colors appearance"))),
        )


def roommates(walk: WalkScreen) -> Iterator[Choice]:
    """A choice for each roommate that comes with the program."""
    for name in shipped():
        title = _("Roommate: {name}").format(name=name)
        yield Choice(
            title, _("One that comes with the program"), partial(walk.do, open_roommate, name), ("scenario",)
        )
