"""The screen in a real browser."""

import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path
from socket import gethostname

import pytest

from model.storage.runs import load_run
from model.storage.weights import load_weights
from tests.end_to_end.browser import Page
from tests.end_to_end.served import Served, is_running, wait_until
from tests.end_to_end.terminal import saved_runs


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    opened = Page(tmp_path / "profile")
    yield opened
    opened.driver.quit()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    environ = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state"), "LC_ALL": "C", "TERM": "dumb"}
    with Served("--weather", "sr", environ=environ) as server:  # the browser draws whatever the server's terminal can
        yield server


def test_keys_walk_to_the_burger_of_a_rainy_day(served: Served, page: Page) -> None:
    page.requested()
    page.open(served.url)
    page.wait_for("Monday · step 1 of 6", "🌞 sunny", "☔ rainy", "quit")
    assert page.driver.title == "roommate-tui"
    assert page.driver.current_url == f"http://127.0.0.1:{served.port}/"
    page.press("j")
    text = page.wait_for("Tuesday · step 1 of 6")
    assert "burger" not in next(line for line in text.splitlines() if "dish" in line and "pasta" in line)
    for step in range(2, 7):
        page.press("n")
        page.wait_for(f"Tuesday · step {step} of 6")
    dishes = next(line for line in page.text.splitlines() if "dish" in line and "pasta" in line)
    assert "burger ✓" in dishes
    assert {url.split("/")[2] for url in page.requested() if url.startswith("http")} == {f"127.0.0.1:{served.port}"}
    severe = [entry for entry in page.driver.get_log("browser") if entry["level"] == "SEVERE"]
    assert severe == []


def test_it_learns_and_a_closed_tab_ends_the_program_and_keeps_the_run(
    served: Served, page: Page, tmp_path: Path
) -> None:
    page.open(served.url)
    page.wait_for("step 1 of 6")
    page.press("4")
    page.wait_for("update 0")
    page.press("+++t")
    page.wait_for("The rule is learned")
    page.press("t")  # beyond the goal
    page.wait_for("running")
    (program,) = served.programs
    page.driver.switch_to.new_window("tab")
    other = page.driver.current_window_handle
    page.driver.switch_to.window(next(handle for handle in page.driver.window_handles if handle != other))
    page.driver.close()
    wait_until(lambda: not is_running(program), "an end of the program with its tab")
    (saved,) = saved_runs(tmp_path / "state")
    assert load_run(saved).update > 0
    assert served.process.poll() is None


def test_what_is_copied_arrives_in_the_clipboard_of_the_browser(served: Served, page: Page) -> None:
    page.open(served.url)
    page.driver.execute_cdp_cmd(
        "Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    )
    page.wait_for("step 1 of 6")
    page.press("c")
    page.wait_for("Copy or save what?")
    page.press("\ue007")  # Enter
    page.wait_for("if the browser allows it")
    clipboard = "return navigator.clipboard.readText()"
    wait_until(lambda: "roommate-tui" in page.driver.execute_script(clipboard), "the command in the clipboard")
    assert page.driver.execute_script(clipboard).endswith("--lesson 3 --weather sunny,rainy --start pasta")


def test_a_file_is_saved_where_the_program_runs(served: Served, page: Page, tmp_path: Path) -> None:
    page.open(served.url)
    page.wait_for("step 1 of 6")
    page.press("S")
    page.wait_for("Save the weights")
    page.press(f"{tmp_path}/mine.json")  # in place of the name that is offered
    page.wait_for("mine.json")
    page.press("\ue007")
    page.wait_for("Saved", gethostname())
    assert load_weights(tmp_path / "mine.json").network.origin


def test_quitting_says_so_and_starts_again_with_a_click(served: Served, page: Page) -> None:
    page.open(served.url)
    page.wait_for("step 1 of 6")
    page.press("n")
    page.wait_for("step 2 of 6")
    (program,) = served.programs
    page.press("q")
    ended = page.driver.find_element("id", "ended")
    wait_until(ended.is_displayed, "a word that it has ended")
    wait_until(lambda: not is_running(program), "an end of the program")
    ended.find_element("tag name", "button").click()
    page.wait_for("step 1 of 6")


def test_a_tab_is_loaded_again_and_a_second_one_has_its_own_address(served: Served, page: Page) -> None:
    page.open(served.url)
    page.wait_for("Monday · step 1 of 6")
    page.press("n")
    page.wait_for("step 2 of 6")
    (first,) = served.programs
    page.driver.refresh()
    page.wait_for("Monday · step 1 of 6")
    wait_until(lambda: not is_running(first), "an end of the program with its page")
    page.open_tab()
    page.open(served.url)  # which has been used
    ended = page.driver.find_element("id", "ended")
    wait_until(ended.is_displayed, "a word that it has been used")
    assert "Open the address that 'roommate-tui serve' has printed last" in ended.text
    assert not ended.find_element("id", "again").is_displayed()
    page.open(served.next_address())  # differs in the key alone, so the browser itself loads nothing
    page.wait_for("Monday · step 1 of 6")
    assert len(served.programs) == 2


def test_a_tab_too_many_says_so(served: Served, page: Page) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(8):
            stack.enter_context(served.tab())
        page.open(served.address)
        ended = page.driver.find_element("id", "ended")
        wait_until(ended.is_displayed, "a word that there are too many")
        assert "There are 8 tabs already. Close one of them" in ended.text
    ended.find_element("id", "again").click()
    page.wait_for("Monday · step 1 of 6")


def test_a_server_that_has_ended_is_told_of(served: Served, page: Page) -> None:
    page.open(served.url)
    page.wait_for("Monday · step 1 of 6")
    assert served.end(signal.SIGINT)[0] == 130
    ended = page.driver.find_element("id", "ended")
    wait_until(ended.is_displayed, "a word that it has ended")
    assert "The program has ended." in ended.text
