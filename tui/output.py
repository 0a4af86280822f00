"""Standard output and standard error, neither of which can steer a terminal: `shown` sees all that is written."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TextIO, cast

from model.shown import message, shown
from tui.help_texts import PROGRAM


class ShowingStream:
    """A stream of text that writes what `shown` makes of it, and is the stream itself in all else.

    Whoever writes to it, argparse, a traceback or a library, cannot forget to ask.

    Args:
        stream: The stream.

    Attributes:
        raw: The stream, for a progress bar, which moves the cursor itself and shows no foreign text.
    """

    def __init__(self, stream: TextIO) -> None:
        self.raw = stream

    def write(self, text: str) -> int:
        """Write a text."""
        return self.raw.write(shown(text))

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw, name)


@contextlib.contextmanager
def showing() -> Iterator[None]:
    """Have all that is written to the standard streams shown."""
    with contextlib.ExitStack() as stack:
        for stream, redirected in (
            (sys.stdout, contextlib.redirect_stdout),
            (sys.stderr, contextlib.redirect_stderr),
        ):
            if stream is not None and not isinstance(stream, ShowingStream):
                stack.enter_context(redirected(cast(TextIO, ShowingStream(stream))))
        yield


def raw(stream: TextIO) -> TextIO:
    """The stream that is behind a standard stream."""
    return stream.raw if isinstance(stream, ShowingStream) else stream


def tell(told: str) -> None:
    """A message to the person, on standard error."""
    sys.stderr.write(f"{PROGRAM}: {message(told)}\n")
