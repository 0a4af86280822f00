"""In a made-up language nothing is left of English but names: in every command, in lines, and on every page."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from socket import gethostname

import pytest
from aiohttp.test_utils import TestClient, TestServer

from model.network.activations import ACTIVATIONS
from model.network.cells import BIASED, CELLS
from model.network.names import FEEDBACKS, NETWORKS, OLDER_NAMES
from model.network.operations import title
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.storage.scenario_reading import KEYS
from model.storage.scenarios import find_scenario, shipped
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from model.training.setting_bounds import CHOICES
from model.training.setting_texts import as_settings
from tests.tui.conftest import walk
from tests.tui.screen import strips
from tests.tui.text.made_up import CODE, write
from tui.app.app import RoommateApp
from tui.cli.main import main
from tui.cli.parser import COMMANDS
from tui.plain.grammar import LINE_COMMANDS
from tui.session.commands.shared import SCREEN_COMMANDS
from tui.text import language
from tui.text.language import speak
from tui.text.manual import TOPICS
from tui.web.server import ScreenServer

DIALOGS = {
    "palette": ("ctrl+p",), "copy": ("c",), "roommate": ("O",), "rule": ("E",),
    "save": ("S",), "weights to load": ("L",), "update": ("number_sign",), "to leave": ("ctrl+c",),
    "themes": ("ctrl+p", *"theme"), "non-linearity": ("3", "N"),
}  # fmt: skip
"""The boxes over the walk, and the keys that lead to them."""

DATA = Path(__file__).parents[2] / "data"


def _names_of_roommates() -> Iterator[str]:
    for name in shipped():
        roommate = find_scenario(name).roommate
        yield from (name, roommate.name, *roommate.dishes, *roommate.weathers, *roommate.states, *roommate.rules)


NAMES = {
    "what people type: commands, topics": [
        *COMMANDS, "new", "check", "list", *TOPICS, *(f"{one.words} {one.usage}" for one in LINE_COMMANDS), "theme",
    ],
    "what keys are called": [name for command in SCREEN_COMMANDS for name in command.typed_keys],
    "values of options and settings": [
        *NETWORKS, *OLDER_NAMES, *FEEDBACKS, *ACTIVATIONS, *(name for names in CHOICES.values() for name in names),
        "none", "text", "json", "latex", "markdown",
    ],
    "keys of files": [*KEYS, *as_settings(TrainingConfig())],
    "matrices": [title(name) for cell in (*CELLS.values(), *BIASED.values()) for name in cell.matrices],
    "roommates, their dishes, weathers, states and rules": [*_names_of_roommates()],
    "functions": ["argmax", "diag", "max", "min", "tanh", "softmax", "sigmoid"],
    "formats and programs": ["LaTeX", "Markdown", "Mermaid", "Graphviz"],
    "symbols": [name for cell in CELLS.values() for name in cell.sizes],
    "languages": ["en", CODE],
    "roommate-tui": ["roommate-tui"],
}  # fmt: skip
"""What is the same in every language, and why: it is typed, stands in files, or is somebody's name."""

_EXEMPT = {word.casefold() for names in NAMES.values() for name in names for word in re.findall(r"[A-Za-z]+", name)}
_TAKEN_OUT = re.compile(
    r"""--?[A-Za-z][\w-]*            # options
    |[\w./~-]*[./][\w./-]*[A-Za-z]\w* # paths and names of files
    |\b[A-Z][A-Z_0-9]+\b(?:=\S+)?     # FILE, JSON, TERM=dumb
    """,
    re.VERBOSE,
)


def english(text: str) -> list[str]:
    """The words of a text that are left of English, with a few of the letters around."""
    text = _TAKEN_OUT.sub(lambda found: " " * len(found[0]), text)
    words = ((found[0], found.start()) for found in re.finditer(r"(?<!\w)[A-Za-z]{2,}(?!\w)", text))
    left = [(word, at) for word, at in words if not _is_a_name(word.casefold())]
    return [f"{word}: …{text[max(at - 30, 0) : at + 30]!r}…" for word, at in left]


def _is_a_name(word: str) -> bool:
    """Whether a word is a name, or what a narrow drawing has left of one."""
    return word in _EXEMPT or (len(word) > 2 and any(name.startswith(word) for name in _EXEMPT))


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    write(folder)
    return folder


@pytest.fixture
def speaking(texts: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The made-up language is spoken."""
    monkeypatch.setattr(language, "TEXTS", texts)
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", CODE)
    speak(CODE)
    yield
    monkeypatch.undo()
    speak("en")


def said(*words: str) -> str:
    """What a command prints on both streams."""
    both = io.StringIO()
    with contextlib.redirect_stdout(both), contextlib.redirect_stderr(both), contextlib.suppress(SystemExit):
        main(words)
    return both.getvalue()


HELP = ["", *COMMANDS, "scenario new", "scenario check", "scenario list"]


@pytest.mark.parametrize("command", HELP)
def test_help(speaking: None, command: str) -> None:
    output = said(*command.split(), "--help")
    assert len(output) > 100
    assert english(output) == []


@pytest.mark.parametrize("topic", ["", *TOPICS])
def test_manual(speaking: None, topic: str) -> None:
    assert english(said(*["help", topic][: 1 + bool(topic)])) == []


PRINTED = [
    "cook", "cook --plain", "cook --scenario soup",
    "explain", "explain --network elman --weather s", "explain --network gru --weather s",
    "explain --network lstm --weather s", "explain --backward --seed 7 --weather rs",
    "explain --format markdown --backward --seed 7 --weather rs",
    "explain --network lstm --format markdown --backward --seed 7 --weather rs",
    "extract", "extract --network elman", "extract --scenario coffee", "extract --feedback soft",
    "scenario list", "scenario check soup", "scenario check coffee",
    "train --seed 7", "train --updates 20 --seed 1", "train --scenario soup --updates 30",
    "train --activation relu-1 --updates 1500 --weeks 2 --seed 3", "train --learning-rate 30 --updates 60",
    f"train --updates 20 --days 2 --diary {DATA / 'diaries' / 'ok_iso.csv'}",
]  # fmt: skip


@pytest.mark.parametrize("command", PRINTED)
def test_what_commands_print(speaking: None, command: str) -> None:
    output = said(*command.split())
    assert output
    assert english(output) == []


FOR_PROGRAMS = [
    "cook --json", "cook --csv", "explain --format json --weather s",
    "explain --format json --network lstm --weather s", "explain --format json --backward --seed 7 --weather rs",
    "extract --json", "extract --json --scenario coffee",
    "train --seed 3 --updates 30 --json", "scenario check soup --json",
    f"train --updates 5 --days 2 --json --diary {DATA / 'diaries' / 'ok_iso.csv'}",
    "train --seed 3 --updates 3 --json --overwrite --out w.json --history h.csv",
]  # fmt: skip


@pytest.mark.parametrize("command", FOR_PROGRAMS)
def test_what_programs_read_is_the_same_in_every_language(
    speaking: None, command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    def data(code: str) -> str:
        out = io.StringIO()
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(io.StringIO()),
            contextlib.suppress(SystemExit),
        ):
            main([*command.split(), "--lang", code])
        return out.getvalue() + "".join(path.read_text("utf-8") for path in sorted(tmp_path.iterdir()))

    english_data = data("en")
    assert english_data
    assert data(CODE) == english_data


def test_the_template_is_the_one_of_the_language_and_a_good_scenario(speaking: None, tmp_path: Path) -> None:
    text = said("scenario", "new")
    comments = "".join(f"{note}\n" for line in text.splitlines() for note in line.split("#")[1:])
    assert len(comments) > 200
    assert english(comments) == []
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    assert "mine.toml" in said("scenario", "check", str(tmp_path / "mine.toml"))
    assert find_scenario(str(tmp_path / "mine.toml")).roommate.dishes


ERRORS = [
    "cook --weather sunny,snowy", "cook --weather ,", "cook --weather s,,r", "cook --start soup", "cook --start x",
    "cook --network lsmt", "cook --feedback herd", "cook --targets pasta", "cook --nothing", "cook --weigths w.json",
    "cook extra", "cook --json --csv", "cook --format json", "cook --weather", "cooc",
    "--day 0", "--day 99", "--day x", "--step 9", "--lesson 9", "--lesson 1 --network gru", "--lesson 4 --update 0",
    "--backward --activation none",
    "--activation tanhh", "--lang klingon", "--se 1 --s 1",
    "explain --standalone", "explain --targets pasta", "explain --digits 99", "explain --backward",
    "explain --network weather --activation tanh", "explain --seed -x", "explain --backward --seed 3 --targets pasta",
    "explain --format html", "extract --feedback teacher",
    "train --weeks 0", "train --weeks 9999 --days 300", "train --hidden x", "train --learning-rate 0",
    "train --freeze foot", "train --optimizer adamm", "train --held-out 0.5", "train --held-out 2",
    "train --network elman --hidden 2", "train --diary nowhere.csv", "train --out w.txt",
    "train --out nowhere/w.json",
    "train --out - --json", "train --diary - --scenario -", "train --out w.json --history w.json",
    "scenario", "scenario check", "scenario check nowhere", "scenario check lecture extra", "scenario chek",
    "serve --port 99999", "serve --host example.org", "serve --kiosk", "serve cook", "serve --plain",
    "help nothing", "--kiosk cook", "--kiosk --plain", "--weights nowhere.json", "--weights .", "--scenario nowhere",
    "--weights -", "--plain --weights=",
]  # fmt: skip


@pytest.mark.parametrize("command", ERRORS)
def test_what_is_said_of_wrong_use(
    speaking: None, command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    output = said(*command.split())
    assert output.startswith("roommate-tui: ")
    assert english(_without_what_was_typed(output, command)) == []


FILES = [
    *(("--weights", path) for path in sorted((DATA / "weights").iterdir())),
    *(("--scenario", path) for path in sorted((DATA / "scenarios").iterdir())),
    *(("--diary", path) for path in sorted((DATA / "diaries").iterdir())),
]


@pytest.mark.parametrize("option", ["--weights", "--scenario", "--diary"])
def test_what_is_said_of_bad_files(speaking: None, option: str) -> None:
    bad, left = 0, []
    for kind, path in FILES:
        if kind == option:
            command = ["train", "--updates", "1"] if option == "--diary" else ["cook"]
            output = said(*command, option, str(path))
            if output.startswith("roommate-tui: "):
                bad += 1
                left += english(_without_what_is_in(output, path))
    assert bad > 3
    assert left == []


LINES = """\
help;help words;help keys;where;back;last;first;day 2;day;step 3;map;week;week whole;about;words;rule;cases;product;
product whole;row;row 2 1;reveal;brief on;repeat;brief off;weather;weather s;start burger;undo;redo;add day;
remove day;rename pasta noodles;undo;add dish soup;undo;add weather snowy;undo;edit rule s pasta salad;undo;weights;
weights merge;non-linearity tanh;set merge 1 1 0.5;backwards;p;n;last;feedback teacher;extract;compare hand;
forwards;by hand;take merge hand;freeze merge;lesson 1;lesson 2;lesson 3;lesson 5;about;n;lesson 4;about;set seed 7;
set weeks 0;
set nothing 1;settings;one update;train 60;loss;history;earlier;later;first update;latest update;update 9999;update 3;
goal;restart;new seed;train;compare first;extract soft;save nowhere/x.json;load nowhere.json;nonsense;day 99;row 99;
set merge 9 9 1;weather snowy;lesson 9;roommate soup;roommate nowhere;copy;command;formula;backwards tanh;quit
"""
"""What is typed, command by command: good ones, and such as are refused."""


def test_lines(speaking: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    lines = LINES.replace("\n", "").split(";")
    texts = []
    typed = io.BytesIO("\n".join([*lines, ""]).encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(typed, encoding="utf-8"))
    texts.append(said("--plain", "--no-state"))
    assert english(_without_what_was_typed("\n".join(texts), " ".join(lines))) == []


CUT_OFF = re.compile(r"(?<=[│╮╯])[A-Za-z]+|[A-Za-z]+(?=[│╭╰])")
"""What a box has left of the words under its edges."""


def _text(app: RoommateApp) -> str:
    return CUT_OFF.sub("", "\n".join(line.text for line in strips(app)))


def _learned(updates: int) -> tuple[Simulation, TrainingRun]:
    run = TrainingRun(find_scenario("lecture").roommate, TrainingConfig(seed=7))
    run.advance(updates)
    return Simulation(Situation(lesson=4, learning=run.moment(), run_id=1), revealed=True), run


async def test_the_walk_through_every_lesson(speaking: None) -> None:
    simulation, run = _learned(40)
    shown = [Simulation(Situation(lesson=lesson), day=1, step=lesson - 1) for lesson in (1, 2, 3, 5)]
    back = simulation.turn()
    shown += [simulation, back, back.go_to(1, 6), back.go_to(UPDATE, 0), back.go_to(UPDATE, 8)]
    app = RoommateApp(simulation, config=run.config, run=run)
    texts = []
    async with app.run_test(size=(120, 40)) as pilot:
        for one in shown:
            walk(pilot).simulation = one
            await pilot.pause()
            texts.append(_text(app))
            for _view in range(2):
                await pilot.press("z")
                texts.append(_text(app))
    assert english("\n".join(texts)) == []


PAGES = {
    "help": ("question_mark",),
    "settings": ("s",),
    "compare": ("C",),
    "rule of the weights": ("x",),
    "edit": ("e", "down", "1", "comma"),
    **DIALOGS,
}


async def test_pages(speaking: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    simulation, run = _learned(20)
    app = RoommateApp(simulation, config=run.config, run=run)
    texts = {}
    async with app.run_test(size=(120, 40)) as pilot:
        for page, keys in PAGES.items():
            before = app.screen
            await pilot.press(*keys)
            await app.screen.workers.wait_for_complete()
            texts[page] = _text(app)
            assert app.screen is not before or page == "to leave", page
            while app.screen is not before:
                await pilot.press("escape")
    left = {page: english(text) for page, text in texts.items()}
    assert {page: words for page, words in left.items() if words} == {}


def _without_what_was_typed(text: str, command: str) -> str:
    for word in sorted(re.findall(r"[A-Za-z]{2,}", command), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){word}(?!\w)", "", text)
    return _without_words_of_others(text)


def _without_what_is_in(text: str, path: Path) -> str:
    """A sentence without the path and the words that it shows of a file."""
    data = path.read_bytes()

    def unless_there(word: re.Match[str]) -> str:
        return "" if word[0].encode() in data else word[0]

    return _without_words_of_others(re.sub(r"(?<!\w)[A-Za-z]+(?!\w)", unless_there, text.replace(str(path), "")))


def _without_words_of_others(text: str) -> str:
    """A sentence without what the system and Python's readers of JSON, TOML and CSV say of their own, in English."""
    others = [os.strerror(number) for number in errno.errorcode]
    others += [gethostname(), "Expecting value", "Extra data", "Cannot declare", "twice", "Invalid value", "inf"]
    for words in others:
        text = text.replace(words, "")
    return text


async def test_the_page_in_a_browser(speaking: None) -> None:
    server = ScreenServer(["true"], {}, lambda _key: None)
    async with TestClient(TestServer(server.application())) as client:
        page = await (await client.get("/")).text()
    assert f'lang="{CODE}"' in page
    pieces = re.findall(r'>([^<>{}]+)<|data-\w+="([^"]+)"', re.sub(r"(?s)<(style|title)>.*?</\1>|<!.*?>", "", page))
    texts = [one or other for one, other in pieces if (one or other).strip()]
    assert len(texts) > 4
    assert english("\n".join(texts)) == []
