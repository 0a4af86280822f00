"""A day of the networks with one sum, in PyTorch: what our forward and backward pass are compared with."""

from __future__ import annotations

import numpy as np
import pytest

from model.arrays import Array
from model.network.batch import Batch
from model.network.network import Network
from model.network.schedule import Feedback


def loss_and_gradient(network: Network, weeks: Batch, feedback: Feedback) -> tuple[float, Array]:
    """The loss and its gradient, weight by weight: z = first · previous + Weather · w, y = Merge · φ(z).

    Args:
        network: The lecture's of lesson 3, or Elman's.
        weeks: With targets.
        feedback: What is handed on to the next day.
    """
    torch = pytest.importorskip("torch", reason="needs PyTorch: pip install 'roommate-tui[torch]'")
    functions = {
        "none": lambda z: z,
        "tanh": torch.tanh,
        "sigmoid": torch.sigmoid,
        "softmax": lambda z: torch.softmax(z, dim=0),
        "relu": torch.relu,
        "relu-1": lambda z: torch.relu(z - 1),
    }
    assert weeks.target is not None
    tensors = [torch.tensor(matrix, requires_grad=True) for matrix in network.parameters.matrices.values()]
    first, weather, merge = tensors
    previous, total = torch.tensor(weeks.start), torch.tensor(0.0)
    days, _, count = weeks.weather.shape
    for day in range(days):
        hidden = functions[network.activation.name](first @ previous + weather @ torch.tensor(weeks.weather[day]))
        y, target = merge @ hidden, torch.tensor(weeks.target[day])
        total = total - (torch.log_softmax(y, dim=0) * target).sum() / (days * count)
        match feedback:
            case Feedback.HIDDEN:
                previous = hidden
            case Feedback.SOFT:
                previous = torch.softmax(y, dim=0)
            case _:
                previous = target
    total.backward()
    return total.item(), np.concatenate([tensor.grad.numpy().ravel() for tensor in tensors])
