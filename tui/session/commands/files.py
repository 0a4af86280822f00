"""Files: weights, histories and rules of weights written and read; what can be copied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from model.analysis.automaton import Automaton
from model.analysis.rollout import Rollout
from model.errors import FileError
from model.export.automaton import EXPORTERS, as_json
from model.export.history import HISTORY_ENDINGS, history_csv
from model.foreign_text import shown
from model.language import N_, _
from model.roommate.parsing import listed
from model.roommate.scenario import Scenario
from model.simulation.lessons import lesson_of
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.atomic import write_atomically
from model.storage.files import need_ending
from model.storage.scenarios import SCENARIO_ENDINGS, save_scenario
from model.storage.weights import WEIGHTS_ENDINGS, SavedWeights, load_weights, save_weights
from model.training.provenance import UNKNOWN
from tui.session.commands.arguments import file_named, file_to_write
from tui.session.commands.command import LEARNING, PROGRAM, TRAINING, command
from tui.session.permalink import UNSAVED
from tui.session.reply import Reply, Then, said
from tui.session.session import Session

NOBODYS = object()
"""A network that no lesson shows, to compare identities with."""

AUTOMATON_ENDINGS = (*EXPORTERS, ".json")
"""What the name of a file for an automaton may end in."""


@command(
    "save", keys="S", words="save FILE [overwrite]", group=TRAINING, label=N_("save"),
    help=N_("Save the weights, or the history of lesson 4"), footers={LEARNING: 12},
    synonyms=N_("export write store download csv json npz"), kiosk=False,
)  # fmt: skip
def save(session: Session, *words: str) -> Reply:
    """Write the weights, the history (.csv) or the roommate's rule (.toml)."""
    if not words:
        return Reply(then=Then.SAVE)
    situation = session.simulation.situation
    path, over = file_to_write(session, words)
    save_to(session, situation, path, overwrite=over)
    return said(_("Saved {path}.").format(path=path))


def save_to(session: Session, situation: Situation, path: Path, *, overwrite: bool) -> None:
    """Write what the ending of a file's name says: the rule, the history or the weights.

    Args:
        session: Where it is shown, as far as it still is.
        situation: Whose.
        path: The file.
        overwrite: Whether a file that is there is replaced.
    """
    if path.suffix.casefold() not in SCENARIO_ENDINGS:
        save_weights_of(session, situation, path, overwrite=overwrite)
        return
    save_scenario(path, Scenario(situation.roommate, situation.start, situation.week), overwrite=overwrite)
    now = session.simulation.situation
    if now.scenario == UNSAVED and now.roommate == situation.roommate:
        session.walk(session.simulation.in_situation(replace(now, scenario=str(path))))


@command(
    "load", keys="L", words="load FILE", group=TRAINING, label=N_("load"),
    help=N_("Load weights into lesson 3, or those with a memory into 5"),
    synonyms=N_("open import read"), kiosk=False,
)  # fmt: skip
def load(session: Session, *words: str) -> Reply:
    """Show the weights of a file, in the lesson of their network."""
    if not words:
        return Reply(then=Then.LOAD)
    path = file_named(session, words)
    session.change(loaded(session.simulation, path, load_weights(path)))
    sentence = _("Lesson {lesson} shows the weights of the file; H puts the hand-set ones back.")
    return said(sentence.format(lesson=session.simulation.situation.lesson))


@command(
    "copy", keys="c", words="copy",
    usage=N_("[command, text, markdown, latex, json or weights]"), group=PROGRAM, label=N_("copy"),
    help=N_("Copy or save: the command of this screen, the step, the weights"),
    synonyms=N_("clipboard export share latex markdown json"),
)  # fmt: skip
def copy(session: Session, kind: str = "") -> Reply:  # noqa: ARG001 - as all commands
    """Copy something of what is shown."""
    return Reply(then=Then.COPY, about=(kind,))


def save_weights_of(session: Session, situation: Situation, path: Path, *, overwrite: bool) -> None:
    """Write the weights of a situation, or its history; from there a command line can open them.

    Args:
        session: Where it is shown, as far as it still is.
        situation: Whose weights.
        path: The file.
        overwrite: Whether a file that is there is replaced.
    """
    write_walk(path, situation, overwrite=overwrite)
    now, lesson = session.simulation.situation, situation.lesson
    if path.suffix.casefold() not in HISTORY_ENDINGS and now.custom_networks.get(
        lesson
    ) is situation.custom_networks.get(lesson, NOBODYS):
        kept = replace(now, files={**now.files, lesson: str(path)})
        session.walk(session.simulation.in_situation(kept))


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
    if need_ending(path, WEIGHTS_ENDINGS + HISTORY_ENDINGS) not in HISTORY_ENDINGS:
        save_weights(path, weights_of(situation), overwrite=overwrite)
    elif situation.snapshot is None:
        raise FileError(_("Only a training run has a history: lesson 4 makes one."))
    else:
        write_atomically(path, history_csv(situation.snapshot), overwrite=overwrite)


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
        sentence = _("{path}: its name should end in {endings}.")
        raise FileError(sentence.format(path=path, endings=listed(AUTOMATON_ENDINGS, "or")))
    if ending == ".json" and not outcome.over:
        raise FileError(_("The days are not over yet: try again in a moment."))
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
        raise FileError(
            _("{path}: those weights belong to another roommate, the {name}.").format(path=path, name=theirs.name)
        )
    return Simulation(
        replace(situation, lesson=lesson_of(saved.network.cell)).with_custom_network(
            saved.network, saved.made, str(path)
        )
    )
