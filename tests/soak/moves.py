"""Everything a person can do to a simulation, as values: a walk is a list of them, and so can be made shorter."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from model.network.activations import activation_named
from model.network.names import TRAINABLE
from model.network.network import Network
from model.network.schedule import OF_DISHES
from model.roommate.scenario import Scenario
from model.simulation.lessons import LESSONS, TRAINING_LESSON
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.simulation.timeline import Timeline
from model.storage.scenarios import find_scenario, shipped
from model.training.config import TrainingConfig
from model.training.optimizers import OPTIMIZERS
from model.training.run import TrainingRun

Move = tuple[str, int, int, int]
"""A name and three numbers; what they mean depends on the name, and whatever they are they mean something."""

LONGEST_RUN = 60
"""Updates after which a run begins anew: a command line must make them all again."""

SCENARIOS: tuple[tuple[str, Scenario], ...] = tuple((name, find_scenario(name)) for name in shipped())


@dataclass
class Walker:
    """A person at the screen: the timeline, and the runs behind lesson 4.

    Attributes:
        timeline: What is on the screen and what came before.
        runs: Each branch's run.
        pure: The branches whose weights only their settings and their updates have made.
    """

    timeline: Timeline = field(default_factory=lambda: Timeline(Simulation()))
    runs: dict[int, TrainingRun] = field(default_factory=dict)
    pure: set[int] = field(default_factory=set)

    @property
    def now(self) -> Simulation:
        """What is on the screen."""
        return self.timeline.present

    def make(self, move: Move) -> None:
        """Do it."""
        name, *numbers = move
        MOVES[name](self, *numbers)

    def walk(self, simulation: Simulation) -> None:
        """Another place."""
        self.timeline = self.timeline.walk(simulation)

    def change(self, simulation: Simulation) -> None:
        """Another situation."""
        self.timeline = self.timeline.change(simulation)

    def adopt(self, run: TrainingRun, *, pure: bool) -> None:
        """Show a run of its own."""
        branch = max(self.runs, default=0) + 1
        self.runs[branch] = run
        if pure:
            self.pure.add(branch)
        self.change(self.now.with_learning(run.moment(), branch))

    def run(self) -> TrainingRun | None:
        """The run on screen, where it is lesson 4 that is there."""
        return self.runs[self.now.situation.branch] if self.now.situation.trains else None


def _lesson(walker: Walker, a: int, b: int, c: int) -> None:
    simulation = walker.now.with_lesson(sorted(LESSONS)[a % len(LESSONS)])
    situation = simulation.situation
    if situation.trains and situation.learning is None:
        run = TrainingRun(situation.roommate, TrainingConfig(seed=b % 5, weeks=4, days=2 + c % 3))
        branch = max(walker.runs, default=0) + 1
        walker.runs[branch] = run
        simulation = simulation.with_learning(run.moment(), branch)
    walker.walk(simulation)


def _turn(walker: Walker, *_: int) -> None:
    if walker.now.backward or walker.now.situation.can_go_back:
        walker.walk(walker.now.turn())


def _activation(walker: Walker, a: int, *_: int) -> None:
    if not walker.now.situation.trains:
        names = (*TRAINABLE, "largest-to-1")
        network = walker.now.situation.network.with_activation(activation_named(names[a % len(names)]))
        walker.change(walker.now.with_network(network))


def _settings(walker: Walker, a: int, b: int, c: int) -> None:
    changed = {
        "feedback": str(OF_DISHES[a % len(OF_DISHES)]),
        "optimizer": tuple(OPTIMIZERS)[b % len(OPTIMIZERS)],
        "learning_rate": (0.001, 0.03, 1.0)[c % 3],
    }
    run = walker.run()
    if run is None:
        walker.change(walker.now.with_settings(replace(walker.now.situation.settings, **changed)))  # type: ignore[arg-type]
    elif walker.now.situation.learning is not None and walker.now.situation.learning.update == run.update:
        run.configure(replace(run.config, **changed))  # type: ignore[arg-type]
        walker.pure.discard(walker.now.situation.branch)
        walker.walk(walker.now.with_learning(run.moment(), walker.now.situation.branch))


def _edit(walker: Walker, a: int, b: int, c: int) -> None:
    situation = walker.now.situation
    network, weights = situation.network, situation.network.parameters
    name = network.matrices[a % len(network.matrices)]
    matrix = weights[name].copy()
    matrix.flat[b % matrix.size] = (c % 41 - 20) / 4
    _take(walker, network.with_parameters(weights.with_matrix(name, matrix)))


def _take(walker: Walker, network: Network) -> None:
    run = walker.run()
    if run is None:
        walker.change(walker.now.with_network(network))
    elif walker.now.situation.learning is not None:
        walker.adopt(run.edited(network.parameters.flat, walker.now.situation.learning.update), pure=False)


def _update_shown(walker: Walker, *_: int) -> None:
    situation = walker.now.situation
    run = walker.run()
    if run is not None and run.update < LONGEST_RUN:
        run = _cut_off(walker, run)
        run.advance_on(situation.week, situation.start)
        walker.pure.discard(walker.now.situation.branch)
        walker.walk(walker.now.with_learning(run.moment(), walker.now.situation.branch))
    elif run is None and situation.can_go_back:
        walker.change(walker.now.with_network(situation.network.with_parameters(situation.descent.after)))


def _cut_off(walker: Walker, run: TrainingRun) -> TrainingRun:
    """The run without the updates after the one that is looked at: those are for undo."""
    situation = walker.now.situation
    if situation.learning is not None and situation.learning.update < run.update:
        walker.adopt(run.rewound(situation.learning.update), pure=situation.branch in walker.pure)
    return walker.runs[walker.now.situation.branch]


def _train(walker: Walker, a: int, *_: int) -> None:
    run = walker.run()
    if run is None:
        return
    run = _cut_off(walker, run)
    if run.update + 3 > LONGEST_RUN:
        walker.adopt(TrainingRun(run.roommate, run.config), pure=False)
        run = walker.runs[walker.now.situation.branch]
    run.advance(1 + a % 3)
    walker.walk(walker.now.with_learning(run.moment(), walker.now.situation.branch))


def _travel(walker: Walker, a: int, *_: int) -> None:
    run = walker.run()
    if run is not None:
        walker.walk(walker.now.with_learning(run.moment(a % (run.update + 1)), walker.now.situation.branch))


def _restart(walker: Walker, a: int, b: int, *_: int) -> None:
    run = walker.run()
    if run is not None:
        network = ("lecture", "elman")[b % 2]
        walker.adopt(TrainingRun(run.roommate, TrainingConfig(seed=a % 50, network=network)), pure=True)


def _scenario(walker: Walker, a: int, *_: int) -> None:
    name, scenario = SCENARIOS[a % len(SCENARIOS)]
    lesson = walker.now.situation.lesson
    settings = replace(walker.now.situation.settings, freeze="none")
    situation = Situation(
        scenario.roommate,
        3 if lesson == TRAINING_LESSON else lesson,
        scenario.days,
        scenario.start,
        settings=settings,
        scenario="" if name == "lecture" else name,
    )
    walker.change(Simulation(situation))


def _targets(walker: Walker, a: int, b: int, c: int) -> None:
    situation = walker.now.situation
    dishes = len(situation.roommate.dishes)
    targets = tuple((a + b * day) % dishes for day in range(len(situation.week))) if c % 3 else None
    walker.change(walker.now.in_situation(replace(situation, targets=targets)))


def _by_hand(walker: Walker, *_: int) -> None:
    if not walker.now.situation.trains:
        walker.change(walker.now.with_network(None))


def _hand_set_matrix(walker: Walker, a: int, *_: int) -> None:
    situation = walker.now.situation
    name = situation.network.matrices[a % len(situation.network.matrices)]
    theirs = situation.hand_set.parameters[name]
    weights = situation.network.parameters
    if theirs.shape == weights[name].shape:
        _take(walker, situation.network.with_parameters(weights.with_matrix(name, theirs)))


def _undo(walker: Walker, *_: int) -> None:
    walker.timeline = walker.timeline.undo()


def _redo(walker: Walker, *_: int) -> None:
    walker.timeline = walker.timeline.redo()


MOVES: dict[str, Callable[..., None]] = {
    "next_step": lambda w, *_: w.walk(w.now.next_step()),
    "previous_step": lambda w, *_: w.walk(w.now.previous_step()),
    "go_on": lambda w, a, *_: w.walk(w.now.go_on((-1, 1)[a % 2])),
    "go_to": lambda w, a, b, c: w.walk(w.now.go_to(a % 14 - 3, b % 14 - 3 if c % 2 else None)),
    "first": lambda w, *_: w.walk(w.now.first()),
    "last": lambda w, *_: w.walk(w.now.last()),
    "turn": _turn,
    "move_row": lambda w, a, *_: w.walk(w.now.move_row((-1, 1)[a % 2])),
    "reveal": lambda w, *_: w.walk(w.now.toggle_reveal()),
    "flip_weather": lambda w, a, *_: w.change(w.now.flip_weather(a % w.now.days)),
    "next_start": lambda w, *_: w.change(w.now.next_start()),
    "add_day": lambda w, *_: w.change(w.now.add_day()),
    "remove_day": lambda w, *_: w.change(w.now.remove_day()),
    "lesson": _lesson,
    "activation": _activation,
    "settings": _settings,
    "edit": _edit,
    "hand_set_matrix": _hand_set_matrix,
    "by_hand": _by_hand,
    "update_shown": _update_shown,
    "train": _train,
    "travel": _travel,
    "restart": _restart,
    "scenario": _scenario,
    "targets": _targets,
    "undo": _undo,
    "redo": _redo,
}
"""All of them, by name."""

WEIGHTS = {
    "next_step": 8,
    "previous_step": 4,
    "lesson": 2,
    "turn": 3,
    "undo": 3,
    "redo": 2,
    "scenario": 0.15,
    "restart": 0.3,
}
"""How much more often some are made than the others."""

NAMES = tuple(MOVES)
_ODDS = [WEIGHTS.get(name, 1.0) for name in NAMES]


def random_walk(rng: random.Random, length: int) -> list[Move]:
    """Moves in any order."""
    names = rng.choices(NAMES, _ODDS, k=length)
    return [(name, rng.randrange(10_000), rng.randrange(10_000), rng.randrange(10_000)) for name in names]
