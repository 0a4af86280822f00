"""The settings of training: one line each, changed with the arrows or typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from model.config import AT_THE_START, CHOICES, TrainingConfig, parse, title
from model.errors import InputError
from model.export import exact
from tui.screens.page import Page

HELP = {
    "seed": "where all random numbers come from",
    "optimizer": "how a gradient becomes an update",
    "learning_rate": "the length of a step",
    "activation": "the non-linearity",
    "feedback": "what becomes tomorrow's yesterday",
    "weeks": "random weeks an update looks at",
    "days": "days of such a week",
    "hidden": "hidden units; 0: one a case",
    "initial": "how weights start",
    "scale": "how large they start",
    "clip": "greatest norm of a gradient; 0: any",
    "freeze": "matrices to leave alone: food,merge",
    "stop": "when training ends by itself",
    "hold": "updates the rule must stay right",
    "loss_below": "nats, for stop: loss",
    "updates": "the most updates",
    "network": "what it feeds back: dish or hidden units",
}
"""What each setting means, in a few words."""


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


class SettingsScreen(Page[TrainingConfig | None]):
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
        box = Vertical(classes="box", id="settings")
        box.border_title = "Settings of training"
        with box:
            with VerticalScroll(can_focus=False):
                for name in self._names:
                    value = getattr(self._config, name)
                    with Horizontal(classes="setting"):
                        star = "*" if name in AT_THE_START else " "
                        yield Static(f"{title(name)}{star}", classes="name", markup=False)
                        yield Field(name, exact(value) if isinstance(value, float) else str(value))
                        hint = HELP[name]
                        if name in CHOICES:
                            hint = "◂ " + " ".join(CHOICES[name]) + " ▸"
                        yield Static(hint, classes="help", markup=False)
            again = "; * starts the training again" if AT_THE_START & set(self._names) else ""
            yield Static(f"Enter uses them, Esc leaves them{again}", id="hint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the settings, or say what is wrong beside its field."""
        name = ""
        try:
            values = {}
            for field in self.query(Field):
                name = str(field.id)
                values[name] = parse(name, field.value)
            self.dismiss(replace(self._config, **values))  # type: ignore[arg-type]
        except InputError as error:
            hint = self.query_one("#hint", Static)
            hint.update(str(error))
            hint.add_class("-wrong")
