"""Where weights come from: in English in JSON and in memory, and for people in the language in use."""

from __future__ import annotations

import re

from model.language import N_, _, ngettext
from model.network.activations import ACTIVATIONS

BY_HAND = N_("set by hand")
"""Origin of the weights that are exact for a roommate."""

EDITED = N_("edited by hand")
"""Origin of weights that a person has changed."""

UPDATED = N_("updated by hand")
"""Origin of weights after an update of the way back."""

FROM_A_FILE = N_("from a file")
"""Origin of weights from a file that says nothing more of them."""

_AFTER = re.compile(r"after ([\d,]+) updates?")
_RANDOM = re.compile(r"random, seed (\d+)")


def after_updates(updates: int) -> str:
    """Origin of weights that were trained, whether the rule is learned or not."""
    return f"after {updates:,} {'update' if updates == 1 else 'updates'}"


def random_from(seed: int) -> str:
    """Origin of the random weights that training starts from."""
    return f"random, seed {seed}"


def of_a_run(origin: str) -> bool:
    """Whether an origin is that of a moment of a training run."""
    return bool(_AFTER.fullmatch(origin) or _RANDOM.fullmatch(origin))


def at_random(origin: str) -> bool:
    """Whether it is that of weights that no update has changed yet, whatever non-linearity they have now."""
    return bool(_RANDOM.fullmatch(made_as(origin)))


def with_another(origin: str, activation: str) -> str:
    """Origin of weights that have another non-linearity than they were made with."""
    return f"{_parts(origin)[0]}, {activation}"


def made_as(origin: str) -> str:
    """Where weights come from, whatever non-linearity they have now."""
    return _parts(origin)[0]


def put_in_place(origin: str) -> str:
    """The non-linearity that was put in place of the one the weights were made with; nothing where none was."""
    return _parts(origin)[1]


def in_words(origin: str) -> str:
    """An origin in the language in use; one that is not from here, such as the name of a file, as it is."""
    first, activation = _parts(origin)
    if activation:
        return _("{origin}, {activation}").format(origin=in_words(first), activation=activation)
    if found := _AFTER.fullmatch(origin):
        updates = int(found[1].replace(",", ""))
        return ngettext("after {count:,} update", "after {count:,} updates", updates).format(count=updates)
    if found := _RANDOM.fullmatch(origin):
        return _("random, seed {seed}").format(seed=found[1])
    return _(origin) if origin in {BY_HAND, EDITED, UPDATED, FROM_A_FILE} else origin


def _parts(origin: str) -> tuple[str, str]:
    """Where weights come from, and the non-linearity that was put in place of theirs, if one was."""
    first, _comma, last = origin.rpartition(", ")
    return (first, last) if last in ACTIVATIONS and first else (origin, "")
