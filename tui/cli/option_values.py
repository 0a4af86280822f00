"""Parsers of option values."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from model.errors import InputError
from model.language import _
from model.network.names import OLDER_NAMES
from model.roommate.naming import cut
from model.roommate.parsing import find, listed, suggestion
from model.roommate.typed_numbers import decimal_number, whole_number


def one_of(unknown: str, names: Sequence[str]) -> Callable[[str], str]:
    """A reader of an option that takes one of a few names, whole or by its beginning.

    What a network was called once means what it is called today.

    Args:
        unknown: The sentence about a word that is none of them, with gaps for the word and the names.
        names: The names.
    """

    def read(word: str) -> str:
        today = OLDER_NAMES.get(word, word)
        index = find(today if today in names else word, names)
        if index is None:
            sentence = unknown.format(word=cut(word), names=listed(names))
            raise argparse.ArgumentTypeError(sentence + suggestion(word, names))
        return names[index]

    return read


def refused_in_words(read: Callable[[str], object]) -> Callable[[str], object]:
    """A reader of an option whose complaint argparse passes on."""

    def tell(text: str) -> object:
        try:
            return read(text)
        except InputError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return tell


def parse_port(text: str) -> int:
    """The number of a port.

    Raises:
        InputError: There is no such port.
    """
    if not text.isdecimal() or len(text) > 5 or int(text) > 65_535:
        raise InputError(
            _("{text!r} is not a port: a whole number from 0 to 65535, and below 1024 for few users.").format(
                text=cut(text)
            )
        )
    return int(text)


def parse_digits(text: str) -> int:
    """How many significant digits a number has.

    Raises:
        InputError: No number can have that many.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 17):
        raise InputError(
            _("{text!r} is not a number of digits: a whole number from 1 to 17, which is all there are.").format(
                text=text
            )
        )
    return int(text)


def parse_host(text: str) -> str:
    """The one place that may be served.

    Raises:
        InputError: It is another one.
    """
    if text not in {"localhost", "127.0.0.1"}:
        from socket import gethostname

        raise InputError(
            _(
                "{text!r} is not served: whoever reaches the server uses your files, so it listens on "
                "127.0.0.1 alone. From another machine: 'ssh -L 127.0.0.1:8000:127.0.0.1:8000 "
                "{host}', then open it there."
            ).format(text=cut(text), host=gethostname())
        )
    return text


def parse_part(text: str) -> float:
    """The part of a diary that is held out, as typed.

    Raises:
        InputError: It is no number between 0 and 1.
    """
    part = decimal_number(text) or 0.0
    if not 0 < part < 1:
        raise InputError(
            _("{text!r} is not a part of the days: a number more than 0 and less than 1, as 0.2.").format(
                text=cut(text.strip())
            )
        )
    return part


def parse_whole(text: str) -> int:
    """A whole number.

    Raises:
        InputError: It is none.
    """
    number = whole_number(text)
    if number is None:
        raise InputError(_("{text!r} is not a whole number.").format(text=cut(text.strip())))
    return number


MAX_WORKERS = 256
"""The most processes that work at a time."""


def parse_workers(text: str) -> int:
    """How many processes work at a time.

    Raises:
        InputError: There cannot be so many.
    """
    number = whole_number(text)
    if number is None or not 1 <= number <= MAX_WORKERS:
        raise InputError(
            _("{text!r} is not a number of workers: a whole number from 1 to {most}.").format(
                text=cut(text.strip()), most=MAX_WORKERS
            )
        )
    return number
