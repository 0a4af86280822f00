"""What each training setting can be: its bounds, its words, and its default, which may depend on the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.language import grouped
from model.network.names import FEEDBACKS, TRAINABLE, TRAINABLE_NETWORKS
from model.roommate.naming import MAX_HIDDEN
from model.training.names import INITIALS, LOSS_DAYS, OPTIMIZER_NAMES, STARTS, STOPS, SWITCHES

if TYPE_CHECKING:
    pass


MAX_UPDATES = 1_000_000
"""The longest run: it bounds the memory of a history to some 33 MB."""

MAX_BATCH = 2**16
"""The most days of all weeks of a batch; the batches that are drawn at once take some 130 MB then."""

MAX_NUMBERS = 2**22
"""The most days of a batch times hidden units: some 0.2 GB, and an update ends within the 0.1 s a pause may take."""

OF_THE_NETWORK = ("activation", "days", "initial", "scale", "biases")
"""The settings whose defaults are the network's, in an order in which each can be said."""

BEFORE: dict[str, str | float] = {
    "activation": "tanh",
    "days": 6,
    "initial": "normal",
    "scale": 0.5,
    "biases": "off",
    "start": "one-hot",
}
"""What settings were before they could be written down, or depended on the network; the lecture's to this day."""


def default_of(name: str, network: str, initial: str) -> str | float:
    """The default of a setting of `OF_THE_NETWORK`.

    The lecture's network starts as the lecture has it, without biases. The others, which hand on hidden units, start
    as the field does and as PyTorch, from −1/√h to 1/√h and with biases, and learn from weeks in which a memory that
    drifts is noticed. Elman's keeps best what it remembers with sigmoid, as in his own paper.

    Args:
        name: The setting.
        network: Which network.
        initial: How the weights start, for the scale.
    """
    if name == "scale":
        return 1.0 if initial == "fan-in" else 0.5
    if name == "activation":
        return "sigmoid" if network == "elman" else "tanh"
    if network == "both" or network not in TRAINABLE_NETWORKS:
        return BEFORE[name]
    with_memory: dict[str, str | float] = {"days": 12, "initial": "fan-in", "biases": "on"}
    return with_memory[name]


CHOICES: dict[str, tuple[str, ...]] = {
    "optimizer": OPTIMIZER_NAMES,
    "activation": TRAINABLE,
    "feedback": FEEDBACKS,
    "initial": INITIALS,
    "biases": SWITCHES,
    "start": STARTS,
    "stop": STOPS,
    "loss_days": LOSS_DAYS,
    "network": TRAINABLE_NETWORKS,
}
"""The settings that are one of a few words."""

RANGES: dict[str, tuple[float, float, bool]] = {
    "seed": (0, 2**32 - 1, False),
    "learning_rate": (0, 1e308, True),
    "weeks": (1, 4096, False),
    "days": (1, 365, False),
    "hidden": (0, MAX_HIDDEN, False),
    "scale": (0, 1e3, True),
    "clip": (0, 1e6, False),
    "hold": (1, 100_000, False),
    "loss_below": (0, 1e3, True),
    "updates": (1, MAX_UPDATES, False),
}
"""The settings that are numbers: least, most, and whether the least itself is excluded."""

AT_THE_START = frozenset({"seed", "activation", "hidden", "initial", "scale", "biases", "start", "days", "network"})
"""The settings that a run keeps: to change one is to start again."""

OF_THE_WAY_BACK = ("feedback", "optimizer", "learning_rate", "clip", "freeze", "loss_days")
"""The settings that matter in the lessons that do not train."""


def title(name: str) -> str:
    """A setting's name as people read it: ``learning rate``."""
    return name.replace("_", " ")


def shown(value: float) -> str:
    """A setting's value in a sentence, however large."""
    text = grouped(value) if isinstance(value, int) else f"{value:g}"
    return text if len(text) <= 24 else f"{text[:24]}…"
