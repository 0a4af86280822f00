"""One update of one week, computed but not applied: what the walk backwards shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.arrays import Array
from model.network.backward import BackwardPass, run_backward
from model.network.batch import Batch
from model.network.cell import LOGITS
from model.network.forward import ForwardPass, run_forward
from model.network.loss import loss, loss_and_accuracy
from model.network.network import Network
from model.network.parameters import Parameters, parts
from model.network.schedule import Feedback
from model.training.config import TrainingConfig
from model.training.day_errors import DayErrors, day_errors
from model.training.optimizers import OptimizerState, compute_step


@dataclass(frozen=True, eq=False)
class Update:
    """The way from a week's error to new weights.

    Attributes:
        network: The weights as they are.
        config: The settings: feedback, optimizer, learning rate, clipping, frozen matrices.
        batch: One week, with the dishes really cooked.
        forward: The forward pass with the feedback of the settings.
        back: The backward pass.
        loss: The mean cross-entropy of the week's days that count, in nats.
        gradient: (size,): dL/dweights as one vector: the sum of the days.
        norm: Its length, frozen matrices left out.
        clipped: (size,): what the optimizer gets: zero for frozen matrices, scaled down where it was too long.
        memory: The optimizer's memory after the update.
        step: (size,): what is added to the weights.
        after: The new weights.
    """

    network: Network
    config: TrainingConfig
    batch: Batch
    forward: ForwardPass
    back: BackwardPass
    loss: float
    gradient: Array
    norm: float
    clipped: Array
    memory: OptimizerState
    step: Array
    after: Parameters

    @property
    def feedback(self) -> Feedback:
        """What became each next day's "yesterday"."""
        return self.network.feedback(Feedback(self.config.feedback))

    @cached_property
    def reach(self) -> Array:
        """How long the last day's own error is when it has come back to each day, (T,).

        To its logits, that is, or where hidden units are handed on to these, on which the next day depends.
        """
        with np.errstate(all="ignore"):
            alone = run_backward(self.network, self.forward, self.batch, self.back.feedback, only_day=self.days - 1)
            cell = self.network.cell
            arrived = alone.gradients[cell.hidden if cell.remembers else LOGITS]
            reach: Array = np.sqrt(np.square(arrived[:, :, 0]).sum(axis=1))
        return reach

    @cached_property
    def day_errors(self) -> DayErrors:
        """How large the error is day by day, and what each day adds to the gradient of each matrix."""
        return day_errors(self.back)

    @cached_property
    def accuracy(self) -> float:
        """The part of the week's days whose dish is right."""
        with np.errstate(all="ignore"):
            return loss_and_accuracy(self.forward, self.batch)[1]

    @property
    def days(self) -> int:
        """The number of days T."""
        return int(self.batch.weather.shape[0])

    @property
    def gradients(self) -> dict[str, Array]:
        """The gradient of each matrix, in its shape, by the matrix's name."""
        return {name: self.part(self.gradient, name) for name in self.network.matrices}

    @property
    def finite(self) -> bool:
        """Whether nothing on the way back was too large for a number."""
        return bool(np.isfinite(self.loss) and np.isfinite(self.gradient).all())

    def part(self, vector: Array, matrix: str) -> Array:
        """A matrix's part of a vector of all weights, in that matrix's shape."""
        return parts(vector, self.network.cell, self.network.parameters.sizes)[matrix]


def work_out_update(
    network: Network, batch: Batch, config: TrainingConfig, memory: OptimizerState | None = None
) -> Update:
    """Work out the update that training would make from one week.

    Args:
        network: The weights.
        batch: One week (B = 1), with targets.
        config: The settings.
        memory: The optimizer's memory before the update; by default empty. It is left as it is.

    Raises:
        TrainingError: The network's non-linearity has no useful derivative.
    """
    feedback, weights = Feedback(config.feedback), network.parameters
    with np.errstate(all="ignore"):
        forward = run_forward(network, batch, feedback)
        back = run_backward(network, forward, batch, feedback, last_only=config.loss_days == "last")
        gradient = np.empty_like(weights.flat)
        sum_days(back, parts(gradient, network.cell, weights.sizes))
        memory = OptimizerState.fresh(gradient.size) if memory is None else memory.copy()
        clipped, step = gradient.copy(), np.empty_like(gradient)
        norm = compute_step(
            memory,
            clipped,
            step,
            optimizer=config.optimizer,
            rate=config.learning_rate,
            most=config.clip,
            frozen=[weights.span(name) for name in config.frozen if name in weights.matrices],
        )
        after = Parameters.of_flat(weights.flat + step, network.cell, weights.sizes)
        week_loss = loss(forward, batch, last_only=config.loss_days == "last")
    return Update(
        network=network,
        config=config,
        batch=batch,
        forward=forward,
        back=back,
        loss=week_loss,
        gradient=gradient,
        norm=norm,
        clipped=clipped,
        memory=memory,
        step=step,
        after=after,
    )


def sum_days(back: BackwardPass, into: Mapping[str, Array]) -> None:
    """Write the gradient of every matrix, the sum of its days, into arrays of the matrices' shapes."""
    for name, of_days in back.matrices.items():
        np.add.reduce(of_days, axis=0, out=into[name])
