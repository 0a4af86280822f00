"""PyTorch: eager, and with the whole step compiled."""

from __future__ import annotations

from typing import Any

import numpy as np

from model.arrays import Array
from tests.benchmarks.peers.cells import day
from tests.benchmarks.peers.work import BETA_1, BETA_2, EPSILON, Peer, Work, module


class _Torch(Peer):
    def __init__(self, work: Work) -> None:
        self.torch = torch = module("torch")
        torch.set_num_threads(1)
        self.network, self.scale = work.config.network, work.scale
        self.weather, self.start, self.target = map(torch.tensor, (work.weather, work.start, work.target))
        self.ops = {"activation": getattr(torch, work.config.activation), "sigmoid": torch.sigmoid}

    def loss(self, weights: Any) -> Any:
        """The mean loss of the batch."""
        torch, network = self.torch, self.network
        before: Any = (self.start, self.start) if network == "lstm" else self.start
        total = 0.0
        for weather, target in zip(self.weather, self.target, strict=True):
            logits, handed_on = day(self.ops, network, weights, weather, before)
            logs = torch.log_softmax(logits, 0)
            before = torch.exp(logs) if handed_on is None else handed_on
            total = total - (logs * target).sum()
        return total * self.scale


class TorchEager(_Torch):
    """As the tutorials have it: `backward`, and `torch.optim.Adam`."""

    name = "PyTorch eager"

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        torch = self.torch
        self.matrices = {name: torch.tensor(m.copy(), requires_grad=True) for name, m in work.weights.items()}
        self.adam = torch.optim.Adam(self.matrices.values(), lr=work.config.learning_rate)

    def gradient(self) -> tuple[float, Array]:
        self.adam.zero_grad()
        loss = self.loss(self.matrices)
        loss.backward()
        return loss.item(), _flat({name: matrix.grad for name, matrix in self.matrices.items()})

    def run(self, updates: int) -> None:
        for _update in range(updates):
            self.adam.zero_grad()
            self.loss(self.matrices).backward()
            self.adam.step()

    @property
    def weights(self) -> Array:
        return _flat(self.matrices)


class TorchCompiled(_Torch):
    """`torch.compile` over the whole step: loss, gradient and Adam."""

    name = "PyTorch compiled"

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        torch, rate = self.torch, work.config.learning_rate
        self.graded = torch.func.grad_and_value(self.loss)
        betas = torch.tensor([BETA_1, BETA_2], dtype=torch.float64)

        def step(weights: Any, first: Any, second: Any, powers: Any) -> Any:
            gradients, _loss = self.graded(weights)
            powers = powers * betas
            after: tuple[dict[str, Any], ...] = {}, {}, {}
            for name, gradient in gradients.items():
                after[1][name] = BETA_1 * first[name] + (1 - BETA_1) * gradient
                after[2][name] = BETA_2 * second[name] + (1 - BETA_2) * gradient * gradient
                root = torch.sqrt(after[2][name] / (1 - powers[1])) + EPSILON
                after[0][name] = weights[name] - rate * (after[1][name] / (1 - powers[0])) / root
            return *after, powers

        weights = {name: torch.tensor(matrix) for name, matrix in work.weights.items()}
        zeros = [{name: torch.zeros_like(matrix) for name, matrix in weights.items()} for _moment in range(2)]
        self.state: Any = weights, *zeros, torch.ones(2, dtype=torch.float64)
        torch.compiler.reset()  # another work's shapes are not this one's
        self.step = torch.compile(step, fullgraph=True, dynamic=False)

    def gradient(self) -> tuple[float, Array]:
        gradients, loss = self.graded(self.state[0])
        return loss.item(), _flat(gradients)

    def run(self, updates: int) -> None:
        state = self.state
        with self.torch.no_grad():
            for _update in range(updates):
                state = self.step(*state)
        self.state = state

    @property
    def weights(self) -> Array:
        return _flat(self.state[0])


def _flat(matrices: Any) -> Array:
    return np.concatenate([matrix.detach().numpy().ravel() for matrix in matrices.values()])
