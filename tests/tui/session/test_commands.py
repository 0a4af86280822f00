"""The commands as a table, and as functions that drive a session: no screen and no lines are needed for that."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import InputError, RoommateError
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.saved_runs import SavedRuns
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.strategies import SOUP_EATER
from tui.plain import follow_ups as lines
from tui.plain.grammar import LINE_COMMANDS
from tui.screens import commands as screen
from tui.session.commands.command import GOING_BACK, GROUPS, LEARNING, WALKING, Command, command
from tui.session.commands.files import load, save
from tui.session.commands.lessons import LESSON_COMMANDS
from tui.session.commands.shared import COMMANDS, SCREEN_COMMANDS
from tui.session.commands.training import (
    earlier,
    first_update,
    new_seed,
    one_update,
    resume,
    scale,
    train,
)
from tui.session.commands.walking import first, next_day, next_step, previous_step
from tui.session.commands.week import flip_weather, next_start, redo, undo
from tui.session.commands.weights import by_hand, freeze, set_value, take
from tui.session.kiosk import refusal
from tui.session.reply import NOTHING, Reply, Sight, Then
from tui.session.run_library import Runs
from tui.session.session import Session
from tui.session.training_loop import Control
from tui.text.glyphs import UNICODE

LESSON_4 = next(one for one in LESSON_COMMANDS if one.name == "lesson_4")


def session_of(
    simulation: Simulation | None = None, *, kiosk: bool = False, state: SavedRuns | None = None
) -> Session:
    return Session(simulation or Simulation(), UNICODE, Runs(TrainingConfig(seed=7), state), kiosk=kiosk)


def training(*, updates: int = 0) -> Session:
    """A session in the lesson that trains."""
    session = session_of()
    LESSON_4(session)
    for _update in range(updates):
        one_update(session)
    return session


def busy() -> tuple[Session, TrainingRun]:
    """A session whose run a worker has taken."""
    session = training(updates=5)
    session.hand_over(session.run, Control(session.run.config, 1.0))
    return session, session.run


# The table


def test_a_command_of_the_screen_is_one_of_lines_or_says_why_not() -> None:
    for one in SCREEN_COMMANDS:
        assert bool(one.words) != bool(one.screen_only), one.name
        assert not one.screen_only or len(one.screen_only.split()) > 4
    assert len([one for one in SCREEN_COMMANDS if one.screen_only]) <= 8
    assert {one for one in COMMANDS if one.words} <= set(LINE_COMMANDS)


def test_no_two_commands_have_a_name_a_key_or_words_in_common() -> None:
    for values in (
        [one.name for one in {*COMMANDS, *LINE_COMMANDS}],
        [key for one in COMMANDS for key in one.keys],
        [key for one in COMMANDS for key in one.typed_keys],
        [one.words for one in LINE_COMMANDS],
    ):
        assert len(values) == len(set(values))


def test_every_command_says_what_it_does_and_where_it_stands() -> None:
    for one in {*COMMANDS, *LINE_COMMANDS}:
        assert one.group in GROUPS
        assert one.help[0].isupper()
        assert not one.help.endswith(".")
        assert one.label or not one.keys
        assert one.function.__doc__ or one in LESSON_COMMANDS
    for footer in (WALKING, LEARNING, GOING_BACK):
        places = sorted(one.footers[footer] for one in SCREEN_COMMANDS if footer in one.footers)
        assert len(places) == len(set(places)) > 10
        assert places[:3] == [0, 1, 2]


def test_both_front_ends_do_what_any_command_may_ask_for() -> None:
    assert set(screen.FOLLOW_UPS) == set(lines.FOLLOW_UPS) == set(Then)


@pytest.mark.parametrize(
    ("words", "phrase", "usage"),
    [
        ("weather [WEATHER]", "weather", "[WEATHER]"),
        ("add day", "add day", ""),
        ("next (an empty line, too)", "next", "(an empty line, too)"),
        ("lesson 4", "lesson 4", ""),
        ("take MATRIX hand or learned", "take", "MATRIX hand or learned"),
        ("non-linearity [NAME]", "non-linearity", "[NAME]"),
        ("", "", ""),
    ],
)
def test_words_are_a_phrase_and_what_may_follow_it(words: str, phrase: str, usage: str) -> None:
    declared = command("x", words=words, group=GROUPS[0], help="X")(lambda _session: NOTHING)
    assert (declared.words, declared.usage) == (phrase, usage)


def test_words_that_a_command_has_no_room_for_are_left_out() -> None:
    session = session_of()
    next_day(session, "3", "and", "more")
    assert session.simulation.day == 2


# A session without a screen


def after(session: Session, one: Command, *words: str) -> Reply:
    """What a command replies, where it is not refused."""
    try:
        return one(session, *words)
    except RoommateError as error:
        return Reply((str(error),))


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(COMMANDS), st.lists(st.sampled_from(("2", "food", "rainy", "hard", "")), max_size=3)
        )
    )
)
def test_any_commands_in_any_order_leave_something_that_can_be_shown(
    given_commands: list[tuple[Command, list[str]]],
) -> None:
    session, changes = session_of(), 0

    def count() -> None:
        nonlocal changes
        changes += 1

    session.watch(count)
    for one, words in given_commands:
        if one.name not in {"save", "extract", "roommate"}:  # which reach files
            before, seen = session.timeline, changes
            reply = after(session, one, *words)
            assert all(line.strip() for line in reply.lines)
            assert session.timeline is before or changes > seen
            assert session.simulation.current_step.result.value.size
            assert reply.then is None or reply.then in Then


def test_walking_to_the_end_and_back() -> None:
    session = session_of()
    assert previous_step(session).for_lines
    while not session.simulation.at_end:
        assert next_step(session) == Reply(sight=Sight.PRODUCT)
    assert "whole walk" in next(iter(next_step(session).lines))
    first(session)
    assert session.simulation == Simulation()


def test_undo_takes_back_what_any_command_changed() -> None:
    for one, words in ((flip_weather, ()), (flip_weather, ("rainy",)), (set_value, ("food", "1", "1", "2"))):
        session = session_of()
        one(session, *words)
        changed = session.simulation
        assert changed != Simulation()
        undo(session)
        assert session.simulation == Simulation()
        redo(session)
        assert session.simulation == changed
    assert "Nothing to take back." in undo(session_of()).lines


def test_what_belongs_to_the_lesson_that_trains_is_refused_elsewhere_and_changes_nothing() -> None:
    session = session_of()
    of_training = [one for one in COMMANDS if one.trains]
    assert {earlier, first_update, new_seed, scale} <= set(of_training)
    for one in (*of_training, one_update):
        with pytest.raises(InputError, match="belongs to lesson 4"):
            one(session)
    assert session.simulation == Simulation()
    with pytest.raises(InputError, match="Lesson 4 learns its weights"):
        by_hand(training())


def test_training_is_asked_for_and_paused_by_the_same_command() -> None:
    session = session_of()
    assert train(session).then is Then.OFFER  # elsewhere it opens the lesson
    reply = train(session)
    assert (reply.then, reply.about[0]) == (Then.TRAIN, session.run)
    session.hand_over(session.run, Control(session.run.config, 1.0))
    assert train(session) == Reply(sight=Sight.TRAINING)
    assert session.control is not None
    assert session.control.stop.is_set()


def test_what_touches_the_run_waits_until_the_worker_has_let_go() -> None:
    for one, update in ((first_update, 0), (earlier, 4), (one_update, 6), (new_seed, 0)):
        session, run = busy()
        assert not list(one(session).lines)
        assert session.moment.update == 5
        assert session.control is not None
        assert session.control.stop.is_set()
        session.take_back(run, run.moment(), "")
        assert (session.moment.update, session.controls.running) == (update, False)


def test_what_waits_and_is_then_refused_says_so() -> None:
    session, run = busy()
    session.when_at_rest(lambda: take(session, "food", "nowhere"))
    (reply,) = session.take_back(run, run.moment(), "")
    assert reply.severity == "warning"
    assert "Say 'take Food hand'" in next(iter(reply.lines))


def test_settings_that_came_too_late_for_the_worker_are_taken_over() -> None:
    session, run = busy()
    set_value(session, "learning-rate", "0.5")
    assert run.config.learning_rate != 0.5
    session.take_back(run, run.moment(), "")
    assert run.config.learning_rate == session.moment.config.learning_rate == 0.5


def test_undo_to_another_run_waits_too() -> None:
    session = training(updates=3)
    new_seed(session)
    run = session.run
    session.hand_over(run, Control(run.config, 1.0))
    undo(session)
    assert session.moment.update == 0
    run.advance(9)
    session.take_back(run, run.moment(), "")
    assert (session.moment.update, session.run.update) == (3, 3)
    redo(session)
    assert (session.moment.update, session.run.update) == (9, 9)


def test_a_frozen_matrix_and_one_taken_from_others() -> None:
    session = training(updates=3)
    freeze(session, "food")
    assert session.moment.config.frozen == ("food",)
    take(session, "food", "hand")
    assert session.simulation.situation.network.parameters["food"][0, 0] == 1
    assert session.moment.update == 3


def test_a_full_disk_is_said_once_and_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.write_text("")  # a file where a folder should be
    state = SavedRuns(folder)
    session = session_of(Simulation(Situation(lesson=4)), state=state)
    session.open_training()
    run = session.run
    assert [bool(session.autosave(run)[1]) for _ in range(3)] == [True, False, False]
    folder.unlink()
    assert session.autosave(run)[0] > 0
    assert state.run_file.exists()


def test_what_no_worker_has_saved_is_saved_in_the_end_and_offered(tmp_path: Path) -> None:
    state = SavedRuns(tmp_path)
    session = session_of(Simulation(Situation(lesson=4)), state=state)
    session.open_training()
    one_update(session)
    assert session.leave() == ""
    state.release()
    again = session_of(state=SavedRuns(tmp_path))
    assert resume(again).then is None
    assert (again.moment.update, again.moment.config.seed) == (1, 7)
    assert "No run was saved last time." in resume(again).lines


def test_a_run_that_was_discarded_is_said_to_be() -> None:
    session = training()
    session.runs = Runs(TrainingConfig(), None)
    for one in (one_update, train, earlier):
        with pytest.raises(InputError, match="discarded"):
            one(session)


# A kiosk


def test_a_kiosk_refuses_what_is_declared_so_before_anything_happens() -> None:
    gone = [one for one in COMMANDS if not one.kiosk]
    assert {save, load} <= set(gone)
    session = session_of(kiosk=True)
    for one in gone:
        with pytest.raises(InputError, match=re.escape(refusal())):
            one(session)
    assert session.simulation == Simulation()


def test_no_command_of_a_kiosk_reaches_a_file_whatever_follows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside a kiosk the same words do reach them, so this test can fail."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.json").write_text("{}")
    (tmp_path / "there.toml").write_text("name = ")
    for kiosk in (True, False):
        for one in [one for one in COMMANDS if one.usage]:
            for file in ("there.json", "new.toml", "new.dot"):
                for words in ((file,), ("soft", file)):
                    after(session_of(kiosk=kiosk), one, *words)
        written = {path.name: path.read_text() for path in tmp_path.iterdir()}
        assert (written == {"there.json": "{}", "there.toml": "name = "}) == kiosk


def test_a_roommate_that_comes_with_the_program_is_there_in_a_kiosk() -> None:
    session = session_of(kiosk=True)
    roommate = next(one for one in COMMANDS if one.name == "roommate")
    roommate(session, "coffee")
    assert session.simulation.situation.roommate != PERFECT_ROOMMATE
    with pytest.raises(InputError, match="kiosk"):
        roommate(session, "./mine.toml")


def test_a_start_that_a_network_cannot_see_is_said() -> None:
    run = TrainingRun(SOUP_EATER, TrainingConfig(network="elman", start="zero"))
    shown = Simulation(Situation(SOUP_EATER, 4)).with_learning(run.moment(), 1)
    session = Session(shown, UNICODE, Runs(TrainingConfig(), None))
    told = " ".join(next_start(session).lines)
    assert "does not see the start" in told
    assert session.simulation.situation.start == 1
    assert not session.simulation.situation.weeks.start.any()
    one_hot = TrainingRun(SOUP_EATER, TrainingConfig(network="elman"))
    session = Session(shown.with_learning(one_hot.moment(), 1), UNICODE, Runs(TrainingConfig(), None))
    assert next_start(session, "soaked").lines == ()
    assert session.simulation.situation.start == 2
