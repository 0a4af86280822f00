"""The meaning of each training setting, in a few words."""

from __future__ import annotations

from model.language import N_

HELP = {
    "seed": N_("where all random numbers come from"),
    "optimizer": N_("how a gradient becomes an update"),
    "learning_rate": N_("the step size"),
    "activation": N_("the non-linearity"),
    "feedback": N_("what becomes tomorrow's yesterday"),
    "weeks": N_("random weeks an update looks at"),
    "days": N_("days of such a week"),
    "hidden": N_("hidden units; 0: one for each case"),
    "initial": N_("how weights start"),
    "scale": N_("how large they start"),
    "biases": N_("biases of the hidden units and the output"),
    "start": N_("hidden units before the first day"),
    "clip": N_("greatest norm of a gradient; 0: any"),
    "freeze": N_("matrices to leave alone: food,merge"),
    "stop": N_("when training ends by itself"),
    "hold": N_("updates the rule must stay right"),
    "loss_below": N_("nats, for stop: loss"),
    "loss_days": N_("days of a week that the loss counts"),
    "updates": N_("the most updates"),
    "network": N_("what it feeds back: dish or hidden units"),
}
"""What each setting means, in a few words; translated when it is shown."""

GROUPS = (
    (N_("Data"), ("seed", "weeks", "days", "feedback", "loss_days")),
    (N_("Start"), ("initial", "scale", "start")),
    (N_("Network"), ("network", "hidden", "activation", "biases", "freeze")),
    (N_("Optimizer"), ("optimizer", "learning_rate", "clip")),
    (N_("Stopping"), ("stop", "hold", "loss_below", "updates")),
)
"""The settings by what they are about, each group under its heading."""
