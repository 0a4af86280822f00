"""Updates of many networks of one shape side by side, each from its own weeks."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import numpy as np

from model.arrays import Array, Indices
from model.network.activations import activation_named
from model.network.backward import BackwardPass, run_backward
from model.network.batch import Batch
from model.network.cell import Size
from model.network.forward import ForwardPass, run_forward
from model.network.lean import lean_backward, lean_forward
from model.network.network import Network, default_sizes
from model.network.parameters import Parameters, parts
from model.network.products import ManyNetworks, SeedsFirst, SeedsLast
from model.network.schedule import Feedback
from model.roommate.roommate import Roommate
from model.training.config import TrainingConfig
from model.training.optimizers import OptimizerState, compute_step

FEW_WEEKS = 2
"""Up to so many weeks of a batch, seeds are last; with more, BLAS is faster."""

SMALL = 256
"""So many weights may a matrix have at the most for seeds to be last."""

FEWEST_SEEDS_LAST = 8
"""The fewest networks where seeds are last: the numbers of a single one would be added up in another order."""


def live_networks(roommate: Roommate, config: TrainingConfig, flat: Array) -> Network:
    """The networks, or the one, whose weights are views of (size, networks) or (size,) numbers."""
    sizes = default_sizes(config.cell, roommate, config.hidden)
    return Network(
        Parameters.live(config.cell, parts(flat, config.cell, sizes)),
        activation_named(config.activation),
        "",
        trained_with=Feedback(config.feedback),
        zero_start=config.cell.remembers and config.start == "zero",
    )


def seeds_last(roommate: Roommate, config: TrainingConfig) -> bool:
    """Whether seeds are last. It must not depend on how many there are: no seed's numbers may."""
    sizes = default_sizes(config.cell, roommate, config.hidden)
    largest = max(sizes[rows] * sizes[columns] for rows, columns in config.cell.matrices.values())
    return config.weeks <= FEW_WEEKS and largest <= SMALL


def fewest_lanes(roommate: Roommate, config: TrainingConfig) -> int:
    """How many networks there must be at the least, be they used or not."""
    return FEWEST_SEEDS_LAST if seeds_last(roommate, config) else 1


def products_for(roommate: Roommate, config: TrainingConfig, networks: int) -> ManyNetworks:
    """How so many networks of these settings multiply at once, or a few more that nobody needs."""
    count = max(networks, fewest_lanes(roommate, config))
    return (SeedsLast if seeds_last(roommate, config) else SeedsFirst)(count)


class SeedUpdates:
    """The weights of many networks, their optimizers' memories, and one update after another in all of them.

    Args:
        roommate: Whose rule is learned.
        config: All settings but the seed.
        count: How many networks.

    Attributes:
        flat: (size, networks): the weights.
        gradient: (size, networks): the gradient of the weeks that were given last.
        step: (size, networks): what the last update added.
        memory: What the optimizers remember; ``count`` is an array of as many.
        network: The networks as one, whose weights are those of `flat`.
        products: How they multiply, and where their columns are.
    """

    def __init__(self, roommate: Roommate, config: TrainingConfig, count: int) -> None:
        self.config = config
        products = products_for(roommate, config, count)
        count = products.networks
        sizes = default_sizes(config.cell, roommate, config.hidden)
        size = sum(sizes[rows] * sizes[columns] for rows, columns in config.cell.matrices.values())
        self.products = products
        self.flat, self.gradient, self.step = (products.weights(size) for _index in range(3))
        # The optimizers' rules hold entry by entry: a count for each network does as well as one for all.
        counts = cast("int", np.zeros(count, dtype=np.int64))
        self.memory = OptimizerState(products.weights(size), products.weights(size), counts)
        self.network = live_networks(roommate, config, self.flat)
        self._feedback = Feedback(config.feedback)
        self._frozen = [self.network.parameters.span(name) for name in config.frozen]
        self._last_only = config.loss_days == "last"
        shape = config.days, sizes[Size.WEATHERS], config.weeks * count
        forward = replace(ForwardPass.allocate(self.network.parameters, shape), products=products)
        self._forward = lean_forward(forward, self.network.feedback(self._feedback))
        back = BackwardPass.allocate(self.network, self._feedback, config.days, config.weeks * count)
        gradients = live_networks(roommate, config, self.gradient).parameters
        self._back = lean_backward(replace(back, matrices=gradients.matrices))

    def evaluate(self, batch: Batch) -> Array:
        """The loss of each network on its weeks; the next update learns from them.

        Args:
            batch: The weeks of all networks as columns.
        """
        run_forward(self.network, batch, self._feedback, self._forward, choose=False)
        loss = losses(self._forward, batch, self.products, last_only=self._last_only)
        run_backward(self.network, self._forward, batch, self._feedback, self._back, last_only=self._last_only)
        return loss

    def update(self, new: Indices | None = None) -> None:
        """Make an update in all networks.

        Args:
            new: Those that have just begun: they have no gradient yet, and stay as they are.
        """
        config, memory = self.config, self.memory
        compute_step(
            memory,
            self.gradient,
            self.step,
            optimizer=config.optimizer,
            rate=config.learning_rate,
            most=config.clip,
            frozen=self._frozen,
        )
        if new is not None and new.size:
            for array in (self.step, memory.first, memory.second):
                array[:, new] = 0.0
            cast("Indices", memory.count)[new] = 0
        np.add(self.flat, self.step, self.flat)

    def take_over(self, other: SeedUpdates, which: Indices) -> None:
        """Go on from some networks of others, which become the first of these."""
        into = slice(which.size)
        self.flat[:, into], self.gradient[:, into] = other.flat[:, which], other.gradient[:, which]
        self.memory.first[:, into] = other.memory.first[:, which]
        self.memory.second[:, into] = other.memory.second[:, which]
        cast("Indices", self.memory.count)[into] = cast("Indices", other.memory.count)[which]


def losses(forward: ForwardPass, batch: Batch, products: ManyNetworks, *, last_only: bool = False) -> Array:
    """(networks,): the loss of each network, as `loss` has it."""
    assert batch.target is not None
    first = -1 if last_only else 0
    probability = np.einsum("tnc,tnc->tc", forward.probabilities[first:], batch.target[first:])
    days, columns = probability.shape
    weeks = columns // products.networks
    mean: Array = products.totals(np.log(probability)) / -(days * weeks)
    if not probability.min() > 0:
        # A probability too small for a float: log Σ eʸ − y of the target is finite all the same.
        none = (~(products.apart(probability) > 0)).any(axis=(0, 2))
        shifted = forward.logits[first:] - forward.logits[first:].max(axis=1, keepdims=True)
        logits = (shifted * batch.target[first:]).sum(axis=1)
        lost = products.totals(np.log(np.exp(shifted).sum(axis=1)) - logits) / (days * weeks)
        mean[none] = lost[none]
    return mean
