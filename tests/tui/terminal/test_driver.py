"""The driver: its reader sleeps until there is something to read, or nothing more is to be read."""

from __future__ import annotations

import selectors
from threading import Thread

from tui.terminal.driver import EndOfReading


def test_the_end_of_reading_wakes_whoever_waits_for_something_to_read() -> None:
    end, woken = EndOfReading(), []
    with selectors.DefaultSelector() as selector:
        selector.register(end, selectors.EVENT_READ)
        assert not selector.select(0)
        waiting = Thread(target=lambda: woken.append(bool(selector.select(60)) and end.is_set()))
        waiting.start()
        end.set()
        waiting.join()
        assert woken == [True]
        end.set()  # once more is the same
        end.clear()
        end.clear()
        assert not end.is_set()
        assert not selector.select(0)  # and the next time is like the first
        end.set()
        assert selector.select(0)
