"""Our themes, and the one place where a meaning gets its colour."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

DARK = {
    "yesterday": "#f0a6ff",
    "food": "#ffd75f",
    "weather": "#5fd7d7",
    "hidden": "#d7d7ff",
    "merge": "#d7af87",
    "today": "#87e887",
    "plus": "#7fb8ff",
    "minus": "#ff9f5f",
    "faint": "#6c7086",
    "muted": "#a9b1c6",
    "lit": "#333b56",
    "frame": "#4a5170",
    "right": "#87e887",
    "pointer": "#ffffff",
    "wrong": "#ff8089",
}
"""Colours on a dark background: one for each meaning, and plus, minus, zero, labels, highlights, frames."""

LIGHT = {
    "yesterday": "#9a1fb0",
    "food": "#8a5a00",
    "weather": "#006d75",
    "hidden": "#3b3b8f",
    "merge": "#566200",
    "today": "#156b15",
    "plus": "#0b57c2",
    "minus": "#a33e00",
    "faint": "#8c8f99",
    "muted": "#555b6b",
    "lit": "#d8e3f8",
    "frame": "#a8abb8",
    "right": "#156b15",
    "pointer": "#000000",
    "wrong": "#b3261e",
}
"""The colours on a light background."""

CONTRAST_DARK = {
    "yesterday": "#ff9cff",
    "food": "#ffe14d",
    "weather": "#4df0f0",
    "hidden": "#d9d9ff",
    "merge": "#e0c09a",
    "today": "#7dff7d",
    "plus": "#9cc9ff",
    "minus": "#ffb366",
    "faint": "#b0b0b0",
    "muted": "#dddddd",
    "lit": "#003070",
    "frame": "#9a9a9a",
    "right": "#7dff7d",
    "pointer": "#ffffff",
    "wrong": "#ff9a9a",
}
"""The colours of high contrast on black, at least 7:1, for tired eyes and pale projectors."""

CONTRAST_LIGHT = {
    "yesterday": "#7a0091",
    "food": "#5c3b00",
    "weather": "#004b52",
    "hidden": "#1f1f7a",
    "merge": "#3d4600",
    "today": "#0a4f0a",
    "plus": "#00358a",
    "minus": "#7a2e00",
    "faint": "#595959",
    "muted": "#333333",
    "lit": "#ffe98a",
    "frame": "#595959",
    "right": "#0a4f0a",
    "pointer": "#000000",
    "wrong": "#8f0f0f",
}
"""The colours of high contrast on white, at least 7:1."""

SIXTEEN = {
    "yesterday": "#ff55ff",
    "food": "#ffff55",
    "weather": "#00aaaa",
    "hidden": "#ffffff",
    "merge": "#aaaaaa",
    "today": "#55ff55",
    "plus": "#ffffff",
    "minus": "#55ffff",
    "faint": "#aaaaaa",
    "muted": "#aaaaaa",
    "lit": "#0000aa",
    "frame": "#aaaaaa",
    "right": "#55ff55",
    "pointer": "#ffffff",
    "wrong": "#ff5555",
}
"""For terminals of 16 colours: each is one of them, so that nothing is taken for its neighbour.

Merge has the grey of labels: of the colours that can be read on black the others have a meaning, and its row of
outputs, where right and wrong are told, stands right below it.
"""

NO_COLOUR = {**dict.fromkeys(DARK, "#ffffff"), "faint": "#606060", "muted": "#ffffff", "lit": "#808080"}
"""What the filter for ``NO_COLOR`` makes attributes of: grey letters are dim, grey fields are reversed."""


def _theme(name: str, colours: Mapping[str, str], ground: tuple[str, str, str, str], *, dark: bool = True) -> Theme:
    """A theme from the colours of meanings.

    Args:
        name: Its name.
        colours: By meaning.
        ground: Text, background, the surface of boxes, and the lines at the top and the bottom.
        dark: Whether the background is.
    """
    foreground, background, surface, panel = ground
    return Theme(
        name=name,
        primary=colours["plus"],
        secondary=colours["yesterday"],
        accent=colours["pointer"],
        success=colours["right"],
        warning=colours["minus"],
        error=colours["wrong"],
        foreground=foreground,
        background=background,
        surface=surface,
        panel=panel,
        dark=dark,
        variables={
            **colours,
            "footer-key-foreground": colours["pointer"],
            "footer-background": panel,
            "scrollbar": colours["frame"],
            "scrollbar-hover": colours["muted"],
            "scrollbar-active": colours["muted"],
        },
    )


ROOMMATE_DARK = _theme("roommate-dark", DARK, ("#e6e9f2", "#12141c", "#181b26", "#242938"))
ROOMMATE_LIGHT = _theme("roommate-light", LIGHT, ("#1b1e28", "#fbfbf8", "#f3f3ee", "#e6e7e1"), dark=False)
CONTRAST = _theme("roommate-contrast", CONTRAST_DARK, ("#ffffff", "#000000", "#000000", "#1c1c1c"))
PROJECTOR = _theme("roommate-projector", CONTRAST_LIGHT, ("#000000", "#ffffff", "#ffffff", "#e8e8e8"), dark=False)
SIXTEEN_COLOURS = _theme("roommate-16", SIXTEEN, ("#ffffff", "#000000", "#000000", "#000000"))
WITHOUT_COLOURS = _theme("roommate-plain", NO_COLOUR, ("#ffffff", "#000000", "#000000", "#000000"))

THEMES = (ROOMMATE_DARK, ROOMMATE_LIGHT, CONTRAST, PROJECTOR, SIXTEEN_COLOURS)
"""The themes that a person can choose; the one without colours is for ``NO_COLOR`` alone."""


def fitting(from_environment: str | None, remembered: str | None, color_system: str | None, *, no_color: bool) -> str:
    """The name of the theme to begin with.

    Args:
        from_environment: What ``TEXTUAL_THEME`` says.
        remembered: What was chosen the last time.
        color_system: What the terminal can show, as Rich calls it.
        no_color: Whether ``NO_COLOR`` is set.
    """
    if no_color:
        return WITHOUT_COLOURS.name
    if from_environment is not None:
        return from_environment
    if color_system == "standard":  # sixteen colours: any other theme would be matched to them, badly
        return SIXTEEN_COLOURS.name
    return remembered or ROOMMATE_DARK.name


def defaults(*, dark: bool) -> dict[str, str]:
    """The colours of meanings for a theme that does not name them itself."""
    return DARK if dark else LIGHT
