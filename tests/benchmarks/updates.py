"""Updates a second of the trainer, beside the same arithmetic written straightforwardly.

    python tests/benchmarks/updates.py [--seconds N]

Both make full updates (forward, backpropagation through time, Adam) with soft feedback in float64 and are checked to
arrive at the same loss; the trainer also judges the rule and keeps its history. Only ratios mean anything.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from rich.console import Console
from rich.table import Table

from model.arrays import Array
from model.network.batch import Batch
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.training.batches import Batches
from model.training.config import TrainingConfig
from model.training.run import TrainingRun


class Plain:
    """Training as one would write it down first: no buffers, no views, a dictionary of weights."""

    def __init__(self, roommate: Roommate, config: TrainingConfig) -> None:
        moment = TrainingRun(roommate, config).moment()
        weights = moment.network.parameters
        self.weights = {
            "food": weights["food"].copy(),
            "weather": weights["weather"].copy(),
            "merge": weights["merge"].copy(),
        }
        self.first = {name: np.zeros_like(matrix) for name, matrix in self.weights.items()}
        self.second = {name: np.zeros_like(matrix) for name, matrix in self.weights.items()}
        self.batches, self.rate, self.update, self.loss = Batches(roommate, config), config.learning_rate, 0, 0.0

    def step(self) -> None:
        """One update."""
        weeks = self.batches.at(self.update)
        self.loss, gradients = self.gradients(weeks)
        self.update += 1
        for name, gradient in gradients.items():
            self.first[name] = 0.9 * self.first[name] + 0.1 * gradient
            self.second[name] = 0.999 * self.second[name] + 0.001 * gradient**2
            m = self.first[name] / (1 - 0.9**self.update)
            v = self.second[name] / (1 - 0.999**self.update)
            self.weights[name] = self.weights[name] - self.rate * m / (np.sqrt(v) + 1e-8)

    def gradients(self, weeks: Batch) -> tuple[float, dict[str, Array]]:
        """Loss and gradients of a batch."""
        food, weather, merge = self.weights.values()
        assert weeks.target is not None
        days, _, count = weeks.weather.shape
        previous, kept, loss = weeks.start, [], 0.0
        for day in range(days):
            a = np.tanh(food @ previous + weather @ weeks.weather[day])
            y = merge @ a
            e = np.exp(y - y.max(axis=0))
            p = e / e.sum(axis=0)
            loss -= float((np.log(p) * weeks.target[day]).sum()) / (days * count)
            kept.append((previous, a, p))
            previous = p
        gradients = {name: np.zeros_like(matrix) for name, matrix in self.weights.items()}
        back = np.zeros_like(previous)
        for day in reversed(range(days)):
            before, a, p = kept[day]
            dy = (p - weeks.target[day]) / (days * count) + p * (back - (p * back).sum(axis=0))
            dz = (merge.T @ dy) * (1 - a**2)
            gradients["merge"] += dy @ a.T
            gradients["food"] += dz @ before.T
            gradients["weather"] += dz @ weeks.weather[day].T
            back = food.T @ dz
        return loss, gradients


def speed(step: Callable[[], None], seconds: float) -> float:
    """Calls a second."""
    for _ in range(3):
        step()
    begin, count = time.perf_counter(), 0
    while time.perf_counter() - begin < seconds:
        step()
        count += 1
    return count / (time.perf_counter() - begin)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=1.0)
    seconds = parser.parse_args().seconds
    rng = np.random.default_rng(0)
    names = tuple(f"d{index}" for index in range(64))
    large = Roommate(
        "large", names, ("a", "b", "c", "d"), tuple(map(tuple, rng.integers(64, size=(4, 64)).tolist())), ("w",) * 4
    )
    shapes: dict[str, tuple[Roommate, TrainingConfig]] = {
        f"{weeks} weeks": (PERFECT_ROOMMATE, TrainingConfig(weeks=weeks, stop="updates", updates=1_000_000))
        for weeks in (1, 32, 1024)
    }
    shapes["64 dishes, 4 weathers, 30 days, 64 weeks"] = (
        large,
        TrainingConfig(weeks=64, days=30, stop="updates", updates=1_000_000),
    )
    table = Table("", "straightforward /s", "the trainer /s", "ratio")
    for name, (roommate, config) in shapes.items():
        plain, run = Plain(roommate, config), TrainingRun(roommate, config)
        for _ in range(5):
            plain.step()
            run.advance()
        assert abs(plain.gradients(Batches(roommate, config).at(5))[0] - run.loss) < 1e-9
        one, two = speed(plain.step, seconds), speed(run.advance, seconds)
        table.add_row(name, f"{one:,.0f}", f"{two:,.0f}", f"{two / one:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
