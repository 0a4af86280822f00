"""``roommate-tui --plain``: reads a command a line, does it, and writes what is new."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import TextIO

from model.errors import FileError, InputError, RoommateError
from model.language import N_, _
from model.storage.encoding import encoding_of
from tui.plain.class_lines import ClassLines, class_told
from tui.plain.completion import completions
from tui.plain.editor import LineEditor, editor_for
from tui.plain.follow_ups import lines_of
from tui.plain.grammar import parse
from tui.plain.news import where
from tui.plain.opening import opening
from tui.plain.session import LineSession
from tui.session.commands.walking import next_step
from tui.session.room import Room
from tui.text.output import Closed, raw

PROMPT = "> "
MAX_LETTERS = 10_000
"""The longest line that is read as a command."""

MAX_REPEATED = 1000
"""The most lines of a command that `repeat` prints again."""

HELLO = N_(
    "roommate-tui, line by line. An empty line is the next step, 'course' begins the course, 'help' lists the "
    "commands, q quits."
)


class Ended(BaseException):
    """The program was told to end; no command may take it for an error of its own.

    Attributes:
        number: The signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Unusable(BaseException):
    """A stream can no longer be used, for a reason that a person can mend; no command may take it for its own.

    Attributes:
        error: The reason.
    """

    def __init__(self, error: RoommateError) -> None:
        super().__init__(error)
        self.error = error


class Loop:
    """Reads commands, does them, and writes what is new.

    Args:
        session: What they are done to.
        lines: Where commands come from.
        out: Where lines go.
        prompt: Whether to ask for commands.
        editor: What asks for them, where a person types at a terminal.
    """

    def __init__(
        self,
        session: LineSession,
        lines: TextIO | ClassLines,
        out: TextIO,
        *,
        prompt: bool,
        editor: LineEditor | None = None,
    ) -> None:
        self._session, self._lines, self._out, self._prompt = session, lines, out, prompt
        self._editor = editor
        self._last_lines: list[str] = []
        self._reading = self._begun = False
        self._signal = self._said = 0

    def run(self) -> int:
        """Read and do commands until the end.

        Returns:
            The exit status.

        Raises:
            FileError: What is read is no text, or cannot be read.
            RoommateError: What is written does not arrive: the disk is full, say.
        """
        with self._listening():
            try:
                self._begin()
                status = self._loop()
            except Ended as ended:
                status = 128 + ended.number
            except Unusable as unusable:
                raise unusable.error from unusable
            finally:
                lost = self._session.leave()
            self._say(*([lost] if lost else []))
        return 128 + self._signal if self._signal else status

    def _loop(self) -> int:
        interrupted = False
        while not (self._session.over or self._signal):
            try:
                line = self._read()
            except KeyboardInterrupt:
                if not self._prompt:
                    return 130
                self._session.stop.clear()
                if not interrupted:
                    self._say("", _("Ctrl+C again ends the program; q quits, too."))
                if interrupted or self._session.stop.is_set():  # the second came before there was a prompt
                    return 130
                interrupted = True
                continue
            interrupted = False
            if line is None:
                break
            self._do(line)
            if self._session.stop.is_set() and not self._prompt:  # nobody is there to go on
                return 130
        return 0

    def _begin(self) -> None:
        self._say(_(HELLO))
        if self._session.simulation.situation.trains:
            self._say(*lines_of(self._session, self._session.open_training()))
        if self._session.at_opening:
            self._say(*opening(self._session))
        if self._session.beginning is not None:
            self._say(*lines_of(self._session, self._session.beginning(self._session)))
        self._say(*self._session.news())

    def _read(self) -> str | None:
        """The next line, or None at the end."""
        if self._prompt and self._editor is None:
            self._write(PROMPT)
        with self._or_gone():
            try:
                self._reading = True
                self._note_encoding()
                if self._signal:  # it came while the prompt was written
                    raise Ended(self._signal)
                line = self._lines.readline(MAX_LETTERS) if self._editor is None else self._editor.ask(PROMPT)
            finally:
                self._reading = False
        if not line:
            if self._prompt:
                self._say("")
            return None
        if self._editor is not None:
            return line[:MAX_LETTERS]
        too_long = len(line) == MAX_LETTERS and not line.endswith("\n")
        while too_long and (rest := self._lines.readline(MAX_LETTERS)) and not rest.endswith("\n"):
            pass
        return line[:200] if too_long else line

    def _note_encoding(self) -> None:
        """See, before the first line, whether a mark at the beginning tells the encoding, as in files."""
        buffer = getattr(self._lines, "buffer", None)
        if self._begun or self._prompt or not isinstance(buffer, io.BufferedReader):
            return
        self._begun = True
        name, skipped = encoding_of(buffer.peek(4)[:4])
        if skipped:
            buffer.read(skipped)
            self._lines.reconfigure(encoding=name, errors="replace")  # type: ignore[union-attr]

    def _do(self, line: str) -> None:
        """Do what a line asks for; errors are a sentence."""
        session = self._session
        session.stop.clear()
        said = self._said
        self._last_lines = []
        if line.strip():
            session.typed.append(line.strip())
        try:
            times, command, rest = parse(line)
            for _time in range(times):
                before = session.timeline
                if session.at_opening and command is next_step:
                    session.begin()
                else:
                    self._tell(lines_of(session, command(session, *rest)))
                self._tell(session.news())
                if self._said == said and not session.over:
                    self._say(_("As before. {where}").format(where=where(session.simulation, session.spoken)[-2]))
                if session.stop.is_set() or session.over or (times > 1 and session.timeline is before):
                    break
        except RoommateError as error:
            self._tell(session.news())  # what was done before it went wrong
            self._say(str(error))
        session.last_lines = self._last_lines

    def _tell(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._say(line)
            if self._session.stop.is_set() and not self._session.controls.running:
                self._say(_("Stopped."))
                break

    def tell_between(self, lines: Iterable[str]) -> None:
        """Write what has come while a line was waited for, and ask for it again."""
        if self._prompt:
            self._write("\n")
        self._tell(lines)
        self._tell(self._session.news())
        if self._prompt:
            self._write(PROMPT)

    def _say(self, *lines: str) -> None:
        self._said += len(lines)
        self._last_lines += lines[: MAX_REPEATED - len(self._last_lines)]
        self._write("".join(f"{self._session.spoken.line(line)}\n" for line in lines))

    def _write(self, text: str) -> None:
        with self._or_gone(RoommateError):
            self._out.write(text)
            self._out.flush()

    @contextlib.contextmanager
    def _or_gone(self, kind: type[RoommateError] = FileError) -> Iterator[None]:
        """A stream that fails: its terminal has gone, or the person is told why; a closed pipe is passed on.

        Args:
            kind: The error that says why.
        """
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as error:
            self._forget_output()
            if error.errno == errno.EIO:
                raise Ended(getattr(signal, "SIGHUP", 1)) from error
            sentence = _("--plain cannot go on: {error}.").format(error=error.strerror or error)
            raise Unusable(kind(sentence)) from error

    # Signals

    @contextlib.contextmanager
    def _listening(self) -> Iterator[None]:
        """Ctrl+C pauses what is going on; a request to end waits until an update is whole."""
        names = ("SIGINT", "SIGTERM", "SIGHUP")
        numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        numbers = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
        before = [signal.signal(number, self._on_signal) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self._session.stop.set()
        if number == signal.SIGINT:
            if self._reading:
                raise KeyboardInterrupt
            return
        self._signal = number
        if number == getattr(signal, "SIGHUP", 0):
            self._forget_output()
        if self._reading:
            raise Ended(number)

    def _forget_output(self) -> None:
        """Write nowhere: there is nobody left to read it."""
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())


def open_session(
    session: LineSession, kept: Path | None = None, room: Room | None = None, *, notes: bool = False
) -> int:
    """A session on the standard streams.

    Args:
        session: What commands are done to.
        kept: The file that keeps the lines which are typed at a terminal; None: they are forgotten.
        room: What it has to do with a class.
        notes: Whether the notes of that class are told.

    Raises:
        InputError: There is no standard output.
    """
    out = raw(sys.stdout)  # what fails there ends the session, and is no command's error
    if isinstance(out, Closed):
        raise InputError(_("--plain writes to standard output, and that is closed."))
    if sys.stdin is None:  # nobody can ask for anything
        return Loop(session, open(os.devnull), out, prompt=False).run()  # noqa: PTH123
    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    if room is not None:
        return _in_class(session, room, out, notes=notes)
    editor = editor_for(lambda line: completions(line, session.simulation), kept)
    try:
        return Loop(session, sys.stdin, out, prompt=sys.stdin.isatty(), editor=editor).run()
    finally:
        if editor is not None:
            editor.keep()


def _in_class(session: LineSession, room: Room, out: TextIO, *, notes: bool) -> int:
    """A session between whose lines a class goes on; lines are not edited, for the class would write into them."""

    def tell() -> None:
        for news in lines.waiting():
            reply = class_told(session, news, notes=notes)
            if reply is not None:
                loop.tell_between(lines_of(session, reply))

    lines = ClassLines(sys.stdin, tell)
    loop = Loop(session, lines, out, prompt=sys.stdin.isatty())
    room.enter(session, lines.post)
    if session.following is not None:
        session.following.begin()
    return loop.run()
