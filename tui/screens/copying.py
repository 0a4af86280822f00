"""Copying: the command, the step or the weights on screen, to the clipboard or, the other way, to a file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import OptionList, Static

from model.language import _
from model.storage.atomic import write_atomically
from model.storage.files import need_ending
from tui.screens.dialog import Box, BoxScreen
from tui.screens.file_dialogs import in_browser, save_as
from tui.session.copying import COMMAND, MAX_COPIED, WEIGHTS, Copyable, copyables, may_not_arrive
from tui.session.permalink import missing
from tui.session.session import Session

JSON_ENDINGS = (".json",)
"""What a file of the weights may end in here: S writes them as .npz, too."""


class CopyScreen(BoxScreen[tuple[Copyable, bool] | None]):
    """Asks what to copy, and whether to the clipboard or (True) to a file; gives None when the person leaves it.

    Args:
        choices: What there is.
        first: What the cursor stands on.
        why: Why the command line of the screen is not among it.
        kiosk: Whether nothing can be saved.
    """

    BINDINGS = [Binding("escape,q,c", "dismiss(None)", "leave"), Binding("s,S", "save", "save")]

    def __init__(self, choices: Sequence[Copyable], first: str = "", *, why: str = "", kiosk: bool = False) -> None:
        super().__init__()
        self._kiosk = kiosk
        self._choices = choices
        self._question = " ".join(filter(None, (_("Copy or save what?"), why)))
        self._first = next((at for at, choice in enumerate(choices) if choice.what == first), 0)

    def compose(self) -> ComposeResult:
        """The question, what there is, and the keys."""
        with Box(classes="box", id="copy"):
            yield Static(self._question, markup=False)
            yield OptionList(*(_(choice.what) for choice in self._choices), markup=False)
            hint = _("Enter copies, Esc leaves it")
            if not self._kiosk:
                hint = _("Enter copies, s saves it to a file, Esc leaves it")
            yield Static(hint, id="hint", markup=False)

    def on_mount(self) -> None:
        """The cursor on what is meant."""
        self.query_one(OptionList).highlighted = self._first

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Copy the selected thing to the clipboard."""
        self.dismiss((self._choices[event.option_index], False))

    def action_save(self) -> None:
        """Save the selected thing to a file."""
        self.dismiss((self._choices[self.query_one(OptionList).highlighted or 0], True))


class _Copier:
    """Copies or saves what was chosen.

    Args:
        screen: Where it is said.
        kiosk: Whether nothing may be saved.
    """

    def __init__(self, screen: Screen[Any], *, kiosk: bool) -> None:
        self._screen, self._kiosk = screen, kiosk

    def chosen(self, answer: tuple[Copyable, bool] | None) -> None:
        """Do what was chosen."""
        if answer is not None:
            choice, to_file = answer
            self._save(choice) if to_file and not self._kiosk else self._copy(choice)

    def _copy(self, choice: Copyable) -> None:
        text, screen = choice.text, self._screen
        size = len(text.encode())
        if size > MAX_COPIED and self._kiosk:
            sentence = _("{size:,} bytes are more than many terminals take ({most:,}).")
            screen.notify(sentence.format(size=size, most=MAX_COPIED), severity="warning", timeout=6)
        elif size > MAX_COPIED:
            sentence = _("{size:,} bytes are more than many terminals take ({most:,}): save it to a file instead.")
            screen.notify(sentence.format(size=size, most=MAX_COPIED), severity="warning", timeout=6)
            self._save(choice)
        else:
            screen.app.copy_to_clipboard(text)
            sentences = [may_not_arrive(os.environ, browser=in_browser(screen))]
            if not self._kiosk:
                sentences.append(_("If not: c, then s, saves it to a file."))
            shown = f"{text}\n" if choice.what == COMMAND else ""
            title = _("Copied: {what}").format(what=_(choice.what))
            screen.notify(shown + " ".join(sentences), title=title, timeout=8)

    def _save(self, choice: Copyable) -> None:
        text = choice.text.encode()

        def write(path: Path, over: bool) -> None:
            if choice.what == WEIGHTS:
                need_ending(path, JSON_ENDINGS)
            write_atomically(path, text, overwrite=over)

        save_as(self._screen, _("Save {what} to").format(what=_(choice.what)), choice.file, write)


def ask_what_to_copy(screen: Screen[Any], session: Session, first: str = COMMAND) -> None:
    """Ask what to copy; what is shown now is meant, however far training comes meanwhile."""
    why = missing(session.simulation.situation)
    dialog = CopyScreen(copyables(session.simulation), first, why=why, kiosk=session.kiosk)
    screen.app.push_screen(dialog, _Copier(screen, kiosk=session.kiosk).chosen)
