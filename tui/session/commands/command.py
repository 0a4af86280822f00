"""A command: a function with everything that is to be said of it. All else is derived from these declarations."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any

from model.errors import InputError
from model.language import N_, _
from tui.session.kiosk import refusal
from tui.session.reply import Reply, Sight
from tui.session.session import Session

WALK = N_("Walk")
CHANGE = N_("Change")
BACK = N_("Back and by hand")
LESSON = N_("Lessons")
TRAINING = N_("Learn (lesson 4)")
COURSE = N_("Course")
PROGRAM = N_("Program")
GROUPS = (WALK, CHANGE, BACK, LESSON, TRAINING, COURSE, PROGRAM)
"""The headings of the help page, in its order."""

WALKING, LEARNING, GOING_BACK = "walking", "learning", "back"
"""The kinds of footer: one for each way to look at the walk."""


@dataclass(frozen=True, eq=False)
class Command:
    """Something a person can do.

    Attributes:
        name: What it is called in bindings; no two have the same.
        function: Does it: takes the session and words, and replies.
        group: Its heading on the help page.
        about: A line for the help page and the palette, or a function that gives it.
        keys: The keys that do it on the screen, by Textual's names, the first one shown.
        key_display: What people call these keys, where that is another name.
        words: What is typed as a line, of which the beginning will do; nothing: it cannot be typed.
        usage: What may follow these words; translated when it is shown.
        label: A word for the footer.
        back_label: The word for the footer on the way back, where it is another.
        footers: The footers it stands in, each with its place there; what does not fit is hidden.
        synonyms: Other words by which the palette finds it, marked with `N_`: it finds those of the language, too.
        kiosk: Whether a kiosk has it, too: it reaches neither a file nor a shell.
        trains: Whether it belongs to the lesson that trains, and is refused elsewhere.
        at_rest: Whether it touches the run, which a worker must have let go of.
        sight: What a person wants to see afterwards.
        screen_only: Why lines have no use for it; nothing: they have it.
    """

    name: str
    function: Callable[..., Reply]
    group: str
    about: str | Callable[[], str]
    keys: tuple[str, ...] = ()
    key_display: str = ""
    words: str = ""
    usage: str = ""
    label: str = ""
    back_label: str = ""
    footers: Mapping[str, int] = field(default_factory=dict)
    synonyms: str = ""
    kiosk: bool = True
    trains: bool = False
    at_rest: bool = False
    sight: Sight = Sight.SAME
    screen_only: str = ""

    @property
    def help(self) -> str:
        """A line for the help page and the palette."""
        return _(self.about) if isinstance(self.about, str) else self.about()

    @property
    def typed_keys(self) -> tuple[str, ...]:
        """Its keys as a line types them."""
        return tuple(self.key_display.split())

    def __call__(self, session: Session, *words: str) -> Reply:
        """Do it.

        Args:
            session: On what.
            words: What follows the command in a line, or what was answered on the screen; too many are left out.

        Raises:
            RoommateError: It cannot be done; nothing has changed.
        """
        if session.kiosk and not self.kiosk:
            raise InputError(refusal())
        if self.trains:
            session.need_training()
        given = words[: _room_for_words(self.function)]

        def act() -> Reply:
            reply = self.function(session, *given)
            return reply if reply.sight is not None else replace(reply, sight=self.sight)

        return session.when_at_rest(act) if self.at_rest else act()


def _room_for_words(function: Callable[..., Reply]) -> int | None:
    """How many words a function takes after the session; None: any number."""
    parameters = inspect.signature(function).parameters.values()
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        return None
    return len(parameters) - 1


def command(
    name: str,
    *,
    words: str = "",
    keys: str = "",
    help: str | Callable[[], str],  # noqa: A002 - the word for it in every declaration
    **said: Any,
) -> Callable[[Callable[..., Reply]], Command]:
    """Declare a function to be a command.

    Args:
        name: See `Command`.
        words: What is typed, and what may follow it: ``weather [WEATHER]``. What follows is given as ``usage`` where
            it is said in words of a language.
        keys: Its keys, with spaces between.
        help: The line about it.
        said: The other attributes of `Command`.
    """
    found = re.match(r"(?:(?<!\S)[a-z0-9-]+(?: |$))*", words)
    assert found is not None
    phrase, usage = found[0].strip(), said.pop("usage", words[found.end() :])
    shown = said.pop("key_display", keys)

    def declare(function: Callable[..., Reply]) -> Command:
        return Command(
            name, function, about=help, keys=tuple(keys.split()), key_display=shown, words=phrase, usage=usage, **said
        )

    return declare


def commands_in(*modules: ModuleType) -> tuple[Command, ...]:
    """All commands that modules declare, in their order."""
    return tuple(one for module in modules for value in vars(module).values() for one in _commands_of(value, module))


def _commands_of(value: object, module: ModuleType) -> Iterator[Command]:
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, Command) and one.function.__module__ == module.__name__:
            yield one
