"""A run that is saved while it grows: what is new is appended, and whatever is cut off, a saved moment is read."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from model.errors import FileError
from model.roommate.roommate import PERFECT_ROOMMATE
from model.storage import growing_run
from model.storage.frames import HEAD, journal_of
from model.storage.growing_run import GrowingRun
from model.storage.runs import head_of, load_run, save_run
from model.storage.saved_runs import SavedRuns
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from model.training.snapshot import RunRecord


def run_of(seed: int = 1) -> TrainingRun:
    return TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=seed, weeks=2, stop="updates"))


def same(one: RunRecord, other: RunRecord) -> bool:
    """Whether two records are one run at one update; how many checkpoints it has on the way does not matter."""
    for name in ("losses", "accuracies", "rights", "strays"):
        if not np.array_equal(getattr(one, name), getattr(other, name)):
            return False
    last, others = one.checkpoints[-1], other.checkpoints[-1]
    return (
        (one.configs, one.aimed, set(one.pinned)) == (other.configs, other.aimed, set(other.pinned))
        and last.update == others.update
        and np.array_equal(last.weights, others.weights)
        and np.array_equal(last.memory.second, others.memory.second)
    )


def grow(run: TrainingRun, rng: Random) -> TrainingRun:
    """Something that happens to a run between two saves."""
    what = rng.random()
    if what < 0.5:
        run.advance(rng.choice([1, 7, 60, 540]))
    elif what < 0.7:
        run.advance_on((0, 1, 1), rng.randrange(3))
    elif what < 0.85:
        run.configure(TrainingConfig(seed=1, weeks=rng.choice([1, 2]), stop="updates", learning_rate=rng.random()))
    elif what < 0.95:
        run = run.edited(run.moment().network.parameters.flat + rng.random())
    return run


@pytest.mark.parametrize("seed", range(4))
def test_wherever_it_is_cut_off_a_saved_moment_is_read_and_goes_on(tmp_path: Path, seed: int) -> None:
    rng, path = Random(seed), tmp_path / "run.npz"
    growing, run = GrowingRun(path), run_of()
    moments: list[tuple[int, RunRecord]] = []
    for _save in range(12):
        run = grow(run, rng)
        whole_before = path.exists() and path.stat().st_ino
        record = run.record()
        growing.save(record)
        if path.stat().st_ino != whole_before:
            moments = []
        moments.append((journal_of(path).stat().st_size if journal_of(path).exists() else 0, record))
    assert same(load_run(path, private=True).record(), run.record())
    data = journal_of(path).read_bytes() if moments[1:] else b""
    for cut in {0, len(data), *(rng.randrange(len(data) + 1) for _ in range(8))}:
        journal_of(path).write_bytes(data[:cut])
        wanted = [record for size, record in moments if size <= cut][-1]
        found = load_run(path, private=True)
        assert same(found.record(), wanted)
        assert head_of(path).update == len(wanted.losses) - 1
    if data:
        journal_of(path).write_bytes(data)
    again = load_run(path, private=True)
    run.advance(5)
    again.advance(5)
    assert same(run.record(), again.record())


def test_updates_of_the_past_are_visited_exactly_whatever_was_appended(tmp_path: Path) -> None:
    run, growing = run_of(), GrowingRun(tmp_path / "run.npz")
    for _save in range(5):
        run.advance(300)
        growing.save(run.record())
    found = load_run(tmp_path / "run.npz", private=True)
    for update in (0, 299, 300, 301, 1200, 1499):
        network, other = found.moment(update).network, run.moment(update).network
        assert np.array_equal(network.parameters.flat, other.parameters.flat)


def test_what_is_written_is_a_small_part_of_the_run(tmp_path: Path) -> None:
    run, growing = run_of(), GrowingRun(tmp_path / "run.npz")
    run.advance(6000)
    first = growing.save(run.record())
    new = []
    for _save in range(10):
        run.advance(50)
        new.append(growing.save(run.record()))
    assert max(new) < first / 20
    assert journal_of(growing.path).stat().st_size == sum(new) + 10 * HEAD.size


def test_a_journal_grows_no_larger_than_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growing_run, "ROOM", 0)
    run, growing = run_of(), GrowingRun(tmp_path / "run.npz")
    wholes = set()
    for _save in range(12):
        run.advance(2)
        growing.save(run.record())
        wholes.add(growing.path.stat().st_ino)
        journal = journal_of(growing.path)
        assert not journal.exists() or journal.stat().st_size <= growing.path.stat().st_size + 12 * HEAD.size
    assert 1 < len(wholes) < 12
    assert load_run(growing.path, private=True).update == 24


def test_another_run_is_written_whole_and_the_journal_of_the_one_before_means_nothing(tmp_path: Path) -> None:
    run, growing = run_of(1), GrowingRun(tmp_path / "run.npz")
    growing.save(run.record())
    run.advance(3)
    growing.save(run.record())
    old = journal_of(growing.path).read_bytes()
    growing.save(run_of(2).record())
    assert not journal_of(growing.path).exists()
    journal_of(growing.path).write_bytes(old)
    assert load_run(growing.path, private=True).config.seed == 2
    assert head_of(growing.path).update == 0


def test_what_cannot_be_appended_is_a_sentence_and_the_next_save_is_whole(tmp_path: Path) -> None:
    run, growing = run_of(), GrowingRun(tmp_path / "run.npz")
    growing.save(run.record())
    journal_of(growing.path).mkdir()
    run.advance(3)
    with pytest.raises(FileError, match="cannot be written"):
        growing.save(run.record())
    growing.save(run.record())
    assert load_run(growing.path, private=True).update == 3


def test_a_file_that_somebody_removed_is_written_again(tmp_path: Path) -> None:
    run, growing = run_of(), GrowingRun(tmp_path / "run.npz")
    growing.save(run.record())
    growing.path.unlink()
    run.advance(2)
    growing.save(run.record())
    assert load_run(growing.path, private=True).update == 2


@pytest.mark.parametrize("ended", [True, False])
def test_what_was_appended_is_offered_and_taken_with_the_run(tmp_path: Path, ended: bool) -> None:
    session, run = SavedRuns(tmp_path), run_of()
    session.save(run.record())
    run.advance(9)
    session.save(run.record())
    if ended:
        session.end()
    else:
        session.release()
    nxt = SavedRuns(tmp_path)
    (left,), faults = nxt.abandoned()
    assert (left.head.update, faults) == (9, [])
    assert nxt.claim(left)
    assert load_run(nxt.run_file, private=True).update == 9
    assert {path.name for path in nxt.run_file.parent.iterdir()} == {"lock", "run.npz", "run.journal"}


@pytest.mark.parametrize("value", [1e308, -1.0, 0.5, 70_000.0])
def test_numbers_of_right_cases_that_cannot_be_are_refused(tmp_path: Path, value: float) -> None:
    path, run = tmp_path / "run.npz", run_of()
    save_run(path, run.record())
    with np.load(path) as arrays:
        found = {name: arrays[name] for name in arrays.files}
    np.savez(path, **{**found, "rights": np.full(found["rights"].shape, value)})
    with pytest.raises(FileError, match="right cases cannot be"):
        load_run(path)
