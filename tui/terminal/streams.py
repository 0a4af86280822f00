"""The standard streams at the end of the program."""

from __future__ import annotations

import os
import sys

from model.language import _


def let_go() -> str:
    """Flush stdout and stderr, so that Python has nothing left to write when it ends; returns what failed.

    Where that fails, on a terminal that is gone, a full disk, a pipe that nobody reads, Python ends with status 120
    and a traceback of its own. There the stream is pointed at the null device, and what was left goes into that.

    Returns:
        What could not be written and why, as a sentence; "" if all was.
    """
    sentence = ""
    for name, stream in ((_("standard output"), sys.stdout), (_("standard error"), sys.stderr)):
        try:
            if stream is not None:
                stream.flush()
        except OSError as error:
            sentence = sentence or f"{name}: {os.strerror(error.errno or 0)}."
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
    return sentence
