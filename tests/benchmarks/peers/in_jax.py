"""JAX: one compiled step at a time, and the whole loop compiled."""

from __future__ import annotations

from typing import Any

import numpy as np

from model.arrays import Array
from tests.benchmarks.peers.cells import day
from tests.benchmarks.peers.work import BETA_1, BETA_2, EPSILON, Peer, Work, module


class JaxSteps(Peer):
    """`jax.jit` over the whole step, as the tutorials have it: matrices by name, and a batch that is handed in."""

    name = "JAX per step"

    def __init__(self, work: Work) -> None:
        self.jax = jax = module("jax")
        jax.config.update("jax_enable_x64", True)
        self.work, self.numpy = work, module("jax.numpy")
        self.ops = {"activation": jax.nn.sigmoid if work.config.activation == "sigmoid" else self.numpy.tanh}
        self.ops["sigmoid"] = jax.nn.sigmoid
        self.graded = jax.value_and_grad(self.loss)
        weights = jax.tree.map(self.numpy.asarray, dict(work.weights))
        zeros = jax.tree.map(self.numpy.zeros_like, weights)
        self.batch: Any = tuple(map(self.numpy.asarray, (work.weather, work.start, work.target)))
        self.state: Any = weights, zeros, jax.tree.map(self.numpy.zeros_like, weights), self.numpy.zeros(())
        self.compiled = jax.jit(self.step)

    def loss(self, weights: Any, batch: Any) -> Any:
        """The mean loss of a batch."""
        weeks, before, targets = batch
        network = self.work.config.network
        before = (before, before) if network == "lstm" else before
        total = 0.0
        for weather, target in zip(weeks, targets, strict=True):
            logits, handed_on = day(self.ops, network, weights, weather, before)
            logs = self.jax.nn.log_softmax(logits, 0)
            before = self.numpy.exp(logs) if handed_on is None else handed_on
            total -= (logs * target).sum()
        return total * self.work.scale

    def step(self, state: Any, batch: Any) -> Any:
        """The state after one update, and the loss before it."""
        each, (weights, first, second, count) = self.jax.tree.map, state
        loss, gradients = self.graded(weights, batch)
        count += 1
        first = each(lambda m, g: BETA_1 * m + (1 - BETA_1) * g, first, gradients)
        second = each(lambda v, g: BETA_2 * v + (1 - BETA_2) * g * g, second, gradients)
        m_scale, v_scale = 1 / (1 - BETA_1**count), 1 / (1 - BETA_2**count)
        rate = self.work.config.learning_rate

        def moved(weight: Any, m: Any, v: Any) -> Any:
            return weight - rate * (m * m_scale) / (self.numpy.sqrt(v * v_scale) + EPSILON)

        return (each(moved, weights, first, second), first, second, count), loss

    def gradient(self) -> tuple[float, Array]:
        loss, gradients = self.jax.jit(self.graded)(self.state[0], self.batch)
        return float(loss), self._flat(gradients)

    def run(self, updates: int) -> None:
        state, step, batch = self.state, self.compiled, self.batch
        for _update in range(updates):
            state, _loss = step(state, batch)
        self.state = self.jax.block_until_ready(state)

    @property
    def weights(self) -> Array:
        return self._flat(self.state[0])

    def _flat(self, matrices: Any) -> Array:
        return np.concatenate([np.asarray(matrices[name]).ravel() for name in self.work.weights])


class JaxLoop(JaxSteps):
    """`jax.lax.scan` over all updates: Python is left once."""

    name = "JAX whole loop"

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.loop = self.jax.jit(self._loop, static_argnums=2, donate_argnums=0)

    def _loop(self, state: Any, batch: Any, updates: int) -> Any:
        return self.jax.lax.scan(lambda carry, _unused: self.step(carry, batch), state, length=updates)

    def run(self, updates: int) -> None:
        self.state, _losses = self.jax.block_until_ready(self.loop(self.state, self.batch, updates))
