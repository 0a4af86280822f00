"""Another roommate on the screen: one of those that come with the program, one from a file, or one made here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from model.errors import InputError
from model.roommate.roommate import Roommate
from model.roommate.scenario import Scenario
from model.simulation.lessons import TRAINING_LESSON
from model.simulation.simulation import Simulation
from model.storage.scenarios import find_scenario, shipped
from tui.screens.file_dialogs import ask_which_file
from tui.session.actions import cooking
from tui.session.permalink import UNSAVED
from tui.text.glyphs import Glyphs
from tui.widgets.kiosk import in_kiosk

FROM_A_FILE, EDIT_THIS = "from a file ...", "edit this roommate's rule ..."


class RoommateActions(Screen[None]):
    """The part of the walk screen that changes who cooks; `WalkScreen` mixes it in."""

    if TYPE_CHECKING:
        # What the walk screen itself and its other parts bring.
        simulation: Simulation
        glyphs: Glyphs
        _change: Callable[[Simulation], None]
        _when_idle: Callable[[Callable[[], None]], None]
        open_lesson_4: Callable[[], None]

    def action_scenario(self) -> None:
        """Choose who cooks."""
        from tui.screens.questions import ChooseScreen  # noqa: PLC0415

        here = self.simulation.situation
        words = (*shipped(), *([] if in_kiosk(self.app) else [FROM_A_FILE]), EDIT_THIS)
        self.app.push_screen(ChooseScreen("Which roommate?", words, here.scenario or "lecture"), self._chosen)

    def _chosen(self, word: str | None) -> None:
        if word == FROM_A_FILE:
            ask_which_file(self, "Open which scenario file (.toml)?", (".toml",), self._open_file)
        elif word == EDIT_THIS:
            self.action_edit_rule()
        else:
            self._open(word)

    def action_open_roommate(self, name: str) -> None:
        """One that comes with the program, by its name."""
        self._open(name)

    def _open(self, name: str | None) -> None:
        if name in shipped():
            self._show_roommate(find_scenario(name), name)

    def _open_file(self, path: Path) -> None:
        """One from a file."""
        if not in_kiosk(self.app):
            self._show_roommate(find_scenario(str(path)), str(path))

    def _show_roommate(self, scenario: Scenario, name: str) -> None:
        """Another roommate in the same lesson, with the hand-set weights and a run of their own; undo goes back."""
        lesson = self.simulation.situation.lesson
        try:
            cooking(self.simulation, scenario, name)  # says here rather than later that it cannot be shown
        except InputError as error:
            self.notify(str(error), title="Not opened", severity="error", timeout=12)
            return

        def show() -> None:
            self._change(cooking(self.simulation, scenario, name))
            if lesson == TRAINING_LESSON:  # which asks for a run
                self.open_lesson_4()

        self._when_idle(show)

    def action_edit_rule(self) -> None:
        """The rule as a table whose entries are chosen."""
        from tui.screens.rule_editor import RuleScreen  # noqa: PLC0415

        situation = self.simulation.situation
        if situation.roommate.memory is not None:
            told = "Hidden states are edited in the scenario's file: 'roommate-tui scenario new' prints a template."
            self.notify(told, timeout=6)
            return
        scenario = Scenario(situation.roommate, situation.start, situation.week)

        def edited(answer: tuple[Roommate, str] | None) -> None:
            if answer is not None and answer[0] != situation.roommate:
                roommate, file = answer
                self._show_roommate(replace(scenario, roommate=roommate), file or UNSAVED)

        self.app.push_screen(RuleScreen(scenario, self.glyphs), edited)
