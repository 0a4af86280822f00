"""Sweeps of a session: what is on the screen becomes a grid, and a worker trains it while the screen goes on."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from multiprocessing import resource_tracker
from threading import Event

from model.errors import InputError, RoommateError
from model.language import _, ngettext
from model.roommate.diary import Diary
from model.sweep.axes import Axis, Value, parse_axes
from model.sweep.executor import Executor, InThisProcess
from model.sweep.grid import Grid, GridCell
from model.sweep.processes import Processes, cores
from model.sweep.running import run_sweep
from model.sweep.seeds import parse_seeds
from model.sweep.store import SweepStore
from model.sweep.sweep_map import SweepMap
from model.training.config import TrainingConfig, for_diary
from tui.session.reply import Reply, Sight
from tui.session.session import Session
from tui.session.state_directory import state_folder

SEEDS = "100"
"""The seeds that are trained where nobody says how many."""

MOST_IN_KIOSK = 500
"""The most trainings of a sweep in a kiosk: they take a minute or so of one core."""

POSTS_A_SECOND = 5.0
"""How often the screen hears of a sweep at the most."""

PATIENCE = 0.05
"""Seconds that a sweep in this process waits for the screen before it goes on in any case."""

SETTINGS = tuple(one.name for one in fields(TrainingConfig) if one.name != "seed")
"""The settings that a sweep fixes or varies."""


def grid_of(session: Session, varied: Sequence[str], seeds: str) -> Grid:
    """What a sweep of the roommate and the settings on the screen trains.

    Args:
        session: Whose screen.
        varied: The settings that are varied, as ``--vary`` has them; at most two.
        seeds: Which, as ``--seeds`` has them.

    Raises:
        InputError: There is no such grid, or it is too large for a kiosk.
    """
    situation, axes = session.simulation.situation, parse_axes(varied)
    config = session.runs.to_begin_with(situation.config)
    fixed = _fixed(config, axes, situation.diary)
    grid = Grid.of(situation.roommate, fixed, axes, parse_seeds(seeds), diary=situation.diary)
    if session.kiosk and grid.trainings > MOST_IN_KIOSK:
        raise InputError(
            _(
                "These are {count:,} trainings, and in a kiosk there can be {most:,}: take fewer values or seeds."
            ).format(count=grid.trainings, most=MOST_IN_KIOSK)
        )
    return grid


def _fixed(config: TrainingConfig, axes: Sequence[Axis], diary: Diary | None) -> dict[str, Value]:
    """The settings that differ from what they are by default: the others follow the network where that is varied."""
    usual = TrainingConfig(network=config.network, initial=config.initial)
    if diary is not None:
        usual = for_diary(usual, diary)
    fixed = {name: getattr(config, name) for name in SETTINGS if getattr(config, name) != getattr(usual, name)}
    if config.initial != TrainingConfig(network=config.network).initial:
        fixed["initial"] = config.initial
    if config.network != TrainingConfig.network:
        fixed["network"] = config.network
    for axis in axes:
        fixed.pop(axis.setting, None)
    return fixed


def executor_for(session: Session, say: Callable[[str], None]) -> Executor:
    """Who does the work: the cores of the machine; in a kiosk, which starts no processes, this one."""
    workers = 1 if session.kiosk else cores()
    return InThisProcess() if workers == 1 else Processes(workers, say)


def store_for(session: Session) -> SweepStore | None:
    """Where outcomes are kept, with those of ``roommate-tui sweep``; None where runs are not saved either."""
    folder = None if session.kiosk or session.runs.state is None else state_folder()[0]
    return None if folder is None else SweepStore(folder / "sweeps")


@dataclass
class SweepControl:
    """What the screen may say to a sweep while it runs.

    Attributes:
        screen_idle: Set while the screen has nothing to do.
        stop: Set to end it.
        going: Cleared while it pauses.
        paused: The seconds that it has paused.
    """

    screen_idle: Event
    stop: Event = field(default_factory=Event)
    going: Event = field(default_factory=Event)
    paused: float = 0.0

    def __post_init__(self) -> None:
        self.going.set()

    def cancel(self) -> None:
        """End it, also where it pauses."""
        self.stop.set()
        self.going.set()

    def should_stop(self) -> bool:
        """Whether it is to end; waits while it pauses, and for a moment while the screen works."""
        self.screen_idle.wait(PATIENCE)
        if not self.going.is_set():
            begun = time.monotonic()
            self.going.wait()
            self.paused += time.monotonic() - begun
        return self.stop.is_set()

    def clock(self) -> float:
        """Seconds in which it did not pause."""
        return time.monotonic() - self.paused


def work(
    grid: Grid,
    executor: Executor,
    store: SweepStore | None,
    control: SweepControl,
    *,
    post: Callable[[SweepMap], None],
    say: Callable[[str], None],
) -> tuple[SweepMap, str]:
    """Train a grid until all is done, or it is to stop.

    Args:
        grid: What.
        executor: Who does it.
        store: Where outcomes are kept.
        control: What the screen says meanwhile.
        post: Takes the map now and then.
        say: Takes a sentence about what goes wrong without ending it.

    Returns:
        The last map, and why it ended by itself before all was done.
    """
    moment, posted = SweepMap.empty(grid), 0.0
    try:
        with processes_from_the_screen():
            for moment in run_sweep(
                grid, executor, store, should_stop=control.should_stop, say=say, clock=control.clock
            ):
                now = time.monotonic()
                if now - posted >= 1 / POSTS_A_SECOND:
                    posted = now
                    post(moment)
    except RoommateError as error:
        return moment, str(error)
    return moment, ""


@contextlib.contextmanager
def processes_from_the_screen() -> Iterator[None]:
    """Let processes be started although the screen has taken standard error, which the first of them is given."""
    if sys.stderr is not sys.__stderr__ and sys.platform != "win32":
        with contextlib.redirect_stderr(sys.__stderr__):
            resource_tracker.ensure_running()
    yield


def open_training_of(session: Session, cell: GridCell, seed: int, said: str) -> Reply:
    """Show one of the trainings in the lesson that trains, before its first update.

    Args:
        session: Where.
        cell: With which settings.
        seed: With which seed.
        said: What is known of it, in a sentence.
    """

    def there() -> Reply:
        session.walk(session.runs.opened(session.simulation))
        return replace(session.start_over(replace(cell.config, seed=seed), said), sight=Sight.TRAINING)

    return session.when_at_rest(there)


def known_of(moment: SweepMap, cell: GridCell, seed: int) -> str:
    """What is known of a training, and how it is done again."""
    outcome = next(one for one in moment.outcomes[cell.index] if one.seed == seed)
    if outcome.learned_at is None:
        return ngettext(
            "Seed {seed}, which had not learned the rule after {updates:,} update: t trains it.",
            "Seed {seed}, which had not learned the rule after {updates:,} updates: t trains it.",
            outcome.updates,
        ).format(seed=seed, updates=outcome.updates)
    return ngettext(
        "Seed {seed}, which learned the rule after {updates:,} update: t trains it.",
        "Seed {seed}, which learned the rule after {updates:,} updates: t trains it.",
        outcome.learned_at,
    ).format(seed=seed, updates=outcome.learned_at)
