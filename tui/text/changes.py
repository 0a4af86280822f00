"""What has changed between two situations, in words: what undo takes back and redo makes again."""

from __future__ import annotations

from model.language import _
from model.roommate.parsing import listed
from model.simulation.situation import Situation


def changed(one: Situation, other: Situation) -> str:
    """The things in which two situations differ, as a part of a sentence.

    Args:
        one: A situation.
        other: Another.
    """
    if one.roommate != other.roommate:
        return _("the roommate")
    differences = [
        (one.week != other.week, _("the week")),
        (one.start != other.start, _("the start")),
        (one.targets != other.targets, _("what was really cooked")),
        (one.custom_networks != other.custom_networks, _("the weights")),
        ((one.settings, one.fed_back) != (other.settings, other.fed_back), _("the settings")),
        (one.run_id != other.run_id, _("the training run")),
    ]
    return listed([what for differs, what in differences if differs] or [_("the last change")])
