"""Ten thousand broken files: each gives a sentence that names it, in less than a second and in bounded memory.

And as many odd places for files, in which nothing is lost and nothing is waited for.
"""

from __future__ import annotations

import contextlib
import random
import resource
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from model.errors import FileError, RoommateError
from model.export.history import history_csv
from model.network.network import Network
from model.roommate.diary import diary_of
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.lessons import lesson_of
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.diaries import diary_csv, load_diary
from model.storage.runs import load_run, save_run
from model.storage.scenarios import find_scenario, load_scenario, save_scenario, shipped, to_toml
from model.storage.weights import SavedWeights, load_weights, save_weights
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.soak import mutations as m
from tests.soak.outcome import Outcome
from tests.soak.places import fault_in_place

CASES = 10_000
"""How many there are at full scale."""

MAX_SECONDS = 1.0
"""Of the processor's time, so that a machine with other things to do does not count."""

MAX_BYTES = 768 * 2**20
"""What reading a file may take at its peak."""

ADDRESS_SPACE = 6 * 2**30
"""Nothing may ask for more: the machine is not ours alone."""

HANGS = 20
"""Seconds after which a case is given up."""

GENERAL: tuple[m.Mutation, ...] = (m.truncated, m.flipped, m.flipped, m.spliced, m.spliced, m.nested)
MUTATIONS: dict[str, tuple[m.Mutation, ...]] = {
    ".json": (*GENERAL, *[m.wrong_json] * 8),
    ".npz": (*GENERAL, *[m.wrong_npz] * 8, m.bomb, m.bomb),
    ".toml": (*GENERAL, *[m.wrong_text] * 8),
    ".csv": (*GENERAL, *[m.wrong_rows] * 8),
}
"""What is done to a file, by its ending; a huge one now and then besides."""

HUGE_EVERY = 40


def good_files(folder: Path) -> list[Path]:
    """Files as the program writes them, with their endings as their names' ends."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=3))
    run.advance(5)
    run.advance_on((0, 1, 1), 2)
    run.configure(TrainingConfig(seed=3, learning_rate=0.1, stop="updates"))
    run.advance(70)
    soup = find_scenario("soup").roommate
    memory = TrainingRun(soup, TrainingConfig(network="elman"))
    memory.advance(3)
    diary = diary_of(PERFECT_ROOMMATE, (0, 1, 1, 0, 1) * 8, 1, "days")
    lived = TrainingRun(diary.roommate(), TrainingConfig(), diary)
    lived.advance(4)
    for name, trained in (("run", run), ("memory", memory), ("lived", lived)):
        save_run(folder / f"{name}-run.npz", trained.record())
        moment = trained.moment()
        for ending in (".json", ".npz"):
            saved = SavedWeights(trained.roommate, moment.network, moment.provenance)
            save_weights(folder / f"{name}{ending}", saved)
    save_weights(folder / "hand.json", SavedWeights(PERFECT_ROOMMATE, Network.by_hand(PERFECT_ROOMMATE)))
    (folder / "history.csv").write_bytes(history_csv(run.moment()))
    (folder / "days.csv").write_bytes(diary_csv(diary))
    for name in shipped():
        save_scenario(folder / f"{name}.toml", find_scenario(name))
    return sorted(folder.iterdir())


def use_weights(path: Path) -> None:
    """Read weights, and walk a week with them."""
    saved = load_weights(path)
    situation = Situation(saved.roommate, lesson_of(saved.network.cell), (0,) * 6)
    _ = Simulation(situation.with_custom_network(saved.network)).last().steps


def use_run(path: Path) -> None:
    """Read a run, look back, and go on."""
    run = load_run(path)
    run.moment()
    run.advance()
    save_run(path.with_name("again.npz"), run.record())


def use_scenario(path: Path) -> None:
    """Read a scenario, cook its week, and write it."""
    scenario = load_scenario(path)
    _ = Situation(scenario.roommate, 3, scenario.days[:50], scenario.start).run
    to_toml(scenario)


def use_diary(path: Path) -> None:
    """Read a diary, and learn from it once."""
    diary = load_diary(path)
    TrainingRun(diary.roommate(), TrainingConfig(days=1, weeks=4), diary).advance()


USES: dict[str, tuple[Callable[[Path], None], ...]] = {
    ".json": (use_weights,),
    ".npz": (use_weights, use_run),
    ".toml": (use_scenario,),
    ".csv": (use_diary,),
}
"""What a person does with a file of an ending."""


class Hang(BaseException):
    """It takes far too long; not an `Exception`, so that nothing catches it by mistake."""


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """Give up what takes far too long, and let nothing take all memory."""

    def give_up(*_: object) -> None:
        raise Hang

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGALRM, give_up)
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, hard))
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _memory(name: str) -> int:
    """Bytes of this process, as Linux tells them: VmRSS now, VmHWM at the peak; 0 elsewhere."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0
    return int(status.split(f"{name}:")[1].split()[0]) * 1024


def _forget_the_peak() -> None:
    with contextlib.suppress(OSError):  # elsewhere the peak is that of all cases, which is 0
        Path("/proc/self/clear_refs").write_text("5")


def fault_of(use: Callable[[Path], None], path: Path, seen: Callable[[str], None]) -> str:
    """What is wrong with how a file is used, or nothing."""
    _forget_the_peak()
    before, began, fault = _memory("VmRSS"), time.process_time(), ""
    signal.alarm(HANGS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a person would see it in the middle of the screen
            use(path)
        seen("files that were good all the same")
    except RoommateError as error:
        sentence = str(error)
        seen("sentences")
        if isinstance(error, FileError) and str(path) not in sentence:
            fault = f"the sentence does not name the file: {sentence[:300]!r}"
        elif not sentence.replace("\n", "").isprintable():
            fault = f"the sentence cannot be printed: {sentence[:300]!r}"
        elif len(sentence) > 6000 or not sentence.strip():
            fault = f"the sentence has {len(sentence)} letters: {sentence[:300]!r}"
    except Hang:
        fault = f"it hangs: given up after {HANGS} s"
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        fault = f"{type(error).__name__}: {str(error)[:300]}"
    finally:
        signal.alarm(0)
    took, peak = time.process_time() - began, _memory("VmHWM") - before
    if not fault and took > MAX_SECONDS:
        fault = f"it takes {took:.2f} s"
    if not fault and peak > MAX_BYTES:
        fault = f"it takes {peak / 2**20:.0f} MB"
    return fault


def run(scale: float, seed: int) -> Outcome:
    """All cases; those that fail are kept.

    Args:
        scale: What part of `CASES`.
        seed: What every case is made from, together with its number.
    """
    outcome = Outcome("broken files", seed, "cases")
    kept = Path(tempfile.mkdtemp(prefix="broken-files-"))
    with tempfile.TemporaryDirectory() as name, watched():
        folder = Path(name)
        (folder / "good").mkdir()
        good = good_files(folder / "good")
        for number in range(max(round(CASES * scale), 1)):
            rng = random.Random(f"{seed} {number}")
            source = rng.choice(good)
            data = source.read_bytes()
            change = m.huge if number % HUGE_EVERY == 7 else rng.choice(MUTATIONS[source.suffix])
            data = change(rng, data)
            ending = rng.choice(list(USES)) if rng.random() < 0.05 else source.suffix
            path = folder / f"case{ending}"
            path.write_bytes(data)
            outcome.count += 1
            outcome.seen[change.__name__.replace("_", " ")] += 1
            for use in USES[ending]:
                fault = fault_of(use, path, lambda what: outcome.seen.update([what]))
                if fault:
                    keep = kept / f"{number}-{use.__name__}{ending}"
                    keep.write_bytes(data)
                    outcome.failures.append(
                        f"case {number}: {source.name}, {change.__name__}, {use.__name__}: {fault} ({keep})"
                    )
        for number in range(max(round(CASES * scale), 1)):
            place = folder / f"place-{number}"
            place.mkdir()
            what, fault = fault_in_place(place, random.Random(f"{seed} place {number}"))
            outcome.count += 1
            outcome.seen[f"in a place: {what}"] += 1
            if fault:
                outcome.failures.append(f"place {number}, {what}: {fault}")
            shutil.rmtree(place)
    if not outcome.failures:
        kept.rmdir()
    return outcome
