"""``roommate-tui train``: a training run without a screen."""

from __future__ import annotations

import argparse
import contextlib
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from model.analysis.automaton import extract
from model.analysis.rollout import Rollout, roll_out_to_end
from model.errors import FileError, TrainingError
from model.export.history import HISTORY_ENDINGS, history_csv
from model.foreign_text import json_text
from model.language import _, ngettext
from model.storage.weights import WEIGHTS_ENDINGS, SavedWeights, weights_bytes
from model.training.config import TrainingConfig
from model.training.diagnosis import beyond_a_table, diagnose
from model.training.exam import undecided_case
from model.training.run import TrainingRun
from model.training.setting_bounds import MAX_UPDATES
from model.training.setting_texts import as_settings, from_settings
from model.training.snapshot import TrainingSnapshot
from tui.cli.diary_report import as_json as diary_json
from tui.cli.diary_report import report
from tui.cli.engines import EngineChoice
from tui.cli.interruption import noting
from tui.cli.options import files_read, given_settings, roommate_and_diary
from tui.cli.result_files import Content, Result, result_files, write_results
from tui.text.diagnosis import in_words
from tui.text.output import portable, raw, tell
from tui.text.verdicts import endurance

SLICE = 50
"""Updates between two looks at the progress bar."""


def train(options: argparse.Namespace) -> int:
    """Train, write what is asked for, print the outcome.

    Returns:
        The exit status: 0, 4 where the goal was not reached or the network cannot know the whole rule, 130 or 143
        where it was interrupted.

    Raises:
        FileError: A file is there already or cannot be written; said before any training where that is known.
    """
    config = from_settings(given_settings(options))
    files = files_read(options, "out", "history")
    run = _run_of(options, config, files.get("--diary"))
    engine = EngineChoice(run, options.engine)
    with contextlib.ExitStack() as stack:
        wanted: dict[str, Content[TrainingSnapshot]] = {
            "--out": (WEIGHTS_ENDINGS, partial(_weights, files.get("--out"))),
            "--history": (HISTORY_ENDINGS, history_csv),
        }
        return _train(options, run, engine, result_files(options, files, wanted, stack))


def _weights(path: Path | None, moment: TrainingSnapshot) -> bytes:
    assert path is not None  # else nobody asks for them
    return weights_bytes(path, SavedWeights(moment.roommate, moment.network, moment.provenance))


def _train(
    options: argparse.Namespace, run: TrainingRun, engine: EngineChoice, results: list[Result[TrainingSnapshot]]
) -> int:
    """Train to the end or to a signal, write, and tell the outcome."""
    trouble, signals = "", list[int]()
    try:
        with noting(signals):
            _advance(run, engine, signals)
    except TrainingError as error:
        trouble = str(error)
    moment = run.moment()
    unwritten = write_results(results, moment)
    outcome = None if signals else _endurance(moment)
    lines = [_outcome_line(moment, outcome), *report(moment)]
    # What is written to standard output stands there alone.
    out = sys.stderr if any(target.standard for target, _content in results) else sys.stdout
    out.writelines(
        portable([as_json(moment, outcome, engine.names)]) if options.json else (f"{line}\n" for line in lines)
    )
    if unwritten:
        raise FileError(" ".join(map(str, unwritten)))
    if trouble:
        tell(trouble)
    if signals:  # what was learned until then is written down all the same
        tell(
            ngettext(
                "interrupted after {count:,} update.", "interrupted after {count:,} updates.", run.update
            ).format(count=run.update)
        )
        return 128 + signals[0]
    falls_short = run.config.stop == "learned" and undecided_case(moment.roommate, moment.network) is not None
    return 0 if run.reached and not (trouble or falls_short) else TrainingError.exit_status


def _run_of(options: argparse.Namespace, config: TrainingConfig, file: Path | None) -> TrainingRun:
    """A run that learns from the diary, or from the scenario's rule."""
    roommate, diary = roommate_and_diary(options, file)
    if diary is None:
        return TrainingRun(roommate, config)
    if not hasattr(options, "days"):  # weeks as long as they can be, up to the usual length
        config = replace(config, days=min(config.days, diary.longest))
    if config.cell.remembers and not hasattr(options, "stop"):  # the table is what it is there to beat
        config = replace(config, stop="loss")
    return TrainingRun(roommate, config, diary)


def _advance(run: TrainingRun, engine: EngineChoice, signals: list[int]) -> None:
    """Train to the end or to a signal, with a bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():  # a bar that is disabled ends with an empty line all the same in rich 14
        while _slice(run, engine, signals):
            pass
        return
    columns = (TextColumn(_("update")), MofNCompleteColumn(), BarColumn(), TextColumn("{task.description}"))
    console = Console(file=raw(sys.stderr))
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task("", total=min(run.config.updates, MAX_UPDATES))
        while _slice(run, engine, signals):
            bar.update(task, completed=run.update, description=_("loss {loss:.4g}").format(loss=run.loss))


def _slice(run: TrainingRun, engine: EngineChoice, signals: list[int]) -> bool:
    """Train for some updates; whether there is more to do."""
    for _update in range(SLICE):
        if run.finished or signals:
            return False
        engine.advance(1)
    return True


def _endurance(moment: TrainingSnapshot) -> Rollout | None:
    """The rollout of the learned rule; None where no rule was learned."""
    if not _learned(moment) or beyond_a_table(moment):
        return None
    return roll_out_to_end(extract(moment.network, moment.roommate))


def _learned(moment: TrainingSnapshot) -> bool:
    return moment.learned_at is not None and undecided_case(moment.roommate, moment.network) is None


def _outcome_line(moment: TrainingSnapshot, outcome: Rollout | None) -> str:
    sentence = in_words(diagnose(moment), moment.roommate)
    if outcome is not None:
        sentence = f"{sentence} {endurance(outcome)}"
    return ngettext(
        "Seed {seed}, {count:,} update, loss {loss:.4g}. {sentence}",
        "Seed {seed}, {count:,} updates, loss {loss:.4g}. {sentence}",
        moment.update,
    ).format(seed=moment.config.seed, count=moment.update, loss=moment.loss, sentence=sentence)


def as_json(moment: TrainingSnapshot, outcome: Rollout | None, engines: list[str]) -> str:
    """``roommate-train``, version 1.

    Args:
        moment: The end of the run.
        outcome: The rollout of what was learned, if there is one.
        engines: What made the updates, one after the other.
    """
    exam = moment.exam
    document: dict[str, object] = {
        "format": "roommate-train",
        "version": 1,
        "seed": moment.config.seed,
        "settings": as_settings(moment.config),
        "engines": engines,
        "updates": moment.update,
        "cases": moment.verdict.cases,
        "cases_right": moment.verdict.count,
        "exam_weeks": None if exam is None else exam.weeks,
        "exam_right": None if exam is None else exam.right,
        "exam_strays_on_day": None if exam is None else exam.stray,
        "learned": None if beyond_a_table(moment) else _learned(moment),
        "learned_at": moment.learned_at,
        "loss": moment.loss,
        "accuracy": moment.accuracy,
        "stays_true": None if outcome is None else outcome.stays_true,
        "strays_on_day": outcome.stray.day if outcome is not None and outcome.stray else None,
    }
    if moment.diary is not None:
        document["diary"] = diary_json(moment, moment.diary)
    return json_text(document) + "\n"
