"""The errors this project raises on purpose: each is a sentence made to be shown to a person."""

from __future__ import annotations

from model.foreign_text import message


class RoommateError(Exception):
    """Something a person can mend; ``str(error)`` says what was wrong, where, and what to do.

    Whatever foreign text is in the sentence, it can be shown anywhere: `message` has seen it.

    Attributes:
        exit_status: What a command line ends with when this error reaches it.
    """

    exit_status = 1

    def __init__(self, sentence: str) -> None:
        super().__init__(message(sentence))


class InputError(RoommateError):
    """A word or number that was typed does not fit: an unknown dish, an empty week."""

    exit_status = 2


class TrainingError(RoommateError):
    """Training cannot go on, or did not reach its goal."""

    exit_status = 4


class FileError(RoommateError):
    """A file cannot be read or written; the sentence names it and its fault, and several faults follow line by line.

    Attributes:
        faults: Each fault without the file's name, where they are known one by one.
    """

    exit_status = 3

    def __init__(self, sentence: str, faults: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.faults = tuple(map(message, faults))

    def __str__(self) -> str:
        more = self.faults if len(self.faults) > 1 else ()
        return "\n  ".join([super().__str__(), *more])
