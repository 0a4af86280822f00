"""Every command once: from here come the key bindings, the footer, the palette and the help page."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True)
class Command:
    """Something a person can do.

    Attributes:
        action: The name of the action method that does it, with its arguments.
        keys: The keys that do it, the first one shown.
        label: A word for the footer.
        help: A line for the help page and the palette.
        group: Its heading on the help page.
        key_display: What to call the keys, where their names are not what people say.
        in_footer: Whether the footer shows it.
    """

    action: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    key_display: str
    in_footer: bool = False

    def binding(self) -> Binding:
        """The command as a key binding, its first key shown."""
        return Binding(
            ",".join(self.keys),
            self.action,
            self.label,
            show=self.in_footer,
            key_display=self.key_display.split(" ")[0],
            priority=self.keys[0] == "tab",  # otherwise Textual moves the focus with it
            id=self.action,
        )


WALK = "Walk"
CHANGE = "Change"
LESSONS = "Lessons"
PROGRAM = "Program"
GROUPS = (WALK, CHANGE, LESSONS, PROGRAM)
"""The headings of the help page, in its order."""

COMMANDS = (
    Command("help", ("question_mark", "f1"), "help", "This page: keys and words", PROGRAM, "? F1", in_footer=True),
    Command("quit", ("q",), "quit", "Leave the program", PROGRAM, "q", in_footer=True),
    Command("next_step", ("right", "l", "n", "pagedown"), "step", "Next step", WALK, "→ l n PgDn", in_footer=True),
    Command(
        "previous_step", ("left", "h", "p", "pageup"), "back", "Previous step", WALK, "← h p PgUp", in_footer=True
    ),
    Command("go_day(1)", ("down", "j"), "day", "Next day, at the same step", WALK, "↓ j", in_footer=True),
    Command("go_day(-1)", ("up", "k"), "day back", "Previous day, at the same step", WALK, "↑ k"),
    Command("play", ("space",), "play", "Play, pause", WALK, "space", in_footer=True),
    Command("faster(1)", ("plus", "equals_sign"), "faster", "Play faster", WALK, "+"),
    Command("faster(-1)", ("minus",), "slower", "Play slower", WALK, "-"),
    Command("first", ("g", "home"), "first", "First step of the week", WALK, "g Home"),
    Command("last", ("G", "end"), "last", "Last step of the week: every day cooked", WALK, "G End"),
    Command("reveal", ("v",), "reveal", "Show or hide the dishes of the days to come", WALK, "v", in_footer=True),
    Command("row(1)", ("tab",), "row", "Spell out the next row of the product", WALK, "Tab"),
    Command("row(-1)", ("shift+tab",), "row back", "Spell out the row before", WALK, "Shift+Tab"),
    Command("flip_weather", ("w",), "weather", "Change today's weather", CHANGE, "w", in_footer=True),
    Command("next_start", ("d",), "start dish", "Change the dish before the first day", CHANGE, "d", in_footer=True),
    Command("add_day", ("a",), "add a day", "Add a day at the end of the week", CHANGE, "a"),
    Command("remove_day", ("A",), "remove a day", "Remove the last day of the week", CHANGE, "A"),
    Command("undo", ("u",), "undo", "Take back the last change", CHANGE, "u", in_footer=True),
    Command("redo", ("U", "ctrl+r"), "redo", "Make the change again", CHANGE, "U Ctrl+R"),
    Command("lesson(1)", ("1",), "weather", "Lesson 1: the weather decides", LESSONS, "1"),
    Command("lesson(2)", ("2",), "yesterday", "Lesson 2: yesterday decides", LESSONS, "2"),
    Command("lesson(3)", ("3",), "both", "Lesson 3: yesterday and the weather decide", LESSONS, "3"),
    Command("copy_command", ("c",), "copy", "Copy the command line that opens this screen", PROGRAM, "c"),
)
"""All commands of the walk; help and quit come first, because the footer hides what does not fit."""
