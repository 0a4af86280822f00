"""Where runs are saved automatically: several programs on one account, some of which end badly."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

import pytest

from model.errors import FileError
from model.roommate.roommate import PERFECT_ROOMMATE
from model.storage.runs import load_run
from model.storage.saved_runs import SavedRun, SavedRuns
from model.storage.session_folders import KEPT_SECONDS, LOCK, SEEN
from model.training.config import TrainingConfig
from model.training.run import TrainingRun


def run_of(seed: int) -> TrainingRun:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=seed))
    run.advance(3)
    return run


def saved(folder: Path, seed: int, *, shared: bool = False) -> SavedRuns:
    """A session that lives and has saved a run."""
    session = SavedRuns(folder, shared=shared)
    session.save(run_of(seed).record())
    return session


def seeds(lefts: list[SavedRun]) -> list[int]:
    return [left.head.seed for left in lefts]


def left(folder: Path, *, shared: bool = False) -> list[SavedRun]:
    runs, faults = SavedRuns(folder, shared=shared).abandoned()
    assert not faults
    return runs


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_two_programs_never_write_the_same_file_and_a_living_one_is_left_alone(tmp_path: Path) -> None:
    first, second = saved(tmp_path, 1), saved(tmp_path, 2)
    assert first.run_file != second.run_file
    assert (load_run(first.run_file).config.seed, load_run(second.run_file).config.seed) == (1, 2)
    assert left(tmp_path) == []
    first.release()
    assert seeds(left(tmp_path)) == [1]


def test_a_killed_program_leaves_its_run_to_whoever_is_first(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from tests.model.storage.test_saved_runs import saved;"
        "session = saved(Path(sys.argv[1]), 5); print(session.run_file, flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        path = Path(process.stdout.readline().strip())
        meanwhile = left(tmp_path)
        process.kill()
        process.wait()
    assert meanwhile == []
    first, second = SavedRuns(tmp_path), SavedRuns(tmp_path)
    (offered,), (twice,) = first.abandoned()[0], second.abandoned()[0]
    assert offered.cut
    assert abs(offered.when - time.time()) < 600
    assert first.claim(offered)
    assert not second.claim(twice)
    assert not path.parent.exists()
    assert load_run(first.run_file).update == 3
    assert left(tmp_path) == []  # it is the first's, who lives
    first.release()
    assert seeds(left(tmp_path)) == [5]  # and who has lost it before it was saved again


def test_what_ended_in_order_is_the_run_of_last_time(tmp_path: Path) -> None:
    for seed in (1, 2):
        saved(tmp_path, seed).end()
    assert [(one.head.seed, one.cut) for one in left(tmp_path)] == [(2, False)]
    assert list((tmp_path / "sessions").iterdir()) == []


def test_the_run_of_another_who_ended_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    saved(tmp_path, 0).end()
    early = SavedRuns(tmp_path)
    saved(tmp_path, 1).end()
    early.save(run_of(2).record())
    early.end()
    assert sorted(seeds(left(tmp_path))) == [1, 2]


def test_where_an_account_is_shared_nothing_is_left_in_order_and_what_was_cut_is(tmp_path: Path) -> None:
    saved(tmp_path, 1).end()  # somebody's own, which is nobody else's
    saved(tmp_path, 2, shared=True).end()
    assert load_run(SavedRuns(tmp_path).last).config.seed == 1
    for seed in (3, 4):
        session = saved(tmp_path, seed, shared=True)
        session.release()
        age(session.run_file, 100 * (10 - seed))
    assert seeds(left(tmp_path, shared=True)) == [4, 3]
    assert len(list((tmp_path / "sessions").iterdir())) == 2


def test_a_session_that_saves_nothing_leaves_nothing(tmp_path: Path) -> None:
    session = SavedRuns(tmp_path / "state")
    session.prune()
    assert session.abandoned() == ([], [])
    session.end()
    assert list(tmp_path.iterdir()) == []


def test_old_ones_are_removed_unless_they_live_or_nobody_has_seen_them_yet(tmp_path: Path) -> None:
    alive, old, young = (saved(tmp_path, seed) for seed in (1, 2, 3))
    for session in (old, young):
        session.release()

    def there() -> list[bool]:
        for session in (alive, old):
            age(session.run_file, KEPT_SECONDS + 60)
            age(session.run_file.parent, KEPT_SECONDS + 60)
        age(young.run_file, KEPT_SECONDS - 60)
        SavedRuns(tmp_path).prune()
        return [session.run_file.exists() for session in (alive, old, young)]

    assert there() == [True, True, True]  # it is old, and seen for the first time
    assert there() == [True, True, True]
    for session in (old, young):
        age(session.run_file.with_name(SEEN), KEPT_SECONDS + 60)
    assert there() == [True, False, True]


@pytest.mark.parametrize("when", [0.0, 1.0, 1e9, 4e9])
def test_a_run_whose_clock_was_wrong_is_offered_before_it_is_removed(tmp_path: Path, when: float) -> None:
    session = saved(tmp_path, 1)
    session.release()
    for path in (session.run_file, session.run_file.with_name(LOCK), session.run_file.parent):
        os.utime(path, (when, when))
    for _ in range(3):
        late = SavedRuns(tmp_path)
        late.prune()
        assert seeds(late.abandoned()[0]) == [1]


def test_what_is_left_is_bounded_by_its_size_and_the_newest_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = [saved(tmp_path, seed) for seed in range(6)]
    for seed, session in enumerate(sessions):
        session.release()
        age(session.run_file, 100 * (10 - seed))
    size = sessions[0].run_file.stat().st_size
    monkeypatch.setattr("model.storage.saved_runs.MAX_BYTES", 3.5 * size)
    alive = saved(tmp_path, 9)
    SavedRuns(tmp_path).prune()
    assert [session.run_file.exists() for session in (*sessions, alive)] == [False] * 3 + [True] * 4
    monkeypatch.setattr("model.storage.saved_runs.MAX_BYTES", 1)
    SavedRuns(tmp_path).prune()
    assert seeds(left(tmp_path)) == [5]


def test_of_several_that_end_in_order_none_is_called_cut_off(tmp_path: Path) -> None:
    several = [saved(tmp_path, seed) for seed in (1, 2, 3)]
    for session in several:
        session.end()
    found = left(tmp_path)
    assert sorted(seeds(found)) == [1, 2, 3]
    assert [one.cut for one in found] == [False] * 3
    late = SavedRuns(tmp_path)
    assert all(late.claim(one) for one in found)
    assert left(tmp_path) == []


def test_offers_read_heads_and_no_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(3):
        session = saved(tmp_path, seed)
        session.release()

    def no_run(*_: object, **__: object) -> None:
        raise AssertionError("a whole run was read")

    monkeypatch.setattr("model.storage.saved_runs.load_run", no_run)
    monkeypatch.setattr("model.storage.runs.read", no_run)
    found = left(tmp_path)
    assert sorted(seeds(found)) == [0, 1, 2]
    assert {(one.head.roommate, one.head.update) for one in found} == {(PERFECT_ROOMMATE, 3)}


def test_twenty_offers_of_large_runs_take_little_memory(tmp_path: Path) -> None:
    large = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(hidden=512, weeks=1, days=1, stop="updates"))
    large.advance(60)
    record = large.record()
    for _ in range(20):
        session = SavedRuns(tmp_path)
        session.save(record)
        session.release()
    size = sum(path.stat().st_size for path in tmp_path.rglob("run.npz"))
    tracemalloc.start()
    try:
        assert len(left(tmp_path)) == 20
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size > 60 * 2**20
    assert peak < size / 20


# Neighbours


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.lstat().st_mode) for path in (folder, *folder.rglob("*"))}


def test_all_of_it_is_this_users_alone_also_what_was_there_before(tmp_path: Path) -> None:
    folder, before = tmp_path / "state", os.umask(0)
    try:
        session = saved(folder, 1)
        assert modes(folder) == {0o700, 0o600}
        session.release()
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)
        (folder / "crash-1.txt").write_text("")
        SavedRuns(folder).prune()
        assert modes(folder) == {0o700, 0o600}
    finally:
        os.umask(before)


def test_links_and_pipes_in_the_state_directory_lead_nowhere(tmp_path: Path) -> None:
    folder, treasure = tmp_path / "state", tmp_path / "treasure"
    treasure.mkdir(mode=0o755)
    (treasure / "run.npz").write_text("mine")
    (treasure / "run.npz").chmod(0o644)
    for name in ("pipe", "link", "lock"):
        (folder / "sessions" / name).mkdir(parents=True)
    os.mkfifo(folder / "sessions/pipe/run.npz")
    (folder / "sessions/link/run.npz").symlink_to(treasure / "run.npz")
    (folder / "sessions/away").symlink_to(treasure)
    saved(folder, 1).end()
    (folder / "sessions/lock").mkdir(exist_ok=True)
    (folder / "run.npz").rename(folder / "sessions/lock/run.npz")
    os.mkfifo(folder / "sessions/lock/lock")
    os.mkfifo(folder / "run.npz")
    sessions = SavedRuns(folder)
    sessions.prune()
    runs, faults = sessions.abandoned()
    assert seeds(runs) == [1]
    assert len(faults) == 3
    assert sum("a FIFO" in str(fault) for fault in faults) == 2
    assert (treasure / "run.npz").read_text() == "mine"
    assert stat.S_IMODE(treasure.stat().st_mode) == 0o755
    assert stat.S_IMODE((treasure / "run.npz").stat().st_mode) == 0o644


AS_ANOTHER = """
import fcntl, os, sys
from pathlib import Path
os.setgroups([]), os.setgid(65534), os.setuid(65534)
folder, could = Path(sys.argv[1]), []
for path in (folder, folder / "sessions", Path(sys.argv[2]), Path(sys.argv[2]).with_name("lock")):
    for what in (os.listdir, lambda path: fcntl.flock(os.open(path, os.O_RDONLY), fcntl.LOCK_SH)):
        try:
            what(path)
        except OSError:
            continue
        could.append(str(path))
print(could)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be two users")
def test_another_user_can_neither_look_in_nor_hide_a_run_by_its_lock() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # the way to it is open
        session = saved(folder / "state", 1)
        session.release()

        def reached() -> str:
            command = [sys.executable, "-I", "-c", AS_ANOTHER, str(folder / "state"), str(session.run_file)]
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

        assert reached() == "[]"
        assert seeds(left(folder / "state")) == [1]
        for path in (folder / "state", *(folder / "state").rglob("*")):
            path.chmod(0o755)
        assert "lock" in reached()  # as it would be otherwise
        SavedRuns(folder / "state").prune()
        assert reached() == "[]"


def test_a_folder_of_another_user_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(tmp_path, 1).release()
    uid = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: uid + 1)
    with pytest.raises(FileError, match="belongs to another user"):
        saved(tmp_path, 2)
    assert SavedRuns(tmp_path).abandoned() == ([], [])


def test_a_damaged_run_is_told_and_does_not_hide_the_others(tmp_path: Path) -> None:
    good, bad = saved(tmp_path, 1), saved(tmp_path, 2)
    bad.run_file.write_bytes(b"PK nonsense")
    for session in (good, bad):
        session.release()
    runs, faults = SavedRuns(tmp_path).abandoned()
    assert seeds(runs) == [1]
    assert [str(bad.run_file) in str(fault) for fault in faults] == [True]


def test_a_session_whose_folder_was_removed_makes_it_again(tmp_path: Path) -> None:
    session = saved(tmp_path, 1)
    for path in (session.run_file, session.run_file.with_name(LOCK)):
        path.unlink()
    session.run_file.parent.rmdir()
    session.save(run_of(1).record())
    assert left(tmp_path) == []  # and it is locked again
    session.end()
    assert seeds(left(tmp_path)) == [1]


def test_nowhere_to_write_is_an_error_that_names_the_place(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    session = SavedRuns(tmp_path / "state")
    for _ in range(2):
        with pytest.raises(FileError, match="sessions"):
            session.save(run_of(1).record())
    session.end()
