"""What is taken back is named, what is replaced can be brought back, and the roommate's own week is a key away."""

from pathlib import Path

import pytest

from model.roommate.diary import diary_of
from model.roommate.roommate import LECTURE_WEEK, PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.diaries import diary_csv
from model.storage.scenarios import find_scenario
from model.training.config import TrainingConfig
from tui.session.commands.roommates import open_roommate
from tui.session.commands.training import one_update
from tui.session.commands.week import flip_weather, next_start, own_week, redo, undo
from tui.session.run_library import Runs
from tui.session.session import Session
from tui.text.glyphs import UNICODE


def session(situation: Situation | None = None) -> Session:
    return Session(Simulation(situation or Situation()), UNICODE, Runs(TrainingConfig(), None))


def test_undo_and_redo_say_what_they_change() -> None:
    here = session()
    flip_weather(here)
    next_start(here)
    here.configure(TrainingConfig(clip=1.0))
    open_roommate(here, "coffee")
    named = ("the roommate", "the settings", "the start", "the week")
    assert [" ".join(undo(here).lines) for _change in named] == [f"Taken back: {what}." for what in named]
    assert [" ".join(redo(here).lines) for _change in named] == [f"Made again: {what}." for what in reversed(named)]


def test_the_future_that_an_update_replaces_is_said_to_come_back_with_undo() -> None:
    here = session()
    here.open_training()
    for _update in range(5):
        assert not [*one_update(here).lines]  # nothing is replaced
    here.show_moment(here.run.moment(2))
    assert [*one_update(here).lines] == ["The 3 updates after this one are replaced; u brings them back."]
    assert not [*one_update(here).lines]
    assert here.run.update == 4
    assert [*undo(here).lines] == ["Taken back: the training run."]
    assert here.run.update == 5


@pytest.mark.parametrize("name", ["lecture", "coffee", "soup"])
def test_the_roommates_own_week_comes_back(name: str) -> None:
    here = session()
    open_roommate(here, name)
    theirs = find_scenario(name)
    for change in (flip_weather, next_start, flip_weather):
        change(here)
    own_week(here)
    situation = here.simulation.situation
    assert (situation.week, situation.start) == (theirs.days, theirs.start)
    undo(here)
    assert here.simulation.situation.start != theirs.start


def test_a_diarys_own_week_is_the_observed_one(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_bytes(diary_csv(diary_of(PERFECT_ROOMMATE, LECTURE_WEEK * 3, 0)))
    here = session()
    open_roommate(here, str(path))
    before = here.simulation.situation
    flip_weather(here)
    own_week(here)
    now = here.simulation.situation
    assert (now.week, now.start, now.targets) == (before.week, before.start, before.targets)
