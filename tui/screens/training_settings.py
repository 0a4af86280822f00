"""The settings of training: one line each, changed with the arrows or typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.events import DescendantFocus
from textual.widgets import Input, Static

from model.errors import InputError
from model.language import _
from model.numbers import exact
from model.training.config import TrainingConfig
from model.training.setting_bounds import AT_THE_START, CHOICES, title
from model.training.setting_texts import parse
from tui.screens.dialog import Box, BoxScreen
from tui.text.settings import HELP


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


def _help(name: str) -> str:
    return "◂ " + " ".join(CHOICES[name]) + " ▸" if name in CHOICES else _(HELP[name])


class SettingsScreen(BoxScreen[TrainingConfig | None]):
    """All settings; gives the new ones, or None when the person leaves it.

    Args:
        config: The settings as they are.
        names: Those that can be changed; by default all.
    """

    BINDINGS = [Binding("escape", "dismiss(None)", "leave")]

    def __init__(self, config: TrainingConfig, names: Sequence[str] = ()) -> None:
        super().__init__()
        self._config = config
        self._names = names or [field.name for field in fields(TrainingConfig)]

    def compose(self) -> ComposeResult:
        """A line for each setting."""
        box = Box(classes="box", id="settings")
        box.border_title = _("Settings of training")
        with box:
            with VerticalScroll(can_focus=False):
                for name in self._names:
                    value = getattr(self._config, name)
                    with Horizontal(classes="setting"):
                        star = "*" if name in AT_THE_START else " "
                        yield Static(f"{title(name)}{star}", classes="name", markup=False)
                        yield Field(name, exact(value) if isinstance(value, float) else str(value))
                        yield Static(_help(name), classes="help", markup=False)
            hint = _("Enter uses them, Esc leaves them")
            if AT_THE_START & set(self._names):
                hint = _("Enter uses them, Esc leaves them; * starts the training again")
            yield Static(hint, id="hint", markup=False)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Where there is no room for it beside the field, its help stands under them."""
        if self.has_class("-columns-0") and isinstance(event.widget, Field):
            hint = self.query_one("#hint", Static)
            hint.update(_help(str(event.widget.id)))
            hint.remove_class("-wrong")

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
