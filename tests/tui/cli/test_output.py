"""Standard output: every letter arrives in any encoding, or a sentence says which did not and why."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.end_to_end.terminal import ROOT
from tui.text.glyphs import ASCII, NAMED, UNICODE, for_output
from tui.text.manual import TOPICS
from tui.text.output import Closed, OutputError, ShowingStream, portable

CYRILLIC = ROOT / "tests" / "data" / "weights-cyrillic.json"
OVERFLOW = ROOT / "tests" / "data" / "weights-overflow.json"
DISHES, WEATHERS = ["борщ", "плов", "сало"], ["солнце", "дождик"]


def run(
    words: Sequence[str], encoding: str = "", *, redirect: str = "", variable: str = ""
) -> tuple[int, bytes, str]:
    """Run a command in a process of its own; gives exit status, stdout and stderr.

    Args:
        words: The words after the program's name.
        encoding: What ``PYTHONIOENCODING`` says.
        redirect: Where a shell sends the output, such as ">/dev/full".
        variable: A variable of the environment besides, as NAME=VALUE.
    """
    variables = {"PYTHONIOENCODING": encoding} if encoding else {"LC_ALL": "C.UTF-8"}
    name, _, value = variable.partition("=")
    variables |= {name: value} if name else {}
    found = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    program = [sys.executable, "-m", "tui", *words]
    command = ["bash", "-c", f'"$@" {redirect}', "bash", *program] if redirect else program
    result = subprocess.run(
        command, cwd=ROOT, env={**found, **variables}, capture_output=True, check=False, timeout=120
    )
    return result.returncode, result.stdout, result.stderr.decode()


COMMANDS = {
    "cook": ["cook", "--weights", str(CYRILLIC)],
    "cook plain": ["cook", "--plain", "--weights", str(CYRILLIC)],
    "cook csv": ["cook", "--csv", "--weights", str(CYRILLIC)],
    "explain": ["explain", "--weights", str(CYRILLIC)],
    "explain markdown": ["explain", "--format", "markdown", "--weights", str(CYRILLIC)],
    "extract": ["extract", "--weights", str(CYRILLIC)],
    "extract dot": ["extract", "--dot", "--weights", str(CYRILLIC)],
    "extract mermaid": ["extract", "--mermaid", "--weights", str(CYRILLIC)],
}
DOCUMENTS = {
    "cook json": ["cook", "--json", "--weights", str(CYRILLIC)],
    "explain json": ["explain", "--format", "json", "--weights", str(CYRILLIC)],
    "extract json": ["extract", "--json", "--weights", str(CYRILLIC)],
}


@pytest.mark.parametrize(
    ("words", "variable"),
    [*((words, "LC_ALL=C") for words in (*COMMANDS.values(), *DOCUMENTS.values())), (COMMANDS["cook"], "TERM=dumb")],
)
def test_names_are_whole_in_a_pipe(words: list[str], variable: str) -> None:
    status, out, err = run(words, variable=variable)  # Python takes the locale C for UTF-8, too
    assert (status, err) == (0, "")
    text = out.decode("utf-8")
    assert all(dish in text for dish in DISHES)
    assert "??" not in text


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        *((words, "cp1252") for words in COMMANDS.values()),
        *((COMMANDS["cook"], name) for name in ("ascii", "latin-1")),
    ],
)
def test_letters_that_an_encoding_has_not_are_a_sentence(words: list[str], encoding: str) -> None:
    status, out, err = run(words, encoding)
    assert status == 1
    assert b"?" not in out
    assert re.fullmatch(r"roommate-tui: standard output: its encoding, \S+, (has no|cannot write) .*JSON.*\n", err)
    assert "LC_ALL=C.UTF-8 or PYTHONIOENCODING=utf-8" in err


@pytest.mark.parametrize("words", DOCUMENTS.values(), ids=DOCUMENTS)
@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_json_is_escaped_where_letters_are_missing(words: list[str], encoding: str) -> None:
    status, out, err = run(words, encoding)
    assert (status, err) == (0, "")
    assert out.isascii()
    assert json.loads(out) == json.loads(run(words)[1])


def test_names_that_seven_bits_can_tell_are_written_in_them(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    template = run(["scenario", "new"])[1].decode()
    path.write_text(template.replace('"pancakes"', "pancakes").replace("pancakes", '"crêpes"'), encoding="utf-8")
    status, out, err = run(["cook", "--scenario", str(path)], "ascii")
    assert (status, err) == (0, "")
    assert out.startswith(b"before the first day: crepes\n")
    assert "crêpes" in run(["cook", "--scenario", str(path)])[1].decode()


def test_whole_rows_of_csv_survive_a_code_page_that_has_the_letters() -> None:
    _, out, _ = run(COMMANDS["cook csv"], "cp1251")
    rows = list(csv.DictReader(io.StringIO(out.decode("cp1251"))))
    assert {row["dish"] for row in rows} <= set(DISHES)
    assert {row["weather"] for row in rows} <= set(WEATHERS)


def test_help_and_the_manual_are_readable_in_seven_bits() -> None:
    for words in (["--help"], ["train", "--help"], *(["help", topic] for topic in TOPICS)):
        status, out, err = run(words, "ascii")
        assert (status, err) == (0, "")
        assert b"?" not in out.replace(b"stands as ?", b"").replace(b"? ", b"").replace(b"?\n", b"")


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
PRINTING = [
    "cook", "explain", "extract", "scenario new", "scenario list", "scenario check lecture", "train --updates 2",
    "train --updates 2 --json", "--help", "--version", "help", "help keys",
]  # fmt: skip


@FULL
@pytest.mark.parametrize(
    ("words", "redirect", "reason", "variable"),
    [
        *((words, ">/dev/full", "No space left on device", "") for words in PRINTING),
        *((words, ">/dev/full", "No space left on device", "PYTHONUNBUFFERED=1") for words in PRINTING[:3]),
        *((words, ">&-", "Bad file descriptor", "") for words in PRINTING[:3]),
    ],
)
def test_what_cannot_be_written_is_one_sentence(words: str, redirect: str, reason: str, variable: str) -> None:
    status, _, err = run(words.split(), redirect=redirect, variable=variable)
    assert (status, err) == (1, f"roommate-tui: standard output: {reason}.\n")


@FULL
def test_where_not_even_a_complaint_can_be_written_the_status_still_says_so() -> None:
    assert run(["cook", "--start", "buger"], redirect="2>/dev/full")[0] == 2
    assert run(["cook", "--start", "buger"], redirect="2>&-")[0] == 2
    assert run(["cook", "--csv"], redirect="2>&-")[:2] == run(["cook", "--csv"])[:2]


def test_a_reader_that_has_seen_enough_is_no_failure_of_ours() -> None:
    _, out, err = run(["explain", "--weather", "sr" * 2000], redirect="| head -c 10")
    assert (out, err) == (b"perfect ro", "")


def strictly(text: bytes) -> object:
    """JSON as other programs read it, which know no NaN."""

    def refuse(word: str) -> object:
        raise AssertionError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize(
    "words",
    [
        ["explain", "--weather", "s", "--format", "json"],
        ["explain", "--format", "json", "--digits", "3"],
        ["explain", "--backward", "--format", "json"],
        ["cook", "--json"],
        ["extract", "--json"],
        ["explain"],
        ["extract"],
    ],
    ids=" ".join,
)
def test_numbers_that_overflow_are_null_and_a_sentence(words: list[str]) -> None:
    status, out, err = run([*words, "--weights", str(OVERFLOW)])
    assert "Warning" not in err
    assert "Traceback" not in err
    if out and words[-1] not in {"explain", "extract"}:
        strictly(out)
        assert (b"null" in out) <= bool(err) or words[0] == "extract"
    assert status in {0, 3}
    assert (status == 3) == bool(err)


def test_portable_json_is_the_same_document(monkeypatch: pytest.MonkeyPatch) -> None:
    text = json.dumps({"é🍝": '\u2028 \\ " б'}, ensure_ascii=False)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="latin-1"))
    escaped = "".join(portable([text]))
    assert escaped.isascii()
    assert json.loads(escaped) == json.loads(text)


def test_a_closed_stream_is_said_once_it_is_written_to() -> None:
    with pytest.raises(OutputError, match=r"^here: Bad file descriptor\.$"):
        ShowingStream(Closed(), "here").write("x")
    assert ShowingStream(Closed()).write("x") == 1  # of standard error nothing can be said


@pytest.mark.parametrize(
    ("environ", "encoding", "terminal", "glyphs"),
    [
        ({"TERM": "xterm"}, "utf-8", True, UNICODE),
        ({"TERM": "linux"}, "utf-8", True, NAMED),
        ({"TERM": "xterm"}, "utf-8", False, NAMED),
        ({"TERM": "xterm"}, "cp1252", True, ASCII),
        ({}, "ascii", False, ASCII),
    ],
)
def test_what_a_command_may_draw_with(environ: dict[str, str], encoding: str, terminal: bool, glyphs: object) -> None:
    assert for_output(environ, encoding, terminal=terminal) is glyphs
