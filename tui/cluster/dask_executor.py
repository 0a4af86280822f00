"""A Dask cluster as an executor: workers come, go and are killed, and every training is counted once."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from importlib import import_module
from typing import Any

from model.errors import RoommateError
from model.language import _, ngettext
from model.sweep.executor import Dispatcher, Result
from model.sweep.outcomes import Outcomes
from model.sweep.versions import versions_here
from model.sweep.work import Work, train_elsewhere

LOCAL = "local"
"""The address of a cluster on this machine, which is made for the sweep and ends with it."""

CONNECT_SECONDS = 10
"""How long a scheduler may take to answer."""

LOOK_SECONDS = 0.2
"""How often it is looked whether somebody wants to stop."""

COUNT_SECONDS = 1.0
"""How often the workers are counted."""

ALONE_SECONDS = 5.0
"""After so long without any worker that is said."""

MAX_LOSSES = 10
"""So often the same piece of work may be lost before it is believed to be what kills the workers."""

A_THREAD = 3
"""Pieces of work that are away for each thread of the cluster: one that is done, and two on their way."""


class DaskExecutor:
    """The workers of a scheduler; each must have this program and numpy in the versions of this process.

    Use it as a context: it is connected on the way in, and a cluster of its own ends on the way out.

    Args:
        address: That of a scheduler, such as ``tcp://10.0.0.1:8786``; or `LOCAL`.
        workers: How many processes a local cluster has.
        say: Is told what happens to the workers, in a sentence.
    """

    def __init__(self, address: str, workers: int, say: Callable[[str], None]) -> None:
        self._address, self._local_workers, self._say = address, workers, say
        self._stack = contextlib.ExitStack()
        self._client: Any = None
        self._distributed: Any = None

    def __enter__(self) -> DaskExecutor:
        try:
            self._distributed = import_module("distributed")
        except ImportError:
            raise RoommateError(
                _("--dask needs Dask, which is not installed: 'pip install \"roommate-tui[cluster]\"'.")
            ) from None
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what people need to know is said in sentences
        self._stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        try:
            where: Any = self._address
            if self._address == LOCAL:
                where = self._stack.enter_context(
                    self._distributed.LocalCluster(
                        n_workers=self._local_workers, threads_per_worker=1, processes=True, dashboard_address=":0"
                    )
                )
            else:
                asyncio.run(self._answers(self._address))
            self._client = self._stack.enter_context(self._distributed.Client(where, timeout=CONNECT_SECONDS))
        except Exception as error:  # whatever is at that address, it need not be a scheduler
            self._stack.close()
            raise RoommateError(
                _("{address}: no Dask scheduler answers there: {error}. Start one with 'dask scheduler'.").format(
                    address=self._address, error=str(error).rstrip(".") or _("there is no answer")
                )
            ) from None
        return self

    async def _answers(self, address: str) -> None:
        """See that a scheduler answers: Dask itself would wait without an end for one that only listens."""
        connect = import_module("distributed.comm").connect
        security = self._distributed.Security().get_connection_args("client")
        comm = await asyncio.wait_for(connect(address, CONNECT_SECONDS, **security), CONNECT_SECONDS)
        await comm.close()

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    @property
    def workers(self) -> int:
        """How many threads the cluster has now, at least one."""
        threads: dict[str, int] = self.client.nthreads()
        return max(1, sum(threads.values()))

    @property
    def client(self) -> Any:
        """Dask's own client, as long as it is connected."""
        assert self._client is not None
        return self._client

    def results(self, works: Iterable[Work], should_stop: Callable[[], bool]) -> Iterator[Result]:
        """See `model.sweep.executor.Executor`."""
        killed = import_module("distributed.scheduler").KilledWorker
        client, crew = self.client, _Crew(self.client, self._say)
        dispatcher = Dispatcher[Any](
            works, lambda work: client.submit(train_elsewhere, work, pure=False, allow_other_workers=False)
        )
        losses = 0
        try:
            while not should_stop():
                dispatcher.fill(max(2, A_THREAD * crew.threads()))
                if not dispatcher.away:
                    return
                with contextlib.suppress(TimeoutError, CancelledError, asyncio.CancelledError):  # the status tells
                    self._distributed.wait(list(dispatcher.away), LOOK_SECONDS, "FIRST_COMPLETED")
                for future in [future for future in dispatcher.away if future.done()]:
                    if future.status == "finished":
                        losses = 0
                        outcomes = self._checked(future.result())
                        yield dispatcher.home(future), outcomes
                        continue
                    error = None if future.status in {"cancelled", "lost"} else future.exception()
                    losses += 1
                    if client.status != "running":
                        raise self._gone()
                    if error is not None and not isinstance(error, killed):
                        raise self._failed(error)
                    if losses > MAX_LOSSES:
                        raise RoommateError(
                            _(
                                "The workers of the cluster are killed by their work, as happens where there is too "
                                "little memory. What came home is kept."
                            )
                        )
                    dispatcher.send_again([future])
                if client.status != "running":
                    raise self._gone()
        finally:
            with contextlib.suppress(Exception):  # a cluster that is gone has nothing to cancel
                client.cancel(list(dispatcher.away))

    def _checked(self, answer: object) -> Outcomes:
        if isinstance(answer, Outcomes):
            return answer
        raise RoommateError(
            _(
                "A worker of the cluster has other versions, with which its numbers could differ: {theirs}; here it "
                "is {ours}. Install the same everywhere."
            ).format(theirs=answer, ours=versions_here())
        )

    def _gone(self) -> RoommateError:
        return RoommateError(
            _("{address}: the Dask scheduler is gone. What came home is kept; the same command goes on.").format(
                address=self._address
            )
        )

    def _failed(self, error: BaseException) -> RoommateError:
        return RoommateError(
            _(
                "The cluster could not do the work: {error}. Its scheduler and its workers need roommate-tui in this "
                "version, {ours}."
            ).format(error=f"{type(error).__name__}: {error}".rstrip("."), ours=versions_here())
        )


class _Crew:
    """The workers of a cluster, counted now and then."""

    def __init__(self, client: Any, say: Callable[[str], None]) -> None:
        self._client, self._say = client, say
        self._workers: dict[str, int] = {}
        self._counted = -COUNT_SECONDS
        self._alone_since: float | None = None

    def threads(self) -> int:
        """How many threads all of them have, as counted at most `COUNT_SECONDS` ago."""
        now = time.monotonic()
        if now - self._counted >= COUNT_SECONDS:
            self._counted = now
            self._count(now)
        return sum(self._workers.values())

    def _count(self, now: float) -> None:
        before = self._workers
        try:
            self._workers = dict(self._client.nthreads())
        except OSError:  # the connection is lost; whether for good, its status tells
            return
        gone = len(before.keys() - self._workers.keys())
        if gone:
            self._say(
                ngettext(
                    "{count} worker of the cluster is gone: what it had not sent back is done by others.",
                    "{count} workers of the cluster are gone: what they had not sent back is done by others.",
                    gone,
                ).format(count=gone)
            )
        if self._workers:
            self._alone_since = None
        elif self._alone_since is None:
            self._alone_since = now
        elif now - self._alone_since >= ALONE_SECONDS:
            self._alone_since = float("inf")  # it is said once
            self._say(_("The cluster has no worker; this waits for one: 'dask worker ADDRESS'."))
