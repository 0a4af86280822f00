"""Run the benchmarks, all on one machine in one go, and print what they have measured.

    python tests/benchmarks [--only NAME ...] [--quick] [--markdown FILE]

First all that do the same are checked to come to the same numbers. What is not installed is named: the extra `peers`
(`pip install -e '.[dev,peers]'`) brings PyTorch and JAX. Only ratios within one run mean anything, and of the seconds
only those of an idle machine.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import traceback
from pathlib import Path

HERE = Path(__file__).parent
sys.path[0] = str(HERE.parents[1])

from tests.benchmarks.report import use_one_thread

use_one_thread()

from rich.console import Console

from tests.benchmarks.report import Absent, machine, markdown


def names() -> list[str]:
    """The modules here that measure something."""
    return sorted(path.stem for path in HERE.glob("*.py") if "\ndef tables(" in path.read_text("utf-8"))


def main() -> int:
    """Print the tables, and write them down if asked to."""
    parser = argparse.ArgumentParser(
        prog="python tests/benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=names(), metavar="NAME", help=", ".join(names()))
    parser.add_argument("--quick", action="store_true", help="measure less: to see that all of it runs")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables there as well")
    options = parser.parse_args()
    console, status = Console(), 0
    what = ["A quick run: its numbers are rough."] if options.quick else []
    lines = ["# Speed, measured", "", *(f"{line}  " for line in machine() + what), ""]
    console.print("\n".join(machine()), highlight=False)
    for name in options.only or names():
        try:
            for table in importlib.import_module(f"tests.benchmarks.{name}").tables(quick=options.quick):
                console.print(table)
                lines += markdown(table)
        except Absent as absent:
            console.print(f"{name}: {absent}.")
            lines += [f"{name}: {absent}.", ""]
        except Exception:
            traceback.print_exc()
            console.print(f"{name} failed.")
            lines += [f"{name} failed.", ""]
            status = 1
    if options.markdown:
        options.markdown.write_text("\n".join(lines).rstrip() + "\n", "utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
