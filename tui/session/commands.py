"""Every command once: from here come the key bindings, the footer, the palette and the help page."""

from __future__ import annotations

from dataclasses import dataclass


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
        back_label: The word for the footer on the way back, where it is another.
        kiosk: Whether a kiosk has it, too: it reaches neither a file nor a shell.
    """

    action: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    key_display: str
    back_label: str = ""
    kiosk: bool = True


WALK = "Walk"
CHANGE = "Change"
LEARN = "Learn (lesson 4)"
BACK = "Back and by hand"
LESSONS = "Lessons"
PROGRAM = "Program"
GROUPS = (WALK, CHANGE, BACK, LESSONS, LEARN, PROGRAM)
"""The headings of the help page, in its order."""

COMMANDS = (
    Command("help", ("question_mark", "f1"), "help", "This page: keys and words", PROGRAM, "? F1"),
    Command("quit", ("q",), "quit", "Leave the program", PROGRAM, "q"),
    Command(
        "app.command_palette",
        ("ctrl+p",),
        "palette",
        "Palette: every command by name, and the themes",
        PROGRAM,
        "^p Ctrl+P",
    ),
    Command("next_step", ("right", "l", "n", "pagedown"), "step", "Next step", WALK, "→ l n PgDn"),
    Command("previous_step", ("left", "h", "p", "pageup"), "back", "Previous step", WALK, "← h p PgUp"),
    Command("go_day(1)", ("down", "j"), "day", "Next day of the walk, at the same step", WALK, "↓ j"),
    Command("go_day(-1)", ("up", "k"), "day back", "Day before in the walk, at the same step", WALK, "↑ k"),
    Command("play", ("space",), "play", "Play, pause", WALK, "space"),
    Command("first", ("g", "home"), "first", "First step of the week", WALK, "g Home"),
    Command("last", ("G", "end"), "last", "Last step of the week: every day cooked", WALK, "G End"),
    Command("reveal", ("v",), "reveal", "Show or hide the dishes of the days to come", WALK, "v"),
    Command("other_view", ("m",), "view", "Another part of the screen, where there is room for one", WALK, "m"),
    Command("row(1)", ("tab",), "row", "Spell out the next row of the product", WALK, "Tab"),
    Command("row(-1)", ("shift+tab",), "row back", "Spell out the row before", WALK, "Shift+Tab"),
    Command("flip_weather", ("w",), "weather", "Change today's weather", CHANGE, "w"),
    Command("next_start", ("d",), "start dish", "Change the dish (or state) before the first day", CHANGE, "d"),
    Command(
        "turn", ("b",), "backwards", "Backwards from the last day's error, or forwards again", BACK, "b", "forwards"
    ),
    Command("feedback", ("f",), "feedback", "Soft, hard or teacher feedback on the way back", BACK, "f"),
    Command("activation", ("N",), "non-linearity", "Another non-linearity (not in lesson 4)", BACK, "N"),
    Command("edit", ("e",), "edit", "Edit the weights by hand", BACK, "e"),
    Command("compare", ("C",), "compare", "Compare the weights with others", BACK, "C"),
    Command("extract", ("x",), "rule", "The rule that the weights follow, drawn as an automaton", BACK, "x"),
    Command("by_hand", ("H",), "by hand", "Put the hand-set weights back (not in lesson 4)", BACK, "H"),
    Command(
        "scenario", ("O",), "roommate", "Open another roommate: shipped, from a file, or edited here", CHANGE, "O"
    ),
    Command("edit_rule", ("E",), "edit the rule", "Edit the roommate's rule, case by case", CHANGE, "E"),
    Command("add_day", ("a",), "add a day", "Add a day at the end of the week", CHANGE, "a"),
    Command("remove_day", ("A",), "remove a day", "Remove the last day of the week", CHANGE, "A"),
    Command("undo", ("u",), "undo", "Take back the last change", CHANGE, "u"),
    Command("redo", ("U", "ctrl+r"), "redo", "Make the change again", CHANGE, "U Ctrl+R"),
    Command("lesson(1)", ("1",), "weather", "Lesson 1: the weather decides", LESSONS, "1"),
    Command("lesson(2)", ("2",), "yesterday", "Lesson 2: yesterday decides", LESSONS, "2"),
    Command("lesson(3)", ("3",), "both", "Lesson 3: yesterday and the weather decide", LESSONS, "3"),
    Command("lesson(4)", ("4",), "learn", "Lesson 4: training finds the weights", LESSONS, "4"),
    Command("lesson(5)", ("5",), "memory", "Lesson 5: the hidden vector remembers", LESSONS, "5"),
    Command("train", ("t",), "train", "Train, pause", LEARN, "t"),
    Command(
        "one_update",
        ("o",),
        "update",
        "Make exactly one update; on the way back the one shown",
        LEARN,
        "o",
        "make this update",
    ),
    Command("faster(1)", ("plus", "equals_sign"), "faster", "Play (in lesson 4: train) faster", WALK, "+"),
    Command("faster(-1)", ("minus",), "slower", "Play (in lesson 4: train) slower", WALK, "-"),
    Command("travel(-1)", ("left_square_bracket",), "earlier", "Back to an earlier update", LEARN, "["),
    Command("travel(1)", ("right_square_bracket",), "later", "Forth to a later update", LEARN, "]"),
    Command("travel_end(False)", ("left_curly_bracket",), "first update", "To the first update", LEARN, "{"),
    Command("travel_end(True)", ("right_curly_bracket",), "latest update", "To the latest update", LEARN, "}"),
    Command("ask_update", ("number_sign",), "update", "To an update by its number", LEARN, "#"),
    Command("restart(False)", ("r",), "restart", "Start again with the same seed", LEARN, "r"),
    Command("restart(True)", ("R",), "new seed", "Start again with a new seed", LEARN, "R"),
    Command("settings", ("s",), "settings", "Settings of training and of the way back", LEARN, "s"),
    Command("scale", ("y",), "axis", "Linear or logarithmic axis of the loss", LEARN, "y"),
    Command("save", ("S",), "save", "Save the weights, or the history of lesson 4", LEARN, "S", kiosk=False),
    Command(
        "load", ("L",), "load", "Load weights into lesson 3, or those with a memory into 5", LEARN, "L", kiosk=False
    ),
    Command(
        "app.repaint",
        ("ctrl+l",),
        "repaint",
        "Paint the whole screen again, if something spoiled it",
        PROGRAM,
        "Ctrl+L",
    ),
    Command("copy", ("c",), "copy", "Copy or save: the command of this screen, the step, the weights", PROGRAM, "c"),
)
"""All commands of the walk."""

WALKING = (
    "help",
    "quit",
    "app.command_palette",
    "next_step",
    "previous_step",
    "go_day(1)",
    "turn",
    "play",
    "flip_weather",
    "next_start",
) + ("reveal", "edit", "undo", "lesson(4)")
LEARNING = ("help", "quit", "app.command_palette", "train", "one_update", "travel(-1)", "travel(1)", "settings") + (
    "turn",
    "faster(1)",
    "restart(True)",
    "save",
    "edit",
    "flip_weather",
    "undo",
)
GOING_BACK = ("help", "quit", "app.command_palette", "next_step", "previous_step", "go_day(1)", "turn") + (
    "one_update",
    "feedback",
    "edit",
    "settings",
    "compare",
    "undo",
)
"""The actions of the three footers; help, quit and what finds all others come first: what does not fit is hidden."""
