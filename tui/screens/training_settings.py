"""The settings of training in groups, changed with the arrows or typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Input, Static

from model.errors import InputError
from model.language import _
from model.numbers import exact
from model.training.config import TrainingConfig
from model.training.setting_bounds import AT_THE_START, CHOICES, title
from model.training.setting_texts import parse
from tui.screens.dialog import Box, BoxScreen, fitting_key_hint
from tui.text.settings import GROUPS, HELP


class Field(Input):
    """A field for a setting; on a setting of a few words, left and right go through them."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(value, id=name, compact=True)
        self._choices = CHOICES.get(name, ())

    def on_key(self, event: object) -> None:
        """Left and right choose; up and down move between the fields."""
        key = getattr(event, "key", "")
        if key in {"up", "down"}:
            (self.screen.focus_previous if key == "up" else self.screen.focus_next)()
        elif self._choices and key in {"left", "right", "space"}:
            at = self._choices.index(self.value) if self.value in self._choices else 0
            self.value = self._choices[(at + (-1 if key == "left" else 1)) % len(self._choices)]
        else:
            return
        event.stop()  # type: ignore[attr-defined]
        event.prevent_default()  # type: ignore[attr-defined]


COLUMNS = (GROUPS[:2], GROUPS[2:4], GROUPS[4:])
"""The groups that stand under each other, from left to right."""


def _help(name: str) -> str:
    if name not in CHOICES:
        return _(HELP[name])
    return _("{meaning}: {choices}").format(meaning=_(HELP[name]), choices=f"◂ {' '.join(CHOICES[name])} ▸")


class SettingsScreen(BoxScreen[TrainingConfig | None]):
    """All settings; gives the new ones, or None when the person leaves it.

    Args:
        config: The settings as they are.
        names: Those that can be changed; by default all.
    """

    LIST = "#groups"
    MOST = 24
    BINDINGS = [Binding("escape", "dismiss(None)", "leave")]

    def __init__(self, config: TrainingConfig, names: Sequence[str] = ()) -> None:
        super().__init__()
        self._config = config
        self._names = names or [field.name for field in fields(TrainingConfig)]

    def compose(self) -> ComposeResult:
        """The settings in columns of groups, and a line for what the focused one means."""
        box = Box(classes="box", id="settings")
        box.border_title = _("Settings of training")
        keys = _("Enter uses them, Esc leaves them")
        if AT_THE_START & set(self._names):
            keys = _("Enter uses them, Esc leaves them; * starts the training again")
        edge, rest = fitting_key_hint(keys, self.app.size.width - 6)
        box.border_subtitle = edge
        with box:
            with VerticalScroll(can_focus=False, id="groups"):
                for column in COLUMNS:
                    yield from self._column(column)
            if rest:
                yield Static(rest, classes="keys", markup=False)
            yield Static("", id="hint", markup=False)

    def _column(self, groups: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Widget]:
        """Some groups of settings under each other; nothing where none of them counts in the lesson."""
        lines: list[Widget] = []
        for heading, names in groups:
            known = [name for name in names if name in self._names]
            if known:
                lines.append(Static(_(heading), classes="heading", markup=False))
                lines += map(self._line, known)
        if lines:
            yield Vertical(*lines, classes="column")

    def _line(self, name: str) -> Widget:
        value = getattr(self._config, name)
        star = "*" if name in AT_THE_START else " "
        text = exact(value) if isinstance(value, float) else str(value)
        return Horizontal(
            Static(f"{title(name)}{star}", classes="name", markup=False), Field(name, text), classes="setting"
        )

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Say what the setting means, and what it can be."""
        if isinstance(event.widget, Field):
            hint = self.query_one("#hint", Static)
            hint.update(_help(str(event.widget.id)))
            hint.remove_class("-wrong")
            self.find_place()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the settings, or say what is wrong beside its field."""
        name = ""
        try:
            values = {}
            for field in self.query(Field):
                name = str(field.id)
                values[name] = parse(name, field.value)
            self.dismiss(self._config.with_changes(values))
        except InputError as error:
            hint = self.query_one("#hint", Static)
            hint.update(str(error))
            hint.add_class("-wrong")
            self.find_place()
