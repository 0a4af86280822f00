"""The words that a setting of training can be, without numpy, so that ``--help`` stays fast."""

from __future__ import annotations

OPTIMIZER_NAMES = ("sgd", "momentum", "rmsprop", "adam")
"""The names of the optimizers."""

INITIALS = ("normal", "uniform", "positive", "zero", "fan-in")
"""How weights can start."""

LOSS_DAYS = ("all", "last")
"""The days of a week whose dishes the loss counts."""

SWITCHES = ("on", "off")
"""Whether there are biases."""

STARTS = ("one-hot", "zero")
"""What the hidden units are before the first day: they tell the state, or nothing."""

STOPS = ("learned", "loss", "updates")
"""When a run can end."""
