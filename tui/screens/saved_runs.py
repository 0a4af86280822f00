"""The question whether to go on with a run: after a crash, a lost connection, or another day."""

from __future__ import annotations

from model.language import _
from tui.screens.stage import Stage
from tui.session.commands.training import resume
from tui.session.offers import listed_as, offer_of


def offer(stage: Stage) -> None:
    """Ask whether to go on with one of the runs that are offered and were not asked about."""
    session = stage.session
    here = session.simulation.situation.roommate
    offered = session.offers.new()
    places = {listed_as(saved, here): place for place, saved in reversed(list(enumerate(offered, 1)))}
    choices = tuple(reversed(places))  # of runs that are told alike the newest
    from tui.screens.questions import ChooseScreen, ConfirmScreen  # noqa: PLC0415 - seldom needed

    def go_on(index: int) -> None:
        stage.do(resume, str(places[choices[index]]))

    if len(choices) == 1:
        question = _("{offer}\nGo on with it?").format(offer=offer_of(offered[places[choices[0]] - 1], here))
        stage.app.push_screen(ConfirmScreen(question), lambda yes: go_on(0) if yes else None)
    elif choices:
        question = _("Go on with one of these runs? Esc: with none of them.")
        stage.app.push_screen(
            ChooseScreen(question, choices), lambda word: None if word is None else go_on(choices.index(word))
        )
