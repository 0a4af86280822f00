"""The work that all do: updates of one network from one batch, with soft feedback and Adam."""

from __future__ import annotations

import importlib.util
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np

from model.arrays import Array
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.training.batches import Batches
from model.training.config import TrainingConfig
from model.training.trainer import Trainer
from tests.benchmarks.report import Absent

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8

ENDLESS = {"stop": "updates", "updates": 1_000_000}


@dataclass(frozen=True, eq=False)
class Work:
    """What is to be trained, and with what.

    Attributes:
        roommate: Whose rule.
        config: The settings of the trainer: the network, its sizes, the learning rate.
        weights: The matrices to start from, by name, in the order of `flat`.
        weather: (T, k, B).
        start: (m, B).
        target: (T, n, B).
    """

    roommate: Roommate
    config: TrainingConfig
    weights: Mapping[str, Array]
    weather: Array
    start: Array
    target: Array

    @classmethod
    def of(cls, roommate: Roommate = PERFECT_ROOMMATE, **settings: Any) -> Work:
        """The work of the trainer with these settings; the batch is that of its first update."""
        config = TrainingConfig(**{**ENDLESS, **settings})
        batch = Batches(roommate, config).at(0)
        assert batch.target is not None
        weights = Trainer(roommate, config).network.parameters.matrices
        return cls(roommate, config, weights, batch.weather.copy(), batch.start.copy(), batch.target.copy())

    @property
    def flat(self) -> Array:
        """All weights in one new vector."""
        return np.concatenate([matrix.ravel() for matrix in self.weights.values()])

    def parts(self, flat: Any) -> dict[str, Any]:
        """The matrices of a vector of all weights, be it numpy's, PyTorch's or JAX's."""
        parts, begin = {}, 0
        for name, matrix in self.weights.items():
            parts[name] = flat[begin : begin + matrix.size].reshape(matrix.shape)
            begin += matrix.size
        return parts

    @property
    def scale(self) -> float:
        """What the sum of all losses is multiplied with to get their mean."""
        return 1.0 / (len(self.weather) * self.config.weeks)


def large() -> Roommate:
    """A roommate with 64 dishes and 4 weathers whose rule is random."""
    names = tuple(f"d{index}" for index in range(64))
    table = np.random.default_rng(0).integers(64, size=(4, 64)).tolist()
    return Roommate("large", names, ("a", "b", "c", "d"), tuple(map(tuple, table)), ("w",) * 4)


WORKS: Mapping[str, tuple[Roommate, dict[str, object]]] = MappingProxyType(
    {
        "1 week": (PERFECT_ROOMMATE, {"weeks": 1}),
        "32 weeks": (PERFECT_ROOMMATE, {"weeks": 32}),
        "1,024 weeks": (PERFECT_ROOMMATE, {"weeks": 1024}),
        "64 dishes, 4 weathers, 30 days, 64 weeks": (large(), {"weeks": 64, "days": 30}),
        "elman, 32 weeks of 12 days": (PERFECT_ROOMMATE, {"network": "elman", "weeks": 32, "days": 12}),
        "gru, 32 weeks of 12 days": (PERFECT_ROOMMATE, {"network": "gru", "weeks": 32, "days": 12}),
        "lstm, 32 weeks of 12 days": (PERFECT_ROOMMATE, {"network": "lstm", "weeks": 32, "days": 12}),
    }
)
"""The rows of the table."""


class Peer(ABC):
    """Another one who does the work; it only makes updates from the one batch.

    Args:
        work: What is to be done.

    Raises:
        Absent: It cannot do it here, or does not do work of this kind.
    """

    name: ClassVar[str]

    @abstractmethod
    def __init__(self, work: Work) -> None: ...

    @abstractmethod
    def gradient(self) -> tuple[float, Array]:
        """The loss and its gradient as one vector, for the weights as they are."""

    @abstractmethod
    def run(self, updates: int) -> None:
        """Make so many updates, and wait until they are made."""

    @property
    @abstractmethod
    def weights(self) -> Array:
        """All weights as one vector."""


def module(name: str) -> Any:
    """An imported module that may be absent.

    Raises:
        Absent: It is not installed.
    """
    if importlib.util.find_spec(name) is None:
        raise Absent(f"{name} is not installed")
    return importlib.import_module(name)
