"""Everything that is wrong with a file, told at once rather than the first of it only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from model.errors import FileError
from model.language import _
from model.roommate.naming import cut

MAX_TOLD = 20
"""The most faults that are listed; further ones are only counted."""


@dataclass
class Problems:
    """Collects what is wrong with a file.

    Attributes:
        source: The file, as the person knows it.
    """

    source: str
    _sentences: list[tuple[int, str]] = field(default_factory=list)
    _count: int = 0

    def add(self, fault: str, *, line: int | None = None, key: str = "") -> None:
        """Add a fault.

        Args:
            fault: What is wrong and what was expected, as a sentence.
            line: The line it is in, from 1, where that is known.
            key: The key it is about, where the file has keys.
        """
        self._count += 1
        if len(self._sentences) < MAX_TOLD:
            where = ", ".join([_("line {line}").format(line=line)] * (line is not None) + [cut(key)] * bool(key))
            self._sentences.append((line or 0, f"{where}: {fault}" if where else fault))

    @property
    def full(self) -> bool:
        """Whether further faults are only counted."""
        return self._count >= MAX_TOLD

    def __bool__(self) -> bool:
        return self._count > 0

    def __iter__(self) -> Iterator[str]:
        for _line, fault in sorted(self._sentences, key=lambda each: each[0]):  # those of a line as they came
            yield fault
        if self._count > len(self._sentences):
            yield _("and {count:,} more.").format(count=self._count - len(self._sentences))

    def raise_if_any(self) -> None:
        """Raise a `FileError` that lists every fault, if there is any.

        Raises:
            FileError: With a line for each fault.
        """
        if self._count == 1:
            raise FileError(f"{self.source}: {self._sentences[0][1]}", tuple(self))
        if self:
            raise FileError(
                _("{source}: {count:,} things are wrong.").format(source=self.source, count=self._count),
                tuple(self),
            )
