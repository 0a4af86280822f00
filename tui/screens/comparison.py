"""The page that puts the weights of the walk beside others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from model.language import N_, _
from model.network.network import Network
from model.storage.weights import SavedWeights
from tui.rendering.block import line
from tui.rendering.comparison import Comparison, comparison
from tui.screens.dialog import Dialog, fitting_key_hint
from tui.screens.file_dialogs import load_weights_from
from tui.screens.questions import AskScreen
from tui.session.commands.weights import to_compare, to_compare_with
from tui.session.kiosk import refusal
from tui.session.session import Session

KEYS = N_("< > other · # update · L file · Tab matrix · [ ] entry · m match · Esc")
KEYS_OF_KIOSK = N_("< > other · # update · Tab matrix · [ ] entry · m match · Esc")


class CompareScreen(Dialog[None]):
    """Two networks, weight for weight.

    Args:
        session: Whose weights are compared.
        other: The network that they are compared with first.
    """

    BINDINGS = [
        Binding("escape,q,C", "dismiss", "leave"),
        Binding("right,greater_than_sign,period", "other(1)", "other weights"),
        Binding("left,less_than_sign,comma", "other(-1)", "other weights"),
        Binding("tab", "matrix", "next matrix", priority=True),
        Binding("left_square_bracket", "entry(-1)", "entry before"),
        Binding("right_square_bracket", "entry(1)", "next entry"),
        Binding("number_sign", "update", "an update"),
        Binding("L", "load", "a file"),
        Binding("m", "match", "match units"),
    ]

    def __init__(self, session: Session, other: Network) -> None:
        super().__init__()
        self._session = session
        self._extra: list[Network] = []
        self._data = Comparison(session.simulation, other, session.simulation.situation.network.matrices[0])

    def _others(self) -> list[Network]:
        """The networks to compare with, the one that was asked for among them."""
        return to_compare_with(self._session) + self._extra

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        page = VerticalScroll(id="compare")
        page.border_title = _("Compare")
        with page:
            yield Static(id="compared", markup=False)

    def on_mount(self) -> None:
        """Arrows up and down scroll the page at once."""
        self.query_one("#compare").focus()

    def on_resize(self) -> None:
        """Draw for the width."""
        self._draw()

    def _draw(self) -> None:
        page = self.query_one("#compare")
        width = max(page.size.width - 2, 20)
        keys = _(KEYS_OF_KIOSK if self._session.kiosk else KEYS)
        page.border_subtitle, hint = fitting_key_hint(self._session.glyphs.text(keys), width)
        lines = comparison(self._data, self._session.glyphs, width)
        lines += [line(""), *line((hint, "$muted")).wrap(width)] if hint else []
        self.query_one("#compared", Static).update(Content("\n").join(lines))

    def _show(self, data: Comparison) -> None:
        self._data = data
        self._draw()

    def action_other(self, by: int) -> None:
        """The next of the weights there are to compare with."""
        others = self._others()
        here = next((at for at, other in enumerate(others) if other.origin == self._data.other.origin), 0)
        self._show(replace(self._data, other=others[(here + by) % len(others)]))

    def action_matrix(self) -> None:
        """The next matrix."""
        names = self._data.simulation.situation.network.matrices
        following = names[(names.index(self._data.matrix) + 1) % len(names)]
        self._show(replace(self._data, matrix=following, entry=None))

    def action_entry(self, by: int) -> None:
        """Spell out another entry."""
        self._show(replace(self._data, entry=(self._data.entry or 0) + by))

    def action_match(self) -> None:
        """Units in the order of this network's, or as they are."""
        self._show(replace(self._data, match=not self._data.matched))

    def action_update(self) -> None:
        """Ask for an update of the run."""
        if self._session.moment_at(0) is None:
            self.notify(_("There is no run at rest: lesson 4 makes one; pause it with t."), timeout=4)
            return

        def check(text: str) -> str:
            number = int(text) if text.strip().isdecimal() and len(text) < 9 else -1
            return "" if self._session.moment_at(number) is not None else _("the number of an update that was made")

        def answered(text: str | None) -> None:
            moment = self._session.moment_at(int(text)) if text is not None else None
            if moment is not None:
                self._add(moment.network)

        self.app.push_screen(AskScreen(_("Compare with which update of the run?"), "0", check), answered)

    def action_load(self) -> None:
        """Ask for a file of weights."""

        def take(path: Path, saved: SavedWeights) -> None:
            self._add(to_compare(self._data.simulation.situation, path, saved))

        if self._session.kiosk:
            self.notify(refusal(), severity="warning", timeout=6)
            return
        load_weights_from(self, _("Compare with weights from which file?"), take)

    def _add(self, network: Network) -> None:
        self._extra.append(network)
        self._show(replace(self._data, other=network))
