"""The core knows no terminal: its modules are imported in a process that must not load one."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORE = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    for path in (ROOT / "model").rglob("*.py")
)


TERMINALS = "'tui', 'textual', 'rich', 'platformdirs'"


def loaded_by(statement: str) -> set[str]:
    """The top-level packages that a fresh interpreter has loaded after a statement."""
    code = f"{statement}\nimport sys; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(result.stdout.split())


def test_the_core_knows_no_terminal() -> None:
    """All of its modules in one process: the first that loads more is the one to look at."""
    statement = "".join(
        f"import {module}\nassert not {{{TERMINALS}}} & set(sys.modules), 'with {module}'\n" for module in CORE
    )
    assert "numpy" in loaded_by(f"import sys\n{statement}")


def test_the_check_sees_a_terminal() -> None:
    assert {"textual", "rich"} <= loaded_by("import textual.app")
