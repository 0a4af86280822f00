"""A real Dask cluster on this machine: workers are killed and come late, and every training is counted once."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from model.errors import RoommateError
from model.sweep.running import run_sweep
from model.sweep.versions import Versions
from tests.model.sweep.executors import Watched, in_this_process, many_cells, rows
from tui.cluster.dask_executor import LOCAL, DaskExecutor

distributed: Any = pytest.importorskip("distributed", reason="Dask is not installed: the extra 'cluster' brings it")

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # what Dask itself would like to say of its own code
]

ROOT = Path(__file__).parents[3]
WAIT = 60
"""Seconds after which something has gone wrong."""


class Started:
    """A command of Dask's in a process of its own, and what it says."""

    def __init__(self, *words: str) -> None:
        command = [sys.executable, "-m", "dask", *words]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment, cwd=ROOT
        )
        self._lines: list[str] = []
        self._said = threading.Condition()
        assert self.process.stderr is not None
        threading.Thread(target=self._read, args=(self.process.stderr,), daemon=True).start()

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            with self._said:
                self._lines.append(line)
                self._said.notify_all()
        stream.close()

    def wait_for(self, pattern: str) -> str:
        """What a line that it says has in a group of the pattern."""
        found: list[str] = []

        def there() -> bool:
            found.extend(match[1] for line in self._lines if (match := re.search(pattern, line)))
            return bool(found)

        with self._said:
            assert self._said.wait_for(there, WAIT), self._lines
        return found[0]

    def end(self) -> None:
        self.process.kill()
        self.process.wait(WAIT)


@pytest.fixture
def start() -> Iterator[Any]:
    """Starts commands of Dask's, which end with the test."""
    with contextlib.ExitStack() as stack:

        def started(*words: str) -> Started:
            command = Started(*words)
            stack.callback(command.end)
            return command

        yield started


def _scheduler(start: Any) -> tuple[Started, str]:
    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    return scheduler, scheduler.wait_for(r"Scheduler at:\s+(tcp://\S+)")


def _worker(start: Any, address: str) -> Started:
    words = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--host", "127.0.0.1")
    return start("worker", address, *words)  # type: ignore[no-any-return]


def test_a_worker_of_a_local_cluster_is_killed_in_the_middle() -> None:
    grid, said = many_cells(), list[str]()

    with DaskExecutor(LOCAL, 2, said.append) as cluster:

        def kill() -> None:
            pids = cluster.client.run(os.getpid)
            os.kill(next(iter(pids.values())), signal.SIGKILL)

        executor = Watched(cluster, after=2, do=kill)
        *_, moment = run_sweep(grid, executor, say=said.append)

    assert rows(moment) == rows(in_this_process(grid))
    assert moment.progress.done == grid.trainings
    assert executor.most_waiting <= 7  # three for each thread, and the one that is asked for


def test_a_worker_that_comes_late_joins_in_and_one_that_goes_is_said(start: Any) -> None:
    grid, said, late = many_cells(), list[str](), list[Started]()
    scheduler, address = _scheduler(start)
    first = _worker(start, address)

    with DaskExecutor(address, 1, said.append) as cluster:
        cluster.client.wait_for_workers(1, timeout=WAIT)

        def replace_worker() -> None:
            late.append(_worker(start, address))
            cluster.client.wait_for_workers(2, timeout=WAIT)
            first.end()

        executor = Watched(cluster, after=2, do=replace_worker)
        *_, moment = run_sweep(grid, executor, say=said.append)
        done_by = set(cluster.client.run(os.getpid).values())

    assert rows(moment) == rows(in_this_process(grid))
    assert done_by == {late[0].process.pid}  # only the late one is left, and it has done the rest
    assert said in ([], ["1 worker of the cluster is gone: what it had not sent back is done by others."])
    assert scheduler.process.poll() is None


def test_a_scheduler_that_ends_is_a_sentence_and_what_came_home_counts(start: Any) -> None:
    grid, said = many_cells(), list[str]()
    scheduler, address = _scheduler(start)
    _worker(start, address)

    home: list[int] = []
    with DaskExecutor(address, 1, said.append) as cluster:
        executor = Watched(cluster, after=2, do=scheduler.end)
        moments = run_sweep(grid, executor, say=said.append)
        with pytest.raises(RoommateError, match="the Dask scheduler is gone"):
            home.extend(moment.progress.done for moment in moments)

    assert 0 < max(home) < grid.trainings


def test_a_cluster_of_other_versions_is_a_sentence(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _scheduler_process, address = _scheduler(start)
    _worker(start, address)
    monkeypatch.setattr("model.sweep.work.versions_here", lambda: Versions("9.9", 7, "9.9"))

    with DaskExecutor(address, 1, pytest.fail) as cluster:
        cluster.client.wait_for_workers(1, timeout=WAIT)
        with pytest.raises(RoommateError, match="A worker of the cluster has other versions") as error:
            list(run_sweep(many_cells(), cluster, say=pytest.fail))

    assert "numpy" in str(error.value)


def test_a_cluster_without_workers_is_said_once(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.cluster.dask_executor.ALONE_SECONDS", 0)
    monkeypatch.setattr("tui.cluster.dask_executor.COUNT_SECONDS", 0)
    _scheduler_process, address = _scheduler(start)
    said, asked = list[str](), iter(range(10**9))

    with DaskExecutor(address, 1, said.append) as cluster:
        (moment,) = run_sweep(many_cells(), cluster, say=said.append, should_stop=lambda: next(asked) > 5)

    assert moment.progress.done == 0
    assert said == ["The cluster has no worker; this waits for one: 'dask worker ADDRESS'."]


@pytest.fixture
def silent() -> Iterator[str]:
    """An address at which something listens that never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


def test_an_address_that_does_not_answer_is_a_sentence_soon(silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.cluster.dask_executor.CONNECT_SECONDS", 0.5)
    for address in (silent, "tcp://127.0.0.1:1", "nonsense", "smoke://127.0.0.1:1"):
        with (
            pytest.raises(RoommateError, match="no Dask scheduler answers there"),
            DaskExecutor(address, 1, pytest.fail),
        ):
            pass


def test_without_dask_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RoommateError, match=r"roommate-tui\[cluster\]"), DaskExecutor(LOCAL, 1, pytest.fail):
        pass
