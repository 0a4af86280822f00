"""What is typed ahead is dealt with one key after another, and what comes too fast is not piled up."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from textual import events
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.conftest import walk
from tests.tui.typed import Clock
from tui.app.app import RoommateApp
from tui.terminal.inbox import MAX_OF_ONE, MOST, PAUSE, Inbox
from tui.terminal.input import TerminalInput


def inbox(pilot: Pilot[None], clock: Clock | None = None) -> Inbox:
    """The way into an app, without a terminal."""

    def hand_on(message: Message) -> None:
        message.set_sender(pilot.app)
        pilot.app.post_message(message)

    return Inbox(pilot.app, hand_on, clock or Clock())


async def type_ahead(pilot: Pilot[None], data: bytes) -> None:
    """Type all at once, and wait until it has been dealt with."""
    box = inbox(pilot)
    for message in TerminalInput().messages(data):
        box.put(message)
    box.open()
    while len(box):
        await pilot.pause()
    await pilot.pause()
    await pilot.pause()


def waiting(box: Inbox) -> list[Message]:
    return list(iter(box.take, None))


def key(name: str) -> events.Key:
    return events.Key(name, name if len(name) == 1 else None)


def put(box: Inbox, messages: Iterable[Message]) -> None:
    for message in messages:
        box.put(message)


# In order


async def test_a_field_keeps_the_order_of_what_is_typed_ahead() -> None:
    async with RoommateApp().run_test() as pilot:
        await type_ahead(pilot, b"S")
        field = pilot.app.screen.query_one(Input)
        field.value = "12345"
        field.cursor_position = 5
        await type_ahead(pilot, b"\x7f\x7f\x7f\x7f\x7f1234567")
        assert field.value == "1234567"
        await type_ahead(pilot, b"\x1b[D\x1b[D\x7fx\x1b[H0\x1b[F9")
        assert field.value == "01234x679"


async def test_weights_typed_ahead_are_those_that_were_typed() -> None:
    async with RoommateApp().run_test(size=(120, 40)) as pilot:
        await type_ahead(pilot, b"e1.5\r\x1b[C-2\r\x1b[C79\x7f\x7f0.125\r\x1b[27un")
        now = walk(pilot).simulation
        assert list(now.situation.network.parameters["food"][0, :3]) == [1.5, -2.0, 0.125]
        assert now.step == 1  # the page was left, and the walk goes on


async def test_a_file_is_saved_under_the_name_that_was_typed_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.json").write_text("{}")
    async with RoommateApp().run_test(size=(120, 40)) as pilot:
        await type_ahead(pilot, b"S" + b"\x7f" * 60 + b"yours.jsno\x7f\x7fon\r")
        assert "food" in (tmp_path / "yours.json").read_text()
        await type_ahead(pilot, b"S" + b"\x7f" * 60 + b"mine.json\ryn")  # it is there: yes, and a step
        assert "food" in (tmp_path / "mine.json").read_text()
        assert walk(pilot).simulation.step == 1
    assert len(list(tmp_path.iterdir())) == 2


async def test_settings_typed_ahead_are_those_that_were_typed() -> None:
    async with RoommateApp().run_test(size=(120, 40)) as pilot:
        await type_ahead(pilot, b"4s")
        before = [field.value for field in pilot.app.screen.query(Input)]
        await type_ahead(pilot, b"\x1b[27us")
        numbers = [at for at, value in enumerate(before) if value.replace(".", "").isdigit()]
        typed = b""
        for at in range(len(before)):
            typed += (b"\x1b[F" + b"\x7f" * 12 + b"9\x7f5" if at in numbers[:2] else b"") + b"\t"
        await type_ahead(pilot, typed)
        after = [field.value for field in pilot.app.screen.query(Input)]
        assert after == ["5" if at in numbers[:2] else value for at, value in enumerate(before)]


# Too much


async def test_a_key_that_is_held_is_piled_up_no_further_than_that() -> None:
    async with RoommateApp().run_test() as pilot:
        clock = Clock()
        box = inbox(pilot, clock)
        for _ in range(5000):
            put(box, [key("n")])
            clock.now += 0.03
            assert 0 < len(box) <= MAX_OF_ONE
        put(box, [key("q")])  # for which nobody waits until all of them have been dealt with
        assert [message.key for message in waiting(box) if isinstance(message, events.Key)] == ["q"]


async def test_what_is_typed_ahead_waits_for_its_turn() -> None:
    async with RoommateApp().run_test() as pilot:
        box = inbox(pilot)
        typed = ["x", *["backspace"] * MAX_OF_ONE, *"a new name", "enter", "q"]
        put(box, map(key, typed))
        assert [message.key for message in waiting(box) if isinstance(message, events.Key)] == typed


async def test_of_a_flood_only_the_keys_remain_with_which_one_leaves() -> None:
    async with RoommateApp().run_test() as pilot:
        clock = Clock()
        box = inbox(pilot, clock)
        for at in range(30_000):
            put(box, [key("abcdefgh"[at % 8])])
            assert len(box) <= MOST
        put(box, [key("ctrl+c"), key("x"), key("enter"), key("q"), key("q")])
        assert [message.key for message in waiting(box) if isinstance(message, events.Key)] == ["ctrl+c", "q"]
        clock.now += PAUSE
        put(box, [key("x"), key("enter")])
        assert len(box) == 2


async def test_what_is_not_whole_is_not_confirmed() -> None:
    async with RoommateApp().run_test() as pilot:
        clock = Clock()
        box = inbox(pilot, clock)
        put(box, [key("1") for _ in range(MAX_OF_ONE + 1)])
        put(box, [key("enter")])
        assert "enter" not in {message.key for message in waiting(box) if isinstance(message, events.Key)}
        clock.now += PAUSE
        put(box, [key("enter")])
        assert len(box) == 1


async def test_of_the_mouse_and_the_size_only_the_last_counts() -> None:
    async with RoommateApp().run_test() as pilot:
        box, reader = inbox(pilot), TerminalInput()
        for at in range(20_000):
            put(box, reader.messages(f"\x1b[<35;{at % 80 + 1};5M\x1b[I\x1b[O".encode()))
            put(box, [events.Resize.from_dimensions((80 + at % 2, 24), None)])
            assert len(box) <= MOST
        sizes = [message.size for message in waiting(box) if isinstance(message, events.Resize)]
        assert sizes == [(81, 24)]


async def test_clicks_that_nobody_can_follow_are_left_out() -> None:
    async with RoommateApp().run_test() as pilot:
        box, reader = inbox(pilot), TerminalInput()
        for at in range(20_000):
            put(box, reader.messages(f"\x1b[<0;{at % 80 + 1};5M\x1b[<0;{at % 80 + 1};5m".encode()))
            assert len(box) <= MOST
        put(box, [key("q")])
        assert [message.key for message in waiting(box) if isinstance(message, events.Key)] == ["q"]
