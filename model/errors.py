"""The errors this project raises on purpose: each is a sentence made to be shown to a person."""


class RoommateError(Exception):
    """Something a person can mend; ``str(error)`` says what was wrong, where, and what to do.

    Attributes:
        exit_status: What a command line ends with when this error reaches it.
    """

    exit_status = 1


class InputError(RoommateError):
    """A word or number that was typed does not fit: an unknown dish, an empty week."""

    exit_status = 2


class TrainingError(RoommateError):
    """Training cannot go on, or did not reach its goal."""

    exit_status = 4


class FileError(RoommateError):
    """A file cannot be read or written; the sentence names it and its fault.

    Attributes:
        faults: Each of several faults, without the file's name.
    """

    exit_status = 3

    def __init__(self, told: str, faults: tuple[str, ...] = ()) -> None:
        super().__init__(told)
        self.faults = faults
