"""``roommate-tui serve`` in a process of its own, as a person starts it."""

from __future__ import annotations

import base64
import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

from tests.end_to_end.terminal import ROOT
from tui.session.restart import own_command

HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": base64.b64encode(bytes(16)).decode(),
}


@dataclass(frozen=True)
class Answer:
    """What the server says to a request."""

    status: int
    headers: Message
    text: str


def receive_until(connection: socket.socket, awaited: bytes, timeout: float = 60) -> bytes:
    """Read until something has come, and answer pings meanwhile; gives everything that has."""
    heard, deadline = b"", time.monotonic() + timeout
    while awaited not in heard:
        assert time.monotonic() < deadline, f"{awaited!r} has not come: {heard[-200:]!r}"
        data = connection.recv(65536)
        assert data, f"the connection was closed: {heard[-200:]!r}"
        heard += data
        if data.endswith(b"\x89\x00"):  # a ping
            connection.sendall(b"\x8a\x80" + bytes(4))
    return heard


def frame(*message: object) -> bytes:
    """A message of the page as a browser sends it."""
    data = json.dumps(message).encode()
    return b"\x81" + bytes([0x80 | 127]) + len(data).to_bytes(8, "big") + bytes(4) + data  # masked with zeros


class Served:
    """The server, on any free port.

    Args:
        arguments: The words after ``serve``.
        environ: Changes to the environment.
        cwd: The current folder.
        preexec: Called in its process before it starts.
    """

    def __init__(
        self,
        *arguments: str,
        environ: Mapping[str, str] | None = None,
        cwd: Path = ROOT,
        preexec: Callable[[], None] | None = None,
    ) -> None:
        self.process = subprocess.Popen(
            [*own_command(), "serve", "--port", "0", *arguments],
            cwd=cwd,
            preexec_fn=preexec,  # noqa: PLW1509 - the tests have no threads
            env={**os.environ, **(environ or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = self.next_address()
        self.port = urlsplit(self.url).port or 0

    def next_address(self) -> str:
        """The address that is printed next: one at the start, and one whenever the one before has been used."""
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        return self.address

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    @property
    def programs(self) -> list[int]:
        """The process numbers of the programs that run for tabs."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in children.read_text().split()]

    def request(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        """The answer to a request; of one that opens a socket only its head."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request(method, path, headers={"Host": f"127.0.0.1:{self.port}", **(headers or {})})
            with connection.getresponse() as response:
                text = "" if response.status == 101 else response.read().decode(errors="replace")
                return Answer(response.status, response.headers, text)

    def secret(self) -> str:
        """What a page gets for the address that was printed last."""
        key = urlsplit(self.address).fragment.removeprefix("key=")
        answer = self.request("/tab", {"Roommate-Key": key}, "POST")
        assert answer.status == 200, answer.text
        self.next_address()
        return answer.text

    @contextmanager
    def tab(self) -> Iterator[socket.socket]:
        """The socket of a tab that is open; its program may not have begun yet."""
        head = {
            "Host": f"127.0.0.1:{self.port}",
            "Origin": f"http://127.0.0.1:{self.port}",
            **HANDSHAKE,
            "Sec-WebSocket-Protocol": f"roommate-tui, {self.secret()}",
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        with socket.create_connection(("127.0.0.1", self.port), timeout=120) as connection:
            connection.sendall(f"GET /ws?width=80&height=24 HTTP/1.1\r\n{lines}\r\n".encode())
            receive_until(connection, b"\r\n\r\n")
            yield connection

    def end(self, signal: int, timeout: float = 20) -> tuple[int, str]:
        """Send a signal; gives the exit status and what was written to stderr."""
        self.process.send_signal(signal)
        _, errors = self.process.communicate(timeout=timeout)
        return self.process.returncode, errors


def wait_until(condition: Callable[[], bool], hoped: str, timeout: float = 90) -> None:
    """Ask again and again until a condition holds."""
    deadline = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < deadline, f"hoped for {hoped}"
        time.sleep(0.05)


def is_running(number: int) -> bool:
    """Whether a process runs and is no zombie."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
