"""Uses an installed roommate-tui as a person would, in a folder and an environment that have names of its parts.

    python .ci/try_installed.py BIN

BIN is the folder of the environment's programs. This runs with the Python of the tests, in a checkout.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.end_to_end.terminal import Terminal

HOSTILE = "raise SystemExit('code of another program ran')\n"
BECOME = "import os, sys; os.execv(sys.argv[1], sys.argv[1:])"
PAGES = """
from roommate_tui.tui.text.lesson_pages import lesson_page
assert all(lesson_page(number) for number in range(1, 6))
import roommate_tui.tui.web.server
"""


def output_of(*words: str | Path, cwd: Path, typed: str = "") -> str:
    """What a command prints; it must not fail."""
    result = subprocess.run(words, cwd=cwd, input=typed, capture_output=True, text=True, check=False, timeout=120)
    if result.returncode != 0:
        sys.exit(f"{words} ended with {result.returncode}:\n{result.stdout}{result.stderr}")
    return result.stdout


def expect(text: str, *parts: str) -> None:
    """End where something is not in a text."""
    for part in parts:
        if part not in text:
            sys.exit(f"{part!r} is not in what was printed:\n{text}")


def main(programs: Path) -> None:
    """Use it."""
    python, program = programs / "python", programs / "roommate-tui"
    site = Path(
        output_of(python, "-P", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=Path("/")).strip()
    )
    own = sorted(path.name for path in site.iterdir() if path.name in {"model", "tui", "roommate_tui"})
    if own != ["roommate_tui"]:
        sys.exit(f"the wheel has taken names: {own}")
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        for folder in (site, here):
            for part in ("model", "tui"):
                (folder / f"{part}.py").write_text(HOSTILE)
        for other in ("secrets", "numpy", "textual"):
            (here / f"{other}.py").write_text(HOSTILE)
        expect(output_of(program, "--version", cwd=here), "roommate-tui ")
        expect(
            output_of(program, "cook", "--weather", "sr", "--start", "pasta", "--csv", cwd=here),
            "day,weather,dish\nMonday,sunny,pasta\nTuesday,rainy,burger\n",
        )
        expect(
            output_of(program, "--plain", "--no-state", cwd=here, typed="next\nlesson 2\nquit\n"), "burger", "pasta"
        )
        expect(output_of(python, "-P", "-m", "roommate_tui", "scenario", "list", cwd=here), "lecture", "soup")
        output_of(python, "-P", "-c", PAGES, cwd=here)
        with Terminal("--no-state", "--lesson", "3", python=("-P", "-c", BECOME, str(program)), cwd=here) as terminal:
            terminal.wait_for("step 1 of 6")
            terminal.press("right")
            terminal.wait_for("step 2 of 6")
            terminal.press("q")
            if terminal.process.wait(timeout=30) != 0:
                sys.exit(f"the screen ended with {terminal.process.returncode}:\n{terminal.text}")
    for shared in ("man/man1/roommate-tui.1", "bash-completion/completions/roommate-tui"):
        if not (programs.parent / "share" / shared).is_file():
            sys.exit(f"share/{shared} was not installed")
    sys.stdout.write("cooked, walked line by line and on the screen, beside other packages called model and tui\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
