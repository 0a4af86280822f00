"""The event loop that says when the screen has nothing to do."""

import asyncio
import threading

from tui.terminal.screen_loop import ScreenLoop, idle_event


def test_it_is_idle_while_it_waits_and_only_then() -> None:
    async def screen() -> None:
        loop, idle, seen = asyncio.get_running_loop(), idle_event(), list[bool]()
        heard = loop.create_future()

        def other_thread() -> None:
            seen.append(idle.wait(20))
            loop.call_soon_threadsafe(heard.set_result, None)

        await asyncio.sleep(0)  # what is ready is no reason to be idle
        assert not idle.is_set()
        thread = threading.Thread(target=other_thread)
        thread.start()
        await heard
        assert not idle.is_set()
        thread.join()
        assert seen == [True]

    with asyncio.Runner(loop_factory=ScreenLoop) as runner:
        runner.run(screen())


async def test_another_loop_counts_as_idle() -> None:
    assert idle_event().is_set()
