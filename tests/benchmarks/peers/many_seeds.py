"""Many trainings at once as users of PyTorch and JAX make them: one network's loss, and `vmap` over the seeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from model.arrays import Array
from model.roommate.roommate import PERFECT_ROOMMATE
from model.training.batches import Batches
from model.training.config import TrainingConfig
from model.training.trainer import Trainer
from tests.benchmarks.peers.cells import day
from tests.benchmarks.peers.in_jax import JaxLoop, JaxSteps
from tests.benchmarks.peers.work import BETA_1, BETA_2, ENDLESS, EPSILON, Peer, Work, module


@dataclass(frozen=True, eq=False)
class SeedWork(Work):
    """The work of many seeds: a first axis of all arrays is theirs, and each has weights and one batch of its own."""

    seeds: int = 1

    @classmethod
    def of_seeds(cls, seeds: int, **settings: Any) -> SeedWork:
        """The work of the seeds from 0 on."""
        config = TrainingConfig(**{**ENDLESS, **settings})
        batches = Batches(PERFECT_ROOMMATE, config)
        weights, arrays = [], []
        for seed in range(seeds):
            batch = batches.weeks(batches.drawn(seed, 0)[0])
            assert batch.target is not None
            arrays.append((batch.weather.copy(), batch.start.copy(), batch.target.copy()))
            own = TrainingConfig(**{**ENDLESS, **settings, "seed": seed})
            weights.append(Trainer(PERFECT_ROOMMATE, own).network.parameters.matrices)
        stacked = {name: np.stack([matrices[name] for matrices in weights]) for name in weights[0]}
        weather, start, target = map(np.stack, zip(*arrays, strict=True))
        return cls(PERFECT_ROOMMATE, config, stacked, weather, start, target, seeds)

    @property
    def scale(self) -> float:
        return 1.0 / (self.config.days * self.config.weeks)

    def each(self, matrices: dict[str, Any]) -> Array:
        """(seeds, size): all weights of each seed as one vector."""
        return np.hstack([np.asarray(matrix).reshape(self.seeds, -1) for matrix in matrices.values()])


class _JaxSeeds(JaxSteps):
    """`vmap` of the gradient over the first axis; Adam works entry by entry."""

    work: SeedWork

    def __init__(self, work: SeedWork) -> None:
        super().__init__(work)
        self.graded = self.jax.vmap(self.jax.value_and_grad(self.loss))

    @property
    def weights(self) -> Array:
        return self.work.each({name: self.state[0][name] for name in self.work.weights})


class JaxVmapSteps(_JaxSeeds):
    """One compiled step after another."""

    name = "JAX vmap per step"


class JaxVmapLoop(_JaxSeeds, JaxLoop):
    """`jax.lax.scan` over all updates."""

    name = "JAX vmap whole loop"


class TorchVmap(Peer):
    """`torch.func.vmap` over `grad_and_value`, and Adam written out."""

    name = "PyTorch vmap"

    def __init__(self, work: SeedWork) -> None:
        self.work, self.torch = work, module("torch")
        torch = self.torch
        torch.set_num_threads(1)
        self.ops = {"activation": getattr(torch, work.config.activation), "sigmoid": torch.sigmoid}
        self.graded = torch.func.vmap(torch.func.grad_and_value(self.loss))
        self.batch = tuple(map(torch.tensor, (work.weather, work.start, work.target)))
        weights = {name: torch.tensor(matrix) for name, matrix in work.weights.items()}
        zeros = [{name: torch.zeros_like(matrix) for name, matrix in weights.items()} for _moment in range(2)]
        self.state: Any = weights, *zeros, torch.ones(2, dtype=torch.float64)
        self.betas = torch.tensor([BETA_1, BETA_2], dtype=torch.float64)
        self.step: Any = self.made

    def loss(self, weights: Any, batch: Any) -> Any:
        """The mean loss of one seed's batch."""
        weeks, before, targets = batch
        total = 0.0
        for weather, target in zip(weeks, targets, strict=True):
            logits, handed_on = day(self.ops, self.work.config.network, weights, weather, before)
            logs = self.torch.log_softmax(logits, 0)
            before = self.torch.exp(logs) if handed_on is None else handed_on
            total = total - (logs * target).sum()
        return total * self.work.scale

    def made(self, batch: Any, weights: Any, first: Any, second: Any, powers: Any) -> Any:
        """The state after an update."""
        gradients, _loss = self.graded(weights, batch)
        powers = powers * self.betas
        after: tuple[dict[str, Any], ...] = {}, {}, {}
        for name, gradient in gradients.items():
            after[1][name] = BETA_1 * first[name] + (1 - BETA_1) * gradient
            after[2][name] = BETA_2 * second[name] + (1 - BETA_2) * gradient * gradient
            root = self.torch.sqrt(after[2][name] / (1 - powers[1])) + EPSILON
            moved = self.work.config.learning_rate * (after[1][name] / (1 - powers[0])) / root
            after[0][name] = weights[name] - moved
        return *after, powers

    def gradient(self) -> tuple[float, Array]:
        gradients, losses = self.graded(self.state[0], self.batch)
        return losses.mean().item(), self.work.each(gradients)

    def run(self, updates: int) -> None:
        state = self.state
        with self.torch.no_grad():
            for _update in range(updates):
                state = self.step(self.batch, *state)
        self.state = state

    @property
    def weights(self) -> Array:
        return self.work.each(self.state[0])


class TorchVmapCompiled(TorchVmap):
    """The same, the whole step compiled."""

    name = "PyTorch vmap compiled"

    def __init__(self, work: SeedWork) -> None:
        super().__init__(work)
        self.torch.compiler.reset()
        self.step = self.torch.compile(self.made, fullgraph=True, dynamic=False)
