"""Certificates are run again: what is true is found true, and each false claim is found."""

from dataclasses import replace

import pytest

from model.course.page import Course
from model.course.proof import FINAL, MAX_WORK, Finding, need_provable, prove, reproduced
from model.course.training import Trainings
from model.errors import InputError
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.storage.certificates import Certificate
from model.training.config import TrainingConfig
from tui.text.course import own_course

COURSE: Course = own_course()

TRAININGS = Trainings(MAX_WORK)
"""The runs that break are made once for all tests."""

OWN = Roommate("tea drinker", ("tea", "milk", "juice"), ("cold", "warm"), ((2, 0, 2), (2, 0, 1)), ("cold", "warm"))

TRUE = Certificate(
    name="Ada",
    roommate=OWN,
    start=0,
    config=TrainingConfig(hold=100),
    updates=140,
    margin=0.0,
    stray=None,
    predicted=70.0,
    broken=TrainingConfig(hold=100, learning_rate=30.0),
    command="",
    program="0",
)


def found(certificate: Certificate) -> dict[str, Finding]:
    need_provable(certificate)
    simulation, _run = reproduced(certificate)
    return {finding.name: finding for finding in prove(certificate, COURSE, simulation, TRAININGS)}


def false(certificate: Certificate) -> list[str]:
    return [name for name, finding in found(certificate).items() if not finding.holds]


def test_all_that_is_true_is_found_true_but_for_a_wrong_margin() -> None:
    findings = found(TRUE)
    assert set(FINAL) <= set(findings)
    assert [name for name, finding in findings.items() if not finding.holds] == ["margin"]
    margin = float(findings["margin"].because.rpartition(" ")[2].rstrip("."))
    assert 0 < margin < 1
    simulation, _run = reproduced(TRUE)
    snapshot = simulation.situation.snapshot
    assert snapshot is not None
    assert false(replace(TRUE, margin=snapshot.verdict.smallest)) == []


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"updates": 10}, {"F5"}),
        ({"roommate": PERFECT_ROOMMATE}, {"F3"}),
        ({"predicted": None}, {"F4"}),
        ({"broken": None}, {"F9"}),
        ({"broken": TrainingConfig(hold=100)}, {"F9"}),
        ({"broken": TrainingConfig(hold=100, seed=3)}, {"F9"}),
        ({"stray": 8}, {"strays_on"}),
        ({"untouched": False}, {"checksum"}),
        ({"config": TrainingConfig(hold=20)}, {"F5"}),
    ],
)
def test_what_is_not_true_is_found(changes: dict[str, object], names: set[str]) -> None:
    assert names <= set(false(replace(TRUE, **changes)))  # type: ignore[arg-type]


def test_one_dish_for_every_weather_is_no_rule_to_learn() -> None:
    same = Roommate("same", ("a", "b", "c"), ("x", "y"), ((1, 2, 0), (1, 2, 0)), ("x", "y"))
    assert "F2" in false(replace(TRUE, roommate=same, updates=5))
    never = Roommate("never", ("a", "b", "c"), ("x", "y"), ((0, 1, 2), (1, 0, 2)), ("x", "y"))
    assert "F1" in false(replace(TRUE, roommate=never, updates=5))


def test_a_rule_under_other_names_is_the_same() -> None:
    order = (2, 0, 1)  # the lecture's dishes, renamed
    rows = tuple(
        tuple(order[row[order.index(dish)]] for dish in range(3)) for row in PERFECT_ROOMMATE.next_dish[::-1]
    )
    renamed = Roommate("other", ("a", "b", "c"), ("x", "y"), rows, ("x", "y"))
    assert "F3" in false(replace(TRUE, roommate=renamed, updates=5))


def test_a_run_whose_numbers_are_not_finite_is_not_what_it_claims() -> None:
    wild = replace(TRUE, config=TrainingConfig(optimizer="sgd", learning_rate=1e200), updates=20)
    assert "updates" in false(wild)


@pytest.mark.parametrize(
    "changes",
    [
        {"updates": 1_000_000},
        {"config": TrainingConfig(hidden=1024, weeks=600), "updates": 1000},
        {"broken": TrainingConfig(hidden=1024, weeks=600)},
    ],
)
def test_what_would_take_for_ever_is_refused_before_it_begins(changes: dict[str, object]) -> None:
    with pytest.raises(InputError, match="times as long as is allowed"):
        need_provable(replace(TRUE, **changes))  # type: ignore[arg-type]
