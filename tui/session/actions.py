"""What commands do to the walk beyond a step: weights, files and roommates, for the screen and plain lines alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from model.analysis.automaton import Automaton
from model.analysis.rollout import Rollout
from model.errors import FileError, InputError, RoommateError
from model.export.automaton import EXPORTERS, as_json
from model.export.history import HISTORY_ENDINGS, history_csv
from model.foreign_text import shown
from model.network.network import Network
from model.network.operations import title
from model.network.parameters import Parameters
from model.network.schedule import OF_DISHES, Feedback
from model.roommate.parsing import listed
from model.roommate.scenario import Scenario
from model.simulation.lessons import lesson_of
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.atomic import write_atomically
from model.storage.files import need_ending
from model.storage.weights import WEIGHTS_ENDINGS, SavedWeights, save_weights
from model.training.config import TrainingConfig
from model.training.provenance import UNKNOWN, Provenance
from model.training.run import TrainingRun

UPDATED = "updated by hand"
"""The origin of weights after an update of the way back."""

AUTOMATON_ENDINGS = (*EXPORTERS, ".json")
"""What the name of a file for an automaton may end in."""


def update_made(simulation: Simulation) -> Simulation:
    """The very update that the way back works out, in a lesson that does not train."""
    situation = simulation.situation
    network = situation.network.with_parameters(situation.descent.after, UPDATED)
    made = Provenance(optimizer=situation.config.optimizer, memory=situation.descent.memory)
    return simulation.in_situation(situation.with_own(network, made))


def make_update(run: TrainingRun, simulation: Simulation) -> str:
    """Make exactly one update of a run: on the way back the very one that is shown, from the week on screen.

    Returns:
        Why it could not be made; nothing where it was.
    """
    try:
        if simulation.backward:
            run.advance_on(simulation.situation.week, simulation.situation.start)
        else:
            run.advance()
    except RoommateError as error:
        return str(error)
    return ""


def next_feedback(config: TrainingConfig) -> TrainingConfig:
    """The settings with the next kind of feedback of the list."""
    kinds = list(OF_DISHES)
    following = kinds[(kinds.index(Feedback(config.feedback)) + 1) % len(kinds)]
    return replace(config, feedback=str(following))


def with_freeze_turned(config: TrainingConfig, matrix: str) -> TrainingConfig:
    """The settings with a matrix left alone by training, or no longer."""
    frozen = set(config.frozen) ^ {matrix}
    return replace(config, freeze=",".join(sorted(frozen)) or "none")


def with_matrix_of(network: Network, matrix: str, other: Network, called: str) -> Parameters:
    """The weights of a network with a matrix of another.

    Args:
        network: Whose weights.
        matrix: One of its `Network.matrices`.
        other: Where the matrix is taken from.
        called: What the other is called at the beginning of a sentence.

    Raises:
        InputError: The other has no such matrix, or one of another size.
    """
    if matrix not in other.matrices:
        raise InputError(f"{called} has no {title(matrix)}: it is another network.")
    theirs, mine = other.parameters[matrix], network.parameters[matrix]
    if theirs.shape != mine.shape:
        sizes = "×".join(map(str, theirs.shape)), "×".join(map(str, mine.shape))
        raise InputError(f"{called} has {sizes[0]} weights there, not {sizes[1]}: they cannot be copied.")
    return network.parameters.with_matrix(matrix, theirs)


# Files


def name_for(situation: Situation) -> str:
    """The name of a file for the weights of a situation."""
    moment = situation.snapshot
    if moment is None:
        return f"weights-lesson-{situation.lesson}.json"
    return f"weights-seed-{moment.config.seed}-update-{moment.update}.json"


def weights_of(situation: Situation) -> SavedWeights:
    """The weights of a situation with what they are the weights of."""
    moment = situation.snapshot
    made = situation.made.get(situation.lesson, UNKNOWN) if moment is None else moment.provenance
    return SavedWeights(situation.roommate, situation.network, made)


def write_walk(path: Path, situation: Situation, *, overwrite: bool) -> None:
    """Write the weights of a situation, or its history where the name ends in .csv.

    Args:
        path: The file.
        situation: Whose weights.
        overwrite: Whether a file that is there is replaced.

    Raises:
        FileError: It cannot be written, or there is no history.
    """
    moment = situation.snapshot
    if need_ending(path, WEIGHTS_ENDINGS + HISTORY_ENDINGS) not in HISTORY_ENDINGS:
        save_weights(path, weights_of(situation), overwrite=overwrite)
    elif moment is None:
        raise FileError("Only a training run has a history: lesson 4 (key 4) makes one.")
    else:
        write_atomically(path, history_csv(moment), overwrite=overwrite)


def write_automaton(path: Path, automaton: Automaton, outcome: Rollout, *, overwrite: bool) -> None:
    """Write the rule that weights follow, in the form that the name's ending asks for.

    Args:
        path: The file.
        automaton: The rule.
        outcome: How long the network stays true to it.
        overwrite: Whether a file that is there is replaced.

    Raises:
        FileError: It cannot be written, or the days that its JSON tells of are not over.
    """
    ending = need_ending(path, AUTOMATON_ENDINGS)
    if not ending:
        raise FileError(f"{path}: its name should end in {listed(AUTOMATON_ENDINGS, 'or')}.")
    if ending == ".json" and not outcome.over:
        raise FileError("The days are not over yet: try again in a moment.")
    exporter = EXPORTERS.get(ending)
    text = as_json(automaton, outcome) if exporter is None else exporter(automaton)
    write_atomically(path, shown(text).encode(), overwrite=overwrite)


def loaded(simulation: Simulation, path: Path, saved: SavedWeights) -> Simulation:
    """The weights of a file, in the lesson of their network.

    Raises:
        FileError: They belong to another roommate.
    """
    situation = simulation.situation
    theirs, ours = saved.roommate, situation.roommate
    if (theirs.next_dish, theirs.transitions) != (ours.next_dish, ours.transitions):
        raise FileError(f"{path}: those weights belong to another roommate, the {theirs.name}.")
    return Simulation(replace(situation, lesson=lesson_of(saved.network.cell)).with_own(saved.network, saved.made))


def to_compare(situation: Situation, path: Path, saved: SavedWeights) -> Network:
    """The network of a file, to be compared with that of a situation.

    Raises:
        FileError: It is for another roommate, or of another kind.
    """
    theirs, ours = saved.roommate, situation.roommate
    if (theirs.dishes, theirs.weathers) != (ours.dishes, ours.weathers):
        raise FileError(f"{path}: those weights belong to another roommate, the {theirs.name}.")
    if saved.network.cell is not situation.cell:
        raise FileError(f"{path}: those weights are of another kind of network.")
    return replace(saved.network, origin=path.name)


# Roommates


def cooking(simulation: Simulation, scenario: Scenario, name: str) -> Simulation:
    """Another roommate in the same lesson, with the hand-set weights; lesson 4 must then be opened again.

    Args:
        simulation: Where one is.
        scenario: Who is to cook.
        name: What ``--scenario`` opens them with.
    """
    situation = simulation.situation
    settings = replace(situation.settings, freeze="none")
    shown = 3 if situation.trains else situation.lesson
    name = "" if name == "lecture" else name
    return Simulation(
        Situation(scenario.roommate, shown, scenario.days, scenario.start, settings=settings, scenario=name)
    )
