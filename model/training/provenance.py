"""What made some weights: the settings of every stretch of their training, and what the optimizer remembers."""

from __future__ import annotations

from dataclasses import dataclass

from model.training.config import TrainingConfig
from model.training.optimizers import OptimizerState


@dataclass(frozen=True)
class Stretch:
    """Updates that were made with the same settings.

    Attributes:
        begin: The updates that there were before the first of them.
        end: Those that there are after the last.
        config: The settings.
    """

    begin: int
    end: int
    config: TrainingConfig


@dataclass(frozen=True, eq=False)
class Provenance:
    """What made some weights.

    Attributes:
        stretches: In order, each from where the one before ends; none where no training made them.
        edited: The updates after which a person has changed weights.
        aimed: The updates that learned from a week of the person's, each with that week and the state before it.
        optimizer: The name of the optimizer of the last update.
        memory: What it remembers; None where that is not known.
    """

    stretches: tuple[Stretch, ...] = ()
    edited: tuple[int, ...] = ()
    aimed: tuple[tuple[int, tuple[int, ...], int], ...] = ()
    optimizer: str = ""
    memory: OptimizerState | None = None

    @property
    def config(self) -> TrainingConfig | None:
        """The settings of the last stretch."""
        return self.stretches[-1].config if self.stretches else None

    @property
    def updates(self) -> int:
        """How many updates were made."""
        return self.stretches[-1].end if self.stretches else 0


UNKNOWN = Provenance()
"""Provenance of weights of which nothing is known, such as those set by hand."""


def stretches(configs: tuple[tuple[int, TrainingConfig], ...], update: int) -> tuple[Stretch, ...]:
    """The stretches up to an update: settings that have made no update yet have made no weights.

    Args:
        configs: Settings, each with the update from which they hold; the first from 0.
        update: How far the weights have come.
    """
    begun = [(at, config) for at, config in configs if at < update] or [configs[0]]
    ends = [*(at for at, _config in begun[1:]), update]
    return tuple(Stretch(at, end, config) for (at, config), end in zip(begun, ends, strict=True))
