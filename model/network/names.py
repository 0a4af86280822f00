"""The names of architectures, activations and feedbacks, without numpy, so that ``--help`` stays fast.

A test holds them to the registries.
"""

from __future__ import annotations

NETWORKS = ("weather", "yesterday", "both", "elman", "gru", "lstm")
"""Every architecture."""

TRAINABLE_NETWORKS = ("both", "elman", "gru", "lstm")
"""The architectures whose weights training can find."""

OLDER_NAMES = {"cycle": "yesterday", "rnn": "both", "lecture": "both"}
"""Former names of architectures, still accepted everywhere."""

TRAINABLE = ("tanh", "sigmoid", "softmax", "relu", "relu-1", "none")
"""The names of the non-linearities that training can use, those with a useful derivative; "none" is none at all."""

FEEDBACKS = ("soft", "hard", "teacher")
"""The ways to feed a dish back."""


def network_named(word: str) -> str | None:
    """The name that a word means; None where it means none."""
    word = OLDER_NAMES.get(word, word)
    return word if word in NETWORKS else None
