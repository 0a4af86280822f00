"""A sweep as it runs: nothing is trained twice, nothing is lost, and what is kept is found again."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.analysis.outcomes import Outcome
from model.errors import FileError
from model.roommate.diary import diary_of
from model.roommate.roommate import PERFECT_ROOMMATE
from model.sweep.axes import parse_axes
from model.sweep.executor import InThisProcess, Result
from model.sweep.grid import Grid
from model.sweep.outcomes import Outcomes
from model.sweep.running import run_sweep
from model.sweep.store import BLOCK, OtherSettingsError, SweepStore, describe
from model.sweep.sweep_map import Progress, SweepMap
from model.sweep.time_limit import LIMIT_SECONDS, MEASURED_SECONDS, WAITED_SECONDS, TimeLimit
from model.sweep.versions import Versions, versions_here
from model.sweep.work import FEWEST_SEEDS, MOST_SEEDS, Work, train_elsewhere, train_work, works_of
from tests.model.sweep.executors import Watched, in_this_process, refuse, rows, small_grid


def _outcomes(*seeds: int, updates: int = 5) -> Outcomes:
    return Outcomes.of(Outcome(seed, None, updates, 0.5, "updates") for seed in seeds)


def test_every_training_is_some_piece_of_work_and_the_cells_take_turns() -> None:
    moment = SweepMap.empty(small_grid(range(300))).with_outcomes(2, _outcomes(*range(290)), seconds=0)

    works = list(works_of(moment, 2))

    trained = sorted((work.cell, seed) for work in works for seed in work.seeds)
    assert trained == [(cell, seed) for cell in range(4) for seed in range(300) if cell != 2 or seed >= 290]
    assert sorted(work.cell for work in works[:4]) == [0, 1, 2, 3]
    assert all(len(work.seeds) <= MOST_SEEDS for work in works)


@pytest.mark.parametrize(
    ("seeds", "workers", "most"), [(10, 8, 10), (100, 8, FEWEST_SEEDS), (100_000, 2, MOST_SEEDS)]
)
def test_pieces_are_not_too_small_and_not_too_large(seeds: int, workers: int, most: int) -> None:
    grid = Grid.of(PERFECT_ROOMMATE, {}, [], range(seeds))

    assert max(len(work.seeds) for work in works_of(SweepMap.empty(grid), workers)) == most


def test_a_sweep_is_its_trainings() -> None:
    grid = small_grid(range(3))

    moment = in_this_process(grid)

    assert moment.progress.finished
    assert 0 < sum(moment.statistics(cell).learned.count for cell in grid.cells) < grid.trainings
    for work in works_of(SweepMap.empty(grid), 1):
        assert list(moment.outcomes[work.cell].within(work.seeds)) == list(train_work(work))


def test_what_was_trained_is_never_trained_again(tmp_path: Path) -> None:
    store = SweepStore(tmp_path / "sweeps")
    first = in_this_process(small_grid(range(8)))
    for cell, outcomes in zip(first.grid.cells, first.outcomes, strict=True):
        store.add(first.grid, cell, outcomes)

    executor = Watched(InThisProcess())
    begun, *_, ended = run_sweep(small_grid(range(4, 12)), executor, store, say=refuse)

    assert begun.progress == Progress(done=16, total=32, kept=16)
    assert sorted({seed for work in executor.asked for seed in work.seeds}) == [8, 9, 10, 11]
    assert rows(ended) == rows(in_this_process(small_grid(range(4, 12))))
    again = Watched(InThisProcess())
    (kept,) = run_sweep(small_grid(range(12)), again, store, say=refuse)
    assert (kept.progress.finished, again.asked) == (True, [])


def test_a_sweep_that_is_stopped_keeps_what_it_has_and_goes_on(tmp_path: Path) -> None:
    grid, store, stopping = small_grid(), SweepStore(tmp_path), list[bool]()
    executor = Watched(InThisProcess(), after=2, do=lambda: stopping.append(True))

    *_, stopped = run_sweep(grid, executor, store, say=refuse, should_stop=lambda: bool(stopping))
    begun, *_, ended = run_sweep(grid, InThisProcess(), store, say=refuse)

    assert 0 < stopped.progress.done < grid.trainings
    assert begun.progress.done == stopped.progress.done
    assert rows(ended) == rows(in_this_process(grid))


def test_of_a_piece_that_is_cut_short_nothing_counts_for_those_that_learn_are_done_first() -> None:
    class CutShort(InThisProcess):
        def results(self, works: Iterable[Work], should_stop: Callable[[], bool]) -> Iterator[Result]:
            assert not should_stop()
            for index, work in enumerate(works):
                yield work, _outcomes(*work.seeds[: len(work.seeds) - index % 2])

    *_, moment = run_sweep(small_grid(range(8)), CutShort(), say=refuse)

    assert sorted(map(len, moment.outcomes)) == [0, 0, 8, 8]


def _other_settings() -> list[Grid]:
    weather = tuple(np.random.default_rng(1).integers(2, size=30).tolist())
    diary, other = diary_of(PERFECT_ROOMMATE, weather, 0), diary_of(PERFECT_ROOMMATE, weather[::-1], 0)
    seeds = range(3)
    return [
        Grid.of(PERFECT_ROOMMATE, {}, [], seeds),
        Grid.of(PERFECT_ROOMMATE, {"learning_rate": 0.031}, [], seeds),
        Grid.of(PERFECT_ROOMMATE, {"loss_days": "last"}, [], seeds),
        Grid.of(PERFECT_ROOMMATE, {}, [], seeds, rollout_days=50),
        Grid.of(diary.roommate(), {}, [], seeds, diary=diary),
        Grid.of(other.roommate(), {}, [], seeds, diary=other),
    ]


def test_other_settings_are_other_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, grids = SweepStore(tmp_path), _other_settings()
    assert len({describe(grid, grid.cells[0]) for grid in grids}) == len(grids)
    store.add(grids[0], grids[0].cells[0], _outcomes(0, 1, 2))
    for grid in grids[1:]:
        assert len(store.load(grid, grid.cells[0])[0]) == 0
    assert len(store.load(grids[0], grids[0].cells[0])[0]) == 3
    monkeypatch.setattr("model.sweep.store.versions_here", lambda: Versions("", 999, "1.0"))
    assert len(store.load(grids[0], grids[0].cells[0])[0]) == 0  # other numerics
    same = Grid.of(PERFECT_ROOMMATE, {"learning_rate": 0.03}, parse_axes(["activation=relu,tanh"]), range(9))
    assert describe(same, same.cells[1]) == describe(grids[0], grids[0].cells[0])


def test_a_piece_writes_one_small_file_however_many_seeds_there_are(tmp_path: Path) -> None:
    grid, store = Grid.of(PERFECT_ROOMMATE, {}, [], range(3 * BLOCK)), SweepStore(tmp_path)
    store.add(grid, grid.cells[0], _outcomes(*range(3 * BLOCK)))
    files = {path: path.stat() for path in tmp_path.rglob("*.npz")}
    assert len(files) == 3
    assert all(about.st_size < 60_000 and about.st_mode & 0o077 == 0 for about in files.values())

    store.add(grid, grid.cells[0], _outcomes(BLOCK + 7, updates=6))

    assert sum(path.stat().st_ino != about.st_ino for path, about in files.items()) == 1
    kept = list(store.load(grid, grid.cells[0])[0])
    assert (len(kept), kept[BLOCK + 7].updates, kept[BLOCK + 8].updates) == (3 * BLOCK, 6, 5)


def _file(folder: Path) -> Path:
    (path,) = folder.rglob("*.npz")
    return path


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"not a file of ours"),
        lambda path: path.write_bytes(path.read_bytes()[:-100]),
        lambda path: np.savez(path, about=np.array('{"format": "something else"}')),
    ],
)
def test_a_damaged_file_is_said_trained_again_and_replaced(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    grid, store, said = Grid.of(PERFECT_ROOMMATE, {"updates": 3}, [], range(2)), SweepStore(tmp_path), list[str]()
    list(run_sweep(grid, InThisProcess(), store, say=refuse))
    harm(_file(tmp_path))

    *_, ended = run_sweep(grid, InThisProcess(), store, say=said.append)

    assert ended.progress == Progress(2, 2, 0, ended.progress.seconds)
    assert str(_file(tmp_path)) in said[0]
    assert said[1:] == ["1 file of those that are kept cannot be used; its seeds are trained again."]
    (kept,) = run_sweep(grid, InThisProcess(), store, say=refuse)
    assert kept.progress.finished


def test_a_file_of_other_settings_under_its_name_is_left_alone(tmp_path: Path) -> None:
    ours, theirs, *_ = _other_settings()
    store, said = SweepStore(tmp_path), list[str]()
    store.add(ours, ours.cells[0], _outcomes(0))
    mine = _file(tmp_path)
    store.add(theirs, theirs.cells[0], _outcomes(0, updates=9))
    (other,) = set(tmp_path.rglob("*.npz")) - {mine}
    mine.replace(other)

    with pytest.raises(OtherSettingsError, match="other settings than its name says"):
        store.add(theirs, theirs.cells[0], _outcomes(1))
    grid = Grid.of(PERFECT_ROOMMATE, {"learning_rate": 0.031}, [], range(3))
    *_, moment = run_sweep(grid, _Made(), store, say=said.append)

    assert moment.progress.finished
    assert "left alone" in said[0]
    assert [outcome.updates for outcome in store.load(ours, ours.cells[0])[0]] == []  # its file has another's name


class _Made(InThisProcess):
    """Makes outcomes up, so that nothing is trained."""

    def results(self, works: Iterable[Work], should_stop: Callable[[], bool]) -> Iterator[Result]:
        return ((work, _outcomes(*work.seeds)) for work in works if not should_stop())


def test_a_full_disk_is_said_once_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    said: list[str] = []

    *_, moment = run_sweep(small_grid(), _Made(), SweepStore(tmp_path), say=said.append)

    assert moment.progress.finished
    assert len(said) == 1
    assert "No space left on device" in said[0]
    assert "the sweep goes on" in said[0]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "sweeps").write_text("in the way")
    grid = small_grid()
    with pytest.raises(FileError):
        SweepStore(tmp_path / "sweeps").add(grid, grid.cells[0], _outcomes(1))


def test_work_of_another_version_is_not_done() -> None:
    work = next(works_of(SweepMap.empty(small_grid()), 1))
    theirs = Versions("0.0.1", 1, "2.0")

    answer = train_elsewhere(replace(work, versions=theirs))

    assert answer == versions_here()
    assert "numpy" in str(answer)


def test_a_sweep_of_hours_is_asked_about_once_its_rate_is_measured() -> None:
    now = [0.0]
    limit = TimeLimit(LIMIT_SECONDS, 1000, lambda: now[0])

    assert limit.seconds_of(Progress(0, 10**6)) is None
    assert limit.seconds_of(Progress(5, 10**6, 0, MEASURED_SECONDS / 2)) is None
    seconds = limit.seconds_of(Progress(10, 10**6, 0, MEASURED_SECONDS))
    assert seconds == pytest.approx((10**6 - 10) * MEASURED_SECONDS / 10)
    assert limit.seconds_of(Progress(11, 10**6, 0, MEASURED_SECONDS + 1)) is None  # it has been asked


def test_what_is_kept_does_not_make_it_faster_and_who_said_yes_is_not_asked() -> None:
    kept = Progress(10**5, 10**6, 10**5 - 1, MEASURED_SECONDS)

    assert TimeLimit(LIMIT_SECONDS, 1).seconds_of(kept) == pytest.approx(9 * 10**5 * MEASURED_SECONDS)
    assert TimeLimit(None, 1).seconds_of(kept) is None
    assert TimeLimit(LIMIT_SECONDS, 1).seconds_of(Progress(10**5, 10**5 + 9, 0, MEASURED_SECONDS)) is None


def test_a_sweep_of_which_nothing_comes_back_is_asked_about_too() -> None:
    now = [0.0]
    limit = TimeLimit(LIMIT_SECONDS, 1000, lambda: now[0])
    limit.seconds_of(Progress(0, 10**5))
    now[0] = WAITED_SECONDS - 1
    assert limit.stuck(Progress(0, 10**5)) is None
    now[0] = WAITED_SECONDS
    assert limit.stuck(Progress(0, 10**5)) == 1000 * WAITED_SECONDS
    assert limit.stuck(Progress(1, 10**5)) is None
    few = TimeLimit(LIMIT_SECONDS, 2, lambda: now[0])
    few.seconds_of(Progress(0, 100))
    now[0] += WAITED_SECONDS
    assert few.stuck(Progress(0, 100)) is None
