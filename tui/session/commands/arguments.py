"""Parsers of arguments that several commands take: numbers, matrices, names of files."""

from __future__ import annotations

from pathlib import Path

from model.errors import FileError, InputError
from model.language import _
from model.network.network import Network
from model.roommate.parsing import find, listed, suggestion
from model.storage.atomic import would_replace
from model.storage.typed_paths import typed_path
from tui.session.kiosk import refusal
from tui.session.session import Session

OVERWRITE = ("overwrite", "!")
"""The last word of a command that may write over a file."""


def whole_number(text: str, least: int, most: int, otherwise: str) -> int:
    """A whole number as typed.

    Args:
        text: What was typed.
        least: The least that will do.
        most: The greatest.
        otherwise: What is said of others, with places for ``text``, ``least`` and ``most``.

    Raises:
        InputError: It is none, or not one of those there are.
    """
    value = int(text) if text.isdecimal() and len(text) < 9 else -1
    if not least <= value <= most:
        raise InputError(otherwise.format(text=text[:24], least=least, most=most))
    return value


def on_or_off(text: str, *, now: bool) -> bool:
    """Whether something is to be on, as typed; nothing: the other way round.

    Args:
        text: What was typed.
        now: Whether it is on.

    Raises:
        InputError: It is neither of the two words.
    """
    word = text.casefold()
    if word not in {"", "on", "off"}:
        raise InputError(_("{text!r} is neither on nor off.").format(text=text[:24]))
    return word == "on" if word else not now


def row_number(text: str, most: int) -> int:
    """A row as typed, counted from 0."""
    otherwise = _("{text!r} is no row: give a number from {least} to {most:,}.")
    return whole_number(text, 1, most, otherwise) - 1


def column_number(text: str, most: int) -> int:
    """A column as typed, counted from 0."""
    otherwise = _("{text!r} is no column: give a number from {least} to {most:,}.")
    return whole_number(text, 1, most, otherwise) - 1


def matrix_named(text: str, network: Network) -> str:
    """A matrix of a network, as typed.

    Raises:
        InputError: It has no such matrix.
    """
    index = find(text.replace("-", "_"), network.matrices)
    if index is None:
        raise InputError(
            _("{text!r} is no matrix of this network, which has {names}.{near}").format(
                text=text[:24],
                names=listed([name.capitalize() for name in network.matrices]),
                near=suggestion(text, network.matrices),
            )
        )
    return network.matrices[index]


def file_named(session: Session, words: tuple[str, ...]) -> Path:
    """The file that words name; every command that touches a file asks here.

    Raises:
        InputError: This is a kiosk.
        FileError: No file can be called so.
    """
    if session.kiosk:
        raise InputError(refusal())
    return typed_path(" ".join(words))


def file_to_write(session: Session, words: tuple[str, ...]) -> tuple[Path, bool]:
    """The file that words name, and whether it may be written over.

    Raises:
        InputError: This is a kiosk.
        FileError: No file can be called so, or it is there already and may not be written over.
    """
    over = len(words) > 1 and words[-1] in OVERWRITE
    path = file_named(session, words[:-1] if over else words)
    if would_replace(path) and not over:
        raise FileError(
            _("{path} is there already; the word overwrite after the name replaces it.").format(path=path)
        )
    return path, over
