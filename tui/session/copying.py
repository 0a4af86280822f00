"""The things of a screen that can be copied, as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from model.export.formats import STEP_EXPORTERS
from model.foreign_text import shown
from model.language import N_, _
from model.simulation.simulation import Simulation
from model.storage.weights import weights_json
from tui.session.commands.files import name_for, weights_of
from tui.session.permalink import command_for, missing

MAX_COPIED = 74_994
"""Bytes that may go to the clipboard: many terminals take sequences of up to 100,000, and base64 adds a third."""

COMMAND, WEIGHTS = N_("the command for this screen"), N_("the weights as JSON")
"""Names of two things that can be copied; translated when they are shown."""

FORMATS = {"text": ".txt", "markdown": ".md", "latex": ".tex", "json": ".json"}
"""The formats of a step as they are offered, and what their files end in."""

STEPS = {
    "text": N_("this step as text"),
    "markdown": N_("this step as Markdown"),
    "latex": N_("this step as LaTeX"),
    "json": N_("this step as JSON"),
}
"""What a step is called in each format; translated when it is shown."""


@dataclass(frozen=True)
class Copyable:
    """Something that can be copied.

    Attributes:
        what: What it is, in English.
        file: The name that is offered for its file.
        tell: Gives its text.
    """

    what: str
    file: str
    tell: Callable[[], str]

    @property
    def text(self) -> str:
        """What is copied, which may be pasted into a shell: nothing in it can steer one."""
        return shown(self.tell())


def copyables(simulation: Simulation) -> list[Copyable]:
    """What there is to copy of a screen."""
    found, situation = [], simulation.situation
    if not missing(situation):
        found.append(Copyable(COMMAND, "command.txt", partial(command_for, simulation)))
    number, step = simulation.step + 1, simulation.current_step
    for name, ending in () if simulation.asked else FORMATS.items():
        tell = partial(STEP_EXPORTERS[name], number, step)
        found.append(Copyable(STEPS[name], f"step-{number}{ending}", tell))
    return [*found, Copyable(WEIGHTS, name_for(situation), partial(weights_json, weights_of(situation)))]


def may_not_arrive(environ: Mapping[str, str], *, browser: bool) -> str:
    """What a person has to know of the way to the clipboard, since nothing comes back along it.

    Args:
        environ: The environment.
        browser: Whether a browser shows the screen.
    """
    if browser:
        return _("It arrives if the browser allows it.")
    if environ.get("TMUX"):
        return _("It arrives if the terminal allows it, and tmux: 'set -g set-clipboard on'.")
    if environ.get("STY"):
        return _("GNU screen may keep it to itself.")
    return _("It arrives if the terminal allows it.")
