"""The words that a setting of training can be, without numpy, so that ``--help`` stays fast."""

from __future__ import annotations

OPTIMIZER_NAMES = ("sgd", "momentum", "rmsprop", "adam")
"""The names of the optimizers."""

INITIALS = ("normal", "uniform", "positive", "zero")
"""How weights can start."""

LOSS_DAYS = ("all", "last")
"""The days of a week whose dishes the loss counts."""

STOPS = ("learned", "loss", "updates")
"""When a run can end."""
