"""The controls of a training run as a value: its pace, its goal, whether it runs."""

from __future__ import annotations

from dataclasses import dataclass

PACES = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 200.0, 1000.0, float("inf"))
"""Updates a second that training can run at."""


@dataclass(frozen=True)
class TrainingControls:
    """What a person has set about the training, beside the run itself.

    Attributes:
        running: Whether updates are being made.
        pace: Updates a second, one of `PACES`; infinite: as fast as the machine goes.
        log: Whether the loss has a logarithmic axis.
        trouble: Why training stopped, if it did so by itself.
    """

    running: bool = False
    pace: float = 10.0
    log: bool = True
    trouble: str = ""

    def pace_after(self, by: int) -> float:
        """The pace so many places further in `PACES`."""
        return PACES[min(max(PACES.index(self.pace) + by, 0), len(PACES) - 1)]
