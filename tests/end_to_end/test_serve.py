"""The server of ``serve`` without a browser: who may come in, how it starts, how it ends."""

import contextlib
import os
import re
import resource
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.end_to_end.served import HANDSHAKE, Served, frame, is_running, receive_until, wait_until
from tests.end_to_end.terminal import ROOT, Terminal
from tui.cli.installed import extra
from tui.web import DRIVER

pytest.importorskip("textual_serve", reason="the extra 'web' is not installed")

from tui.web.quiet import MAX_LINES
from tui.web.server import MAX_TABS, environ_of


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served("--no-state") as server:
        yield server


@contextmanager
def program_in_a_tab(server: Served) -> Iterator[int]:
    """A tab that is open; gives the process number of its program, which has drawn something."""
    with server.tab() as connection:
        receive_until(connection, b"\x1b[?1049h")
        (program,) = server.programs
        yield program


def socket_with(*words: str) -> dict[str, str]:
    return {**HANDSHAKE, "Sec-WebSocket-Protocol": ", ".join(words)} if words else HANDSHAKE


STRANGER = "Open the address that 'roommate-tui serve' has printed last"


@pytest.mark.parametrize("words", [(), ("roommate-tui",), ("roommate-tui", "guessed"), ("roommate-tui", "")])
def test_there_is_no_tab_without_a_secret(served: Served, words: tuple[str, ...]) -> None:
    answer = served.request("/ws", socket_with(*words))
    assert (answer.status, STRANGER in answer.text) == (403, True)
    assert served.request("/ws", {**HANDSHAKE, "Cookie": f"roommate-tui={served.secret()}"}).status == 403
    assert served.request(f"/ws?key={served.secret()}", HANDSHAKE).status == 403
    assert served.programs == []


@pytest.mark.parametrize("key", ["", "guessed", "\xff", "x" * 4000])
def test_there_is_no_secret_without_the_key(served: Served, key: str) -> None:
    answer = served.request("/tab", {"Roommate-Key": key}, "POST")
    assert (answer.status, STRANGER in answer.text) == (403, True)
    assert served.request(f"/tab?key={key_of(served.url)}", method="POST").status == 403
    assert served.request("/tab", {"Roommate-Key": "x"}).status == 405


def key_of(address: str) -> str:
    return urlsplit(address).fragment.removeprefix("key=")


def test_an_address_is_good_for_one_tab_and_then_the_next_is_printed() -> None:
    with Served("--no-state") as server:
        first = {"Roommate-Key": key_of(server.url)}
        mine = server.request("/tab", first, "POST")
        assert mine.status == 200
        assert server.request("/tab", first, "POST").status == 403
        address = server.next_address()
        assert urlsplit(address)[:3] == urlsplit(server.url)[:3]
        other = server.request("/tab", {"Roommate-Key": key_of(address)}, "POST")
        assert other.status == 200
        assert len({mine.text, other.text, key_of(server.url), key_of(address), key_of(server.next_address())}) == 5


def test_the_page_asks_nothing_of_other_servers_and_is_everybodys(served: Served) -> None:
    for path in ("/", "/page.js"):
        page = served.request(path)
        assert page.status == 200
        assert "https://" not in page.text
        assert not re.search("http://(?!www.w3.org)", page.text)
        assert (page.text, page.headers["Set-Cookie"]) == (served.request(path).text, None)


@pytest.mark.parametrize("path", ["/", "/page.js", "/static/js/textual.js", "/ws", "/nothing", "/tab"])
def test_every_answer_keeps_others_out_of_the_page(served: Served, path: str) -> None:
    headers = served.request(path).headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]


@pytest.mark.parametrize("path", ["/", "/page.js", "/static/js/textual.js", "/ws", "/tab"])
def test_other_sites_and_other_names_do_not_come_in(served: Served, path: str) -> None:
    method, head = ("POST", {"Roommate-Key": key_of(served.url)}) if path == "/tab" else ("GET", {})
    if path == "/ws":
        head = socket_with("roommate-tui", served.secret())
    for origin in ("https://example.org", f"http://localhost:{served.port}", "http://127.0.0.1:1", "null"):
        answer = served.request(path, {**head, "Origin": origin}, method)
        assert (answer.status, answer.text) == (403, "Pages of other sites may not come in.")
    for name in (
        f"example.org:{served.port}",
        f"localhost:{served.port}",
        f"[::1]:{served.port}",
        "127.0.0.1.nip.io",
    ):
        answer = served.request(path, {**head, "Host": name}, method)
        assert answer.status == 403
        assert "127.0.0.1" in answer.text
    assert served.programs == []


def test_a_closed_tab_ends_its_program(served: Served) -> None:
    with program_in_a_tab(served) as program:
        assert is_running(program)
    wait_until(lambda: not is_running(program), "an end of the program with its tab")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../server.py",
        "/static/%2e%2e/server.py",
        "/static/..%2fserver.py",
        "/static/js/%2e%2e/%2e%2e/server.py",
        "/static//etc/passwd",
        "/static/",
        "/static/js",
        "/server.py",
        "/download/etc",
    ],
)
def test_files_beside_the_page_are_not_served(served: Served, path: str) -> None:
    assert served.request(path).status in {403, 404}


def test_only_this_machine_is_served(served: Served) -> None:
    listening = Path(f"/proc/{served.process.pid}/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    here = [line.split()[1] for line in listening.splitlines() if line.split()[3] == "0A"]  # those that listen
    assert [place for place in here if place.endswith(f":{served.port:04X}")] == [f"0100007F:{served.port:04X}"]


def close_in_every_state(server: Served, times: int) -> None:
    """Tabs that are closed at once, or when their program has just begun, or has just drawn something."""
    for number in range(times):
        with server.tab() as connection:
            if number % 4 == 1:
                connection.sendall(frame("resize", {"width": 90, "height": 30}) + frame("stdin", "n"))
            if number % 4 == 2:
                wait_until(lambda: bool(server.programs), "a program")
            if number % 4 == 3:
                receive_until(connection, b"\x1b[?1049h")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", number % 2, 0))


def test_tabs_that_are_closed_at_once_leave_no_program_and_no_word() -> None:
    with Served("--no-state") as server:
        close_in_every_state(server, 12)
        wait_until(lambda: server.programs == [], "no program left")
        with program_in_a_tab(server) as program:
            assert is_running(program)
        wait_until(lambda: server.programs == [], "no program left")
        _, errors = server.end(signal.SIGTERM)
        assert errors.splitlines()[4:] == []


@pytest.mark.parametrize("whose", ["tab", "server"])
def test_many_keys_that_are_queued_do_not_keep_a_program_alive(whose: str) -> None:
    with Served("--no-state") as server, server.tab() as connection:
        receive_until(connection, b"\x1b[?1049h")
        (program,) = server.programs
        connection.sendall(frame("stdin", "jk" * 50_000) * 10)
        if whose == "tab":
            connection.close()
        else:
            server.process.kill()
        wait_until(lambda: not is_running(program), "no program left")


def test_there_are_no_more_tabs_than_eight_and_the_ninth_is_told() -> None:
    with Served("--no-state") as server, contextlib.ExitStack() as stack:
        tabs = [stack.enter_context(server.tab()) for _ in range(MAX_TABS)]
        wait_until(lambda: len(server.programs) == MAX_TABS, "eight programs")
        with server.tab() as connection:
            received = receive_until(connection, b"start again")
            assert b"There are 8 tabs already. Close one of them" in received
            assert len(server.programs) == MAX_TABS
        tabs[0].close()
        with server.tab() as connection:
            receive_until(connection, b"\x1b[?1049h")


def test_half_open_connections_of_anybody_keep_nobody_out() -> None:
    """With far fewer descriptors than there are connections; what is told of it fits on a screen."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Served("--no-state", preexec=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (350, most))) as server:
        heads = (b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1", b"x" * 20_000, b"GET /static/js/textual.js HTTP/1.1\r\n")
        strangers = []
        for number in range(600):
            strangers.append(socket.create_connection(("127.0.0.1", server.port), timeout=20))
            with contextlib.suppress(OSError):
                strangers[-1].sendall(heads[number % len(heads)])
        with program_in_a_tab(server) as program:
            assert is_running(program)
            assert server.request("/").status == 200
            opened = list(Path(f"/proc/{server.process.pid}/fd").iterdir())
            assert len(opened) < 200
        for stranger in strangers:
            stranger.close()
        _, errors = server.end(signal.SIGTERM)
        assert len(errors) < 4000
        assert "Traceback" not in errors


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01 hello\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /tab HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n",
        b"GET /\x1b]0;owned\x07 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-WebSocket-Protocol: " + b"a," * 3000 + b"\r\n\r\n",
    ],
)
def test_noise_is_answered_or_dropped_and_told_in_a_line_or_not_at_all(request_: bytes) -> None:
    with Served("--no-state") as server:
        for _ in range(40):
            with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
                connection.sendall(request_)
                with contextlib.suppress(ConnectionError):
                    while connection.recv(65536):
                        pass
        _, errors = server.end(signal.SIGTERM)
        assert len(errors.splitlines()) <= 4 + MAX_LINES
        assert "Traceback" not in errors
        assert "\x1b" not in errors


def test_messages_that_no_page_sends_end_nothing(served: Served) -> None:
    with served.tab() as connection:
        receive_until(connection, b"\x1b[?1049h")
        messages: tuple[object, ...] = (
            {},
            [],
            ["stdin"],
            ["stdin", 1],
            ["stdin", "\ud800"],
            ["resize", {}],
            ["resize", None],
            1,
            "x",
        )
        for message in messages:
            connection.sendall(frame(*message) if isinstance(message, list) else frame(message))
        connection.sendall(
            frame("resize", {"width": 10**9, "height": -5}) + frame("resize", {"width": 80, "height": 24})
        )
        connection.sendall(frame("ping", "still there"))
        receive_until(connection, b'["pong", "still there"]')
        connection.sendall(frame("stdin", "q"))
        receive_until(connection, b"\x88\x02\x03\xe8")  # closed, in order
    wait_until(lambda: served.programs == [], "no program left")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_it_and_its_programs(number: int, status: int) -> None:
    with Served("--no-state") as server, program_in_a_tab(server) as program:
        code, errors = server.end(number)
        assert code == status
        assert f"-L 127.0.0.1:{server.port}:127.0.0.1:{server.port} {socket.gethostname()}" in errors
        assert "localhost" not in errors
        assert "Traceback" not in errors
        wait_until(lambda: not is_running(program), "no program left")


def test_a_server_that_is_killed_leaves_no_program() -> None:
    with Served("--no-state") as server, program_in_a_tab(server) as program:
        server.process.kill()
        wait_until(lambda: not is_running(program), "no program left")


def test_ctrl_c_in_a_terminal() -> None:
    with Terminal("serve", "--port", "0", "--lesson", "1") as terminal:
        terminal.wait_for("http://127.0.0.1:", "#key=", "-L 127.0.0.1:", "Ctrl+C ends")
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
    code, errors = refused("serve", "--port", str(served.port))
    assert code == 1
    assert f"port {served.port} is in use" in errors


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--host", "0.0.0.0"), 2, "ssh -L"),
        (("--port", "65536"), 2, "0 to 65535"),
        (("--lesson", "9"), 2, "There is no lesson 9"),
        (("--scenario", "missing.toml"), 3, "missing.toml"),
        (("--frobnicate",), 2, "--frobnicate"),
        (("cook",), 2, "the options of the screen"),
    ],
)
def test_what_is_wrong_is_said_before_anybody_is_served(words: tuple[str, ...], code: int, sentence: str) -> None:
    status, message = refused("serve", *words)
    assert (status, sentence in message) == (code, True), message


def test_without_the_extra_it_says_how_to_get_it() -> None:
    program = "import sys; sys.modules['textual_serve'] = None; from tui.cli.main import run; run()"
    code, errors = refused("serve", python=("-c", program))
    assert code == 1
    assert f"pip install '{extra('web')}'" in errors


@pytest.mark.parametrize("driver", ["textual.drivers.web_driver:WebDriver", "", DRIVER + "s"])
def test_pipes_are_no_terminal_for_anybody_else(driver: str) -> None:
    code, errors = refused(TEXTUAL_DRIVER=driver)
    assert code == 2
    assert "needs a terminal" in errors


def test_what_the_person_has_set_for_textual_counts_more_than_what_a_server_sets() -> None:
    def settings(environ: Mapping[str, str], *, slow_link: bool) -> dict[str, str]:
        environment = environ_of(environ, slow_link=slow_link)
        return {name: value for name, value in environment.items() if name.startswith("TEXTUAL_")}

    usual = {"TEXTUAL_DRIVER": DRIVER, "TEXTUAL_FPS": "60", "TEXTUAL_COLOR_SYSTEM": "truecolor"}
    assert settings({}, slow_link=False) == usual
    slow = {**usual, "TEXTUAL_FPS": "5", "TEXTUAL_ANIMATIONS": "none", "TEXTUAL_COLOR_SYSTEM": "256"}
    assert settings({}, slow_link=True) == slow
    assert settings({"TEXTUAL_FPS": "9"}, slow_link=True) == {**slow, "TEXTUAL_FPS": "9"}
    assert settings({"TEXTUAL_DRIVER": "os:system"}, slow_link=False) == usual
