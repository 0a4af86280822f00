"""What can be typed: every command of the screen by its keys and by words, and what only lines need."""

from __future__ import annotations

import ast
import shlex
from dataclasses import dataclass

from model.errors import InputError
from model.roommate.parsing import listed, suggestion
from tui.session.commands import BACK, CHANGE, COMMANDS, LEARN, LESSONS, PROGRAM, WALK, Command

_NO_PACE = "lines come when they are asked for, and training runs at full speed between them"

SCREEN_ONLY = {
    "faster(1)": _NO_PACE,
    "faster(-1)": _NO_PACE,
    "scale": "an axis is drawn; losses are told as numbers",
    "other_view": "loss and product need no room here: 'loss' and 'product' tell either",
    "app.command_palette": "there is no list to pick from: 'help' tells of every command",
    "app.repaint": "nothing is painted that could be spoiled",
}
"""The commands of the screen that lines have no use for, and why."""

PHRASES = {
    "next_step": "next",
    "go_day(-1)": "day back",
    "next_start": "start",
    "extract": "extract",
    "edit_rule": "edit rule",
    "add_day": "add day",
    "remove_day": "remove day",
    "lesson(1)": "lesson 1",
    "lesson(2)": "lesson 2",
    "lesson(3)": "lesson 3",
    "lesson(4)": "lesson 4",
    "lesson(5)": "lesson 5",
    "one_update": "one update",
}
"""The words for commands whose label on the screen is not said, or is that of another."""

USAGES = {
    "help": "[COMMAND, 'words' or a page of the manual]",
    "next_step": "(an empty line, too)",
    "go_day(1)": "[N or NAME]",
    "row(1)": "[N] [COLUMN]",
    "flip_weather": "[WEATHER]",
    "next_start": "[DISH]",
    "feedback": "[soft, hard or teacher]",
    "turn": "[NON-LINEARITY]",
    "activation": "[NAME]",
    "edit": "[MATRIX]",
    "compare": "[hand, learned, first, update N or FILE] [MATRIX]",
    "extract": "[soft or hard] [FILE.dot, .mmd or .json]",
    "scenario": "[NAME or FILE]",
    "edit_rule": "[WEATHER YESTERDAY DISH]",
    "train": "[N updates, or 'until it is right']",
    "one_update": "",
    "ask_update": "N",
    "save": "FILE [overwrite]",
    "copy": "[command, text, markdown, latex, json or weights]",
    "load": "FILE",
}
"""What may follow a command's word."""

MAX_REPEATED = 1000
"""A command is repeated no more often than this."""


@dataclass(frozen=True)
class Offer:
    """Something that can be typed.

    Attributes:
        method: The method that does it.
        arguments: What it is called with, before the words that follow.
        phrase: Its words; the beginning of each will do.
        keys: Its keys, as one line.
        usage: What may follow.
        help: A line for the help.
        group: Its heading there.
    """

    method: str
    arguments: tuple[int | bool, ...]
    phrase: str
    keys: tuple[str, ...]
    usage: str
    help: str
    group: str

    @property
    def told(self) -> str:
        """A line of the help."""
        keys = " ".join(key for key in self.keys if key.isascii() and len(key) == 1)
        how = " or ".join(filter(None, (keys, f"{self.phrase} {self.usage}".strip())))
        return f"{how}: {self.help}."


def _offer(command: Command) -> Offer:
    name, _, arguments = command.action.partition("(")
    given = ast.literal_eval(f"({arguments[:-1]},)") if arguments else ()
    keys = tuple(command.key_display.split())
    phrase = PHRASES.get(command.action, command.label)
    return Offer(name, given, phrase, keys, USAGES.get(command.action, ""), command.help, command.group)


def _own(phrase: str, usage: str, told: str, group: str, method: str = "") -> Offer:
    return Offer(method or phrase.replace(" ", "_"), (), phrase, (), usage, told, group)


OWN = (
    _own("where", "", "Where you are", WALK),
    _own("product", "[whole]", "The step again, all of it", WALK),
    _own("repeat", "", "What the last command told, once more", WALK),
    _own("brief", "[on or off]", "Of each step only what is new, or all of it again", WALK),
    _own("words", "", "The words of the subject that the step uses", WALK),
    _own("map", "", "The steps of the day: done, here, to come", WALK),
    _own("week", "[whole, or another week such as srrsrs]", "The week: weather and dishes", WALK),
    _own("command", "", "The command line that begins here", PROGRAM),
    _own("about", "", "What the lesson is about, at length", WALK),
    _own("step", "N", "To a step of the day", WALK, "go_step"),
    _own("forwards", "", "Forwards again", BACK),
    _own("rule", "", "What the roommate cooks in each case", CHANGE),
    _own("rename", "NAME NEW_NAME", "Rename a dish, a weather or the roommate", CHANGE),
    _own("add dish", "NAME", "A dish more in the roommate's rule", CHANGE),
    _own("add weather", "NAME", "A weather more in the roommate's rule", CHANGE),
    _own("set", "MATRIX ROW COLUMN NUMBER, or SETTING VALUE", "Change a weight, or a setting", BACK, "put"),
    _own("weights", "[MATRIX] [whole]", "Every matrix with its numbers, or one", BACK),
    _own("freeze", "MATRIX", "Let training leave a matrix as it is, or change it again", BACK),
    _own("take", "MATRIX hand or learned", "Put in the hand-set or the learned numbers of a matrix", BACK),
    _own("lesson", "N", "To a lesson", LESSONS),
    _own("loss", "", "How the run goes, and how its loss went", LEARN),
    _own("cases", "", "What the network answers in each case", LEARN),
    _own("seed", "N", "Start again with a seed", LEARN),
    _own("resume", "[N]", "Go on with a run that was saved last time", LEARN),
    _own("history", "[N]", "The lines that were typed", PROGRAM),
    _own("exit", "", "Leave the program", PROGRAM, "quit"),
)
"""What the screen always shows or asks for, and lines must be asked for by name."""

OFFERS = (*(_offer(command) for command in COMMANDS if command.action not in SCREEN_ONLY), *OWN)
"""All that can be typed."""

_BY_KEY = {key: offer for offer in OFFERS for key in offer.keys if len(key) == 1}
_BY_KEY_NAME = {key.casefold(): offer for offer in OFFERS for key in offer.keys if len(key) > 1}
_BY_SCREEN_KEY = {key: c for c in COMMANDS if c.action in SCREEN_ONLY for key in c.key_display.split()}


def parse(line: str) -> tuple[int, Offer, list[str]]:
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
            raise InputError(f"{words[0][:12]}: a command can be repeated 1 to {MAX_REPEATED:,} times.")
        times, words = int(words[0]), words[1:]
    offer, rest = find(words)
    if rest and (not offer.usage or offer.usage.startswith("(")):
        raise InputError(f"{offer.phrase} stands alone: {rest[0][:24]!r} was not expected after it.")
    return times, offer, rest


def split(line: str) -> list[str]:
    """The words of a line; quotes hold a name with spaces together."""
    lexer = shlex.shlex(line.strip(), posix=True, punctuation_chars="")
    lexer.whitespace_split, lexer.commenters, lexer.escape, lexer.quotes = True, "", "", '"'
    try:
        return list(lexer)
    except ValueError:  # a quote that is not closed is only a letter
        return line.split()


def find(words: list[str]) -> tuple[Offer, list[str]]:
    """The command that words begin with, and the words after it.

    Raises:
        InputError: There is none, or there are several.
    """
    first = words[0]
    if not first:
        raise InputError("Two quotes with nothing between are not a command. 'help' lists them all.")
    if first in _BY_KEY or first.casefold() in _BY_KEY_NAME:
        return _BY_KEY.get(first) or _BY_KEY_NAME[first.casefold()], words[1:]
    if first[0] == "#" and first[1:].isdecimal():
        return _BY_KEY["#"], [first[1:], *words[1:]]
    if first in _BY_SCREEN_KEY:
        raise InputError(f"{first} is for the screen alone: {SCREEN_ONLY[_BY_SCREEN_KEY[first].action]}.")
    for count in range(min(len(words), 3), 0, -1):
        offer = _of_phrase(words[:count])
        if offer is not None:
            return offer, words[count:]
    shown = first if len(first) <= 24 else f"{first[:24]}..."
    near = suggestion(first, [offer.phrase for offer in OFFERS])
    raise InputError(f"{shown!r} is not a command.{near} 'help' lists them all.")


def _of_phrase(words: list[str]) -> Offer | None:
    """The command whose words begin so; letters alone are keys and never words."""
    folded = [word.casefold() for word in words]
    if len(folded[0]) < 2:
        return None
    begun = []
    for offer in OFFERS:
        phrase = offer.phrase.split()
        if phrase == folded:
            return offer
        if len(phrase) == len(folded) and all(
            whole.startswith(part) for whole, part in zip(phrase, folded, strict=True)
        ):
            begun.append(offer)
    if len(begun) > 1:
        names = listed([offer.phrase for offer in begun], "or")
        raise InputError(f"{' '.join(words)!r} may mean {names}: write more of it.")
    return begun[0] if begun else None
