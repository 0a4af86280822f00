"""What each day has to do with an update: sizes that are read off the one backward pass."""

import numpy as np
import pytest

from model.network.cells import BIASED, CELLS
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.day_errors import DayErrors
from model.training.run import TrainingRun
from model.training.update import Update


def update_of(updates: int = 5, **settings: object) -> Update:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=0, **settings))  # type: ignore[arg-type]
    run.advance(updates)
    return Situation(lesson=4, learning=run.moment(), run_id=1).week_update


def errors_of(**settings: object) -> tuple[Update, DayErrors]:
    update = update_of(**settings)  # type: ignore[arg-type]
    return update, update.day_errors


def test_the_week_of_seed_0_after_61_updates_is_that_of_the_drawing() -> None:
    update, errors = errors_of(updates=61)
    (meeting,) = errors.meetings
    assert meeting.quantity == "y"
    np.testing.assert_allclose(meeting.own, [0.096, 0.107, 0.111, 0.112, 0.125, 0.125], atol=5e-4)
    np.testing.assert_allclose(meeting.later, [0.121, 0.203, 0.099, 0.093, 0.072, 0.0], atol=5e-4)
    np.testing.assert_allclose(meeting.together, [0.211, 0.303, 0.196, 0.201, 0.177, 0.125], atol=5e-4)
    np.testing.assert_allclose(errors.matrices["weather"], [0.305, 0.407, 0.347, 0.218, 0.179, 0.141], atol=5e-4)
    assert update.norm == pytest.approx(0.535, abs=5e-4)


NETWORKS = [(name, biased) for biased in (False, True) for name in ("both", "elman", "gru", "lstm")]


@pytest.mark.parametrize(("network", "biased"), NETWORKS)
def test_every_matrix_and_every_state_that_is_handed_on_has_its_sizes(network: str, biased: bool) -> None:
    update, errors = errors_of(network=network, biases="on" if biased else "off")
    cell = (BIASED if biased else CELLS)[network]
    assert list(errors.matrices) == list(cell.matrices)
    wanted = set(cell.hands_on.values()) if cell.remembers else {"y"}
    assert {meeting.quantity for meeting in errors.meetings} == wanted
    for name, sizes in errors.matrices.items():
        for day, size in enumerate(sizes):
            assert size == pytest.approx(float(np.linalg.norm(update.back.matrices[name][day])))
    for meeting in errors.meetings:
        assert meeting.later[-1] == 0
        assert (meeting.together <= meeting.own + meeting.later + 1e-12).all()
        assert meeting.together[-1] == pytest.approx(meeting.own[-1])


@pytest.mark.parametrize("feedback", ["hard", "teacher"])
def test_with_whole_dishes_fed_back_every_day_has_its_own_error_alone(feedback: str) -> None:
    _update, errors = errors_of(feedback=feedback)
    (meeting,) = errors.meetings
    assert not meeting.later.any()
    np.testing.assert_array_equal(meeting.own, meeting.together)
