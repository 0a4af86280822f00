"""A neighbour in a shared folder, who puts other things in the place of what is being written, and locks it."""

from __future__ import annotations

import contextlib
import random
import select
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

from model.errors import FileError
from model.network.network import Network
from model.roommate.roommate import PERFECT_ROOMMATE
from model.storage.weights import SavedWeights, load_weights, save_weights
from tests.soak.outcome import Outcome

SAVES = 2000
"""How many there are at full scale."""

HANGS = 60
"""Seconds after which a save is given up: nothing that others make may be waited for."""

PRECIOUS = b"precious, and nobody's to write over"

NEIGHBOUR = """
import fcntl, os, random, sys
folder, precious, rng, held = sys.argv[1], sys.argv[2], random.Random(int(sys.argv[3])), []
if os.getuid() == 0:
    os.setuid(65534)
print("here", flush=True)
while True:
    try:
        names = os.listdir(folder)
    except OSError:
        break
    for name in names or [".roommate-tui-" + "0" * 32]:
        path = os.path.join(folder, name)
        try:
            kind = rng.randrange(5)
            if kind == 0:
                os.unlink(path)
                os.mkfifo(path, 0o666)
            elif kind == 1:
                os.unlink(path)
                os.symlink(precious, path)
            elif kind == 2:
                held = held[-20:] + [open(path)]
                fcntl.flock(held[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)
            elif kind == 3:
                os.rename(path, path + "x")
            else:
                os.unlink(path)
        except OSError:
            pass
"""


def _saved(path: Path, weights: SavedWeights, outcome: Outcome) -> str:
    """Save once; gives what is wrong with how that went, or nothing."""

    def give_up(*_arguments: object) -> None:
        raise TimeoutError(f"a save takes longer than {HANGS} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(HANGS)
    try:
        save_weights(path, weights, overwrite=True)
    except FileError:
        outcome.seen["told that it could not be"] += 1
    except Exception as error:  # whatever it is, that is what is looked for
        return f"{type(error).__name__}: {error}"
    else:
        outcome.seen["saved"] += 1
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    return ""


def run(scale: float, seed: int) -> Outcome:
    """All saves, with a neighbour at work in the same folder; another user, where root starts this.

    Args:
        scale: What part of `SAVES`.
        seed: What the neighbour's choices are made from.
    """
    outcome, rng = Outcome("neighbours", seed, "saves"), random.Random(seed)
    weights = SavedWeights(PERFECT_ROOMMATE, Network.by_hand(PERFECT_ROOMMATE))
    with tempfile.TemporaryDirectory() as name:
        shared, precious = Path(name) / "shared", Path(name) / "precious"
        Path(name).chmod(0o755)
        shared.mkdir()
        shared.chmod(0o777)
        precious.write_bytes(PRECIOUS)
        command = [sys.executable, "-c", NEIGHBOUR, str(shared), str(precious), str(seed)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as neighbour:
            assert neighbour.stdout is not None
            select.select([neighbour.stdout], [], [], 60)
            for number in range(max(round(SAVES * scale), 1)):
                path = shared / f"w{rng.randrange(3)}.json"
                with contextlib.suppress(OSError):  # it may be a link by now, or gone
                    if stat.S_ISLNK(path.lstat().st_mode):
                        path.unlink()  # whoever saves by a link to what is precious asks for it
                fault = _saved(path, weights, outcome)
                outcome.count += 1
                if precious.read_bytes() != PRECIOUS and not _is_ours(precious):
                    fault = "what is precious was written over by half"
                if fault:
                    outcome.failures.append(f"save {number}: {fault}")
            neighbour.kill()
        alone = shared / "alone.json"
        save_weights(alone, weights, overwrite=True)
        load_weights(alone)
    return outcome


def _is_ours(path: Path) -> bool:
    """Whether a file is what was saved, whole: a link to it was put in the place of the file just before."""
    with contextlib.suppress(FileError):
        load_weights(path)
        return True
    return False
