"""The sizes of a week's errors and gradients as text, and why there may be none."""

from __future__ import annotations

import math

from model.language import _
from model.simulation.simulation import Simulation

MAX_WORK = 4_000_000
"""So many weights times days are gone back through for a picture; for more only where somebody walks back."""


def why_not(simulation: Simulation) -> str:
    """Why there is nothing to be seen of the way back; nothing where there is."""
    situation = simulation.situation
    if not situation.has_derivative:
        return _("{name} has no useful derivative, so no error goes back: b takes another non-linearity.").format(
            name=situation.network.activation.name
        )
    if situation.too_long_to_go_back:
        return situation.too_long_to_go_back
    if not simulation.backward and situation.network.parameters.flat.size * simulation.days > MAX_WORK:
        return _("So large a network goes back when you do: b.")
    return ""


def size_text(size: float, *, narrow: bool = False) -> str:
    """A size with three decimals, of large ones fewer; where there is little room without a zero before the point."""
    if not math.isfinite(size):
        return "inf" if size > 0 else "nan"
    if size >= 99_999.5:
        return f"{size:.0e}"
    text = f"{size:.{3 if size < 9.9995 else 2 if size < 99.995 else 1 if size < 999.95 else 0}f}"
    return text.removeprefix("0") if narrow else text
