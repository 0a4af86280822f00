"""The commands that only ``--plain`` has: they print what the screen always shows."""

from __future__ import annotations

from dataclasses import replace

from model.errors import InputError
from model.language import N_, _
from model.roommate.parsing import find, parse_week
from model.simulation.lessons import LESSONS
from tui.plain.command_line import in_lines
from tui.plain.distances import NETWORK, STEP, WEEK, at_distance, network, unrolled
from tui.plain.news import about, narrated, outcome, step_heading, where
from tui.plain.session import MAX_TYPED, LineSession
from tui.plain.step import matrix as lines_of_matrix
from tui.plain.step import product
from tui.plain.training import cases, losses
from tui.plain.week import pipeline, rule, week
from tui.session.command_file import command_once_saved, file_needed
from tui.session.commands.arguments import file_to_write, matrix_named, on_or_off, whole_number
from tui.session.commands.command import BACK, CHANGE, LESSON, PROGRAM, TRAINING, WALK, command
from tui.session.commands.lessons import open_lesson
from tui.session.commands.program import leave
from tui.session.commands.weights import matrix_operand
from tui.session.permalink import missing
from tui.session.reply import Reply, Then, said
from tui.text.lesson_pages import lesson_page
from tui.text.narration import words

RECENT = 20
"""The number of typed lines that ``history`` prints unless more are asked for."""


@command("where", words="where", group=WALK, help=N_("Where you are"))
def tell_where(session: LineSession) -> Reply:
    """Print the position in the walk."""
    return Reply(where(session.simulation, session.spoken))


@command("product", words="product [whole]", group=WALK, help=N_("The step again, all of it"))
def tell_product(session: LineSession, whole: str = "") -> Reply:
    """Print the whole step again."""
    simulation = session.simulation
    everything = bool(whole) and "whole".startswith(whole.casefold())
    lines, operands = product(simulation.current_step, simulation.current_entry, session.spoken, whole=everything)
    session.heard = replace(session.heard, operands={**session.heard.operands, **operands})
    words_of_step = [step_heading(simulation), narrated(simulation, session.spoken)]
    return Reply([*words_of_step, *lines, *outcome(simulation, session.spoken)])


@command("overview", words="overview", group=WALK, help=N_("The whole network: what each step of the day has made"))
def tell_network(session: LineSession) -> Reply:
    """What each step of the day has made."""
    session.distance = NETWORK
    return Reply(network(session.simulation, session.spoken))


@command(
    "unrolled",
    words="unrolled [whole]",
    group=WALK,
    help=N_("The week unrolled: hidden units by day, and what each day adds to the gradients"),
)
def tell_unrolled(session: LineSession, whole: str = "") -> Reply:
    """Hidden units, dishes and errors day by day."""
    session.distance = WEEK
    everything = bool(whole) and "whole".startswith(whole.casefold())
    return Reply(unrolled(session.simulation, session.spoken, whole=everything))


@command("closer", words="closer", group=WALK, help=N_("From the week to the network, from there to the step"))
def closer(session: LineSession) -> Reply:
    """Tell what is one distance nearer."""
    return _from_distance(session, 1)


@command("farther", words="farther", group=WALK, help=N_("From the step to the network, from there to the week"))
def farther(session: LineSession) -> Reply:
    """Tell what is one distance farther."""
    return _from_distance(session, -1)


def _from_distance(session: LineSession, by: int) -> Reply:
    there = session.distance + by
    if there > STEP:
        return said(_("This is the step, which is closest: 'farther' tells the network."))
    if there < WEEK:
        return said(_("This is the week, which is farthest: 'closer' tells the network."))
    session.distance = there
    return Reply(at_distance(there, session.simulation, session.spoken))


@command("repeat", words="repeat", group=WALK, help=N_("What the last command told, once more"))
def repeat(session: LineSession) -> Reply:
    """Print the output of the last command again."""
    return Reply(session.last_lines or [_("Nothing was told yet.")])


@command(
    "brief",
    words="brief",
    usage=N_("[on or off]"),
    group=WALK,
    help=N_("Of each step only what is new, or all of it again"),
)
def be_brief(session: LineSession, how: str = "") -> Reply:
    """Switch brief steps on or off."""
    on = on_or_off(how, now=session.heard.brief)
    session.heard = replace(session.heard, brief=on)
    if on:
        return said(_("Brief: of each step what is new, and of vectors what is not 0. 'brief off' ends that."))
    return said(_("Every step whole again."))


@command("words", words="words", group=WALK, help=N_("The words of the subject that the step uses"))
def tell_words(session: LineSession) -> Reply:
    """The words of the subject."""
    return Reply([f"{word}: {meaning}" for word, meaning in words(session.simulation)])


@command("map", words="map", group=WALK, help=N_("The steps of the day: done, here, to come"))
def tell_map(session: LineSession) -> Reply:
    """The steps of the day."""
    return Reply(pipeline(session.simulation))


@command(
    "week",
    words="week",
    usage=N_("[whole, or another week such as srrsrs]"),
    group=WALK,
    help=N_("The week: weather and dishes"),
)
def tell_week(session: LineSession, *days: str) -> Reply:
    """The week, or another one."""
    if not days or "whole".startswith(days[0].casefold()):
        return Reply(week(session.simulation, session.spoken, whole=bool(days)))
    situation = session.simulation.situation
    weathers = parse_week(",".join(days), situation.roommate)
    session.change(session.simulation.in_situation(replace(situation, week=weathers, targets=None)))
    return Reply(then=Then.WEEK)


@command(
    "command", words="command [FILE [overwrite]]", group=PROGRAM,
    help=N_("The command line that begins here, saving first what it needs"),
)  # fmt: skip
def tell_command(session: LineSession, *words: str) -> Reply:
    """Print the command line that opens this place; where it needs a file, save it first."""
    situation = session.simulation.situation
    if not words:
        return Reply(then=Then.COPY, about=("command",))
    if not missing(situation):
        raise InputError(_("No file is needed: 'command' alone tells it."))
    if not file_needed(situation):
        raise InputError(missing(situation))
    path, over = file_to_write(session, words)
    told = command_once_saved(session, situation, path, overwrite=over)
    saved = _("Saved {path}.").format(path=path)
    return Reply((saved, in_lines(told))) if told else Reply((saved,), then=Then.COPY, about=("command",))


@command("about", words="about", group=WALK, help=N_("What the lesson is about, at length"))
def tell_about(session: LineSession) -> Reply:
    """What the lesson is about."""
    return Reply(about(session.simulation))


@command("rule", words="rule", group=CHANGE, help=N_("What the roommate cooks in each case"))
def tell_rule(session: LineSession) -> Reply:
    """What the roommate cooks in each case."""
    return Reply(rule(session.simulation, session.spoken))


@command("weights", words="weights [MATRIX] [whole]", group=BACK, help=N_("Every matrix with its numbers, or one"))
def tell_weights(session: LineSession, *words: str) -> Reply:
    """Every matrix with its numbers, or one."""
    situation = session.simulation.situation
    network = situation.network
    whole = bool(words) and "whole".startswith(words[-1].casefold())
    names = words[:-1] if whole else words
    lines = [_("Weights {origin}.").format(origin=network.origin)]
    for name in [matrix_named(names[0], network)] if names else network.matrices:
        lines += lines_of_matrix(matrix_operand(situation, name), session.spoken, whole=whole)
    return Reply(lines)


@command("lesson", words="lesson N", group=LESSON, help=N_("To a lesson"))
def to_lesson(session: LineSession, which: str = "") -> Reply:
    """Another lesson, by its number or its title."""
    if not which:
        sentence = _("Lesson {number}, {title}: {about}.")
        return Reply(
            [sentence.format(number=n, title=lesson_page(n)["title"], about=lesson_page(n)["about"]) for n in LESSONS]
        )
    named = find(which, [lesson_page(n)["title"] for n in LESSONS])
    if named is not None:
        return open_lesson(session, list(LESSONS)[named])
    otherwise = _("{text!r} is no lesson: give a number from {least} to {most:,}.")
    return open_lesson(session, whole_number(which, 1, max(LESSONS), otherwise))


@command("loss", words="loss", group=TRAINING, help=N_("How the run goes, and how its loss went"))
def tell_loss(session: LineSession) -> Reply:
    """How the run goes and went; elsewhere the loss of the week."""
    situation = session.simulation.situation
    if situation.trains:
        return Reply(losses(session.moment, session.controls.trouble))
    return said(_("The loss of the week is {loss:.4g}: cross-entropy in nats.").format(loss=situation.loss))


@command("cases", words="cases", group=TRAINING, help=N_("What the network answers in each case"))
def tell_cases(session: LineSession) -> Reply:
    """What the network answers in each case."""
    return Reply(cases(session.simulation, session.moment, session.spoken))


@command("history", words="history [N]", group=PROGRAM, help=N_("The lines that were typed"))
def tell_history(session: LineSession, number: str = "") -> Reply:
    """The lines that were typed, the last of them last."""
    typed = list(session.typed)
    otherwise = _("{text!r} is no number of lines: give a number from {least} to {most:,}.")
    count = min(whole_number(number, 1, MAX_TYPED, otherwise) if number else RECENT, len(typed))
    return Reply([f"{at}: {typed[at - 1]}" for at in range(len(typed) - count + 1, len(typed) + 1)])


@command("exit", words="exit", group=PROGRAM, help=N_("Leave the program"))
def leave_too(session: LineSession) -> Reply:
    """End the program; another word for ``quit``."""
    return leave(session)
