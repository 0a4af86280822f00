"""Kill -9 while files are saved: each is the old one or the new one, whole, and nothing piles up beside it."""

from __future__ import annotations

import os
import random
import select
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from model.export.history import history_csv
from model.roommate.roommate import PERFECT_ROOMMATE
from model.roommate.scenario import LECTURE
from model.storage.atomic import write_atomically
from model.storage.growing_run import GrowingRun
from model.storage.runs import load_run, save_run
from model.storage.scenarios import find_scenario, load_scenario, save_scenario
from model.storage.weights import SavedWeights, load_weights, save_weights
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.soak.outcome import Outcome

KILLS = 200
"""How many there are at full scale."""

LATEST = 0.03
"""A kill comes at most so many seconds after the first file was begun."""


@dataclass(frozen=True)
class Saving:
    """A kind of file: two contents of it that are saved in turn, and a way to tell which one a file has.

    Attributes:
        name: The file's name.
        save: Writes the content of a number, 0 or 1, over whatever is there.
        read: Gives the number of the content that a file has; raises an error where it is neither.
    """

    name: str
    save: Callable[[Path, int], object]
    read: Callable[[Path], int]


def savings() -> list[Saving]:
    """All kinds of files that the program writes."""
    large = [TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=seed, hidden=512)) for seed in (0, 1)]
    runs = [TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=seed, weeks=1, stop="updates")) for seed in (0, 1)]
    for run in runs:
        run.advance(600)
    weights = [SavedWeights(run.roommate, run.moment().network, run.moment().provenance) for run in large]
    histories = [history_csv(run.moment()) for run in runs]
    scenarios = [LECTURE, find_scenario("modulo-7")]
    scenarios[0] = replace(scenarios[0], week=(0, 1) * 20_000)

    def of_weights(path: Path) -> int:
        found = load_weights(path).network.parameters
        return next(n for n in (0, 1) if np.array_equal(found["food"], weights[n].network.parameters["food"]))

    def of_run(path: Path) -> int:
        found = load_run(path, private=True).record().losses
        return next(n for n in (0, 1) if np.array_equal(found, records[n].losses))

    records = [run.record() for run in runs]
    records[1] = runs[0].rewound(300).record()  # of the same run, so that the other one is appended to it
    growing: dict[Path, GrowingRun] = {}
    return [
        Saving("weights.json", lambda path, n: save_weights(path, weights[n], overwrite=True), of_weights),
        Saving("weights.npz", lambda path, n: save_weights(path, weights[n], overwrite=True), of_weights),
        Saving(
            "history.csv",
            lambda path, n: write_atomically(path, histories[n], overwrite=True),
            lambda path: histories.index(path.read_bytes()),
        ),
        Saving(
            "mine.toml",
            lambda path, n: save_scenario(path, scenarios[n], overwrite=True),
            lambda path: scenarios.index(load_scenario(path)),
        ),
        Saving("run.npz", lambda path, n: save_run(path, records[n]), of_run),
        Saving("growing.npz", lambda path, n: growing.setdefault(path, GrowingRun(path)).save(records[n]), of_run),
    ]


def killed(saving: Saving, path: Path, after: float) -> None:
    """Have another process save in turn, and kill it after some seconds."""
    ready, tell = os.pipe()
    child = os.fork()
    if not child:
        os.write(tell, b".")
        number = 0
        while True:
            number = 1 - number
            saving.save(path, number)
    select.select([ready], [], [], 60)
    os.close(ready)
    os.close(tell)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def run(scale: float, seed: int) -> Outcome:
    """All kills; one process a kill.

    Args:
        scale: What part of `KILLS`.
        seed: Says which file is being saved each time, and when the kill comes.
    """
    outcome = Outcome("kill -9 while saving", seed, "kills")
    rng = random.Random(seed)
    kinds = savings()
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            kind.save(Path(folder) / kind.name, 0)
        for number in range(max(round(KILLS * scale), 1)):
            kind, after = rng.choice(kinds), rng.random() * LATEST
            path = Path(folder) / kind.name
            before = kind.read(path)
            killed(kind, path, after)
            outcome.count += 1
            try:
                content = kind.read(path)
            except Exception as error:  # whatever it is, that is what is looked for
                outcome.failures.append(f"kill {number}, {kind.name} after {after:.4f} s: {error!r}")
                kind.save(path, 0)
                continue
            outcome.seen[kind.name] += 1
            outcome.seen["another content than before"] += content != before
            beside = [entry for entry in path.parent.iterdir() if entry.name.startswith(".roommate-tui-")]
            for part in beside:  # as old as those that are swept away
                os.utime(part, (0, 0))
            outcome.seen["a part of a file left beside it"] += bool(beside)
            if len(beside) > 1:
                outcome.failures.append(f"kill {number}: {len(beside)} files lie beside {kind.name}")
        for kind in kinds:
            kind.save(Path(folder) / kind.name, 0)
        left = {entry.name for entry in Path(folder).iterdir()} - {kind.name for kind in kinds} - {"growing.journal"}
        if left:
            outcome.failures.append(f"{sorted(left)} were left in the end")
    return outcome
