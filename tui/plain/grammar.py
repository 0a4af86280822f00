"""What can be typed: every command of both front ends by its keys and by words, and what only lines need."""

from __future__ import annotations

import shlex

from model.errors import InputError
from model.language import _
from model.roommate.parsing import listed, suggestion
from tui.plain import commands as plain_commands
from tui.session.commands.command import Command, commands_in
from tui.session.commands.shared import COMMANDS

MAX_REPEATED = 1000
"""A command is repeated no more often than this."""

LINE_COMMANDS = (*(command for command in COMMANDS if not command.screen_only), *commands_in(plain_commands))
"""All that can be typed."""

_BY_KEY = {key: command for command in LINE_COMMANDS for key in command.typed_keys if len(key) == 1}
_BY_KEY_NAME = {key.casefold(): command for command in LINE_COMMANDS for key in command.typed_keys if len(key) > 1}
_BY_SCREEN_KEY = {key: command for command in COMMANDS if command.screen_only for key in command.typed_keys}


def described(command: Command) -> str:
    """A line of the help."""
    keys = " ".join(key for key in command.typed_keys if key.isascii() and len(key) == 1)
    words = f"{command.words} {_(command.usage) if command.usage else ''}".strip()
    if not keys:
        return _("{words}: {help}.").format(words=words, help=command.help)
    return _("{keys} or {words}: {help}.").format(keys=keys, words=words, help=command.help)


def parse(line: str) -> tuple[int, Command, list[str]]:
    """What a line asks for: how often, what, and with which words after it.

    Raises:
        InputError: It is no command; the sentence says what was meant, as far as that can be told.
    """
    words = split(line)
    if not words:
        return 1, _BY_KEY["n"], []
    times = 1
    if len(words) > 1 and words[0].isdecimal() and (words[1] in _BY_KEY or len(words[1]) > 1):
        if len(words[0]) > 4 or not 1 <= int(words[0]) <= MAX_REPEATED:
            sentence = _("{number}: a command can be repeated 1 to {most:,} times.")
            raise InputError(sentence.format(number=words[0][:12], most=MAX_REPEATED))
        times, words = int(words[0]), words[1:]
    command, rest = find(words)
    if rest and (not command.usage or command.usage.startswith("(")):
        sentence = _("{command} stands alone: {word!r} was not expected after it.")
        raise InputError(sentence.format(command=command.words, word=rest[0][:24]))
    return times, command, rest


def split(line: str) -> list[str]:
    """The words of a line; quotes hold a name with spaces together."""
    lexer = shlex.shlex(line.strip(), posix=True, punctuation_chars="")
    lexer.whitespace_split, lexer.commenters, lexer.escape, lexer.quotes = True, "", "", '"'
    try:
        return list(lexer)
    except ValueError:  # a quote that is not closed is only a letter
        return line.split()


def find(words: list[str]) -> tuple[Command, list[str]]:
    """The command that words begin with, and the words after it.

    Raises:
        InputError: There is none, or there are several.
    """
    first = words[0]
    if not first:
        raise InputError(_("Two quotes with nothing between are not a command. 'help' lists them all."))
    if first in _BY_KEY or first.casefold() in _BY_KEY_NAME:
        return _BY_KEY.get(first) or _BY_KEY_NAME[first.casefold()], words[1:]
    if first[0] == "#" and first[1:].isdecimal():
        return _BY_KEY["#"], [first[1:], *words[1:]]
    if first in _BY_SCREEN_KEY:
        sentence = _("{key} is for the screen alone: {reason}.")
        raise InputError(sentence.format(key=first, reason=_(_BY_SCREEN_KEY[first].screen_only)))
    for count in range(min(len(words), 3), 0, -1):
        command = _of_phrase(words[:count])
        if command is not None:
            return command, words[count:]
    shown = first if len(first) <= 24 else f"{first[:24]}..."
    near = suggestion(first, [command.words for command in LINE_COMMANDS])
    raise InputError(_("{text!r} is not a command.{near} 'help' lists them all.").format(text=shown, near=near))


def _of_phrase(words: list[str]) -> Command | None:
    """The command whose words begin so; letters alone are keys and never words."""
    folded = [word.casefold() for word in words]
    if len(folded[0]) < 2:
        return None
    begun = []
    for command in LINE_COMMANDS:
        phrase = command.words.split()
        if phrase == folded:
            return command
        if len(phrase) == len(folded) and all(
            whole.startswith(part) for whole, part in zip(phrase, folded, strict=True)
        ):
            begun.append(command)
    if len(begun) > 1:
        names = listed([command.words for command in begun], "or")
        sentence = _("{text!r} may mean {names}: write more of it.")
        raise InputError(sentence.format(text=" ".join(words), names=names))
    return begun[0] if begun else None
