"""Lines as they are heard: every sign of formulas is a word, and there are fewer words for who knows the walk."""

import contextlib
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model.errors import InputError
from model.export.walk_json import step_as_json
from model.network.names import TRAINABLE
from model.simulation.simulation import Simulation
from model.training.config import TrainingConfig
from tests.harm import harm
from tests.tui.plain.test_plain import NUMBER, Reader, learning, lines_of
from tui.plain.completion import completions
from tui.plain.editor import MAX_KEPT, MAX_LETTERS, kept
from tui.plain.glyphs import SPOKEN, SPOKEN_ASCII, SpokenGlyphs, Verbatim
from tui.plain.grammar import LINE_COMMANDS, parse
from tui.text.manual import TOPICS

GLYPHS = [SPOKEN, SPOKEN_ASCII]
UNHEARD = "−⊙′ᵀ²⁻ᶻʸ∂ΔΣφηε√‖·→←^\u0302"
"""Signs of which a synthesiser says nothing, or something else."""

NAMES = "φακές, Σούπα, apple-pie, relu-1, a-5.json, 2025-11-26"

ESPEAK = shutil.which("espeak-ng")


def all_that_is_told(glyphs: SpokenGlyphs) -> list[str]:
    """Both ways through every lesson, with every non-linearity and optimizer, and what is told on demand."""
    text = ""
    for lesson in (1, 2, 3, 4, 5):
        config = TrainingConfig(network="elman" if lesson == 5 else "lecture")
        reader = Reader(Simulation() if lesson != 4 else learning(), glyphs, config=config)
        text += reader.types(f"lesson {lesson}", "w", "99 n", "backwards tanh", "99 n", "about", "compare", "weights")
    for name in TRAINABLE:
        text += Reader(glyphs=glyphs).types(
            "set food 1 2 -0.00001", "set food 1 3 -1e30", f"b {name}", "40 n", "day 1"
        )
    reader = Reader(glyphs=glyphs)
    text += reader.types("4", "b", *(f"set optimizer {name}" for name in ("sgd", "momentum", "rmsprop", "adam")))
    for name in ("sgd", "momentum", "rmsprop", "adam"):
        text += Reader(glyphs=glyphs, config=TrainingConfig(optimizer=name, clip=0.01)).types(
            "4", "b", "last", "30 p"
        )
    return lines_of(text)


@pytest.mark.parametrize("glyphs", GLYPHS)
def test_no_sign_is_left_of_which_speech_says_nothing(glyphs: SpokenGlyphs) -> None:
    lines = all_that_is_told(glyphs)
    assert len(lines) > 1000
    for line in lines:
        assert not set(UNHEARD) & set(line), line
        assert not re.search(r"(?<![\w.])-\.?\d|\de[-+]\d", line), line
    text = "\n".join(lines)
    for words in ("(minus ", "= minus ", ", salad minus ", "transposed", "entry by entry times", "prime", "squared"):
        assert words in text, words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("= -0.5", "= minus 0.5"),
        ("(-0.312)×0.5", "(minus 0.312)×0.5"),
        ("-0.5, -.5, -inf", "minus 0.5, minus .5, minus inf"),
        ("1.2e-05 and 3e+07", "1.2 times 10 to the power of minus 5 and 3 times 10 to the power of 7"),
        ("φ′ = 1 − a²", "phi prime = 1 minus a squared"),
        ("∂z = ∂a ⊙ φ′", "gradient of z = gradient of a entry by entry times phi prime"),
        ("∂a = Mergeᵀ × ∂y", "gradient of a = Merge transposed × gradient of y"),
        ("Δ = −η × m̂ / (√v̂ + ε)", "delta = minus eta × m hat / (the square root of v hat + epsilon)"),
        ("g = ∂ × min(1, 1 / ‖∂‖)", "g = the gradient × min(1, 1 / the norm of the gradient)"),
        ("a = 1 / (1 + e⁻ᶻ)", "a = 1 / (1 + e to the power of minus z)"),
        ("e^(-0.5)", "e to the power of (minus 0.5)"),
        (NAMES, NAMES),
    ],
)  # fmt: skip
def test_what_is_said_for_what_is_written(written: str, said: str) -> None:
    assert SPOKEN.line(written) == said
    assert SPOKEN.line(said) == said  # words stay words
    assert SPOKEN_ASCII.line(written).isascii() or "φακές" in written


@pytest.mark.skipif(ESPEAK is None, reason="there is no espeak-ng here")
def test_a_synthesiser_says_every_minus() -> None:
    text = Reader().types("day 2", "set food 1 2 -0.5", "b tanh", "7 n")
    lines = [line for line in lines_of(text) if "minus" in line]
    assert len(lines) > 20
    for line in lines:
        heard = subprocess.run(
            [str(ESPEAK), "-q", "-x", "-v", "en-us", line], capture_output=True, text=True, check=True
        )
        assert heard.stdout.count("m'aIn@s") == len(re.findall(r"\bminus\b", line, re.IGNORECASE)), (
            line,
            heard.stdout,
        )


def test_data_is_not_put_into_words() -> None:
    reader = Reader()
    reader.types("set food 1 2 -0.5")
    for simulation, line in ((reader.simulation, "copy json"),):
        (text,) = lines_of(reader.types(line))
        assert text == step_as_json(simulation.step + 1, simulation.current_step)
    assert json.loads(reader.types("copy weights"))["food"][0][1] == -0.5
    reader.types("undo")  # no command line knows weights that were set here
    assert shlex.split(reader.types("command"))[:2] == ["roommate-tui", "--plain"]
    assert SPOKEN.line(Verbatim("-0.5 · x")) == "-0.5 · x"
    assert not harm(SPOKEN.line(Verbatim("\x1b[2J\n")))


def test_each_number_of_a_matrix_stands_beside_the_name_of_its_column() -> None:
    text = Reader().begins()
    assert "  next day: salad: pasta 0, burger 1, salad 0" in lines_of(text)
    assert re.search(rf"^  u1: pasta {NUMBER}, burger {NUMBER}, salad {NUMBER}$", Reader().types("4"), re.MULTILINE)


# Fewer words


def test_brief_tells_of_a_step_what_is_new_and_not_0() -> None:
    reader = Reader()
    assert "'brief off' ends that" in reader.types("brief")
    lines = lines_of(reader.types("n", "n", "n", "n", "n"))
    assert "Gives weather product (g): all 0 but same: pasta 1, same: burger 1, same: salad 1." in lines
    assert not any(line.startswith(("Row ", "Yesterday it was")) for line in lines)
    assert "Monday's dish: pasta, right." in lines
    assert not any("as before" in line for line in lines)
    lines = lines_of(reader.types("w"))
    assert "Monday is rainy now." in lines
    reader.types("day 2", "step 1")
    assert [line for line in lines_of(reader.types("day 3")) if line.startswith("Yesterday (d)")] == [
        "Yesterday (d): all 0 but salad 1."
    ]
    assert "Every step whole again." in reader.types("brief off")
    assert "Row " in reader.types("n")
    assert "'maybe' is neither on nor off." in reader.types("brief maybe")


def test_brief_tells_of_a_matrix_which_entries_changed() -> None:
    reader = Reader()
    reader.types("brief on")
    assert "Food: changed: same: pasta from burger +0.50." in reader.types("set food 1 2 0.5")


def test_the_numbers_of_brief_are_those_of_the_step() -> None:
    reader = Reader(learning())
    reader.types("brief on")
    for _ in range(12):
        text = reader.types("n")
        step = reader.simulation.current_step
        if (
            step.result.columns is None
            and "all 0 but" not in text
            and "changed" not in text
            and "as before" not in text
        ):
            (line,) = [line for line in lines_of(text) if f" {step.result.name}" in line and "ives" in line]
            assert len(re.findall(NUMBER, line.split("): ", 1)[-1])) >= step.result.value.size


def test_repeat_tells_the_last_lines_again_and_history_what_was_typed() -> None:
    reader = Reader()
    assert "Nothing was told yet." in reader.types("repeat")
    reader = Reader()
    reader.begins()
    text = reader.types("n")
    assert reader.types("repeat") == text == reader.types("repeat")
    assert "nonsense" in reader.types("nonsense", "repeat").splitlines()[1]
    assert lines_of(reader.types("history 2")) == ["5: repeat", "6: history 2"]
    assert "1: n" in lines_of(reader.types("history"))
    assert "no number of lines" in reader.types("history x")


def test_weights_tells_every_matrix_or_one() -> None:
    text = Reader().types("weights")
    assert [line for line in lines_of(text) if " rows of " in line][-3:] == [
        "Food, 6 rows of 3 columns:", "Weather, 6 rows of 2 columns:", "Merge, 3 rows of 6 columns:",
    ]  # fmt: skip
    assert "Weights set by hand." in text
    assert "Merge" not in Reader(Simulation().with_lesson(1)).types("weights weather")
    assert "is no matrix" in Reader().types("weights xyz")


@pytest.mark.parametrize("topic", TOPICS)
def test_help_reads_the_pages_of_the_manual(topic: str) -> None:
    text = Reader().types(f"help {topic}")
    assert len(lines_of(text)) > 10
    assert "`" not in text
    assert f"'help {next(iter(TOPICS))}'" in Reader().types("help")


def test_help_still_knows_commands_and_says_what_it_does_not_know() -> None:
    assert "weather [WEATHER]" in Reader().types("help weather")
    assert Reader().types("help term") == Reader().types("help terminals")
    assert "is not a command" in Reader().types("help nonsense")


# Any line


ODD = ('""', '"', '" "', "''", "1", "0", "999", "-1", "−1", "#", "#1", "!", "\ufeff", "\u202e", "x" * 9000)
WORDS = st.one_of(
    st.sampled_from(ODD), st.sampled_from([command.words for command in LINE_COMMANDS]), st.text(max_size=6)
)


@given(st.lists(WORDS, max_size=5))
def test_any_line_is_answered_and_the_walk_goes_on(words: list[str]) -> None:
    line = " ".join(words).replace("\n", " ")
    with contextlib.suppress(InputError):
        assume(
            parse(line)[1].name not in {"save", "extract", "train", "play", "sweep"}
        )  # which write files, or take long
    reader = Reader(config=TrainingConfig(updates=20))
    text = reader.types(line)
    assert not harm(text)
    assert reader.status == 0
    assert reader.types("where") or reader.session.over


def test_every_command_takes_two_quotes_with_nothing_between() -> None:
    reader = Reader(config=TrainingConfig(updates=20))
    for command in LINE_COMMANDS:
        if command.name not in {"quit", "exit", "play"}:
            for line in (f'{command.words} ""', f'{command.words} "" ""', f'3 {command.words} ""', '""', '2 ""'):
                assert reader.types(line), line


# Typing


def test_what_a_word_can_become(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("weights.json", "a b.json", ".hidden", "e\x1b[2J.json"):
        Path(name).write_text("")
    Path("folder").mkdir()
    Path("folder/deep.npz").write_text("")
    here = Simulation()
    assert completions("ne", here) == ["next", "new"]
    assert completions("add ", here)[:2] == ["a", "day"] or "day" in completions("add ", here)
    assert completions("weather r", here) == ["rainy"]
    assert completions("day We", here) == ["Wednesday"]
    assert completions("set fo", here) == ["Food"]
    assert "learning-rate" in completions("set l", here)
    assert completions("load w", here) == ["weights.json"]
    assert completions("load a", here) == ['"a b.json"']
    assert completions("load folder/", here) == ["folder/deep.npz"]
    assert completions("load e", here) == []
    assert "soup" in completions("roommate so", here)
    assert "terminals" in completions("help ter", here)
    assert completions("nonsense x", here) == []
    assert completions("load no-folder/x", here) == []


def test_lines_that_are_kept_can_be_trusted(tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    assert kept(None) == kept(file) == []
    file.write_bytes(b"next\n\x1b[2J\nday 3\n" + b"x" * 2000 + b"\n")
    assert kept(file) == ["next", "day 3"]
    for data in (b"\xff\xfe\xff", b"next\n" * 2**19):
        file.write_bytes(data)
        assert kept(file) == []
    assert kept(tmp_path) == []
    longest = ["🍝" * MAX_LETTERS] * MAX_KEPT
    file.write_text("\n".join([*longest, ""]), "utf-8")
    assert kept(file) == longest
