"""Weights by hand: edited, frozen, taken from others, compared, and the rule that they follow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from model.analysis.automaton import extract
from model.analysis.rollout import roll_out_to_end
from model.errors import FileError, InputError
from model.language import N_, _
from model.network.network import Network
from model.network.operations import title
from model.network.parameters import Parameters
from model.network.schedule import Feedback
from model.numbers import number
from model.roommate.parsing import find, parse_weight
from model.simulation.lessons import lesson_of
from model.simulation.situation import Situation
from model.steps.forward import Quantities
from model.steps.step import Operand
from model.storage.weights import SavedWeights, load_weights
from model.training.config import TrainingConfig
from tui.session.commands.arguments import (
    column_number,
    file_named,
    file_to_write,
    matrix_named,
    row_number,
    whole_number,
)
from tui.session.commands.command import BACK, GOING_BACK, LEARNING, WALKING, command
from tui.session.commands.files import write_automaton
from tui.session.commands.training import set_setting
from tui.session.reply import Reply, Then, said
from tui.session.session import Session


@command(
    "edit", keys="e", words="edit [MATRIX]", group=BACK, label=N_("edit"), help=N_("Edit the weights by hand"),
    footers={WALKING: 12, LEARNING: 13, GOING_BACK: 10}, synonyms=N_("weights matrix change numbers"),
)  # fmt: skip
def edit(session: Session, name: str = "", whole: str = "") -> Reply:
    """Edit a matrix."""
    network = session.simulation.situation.network
    matrix = matrix_named(name, network) if name else matrix_of_step(session)
    return Reply(then=Then.EDIT_WEIGHTS, about=(matrix, whole == "whole"))


def matrix_of_step(session: Session) -> str:
    """The matrix of the step under the cursor, or the first there is."""
    names = session.simulation.situation.network.matrices
    step = f" {session.simulation.current_step.name} ".replace("_", " ")
    named = [name for name in names if f" {title(name).lower()} " in step]
    return max(named, key=len, default=names[0])


def matrix_operand(situation: Situation, name: str) -> Operand:
    """A matrix of a network with the names of its rows and columns."""
    lettered = situation.lettered
    return Quantities(situation.roommate, situation.network, situation.run, 0, lettered=lettered).matrix(name)


@command(
    "set",
    words="set MATRIX ROW COLUMN NUMBER, or SETTING VALUE",
    group=BACK,
    help=N_("Change a weight, or a setting"),
)
def set_value(session: Session, *words: str) -> Reply:
    """Set a weight or a setting."""
    if len(words) == 4:
        return _set_weight(session, *words)
    if len(words) == 2:
        return set_setting(session, *words)
    raise InputError(_("Say 'set Food 2 3 0.5' for a weight, or 'set learning-rate 0.1' for a setting."))


def _set_weight(session: Session, name: str, row: str, column: str, value: str) -> Reply:
    situation = session.simulation.situation
    matrix = matrix_named(name, situation.network)
    operand = matrix_operand(situation, matrix)
    assert operand.columns is not None
    rows, columns = operand.rows.labels, operand.columns.labels
    at_row, at_column = _named(row, rows), _named(column, columns)
    place = (
        row_number(row, len(rows)) if at_row is None else at_row,
        column_number(column, len(columns)) if at_column is None else at_column,
    )
    weights = situation.network.parameters
    changed = weights[matrix].copy()
    changed[place] = parse_weight(value)
    session.set_weights(weights.with_matrix(matrix, changed))
    entry = session.glyphs.describe(operand, place[0] * changed.shape[1] + place[1])
    sentence = _("{matrix}, {entry}, is {value}.").format(
        matrix=operand.name, entry=entry, value=number(changed[place])
    )
    return Reply(for_lines=(sentence,))


def _named(text: str, labels: tuple[str, ...]) -> int | None:
    return find(text, labels) if not text.isdecimal() and len(set(labels)) == len(labels) else None


@command(
    "freeze", words="freeze MATRIX", group=BACK, help=N_("Let training leave a matrix as it is, or change it again")
)
def freeze(session: Session, name: str = "") -> Reply:
    """Let training leave a matrix as it is, or change it again."""
    if not name:
        raise InputError(_("Which matrix? Such as 'freeze Food'."))
    situation = session.simulation.situation
    return session.configure(with_freeze_turned(situation.config, matrix_named(name, situation.network)))


def with_freeze_turned(config: TrainingConfig, matrix: str) -> TrainingConfig:
    """The settings with a matrix left alone by training, or no longer."""
    frozen = set(config.frozen) ^ {matrix}
    return replace(config, freeze=",".join(sorted(frozen)) or "none")


HAND, LEARNED = "hand", "learned"
"""Where the numbers of a matrix can be taken from."""


@command(
    "take",
    words="take MATRIX hand or learned",
    group=BACK,
    help=N_("Put in the hand-set or the learned numbers of a matrix"),
)
def take(session: Session, *words: str) -> Reply:
    """Put in the hand-set or the learned numbers of a matrix."""
    sources = (HAND, LEARNED)
    source = find(words[1], sources) if len(words) == 2 else None
    if source is None:
        raise InputError(_("Say 'take Food hand' or 'take Food learned'."))
    matrix = matrix_named(words[0], session.simulation.situation.network)
    take_matrix(session, matrix, sources[source])
    if source == 0:
        sentence = _("{matrix} is now that of the hand-set network.")
    else:
        sentence = _("{matrix} is now that of the learned network.")
    return Reply(for_lines=(sentence.format(matrix=title(matrix)),))


def take_matrix(session: Session, matrix: str, source: str) -> Reply:
    """Put in the numbers that a matrix has elsewhere.

    Raises:
        InputError: There is no such matrix there, or one of another size.
    """
    situation = session.simulation.situation
    if source == HAND:
        other = Network.by_hand(situation.roommate, situation.cell)
        none = _("The hand-set network has no {matrix}: it is another network.")
        misfit = _("The hand-set network has {theirs} weights there, not {ours}: they cannot be copied.")
    elif situation.learning is None:
        raise InputError(_("Nothing is learned yet: lesson 4 does that."))
    else:
        other = situation.learning.network
        none = _("The learned network has no {matrix}: it is another network.")
        misfit = _("The learned network has {theirs} weights there, not {ours}: they cannot be copied.")
    if matrix not in other.matrices:
        raise InputError(none.format(matrix=title(matrix)))
    theirs, mine = other.parameters[matrix], situation.network.parameters[matrix]
    if theirs.shape != mine.shape:
        raise InputError(misfit.format(theirs="×".join(map(str, theirs.shape)), ours="×".join(map(str, mine.shape))))
    weights: Parameters = situation.network.parameters.with_matrix(matrix, theirs)
    return session.set_weights(weights)


@command(
    "compare", keys="C", words="compare", usage=N_("[hand, learned, first, update N or FILE] [MATRIX]"), group=BACK,
    label=N_("compare"), help=N_("Compare the weights with others"), footers={GOING_BACK: 12},
    synonyms=N_("difference"),
)  # fmt: skip
def compare(session: Session, *words: str) -> Reply:
    """Compare the weights with others."""
    situation, names, matrix = session.simulation.situation, list(words), ""
    if names and names[-1].casefold() in situation.network.matrices:
        matrix = names.pop().casefold()
    if names:
        return Reply(then=Then.COMPARE, about=(_other(session, names), matrix))
    others = to_compare_with(session)
    other = next((one for one in others if one.origin != situation.network.origin), others[0])
    return Reply(then=Then.COMPARE, about=(other, matrix))


def to_compare_with(session: Session) -> list[Network]:
    """What the weights can be compared with: set by hand, those of lesson 3, the run's first, or the learned."""
    situation = session.simulation.situation
    found = [Network.by_hand(situation.roommate, situation.cell)]
    if situation.trains:
        custom, first = situation.custom_networks.get(lesson_of(situation.cell)), session.moment_at(0)
        others = [custom, None if first is None else first.network]
    else:
        others = [None if situation.learning is None else situation.learning.network]
    fitting = (None if other is None else other.in_cell(situation.cell) for other in others)
    return [*found, *(other for other in fitting if other is not None)]


def _other(session: Session, words: list[str]) -> Network:
    situation = session.simulation.situation
    word = words[0].casefold()
    if word == HAND:
        return Network.by_hand(situation.roommate, situation.cell)
    if word == "first":
        return session.run.moment(0).network
    if word == "update":
        text = words[1] if len(words) > 1 else ""
        otherwise = _("{text!r} is no update of this run: give a number from {least} to {most:,}.")
        return session.run.moment(whole_number(text, 0, session.run.update, otherwise)).network
    if word == LEARNED:
        learned = to_compare_with(session)[1:]
        if not learned:
            raise InputError(_("Nothing is learned yet that could be compared: lesson 4 does that."))
        return learned[0]
    path = file_named(session, tuple(words))
    return to_compare(situation, path, load_weights(path))


def to_compare(situation: Situation, path: Path, saved: SavedWeights) -> Network:
    """The network of a file, to be compared with that of a situation.

    Raises:
        FileError: It is for another roommate, or of another kind.
    """
    theirs, ours = saved.roommate, situation.roommate
    if (theirs.dishes, theirs.weathers) != (ours.dishes, ours.weathers):
        raise FileError(
            _("{path}: those weights belong to another roommate, the {name}.").format(path=path, name=theirs.name)
        )
    network = saved.network.in_cell(situation.cell)
    if network is None and saved.network.cell.name == situation.cell.name:
        raise FileError(_("{path}: those weights have biases, and the ones here have none.").format(path=path))
    if network is None:
        raise FileError(_("{path}: those weights are of another kind of network.").format(path=path))
    return replace(network, origin=path.name)


@command(
    "extract", keys="x", words="extract",
    usage=N_("[soft or hard] [FILE.dot, .mmd or .json]"), group=BACK, label=N_("rule"),
    help=N_("The rule that the weights follow, drawn as an automaton"), synonyms=N_("automaton machine graph"),
)  # fmt: skip
def extract_rule(session: Session, *words: str) -> Reply:
    """Extract the rule that the weights follow; write it where a file is named."""
    situation, names, feedback = session.simulation.situation, words, None
    if names and names[0].casefold() in {"soft", "hard"}:
        feedback, names = Feedback(names[0].casefold()), names[1:]
    automaton = extract(situation.network, situation.roommate)
    if not names:
        return Reply(then=Then.EXTRACT, about=(automaton, feedback))
    path, over = file_to_write(session, names)
    write_automaton(path, automaton, roll_out_to_end(automaton, feedback), overwrite=over)
    return said(_("Saved {path}.").format(path=path))


@command(
    "by_hand", keys="H", words="by hand", group=BACK, label=N_("by hand"),
    help=N_("Put the hand-set weights back (not in lesson 4)"), synonyms=N_("reset weights"),
)  # fmt: skip
def by_hand(session: Session) -> Reply:
    """Restore the hand-set weights of the lesson."""
    if session.simulation.situation.trains:
        raise InputError(_("Lesson 4 learns its weights; e can put hand-set ones in, matrix by matrix."))
    return session.change(session.simulation.with_network(None))
