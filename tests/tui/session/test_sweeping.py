"""A sweep of what is on the screen: its grid, how it is steered, and the training that is opened from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from model.analysis.outcomes import Outcome
from model.errors import InputError
from model.simulation.simulation import Simulation
from model.storage.saved_runs import SavedRuns
from model.sweep.executor import InThisProcess, Result
from model.sweep.outcomes import Outcomes
from model.sweep.sweep_map import SweepMap
from model.sweep.work import Work
from model.training.config import TrainingConfig
from tests.tui.sweeps import made_up_map
from tui.session.commands.lessons import LESSON_COMMANDS
from tui.session.commands.sweeps import sweep
from tui.session.reply import Then
from tui.session.run_library import Runs
from tui.session.session import Session
from tui.session.sweeping import SweepControl, executor_for, grid_of, known_of, open_training_of, store_for, work
from tui.text.glyphs import UNICODE

LESSON_4 = next(one for one in LESSON_COMMANDS if one.name == "lesson_4")


def session_of(
    config: TrainingConfig | None = None, *, kiosk: bool = False, lesson: int = 4, state: SavedRuns | None = None
) -> Session:
    runs = Runs(config or TrainingConfig(seed=7), state)
    session = Session(Simulation().with_lesson(min(lesson, 3)), UNICODE, runs, kiosk=kiosk)
    if lesson == 4:
        LESSON_4(session)
    return session


def control_of() -> SweepControl:
    idle = Event()
    idle.set()
    return SweepControl(idle)


@pytest.mark.parametrize(
    "config",
    [
        TrainingConfig(seed=7),
        TrainingConfig(learning_rate=0.1, weeks=4),
        TrainingConfig(network="gru", hidden=5),
        TrainingConfig(initial="positive"),
        TrainingConfig(network="lstm", scale=0.3, biases="off"),
    ],
    ids=str,
)
def test_the_trainings_of_a_sweep_are_those_of_the_screen(config: TrainingConfig) -> None:
    (cell,) = grid_of(session_of(config), [], "10").cells
    assert replace(cell.config, seed=config.seed) == config


def test_what_is_varied_is_varied_and_the_rest_stays() -> None:
    grid = grid_of(session_of(TrainingConfig(learning_rate=0.1, weeks=4)), ["learning-rate=0.1,0.2"], "10")
    assert [cell.config.learning_rate for cell in grid.cells] == [0.1, 0.2]
    assert {cell.config.weeks for cell in grid.cells} == {4}


def test_varied_networks_have_each_what_is_usual_for_them() -> None:
    session = session_of(TrainingConfig(network="gru"))
    for cell in grid_of(session, ["network=both,gru,lstm"], "10").cells:
        assert cell.config == TrainingConfig(network=cell.config.network, seed=cell.config.seed)


def test_a_sweep_is_asked_for_or_typed() -> None:
    session = session_of()
    assert sweep(session).about == (None,)
    reply = sweep(session, "50", "weeks=1:3")
    assert reply.then is Then.SWEEP
    (grid,) = reply.about
    assert (len(grid.seeds), [axis.setting for axis in grid.axes]) == (50, ["weeks"])
    with pytest.raises(InputError, match="twice"):
        sweep(session, "weeks=1:3", "weeks=1:3")
    with pytest.raises(InputError, match="not a setting"):
        sweep(session, "nonsense")


def test_a_kiosk_trains_a_bounded_number_starts_no_process_and_keeps_nothing() -> None:
    session = session_of(kiosk=True)
    assert isinstance(executor_for(session, print), InThisProcess)
    assert store_for(session) is None
    assert grid_of(session, [], "500").trainings == 500
    with pytest.raises(InputError, match="501 trainings"):
        grid_of(session, [], "501")


@pytest.mark.parametrize("lesson", [3, 4])
@pytest.mark.parametrize("learned", [True, False])
def test_a_training_is_opened_where_it_is_trained(lesson: int, learned: bool) -> None:
    session, moment = session_of(lesson=lesson), made_up_map("weeks=1:3")
    cell = moment.grid.cells[1]
    seed = moment.outcomes[1].seed(learned=learned)
    assert seed is not None
    reply = open_training_of(session, cell, seed, known_of(moment, cell, seed))
    assert session.moment.config == replace(cell.config, seed=seed)
    assert session.moment.update == 0
    assert f"Seed {seed}, which {'learned' if learned else 'had not learned'} the rule after" in " ".join(reply.lines)


def test_a_sweep_posts_its_maps_and_gives_the_last() -> None:
    grid = grid_of(session_of(TrainingConfig(updates=20, hold=2)), ["weeks=1,2"], "3")
    posted: list[SweepMap] = []
    moment, trouble = work(grid, InThisProcess(), None, control_of(), post=posted.append, say=pytest.fail)
    assert not trouble
    assert moment.progress.finished
    assert not posted[0].progress.done


def test_what_was_trained_once_is_kept_with_what_the_command_keeps_and_not_trained_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    session = session_of(TrainingConfig(updates=20), state=SavedRuns(tmp_path / "runs"))
    grid, store = grid_of(session, ["weeks=1,2"], "3"), store_for(session)
    assert store is not None
    assert store.folder == tmp_path / "roommate-tui" / "sweeps"
    moment, _trouble = work(grid, InThisProcess(), store, control_of(), post=lambda _moment: None, say=pytest.fail)
    assert moment.progress.kept == 0
    more, _trouble = work(grid, NobodyWorks(), store, control_of(), post=lambda _moment: None, say=pytest.fail)
    assert more.progress.kept == moment.progress.done == 6


class NobodyWorks(InThisProcess):
    """Whoever has nothing to do."""

    def results(self, works: Iterable[Work], should_stop: Callable[[], bool]) -> Iterator[Result]:
        assert not list(works)
        assert not should_stop()
        yield from ()


def test_a_sweep_that_is_cancelled_also_while_it_pauses_keeps_what_there_is() -> None:
    grid, control = grid_of(session_of(TrainingConfig(updates=20)), ["weeks=1,2"], "3"), control_of()
    control.going.clear()
    control.cancel()
    moment, trouble = work(grid, InThisProcess(), None, control, post=lambda _moment: None, say=pytest.fail)
    assert (moment.progress.done, trouble) == (0, "")


def test_a_pause_does_not_count_as_time() -> None:
    control = control_of()
    control.paused = 1e6
    assert control.clock() < 0 or control.clock() < control_of().clock() - 9e5


def test_what_is_known_of_a_training_is_said_in_one_or_many() -> None:
    moment = made_up_map(seeds=1)
    (cell,) = moment.grid.cells
    once = moment.with_outcomes(0, Outcomes.of([Outcome(0, 1, 1, 0.1, "learned", None)]), seconds=1)
    assert "after 1 update:" in known_of(once, cell, 0)
    assert "after 60 updates:" in known_of(moment, cell, 0)
