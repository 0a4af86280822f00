"""``--plain``: the walk and the training as lines, in the words and numbers of the screen."""

import io
import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.analysis.unit_matching import aligned, match_units
from model.errors import InputError
from model.network.activations import TANH
from model.network.network import Network
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.lessons import TRAINING_LESSON
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.simulation.timeline import Timeline
from model.steps.step import StepKind
from model.storage.runs import load_run, save_run
from model.storage.saved_runs import SavedRuns
from model.storage.weights import SavedWeights, load_weights, save_weights
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.boundaries.test_core_imports import loaded_by
from tests.model.networks import three
from tests.model.strategies import SOUP_EATER, situations
from tests.tui.cli.test_cli import Run as Cli
from tests.tui.cli.test_cli import cli
from tui.plain.glyphs import SPOKEN, SPOKEN_ASCII, SpokenGlyphs
from tui.plain.grammar import LINE_COMMANDS, described, parse
from tui.plain.loop import PROMPT, Loop
from tui.plain.session import LineSession
from tui.plain.training import next_told
from tui.rendering.equation import spelled_row
from tui.rendering.narration import narration
from tui.session.commands.shared import COMMANDS
from tui.session.run_library import Runs
from tui.text.glyphs import ASCII, UNICODE
from tui.text.numbers import written
from tui.text.settings import GROUPS

__all__ = ["cli"]

LEARNED = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
LEARNED.advance(30)


class Reader:
    """A person who types lines and reads what comes."""

    def __init__(
        self,
        simulation: Simulation | None = None,
        glyphs: SpokenGlyphs = SPOKEN,
        *,
        run: TrainingRun | None = None,
        state: SavedRuns | None = None,
        config: TrainingConfig | None = None,
    ) -> None:
        runs = Runs(config or TrainingConfig(), state, run)
        simulation = simulation or Simulation()
        self.session = LineSession(simulation, glyphs, runs)
        self.status = 0

    @property
    def simulation(self) -> Simulation:
        return self.session.simulation

    def begins(self) -> str:
        return self.types()

    def types(self, *lines: str, prompt: bool = False) -> str:
        """What is written after each of some lines; everything that was not yet told comes first."""
        out = io.StringIO()
        self.session.over = False
        loop = Loop(self.session, io.StringIO("".join(f"{line}\n" for line in lines)), out, prompt=prompt)
        self.status = loop.run()
        return out.getvalue().split("\n", 1)[1]  # without the words of welcome


def lines_of(text: str) -> list[str]:
    return text.splitlines()


def result_told(block: str, name: str) -> list[list[str]]:
    """The numbers of the array of a name that a step has given, row by row."""
    lines = lines_of(block)
    given = re.compile(rf"(.* )?gives? {re.escape(name)}( \(|:|,)", re.IGNORECASE)
    (at,) = (row for row, line in enumerate(lines) if given.match(line))
    rows = []
    for line in lines[at + 1 :]:
        if not line.startswith("  "):
            break
        rows.append([number for _, number in cells(line)])
    if rows:
        return rows
    return [[number] for _, number in cells(lines[at].split(": ", 1)[1])]


NUMBER = r"(?:minus |[-+])?\d[\d.]*(?: times 10 to the power of (?:minus )?\d+)?"


def cells(line: str) -> list[tuple[str, str]]:
    """The names and the numbers of a row as it is heard."""
    return re.findall(rf"(?:^|, )\s*(.*?[: ])({NUMBER})(?=, |$)", line)


def walked(reader: Reader) -> Iterator[tuple[Simulation, str]]:
    """Each step of a walk, with what was told of it."""
    text = reader.begins()
    while True:
        yield reader.simulation, text
        if reader.simulation.at_end:
            break
        text = reader.types("n")


def check_walk(simulation: Simulation, glyphs: SpokenGlyphs = SPOKEN) -> None:
    """That every step of a walk is told once, whole, in its order, in the words and numbers of the screen."""
    days = range(simulation.days)
    situation = simulation.situation
    if simulation.backward:
        order = [(day, step) for day in (*reversed(days), UPDATE) for step in situation.back_steps(day)]
    else:
        order = [(day, step) for day in days for step in situation.trace(day).steps]
    run = TrainingRun(situation.roommate, situation.config) if situation.trains else None
    blocks = list(walked(Reader(simulation, glyphs, run=run)))
    assert len(blocks) == len(order)
    known: dict[str, np.ndarray] = {}
    for (here, block), (day, step) in zip(blocks, order, strict=True):
        assert here.day == day
        headings = re.findall(r"^Step (\d+) of (\d+), (.+?): ", block, re.MULTILINE)
        assert headings == [(str(here.step + 1), str(len(here.steps)), step.name)]
        assert glyphs.line(narration(here, glyphs).plain) in lines_of(block)
        np.testing.assert_array_equal(here.current_step.result.value, step.result.value)
        numbers = [[glyphs.line(cell.strip()) for cell in row] for row in written(step.result)]
        assert result_told(block, glyphs.line(step.result.name)) == numbers
        spelled = glyphs.line(spelled_row(step, here.current_entry, glyphs).plain).split()
        row = next(line for line in lines_of(block) if line.startswith("Row "))
        assert row.split(": ")[-1].split()[-1] == spelled[-1]
        for operand in step.operands if step.operation is not StepKind.SUM else ():
            again = re.search(rf"(?im)(^|\s){re.escape(glyphs.line(operand.name))}( \(.*?\))?, as before\.", block)
            same = operand.name in known and np.array_equal(known[operand.name], operand.value)
            assert bool(again) == same, operand.name  # dishes and weathers are called the same all the walk
        known |= {operand.name: operand.value for operand in (*step.operands, step.result)}
        last = here.step == len(here.steps) - 1
        if last and not here.backward:
            dish = glyphs.named(step.result.rows).labels[here.dish(day)]
            verdict = "right" if here.dish(day) == situation.expected[day] else "wrong"
            assert f"{here.trace.name}'s dish: {dish}, {verdict}" in block


def learning(run: TrainingRun = LEARNED) -> Simulation:
    simulation = Simulation(Situation(lesson=TRAINING_LESSON)).with_learning(run.moment(), 1)
    return replace(simulation, revealed=True)


# The walk


@pytest.mark.parametrize("glyphs", [SPOKEN, SPOKEN_ASCII])
@pytest.mark.parametrize("lesson", [1, 2, 3, 4, 5])
def test_n_tells_every_step_once_with_the_numbers_and_words_of_the_screen(lesson: int, glyphs: SpokenGlyphs) -> None:
    check_walk(learning() if lesson == TRAINING_LESSON else Simulation().with_lesson(lesson), glyphs)


@pytest.mark.parametrize("glyphs", [SPOKEN, SPOKEN_ASCII])
@pytest.mark.parametrize("lesson", [1, 2, 3, 4, 5])
def test_so_does_the_way_back(lesson: int, glyphs: SpokenGlyphs) -> None:
    simulation = learning() if lesson == TRAINING_LESSON else Simulation().with_lesson(lesson)
    if not simulation.situation.can_go_back:
        simulation = simulation.with_network(simulation.situation.network.with_activation(TANH))
    check_walk(simulation.turn(), glyphs)


@given(situations(most_days=3), st.sampled_from([1, 2, 3, 5]))
def test_any_roommate_is_told_so(situation: tuple, lesson: int) -> None:  # type: ignore[type-arg]
    roommate, week, start = situation
    if len(roommate.dishes) * len(roommate.weathers) <= 32:  # larger ones are told in part
        check_walk(Simulation(Situation(roommate, lesson, week, start)))


def test_a_roommate_with_a_memory() -> None:
    for lesson in (3, 5):
        check_walk(Simulation(Situation(SOUP_EATER, lesson, (1, 1, 0, 1), 1)))


def test_an_empty_line_is_the_next_step_and_a_number_repeats() -> None:
    reader = Reader()
    reader.types("", "   ")
    assert (reader.simulation.day, reader.simulation.step) == (0, 2)
    assert len(re.findall("^Step ", reader.types("7 n"), re.MULTILINE)) == 7
    assert (reader.simulation.day, reader.simulation.step) == (1, 3)
    assert "whole walk" in reader.types("999 n")
    assert reader.simulation.at_end


def test_what_did_not_change_is_not_told_again_and_product_tells_it_all() -> None:
    reader = Reader()
    assert "Food, 6 rows of 3 columns" in reader.begins()
    text = reader.types("day 2")
    assert "Food, as before." in text
    assert "same: burger: pasta 0, burger 1, salad 0" not in text
    assert "same: burger: pasta 0, burger 1, salad 0" in reader.types("product")
    assert "Weights" not in text


def test_play_tells_all_that_is_left() -> None:
    reader = Reader(Simulation(Situation(week=(1, 0))))
    assert reader.begins().count("\nStep ") == 1
    assert reader.types("play").count("Step ") == 11
    assert reader.types("play").count("Step ") == 12  # from the beginning, where this is the end


@pytest.mark.parametrize(
    ("line", "day", "step"),
    [
        ("day 3", 2, 0),
        ("day wed", 2, 0),
        ("j", 1, 0),
        ("step 4", 0, 3),
        ("last", 5, 5),
        ("G", 5, 5),
        ("day back", 0, 0),
    ],
)
def test_going_places(line: str, day: int, step: int) -> None:
    reader = Reader()
    reader.types(line)
    assert (reader.simulation.day, reader.simulation.step) == (day, step)


def test_a_command_that_changes_nothing_says_so() -> None:
    reader = Reader()
    reader.begins()
    for line in ("3", "first", "step 1"):
        assert reader.types(line) == "As before. Step 1 of 6, food product: f = Food × d\n"


def test_asking_for_parts() -> None:
    reader = Reader()
    reader.types("day 2", "step 6")
    assert "Tuesday, day 2 of 6: rainy, after pasta." in reader.types("where")
    assert "Tuesday, here: rainy, burger, right." in reader.types("week")
    assert "Wednesday: sunny, not cooked yet." in reader.types("week")
    assert "Step 6, decide: here." in reader.types("map")
    assert "rainy: after pasta burger; after burger salad; after salad pasta." in reader.types("rule")
    assert "logits: The scores of the dishes" in reader.types("words")
    assert "Food proposes a dish" in reader.types("about")
    assert "The loss of the week is" in reader.types("loss")
    assert "row 2" in reader.types("row 2").casefold()


# The commands


def test_every_command_is_typed_by_its_keys_and_its_words_and_told_in_the_help() -> None:
    help_page = Reader().types("help")
    for command in COMMANDS:
        keys = [key for key in command.typed_keys if len(key) == 1 and key.isascii()]
        if command.screen_only:
            for key in keys:
                with pytest.raises(InputError, match="screen alone"):
                    parse(key)
            assert f"{command.label}: {command.screen_only}." in help_page
            continue
        named = [key.casefold() for key in command.typed_keys if len(key) > 1]
        for typed in [*keys, command.words, *named]:
            assert parse(typed) == (1, command, []), typed
    for command in LINE_COMMANDS:
        assert described(command) in help_page


def test_words_by_their_beginnings() -> None:
    for typed, phrase in {"ne": "next", "BACK": "back", "lat": "later", "first u": "first update"}.items():
        assert parse(typed)[1].words == phrase
    assert parse("train until it is right")[2] == ["until", "it", "is", "right"]
    assert parse("#57")[2] == ["57"]
    assert parse('rename "apple pie" tart')[2] == ["apple pie", "tart"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("nxt", "'nxt' is not a command. Did you mean next? 'help' lists them all."),
        ("z", "'z' is not a command."),
        ("re", "'re' may mean reveal, redo, rename, restart, resume or repeat: write more of it."),
        ("next week", "next stands alone: 'week' was not expected after it."),
        ("day 9", "'9' is no day of the week: give a number from 1 to 6."),
        ("0 n", "0: a command can be repeated 1 to 1,000 times."),
        ("weather foggy", "'foggy' is not a weather: there are sunny and rainy."),
        ("start sald", "Did you mean salad?"),
        ("week s,x", "Day 2: 'x' is not a weather"),
        ("lesson 6", "'6' is no lesson: give a number from 1 to 5."),
        ("b", "largest-to-1 has no useful derivative"),
        ("set food 7 1 0.5", "'7' is no row: give a number from 1 to 6."),
        ("set food 1 1 a,5", "has a comma"),
        ("set foot 1 1 5", "Did you mean food?"),
        ("set seed 7", "'seed' is not a setting here"),
        ("set feedback sft", "Did you mean soft?"),
        ("cases", "That belongs to lesson 4"),
        ("load no-such-file.json", "no-such-file.json cannot be read"),
        ("roommate sop", "Did you mean soup?"),
        ("take food learned", "Nothing is learned yet"),
        ("compare learned", "Nothing is learned yet"),
        ("save", "Which file?"),
        ("roommate " + "x" * 300, "File name too long"),
        ("load a\0b.json", "no file can be called so"),
        ("save a\0b.json", "no file can be called so"),
        ("\x1b[C", "'\\x1b[C' is not a command."),
        ("x" * 20_000, "is not a command."),
    ],
)
def test_what_is_wrong_is_a_sentence_and_the_session_goes_on(line: str, sentence: str) -> None:
    reader = Reader()
    reader.begins()
    text = reader.types(line)
    assert sentence in text
    assert len(lines_of(text)) == 1
    assert "Step 2 of 6" in reader.types("n")


def test_prompts_are_for_people_alone() -> None:
    assert PROMPT not in Reader().types("n")
    assert Reader().types("n", prompt=True).count(PROMPT) == 2


# Changes


def test_changing_the_week() -> None:
    reader = Reader()
    reader.types("day 2")
    text = reader.types("w")
    assert "Tuesday is sunny now." in text
    assert "Yesterday it was pasta" not in text
    assert "Taken back: the week." in reader.types("undo")
    assert "Nothing to take back." in reader.types("undo")
    assert "Tuesday is sunny now." in reader.types("redo")
    reader.types("weather rainy", "start burger", "add day", "week srr", "remove day")
    situation = reader.simulation.situation
    assert (situation.week, situation.start) == ((0, 1), 1)
    reader.types("last")
    assert "Monday's dish is now: salad, right." in reader.types("start salad")


@pytest.mark.parametrize("line", ["w", "weather rainy"])
def test_beside_the_update_today_is_the_first_day(line: str) -> None:
    reader = Reader()
    reader.types("b tanh", "day update")
    assert "Monday is rainy now." in reader.types(line)


def test_weights_by_hand_and_the_update_that_is_shown() -> None:
    reader = Reader()
    reader.begins()
    assert "loss of the week" in reader.types("set Food 1 2 0.5").casefold()
    assert reader.simulation.situation.network.parameters["food"][0, 1] == 0.5
    assert "same: pasta: pasta +1.00, burger +0.50, salad 0.00" in reader.types("edit food")
    reader.types("take food hand")
    assert reader.simulation.situation.network.parameters["food"][0, 1] == 0
    reader.types("by hand", "backwards tanh")
    after = reader.simulation.situation.week_update.after
    assert "Made. The loss of the week was" in reader.types("o")
    np.testing.assert_array_equal(reader.simulation.situation.network.parameters["merge"], after["merge"])
    assert "Feedback hard." in reader.types("feedback hard")
    assert "Freeze merge." in reader.types("freeze merge")
    assert reader.types("set learning-rate 0.5").count("Learning rate 0.5.") == 1
    assert "Learning rate 0.03." in reader.types("undo")
    reader.types("redo")
    assert reader.simulation.situation.config.learning_rate == 0.5
    assert "Step 1 of 6" in reader.types("forwards")
    assert not reader.simulation.backward


def test_another_roommate_and_a_rule_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    reader = Reader()
    assert "The roommate is the soup eater." in reader.types("roommate soup")
    reader.types("undo")
    assert reader.simulation.situation.roommate == PERFECT_ROOMMATE
    reader.types("edit rule sunny pasta salad", "rename burger fries", "add dish soup", "rename roommate Jo")
    roommate = reader.simulation.situation.roommate
    assert (roommate.name, roommate.dishes, roommate.next_dish[0][0]) == (
        "Jo",
        ("pasta", "fries", "salad", "soup"),
        2,
    )
    assert "No command line knows this rule yet" in reader.types("command")
    assert "Saved mine.toml." in reader.types("save mine.toml")
    assert "roommate-tui --plain --scenario mine.toml --lesson 3" in reader.types("c")
    assert Reader().types("roommate mine.toml", "rule").count("fries") > 2


# Training


def test_it_learns_as_train_does(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli("train", "--seed", "7", "--history", "train.csv", "--out", "train.json")[0] == 0
    reader = Reader(config=TrainingConfig(seed=7))
    text = reader.types("lesson 4", "train", "save plain.csv", "save plain.json")
    assert Path("plain.csv").read_bytes() == Path("train.csv").read_bytes()
    ours, theirs = (load_weights(Path(f"{name}.json")).network.parameters for name in ("plain", "train"))
    np.testing.assert_array_equal(ours["food"], theirs["food"])
    assert "The rule is learned" in text
    losses = dict(row.split(",")[:2] for row in Path("train.csv").read_text().splitlines()[1:])
    updates = re.findall(r"^Update (\d+): loss ([\d.e-]+),", text, re.MULTILINE)
    assert [int(update) for update, _ in updates[:4]] == [0, 10, 20, 30]
    assert all(loss == f"{float(losses[update]):.3g}" for update, loss in updates)


def test_settings_are_told_in_the_groups_of_the_screen() -> None:
    reader = Reader()
    told = reader.types("4", "settings").splitlines()
    headings = [f"{heading}:" for heading, _names in GROUPS]
    assert [line for line in told if line in headings] == headings
    at = told.index("Optimizer:") + 1
    assert [line.split(":")[0] for line in told[at : at + 3]] == ["optimizer adam", "learning rate 0.03", "clip 0"]
    assert "Stopping:" not in reader.types("3", "settings")  # where nothing is trained


def test_some_updates_travel_and_a_branch() -> None:
    reader = Reader()
    reader.types("4", "train 25")
    assert reader.session.moment.update == 25
    assert "Update 24, back from 25" in reader.types("[")
    assert "Update 3, back from 25" in reader.types("update 3")
    assert "Update 0, back from 25" in reader.types("{")
    assert "This is update 0 already." in reader.types("[")
    assert "'26' is no update of this run" in reader.types("#26")
    reader.types("#20", "train 2")  # goes on from there
    assert (reader.session.moment.update, reader.session.moment.latest) == (22, 22)
    reader.types("undo", "#10", "o")
    assert (reader.session.moment.update, reader.session.moment.latest) == (11, 11)
    reader.types("undo")
    assert reader.session.moment.latest == 25
    assert "Started with seed 3." in reader.types("seed 3")
    assert reader.session.moment.config.seed == 3
    assert "Started again with the new settings." in reader.types("set activation sigmoid")
    reader.types("train 5", "set optimizer sgd", "set food 1 1 2", "train 2")
    assert reader.session.moment.config.optimizer == "sgd"
    assert reader.session.moment.update == 7


def test_the_update_of_the_way_back_is_the_one_that_was_shown() -> None:
    reader = Reader()
    reader.types("4", "b")
    after = reader.simulation.situation.week_update.after
    assert "The numbers of this step are new" in reader.types("o")
    np.testing.assert_array_equal(reader.simulation.situation.network.parameters["food"], after["food"])


def test_going_on_beyond_the_goal() -> None:
    reader = Reader(config=TrainingConfig(seed=7, hold=2))
    reader.types("4", "t")
    update = reader.session.moment.update
    assert "The rule is learned" in reader.types("train until it is right")
    assert reader.session.moment.update == update
    assert "The goal is reached; going on" in reader.types("train 5")
    assert reader.session.moment.update == update + 5
    reader.types("r")
    assert reader.session.moment.config.stop == "learned"


def test_loss_and_cases_agree_with_the_run() -> None:
    reader = Reader(learning(), run=LEARNED)
    text, moment = reader.types("cases"), reader.session.moment
    assert text.count("right, margin") == moment.verdict.count
    assert text.count("wrong: really") == moment.verdict.cases - moment.verdict.count
    assert f"loss {moment.loss:.3g}," in reader.types("loss")


def test_trouble_is_told_and_nothing_is_lost() -> None:
    reader = Reader()
    reader.types("4", "train 3", "set learning-rate 1e300")
    text = reader.types("train")
    assert "not finite" in text
    assert reader.session.moment.update == 3
    assert "Update 2" in reader.types("[")


def test_the_updates_that_are_told_of() -> None:
    assert [next_told(update) for update in (0, 9, 10, 95, 100, 150, 999, 1000)] == [
        10, 10, 20, 100, 200, 200, 1000, 2000,
    ]  # fmt: skip


def test_a_run_is_saved_where_the_screen_saves_it_and_offered(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    for seed in (5, 6):  # one ends in order, the other is cut off
        state = SavedRuns(folder)
        Reader(state=state, config=TrainingConfig(seed=seed)).types("4", "train 12", "o")
        assert load_run(state.run_file, private=True).update == 13
        state.end() if seed == 5 else state.release()
    again = Reader(state=SavedRuns(folder))
    text = again.types("4")
    assert re.search(r"A run with seed 6 and 13 updates was cut off today at [\d:]+. 'resume' goes on with it.", text)
    assert re.search(r"A run with seed 5 and 13 updates was saved today at [\d:]+. 'resume 2' goes on with it.", text)
    assert "no run that was offered" in again.types("resume 3")
    assert "Update 13" in again.types("resume 2")
    assert again.session.moment.config.seed == 5
    assert not state.last.exists()  # it is this session's now
    assert "No run was saved" in again.types("resume")
    again.types("undo")
    assert again.session.moment.config.seed == 0


def test_two_readers_do_not_go_on_with_one_run(tmp_path: Path) -> None:
    state = SavedRuns(tmp_path)
    Reader(state=state).types("4", "o")
    state.release()
    one, other = Reader(state=SavedRuns(tmp_path)), Reader(state=SavedRuns(tmp_path))
    for reader in (one, other):
        assert "'resume' goes on with it" in reader.types("4")
    assert "Update 1" in one.types("resume")
    assert "Another session has gone on with that run." in other.types("resume")


def test_what_was_saved_without_updates_or_cannot_be_read(tmp_path: Path) -> None:
    state = SavedRuns(tmp_path)
    save_run(state.last, TrainingRun(SOUP_EATER, TrainingConfig()).record())
    assert "saved" not in Reader(state=state).types("4")  # it has made no updates
    state.last.write_bytes(b"PK nonsense")
    assert "A run that was saved cannot be read" in Reader(state=state).types("4")


def test_nowhere_to_save_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    reader = Reader(state=SavedRuns(tmp_path / "state"))
    assert reader.types("4", "train 5", "train 5").count("Runs are not saved automatically") == 1


# Files


def test_files_are_not_written_over_by_accident(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    reader = Reader()
    reader.types("set food 1 1 2")
    assert "Saved my weights.json." in reader.types("save my weights.json")
    text = reader.types("save my weights.json")
    assert "is there already; the word overwrite after the name replaces it." in text
    assert "Saved" in reader.types("save my weights.json overwrite")
    other = Reader()
    assert "Lesson 3 shows the weights of the file" in other.types("load my weights.json")
    assert other.simulation.situation.network.parameters["food"][0, 0] == 2
    compared = other.types("compare")
    assert "These weights, edited by hand, and others, set by hand." in compared
    one, hand = other.simulation.situation.network, Network.by_hand(PERFECT_ROOMMATE)
    weights = aligned(hand.parameters, match_units(one, hand, PERFECT_ROOMMATE))
    largest = np.abs(one.parameters["food"] - weights["food"]).max()
    assert f"Food: the largest difference is {largest:.3g}, at " in compared
    assert "no difference" in other.types("compare my weights.json")
    assert "Only a training run has a history" in other.types("save h.csv")
    assert "Saved rule.json." in other.types("extract rule.json")
    assert json.loads(Path("rule.json").read_text())["format"] == "roommate-extract"
    assert "should end in .dot" in other.types("extract rule.txt")


def test_plain_before_cook_is_the_format_of_cook(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert cli("--plain", "cook") == cli("cook", "--plain") != cli("cook")


def test_the_rule_that_weights_follow() -> None:
    text = Reader().types("extract")
    assert "It follows the rule in all 6 cases." in text
    assert "rainy after pasta: burger, right; margin" in text
    assert "clusters of hidden vectors behave as 3 states" in Reader(Simulation().with_lesson(5)).types("extract")


def test_a_large_network_is_told_in_part_and_whole_on_demand(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    weights = three(rng.normal(size=(300, 3)), rng.normal(size=(300, 2)), rng.normal(size=(3, 300)))
    path = tmp_path / "large.npz"
    save_weights(path, SavedWeights(PERFECT_ROOMMATE, Network(weights, TANH, "")))
    reader = Reader()
    text = reader.types(f"load {path}")
    assert "of 300. 'product whole' tells all." in text
    assert len(lines_of(text)) < 100
    assert len(lines_of(reader.types("product whole"))) > 600
    assert "Row 250, u250:" in reader.types("row 250")
    assert all(len(lines_of(reader.types(line))) < 100 for line in ["n", "n", "b", "n", "day update", "edit merge"])


# What is never written


def test_seven_bits_and_no_escapes_whatever_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rng = random.Random(3)
    reader = Reader(glyphs=SPOKEN_ASCII, config=TrainingConfig(updates=40))
    words = [
        "",
        "1",
        "2",
        "soup",
        "coffee",
        "crème",
        "tanh",
        "\x1b[2J",
        "food",
        "0.5",
        "hard",
        "whole",
        '"',
        "x.json",
    ]
    commands = [command for command in LINE_COMMANDS if command.name not in {"quit", "exit", "play"}]
    for _ in range(400):
        command = rng.choice(commands)
        rest = (
            ["3"] if command.name == "train" else [rng.choice(words) for _ in range(rng.choice([0, 0, 1, 1, 2, 4]))]
        )
        text = reader.types(" ".join([command.words, *rest]), rng.choice(["n", "b", "b tanh", "4", "3", "u"]))
        assert text.isascii()
        assert "\x1b" not in text


@given(st.lists(st.text(max_size=30), max_size=4))
def test_any_line_is_survived(lines: list[str]) -> None:
    reader = Reader()
    text = reader.types(*(line.replace("\n", " ") for line in lines if not line.startswith(("save", "S", "extract"))))
    assert all(letter == "\n" or letter.isprintable() for letter in text)
    assert isinstance(reader.session.timeline, Timeline)


def test_pictures_are_not_said() -> None:
    text = "".join(block for _, block in walked(Reader())) + Reader().types("week", "rule", "help", "extract")
    assert not set("🍝🍔🥗🌞☔▸") & set(text)
    assert SPOKEN.times != UNICODE.times
    assert SPOKEN_ASCII.times == ASCII.times


def test_no_command_loads_textual() -> None:
    statement = (
        "import io, sys, tui.cli.main\n"
        "from tui.plain.grammar import LINE_COMMANDS\n"
        "lines = ['4', 'train 3', '3', 'backwards tanh', '3 n', 'forwards', 'compare first', 'extract hard']\n"
        "lines += [command.words for command in LINE_COMMANDS if command.name not in ('quit', 'exit')]\n"
        "sys.stdin = io.TextIOWrapper(io.BytesIO('\\n'.join(lines).encode()))\n"
        "out, sys.stdout = sys.stdout, io.StringIO()\n"
        "assert tui.cli.main.main(['--plain', '--no-state']) == 0\n"
        "told, sys.stdout = sys.stdout.getvalue(), out\n"
        "assert told.count('Step ') > 20, told\n"
    )
    loaded = loaded_by(statement)
    assert "numpy" in loaded
    assert "textual" not in loaded
