"""The opening in lines: the story, the lessons, and how to begin."""

from __future__ import annotations

from collections.abc import Iterator

from model.language import _
from model.roommate.parsing import listed
from model.storage.scenarios import shipped
from tui.plain.session import LineSession
from tui.text.opening import doors, promise, rule, story


def opening(session: LineSession) -> Iterator[str]:
    """What the opening screen shows, and the runs that were left."""
    simulation = session.simulation
    roommate = (simulation.aside or simulation.situation).roommate
    yield story(roommate)
    yield rule(roommate, brief=False)
    yield promise(brief=False)
    for door in doors(roommate):
        sentence = _("Lesson {number}, {title}: {about}; {size}.")
        yield sentence.format(number=door.number, title=door.title, about=door.about[0], size=door.size)
    if session.at_opening:
        yield _("An empty line begins with lesson 1: one line is one step. A number goes to its lesson.")
    else:
        yield _("An empty line goes on with the walk, a number goes to its lesson.")
    yield _("'roommate NAME' opens {names}, or a file.").format(names=listed(shipped(), "or"))
    yield from session.offers.look_once()
    yield from session.offer_sentences()
