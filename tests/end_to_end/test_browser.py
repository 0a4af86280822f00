"""The screen in a real browser: headless Chromium, read off the buffer of the terminal in the page."""

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from socket import gethostname
from typing import Any

import pytest

from model.autosave import load_run
from model.storage import load_weights
from tests.end_to_end.served import Served, is_running, wait_until
from tests.end_to_end.terminal import saved_runs

pytest.importorskip("textual_serve", reason="the extra 'web' is not installed")
webdriver: Any = pytest.importorskip("selenium.webdriver", reason="the extra 'browser' is not installed")
CHROMIUM, CHROMEDRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if CHROMIUM is None or CHROMEDRIVER is None:
    pytest.skip("chromium or chromedriver is not on this machine", allow_module_level=True)

OPTIONS = (
    "--headless",
    "--no-sandbox",  # it may be root who tests
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1200,800",
)

FIND_TERMINAL = """
Object.defineProperty(Object.prototype, "_core", {configurable: true, set(core) {
  Object.defineProperty(this, "_core", {value: core, writable: true});
  if ("loadAddon" in this) window.terminalUnderTest = this;
}});
"""
"""xterm.js keeps its terminal to itself: this catches it as it is made."""

READ_TERMINAL = """
const terminal = window.terminalUnderTest;
if (!terminal) return "";
const lines = [];
for (let y = 0; y < terminal.rows; y++) lines.push(terminal.buffer.active.getLine(y).translateToString(true));
return lines.join("\\n");
"""


class Page:
    """A tab with the program in it.

    Args:
        folder: Where Chromium keeps its profile.
    """

    def __init__(self, folder: Path) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for option in (*OPTIONS, f"--user-data-dir={folder}"):
            options.add_argument(option)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMEDRIVER))
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": FIND_TERMINAL})

    def open(self, url: str) -> None:
        """Load the page."""
        self.driver.get(url)

    @property
    def text(self) -> str:
        """What the terminal in the page shows."""
        return str(self.driver.execute_script(READ_TERMINAL))

    def wait_for(self, *words: str) -> str:
        """Look until all the words are there; gives the text."""
        wait_until(lambda: all(word in self.text for word in words), repr(words))
        return self.text

    def press(self, keys: str) -> None:
        """Type."""
        webdriver.ActionChains(self.driver).send_keys(keys).perform()

    def asked(self) -> Sequence[str]:
        """The addresses that pages of this tab have asked for since the last call."""
        logged = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [entry["params"] for entry in logged if entry["method"] == "Network.requestWillBeSent"]
        return [params["request"]["url"] for params in sent]


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
    page.asked()
    page.open(served.url)
    page.wait_for("Monday · step 1 of 6", "🌞 sunny", "☔ rainy", "quit")
    assert page.driver.title == "roommate-tui"
    assert served.key not in page.driver.current_url
    page.press("j")
    text = page.wait_for("Tuesday · step 1 of 6")
    assert "burger" not in next(line for line in text.splitlines() if "dish" in line and "pasta" in line)
    for step in range(2, 7):
        page.press("n")
        page.wait_for(f"Tuesday · step {step} of 6")
    dishes = next(line for line in page.text.splitlines() if line.startswith("│dish"))
    assert dishes.split()[-2] == "burger"
    assert {url.split("/")[2] for url in page.asked() if url.startswith("http")} == {f"localhost:{served.port}"}
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
