"""Headless Chromium, read off the buffer of the terminal in the page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.served import wait_until

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
        self._watch()

    def _watch(self) -> None:
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": FIND_TERMINAL})

    def open_tab(self) -> None:
        """Turn to a new tab."""
        self.driver.switch_to.new_window("tab")
        self._watch()

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

    def requested(self) -> Sequence[str]:
        """The addresses that pages of this tab have asked for since the last call."""
        logged = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [entry["params"] for entry in logged if entry["method"] == "Network.requestWillBeSent"]
        return [params["request"]["url"] for params in sent]
