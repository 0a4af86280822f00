"""Other people of the same machine: what a browser hands them opens nothing, and what they send stops nothing."""

from __future__ import annotations

import contextlib
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.end_to_end.browser import Page
from tests.end_to_end.served import HANDSHAKE, Served, wait_until

LISTENER = """
import os, pwd, socketserver, sys

class Handler(socketserver.StreamRequestHandler):
    timeout = 5

    def handle(self):
        heard = b""
        while b"\\r\\n\\r\\n" not in heard and (data := self.request.recv(65536)):
            heard += data
        print(repr(heard), flush=True)
        page = sys.argv[3].encode()
        head = ["HTTP/1.1 200 OK", "Content-Type: text/html", "Connection: close", f"Content-Length: {len(page)}"]
        self.request.sendall("\\r\\n".join([*head, "", ""]).encode() + page)

class Listener(socketserver.ThreadingTCPServer):
    address_family = socketserver.socket.AF_INET6 if ":" in sys.argv[1] else socketserver.socket.AF_INET
    daemon_threads = allow_reuse_address = True

if os.geteuid() == 0:
    nobody = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setgid(nobody.pw_gid)
    os.setuid(nobody.pw_uid)
with Listener((sys.argv[1], int(sys.argv[2])), Handler) as listener:
    print(listener.server_address[1], flush=True)
    listener.serve_forever()
"""

ATTACK = """
<title>neighbour</title><script>
const told = [], server = "http://127.0.0.1:PORT";
const tell = (word) => { told.push(word); document.title = told.join(" "); };
fetch(server + "/tab", {method: "POST", headers: {"Roommate-Key": "guessed"}, credentials: "include"})
  .then((answer) => tell("fetch:" + answer.type), () => tell("fetch:refused"));
const socket = new WebSocket("ws://127.0.0.1:PORT/ws", ["roommate-tui", "guessed"]);
socket.onopen = () => tell("socket:open");
socket.onerror = () => tell("socket:refused");
const frame = document.createElement("iframe");
frame.src = server + "/";
frame.onload = () => tell("frame:loaded");
document.documentElement.append(frame);
</script>
"""


class Neighbour:
    """Somebody else's server, under another account where the tests may do that.

    Args:
        host: Where it listens.
        port: Likewise; 0: anywhere.
        page: What it answers.
        folder: For what it hears.
    """

    def __init__(self, host: str, port: int, page: str, folder: Path) -> None:
        self._log = folder / f"heard-{host.count(':')}-{port}"
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", LISTENER, host, str(port), page], stdout=log
            )
        wait_until(lambda: bool(self.heard) or self._process.poll() is not None, "somebody who listens")
        assert self._process.poll() is None
        self.address = f"http://{f'[{host}]' if ':' in host else host}:{self.heard.split()[0]}/"

    @property
    def heard(self) -> str:
        """Its port, and everything that was sent to it."""
        return self._log.read_text()

    def __enter__(self) -> Neighbour:
        return self

    def __exit__(self, *error: object) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Served("--no-state", "--lesson", "3") as server:
        yield server


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    opened = Page(tmp_path / "profile")
    yield opened
    opened.driver.quit()


def has_ipv6() -> bool:
    """Whether anybody can listen on [::1]."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def secret_in(page: Page) -> str:
    return str(page.driver.execute_script("return sessionStorage.getItem('roommate-tui')"))


def is_let_in(served: Served, secret: str) -> bool:
    """Whether a secret opens a tab; its program ends at once."""
    answer = served.request("/ws", {**HANDSHAKE, "Sec-WebSocket-Protocol": f"roommate-tui, {secret}"})
    assert answer.status in {101, 403}
    return answer.status == 101


def test_what_a_browser_hands_to_other_servers_of_this_machine_opens_nothing(
    served: Served, page: Page, tmp_path: Path
) -> None:
    attack = ATTACK.replace("PORT", str(served.port))
    with contextlib.ExitStack() as stack:
        places = [("127.0.0.1", 0)]
        if (
            Path("/proc/net/if_inet6").exists()
            and "00000000000000000000000000000001" in Path("/proc/net/if_inet6").read_text()
        ):
            places += [("::1", served.port), ("::1", 0)]  # which "localhost" is for many browsers
        neighbours = [stack.enter_context(Neighbour(*place, attack, tmp_path)) for place in places]
        page.open(served.url)
        page.wait_for("step 1 of 6")
        secret = secret_in(page)
        key = urlsplit(served.url).fragment.removeprefix("key=")
        assert len(secret) > 40
        mine = page.driver.current_window_handle
        for neighbour in neighbours:
            names = {neighbour.address, neighbour.address.replace("[::1]", "localhost")}
            for address in sorted(names | {f"http://localhost:{urlsplit(neighbour.address).port}/"}):
                page.driver.switch_to.window(mine)
                page.driver.switch_to.new_window("tab")
                page.driver.get(address)
                wait_until(lambda: page.driver.title.count(":") >= 3, "three attacks", timeout=20)
                assert sorted(page.driver.title.split()) == ["fetch:refused", "frame:loaded", "socket:refused"]
                assert page.driver.execute_script("return [document.cookie, sessionStorage.length]") == ["", 0]
                logged = [str(entry["message"]) for entry in page.driver.get_log("browser")]
                assert any("frame-ancestors 'none'" in line and "has been blocked" in line for line in logged)
        page.driver.switch_to.window(mine)
        page.open(neighbours[0].address)  # from the page of the program, which would be the referrer
        for neighbour in neighbours:
            heard = neighbour.heard
            assert "GET / HTTP/1.1" in heard
            assert "cookie" not in heard.lower()
            assert "referer: http://127.0.0.1:" + str(served.port) not in heard.lower()
            assert key not in heard
            assert secret not in heard
    assert is_let_in(served, secret)
    assert not is_let_in(served, key)


def test_the_browsers_history_opens_nothing(served: Served, page: Page, tmp_path: Path) -> None:
    page.open(served.url)
    page.wait_for("step 1 of 6")
    secret = secret_in(page)
    assert page.driver.execute_script("return history.length") <= 2
    page.driver.quit()
    with contextlib.closing(sqlite3.connect(tmp_path / "profile" / "Default" / "History")) as history:
        visited = [row[0] for row in history.execute("select url from urls")]
    assert any(str(served.port) in url for url in visited)
    for url in visited:
        assert secret not in url
        key = urlsplit(url).fragment.removeprefix("key=")
        assert served.request("/tab", {"Roommate-Key": key}, "POST").status == 403
