"""What each setting of training means, for whoever lists them."""

from __future__ import annotations

HELP = {
    "seed": "where all random numbers come from",
    "optimizer": "how a gradient becomes an update",
    "learning_rate": "the length of a step",
    "activation": "the non-linearity",
    "feedback": "what becomes tomorrow's yesterday",
    "weeks": "random weeks an update looks at",
    "days": "days of such a week",
    "hidden": "hidden units; 0: one a case",
    "initial": "how weights start",
    "scale": "how large they start",
    "clip": "greatest norm of a gradient; 0: any",
    "freeze": "matrices to leave alone: food,merge",
    "stop": "when training ends by itself",
    "hold": "updates the rule must stay right",
    "loss_below": "nats, for stop: loss",
    "updates": "the most updates",
    "network": "what it feeds back: dish or hidden units",
}
"""What each setting means, in a few words."""
