"""What run files of older versions do not have, worked out again from the checkpoints that they have."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from model.arrays import Array, Indices
from model.training.case_history import CaseRecorder
from model.training.snapshot import Checkpoint
from model.training.trainer import Trainer


def note_cases(recorder: CaseRecorder, trainer: Trainer) -> None:
    """Note in the history of the cases what a trainer says of them now."""
    recorder.note(trainer.update, trainer.right_cases, trainer.gradient_length)


def note_cases_of(recorder: CaseRecorder, points: Iterable[Checkpoint], trainer: Trainer) -> None:
    """Rebuild the history of the cases as far as checkpoints tell it.

    Args:
        recorder: Where it is noted.
        points: The checkpoints, in their order.
        trainer: One of the run, which is put at each of them.
    """
    for point in points:
        trainer.go_on_from(point.update, point.weights, point.memory)
        note_cases(recorder, trainer)


def last_stray(wrong: Indices, points: Iterable[Checkpoint], trainer: Trainer) -> Array:
    """The update of the last checkpoint that failed the exam though its cases were right; empty where none did.

    Args:
        wrong: The updates at which a case was wrong.
        points: The checkpoints, in their order.
        trainer: One of the run, which is put at each of them.
    """
    right = [point for point in points if point.update > np.max(wrong, initial=-1)]
    for point in reversed(right):
        trainer.go_on_from(point.update, point.weights, point.memory)
        if trainer.strays:
            return np.array([point.update], dtype=np.float64)
    return np.empty(0)
