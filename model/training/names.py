"""The words that a setting of training can be, without numpy, so that ``--help`` stays fast."""

from __future__ import annotations

OPTIMIZER_NAMES = ("sgd", "momentum", "rmsprop", "adam")
"""The names of the optimizers."""

INITIALS = ("normal", "uniform", "positive")
"""How weights can start."""

STOPS = ("learned", "loss", "updates")
"""When a run can end."""
