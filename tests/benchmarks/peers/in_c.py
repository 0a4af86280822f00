"""C, compiled for every shape of its own."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from model.arrays import Array
from tests.benchmarks.peers.work import Peer, Work
from tests.benchmarks.report import Absent

FLAGS = ("-O3", "-march=native", "-ffast-math", "-fPIC", "-c")
"""With -ffast-math sums may be taken in another order, so that they and tanh are vectorised.

It is for compiling alone: linked with it, a library makes tiny numbers 0 in all of the process that loads it.
"""


class PlainC(Peer):
    """Loops over arrays, as one writes them down; gcc knows all sizes."""

    name = "C"

    def __init__(self, work: Work) -> None:
        compiler = shutil.which("gcc") or shutil.which("cc")
        if compiler is None:
            raise Absent("there is no C compiler")
        if work.config.network not in {"both", "elman"}:
            raise Absent("is written for the networks with one sum")
        self.work, self.made = work, 0
        days, weathers, weeks = work.weather.shape
        defined = {
            "DAYS": days,
            "WEATHERS": weathers,
            "WEEKS": weeks,
            "DISHES": work.target.shape[1],
            "HIDDEN": work.weights["weather"].shape[0],
            "ELMAN": int(work.config.network == "elman"),
            "SIGMOID": int(work.config.activation == "sigmoid"),
            "BIASED": int("output_bias" in work.weights),
        }
        with tempfile.TemporaryDirectory() as folder:
            compiled, library = Path(folder) / "update.o", Path(folder) / "update.so"
            options = [f"-D{name}={value}" for name, value in defined.items()]
            source = Path(__file__).with_name("update.c")
            subprocess.run([compiler, *FLAGS, *options, str(source), "-o", str(compiled)], check=True)
            subprocess.run([compiler, "-shared", str(compiled), "-o", str(library), "-lm"], check=True)
            self.library = ctypes.CDLL(str(library))
        self.library.gradient.restype = ctypes.c_double
        self.flat, self.grad = work.flat, np.empty_like(work.flat)
        self.first, self.second = np.zeros_like(self.flat), np.zeros_like(self.flat)
        arrays = np.ascontiguousarray(work.weather), np.ascontiguousarray(work.start), work.target
        self.kept = arrays  # as long as C looks at them
        self.data = [_pointer(array) for array in arrays]

    def gradient(self) -> tuple[float, Array]:
        loss = self.library.gradient(_pointer(self.flat), *self.data, _pointer(self.grad))
        return float(loss), self.grad.copy()

    def run(self, updates: int) -> None:
        state = (_pointer(array) for array in (self.flat, self.first, self.second))
        rate = ctypes.c_double(self.work.config.learning_rate)
        self.library.run(*state, ctypes.c_long(self.made), ctypes.c_long(updates), rate, *self.data)
        self.made += updates

    @property
    def weights(self) -> Array:
        return self.flat.copy()


def _pointer(array: Array) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)
