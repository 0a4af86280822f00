"""How lessons end: what has become of the week, and which lesson comes next."""

from __future__ import annotations

from model.language import _, ngettext
from model.simulation.lessons import LESSONS
from model.simulation.simulation import Simulation
from tui.text.lesson_pages import lesson_page


def ending(simulation: Simulation) -> str:
    """What is said at the last step of a walk through the week; nothing elsewhere, and nothing on the way back."""
    if simulation.backward or not simulation.at_end:
        return ""
    right = sum(map(simulation.right, range(simulation.days)))
    cooked = ngettext(
        "The week is cooked: {right} of {days:,} day right.",
        "The week is cooked: {right} of {days:,} days right.",
        simulation.days,
    )
    return f"{cooked.format(right=right, days=simulation.days)} {next_lesson(simulation.situation.lesson)}"


def next_lesson(lesson: int) -> str:
    """Which lesson comes after one, or what there is after the last."""
    if lesson + 1 not in LESSONS:
        return _("That was the last lesson: b walks the way back, O opens another roommate, 0 the opening.")
    page = lesson_page(lesson + 1)
    sentence = _("{number} goes on with lesson {number}, {title}. {about}.")
    return sentence.format(number=lesson + 1, title=page["title"], about=page["about"])
