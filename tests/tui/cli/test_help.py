"""Help: of the program, of each command, and the pages of the manual."""

import argparse
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from model.training.config import TrainingConfig as Config
from model.training.setting_bounds import CHOICES
from model.training.setting_texts import as_settings
from tests.tui.cli.test_cli import Run, cli
from tests.tui.text.languages import LANGUAGES, pages
from tui.cli.argument_parser import Parser
from tui.cli.option_values import one_of
from tui.cli.parser import build_parser
from tui.session.commands.shared import SCREEN_COMMANDS
from tui.text.manual import TOPICS, drawn, plain, source
from tui.text.settings import HELP

__all__ = ["cli"]

WORDS: list[list[str]] = [
    [],
    ["cook"],
    ["explain"],
    ["extract"],
    ["train"],
    ["sweep"],
    ["scenario"],
    ["scenario", "new"],
    ["scenario", "check"],
    ["check"],
    ["classes"],
    ["scenario", "list"],
    ["serve"],
    ["help"],
]


def parsers(parser: Parser, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Parser]]:
    """A parser and those of all its commands, each with the words that lead to it."""
    yield words, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                yield from parsers(command, (*words, name))


def test_no_command_is_left_out_here() -> None:
    assert sorted(words for words, _ in parsers(build_parser())) == sorted(map(tuple, WORDS))


@pytest.mark.parametrize("words", WORDS, ids=lambda words: " ".join(words) or "the program")
@pytest.mark.parametrize("columns", ["80", "132", "60"])
def test_help_fits_its_columns(cli: Run, words: list[str], columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    status, out, err = cli(*words, "--help")
    assert (status, err) == (0, "")
    most = min(int(columns), 80)
    # What is indented is an example, and is not broken into pieces that could not be copied.
    too_long = [line for line in out.splitlines() if cell_len(line) > (80 if line.startswith(" ") else most)]
    assert too_long == []


def test_help_of_a_command_is_what_the_command_says(cli: Run) -> None:
    for words in WORDS[1:]:
        assert cli("help", *words) == cli(*words, "--help")
    assert cli("--help")[1] in cli("help")[1]
    assert cli("-V") == cli("--version")


def test_help_of_train_explains_every_setting(cli: Run) -> None:
    text = " ".join(cli("train", "--help")[1].split()).replace("one- hot", "one-hot")  # where a line ends
    for name, value in as_settings(Config()).items():
        at = text.index(f"--{name.replace('_', '-')} N", text.index("settings of training:"))
        entry = text[at : text.index(")", text.index(f"({value}", at)) + 1]
        assert HELP[name] in entry
        for choice in CHOICES.get(name, ()):
            assert choice in entry


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_of_the_manual_is_told(cli: Run, topic: str) -> None:
    status, out, err = cli("help", topic)
    assert (status, err) == (0, "")
    assert out == "".join(plain(source(topic)))
    assert topic in cli("help")[1]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_of_the_manual_fits_80_columns_and_has_no_signs_of_markdown(topic: str, code: str) -> None:
    text = pages("manual", code)[f"{topic}.md"].read_text("utf-8")
    out = "".join(plain(text))
    assert [line for line in out.splitlines() if cell_len(line) > 80] == []
    assert not re.search(r"\*\*|```|^#", out, re.MULTILINE)
    assert out.splitlines()[0] in text
    with_signs = [line for line in drawn(text).splitlines() if cell_len(line) > 80]
    assert with_signs == []


def test_the_manual_has_no_page_that_is_not_listed() -> None:
    assert {Path(name).stem for name in pages("manual")} == set(TOPICS)


def test_examples_of_a_page_are_indented_and_otherwise_as_they_are() -> None:
    assert list(plain("# On *x*\n\n**Say** `cook`:\n\n```sh\necho '**'\n```\n")) == [
        "On *x*\n", "\n", "Say cook:\n", "\n", "  echo '**'\n",
    ]  # fmt: skip


def test_the_page_on_keys_names_all_of_them() -> None:
    named = set(re.findall(r"`([^`]+)`", source("keys")))
    named |= {
        f"^{key[-1].lower()}" for key in named if re.fullmatch("Ctrl[+].", key)
    }  # as the footer has room for it
    missing = {key for command in SCREEN_COMMANDS for key in command.key_display.split()} - named
    assert missing == set()


def test_the_page_on_formats_has_every_member_of_every_document(cli: Run, tmp_path: Path) -> None:
    text = source("formats")
    weights = tmp_path / "w.json"
    documents = [
        cli("cook", "--json")[1],
        cli("explain", "--weather", "r", "--format", "json")[1],
        cli("explain", "--weather", "r", "--seed", "1", "--backward", "--format", "json")[1],
        cli("train", "--updates", "2", "--json", "--out", str(weights))[1],
        cli("sweep", "--updates", "2", "--seeds", "1", "--workers", "1", "--keep", str(tmp_path), "--json")[1],
        weights.read_text(),
        cli("extract", "--json")[1],
        cli("scenario", "check", "lecture", "--json")[1],
    ]
    for document in map(json.loads, documents):
        assert f'"{document["format"]}"' in text
        assert [member for member in document if f'"{member}"' not in text] == []


@pytest.mark.parametrize(
    ("words", "sentence", "see"),
    [
        (["train", "--optimiser", "sgd"], "Did you mean --optimizer?", "train"),
        (["train", "--learning_rate", "0.1"], "Did you mean --learning-rate?", "train"),
        (["train", "--weights", "w.json"], "an option of the screen, cook, explain and extract.", "train"),
        (["cook", "--jsn"], "Did you mean --json?", "cook"),
        (["extract", "--mermiad"], "Did you mean --mermaid?", "extract"),
        (["explain", "--fromat", "json"], "Did you mean --format?", "explain"),
        (["train", "--heldout=0.3"], "Did you mean --held-out?", "train"),
        (["serve", "--prot", "8001"], "Did you mean --port?", "serve"),
        (["serve", "--lesson", "4", "--wether", "s"], "Did you mean --weather?", "serve"),
        (["scenario", "check", "--jsno", "x"], "Did you mean --json?", "scenario check"),
        (["--theme", "dark"], "'--theme' was not expected here.", ""),
        (["-weather", "s"], "Did you mean --weather?", ""),
        (["cook", "week"], "'week' was not expected here.", "cook"),
        (["cook", "--weather=s", "-x"], "'-x' was not expected here.", "cook"),
        (["help", "tarining"], "Did you mean training?", "help"),
    ],
)
def test_what_is_not_an_option_is_compared_with_those_of_its_command(
    cli: Run, words: list[str], sentence: str, see: str
) -> None:
    status, out, err = cli(*words)
    assert (status, out) == (2, "")
    assert sentence in err
    assert f"See '{' '.join(['roommate-tui', *see.split()])} --help'." in err


@pytest.mark.parametrize("words", WORDS, ids=lambda words: " ".join(words) or "the program")
def test_every_option_misspelt_leads_back_to_an_option_of_its_own_command(cli: Run, words: list[str]) -> None:
    known = dict(parsers(build_parser()))[tuple(words)]
    for name in known._option_string_actions:
        if len(name) > 5:
            _, _, err = cli(*words, f"{name[:-2]}{name[-1]}{name[-2]}z")
            assert re.search(r"Did you mean (\S+)\?", err), name
            assert f"Did you mean {name}?" in err or name in {"--lessons", "--seeds", "--dask"}


def test_the_beginning_of_an_option_and_numbers_below_zero_still_count(cli: Run) -> None:
    assert cli("cook", "--wea", "r", "--cs") == cli("cook", "--weather", "r", "--csv")
    assert "seed: -1 must be" in cli("train", "--seed", "-1")[2]
    assert "'--x'" in cli("cook", "--start", "pasta", "--x")[2]


def completions(shell: str) -> str:
    shtab = pytest.importorskip("shtab")
    return str(shtab.complete(build_parser(), shell=shell))


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completions_can_be_made_of_the_parser(shell: str) -> None:
    script = completions(shell)
    options = () if shell == "tcsh" else ("--slow-link", "--learning-rate", "momentum")  # shtab has others there
    for word in (*options, "explain", "training"):
        assert word in script


def test_bash_completes_commands_options_names_and_files(tmp_path: Path) -> None:
    (tmp_path / "script").write_text(completions("bash"))
    (tmp_path / "weights.json").write_text("{}")
    ask = (
        'source ./script; COMP_WORDS=(roommate-tui $1 "$2"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));'
        " $(complete -p roommate-tui | sed 's/.* -F \\([^ ]*\\).*/\\1/') roommate-tui \"$2\" x; echo ${COMPREPLY[@]}"
    )

    def complete(before: str, word: str) -> str:
        command = ["bash", "-c", ask, "bash", before, word]
        result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
        return result.stdout.strip()

    assert complete("", "expl") == "explain"
    assert complete("train", "--learn") == "--learning-rate"
    assert complete("train --optimizer", "rm") == "rmsprop"
    assert complete("cook --weights", "wei") == "weights.json"
    assert complete("help", "form") == "formats"


def test_a_man_page_can_be_made_of_the_parser() -> None:
    manpage = pytest.importorskip("argparse_manpage.manpage")
    text = str(manpage.Manpage(build_parser()))
    for word in (r"learning\-rate", "roommate", "EXTRACT", "exit status"):
        assert word.casefold() in text.casefold()
    # roff takes a line for a command that begins with a quotation mark, and leaves it out.
    for _, parser in parsers(build_parser()):
        for paragraph in (parser.description or "", parser.epilog or ""):
            assert not re.search(r"^['.]", paragraph, re.MULTILINE)


def test_names_are_read_by_their_beginning() -> None:
    assert one_of("{word!r} is not a format: there are {names}.", ("text", "json"))("js") == "json"
    with pytest.raises(argparse.ArgumentTypeError, match="is not an option: there are text"):
        one_of("{word!r} is not an option: there are {names}.", ("text",))("x")
