"""What is done while a wheel is built: its code gets one name, and a manual page and completions are made.

In a checkout there are two packages, ``model`` and ``tui``, and the sources name them so. Installed, they would take
these names from everybody who has a ``model.py``; so a wheel has both of them inside ``roommate_tui``, with imports
that say so. An editable installation has a ``roommate_tui`` that finds the checkout.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tempfile
import tokenize
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "roommate_tui"
PARTS = ("model", "tui")

INIT = '''"""A recurrent network that one walks through in a terminal."""

from roommate_tui.tui import __version__

__all__ = ["__version__"]
'''

EDITABLE_INIT = '''"""Stands for the sources of roommate-tui, which are edited where they are: in a checkout."""

CHECKOUT = {checkout!r}
'''

EDITABLE_MAIN = '''"""``roommate-tui`` from a checkout."""

import sys

from roommate_tui import CHECKOUT

if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]  # the current folder, where anybody's code may lie
if CHECKOUT not in sys.path[:1]:
    sys.path.insert(0, CHECKOUT)

from tui.cli.main import run

if __name__ == "__main__":
    run()
'''


class SourceError(Exception):
    """A file says the name of one of the packages in a way that cannot be renamed."""


def _names_a_part(name: str | None) -> bool:
    return name is not None and name.partition(".")[0] in PARTS


def _module_in_words(node: ast.AST, root: Path) -> bool:
    """Whether a node is the name of a module of ours in quotes, which nothing would rename."""
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0] if node.args else None
        looks_up = called in {"files", "import_module", "find_spec", "__import__"}
        return looks_up and isinstance(first, ast.Constant) and first.value in PARTS
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return False
    named = re.fullmatch(rf"({'|'.join(PARTS)})((?:\.\w+)+)(:\w+)?", node.value)
    if named is None:
        return False
    path = root.joinpath(named[1], *named[2][1:].split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def _places(source: str, file: str, root: Path) -> Iterator[tuple[int, int]]:
    """Where a name of a part stands in an import: lines from 1, and bytes from 0."""
    lines = source.splitlines(keepends=True)
    found = tokenize.generate_tokens(io.StringIO(source).readline)
    tokens = [token for token in found if token.type == tokenize.NAME]
    starts = [(token.start[0], len(lines[token.start[0] - 1][: token.start[1]].encode())) for token in tokens]
    after = dict(pairwise(starts))
    for node in ast.walk(ast.parse(source, file)):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and _names_a_part(node.module):
            yield after[node.lineno, node.col_offset]
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if _names_a_part(alias.name):
                    if alias.asname is None:
                        raise SourceError(
                            f"{file}:{alias.lineno}: say 'import {alias.name} as …', or 'from … import'."
                        )
                    yield alias.lineno, alias.col_offset
        elif _module_in_words(node, root):
            raise SourceError(f"{file}:{node.lineno}: a module's name in quotes: take it from __name__.")  # type: ignore[attr-defined]


def renamed(source: str, file: str, root: Path) -> str:
    """The source as it is in the wheel: what it imports from a part, it imports from that part of the package.

    Args:
        source: The text of a module.
        file: Its name, for errors.
        root: The checkout, which tells what is the name of a module.

    Raises:
        SourceError: A name is said in a way that cannot be renamed.
    """
    lines = [line.encode() for line in source.splitlines(keepends=True)]
    for row, column in sorted(_places(source, file, root), reverse=True):
        line = lines[row - 1]
        lines[row - 1] = line[:column] + f"{PACKAGE}.".encode() + line[column:]
    return b"".join(lines).decode()


def place_package(root: Path, folder: Path) -> None:
    """Write the package of the wheel into an empty folder."""
    for part in PARTS:
        for path in sorted((root / part).rglob("*")):
            inside = path.relative_to(root)
            if path.is_dir() or any(name == "__pycache__" or name.startswith(".") for name in inside.parts):
                continue
            # "python -m roommate_tui": the file is the package's, not the part's.
            target = folder / (path.name if inside == Path("tui/__main__.py") else inside)
            target.parent.mkdir(parents=True, exist_ok=True)
            data = path.read_bytes()
            target.write_bytes(
                renamed(data.decode(), inside.as_posix(), root).encode() if path.suffix == ".py" else data
            )
    (folder / "__init__.py").write_text(INIT)
    (folder / "py.typed").touch()


def place_editable(root: Path, folder: Path) -> None:
    """Write a package that finds the checkout into an empty folder."""
    (folder / "__init__.py").write_text(EDITABLE_INIT.format(checkout=str(root)))
    (folder / "__main__.py").write_text(EDITABLE_MAIN)


def as_it_is(lines: Iterable[str]) -> str:
    """Lines for a manual page that are neither filled nor indented: they have the width of a terminal already."""
    escaped = (line.rstrip().replace("\\", "\\e").replace("-", "\\-") for line in lines)
    kept = (f"\\&{line}" if line.startswith((".", "'")) else line for line in escaped)
    return "\n".join([".nf", ".in 0", *kept, ".in", ".fi"])


def place_shared(root: Path, folder: Path) -> None:
    """Write the manual page and the completions of shells, below a folder that stands for ``share``.

    What the parser needs to be built is in the standard library, so a build needs none of the program's dependencies.
    """
    import shtab  # noqa: PLC0415 - who reads this file for its functions need not have it
    from argparse_manpage.manpage import Manpage  # type: ignore[import-untyped] # noqa: PLC0415

    sys.path.insert(0, str(root))
    try:
        from tui import __version__  # noqa: PLC0415
        from tui.cli.parser import build_parser  # noqa: PLC0415
        from tui.text.manual import TOPICS, plain, source  # noqa: PLC0415
    finally:
        sys.path.remove(str(root))

    program = PACKAGE.replace("_", "-")
    completions = {
        "bash": f"bash-completion/completions/{program}",
        "zsh": f"zsh/site-functions/_{program}",
        "fish": f"fish/vendor_completions.d/{program}.fish",
    }
    parser = build_parser()
    texts = {name: shtab.complete(parser, shell) for shell, name in completions.items()}
    data = {"description": "walk through a recurrent network in a terminal", "manual_title": "User Commands"}
    page = Manpage(parser, {**data, "project_name": program, "version": __version__})
    page.date = ""  # of the build: the same sources give the same wheel
    for topic in TOPICS:
        page.add_section(topic, ">", as_it_is(plain(source(topic))))
    texts[f"man/man1/{program}.1"] = str(page)
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


class WheelHook(BuildHookInterface[Any]):
    """Hands hatchling what it cannot find in the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files before the wheel is written.

        Args:
            version: "standard" or "editable".
            build_data: What goes into the wheel besides what pyproject.toml tells.
        """
        root = Path(self.root)
        self._made = tempfile.TemporaryDirectory()
        package, shared = Path(self._made.name) / PACKAGE, Path(self._made.name) / "share"
        package.mkdir()
        place_shared(root, shared)
        for path in (
            found for found in shared.rglob("*") if found.is_file()
        ):  # each by itself: of a folder hatchling leaves out what it does not select
            build_data["shared_data"][str(path)] = f"share/{path.relative_to(shared).as_posix()}"
        if version == "editable":
            place_editable(root, package)
            build_data["force_include_editable"][str(package)] = PACKAGE
        else:
            place_package(root, package)
            build_data["force_include"][str(package)] = PACKAGE

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove them when it is."""
        self._made.cleanup()
