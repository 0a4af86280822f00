"""Processes of this machine: the same outcomes as in one, whatever becomes of them."""

import multiprocessing
import os
import signal

import pytest

from model.errors import RoommateError
from model.sweep.processes import MAX_LOSSES, Processes, cores
from model.sweep.running import run_sweep
from tests.model.sweep.executors import Watched, end_at_once, in_this_process, many_cells, rows, small_grid


def _kill_a_worker() -> None:
    victim = next(process for process in multiprocessing.active_children() if process.name.startswith("Spawn"))
    assert victim.pid is not None
    os.kill(victim.pid, signal.SIGKILL)
    victim.join(60)


def test_a_worker_that_is_killed_is_said_and_its_work_done_again_by_another() -> None:
    said: list[str] = []
    grid = many_cells()
    executor = Watched(Processes(2, said.append), after=2, do=_kill_a_worker)

    *_, moment = run_sweep(grid, executor, say=said.append)

    assert said == ["A worker process was killed: its work is done again."]
    assert rows(moment) == rows(in_this_process(grid))
    assert executor.most_waiting <= 5  # two for each worker, and the one that is asked for
    assert multiprocessing.active_children() == []


def test_workers_that_are_killed_again_and_again_are_no_accident(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    executor = Processes(1, said.append)
    monkeypatch.setattr("model.sweep.processes._train", end_at_once)

    with pytest.raises(RoommateError, match=f"killed {MAX_LOSSES} times in a row"):
        list(run_sweep(small_grid(range(2)), executor, say=said.append))

    assert len(said) == MAX_LOSSES - 1
    assert multiprocessing.active_children() == []


def test_who_wants_to_stop_waits_for_no_piece() -> None:
    said: list[str] = []
    stopping: list[bool] = []
    executor = Watched(Processes(2, said.append), after=1, do=lambda: stopping.append(True))

    *_, moment = run_sweep(many_cells(), executor, say=said.append, should_stop=lambda: bool(stopping))

    assert 0 < moment.progress.done < moment.progress.total
    assert len(executor.asked) <= 5
    assert (said, multiprocessing.active_children()) == ([], [])


def test_there_is_a_core() -> None:
    assert cores() >= 1
