"""Files: asked for, written and read the same way on every page; and what of the walk is saved and loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from model.atomic import write_atomically
from model.errors import FileError
from model.simulation import LEARN, Simulation, lesson_of
from model.storage import (
    SavedWeights,
    history_csv,
    is_there,
    load_weights,
    save_weights,
    typed_path,
)
from tui.screens.ask import AskScreen, ConfirmScreen


def any_name(text: str) -> str:
    """Any name of a file will do, as long as there is one."""
    return "" if text.strip() else "a file name"


def save_as(
    screen: Screen[Any],
    question: str,
    first: str,
    write: Callable[[Path], None],
    check: Callable[[str], str] = any_name,
) -> None:
    """Ask for a file and write it; a file that is there already is replaced only when that is wanted.

    Args:
        screen: Where the question is asked.
        question: What is asked.
        first: The name that is offered.
        write: Writes the file, over another one if need be; raises `FileError` where it cannot.
        check: Says what is wanted instead of a name that will not do.
    """

    def refused(error: FileError) -> None:
        screen.notify(str(error), title="Not saved", severity="error", timeout=8, markup=False)

    def put(path: Path) -> None:
        try:
            write(path)
        except FileError as error:
            refused(error)
        else:
            screen.notify(f"Saved {path}.", timeout=4, markup=False)

    def answered(name: str | None) -> None:
        if name is None:
            return
        try:
            path = typed_path(name)
            if is_there(path):
                again = ConfirmScreen(f"{path} is there already. Overwrite it?")
                screen.app.push_screen(again, lambda yes: put(path) if yes else None)
            else:
                put(path)
        except FileError as error:
            refused(error)

    screen.app.push_screen(AskScreen(question, first, check), answered)


def load_weights_from(screen: Screen[Any], question: str, take: Callable[[Path, SavedWeights], None]) -> None:
    """Ask for a file of weights and read it.

    Args:
        screen: Where the question is asked.
        question: What is asked.
        take: Gets the file and what is in it; raises `FileError` where it is of no use here.
    """

    def answered(name: str | None) -> None:
        if name is None:
            return
        try:
            path = typed_path(name)
            take(path, load_weights(path))
        except FileError as error:
            screen.notify(str(error), title="Not loaded", severity="error", timeout=8, markup=False)

    screen.app.push_screen(AskScreen(question, "", any_name), answered)


class FileActions(Screen[None]):
    """The part of the walk screen that saves and loads; `WalkScreen` mixes it in."""

    if TYPE_CHECKING:
        # What the walk screen itself brings.
        simulation: Simulation
        _change: Callable[[Simulation], None]

    def action_save(self) -> None:
        """Ask for a file and write the weights on screen, or the history where its name ends in .csv."""
        situation = self.simulation.situation  # what is named now is saved, however far training comes meanwhile
        moment = situation.learning if situation.lesson == LEARN else None
        if moment is not None:
            name = f"weights-seed-{moment.config.seed}-update-{moment.update}.json"
            question = "Save the weights (.json, .npz) or the history (.csv) as"
        else:
            name = f"weights-lesson-{situation.lesson}.json"
            question = "Save the weights of this lesson (.json, .npz) as"

        def write(path: Path) -> None:
            if path.suffix != ".csv":
                config, updates = (moment.config, moment.update) if moment else (None, 0)
                saved = SavedWeights(situation.roommate, situation.network, config, updates)
                save_weights(path, saved, overwrite=True)
            elif moment is None:
                raise FileError("Only a training run has a history: lesson 4 (key 4) makes one.")
            else:
                write_atomically(path, history_csv(moment), overwrite=True)

        save_as(self, question, name, write)

    def action_load(self) -> None:
        """Ask for a file of weights and show them in the lesson of their network."""

        def take(path: Path, saved: SavedWeights) -> None:
            situation = self.simulation.situation
            theirs, ours = saved.roommate, situation.roommate
            if (theirs.next_dish, theirs.transitions) != (ours.next_dish, ours.transitions):
                raise FileError(f"{path}: those weights belong to another roommate, the {theirs.name}.")
            lesson = lesson_of(saved.network.kind)
            self._change(Simulation(replace(situation, lesson=lesson).with_own(saved.network)))
            self.notify(f"Lesson {lesson} shows the weights of the file; H puts the hand-set ones back.", timeout=5)

        load_weights_from(self, "Load weights from which file?", take)
