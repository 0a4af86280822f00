"""Many processes of this machine as an executor: each does one piece of work at a time, with one thread."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.synchronize import Event

from model.errors import RoommateError
from model.language import _
from model.sweep.executor import Dispatcher, Result
from model.sweep.outcomes import Outcomes
from model.sweep.work import Work, train_work

LOOK_SECONDS = 0.1
"""How often it is looked whether somebody wants to stop."""

MAX_LOSSES = 4
"""So often in a row, without any result, workers may be killed: then it is no accident."""

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""What tells the libraries that numpy multiplies with to leave the other cores to the other processes."""


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


class Processes:
    """Processes of this machine; they live as long as the work lasts.

    Args:
        workers: How many.
        say: Is told what happens to them, in a sentence.
    """

    def __init__(self, workers: int, say: Callable[[str], None]) -> None:
        self.workers, self._say = workers, say
        self._context = multiprocessing.get_context(
            "spawn"
        )  # a forked process has threads' locks without the threads

    def results(self, works: Iterable[Work], should_stop: Callable[[], bool]) -> Iterator[Result]:
        """See `Executor`."""
        stop = self._context.Event()
        for name in ONE_THREAD:
            os.environ.setdefault(name, "1")  # before the libraries are loaded, so no initializer could
        pool, losses = self._pool(stop), 0
        dispatcher = Dispatcher[Future[Outcomes]](works, lambda work: pool.submit(_train, work))
        try:
            while True:
                lost = False
                try:
                    if not stop.is_set():
                        dispatcher.fill(2 * self.workers)  # one for each to do, and one to go on with
                except BrokenProcessPool:
                    lost = True
                if not dispatcher.away and not lost:
                    return
                for future in wait(dispatcher.away, LOOK_SECONDS, FIRST_COMPLETED).done:
                    try:
                        outcomes = future.result()
                    except BrokenProcessPool:
                        lost = True
                        continue
                    losses = 0
                    yield dispatcher.home(future), outcomes
                if should_stop() and not stop.is_set():
                    stop.set()
                    for future in [future for future in dispatcher.away if future.cancel()]:
                        dispatcher.home(future)
                if lost:
                    pool.shutdown(wait=True, cancel_futures=True)
                    if stop.is_set():
                        return
                    losses += 1
                    self._tell(losses)
                    dispatcher.send_again(dispatcher.away)
                    pool = self._pool(stop)
        finally:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)

    def _pool(self, stop: Event) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.workers, self._context, _begin, (stop,))

    def _tell(self, losses: int) -> None:
        if losses >= MAX_LOSSES:
            raise RoommateError(
                _(
                    "Worker processes were killed {count} times in a row, as happens where there is too little "
                    "memory. Try fewer, with --workers. What came home is kept."
                ).format(count=losses)
            )
        self._say(_("A worker process was killed: its work is done again."))


_stop: Event | None = None
"""In a worker: whether its parent wants it to stop."""


def _begin(stop: Event) -> None:
    """Make a process a worker: Ctrl+C is its parent's to hear, and it does not outlive it."""
    global _stop  # noqa: PLW0603 - a worker's functions are given nothing but their work
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _train(work: Work) -> Outcomes:
    assert _stop is not None
    return train_work(work, _stop.is_set)
