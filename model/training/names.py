"""The words that a setting can be, and the names of the matrices: all that can be said of training without numpy."""

from __future__ import annotations

from model.roommate.roommate import Kind

OPTIMIZER_NAMES = ("sgd", "momentum", "rmsprop", "adam")
"""The names of the optimizers."""

TRAINABLE = ("tanh", "sigmoid", "softmax", "relu", "relu-1")
"""The names of the non-linearities that training can use: those with a useful derivative."""

FEEDBACKS = ("soft", "hard", "teacher")
"""The ways to feed a dish back."""

NETWORKS = {"lecture": Kind.RNN, "elman": Kind.ELMAN}
"""The networks that can be trained."""

INITIALS = ("normal", "uniform", "positive")
STOPS = ("learned", "loss", "updates")

MATRICES = ("food", "weather", "merge")
"""The matrices of the network, in the order in which their weights stand in one flat vector."""

MEMORY = "memory"
"""What the first matrix is called in the Elman network: there it takes in yesterday's hidden units, not the dish."""

IN_USE = {
    Kind.WEATHER: ("weather",),
    Kind.CYCLE: ("food",),
    Kind.RNN: MATRICES,
    Kind.ELMAN: (MEMORY, *MATRICES[1:]),
}
"""The names of the matrices that each kind of network has; its others are only zeros or the identity."""
