"""One update of one week, worked out with every number kept and nothing changed: what the walk backwards shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.arrays import Array
from model.network.backward import BackwardPass, loss, run_backward
from model.network.batch import Batch
from model.network.forward import ForwardPass, run_forward
from model.network.network import Feedback, Network
from model.network.parameters import Parameters, flattened, parts, place_of
from model.training.config import TrainingConfig
from model.training.names import MATRICES
from model.training.optimizers import OptimizerState, compute_step


@dataclass(frozen=True, eq=False)
class Update:
    """The way from a week's error to new weights.

    Attributes:
        network: The weights as they are.
        config: The settings: feedback, optimizer, learning rate, clipping, frozen matrices.
        weeks: One week, with the dishes really cooked.
        run: The forward pass with the feedback of the settings.
        back: The backward pass.
        loss: The mean cross-entropy of the week's days, in nats.
        gradient: (size,): dL/dweights as one vector: the sum of the days.
        norm: Its length, frozen matrices left out.
        clipped: (size,): what the optimizer gets: zero for frozen matrices, scaled down where it was too long.
        memory: The optimizer's memory after the update.
        step: (size,): what is added to the weights.
        after: The new weights.
    """

    network: Network
    config: TrainingConfig
    weeks: Batch
    run: ForwardPass
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

        To its logits, that is, or in the Elman network to its hidden units, on which the next day depends.
        """
        feedback = Feedback(self.config.feedback)
        with np.errstate(all="ignore"):
            alone = run_backward(self.network, self.run, self.weeks, feedback, only_day=self.days - 1)
            arrived = alone.hidden if self.feedback is Feedback.HIDDEN else alone.logits
            reach: Array = np.sqrt(np.square(arrived[:, :, 0]).sum(axis=1))
        return reach

    @property
    def days(self) -> int:
        """The number of days T."""
        return int(self.weeks.weather.shape[0])

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
        return parts(vector, *self.network.parameters.sizes)[place_of(matrix)]


def work_out_update(
    network: Network, weeks: Batch, config: TrainingConfig, memory: OptimizerState | None = None
) -> Update:
    """Work out the update that training would make from one week.

    Args:
        network: The weights.
        weeks: One week (B = 1), with targets.
        config: The settings.
        memory: The optimizer's memory before the update; by default empty. It is left as it is.

    Raises:
        TrainingError: The network's non-linearity has no useful derivative.
    """
    feedback, weights = Feedback(config.feedback), network.parameters
    with np.errstate(all="ignore"):
        run = run_forward(network, weeks, feedback)
        back = run_backward(network, run, weeks, feedback)
        gradient = np.concatenate(
            [days.sum(axis=0).ravel() for days in (back.days_food, back.days_weather, back.days_merge)]
        )
        memory = OptimizerState.fresh(gradient.size) if memory is None else memory.copy()
        clipped, step = gradient.copy(), np.empty_like(gradient)
        in_use = {place_of(name) for name in network.matrices}
        absent = [name for name in MATRICES if place_of(name) not in in_use]  # only zeros or the identity
        norm = compute_step(
            memory,
            clipped,
            step,
            optimizer=config.optimizer,
            rate=config.learning_rate,
            most=config.clip,
            frozen=[weights.span(name) for name in (*config.frozen, *absent)],
        )
        after = Parameters(*parts(flattened(weights) + step, *weights.sizes))
        told = loss(run, weeks)
    return Update(
        network=network,
        config=config,
        weeks=weeks,
        run=run,
        back=back,
        loss=told,
        gradient=gradient,
        norm=norm,
        clipped=clipped,
        memory=memory,
        step=step,
        after=after,
    )
