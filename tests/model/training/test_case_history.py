"""Which cases were right when: the same as if every update were remembered, in bounded memory."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import FileError
from model.roommate.roommate import PERFECT_ROOMMATE
from model.storage.archive import pack
from model.storage.growing_run import GrowingRun
from model.storage.runs import load_run, save_run
from model.training import case_history
from model.training.case_history import MAX_SPANS, CaseHistory, CaseRecorder
from model.training.config import TrainingConfig
from model.training.recent_weights import MOVED_OVER
from model.training.run import TrainingRun

OLDER = Path(__file__).parents[2] / "data" / "older"


def trained(updates: int, seed: int = 0) -> TrainingRun:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=seed, updates=10_000, stop="updates"))
    run.advance(updates)
    return run


def same(one: CaseHistory, other: CaseHistory) -> bool:
    """Whether two histories say the same, the gradients but for rounding."""
    return (
        one.width == other.width
        and np.array_equal(one.known, other.known)
        and np.array_equal(one.right, other.right)
        and np.allclose(one.gradients, other.gradients, rtol=1e-9, equal_nan=True)
    )


@pytest.fixture
def few_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few spans that a short run has wide ones."""
    monkeypatch.setattr(case_history, "MAX_SPANS", 16)


@given(seed=st.integers(0, 1000), blocks=st.lists(st.integers(1, 90), max_size=8))
def test_several_updates_are_noted_as_one_after_the_other(seed: int, blocks: list[int]) -> None:
    rng, update = np.random.default_rng(seed), 0
    one, other = CaseRecorder(3), CaseRecorder(3)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(case_history, "MAX_SPANS", 16)
        for block in blocks:
            right, lengths = rng.random((block, 3)) < 0.6, rng.random(block)
            one.note_all(update, right, lengths)
            for row in range(block):
                other.note(update + row, right[row], lengths[row])
            update += block
            assert same(one.view(), other.view())


@given(seed=st.integers(0, 1000), updates=st.integers(1, 300), count=st.integers(1, 40), more=st.integers(0, 200))
def test_a_column_says_of_its_updates_what_they_were(seed: int, updates: int, count: int, more: int) -> None:
    rng = np.random.default_rng(seed)
    right, lengths = rng.random((updates, 3)) < 0.6, rng.random(updates)
    recorder = CaseRecorder(3)
    for update in range(updates):
        recorder.note(update, right[update], lengths[update])
    axis = updates + more
    part, longest = recorder.view().columns(count, axis)
    begins = [column * axis // count for column in range(count)] + [axis]
    for column in range(count):
        share = slice(begins[column], max(begins[column + 1], begins[column] + 1))
        if begins[column] >= updates:
            assert np.isnan(part[column]).all()
            assert math.isnan(longest[column])
        else:
            np.testing.assert_allclose(part[column], right[share].mean(axis=0))
            assert longest[column] == lengths[share].max()


def test_a_long_run_takes_no_more_memory_and_forgets_no_case() -> None:
    recorder = CaseRecorder(2)
    for update in range(5 * MAX_SPANS):
        recorder.note(update, np.array([True, update % 2 == 0]), float(update == 3000))
    history = recorder.view()
    assert MAX_SPANS // 2 <= len(history.known) <= MAX_SPANS
    assert history.fits(5 * MAX_SPANS - 1, 2)
    assert history.known.sum() == 5 * MAX_SPANS
    assert history.right.sum(axis=0).tolist() == [5 * MAX_SPANS, 5 * MAX_SPANS // 2]
    assert int(history.gradients.argmax()) == 3000 // history.width
    assert sum(array.nbytes for array in recorder.arrays) < 32 * MAX_SPANS


@pytest.mark.usefixtures("few_spans")
@pytest.mark.parametrize("update", [0, 1, 31, 32, 77, 89, 90])
def test_a_run_that_is_cut_off_has_the_history_that_it_had(update: int) -> None:
    whole, short = trained(90), trained(update)
    cut = whole.rewound(update).moment().cases
    expected = short.moment().cases.coarsened(cut.width)
    assert same(cut, expected)


@pytest.mark.usefixtures("few_spans")
def test_edited_weights_begin_a_history_of_their_own_from_there() -> None:
    run = trained(40)
    edited = run.edited(np.zeros_like(run.moment().network.parameters.flat), 20)
    edited.advance(21)
    before, after = run.moment().cases, edited.moment().cases
    assert after.fits(41, 6)
    spans = 20 // after.width
    assert same(after.first(spans), before.coarsened(after.width).first(spans))
    assert not after.right[-1].all()
    again = edited.rewound(30)  # over the update at which they were changed, which cannot be made again
    assert same(
        again.moment().cases,
        edited.moment()
        .cases.first(31 // after.width)
        .followed_by(again.moment().cases.since(31 // after.width * after.width), 31),
    )


@pytest.mark.usefixtures("few_spans")
def test_what_is_saved_has_its_history_with_what_was_added(tmp_path: Path) -> None:
    run, path = trained(10), tmp_path / "run.npz"
    growing = GrowingRun(path)
    for updates in (0, 3, 30, 50):
        run.advance(updates)
        growing.save(run.record())
        assert same(load_run(path, private=True).moment().cases, run.moment().cases)


def test_an_older_file_has_the_history_that_its_checkpoints_tell() -> None:
    run = load_run(OLDER / "run-lecture.npz")
    history = run.moment().cases
    assert history.fits(35, 6)
    assert history.known.sum() == len(run.record().checkpoints)
    for point in run.record().checkpoints:
        verdict = run.moment(point.update).verdict
        assert np.array_equal(history.right[point.update], verdict.right.ravel())


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"cases_known": np.ones(12, np.uint16)}, "history of the cases does not fit"),
        ({"cases_right": np.full((11, 6), 9, np.uint16)}, "history of the cases does not fit"),
        ({"cases_known": np.ones(11)}, "history of the cases is not one"),
        ({"cases_known": np.full(11, 70_000, np.uint32)}, "history of the cases is not one"),
    ],
)
def test_a_history_that_cannot_be_is_no_run(tmp_path: Path, wrong: dict[str, np.ndarray], sentence: str) -> None:
    path, run = tmp_path / "run.npz", trained(10)
    save_run(path, run.record())
    with np.load(path) as members:
        arrays = {name: members[name] for name in members.files if name != "about"}
        about = str(members["about"])
    path.write_bytes(pack(json.loads(about), arrays | wrong))
    with pytest.raises(FileError, match=sentence):
        load_run(path)


@pytest.mark.parametrize("update", [0, 4, 10, 47, 60])
def test_weights_have_moved_by_what_lies_between_two_updates(update: int) -> None:
    run = trained(60)
    before = max(update - MOVED_OVER, 0)
    moved = run.moment(update).network.parameters.flat - run.moment(before).network.parameters.flat
    for one in (run, run.rewound(update)):
        change = one.moment(update).change
        assert change is not None
        np.testing.assert_allclose(change, moved, atol=1e-12)
    run.rest()
    again = run.moment().change
    assert again is not None
    assert np.abs(again).max() > 0
