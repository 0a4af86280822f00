"""The controls of a training run as a value: its pace, its goal, whether it runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TrainingControls:
    """What a person has set about the training, beside the run itself.

    Attributes:
        running: Whether updates are being made.
        pace: Updates a second; infinite: as fast as the machine goes.
        log: Whether the loss has a logarithmic axis.
        trouble: Why training stopped, if it did so by itself.
    """

    running: bool = False
    pace: float = 10.0
    log: bool = True
    trouble: str = ""
