"""Prints the lowest version of everything that pyproject.toml asks for, as constraints for pip.

python3 .ci/lowest.py > lowest.txt && pip install -c lowest.txt -e '.[dev]'
"""

from __future__ import annotations

import re
import sys
import tomllib
from itertools import chain
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def lowest(requirement: str) -> str | None:
    """``numpy==2.1`` of ``numpy>=2.1,<3``; None of what has no version, such as extras of the project itself."""
    found = re.match(r"([\w.-]+)(?:\[[\w,]+\])?\s*(.*)", requirement)
    assert found is not None
    bounds = [bound.strip() for bound in found[2].split(",")]
    versions = [bound.removeprefix(">=").strip() for bound in bounds if bound.startswith(">=")]
    return f"{found[1]}=={versions[0]}" if versions else None


def constraints(project: Path) -> list[str]:
    """A line for each requirement: of the program, its extras, and the build."""
    document = tomllib.loads(project.read_text(encoding="utf-8"))
    extras = document["project"]["optional-dependencies"].values()
    lists = [document["project"]["dependencies"], document["build-system"]["requires"], *extras]
    return sorted({line for line in map(lowest, chain.from_iterable(lists)) if line is not None})


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in constraints(PROJECT))
