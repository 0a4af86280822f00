"""Every command that needs no page and no file, as a value: a walk is a list of them, and so can be made shorter."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from model.errors import RoommateError
from model.network.names import TRAINABLE
from model.network.schedule import OF_DISHES
from model.simulation.lessons import LESSONS
from model.simulation.simulation import Simulation
from model.simulation.timeline import Timeline
from model.storage.scenarios import shipped
from model.training.config import TrainingConfig
from model.training.optimizers import OPTIMIZERS
from model.training.run import TrainingRun
from tui.session.commands.lessons import lesson_name
from tui.session.commands.shared import COMMANDS_BY_NAME
from tui.session.reply import Then
from tui.session.run_library import Runs
from tui.session.session import Session
from tui.text.glyphs import UNICODE

Move = tuple[str, int, int, int]
"""A name and three numbers; what they mean depends on the name, and whatever they are they mean something."""

LONGEST_RUN = 60
"""Updates after which a run begins anew: a command line must make them all again."""

WITHOUT_EFFECT = ("seed", "network", "feedback", "activation", "stop", "hold", "loss_below", "updates")
"""Settings that a command line tells, or that only end a run."""


class Walker:
    """A person with a session, without a screen and without lines.

    Attributes:
        session: What the commands are done to.
        pure: The branches whose weights only their settings and their updates have made.
    """

    def __init__(self) -> None:
        self.session = Session(Simulation(), UNICODE, Runs(TrainingConfig(), None))
        self.pure: set[int] = set()

    @property
    def now(self) -> Simulation:
        """What is shown."""
        return self.session.simulation

    @property
    def timeline(self) -> Timeline:
        """What is shown and what came before."""
        return self.session.timeline

    @property
    def run(self) -> TrainingRun | None:
        """The run that is shown, where one is and was not discarded."""
        run_id = self.now.situation.run_id
        return self.session.run if self.now.situation.snapshot is not None and run_id in self.session.runs else None

    def make(self, move: Move) -> None:
        """Do it; what is refused leaves everything as it is."""
        name, *numbers = move
        before, backward = self.now.situation, self.now.backward
        if name in {"train", "one_update"} and self.run is not None and self.run.update + 3 > LONGEST_RUN:
            name = "restart"
        try:
            if name == "targets":
                _targets(self, *numbers)
            else:
                self._do(name, WORDS[name](self, *numbers))
        except RoommateError:
            return
        situation = self.now.situation
        snapshot, run_id = situation.snapshot, situation.run_id
        if snapshot is None or (snapshot is before.learning and run_id == before.run_id):
            return
        usual = replace(TrainingConfig(), **{field: getattr(snapshot.config, field) for field in WITHOUT_EFFECT})
        if (name == "one_update" and backward) or name == "take" or (name == "set" and numbers[0] % 2):
            self.pure.discard(run_id)
        elif run_id != before.run_id and snapshot.update == 0 and name not in {"undo", "redo"}:
            self.pure |= {run_id} if snapshot.config == usual else set()
        elif (
            before.snapshot is not None and snapshot.config != before.snapshot.config and name not in {"undo", "redo"}
        ):
            self.pure.discard(run_id)
        elif run_id != before.run_id and before.run_id in self.pure and name in {"train", "one_update"}:
            self.pure.add(run_id)  # cut off where the person looked

    def _do(self, name: str, words: tuple[str, ...]) -> None:
        reply = COMMANDS_BY_NAME[name](self.session, *words)
        if reply.then is Then.TRAIN:
            run, until = reply.about
            run.advance(int(until) - run.update)
            self.session.show_moment(run.moment())


def _targets(walker: Walker, a: int, b: int, c: int) -> None:
    """Days that were cooked otherwise than by the rule, as a diary has them."""
    situation = walker.now.situation
    dishes = len(situation.roommate.dishes)
    targets = tuple((a + b * day) % dishes for day in range(len(situation.week))) if c % 3 else None
    walker.session.change(walker.now.in_situation(replace(situation, targets=targets)))


def _one_of(names: tuple[str, ...], number: int) -> str:
    return names[number % len(names)]


def _matrix(walker: Walker, number: int) -> str:
    return _one_of(tuple(walker.now.situation.network.matrices), number)


def _value(walker: Walker, a: int, b: int, c: int) -> tuple[str, ...]:
    """A weight, or a setting."""
    if a % 2:
        matrix = _matrix(walker, b)
        rows, columns = walker.now.situation.network.parameters[matrix].shape
        return matrix, str(b % rows + 1), str(c % columns + 1), str((c % 41 - 20) / 4)
    settings = (
        ("feedback", _one_of(tuple(map(str, OF_DISHES)), b)),
        ("optimizer", _one_of(tuple(OPTIMIZERS), b)),
        ("learning-rate", _one_of(("0.001", "0.03", "1"), b)),
        ("network", _one_of(("both", "elman"), b)),
    )
    return settings[c % len(settings)]


def _nothing(_walker: Walker, *_numbers: int) -> tuple[str, ...]:
    return ()


WORDS: dict[str, Callable[..., tuple[str, ...]]] = {
    **dict.fromkeys(
        (
            "next_step",
            "previous_step",
            "day_before",
            "first",
            "last",
            "row_before",
            "reveal",
            "add_day",
            "remove_day",
        ),
        _nothing,
    ),
    **dict.fromkeys(("undo", "redo", "by_hand", "one_update", "earlier", "later", "first_update"), _nothing),
    **dict.fromkeys(("latest_update", "restart", "forwards"), _nothing),
    **dict.fromkeys(map(lesson_name, LESSONS), _nothing),
    "next_day": lambda _walker, a, b, _c: (str(a % 9),) if b % 2 else (),
    "step": lambda _walker, a, *_rest: (str(a % 12),),
    "next_row": lambda _walker, a, b, c: (str(a % 8), str(b % 4)) if c % 2 else (),
    "flip_weather": lambda walker, a, b, _c: (_one_of(walker.now.situation.roommate.weathers, a),) if b % 2 else (),
    "next_start": lambda walker, a, b, _c: (_one_of(walker.now.situation.roommate.states, a),) if b % 2 else (),
    "turn": lambda _walker, a, b, _c: (_one_of(TRAINABLE, a),) if b % 2 else (),
    "activation": lambda _walker, a, *_rest: (_one_of((*TRAINABLE, "largest-to-1"), a),),
    "feedback": lambda _walker, a, b, _c: (_one_of(tuple(map(str, OF_DISHES)), a),) if b % 2 else (),
    "set": _value,
    "take": lambda walker, a, b, _c: (_matrix(walker, a), _one_of(("hand", "learned"), b)),
    "train": lambda _walker, a, *_rest: (str(1 + a % 3),),
    "ask_update": lambda _walker, a, *_rest: (str(a % LONGEST_RUN),),
    "seed": lambda _walker, a, *_rest: (str(a % 50),),
    "roommate": lambda _walker, a, *_rest: (_one_of(tuple(shipped()), a),),
}
"""What follows each command, by three numbers."""

WEIGHTS = {
    "next_step": 8,
    "previous_step": 4,
    "turn": 3,
    "undo": 3,
    "redo": 2,
    "roommate": 0.15,
    "seed": 0.3,
}
"""How much more often some are made than the others."""

NAMES = (*WORDS, "targets")
_ODDS = [WEIGHTS.get(name, 1.0) for name in NAMES]


def random_walk(rng: random.Random, length: int) -> list[Move]:
    """Moves in any order."""
    names = rng.choices(NAMES, _ODDS, k=length)
    return [(name, rng.randrange(10_000), rng.randrange(10_000), rng.randrange(10_000)) for name in names]
