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

from model.errors import RoommateError
from model.language import _
from model.storage.atomic import write_atomically
from model.storage.files import need_ending
from tui.screens.dialog import Box, BoxScreen, fitting_key_hint
from tui.screens.file_dialogs import in_browser, save_as
from tui.session.command_file import command_once_saved, file_needed
from tui.session.copying import COMMAND, MAX_COPIED, WEIGHTS, Copyable, copyables, may_not_arrive
from tui.session.permalink import missing
from tui.session.session import Session

JSON_ENDINGS = (".json",)
"""What a file of the weights may end in here: S writes them as .npz, too."""


class CopyScreen(BoxScreen[tuple[Copyable | None, bool] | None]):
    """Asks what to copy, and whether to the clipboard or (True) to a file; gives None when the person leaves it.

    In place of a thing it gives None for the file that the command line of the screen needs first.

    Args:
        choices: What there is.
        first: What the cursor stands on.
        why: Why the command line of the screen is not among it.
        file: The file that has to be saved first; nothing where none can be.
        kiosk: Whether nothing can be saved.
    """

    LIST = "OptionList"
    BINDINGS = [Binding("escape,q,c", "dismiss(None)", "leave"), Binding("s,S", "save", "save")]

    def __init__(
        self, choices: Sequence[Copyable], first: str = "", *, why: str = "", file: str = "", kiosk: bool = False
    ) -> None:
        super().__init__()
        self._kiosk, self._file = kiosk, file
        self._choices: list[Copyable | None] = [*([None] if file else []), *choices]
        needed = _("It has to be saved: {file}.").format(file=file) if file else ""
        self._first_of_all = " ".join(filter(None, (why, needed)))
        named = (at for at, choice in enumerate(self._choices) if choice is not None and choice.what == first)
        self._first = next(named, 0)

    def compose(self) -> ComposeResult:
        """The question, what there is, and the keys."""
        hint = _("Enter copies, Esc leaves it")
        if not self._kiosk:
            hint = _("Enter copies, s saves it to a file, Esc leaves it")
        box = Box(classes="box", id="copy")
        box.border_title = _("Copy or save what?")
        box.border_subtitle, rest = fitting_key_hint(hint, self.app.size.width - 6)
        with box:
            if self._first_of_all:
                yield Static(self._first_of_all, markup=False)
            words = (_("save it, copy the command") if choice is None else _(choice.what) for choice in self._choices)
            yield OptionList(*words, markup=False)
            if rest:
                yield Static(rest, id="hint", markup=False)

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
        session: Whose screen was meant when it was asked.
        file: The file that the command line of the screen needs first.
    """

    def __init__(self, screen: Screen[Any], session: Session, file: str) -> None:
        self._screen, self._session, self._kiosk, self._file = screen, session, session.kiosk, file
        self._situation = session.simulation.situation

    def chosen(self, answer: tuple[Copyable | None, bool] | None) -> None:
        """Do what was chosen."""
        if answer is None:
            return
        choice, to_file = answer
        if choice is None:
            self._save_first(ask=to_file)
        elif to_file and not self._kiosk:
            self._save(choice)
        else:
            self._copy(choice)

    def _save_first(self, *, ask: bool) -> None:
        """Save what the command line needs, to the file that was offered or another one, and copy the command."""

        def write(path: Path, over: bool) -> None:
            command = command_once_saved(self._session, self._situation, path, overwrite=over)
            if command:
                self._copy(Copyable(COMMAND, "command.txt", lambda: command))
            else:
                ask_what_to_copy(self._screen, self._session)

        if ask:
            save_as(self._screen, _("Save it to which file?"), self._file, write)
            return
        try:
            write(Path(self._file), False)
        except RoommateError as error:
            self._screen.notify(str(error), title=_("Not saved"), severity="error", timeout=8)
        else:
            self._screen.notify(_("Saved {path}.").format(path=self._file), timeout=4)

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
    file = "" if session.kiosk else file_needed(session.simulation.situation)
    dialog = CopyScreen(copyables(session.simulation), first, why=why, file=file, kiosk=session.kiosk)
    screen.app.push_screen(dialog, _Copier(screen, session, file).chosen)
