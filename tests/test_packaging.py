"""What is installed: one package that takes nobody's names, a manual page, and completions."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest

from tests.end_to_end.terminal import Terminal
from tui.cli.installed import extra

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for part in ("model", "tui") for path in (ROOT / part).rglob("*.py"))

for needed in ("hatchling", "editables", "shtab", "argparse_manpage"):
    pytest.importorskip(needed, reason=f"a wheel is built with {needed}, which the extra 'dev' brings")


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """The file that hatchling runs while it builds."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / ".ci" / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Build a wheel, "standard" or "editable", and unpack it."""
    unpacked: dict[str, Path] = {}
    bare = tmp_path_factory.mktemp("bare")
    for name in ("numpy", "rich", "textual", "platformdirs"):  # what runs the program is not there when it is built
        (bare / f"{name}.py").write_text(f"raise SystemExit('{name} is not for builds')\n")

    def build(version: str) -> Path:
        if version not in unpacked:
            wheels, folder = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp(version)
            command = [sys.executable, "-m", "hatchling", "build", "-t", f"wheel:{version}", "-d", str(wheels)]
            output_of(command, {**os.environ, "PYTHONPATH": str(bare)}, ROOT)
            (wheel,) = wheels.glob("*.whl")
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(folder)
            unpacked[version] = folder
        return unpacked[version]

    return build


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder with packages that have the names of our folders, and do harm."""
    for name in ("model", "tui"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('this is not ours')\n")
    return tmp_path


def program(*folders: Path) -> tuple[list[str], dict[str, str]]:
    """How the installed program is run, with folders to look for code in, and in which environment."""
    found = os.pathsep.join(map(str, folders))
    return [sys.executable, "-P", "-m", "roommate_tui"], {**os.environ, "PYTHONPATH": found}


def output_of(words: Sequence[str], environ: dict[str, str], cwd: Path, typed: str = "") -> str:
    """What a program prints."""
    result = subprocess.run(words, env=environ, cwd=cwd, input=typed, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from model.roommate.parsing import listed\n", "from roommate_tui.model.roommate.parsing import listed\n"),
        ("from tui import __version__", "from roommate_tui.tui import __version__"),
        ("from model.a import (\n    b,\n    c,\n)\n", "from roommate_tui.model.a import (\n    b,\n    c,\n)\n"),
        ("from \\\n  tui.a import b\n", "from \\\n  roommate_tui.tui.a import b\n"),
        (
            "import sys, tui.app.app as app, model as m\n",
            "import sys, roommate_tui.tui.app.app as app, roommate_tui.model as m\n",
        ),
        ("def f():\n\tfrom tui.a import b\n", "def f():\n\tfrom roommate_tui.tui.a import b\n"),
        ("x = '·'; from tui.a import b # from tui\n", "x = '·'; from roommate_tui.tui.a import b # from tui\n"),
        ("if x: from tui.a import b\r\n", "if x: from roommate_tui.tui.a import b\r\n"),
    ],
)
def test_imports_are_renamed(hook: ModuleType, source: str, expected: str) -> None:
    assert hook.renamed(source, "a.py", ROOT) == expected


@pytest.mark.parametrize(
    "source",
    [
        "from models import a\nfrom tuition.b import model, tui\nimport modelling\n",
        "from .model import a\nfrom . import tui\n",
        '"""from model.words import listed"""\nx = "from tui import y"\n# import tui\n',
        "model = tui.model\nfrom x import model as tui\n",
        'file = "model.npz"\nkey = {"model": 1}\n',
    ],
)
def test_nothing_else_is(hook: ModuleType, source: str) -> None:
    assert hook.renamed(source, "a.py", ROOT) == source


@pytest.mark.parametrize(
    "line",
    [
        "import tui.app",
        "import sys, model",
        "DRIVER = 'tui.web.driver:BrowserDriver'",
        "import_module('model.roommate.parsing')",
        "resources.files('model')",
        "files('tui').joinpath('lessons')",
    ],
)
def test_a_name_that_cannot_be_renamed_is_refused_with_its_line(hook: ModuleType, line: str) -> None:
    with pytest.raises(hook.SourceError, match=r"^a\.py:3: "):
        hook.renamed(f"import sys\n\n{line}\n", "a.py", ROOT)


def with_names_of_the_package(source: str, parts: Sequence[str]) -> str:
    """What a source says once the modules that it imports have their other names, comments and layout left out."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and str(node.module).split(".")[0] in parts:
            node.module = f"roommate_tui.{node.module}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] in parts:
                    alias.name = f"roommate_tui.{alias.name}"
    return ast.dump(tree)


def test_every_source_says_the_same_with_other_names(hook: ModuleType) -> None:
    changed = []
    for path in SOURCES:
        source = path.read_text(encoding="utf-8")
        after = hook.renamed(source, path.name, ROOT)
        changed += [path] if source != after else []
        assert ast.dump(ast.parse(after)) == with_names_of_the_package(source, hook.PARTS), path
    assert len(changed) > len(SOURCES) / 2


def test_a_wheel_has_one_package(built: Callable[[str], Path]) -> None:
    names = {path.name.partition("-")[0] for path in built("standard").iterdir()}
    assert names == {"roommate_tui"}
    assert {path.name for path in (built("standard") / "roommate_tui").iterdir()} == {
        *("__init__.py", "__main__.py", "py.typed"),
        *("model", "tui"),
    }
    missing = [
        path
        for part in ("model", "tui")
        for path in (ROOT / part).rglob("*.*")
        if path.suffix != ".pyc" and not (built("standard") / "roommate_tui" / path.relative_to(ROOT)).exists()
    ]
    assert missing == [ROOT / "tui" / "__main__.py"]


@pytest.mark.parametrize("version", ["standard", "editable"])
def test_it_is_used_beside_packages_of_the_same_names(
    built: Callable[[str], Path], hostile: Path, version: str
) -> None:
    words, environ = program(hostile, built(version))
    assert output_of([*words, "cook", "--weather", "sr", "--csv"], environ, hostile) == (
        "day,weather,dish\nMonday,sunny,pasta\nTuesday,rainy,burger\n"
    )
    assert "pasta" in output_of([*words, "--plain", "--no-state"], environ, hostile, "next\nlesson 2\nquit\n")
    assert output_of([*words, "scenario", "new"], environ, hostile).startswith("# A scenario")
    assert "soup" in output_of([*words, "scenario", "list"], environ, hostile)
    assert output_of([sys.executable, "-m", "roommate_tui", "--version"], environ, ROOT.parent).startswith(
        "roommate-tui "
    )


@pytest.mark.parametrize("version", ["standard", "editable"])
def test_it_has_its_screen_there(built: Callable[[str], Path], hostile: Path, version: str) -> None:
    words, environ = program(hostile, built(version))
    with Terminal("--no-state", "--lesson", "3", python=words[1:], cwd=hostile, environ=environ) as terminal:
        terminal.wait_for("step 1 of 6")
        terminal.press("?")
        terminal.wait_for("Esc closes")
        terminal.press("escape")
        terminal.wait_until_gone("Esc closes")
        terminal.press("q")
        assert terminal.process.wait(timeout=20) == 0


def test_every_module_of_it_is_loaded_there(built: Callable[[str], Path], hostile: Path) -> None:
    pytest.importorskip("textual_serve", reason="the browser needs the extra 'web'")
    package = built("standard") / "roommate_tui"
    modules = [
        ".".join(path.relative_to(package.parent).with_suffix("").parts)
        for path in sorted(package.rglob("*.py"))
        if path.name != "__init__.py"
    ]
    code = f"""
import importlib, sys
for name in {modules}:
    importlib.import_module(name)
from roommate_tui.tui.session.restart import own_command
from roommate_tui.tui.web import DRIVER
assert not {{"model", "tui"}} & set(sys.modules)
print(own_command()[-1], DRIVER, sep="\\n")
"""
    main, driver = output_of(
        [sys.executable, "-P", "-c", code], program(hostile, built("standard"))[1], hostile
    ).split()
    assert Path(main) == package / "__main__.py"
    assert driver == "roommate_tui.tui.web.driver:BrowserDriver"


def test_it_starts_itself_again_without_being_told_where_it_is(built: Callable[[str], Path], hostile: Path) -> None:
    main = built("standard") / "roommate_tui" / "__main__.py"
    for flag in ("-P", "-I"):
        environ = {name: os.environ[name] for name in os.environ.keys() - {"PYTHONPATH"}}
        assert output_of([sys.executable, flag, str(main), "--version"], environ, hostile).startswith("roommate-tui ")


def test_an_editable_installation_owns_no_other_names_either(built: Callable[[str], Path]) -> None:
    # Older tools write an empty list of folders, too: a file that does nothing.
    found = [path for path in built("editable").iterdir() if path.is_dir() or path.read_text()]
    assert {path.name.partition("-")[0] for path in found} == {"roommate_tui"}
    files = {path.name for path in (built("editable") / "roommate_tui").iterdir()} - {"__pycache__"}
    assert files == {"__init__.py", "__main__.py"}


def shared(folder: Path, name: str) -> Path:
    (found,) = folder.glob(f"*.data/data/share/{name}")
    return found


def test_the_manual_page_is_where_man_looks(built: Callable[[str], Path]) -> None:
    page = shared(built("standard"), "man/man1/roommate-tui.1")
    text = page.read_text()
    assert "walk through a recurrent network in a terminal" in text.replace("\\", "")
    for command in ("cook", "explain", "extract", "train", "scenario", "serve"):
        assert command in text
    assert "learning\\-rate" in text, "the settings of training are part of it"
    for name in ("roommate-cook", "roommate-explain"):
        assert f'"{name}"' in text.replace("\\-", "-"), "the formats of JSON are part of it"
    if shutil.which("groff"):
        result = subprocess.run(
            ["groff", "-k", "-man", "-Tutf8", "-ww", "-z", str(page)], capture_output=True, check=False
        )
        assert (result.returncode, result.stderr) == (0, b"")


def test_bash_completes(built: Callable[[str], Path]) -> None:
    script = shared(built("standard"), "bash-completion/completions/roommate-tui")
    for words, expected in (("coo", "cook"), ("cook --wea", "--weather"), ("train --learning", "--learning-rate")):
        typed = ["roommate-tui", *words.split()]
        ask = (
            f"source {script}; COMP_WORDS=({' '.join(typed)}); COMP_CWORD={len(typed) - 1}; "
            'asked=$(complete -p roommate-tui); asked=${asked#*-F }; ${asked%% *}; echo "${COMPREPLY[@]}"'
        )
        assert expected in output_of(["bash", "-c", ask], dict(os.environ), ROOT).split()


@pytest.mark.parametrize(
    ("shell", "name"),
    [("zsh", "zsh/site-functions/_roommate-tui"), ("fish", "fish/vendor_completions.d/roommate-tui.fish")],
)
def test_other_shells_understand_theirs(built: Callable[[str], Path], shell: str, name: str) -> None:
    script = shared(built("standard"), name)
    assert "train" in script.read_text()
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    output_of([shell, "-n", str(script)], dict(os.environ), ROOT)


class Installed:
    """What is known of an installation, but for where it came from."""

    def __init__(self, origin: str | None) -> None:
        self.origin = origin

    def read_text(self, name: str) -> str | None:
        """The file that installers write where something came from elsewhere than an index."""
        return self.origin if name == "direct_url.json" else None


@pytest.mark.parametrize(
    ("origin", "requirement"),
    [
        (None, "roommate-tui[web]"),
        ('{"url": "file:///somewhere", "dir_info": {}}', ".[web]"),
        ('{"url": "file:///somewhere", "dir_info": {"editable": true}}', ".[web]"),
        ('{"url": "file:///a.whl", "archive_info": {}}', "roommate-tui[web]"),
    ],
)
def test_an_extra_is_asked_for_where_the_program_came_from(
    monkeypatch: pytest.MonkeyPatch, origin: str | None, requirement: str
) -> None:
    monkeypatch.setattr("importlib.metadata.distribution", lambda _: Installed(origin))
    assert extra("web") == requirement


def test_of_a_program_that_is_not_installed_there_are_the_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> NoReturn:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.distribution", missing)
    assert extra("web") == ".[web]"
