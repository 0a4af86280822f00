"""Copying: the command, the step or the weights on screen, to the clipboard or, the other way, to a file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import OptionList, Static

from model.simulation.simulation import Simulation
from model.storage.atomic import write_atomically
from model.storage.files import need_ending
from tui.screens.dialog import Box, BoxScreen
from tui.screens.file_dialogs import in_browser, save_as
from tui.session.copying import COMMAND, MAX_COPIED, UNKNOWN, WEIGHTS, Copyable, copyables, may_not_arrive
from tui.widgets.kiosk import in_kiosk

JSON_ENDINGS = (".json",)
"""What a file of the weights may end in here: S writes them as .npz, too."""


class CopyScreen(BoxScreen[tuple[Copyable, bool] | None]):
    """Asks what to copy, and whether to the clipboard or (True) to a file; gives None when the person leaves it.

    Args:
        choices: What there is.
        first: What the cursor stands on.
    """

    BINDINGS = [Binding("escape,q,c", "dismiss(None)", "leave"), Binding("s,S", "save", "save")]

    def __init__(self, choices: Sequence[Copyable], first: str = "") -> None:
        super().__init__()
        self._choices = choices
        known = any(choice.what == COMMAND for choice in choices)
        self._question = "Copy or save what?" if known else f"Copy or save what? {UNKNOWN}"
        self._first = next((at for at, choice in enumerate(choices) if choice.what == first), 0)

    def compose(self) -> ComposeResult:
        """The question, what there is, and the keys."""
        with Box(classes="box", id="copy"):
            yield Static(self._question, markup=False)
            yield OptionList(*(choice.what for choice in self._choices), markup=False)
            save = "" if in_kiosk(self.app) else ", s saves it to a file"
            yield Static(f"Enter copies{save}, Esc leaves it", id="hint", markup=False)

    def on_mount(self) -> None:
        """The cursor on what is meant."""
        self.query_one(OptionList).highlighted = self._first

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """To the clipboard."""
        self.dismiss((self._choices[event.option_index], False))

    def action_save(self) -> None:
        """To a file."""
        self.dismiss((self._choices[self.query_one(OptionList).highlighted or 0], True))


class CopyActions(Screen[None]):
    """The part of the walk screen that copies; `WalkScreen` mixes it in."""

    if TYPE_CHECKING:
        # What the walk screen itself and its other parts bring.
        simulation: Simulation

    def action_copy(self, first: str = COMMAND) -> None:
        """Ask what to copy; what is on the screen now is meant, however far training comes meanwhile."""
        choices = copyables(self.simulation)

        def chosen(answer: tuple[Copyable, bool] | None) -> None:
            if answer is not None:
                choice, to_file = answer
                self._save(choice) if to_file else self._copy(choice)

        self.app.push_screen(CopyScreen(choices, first), chosen)

    def _copy(self, choice: Copyable) -> None:
        text = choice.text
        size = len(text.encode())
        if size > MAX_COPIED:
            told = f"{size:,} bytes are more than many terminals take ({MAX_COPIED:,})"
            if in_kiosk(self.app):
                self.notify(f"{told}.", severity="warning", timeout=6)
            else:
                self.notify(f"{told}: save it to a file instead.", severity="warning", timeout=6)
                self._save(choice)
            return
        self.app.copy_to_clipboard(text)
        told = may_not_arrive(os.environ, browser=in_browser(self))
        shown = f"{text}\n" if choice.what == COMMAND else ""
        other = "" if in_kiosk(self.app) else " If not: c, then s, saves it to a file."
        self.notify(f"{shown}{told}{other}", title=f"Copied: {choice.what}", timeout=8)

    def _save(self, choice: Copyable) -> None:
        text = choice.text.encode()

        def write(path: Path, over: bool) -> None:
            if choice.what == WEIGHTS:
                need_ending(path, JSON_ENDINGS)
            write_atomically(path, text, overwrite=over)

        save_as(self, f"Save {choice.what} to", choice.file, write)
