"""The server of ``serve`` without a browser: who may come in, how it starts, how it ends."""

import base64
import http.client
import os
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

from tests.end_to_end.served import Served, is_running, wait_until
from tests.end_to_end.terminal import ROOT, Terminal
from tui.installed import extra
from tui.web import DRIVER

pytest.importorskip("textual_serve", reason="the extra 'web' is not installed")

HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": base64.b64encode(bytes(16)).decode(),
}


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served("--no-state") as server:
        yield server


@dataclass(frozen=True)
class Answer:
    """What the server says to a request."""

    status: int
    headers: Message
    text: str


def asked(server: Served, path: str, headers: Mapping[str, str] | None = None) -> Answer:
    """The answer to a request; of one that opens a socket only its head."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
        connection.request("GET", path, headers={"Host": f"localhost:{server.port}", **(headers or {})})
        with connection.getresponse() as response:
            text = "" if response.status == 101 else response.read().decode(errors="replace")
            return Answer(response.status, response.headers, text)


@contextmanager
def tab(server: Served) -> Iterator[int]:
    """A tab that is open; gives the process number of its program, which has drawn something."""
    head = {
        "Host": f"localhost:{server.port}",
        "Origin": f"http://localhost:{server.port}",
        **cookie(server),
        **HANDSHAKE,
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(f"GET /ws?width=80&height=24 HTTP/1.1\r\n{lines}\r\n".encode())
        heard = b""
        while b"\x1b[?1049h" not in heard:
            heard += connection.recv(65536) or pytest.fail(f"the socket was closed: {heard!r}")
        assert heard.startswith(b"HTTP/1.1 101 ")
        (program,) = server.programs
        yield program


def cookie(server: Served) -> dict[str, str]:
    """What a browser has that has opened the address."""
    answer = asked(server, f"/?key={server.key}&fontsize=20")
    assert (answer.status, answer.headers["Location"]) == (303, "/?fontsize=20")  # the key is not in the history
    told = str(answer.headers["Set-Cookie"])
    assert "HttpOnly" in told
    assert "SameSite=Lax" in told
    return {"Cookie": told.partition(";")[0]}


@pytest.mark.parametrize("path", ["/", "/?key=guessed", "/ws", "/static/js/textual.js", "/download/1"])
def test_nobody_comes_in_without_the_key(served: Served, path: str) -> None:
    answer = asked(served, path, HANDSHAKE if path == "/ws" else None)
    assert answer.status == 403
    assert "Open the whole address" in answer.text
    assert asked(served, path, {"Cookie": "roommate-00000000=guessed"}).status == 403


def test_the_page_asks_nothing_of_other_servers(served: Served) -> None:
    page = asked(served, "/", cookie(served))
    assert page.status == 200
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert "default-src 'self'" in page.text


def test_pages_of_other_sites_do_not_come_in(served: Served) -> None:
    known = cookie(served)
    for origin in ("https://example.org", f"http://localhost:{served.port + 1}", "null"):
        answer = asked(served, "/ws", {**known, **HANDSHAKE, "Origin": origin})
        assert (answer.status, answer.text) == (403, "Pages of other sites may not come in.")
    rebound = asked(served, "/", {**known, "Host": f"example.org:{served.port}"})
    assert rebound.status == 403
    assert served.programs == []
    with tab(served) as program:
        assert is_running(program)
    wait_until(lambda: not is_running(program), "an end of the program with its tab")


@pytest.mark.parametrize("path", ["/static/../server.py", "/static/%2e%2e/server.py", "/static/..%2fserver.py"])
def test_files_beside_the_page_are_not_served(served: Served, path: str) -> None:
    assert asked(served, path, cookie(served)).status in {403, 404}


def test_what_nobody_delivers_cannot_be_downloaded(served: Served) -> None:
    assert asked(served, "/download/etc", cookie(served)).status == 404


def test_only_this_machine_is_served(served: Served) -> None:
    listening = Path(f"/proc/{served.process.pid}/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    here = [line.split()[1] for line in listening.splitlines() if line.split()[3] == "0A"]  # those that listen
    assert [place for place in here if place.endswith(f":{served.port:04X}")] == [f"0100007F:{served.port:04X}"]


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_it_and_its_programs(number: int, status: int) -> None:
    with Served("--no-state") as server, tab(server) as program:
        code, told = server.end(number)
        assert code == status
        assert f"ssh -L {server.port}:localhost:{server.port} {socket.gethostname()}" in told
        assert "Traceback" not in told
        wait_until(lambda: not is_running(program), "no program left")


def test_a_server_that_is_killed_leaves_no_program() -> None:
    with Served("--no-state") as server, tab(server) as program:
        server.process.kill()
        wait_until(lambda: not is_running(program), "no program left")


def test_ctrl_c_in_a_terminal() -> None:
    with Terminal("serve", "--port", "0", "--lesson", "1") as terminal:
        terminal.wait_for("http://localhost:", "?key=", "ssh -L", "Ctrl+C ends")
        terminal.press("\x03")
        assert terminal.wait_for_exit() == 130
        assert "Traceback" not in terminal.text


def refused(*words: str, python: tuple[str, ...] = ("-m", "tui"), **environ: str) -> tuple[int, str]:
    """The exit status and the message of a command that does not start."""
    result = subprocess.run(
        [sys.executable, *python, *words],
        cwd=ROOT,
        env={**os.environ, **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.returncode, result.stderr


def test_a_port_that_is_in_use_is_named(served: Served) -> None:
    code, told = refused("serve", "--port", str(served.port))
    assert code == 1
    assert f"port {served.port} is in use" in told


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--host", "0.0.0.0"), 2, "ssh -L"),
        (("--port", "65536"), 2, "0 to 65535"),
        (("--lesson", "9"), 2, "There is no lesson 9"),
        (("--scenario", "missing.toml"), 3, "missing.toml"),
        (("--frobnicate",), 2, "--frobnicate"),
        (("cook",), 2, "the options of the screen"),
    ],
)
def test_what_is_wrong_is_said_before_anybody_is_served(words: tuple[str, ...], code: int, told: str) -> None:
    status, message = refused("serve", *words)
    assert (status, told in message) == (code, True), message


def test_without_the_extra_it_says_how_to_get_it() -> None:
    program = "import sys; sys.modules['textual_serve'] = None; from tui.cli import run; run()"
    code, told = refused("serve", python=("-c", program))
    assert code == 1
    assert f"pip install '{extra('web')}'" in told


@pytest.mark.parametrize("driver", ["textual.drivers.web_driver:WebDriver", "", DRIVER + "s"])
def test_pipes_are_no_terminal_for_anybody_else(driver: str) -> None:
    code, told = refused(TEXTUAL_DRIVER=driver)
    assert code == 2
    assert "needs a terminal" in told


def test_what_the_person_has_set_for_textual_counts_more_than_what_a_server_sets() -> None:
    from tui.web.server import command_of

    def settings(environ: Mapping[str, str], *, slow_link: bool) -> set[str]:
        words = shlex.split(command_of(["--lesson", "1"], environ, slow_link=slow_link))
        assert words[-5:] == [sys.executable, "-m", "tui", "--lesson", "1"]
        return {word for word in words if word.startswith("TEXTUAL_")}

    driver = f"TEXTUAL_DRIVER={DRIVER}"
    assert settings({}, slow_link=False) == {driver}
    slow = {driver, "TEXTUAL_FPS=5", "TEXTUAL_ANIMATIONS=none", "TEXTUAL_COLOR_SYSTEM=256"}
    assert settings({}, slow_link=True) == slow
    assert settings({"TEXTUAL_FPS": "9"}, slow_link=True) == slow - {"TEXTUAL_FPS=5"} | {"TEXTUAL_FPS=9"}
