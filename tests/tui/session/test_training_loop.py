"""The body of the training worker, without a screen and without a clock of its own."""

import dataclasses
import itertools
import math
import threading
from types import SimpleNamespace

import pytest

from model.roommate.roommate import PERFECT_ROOMMATE
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from model.training.snapshot import TrainingSnapshot
from tui.session import training_loop as worker
from tui.session.training_loop import Control, work


def new_run(**settings: object) -> TrainingRun:
    return TrainingRun(PERFECT_ROOMMATE, dataclasses.replace(TrainingConfig(seed=1), **settings))  # type: ignore[arg-type]


def unsaved(_: TrainingRun) -> int:
    return 0


def test_it_works_to_the_goal_and_saves_at_the_end() -> None:
    run, saved = new_run(), []

    def save(run: TrainingRun) -> int:
        saved.append(run.update)
        return 0

    trouble = work(run, Control(run.config, math.inf), lambda _: None, save)
    assert (trouble, run.reached) == ("", True)
    assert saved[-1] == run.update


def test_a_stop_before_the_first_update_makes_none() -> None:
    run = new_run()
    control = Control(run.config, 10.0)
    control.stop.set()
    assert work(run, control, lambda _: None, unsaved) == ""
    assert run.update == 0


@pytest.mark.parametrize("pace", [1e5, math.inf])
def test_it_goes_as_far_as_it_is_told_and_no_further(pace: float) -> None:
    run = new_run(stop="updates", updates=200)
    for until in (0, 7, 8, 150):
        assert work(run, Control(run.config, pace, until=until), lambda _: None, unsaved) == ""
        assert run.update == until
    assert work(run, Control(run.config, pace, until=1e9), lambda _: None, unsaved) == ""
    assert run.update == 200


@pytest.mark.parametrize("pace", [1e-6, 200.0, math.inf])
def test_a_stop_is_noticed_at_once(pace: float) -> None:
    """However slow the pace: the thread ends although its next update would be due in days."""
    run = new_run(stop="updates", updates=1_000_000)
    control, begun = Control(run.config, pace), threading.Event()
    control.config = dataclasses.replace(run.config, clip=1.0)  # taken over and told before the first wait
    arguments = (run, control, lambda _: begun.set(), unsaved)
    thread = threading.Thread(target=work, args=arguments, daemon=True)
    thread.start()
    assert begun.wait(timeout=5)
    control.stop.set()
    thread.join(timeout=5)
    assert not thread.is_alive()


def test_settings_and_pace_are_noticed_before_the_next_update_is_due() -> None:
    run = new_run(stop="updates", updates=1_000_000)
    control, posted = Control(run.config, 1e-6), threading.Event()
    seen: list[TrainingSnapshot] = []

    def post(moment: TrainingSnapshot) -> None:
        seen.append(moment)
        posted.set()

    thread = threading.Thread(target=work, args=(run, control, post, lambda _: None), daemon=True)
    thread.start()
    for rate in (0.5, 0.25):
        posted.clear()
        control.config = dataclasses.replace(run.config, learning_rate=rate)
        assert posted.wait(timeout=5)
        assert seen[-1].config.learning_rate == rate
        assert seen[-1].update == 0
    posted.clear()
    control.pace = 1000.0
    assert posted.wait(timeout=5)
    assert seen[-1].update > 0
    control.stop.set()
    thread.join(timeout=5)
    assert not thread.is_alive()


def test_settings_change_on_the_way() -> None:
    run = new_run(stop="updates", updates=400)
    control = Control(run.config, math.inf)
    seen: list[TrainingSnapshot] = []

    def save(run: TrainingRun) -> int:
        seen.append(run.moment())
        return 0

    changed = dataclasses.replace(run.config, learning_rate=0.5, updates=300)
    control.config = changed
    work(run, control, seen.append, save)
    assert run.config == changed
    assert run.update == 300


def test_numbers_that_stop_being_finite_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    run = new_run(learning_rate=1e300)
    monkeypatch.setattr(worker, "SAVES_EVERY", 0.0)
    trouble = work(run, Control(run.config, math.inf), lambda _: None, unsaved)
    assert "not finite" in trouble


class ScreenAtWork:
    """Looks like an event of a screen that is never idle, and notes when it is waited for."""

    def __init__(self, run: TrainingRun) -> None:
        self.run, self.waited = run, list[int]()

    def is_set(self) -> bool:
        return False

    def wait(self, _seconds: float) -> bool:
        self.waited.append(self.run.update)
        return False


@pytest.mark.parametrize("pace", [50.0, math.inf])
def test_before_each_update_the_screen_comes_first_but_training_goes_on(pace: float) -> None:
    run = new_run(stop="updates", updates=3)
    screen = ScreenAtWork(run)
    control = Control(run.config, pace, screen_idle=screen)  # type: ignore[arg-type]
    assert work(run, control, lambda _: None, unsaved) == ""
    assert (run.update, screen.waited) == (3, [0, 1, 2])


def test_a_screen_that_is_busy_hears_less_often_but_never_too_seldom() -> None:
    control = Control(new_run().config, math.inf)
    fastest, slowest = 1 / worker.POSTS_A_SECOND, 1 / worker.FEWEST_POSTS_A_SECOND
    assert control.pause_between_posts(0.0) == fastest
    assert control.pause_between_posts(0.9 * worker.SHARE_OF_SCREEN * fastest) == fastest
    assert fastest < control.pause_between_posts(1.5 * worker.SHARE_OF_SCREEN * fastest) < slowest
    assert control.pause_between_posts(1.0) == slowest
    assert Control(control.config, math.inf, posts=2.0).pause_between_posts(1.0) == 0.5


def test_a_screen_that_draws_seldom_hears_seldom() -> None:
    assert (worker.posts_for(60), worker.posts_for(5)) == (worker.POSTS_A_SECOND, 2.0)
    run, posted = new_run(stop="updates", updates=1000), list[TrainingSnapshot]()
    work(run, Control(run.config, math.inf, posts=1e-6), posted.append, unsaved)
    assert (run.update, posted) == (1000, [])


def test_a_long_run_is_saved_less_often() -> None:
    assert worker.pause_after(1000, 0.001) == worker.SAVES_EVERY
    assert worker.pause_after(3 * worker.SAVED_A_SECOND, 0.1) == 3
    assert worker.pause_after(18 * worker.SAVED_A_SECOND, 0.1) == worker.LONGEST_PAUSE
    assert worker.pause_after(1000, 1.0) == 20  # however small it is: a slow disk is not kept busy


@pytest.mark.parametrize("size", [1000, 3 * 2**20])
def test_saves_write_a_bounded_number_of_bytes_in_a_time(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    clock = [0.0]

    def now() -> float:
        clock[0] += 0.001
        return clock[0]

    monkeypatch.setattr(worker, "time", SimpleNamespace(monotonic=now))
    saves: list[float] = []

    def save(_: TrainingRun) -> int:
        saves.append(clock[0])
        return size

    run = new_run(stop="updates", updates=8000)
    work(run, Control(run.config, math.inf), lambda _: None, save)
    assert run.update == 8000
    assert len(saves) > 2
    between = [later - before for before, later in itertools.pairwise(saves[:-1])]  # the last is at the end
    assert min(between) >= max(worker.SAVES_EVERY, size / worker.SAVED_A_SECOND)
