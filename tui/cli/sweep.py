"""``roommate-tui sweep``: many trainings, counted for every combination of the settings that are varied."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from model.errors import FileError, InputError, RoommateError
from model.export.sweep_data import cells_csv, sweep_json, trainings_csv
from model.export.sweep_svg import sweep_svg
from model.foreign_text import message
from model.language import _
from model.storage.private import private_folder
from model.storage.typed_paths import typed_path
from model.sweep.axes import parse_axes
from model.sweep.executor import Executor, InThisProcess
from model.sweep.grid import Grid
from model.sweep.processes import Processes, cores
from model.sweep.running import run_sweep
from model.sweep.store import SweepStore
from model.sweep.sweep_map import SweepMap
from model.sweep.time_limit import LIMIT_SECONDS, TimeLimit
from model.sweep.work import MOST_SEEDS
from tui.cli.interruption import noting
from tui.cli.options import files_read, given_settings, roommate_and_diary
from tui.cli.result_files import Content, Result, result_files, write_results
from tui.cluster.dask_executor import LOCAL, DaskExecutor
from tui.session.state_directory import state_folder
from tui.text.glyphs import for_output
from tui.text.output import portable, raw, tell
from tui.text.sweep import duration, progress_line, summary
from tui.text.sweep_table import sweep_lines

CSV, SVG = (".csv",), (".svg",)
"""What the names of files may end in."""


def sweep(options: argparse.Namespace) -> int:
    """Train all cells, write what is asked for, print the map.

    Returns:
        The exit status: 0, or 130 or 143 where it was interrupted.

    Raises:
        InputError: The settings do not go together, or it would take hours and nobody said --yes.
        FileError: A file is there already or cannot be written; said before any training where that is known.
        RoommateError: Who was to do the work does not answer, or cannot.
    """
    axes = parse_axes(options.vary)
    if options.dask is not None and options.dask != LOCAL and options.workers is not None:
        raise InputError(
            _("--workers are of this machine; the workers of a cluster are started beside its scheduler.")
        )
    files = files_read(options, "csv", "trainings", "svg")
    roommate, diary = roommate_and_diary(options, files.get("--diary"))
    grid = Grid.of(roommate, given_settings(options), axes, options.seeds, diary=diary)
    with contextlib.ExitStack() as stack:
        wanted: dict[str, Content[SweepMap]] = {
            "--csv": (CSV, cells_csv),
            "--trainings": (CSV, trainings_csv),
            "--svg": (SVG, sweep_svg),
        }
        results = result_files(options, files, wanted, stack)
        return _Sweep(options, grid, results).run()


class _Sweep:
    """One sweep from its beginning to its end."""

    def __init__(self, options: argparse.Namespace, grid: Grid, results: list[Result[SweepMap]]) -> None:
        self._options, self._grid, self._results = options, grid, results
        self._moment = SweepMap.empty(grid)
        self._signals: list[int] = []
        self._bar: Progress | None = None
        self._unkept = ""

    def run(self) -> int:
        """Do all of it."""
        trouble: RoommateError | None = None
        with contextlib.ExitStack() as stack:
            executor = self._executor(stack)
            stack.enter_context(noting(self._signals))
            try:
                self._train(executor)
            except InputError:  # it was hardly begun
                raise
            except RoommateError as error:  # what came home is shown all the same
                trouble = error
        unwritten = write_results(self._results, self._moment)
        self._print()
        if unwritten:
            raise FileError(" ".join(map(str, unwritten)))
        if trouble is not None:
            raise trouble
        if self._signals:
            tell(self._how_to_go_on())
            return 128 + self._signals[0]
        return 0

    def _executor(self, stack: contextlib.ExitStack) -> Executor:
        workers = self._options.workers or cores()
        if self._options.dask is not None:
            return stack.enter_context(DaskExecutor(self._options.dask, workers, self._say))
        return InThisProcess() if workers == 1 else Processes(workers, self._say)

    def _store(self) -> SweepStore | None:
        """Where outcomes are kept; None where there is no place, which is said."""
        if self._options.keep is not None:
            folder = typed_path(self._options.keep, stream=False)
            private_folder(folder)  # what cannot be kept where it is asked for is told before anything is trained
            return SweepStore(folder)
        state, self._unkept = state_folder()
        if state is None:
            self._say(_("Outcomes are not kept: {reason}").format(reason=self._unkept))
            return None
        return SweepStore(state / "sweeps")

    def _train(self, executor: Executor) -> None:
        """Train until all is done, a signal comes, or it is going to take too long."""
        pieces = self._grid.trainings / MOST_SEEDS / executor.workers
        limit = TimeLimit(None if self._options.yes else LIMIT_SECONDS, pieces)

        def should_stop() -> bool:
            return bool(self._signals) or limit.stuck(self._moment.progress) is not None

        with self._showing_progress() as show:
            for moment in run_sweep(self._grid, executor, self._store(), should_stop=should_stop, say=self._say):
                self._moment = moment
                show(moment)
                seconds = limit.seconds_of(moment.progress)
                if seconds is not None:
                    raise self._too_long(seconds)
        seconds = limit.stuck(self._moment.progress)
        if seconds is not None and not self._signals:
            raise self._too_long(seconds)

    def _too_long(self, seconds: float) -> InputError:
        progress = self._moment.progress
        return InputError(
            _(
                "This would take about {time}: {count:,} of {total:,} trainings took {measured}. What is done "
                "is kept; --yes goes on to the end."
            ).format(
                time=duration(seconds),
                count=progress.done - progress.kept,
                total=progress.total,
                measured=duration(progress.seconds),
            )
        )

    def _how_to_go_on(self) -> str:
        progress = self._moment.progress
        kept = _("{done:,} of {total:,} trainings are done and kept: the same command goes on from there.")
        lost = _("{done:,} of {total:,} trainings are done; they are not kept.")
        return (lost if self._unkept else kept).format(done=progress.done, total=progress.total)

    def _say(self, sentence: str) -> None:
        """A message to standard error, above the bar where there is one."""
        if self._bar is None:
            tell(sentence)
        else:
            self._bar.console.print(message(sentence), markup=False, highlight=False)

    @contextlib.contextmanager
    def _showing_progress(self) -> Iterator[Callable[[SweepMap], None]]:
        """A bar on standard error where that is a terminal."""
        if not sys.stderr.isatty():
            yield lambda _moment: None
            return
        columns = (TextColumn(_("training")), MofNCompleteColumn(), BarColumn(), TextColumn("{task.description}"))
        with Progress(*columns, console=Console(file=raw(sys.stderr)), transient=True) as bar:
            task = bar.add_task("", total=self._grid.trainings)
            self._bar = bar

            def show(moment: SweepMap) -> None:
                bar.update(task, completed=moment.progress.done, description=progress_line(moment.progress))

            try:
                yield show
            finally:
                self._bar = None

    def _print(self) -> None:
        """The map, on standard output unless a file stands there alone."""
        moment = self._moment
        out = sys.stderr if any(target.standard for target, _content in self._results) else sys.stdout
        if self._options.json:
            out.writelines(portable([sweep_json(moment)]))
            return
        glyphs = for_output(os.environ, sys.stdout.encoding or "utf-8", terminal=out.isatty())
        width = shutil.get_terminal_size().columns if out.isatty() else 120
        out.writelines(f"{line}\n" for line in sweep_lines(moment, glyphs, width))
        out.write(f"\n{glyphs.text(summary(moment))}\n")
