"""The compiled engine comes to what the trainer comes to: interpreted everywhere, compiled where there is numba."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.engine.compilation import compiled, interpreted, is_kept, need_numba
from model.engine.engine import Engine
from model.engine.recording import NotUnderstood
from model.engine.source import source_of
from model.errors import InputError, TrainingError
from model.network.activations import LARGEST_TO_ONE
from model.network.cells import CELLS
from model.network.names import FEEDBACKS, TRAINABLE, TRAINABLE_NETWORKS
from model.network.network import default_sizes
from model.network.schedule import Feedback
from model.roommate.diary import NUMBERS, Diary
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.training.batches import Batches
from model.training.config import TrainingConfig
from model.training.names import LOSS_DAYS, OPTIMIZER_NAMES, STARTS, SWITCHES
from model.training.run import TrainingRun
from model.training.trainer import Trainer
from tests.model.strategies import SOUP_EATER


def assert_alike(run: TrainingRun, trainer: Trainer, rel: float = 1e-12) -> None:
    """A run that an engine led stands where a trainer stands."""
    moment, scale = run.moment(), np.abs(trainer.weights).max()
    assert run.update == trainer.update
    assert moment.network.parameters.flat == pytest.approx(trainer.weights, rel=rel, abs=rel * scale)
    for one, other in ((moment.memory.first, trainer.memory.first), (moment.memory.second, trainer.memory.second)):
        assert one == pytest.approx(other, rel=rel, abs=rel * np.abs(other).max(initial=0.0))
    assert moment.memory.count == trainer.memory.count
    assert moment.loss == pytest.approx(trainer.loss, rel=rel)
    assert moment.accuracy == trainer.accuracy
    assert moment.rights[run.update] == trainer.right


def assert_each_update_alike(
    roommate: Roommate, config: TrainingConfig, updates: int, diary: Diary | None = None
) -> None:
    """The first updates are those of the trainer, one after the other."""
    run, trainer = TrainingRun(roommate, config, diary), Trainer(roommate, config, diary=diary)
    engine = Engine(run, None, compile_text=interpreted)
    with np.errstate(all="ignore"):
        for _update in range(updates):
            engine.advance(1)
            trainer.step()
            assert_alike(run, trainer)


configs = st.builds(
    lambda frozen, **chosen: replace(
        TrainingConfig(weeks=3, days=2, **chosen),
        freeze=",".join(sorted(TrainingConfig(**chosen).cell.matrices)[:frozen]) or "none",
    ),
    frozen=st.integers(0, 2),
    network=st.sampled_from(TRAINABLE_NETWORKS),
    feedback=st.sampled_from(FEEDBACKS),
    activation=st.sampled_from(TRAINABLE),
    optimizer=st.sampled_from(OPTIMIZER_NAMES),
    clip=st.sampled_from([0.0, 0.01]),
    biases=st.sampled_from(SWITCHES),
    start=st.sampled_from(STARTS),
    loss_days=st.sampled_from(LOSS_DAYS),
    seed=st.integers(0, 1000),
)


@settings(max_examples=12, deadline=None)
@given(config=configs)
def test_updates_are_those_of_the_trainer_whatever_the_settings(config: TrainingConfig) -> None:
    assert_each_update_alike(PERFECT_ROOMMATE, config, 2)


@pytest.mark.parametrize("network", ["both", "elman"])
def test_more_weeks_than_are_gone_through_at_once(network: str) -> None:
    assert_each_update_alike(SOUP_EATER, TrainingConfig(network=network, weeks=37, days=2), 1)


def diary_of(days: int) -> Diary:
    rng, roommate = np.random.default_rng(3), PERFECT_ROOMMATE
    weather, dish, at = rng.integers(2, size=days), [0], np.arange(days)
    for today in weather[1:]:
        dish.append(roommate.transitions[today][dish[-1]])
    return Diary("d", roommate.dishes, roommate.weathers, NUMBERS, at, weather, np.array(dish), at + 2)


def test_days_of_a_diary_are_learned_from() -> None:
    diary = diary_of(40)
    assert_each_update_alike(diary.roommate(), TrainingConfig(weeks=3, days=4), 2, diary)


@pytest.mark.parametrize("network", ["both", "gru"])
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("lived", [False, True])
def test_batches_are_the_same_as_indices(network: str, start: str, lived: bool) -> None:
    config = TrainingConfig(network=network, start=start, weeks=4, days=14 if network == "gru" else 4)
    diary = diary_of(40) if lived else None
    batches = Batches(SOUP_EATER if diary is None else diary.roommate(), config, diary)

    several = batches.indices(300, 3)

    for row in range(3):
        for one, other in zip(batches.at(300 + row).indices, several, strict=True):
            assert np.array_equal(one, other[row])


def test_probabilities_too_small_for_a_float_have_their_loss() -> None:
    config = TrainingConfig(scale=1000.0, activation="relu", weeks=8, learning_rate=1e-3)

    assert_each_update_alike(PERFECT_ROOMMATE, config, 1)
    assert TrainingRun(PERFECT_ROOMMATE, config).loss > 100


def test_numbers_that_are_not_finite_end_it_as_they_end_the_trainer() -> None:
    config = TrainingConfig(optimizer="sgd", learning_rate=1e154, updates=20, weeks=2)
    run, other = TrainingRun(PERFECT_ROOMMATE, config), TrainingRun(PERFECT_ROOMMATE, config)
    engine = Engine(run, None, compile_text=interpreted)

    with pytest.raises(TrainingError) as error:
        engine.advance()
    with pytest.raises(TrainingError, match="not finite") as of_numpy:
        other.advance(20)

    assert str(error.value) == str(of_numpy.value)
    assert run.update == other.update
    assert run.moment().network.parameters.flat == pytest.approx(other.moment().network.parameters.flat, rel=1e-9)


def test_a_run_notes_blocks_as_it_notes_single_updates() -> None:
    config = TrainingConfig(seed=2, weeks=4, hold=3, stop="updates", updates=100, learning_rate=0.1)
    run, other = TrainingRun(PERFECT_ROOMMATE, config), TrainingRun(PERFECT_ROOMMATE, config)
    engine, made = Engine(run, None, compile_text=interpreted), [0]
    other.advance(100)

    while not run.finished:
        engine.advance(20)
        made.append(run.update)

    one, two = run.moment(), other.moment()
    assert len(made) > 5
    assert one.learned_at == two.learned_at is not None
    assert one.right_since == two.right_since
    assert np.array_equal(one.rights.numbers, two.rights.numbers)
    assert one.losses.numbers == pytest.approx(two.losses.numbers, rel=1e-9)
    assert np.array_equal(one.cases.right, two.cases.right)
    assert np.array_equal(one.cases.known, two.cases.known)
    assert one.change == pytest.approx(two.change, rel=1e-6, abs=1e-9)
    record, of_numpy = run.record(), other.record()
    assert [point.update for point in record.checkpoints] == [point.update for point in of_numpy.checkpoints]
    assert np.array_equal(record.strays, of_numpy.strays)  # type: ignore[arg-type]
    for at in (0, 1, 77, 99):
        assert run.moment(at).loss == pytest.approx(other.moment(at).loss, rel=1e-9)


@pytest.mark.parametrize(("stop", "changes"), [("learned", {"hold": 2}), ("loss", {"loss_below": 0.8})])
def test_it_stops_at_the_same_update(stop: str, changes: dict[str, Any]) -> None:
    config = TrainingConfig(weeks=2, stop=stop, learning_rate=0.1, **changes)
    run, other = TrainingRun(PERFECT_ROOMMATE, config), TrainingRun(PERFECT_ROOMMATE, config)
    engine = Engine(run, None, compile_text=interpreted)

    while not run.finished:
        engine.advance()
    while not other.finished:
        other.advance()

    assert run.update == other.update > 5
    assert run.reached


def test_what_cannot_be_compiled_is_left_to_numpy() -> None:
    cell = CELLS["both"]
    sizes = default_sizes(cell, PERFECT_ROOMMATE)

    with pytest.raises(NotUnderstood):
        source_of(cell, sizes, LARGEST_TO_ONE, (Feedback.SOFT, Feedback.SOFT), optimizer="adam", columns=8)


def test_numba_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "numba", None)

    with pytest.raises(InputError, match=r"pip install 'roommate-tui\[fast\]'"):
        Engine(TrainingRun(PERFECT_ROOMMATE, TrainingConfig()), None)


def test_numba_that_cannot_be_loaded_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise SystemError(f"{name} does not fit this numpy")

    monkeypatch.setattr(importlib, "import_module", broken)

    with pytest.raises(InputError, match="numba cannot be loaded: numba does not fit this numpy"):
        need_numba()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for machine code."""
    pytest.importorskip("numba", reason="numba (the extra fast) is not installed: nothing is compiled")
    return tmp_path_factory.mktemp("engine") / "kept"


def test_compiled_it_decides_as_the_trainer_and_is_kept(folder: Path) -> None:
    waited = []
    for seed in range(25):
        config = TrainingConfig(seed=seed)
        run, other = TrainingRun(PERFECT_ROOMMATE, config), TrainingRun(PERFECT_ROOMMATE, config)
        engine = Engine(run, folder, lambda seed=seed: waited.append(seed))  # type: ignore[misc]
        while not run.finished:
            engine.advance()
        while not other.finished:
            other.advance()
        assert run.moment().learned_at == other.moment().learned_at
        assert run.update == other.update
        assert run.moment().loss == pytest.approx(other.moment().loss, rel=1e-9)
    assert waited == [0]


def test_where_nothing_can_be_kept_it_is_compiled_all_the_same(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    run, trainer = (
        TrainingRun(PERFECT_ROOMMATE, TrainingConfig(weeks=2)),
        Trainer(PERFECT_ROOMMATE, TrainingConfig(weeks=2)),
    )
    kept: list[bool] = []

    def compile_text(text: str) -> Callable[..., tuple[int, bool]]:
        kept.append(is_kept(text, tmp_path / "file"))
        return compiled(text, tmp_path / "file", engine_of_shapes.arguments(1, 1, stop_at_failure=False))

    engine_of_shapes = Engine(run, None, compile_text=interpreted)
    Engine(run, None, compile_text=compile_text).advance(1)
    with np.errstate(all="ignore"):
        trainer.step()

    assert kept == [False]
    assert_alike(run, trainer)
