"""Walking: steps, days, rows; and what is shown of the walk."""

from __future__ import annotations

from dataclasses import replace

from model.errors import InputError
from model.language import N_, _
from model.roommate.parsing import find
from model.roommate.roommate import DAY_NAMES
from model.simulation.situation import UPDATE
from tui.session.commands.arguments import column_number, on_or_off, row_number, whole_number
from tui.session.commands.command import GOING_BACK, LEARNING, WALK, WALKING, command
from tui.session.commands.course import show_me
from tui.session.reply import NOTHING, Reply, Sight, Then, said
from tui.session.session import Session
from tui.text.endings import ending


@command(
    "next_step", keys="right l n pagedown", key_display="→ l n PgDn", words="next",
    usage=N_("(an empty line, too)"), group=WALK,
    label=N_("step"), help=N_("Next step"), footers={WALKING: 4, GOING_BACK: 4}, synonyms=N_("forwards next"),
    sight=Sight.PRODUCT,
)  # fmt: skip
def next_step(session: Session) -> Reply:
    """Go to the next step; where this one is asked for, show it first."""
    if session.simulation.asked:
        return show_me(session)
    if session.simulation.at_end:
        end = ending(session.simulation)
        return said(_("That was the whole walk. g goes back to its beginning."), *([end] if end else []))
    return session.walk(session.simulation.next_step())


@command(
    "previous_step", keys="left h p pageup", key_display="← h p PgUp", words="back", group=WALK, label=N_("back"),
    help=N_("Previous step"), footers={WALKING: 5, GOING_BACK: 5}, synonyms=N_("previous"), sight=Sight.PRODUCT,
)  # fmt: skip
def previous_step(session: Session) -> Reply:
    """Go to the step before."""
    before = session.simulation
    if before.previous_step() is before:
        return Reply(for_lines=(_("This is the beginning of the walk."),))
    return session.walk(before.previous_step())


@command(
    "next_day", keys="down j", key_display="↓ j", words="day [N or NAME]", group=WALK, label=N_("day"),
    help=N_("Next day of the walk, at the same step"), footers={WALKING: 6, GOING_BACK: 6},
)  # fmt: skip
def next_day(session: Session, day: str = "") -> Reply:
    """Go to the next day, or to a day by its number or name."""
    simulation = session.simulation
    if not day:
        return _go_on(session, 1)
    named = find(day, DAY_NAMES[: simulation.days])
    if named is not None:
        return session.walk(simulation.go_to(named))
    if simulation.backward and day.casefold() in {"0", "update"}:
        return session.walk(simulation.go_to(UPDATE))
    otherwise = _("{text!r} is no day of the week: give a number from {least} to {most:,}.")
    return session.walk(simulation.go_to(whole_number(day, 1, simulation.days, otherwise) - 1))


@command(
    "day_before", keys="up k", key_display="↑ k", words="day back", group=WALK, label=N_("day back"),
    help=N_("Day before in the walk, at the same step"),
)  # fmt: skip
def day_before(session: Session) -> Reply:
    """Go to the day before."""
    return _go_on(session, -1)


def _go_on(session: Session, by: int) -> Reply:
    before = session.simulation
    session.walk(before.go_on(by))
    same = session.simulation.day == before.day
    return Reply(for_lines=(_("There is no day further that way."),)) if same else NOTHING


@command(
    "play", keys="space", words="play", group=WALK, label=N_("play"), help=N_("Play, pause"), footers={WALKING: 8},
    synonyms=N_("animate pause"),
)  # fmt: skip
def play(session: Session) -> Reply:  # noqa: ARG001 - as all commands
    """Take steps automatically, or pause."""
    return Reply(then=Then.PLAY)


@command(
    "guess", keys="P", words="guess", usage=N_("[on or off]"), group=WALK, label=N_("guess"),
    help=N_("Guess first, or not: each step is asked before it is shown"), footers={WALKING: 15},
    synonyms=N_("predict quiz ask question test cover practice"), at_rest=True,
)  # fmt: skip
def guess(session: Session, how: str = "") -> Reply:
    """Ask each step before it is shown, or show all at once."""
    from tui.session.guessing import guess_first  # noqa: PLC0415 - a walk without guesses does not need it

    return guess_first(session, on=on_or_off(how, now=session.guesses is not None))


@command(
    "first", keys="g home", key_display="g Home", words="first", group=WALK, label=N_("first"),
    help=N_("First step of the week"),
)  # fmt: skip
def first(session: Session) -> Reply:
    """Go to the beginning of the walk."""
    return session.walk(session.simulation.first())


@command(
    "last", keys="G end", key_display="G End", words="last", group=WALK, label=N_("last"),
    help=N_("Last step of the week: every day cooked"),
)  # fmt: skip
def last(session: Session) -> Reply:
    """Go to the end of the walk."""
    return session.walk(session.simulation.last())


@command(
    "reveal", keys="v", words="reveal", group=WALK, label=N_("reveal"),
    help=N_("Show or hide the dishes of the days to come"), footers={WALKING: 11}, synonyms=N_("show hide"),
)  # fmt: skip
def reveal(session: Session) -> Reply:
    """Show or hide the days to come."""
    session.walk(session.simulation.toggle_reveal())
    return Reply(then=Then.WEEK)


IN_LINES = N_("lines have no room to share: 'closer' and 'farther' tell week, network and step in turn")


@command(
    "next_view", keys="m", group=WALK, label=N_("view"), help=N_("Closer to the step, or farther, as the frame says"),
    footers={WALKING: 3, LEARNING: 3, GOING_BACK: 3},
    synonyms=N_("closer farther distance zoom week network step loss"),
    screen_only=IN_LINES,
)  # fmt: skip
def next_view(session: Session) -> Reply:  # noqa: ARG001 - as all commands
    """Show the next view."""
    return Reply(then=Then.NEXT_VIEW, about=(1,))


@command(
    "view_before", keys="M", group=WALK, label=N_("view before"), help=N_("The other way"),
    synonyms=N_("closer farther distance zoom"), screen_only=IN_LINES,
)  # fmt: skip
def view_before(session: Session) -> Reply:  # noqa: ARG001 - as all commands
    """Show the view before."""
    return Reply(then=Then.NEXT_VIEW, about=(-1,))


@command(
    "next_row", keys="tab", key_display="Tab", words="row [N] [COLUMN]", group=WALK, label=N_("row"),
    help=N_("Spell out the next row of the product"), synonyms=N_("entry"),
)  # fmt: skip
def next_row(session: Session, row: str = "", column: str = "") -> Reply:
    """Spell out the next entry, or one by its row and column."""
    simulation = session.simulation
    if not row:
        return session.walk(simulation.move_row(1))
    value = simulation.current_step.result.value
    rows, columns = value.shape if value.ndim == 2 else (value.shape[0], 1)
    entry = row_number(row, rows) * columns + (column_number(column, columns) if column else 0)
    same = entry == simulation.current_entry
    session.walk(replace(simulation, row=entry))
    return Reply(then=Then.ENTRY) if same else NOTHING


@command(
    "row_before", keys="shift+tab", key_display="Shift+Tab", words="row back", group=WALK, label=N_("row back"),
    help=N_("Spell out the row before"),
)  # fmt: skip
def row_before(session: Session) -> Reply:
    """Spell out the entry before."""
    return session.walk(session.simulation.move_row(-1))


@command("step", words="step N", group=WALK, help=N_("To a step of the day"))
def to_step(session: Session, number: str = "") -> Reply:
    """Go to a step of the day by its number."""
    simulation = session.simulation
    if not number:
        raise InputError(_("Which step? Such as 'step 3'."))
    otherwise = _("{text!r} is no step here: give a number from {least} to {most:,}.")
    step = whole_number(number, 1, len(simulation.steps), otherwise) - 1
    return session.walk(simulation.go_to(simulation.day, step))


NO_PACE = N_("lines come when they are asked for, and training runs at full speed between them")


@command(
    "faster", keys="plus equals_sign", key_display="+", group=WALK, label=N_("faster"),
    help=N_("Play (in lesson 4: train) faster"), footers={LEARNING: 10}, synonyms=N_("speed"), screen_only=NO_PACE,
)  # fmt: skip
def faster(session: Session) -> Reply:  # noqa: ARG001 - as all commands
    """Speed up play, or training."""
    return Reply(then=Then.PACE, about=(1,))


@command(
    "slower", keys="minus", key_display="-", group=WALK, label=N_("slower"),
    help=N_("Play (in lesson 4: train) slower"), synonyms=N_("speed"), screen_only=NO_PACE,
)  # fmt: skip
def slower(session: Session) -> Reply:  # noqa: ARG001 - as all commands
    """Slow down play, or training."""
    return Reply(then=Then.PACE, about=(-1,))
