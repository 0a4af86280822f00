"""Standard output and standard error: control characters are escaped, and errors in writing are reported.

`shown` sees all of it. What standard output does not take, because the disk is full, it is closed or its encoding has
no such letter, is a sentence and never a question mark in its place.
"""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO, cast

from model.errors import RoommateError
from model.foreign_text import message, shown
from model.language import N_, _
from tui import PROGRAM

if TYPE_CHECKING:
    from model.steps.axes import Axis

WAY_OUT = N_("Say LC_ALL=C.UTF-8 or PYTHONIOENCODING=utf-8 before the command, or ask for JSON, which does without.")
"""What helps where an encoding has too few letters."""


AT_ONCE = 256
"""Pieces of a text, mostly lines, that are written together: to look through one takes as long as through many."""


class OutputError(RoommateError):
    """Standard output does not take what is written."""


class Closed(io.StringIO):
    """Stands for a stream that was closed before the program began."""

    def write(self, text: str) -> int:  # noqa: ARG002 - as any stream
        """Raise the error that the system would."""
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


class ShowingStream:
    """A stream of text that writes what `shown` makes of it, and is the stream itself in all else.

    Whoever writes to it, argparse, a traceback or a library, cannot forget to ask.

    Args:
        stream: The stream.
        name: What a sentence calls it; nothing: what it does not take is lost, as there is nowhere to say so.
        escape: What is made of a text before it is written.

    Attributes:
        raw: The stream, for a progress bar, which moves the cursor itself and shows no foreign text.
    """

    def __init__(self, stream: TextIO, name: str = "", *, escape: Callable[[str], str] = shown) -> None:
        self.raw = stream
        self._name, self._escape = name, escape

    def write(self, text: str) -> int:
        """Write a text.

        Raises:
            OutputError: It cannot be written; it says why.
        """
        with self._telling():
            self.raw.write(self._escape(text))
        return len(text)

    def flush(self) -> None:
        """Send what was written.

        Raises:
            OutputError: See `write`.
        """
        with self._telling():
            self.raw.flush()

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:  # its reader has seen enough
            raise
        except UnicodeEncodeError as error:
            letter = error.object[error.start]
            sentence = _("{stream}: its encoding, {encoding}, has no {letter!a}.")
            sentence = sentence.format(stream=_(self._name), encoding=self.raw.encoding, letter=letter)
            raise OutputError(f"{sentence} {_(WAY_OUT)}") from None
        except OSError as error:
            if self._name:
                raise OutputError(f"{_(self._name)}: {os.strerror(error.errno or 0)}.") from None

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw, name)


@contextlib.contextmanager
def showing() -> Iterator[None]:
    """Make the standard streams escape what could steer a terminal."""
    with contextlib.ExitStack() as stack:
        for stream, redirected, name in (
            (sys.stdout, contextlib.redirect_stdout, N_("standard output")),
            (sys.stderr, contextlib.redirect_stderr, ""),
        ):
            if not isinstance(stream, ShowingStream):
                stack.enter_context(redirected(cast(TextIO, ShowingStream(stream or Closed(), name))))
        yield


def raw(stream: TextIO) -> TextIO:
    """The stream that is behind a standard stream."""
    return stream.raw if isinstance(stream, ShowingStream) else stream


def tell(sentence: str) -> None:
    """Write a message to standard error."""
    sys.stderr.write(f"{PROGRAM}: {message(sentence)}\n")


def takes_unicode() -> bool:
    """Whether standard output takes every letter there is."""
    return "utf" in (getattr(sys.stdout, "encoding", None) or "utf-8").casefold()


def portable(document: Iterable[str]) -> Iterator[str]:
    """JSON as standard output takes it: where that is not UTF-8, every letter beyond ASCII is escaped."""
    whole = takes_unicode()
    for text in document:
        yield (
            text
            if whole or text.isascii()
            else "".join(letter if letter.isascii() else json.dumps(letter)[1:-1] for letter in text)
        )


def write(chunks: Iterable[str], out: TextIO | None = None) -> int:
    """Write a text as it comes, and see that it has arrived.

    Args:
        chunks: The text in pieces.
        out: Where to; standard output by default.

    Returns:
        The exit status of a command that has done all it had to.
    """
    out = out or sys.stdout
    some: list[str] = []
    try:
        for chunk in chunks:
            some.append(chunk)
            if len(some) == AT_ONCE:
                text, some = "".join(some), []
                out.write(text)
    finally:  # what came before an error is written
        if some:
            out.write("".join(some))
    out.flush()
    return 0


def for_our_words() -> TextIO:
    """Standard output for text that is all our own and may have colours in it."""
    return cast(TextIO, ShowingStream(raw(sys.stdout), N_("standard output"), escape=str))


def need_letters(*axes: Axis) -> None:
    """See that names can be told from what stands for them in seven bits, where standard output takes no more.

    Raises:
        OutputError: One has lost its letters; it says which, and the way out.
    """
    if takes_unicode():
        return
    for axis in axes:
        for name, twin in zip(axis.labels, axis.in_ascii.labels, strict=True):
            if twin.count("?") > name.count("?"):
                sentence = _("standard output: its encoding, {encoding}, cannot write {name!a}.")
                raise OutputError(f"{sentence.format(encoding=sys.stdout.encoding, name=name)} {_(WAY_OUT)}")
