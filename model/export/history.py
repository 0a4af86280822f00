"""The history of a run as CSV."""

from __future__ import annotations

from model.numbers import exact
from model.training.snapshot import TrainingSnapshot

HISTORY_ENDINGS = (".csv",)
"""What the name of a file for a history may end in."""


def history_csv(moment: TrainingSnapshot) -> bytes:
    """The loss, the accuracy and the number of right cases after every update, as CSV."""
    rows = zip(moment.losses.numbers, moment.accuracies.numbers, moment.rights.numbers, strict=True)
    lines = ["update,loss,accuracy,cases_right"]
    lines += [f"{n},{exact(loss)},{exact(part)},{exact(right)}" for n, (loss, part, right) in enumerate(rows)]
    return ("\n".join(lines) + "\n").encode()
