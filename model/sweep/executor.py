"""Who does the work of a sweep: an executor, of which this process itself is the simplest."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from model.sweep.outcomes import Outcomes
from model.sweep.work import Work, train_work

Result = tuple[Work, Outcomes]
"""A piece of work and what came of it: of all its seeds, unless somebody wanted to stop."""

Future = TypeVar("Future")


class Executor(Protocol):
    """Does pieces of work, one after another or many at once."""

    @property
    def workers(self) -> int:
        """How many pieces it does at once, as far as it is known."""

    def results(self, works: Iterable[Work], should_stop: Callable[[], bool]) -> Iterator[Result]:
        """Do all the work.

        Args:
            works: Is asked for the next piece only when somebody can do it soon: what waits takes no memory.
            should_stop: Is asked often; once it says so no more work is begun, and what is home at once still counts.

        Yields:
            The results as they come, in any order. The same piece may come twice where one that was believed lost
            was done again: the outcomes are the same.

        Raises:
            RoommateError: The work cannot be gone on with; what has been given is good.
        """


class InThisProcess:
    """Does the work where it is asked for."""

    workers = 1

    def results(self, works: Iterable[Work], should_stop: Callable[[], bool]) -> Iterator[Result]:
        """See `Executor`."""
        for work in works:
            if should_stop():
                return
            yield work, train_work(work, should_stop)


class Dispatcher(Generic[Future]):
    """Keeps others busy: so many pieces of work are with them at any time, and those that are lost are sent again.

    Args:
        works: The work.
        submit: Sends a piece off.
    """

    def __init__(self, works: Iterable[Work], submit: Callable[[Work], Future]) -> None:
        self._works, self._submit = iter(works), submit
        self._again: deque[Work] = deque()
        self.away: dict[Future, Work] = {}

    def fill(self, most: int) -> None:
        """Send work off until so many pieces are away."""
        while len(self.away) < most:
            work = self._again[0] if self._again else next(self._works, None)
            if work is None:
                return
            if not self._again:
                self._again.append(work)  # until it is sent: whoever cannot take it has not lost it
            future = self._submit(work)
            self.away[future] = self._again.popleft()

    def home(self, future: Future) -> Work:
        """The work of a result that has come home."""
        return self.away.pop(future)

    def send_again(self, futures: Collection[Future]) -> None:
        """Note that work is lost, and is to be sent again before any other."""
        self._again.extend(self.away.pop(future) for future in list(futures))
