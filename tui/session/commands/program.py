"""Help, and leaving."""

from __future__ import annotations

from model.language import N_
from tui.session.commands.command import GOING_BACK, LEARNING, PROGRAM, WALKING, command
from tui.session.reply import NOTHING, Reply, Then
from tui.session.session import Session


@command(
    "help", keys="question_mark f1", key_display="? F1", words="help",
    usage=N_("[COMMAND, 'words', 'words softmax', 'here' or a page of the manual]"),
    group=PROGRAM, label=N_("help"), help=N_("This page: what is on the screen, keys and words"),
    footers={WALKING: 0, LEARNING: 0, GOING_BACK: 0},
    synonyms=N_("keys manual documentation about glossary shortcuts screen letters explain what"),
)  # fmt: skip
def show_help(session: Session, *words: str) -> Reply:  # noqa: ARG001 - as all commands
    """Show what can be done."""
    return Reply(then=Then.HELP, about=words)


@command(
    "opening", keys="0", words="opening", group=PROGRAM, label=N_("opening"),
    help=N_("The opening: the story, every lesson, and the run that was left"), synonyms=N_("start home story menu"),
)  # fmt: skip
def show_opening(session: Session) -> Reply:  # noqa: ARG001 - as all commands
    """Tell what this is, and of all lessons."""
    return Reply(then=Then.OPENING)


@command(
    "quit", keys="q", words="quit", group=PROGRAM, label=N_("quit"), help=N_("Leave the program"),
    footers={WALKING: 1, LEARNING: 1, GOING_BACK: 1}, synonyms=N_("exit leave close end bye"),
)  # fmt: skip
def leave(session: Session) -> Reply:
    """End the program."""
    session.over = True
    return NOTHING


@command(
    "palette", keys="ctrl+p", key_display="^p Ctrl+P", group=PROGRAM, label=N_("palette"),
    help=N_("Palette: every command by name, and the themes"), footers={WALKING: 2, LEARNING: 2, GOING_BACK: 2},
    screen_only=N_("there is no list to pick from: 'help' tells of every command"),
)  # fmt: skip
def open_palette(session: Session) -> Reply:  # noqa: ARG001 - as all commands
    """Choose one of all commands by name."""
    return Reply(then=Then.PALETTE)
