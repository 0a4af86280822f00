"""Where runs are saved by themselves: several programs on one account, some of which end badly."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from model.autosave import load_run
from model.config import TrainingConfig
from model.errors import FileError
from model.history import Run
from model.roommate import PERFECT_ROOMMATE
from model.sessions import KEPT_SECONDS, LATELY_SECONDS, LOCK, Left, Sessions


def run_of(seed: int) -> Run:
    run = Run(PERFECT_ROOMMATE, TrainingConfig(seed=seed))
    run.advance(3)
    return run


def saved(folder: Path, seed: int, *, shared: bool = False) -> Sessions:
    """A session that lives and has saved a run."""
    session = Sessions(folder, shared=shared)
    session.save(run_of(seed).record())
    return session


def seeds(lefts: list[Left]) -> list[int]:
    return [left.run.config.seed for left in lefts]


def left(folder: Path, *, shared: bool = False) -> list[Left]:
    runs, faults = Sessions(folder, shared=shared).left()
    assert not faults
    return runs


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_two_programs_never_write_the_same_file_and_a_living_one_is_left_alone(tmp_path: Path) -> None:
    first, second = saved(tmp_path, 1), saved(tmp_path, 2)
    assert first.own != second.own
    assert (load_run(first.own).config.seed, load_run(second.own).config.seed) == (1, 2)
    assert left(tmp_path) == []
    first.release()
    assert seeds(left(tmp_path)) == [1]


def test_a_killed_program_leaves_its_run_to_whoever_is_first(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from tests.model.test_sessions import saved;"
        "session = saved(Path(sys.argv[1]), 5); print(session.own, flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        path = Path(process.stdout.readline().strip())
        meanwhile = left(tmp_path), Sessions(tmp_path).lately_cut()
        process.kill()
        process.wait()
    assert meanwhile == ([], False)
    first, second = Sessions(tmp_path), Sessions(tmp_path)
    assert first.lately_cut()
    (offered,), (twice,) = first.left()[0], second.left()[0]
    assert offered.cut
    assert abs(offered.when - time.time()) < 600
    assert first.take(offered)
    assert not second.take(twice)
    assert not path.parent.exists()
    assert load_run(first.own).update == 3
    assert left(tmp_path) == []  # it is the first's, who lives
    first.release()
    assert seeds(left(tmp_path)) == [5]  # and who has lost it before it was saved again


def test_what_ended_in_order_is_the_run_of_last_time(tmp_path: Path) -> None:
    for seed in (1, 2):
        saved(tmp_path, seed).end()
    assert [(one.run.config.seed, one.cut) for one in left(tmp_path)] == [(2, False)]
    assert list((tmp_path / "sessions").iterdir()) == []


def test_the_run_of_another_who_ended_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    saved(tmp_path, 0).end()
    early = Sessions(tmp_path)
    saved(tmp_path, 1).end()
    early.save(run_of(2).record())
    early.end()
    assert sorted(seeds(left(tmp_path))) == [1, 2]


def test_where_an_account_is_shared_nothing_is_left_in_order_and_what_was_cut_is(tmp_path: Path) -> None:
    saved(tmp_path, 1).end()  # somebody's own, which is nobody else's
    saved(tmp_path, 2, shared=True).end()
    assert load_run(Sessions(tmp_path).last).config.seed == 1
    for seed in (3, 4):
        session = saved(tmp_path, seed, shared=True)
        session.release()
        age(session.own, 100 * (10 - seed))
    assert seeds(left(tmp_path, shared=True)) == [4, 3]
    assert len(list((tmp_path / "sessions").iterdir())) == 2


def test_a_session_that_saves_nothing_leaves_nothing(tmp_path: Path) -> None:
    session = Sessions(tmp_path / "state")
    session.tidy()
    assert session.left() == ([], [])
    session.end()
    assert list(tmp_path.iterdir()) == []


def test_old_ones_are_removed_unless_they_live(tmp_path: Path) -> None:
    alive, old, young = (saved(tmp_path, seed) for seed in (1, 2, 3))
    for session in (old, young):
        session.release()
    for session in (alive, old):
        age(session.own, KEPT_SECONDS + 60)
        age(session.own.parent, KEPT_SECONDS + 60)
    age(young.own, KEPT_SECONDS - 60)
    Sessions(tmp_path).tidy()
    assert [session.own.exists() for session in (alive, old, young)] == [True, False, True]


def test_only_what_was_cut_a_moment_ago_is_offered_at_once(tmp_path: Path) -> None:
    session = saved(tmp_path, 1)
    session.release()
    assert Sessions(tmp_path).lately_cut()
    age(session.own, LATELY_SECONDS + 60)
    assert not Sessions(tmp_path).lately_cut()
    assert seeds(left(tmp_path)) == [1]


def test_a_damaged_run_is_told_and_does_not_hide_the_others(tmp_path: Path) -> None:
    good, bad = saved(tmp_path, 1), saved(tmp_path, 2)
    bad.own.write_bytes(b"PK nonsense")
    for session in (good, bad):
        session.release()
    runs, faults = Sessions(tmp_path).left()
    assert seeds(runs) == [1]
    assert [str(bad.own) in str(fault) for fault in faults] == [True]


def test_a_session_whose_folder_was_removed_makes_it_again(tmp_path: Path) -> None:
    session = saved(tmp_path, 1)
    for path in (session.own, session.own.with_name(LOCK)):
        path.unlink()
    session.own.parent.rmdir()
    session.save(run_of(1).record())
    assert left(tmp_path) == []  # and it is locked again
    session.end()
    assert seeds(left(tmp_path)) == [1]


def test_nowhere_to_write_is_an_error_that_names_the_place(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    session = Sessions(tmp_path / "state")
    for _ in range(2):
        with pytest.raises(FileError, match="sessions"):
            session.save(run_of(1).record())
    session.end()
