"""A tour of every screen: the keys that open it, what it then shows, and the keys that leave it."""

from __future__ import annotations

from collections.abc import Iterator

from tests.end_to_end.terminal import Terminal

SCREENS = (
    ("walk", (), "step 1", ()),
    ("help", ("?",), "Esc closes", ("escape",)),
    ("edit", ("e",), "Edit", ("escape",)),
    ("number", ("e", "5"), "new weight", ("escape", "q")),
    ("compare", ("C",), "Compare", ("escape",)),
    ("rule", ("x",), "The rule that", ("escape",)),
    ("roommates", ("O",), "Which roommate?", ("escape",)),
    ("transitions", ("E",), "The rule of the", ("escape",)),
    ("save", ("S",), "Save the weights", ("escape",)),
    ("load", ("L",), "Load weights", ("escape",)),
    ("palette", ("\x10",), "Search for commands", ("escape",)),
    ("non-linearity", ("N",), "Which non-linearity?", ("escape",)),
    ("backwards", ("N", "enter", "b"), "step 1", ("b", "H")),
    ("learn", ("4",), "update 0", ()),
    ("updates", ("o", "o", "o", "y"), "update 3", ()),
    ("settings", ("s",), "Settings of training", ("escape",)),
    ("by number", ("#",), "Esc leaves it", ("escape",)),
    ("backwards, learning", ("b",), "step 1", ("b",)),
    ("memory", ("5",), "units go in again", ()),
    ("yesterday", ("2",), "step 1", ()),
    ("weather", ("1",), "step 1", ("3",)),
)
"""Name, keys to it, a word on it, keys from it; in the order of the tour."""


def tour(terminal: Terminal) -> Iterator[str]:
    """Open every screen; gives its name while it is open."""
    for name, there, word, back in SCREENS:
        for key in there:
            terminal.press(key)
            terminal.wait_until_quiet(0.1)
        terminal.wait_for(word)
        yield name
        terminal.wait_until_quiet()  # nothing is half drawn, so a word that goes has been left
        for key in back:
            terminal.press(key)
            if key == "escape":  # what follows at once would be taken for Alt with that key
                terminal.wait_until_gone(word)
            terminal.wait_until_quiet(0.1)
