"""The lesson that learns: training, travel through its updates, beginning again, settings, runs of last time."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from model.errors import FileError, InputError, RoommateError
from model.language import N_, _
from model.roommate.parsing import find, listed, suggestion
from model.storage.saved_runs import SavedRun
from model.training.config import TrainingConfig
from model.training.diagnosis import diagnose
from model.training.run import TrainingRun
from model.training.setting_bounds import title
from model.training.setting_texts import parse
from tui.session.commands.arguments import whole_number
from tui.session.commands.backward import update_made
from tui.session.commands.command import GOING_BACK, LEARNING, TRAINING, command
from tui.session.offers import unreadable
from tui.session.reply import NOTHING, Reply, Sight, Then, said
from tui.session.session import Session
from tui.session.state_directory import UNSAVED
from tui.text.diagnosis import in_words

FURTHER_UNTIL = 10_000
"""The least number of updates that a run is given, where a person trains until it is right."""


@command(
    "train", keys="t", words="train",
    usage=N_("[N updates, or 'until it is right']"), group=TRAINING, label=N_("train"),
    help=N_("Train, pause"), footers={LEARNING: 4}, synonyms=N_("start stop learn run"), sight=Sight.TRAINING,
)  # fmt: skip
def train(session: Session, *words: str) -> Reply:
    """Train to the goal, or for some updates; pause what trains. Elsewhere, go to the lesson that trains."""
    if not session.simulation.situation.trains:
        opened = session.open_training()
        if not words:
            return replace(opened, about=(_("'train' again begins."),), sight=Sight.SAME)
    if session.controls.running:
        session.pause()
        return NOTHING
    until = bool(words) and "until".startswith(words[0].casefold())
    otherwise = _("{text!r} is no number of updates: give a number from {least} to {most:,}.")
    count = math.inf if until or not words else whole_number(words[0], 1, 1_000_000, otherwise)
    run, replaced = session.run_to_go_on()
    if until and run.config.stop != "learned":
        updates = max(run.config.updates, run.update + FURTHER_UNTIL)
        run.configure(replace(run.config, stop="learned", updates=updates))
    lines: tuple[str, ...] = (replaced,) if replaced else ()
    if run.finished:
        if until and run.reached:
            return said(in_words(diagnose(session.moment), session.moment.roommate))
        session.runs.go_beyond(run)
        sentence = _("The goal is reached; going on to update {update:,} at the most.")
        lines = (*lines, sentence.format(update=run.config.updates))
    return Reply(lines, then=Then.TRAIN, about=(run, run.update + count))


@command(
    "one_update", keys="o", words="one update", group=TRAINING, label=N_("update"), back_label=N_("make this update"),
    help=N_("Make exactly one update; on the way back the one shown"), footers={LEARNING: 5, GOING_BACK: 8},
    synonyms=N_("single batch"), sight=Sight.TRAINING,
)  # fmt: skip
def one_update(session: Session) -> Reply:
    """Exactly one update; on the way back the very one that is shown."""
    simulation = session.simulation
    if simulation.backward and not simulation.situation.trains:
        before = simulation.situation.loss
        session.change(update_made(simulation))
        sentence = _("Made. The loss of the week was {before:.3g}, and is {now:.3g}.")
        sentence = sentence.format(before=before, now=session.simulation.situation.loss)
        return Reply(for_lines=(sentence,), sight=Sight.SAME)
    session.need_training()
    sight = Sight.SAME if simulation.backward else Sight.TRAINING
    return session.when_at_rest(lambda: _update(session, sight))


def _update(session: Session, sight: Sight) -> Reply:
    run, replaced = session.run_to_go_on()
    simulation, trouble = session.simulation, ""
    try:
        if simulation.backward:
            run.advance_on(simulation.situation.week, simulation.situation.start)
        else:
            run.advance()
    except RoommateError as error:
        trouble = str(error)
    session.unsaved = run
    session.set_controls(trouble=trouble)
    session.show_moment(run.moment())
    return Reply((replaced,) if replaced else (), for_lines=(trouble,) if trouble else (), sight=sight)


# Travel


@command(
    "earlier", keys="left_square_bracket", key_display="[", words="earlier", group=TRAINING, label=N_("earlier"),
    help=N_("Back to an earlier update"), footers={LEARNING: 6}, trains=True, at_rest=True, sight=Sight.TRAINING,
)  # fmt: skip
def earlier(session: Session) -> Reply:
    """One update back; in a long run a hundredth of it."""
    return _travel(session, -1)


@command(
    "later", keys="right_square_bracket", key_display="]", words="later", group=TRAINING, label=N_("later"),
    help=N_("Forth to a later update"), footers={LEARNING: 7}, trains=True, at_rest=True, sight=Sight.TRAINING,
)  # fmt: skip
def later(session: Session) -> Reply:
    """One update forth; in a long run a hundredth of it."""
    return _travel(session, 1)


@command(
    "first_update", keys="left_curly_bracket", key_display="{", words="first update", group=TRAINING,
    label=N_("first update"), help=N_("To the first update"), trains=True, at_rest=True, sight=Sight.TRAINING,
)  # fmt: skip
def first_update(session: Session) -> Reply:
    """To the weights before the first update."""
    return travel_to(session, 0)


@command(
    "latest_update", keys="right_curly_bracket", key_display="}", words="latest update", group=TRAINING,
    label=N_("latest update"), help=N_("To the latest update"), trains=True, at_rest=True, sight=Sight.TRAINING,
)  # fmt: skip
def latest_update(session: Session) -> Reply:
    """To the latest update."""
    return travel_to(session, session.moment.latest)


@command(
    "ask_update", keys="number_sign", key_display="#", words="update N", group=TRAINING, label=N_("update"),
    help=N_("To an update by its number"), synonyms=N_("number"), trains=True,
)  # fmt: skip
def ask_update(session: Session, number: str = "") -> Reply:
    """To an update by its number."""
    if not number:
        return Reply(then=Then.UPDATE)
    otherwise = _("{text!r} is no update of this run: give a number from {least} to {most:,}.")
    update = whole_number(number.replace(",", ""), 0, session.moment.latest, otherwise)
    return session.when_at_rest(lambda: travel_to(session, update))


def _travel(session: Session, by: int) -> Reply:
    moment = session.moment
    return travel_to(session, moment.update + by * max(moment.latest // 100, 1))


def travel_to(session: Session, update: int) -> Reply:
    """Show the run at an update, or at the nearest there is."""
    run, before = session.run, session.moment.update
    there = min(max(update, 0), run.update)
    if there != before:
        return session.show_moment(run.moment(there))
    if there == run.update:
        return Reply(for_lines=(_("This is the latest update already."),))
    return Reply(for_lines=(_("This is update {update:,} already.").format(update=there),))


# Beginning again


@command(
    "restart", keys="r", words="restart", group=TRAINING, label=N_("restart"),
    help=N_("Start again with the same seed"), synonyms=N_("reset again retrain scratch"),
    trains=True, at_rest=True, sight=Sight.TRAINING,
)  # fmt: skip
def restart(session: Session) -> Reply:
    """Start again with the same seed."""
    return _start_again(session, session.moment.config.seed, _("Started again with seed {seed}."))


@command(
    "new_seed", keys="R", words="new seed", group=TRAINING, label=N_("new seed"),
    help=N_("Start again with a new seed"), footers={LEARNING: 11}, synonyms=N_("random reset"),
    trains=True, at_rest=True, sight=Sight.TRAINING,
)  # fmt: skip
def new_seed(session: Session) -> Reply:
    """Start again with a new seed."""
    number = int(np.random.default_rng().integers(10_000))
    return _start_again(session, number, _("Started again with seed {seed}."))


@command("seed", words="seed N", group=TRAINING, help=N_("Start again with a seed"), trains=True, at_rest=True)
def seed(session: Session, number: str = "") -> Reply:
    """Start again with a seed."""
    if not number:
        sentence = _("The seed is {seed}; 'seed 7' starts with another.")
        return said(sentence.format(seed=session.moment.config.seed))
    otherwise = _("{text!r} is no seed: give a number from {least} to {most:,}.")
    return _start_again(session, whole_number(number, 0, 99_999_999, otherwise), _("Started with seed {seed}."))


def _start_again(session: Session, number: int, sentence: str) -> Reply:
    config = replace(session.runs.to_begin_with(session.moment.config), seed=number)
    session.show_run(TrainingRun(session.moment.roommate, config, session.moment.diary))
    return Reply(for_lines=(sentence.format(seed=number),))


# Settings


@command(
    "settings", keys="s", words="settings", group=TRAINING, label=N_("settings"),
    help=N_("Settings of training and of the way back"), footers={LEARNING: 8, GOING_BACK: 11},
    synonyms=N_("options preferences configuration optimizer rate learning gru lstm network units"),
)  # fmt: skip
def settings(session: Session) -> Reply:  # noqa: ARG001 - as all commands
    """Every setting, which can be changed."""
    return Reply(then=Then.SETTINGS)


def set_setting(session: Session, name: str, value: str) -> Reply:
    """Change a setting.

    Raises:
        RoommateError: There is no such setting here, or it cannot be so.
    """
    names = session.simulation.situation.setting_names
    titles = [title(known) for known in names]
    wanted = name.replace("-", " ").replace("_", " ")
    index = find(wanted, titles)
    if index is None:
        sentence = _("{text!r} is not a setting here: there are {names}.{near}")
        raise InputError(sentence.format(text=name[:24], names=listed(titles), near=suggestion(wanted, titles)))
    config: TrainingConfig = session.simulation.situation.config
    return session.configure(config.with_changes({names[index]: parse(names[index], value)}))


@command(
    "scale", keys="y", group=TRAINING, label=N_("axis"), help=N_("Linear or logarithmic axis of the loss"),
    synonyms=N_("logarithmic log linear chart graph plot curve"), trains=True, sight=Sight.TRAINING,
    screen_only=N_("an axis is drawn; losses are told as numbers"),
)  # fmt: skip
def scale(session: Session) -> Reply:
    """A linear or a logarithmic axis."""
    session.set_controls(log=not session.controls.log)
    return NOTHING


# Runs of last time


@command("resume", words="resume [N]", group=TRAINING, help=N_("Go on with a run that was saved last time"))
def resume(session: Session, number: str = "") -> Reply:
    """Go on with a run that others have left, so that nobody else does."""
    faults = session.offers.look_once()
    if not session.offers.current:
        return said(*faults, _("No run was saved last time."))
    otherwise = _("{text!r} is no run that was offered: give a number from {least} to {most:,}.")
    place = whole_number(number, 1, len(session.offers.current), otherwise) if number else 1
    saved = session.offers.current[place - 1]
    return session.when_at_rest(lambda: _resume(session, saved))


def _resume(session: Session, saved: SavedRun) -> Reply:
    state, session.offers.current = session.runs.state, []
    assert state is not None
    try:
        run = saved.load()
    except FileError as error:
        return Reply((unreadable(error),), severity="warning")
    there = True
    lines: tuple[str, ...] = ()
    try:
        there = state.claim(saved)
    except FileError as error:  # it is read already, and can be gone on with
        lines = (_(UNSAVED).format(reason=error),)
    if run is None or not there:
        faults = session.offers.look_again()  # the others, where there are any
        sentences = (*lines, _("Another session has gone on with that run."), *faults)
        return Reply(sentences, severity="warning", then=Then.OFFER)
    sight = Sight.SAME
    if not session.simulation.situation.trains:
        session.walk(session.runs.opened(session.simulation))
        sight = Sight.TRAINING
    session.set_controls(trouble="")
    session.change(session.runs.resumed(session.simulation, run))
    return Reply(lines, severity="warning", sight=sight)
