"""The engine of ``train``: numpy, or compiled code where a run is long and numba is installed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import InputError
from model.language import _
from model.training.run import TrainingRun
from tui import PROGRAM
from tui.text.output import tell

if TYPE_CHECKING:
    from model.engine.engine import Engine

LONG = 100_000
"""A run that may be as many updates is long: what it costs to compile is regained."""

AFTER = 10_000
"""The update from which a long run goes on compiled: always the same one, so that a run can be repeated."""

MOST_WEIGHTS = 1_000
"""Networks with more weights are left to numpy's products, which are as fast there."""


class EngineChoice:
    """Which engine makes the updates of a run, and when.

    Args:
        run: The run.
        asked: What ``--engine`` says: "auto", "numpy" or "numba".

    Raises:
        InputError: numba was asked for, and is not there or cannot be used with this network.
    """

    def __init__(self, run: TrainingRun, asked: str) -> None:
        self._run, self._asked = run, asked
        self.names = ["numpy"] if asked != "numba" else []
        self._compiled: Engine | None = None
        long = run.config.updates >= LONG and run.trainer.size <= MOST_WEIGHTS
        self._from = 0 if asked == "numba" else AFTER if asked == "auto" and long else None
        if asked == "numba":
            self._compile()

    def advance(self, updates: int) -> None:
        """Make some updates, as `TrainingRun.advance`; compiled ones are a block that ends where the goal is reached.

        Raises:
            TrainingError: As there.
        """
        if self._from is not None and self._compiled is None and self._run.update >= self._from:
            try:
                self._compile()
            except InputError:  # the run is as good without it
                self._from = None
        if self._compiled is not None:
            self._compiled.advance()
        else:
            self._run.advance(updates)

    def _compile(self) -> None:
        from model.engine.engine import Engine
        from model.engine.recording import NotUnderstood

        try:
            self._compiled = Engine(self._run, code_folder(), _tell_of_waiting)
        except NotUnderstood as error:
            raise InputError(_("The engine numba cannot train this network: use --engine numpy.")) from error
        self.names.append("numba")


def code_folder() -> Path | None:
    """Where machine code is kept; None where this user has no place for such things."""
    from platformdirs import user_cache_path

    try:
        path = user_cache_path(PROGRAM)
    except (RuntimeError, KeyError, OSError):  # whatever asking for a home that there is not ends in
        return None
    return path / "engine" if path.is_absolute() else None


def _tell_of_waiting() -> None:
    tell(_("compiling for networks of this kind, which takes up to a minute, once."))
