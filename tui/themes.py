"""Our two themes, and the one place where a meaning gets its colour."""

from __future__ import annotations

from textual.theme import Theme

DARK = {
    "yesterday": "#f0a6ff",
    "food": "#ffd75f",
    "weather": "#5fd7d7",
    "hidden": "#d7d7ff",
    "today": "#87e887",
    "plus": "#7fb8ff",
    "minus": "#ff9f5f",
    "faint": "#6c7086",
    "muted": "#a9b1c6",
    "lit": "#3d4663",
    "frame": "#4a5170",
    "right": "#87e887",
    "wrong": "#ff7b86",
}
"""Colours on a dark background: one for each meaning, and for plus, minus, zero, labels, the lit row, frames."""

LIGHT = {
    "yesterday": "#9a1fb0",
    "food": "#8a5a00",
    "weather": "#006d75",
    "hidden": "#3b3b8f",
    "today": "#1a7a1a",
    "plus": "#0b57c2",
    "minus": "#b34700",
    "faint": "#8c8f99",
    "muted": "#555b6b",
    "lit": "#cfdcf5",
    "frame": "#a8abb8",
    "right": "#1a7a1a",
    "wrong": "#b3261e",
}
"""The same on a light background."""

ROOMMATE_DARK = Theme(
    name="roommate-dark",
    primary="#8ab4f8",
    secondary="#f0a6ff",
    accent="#ffd75f",
    success="#87e887",
    warning="#ff9f5f",
    error="#ff7b86",
    foreground="#e6e9f2",
    background="#12141c",
    surface="#181b26",
    panel="#242938",
    dark=True,
    variables={**DARK, "footer-key-foreground": "#ffd75f", "footer-background": "#242938"},
)

ROOMMATE_LIGHT = Theme(
    name="roommate-light",
    primary="#0b57c2",
    secondary="#9a1fb0",
    accent="#8a5a00",
    success="#1a7a1a",
    warning="#b34700",
    error="#b3261e",
    foreground="#1b1e28",
    background="#fbfbf8",
    surface="#f3f3ee",
    panel="#e6e7e1",
    dark=False,
    variables={**LIGHT, "footer-key-foreground": "#0b57c2", "footer-background": "#e6e7e1"},
)


def defaults(*, dark: bool) -> dict[str, str]:
    """The colours of meanings for a theme that does not name them itself."""
    return DARK if dark else LIGHT
