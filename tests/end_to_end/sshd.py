"""A real ``sshd`` on this machine, with keys made for the test, and logins to it from a local terminal."""

from __future__ import annotations

import contextlib
import getpass
import grp
import os
import pwd
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests.end_to_end.terminal import ROOT, Terminal

RUN = Path("/run/sshd")
"""Where sshd, when root starts it, puts the process that speaks to strangers; Debian makes it at boot."""

# The terminal runs Python; this makes that process the ssh client, so that killing it is cutting the connection.
BECOME = ("-c", "import os, sys; os.execvp(sys.argv[1], sys.argv[1:])")


def program(name: str) -> str | None:
    """Where a program is; those of the superuser are not on everybody's path."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))


def skip_without(*names: str) -> None:
    """Skip the test, with a word, where a program is missing that it needs."""
    for name in names:
        if program(name) is None:
            pytest.skip(f"{name} is not installed here (Debian: openssh-server, openssh-client, tmux)")
    if not Path("/proc/self/stat").exists():
        pytest.skip("who is whose child is read from /proc, which only Linux has")
    if os.geteuid() != 0 and not _terminals_belong_to_tty():
        pytest.skip(
            "terminals do not belong to the group tty here (devpts without gid=5): only root's sshd gives one"
        )
    if os.geteuid() == 0:
        with contextlib.suppress(OSError):
            entries = [line.split(":") for line in Path("/etc/shadow").read_text().splitlines()]
            if any(entry[0] == getpass.getuser() and entry[1].startswith("!") for entry in entries):
                pytest.skip("this account is locked: sshd lets nobody in")


def _terminals_belong_to_tty() -> bool:
    """Whether a new terminal has the group that sshd wants for it, which only root could change."""
    ends = os.openpty()
    try:
        return os.fstat(ends[1]).st_gid == grp.getgrnam("tty").gr_gid
    except KeyError:  # without that group sshd takes the user's own
        return True
    finally:
        for end in ends:
            os.close(end)


class Sshd:
    """A server for whoever runs the tests; it ends with the ``with`` block.

    Args:
        folder: For its keys, its settings and its log.
        settings: Lines of ``sshd_config`` at the end of its own.
    """

    def __init__(self, folder: Path, settings: Sequence[str] = ()) -> None:
        self.folder = folder
        self.user = pwd.getpwuid(os.geteuid()).pw_name
        self.state = folder / "state" / "roommate-tui"
        self.pids = folder / "pid"
        for name in ("host", "user"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)]
            subprocess.run(command, check=True)
        self.script = folder / "roommate-tui"
        self.script.write_text(
            f'#!/bin/sh\necho $$ > {shlex.quote(str(self.pids))}\nexec {shlex.quote(sys.executable)} -m tui "$@"\n'
        )
        self.script.chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environ = {"PYTHONPATH": ROOT, "XDG_STATE_HOME": folder / "state", "LC_ALL": "C.UTF-8"}
        own = [
            f"Port {self.port}",
            "ListenAddress 127.0.0.1",
            f'HostKey "{folder / "host"}"',
            f'AuthorizedKeysFile "{folder / "user.pub"}"',
            f'PidFile "{folder / "sshd.pid"}"',
            "UsePAM no",
            "StrictModes no",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "PermitRootLogin prohibit-password",
            "UseDNS no",
            "PrintMotd no",
            "LogLevel VERBOSE",
            "Subsystem sftp internal-sftp",
            "X11Forwarding yes",  # as generous as a server can be: what is to be forbidden must be said
            "PermitTunnel yes",
            "SetEnv " + " ".join(f'"{name}={value}"' for name, value in environ.items()),
        ]
        self.config = folder / "sshd_config"
        self.config.write_text("\n".join([*own, *settings, ""]))

    def __enter__(self) -> Sshd:
        if os.geteuid() == 0:
            RUN.mkdir(mode=0o755, exist_ok=True)  # and it stays: tests that run beside this one need it, too
        command = [str(program("sshd")), "-D", "-f", str(self.config), "-E", str(self.folder / "log")]
        self._process = subprocess.Popen(command)
        deadline = time.monotonic() + 20
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as line:
                line.settimeout(1)
                if line.recv(4) == b"SSH-":
                    return self
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise AssertionError(f"sshd did not start: {self.log}")
            time.sleep(0.05)

    def __exit__(self, *error: object) -> None:
        self._process.terminate()
        self._process.wait()

    @property
    def log(self) -> str:
        """What the server has written down."""
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    @property
    def effective(self) -> dict[str, str]:
        """The settings that hold for the user, as the server itself understands them."""
        who = f"user={self.user},host=localhost,addr=127.0.0.1"
        command = [str(program("sshd")), "-T", "-f", str(self.config), "-C", who]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return dict(line.split(" ", 1) for line in printed.splitlines() if " " in line)

    def options(self, *, port: str = "-p") -> list[str]:
        """What every client needs to be told: this server, this key, and nothing of the tester's own settings."""
        settings = {
            "IdentitiesOnly": "yes",
            "IdentityFile": str(self.folder / "user"),
            "UserKnownHostsFile": "/dev/null",
            "GlobalKnownHostsFile": "/dev/null",
            "StrictHostKeyChecking": "no",
            "LogLevel": "ERROR",
            "BatchMode": "yes",
            "ConnectTimeout": "20",
        }
        words = ["-F", "/dev/null", port, str(self.port)]
        return words + [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]

    @property
    def address(self) -> str:
        """Whom to log in as, and where."""
        return f"{self.user}@127.0.0.1"

    def login(
        self,
        *command: str,
        options: Sequence[str] = (),
        size: tuple[int, int] = (80, 24),
        environ: Mapping[str, str] | None = None,
    ) -> Terminal:
        """A local terminal that ``ssh -tt`` runs in; its process is the ssh client."""
        words = ["ssh", "-tt", "-e", "none", *self.options(), *options, self.address, *command]
        self.pids.unlink(missing_ok=True)
        return Terminal(*words, size=size, environ=environ, python=BECOME)

    def run(self, *words: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Run a client that needs no terminal to its end."""
        return subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=timeout
        )

    def pid(self) -> int:
        """The process of the program that the last login has started."""
        return int(self.pids.read_text())


def has_ended(pid: int, seconds: float) -> bool:
    """Whether a process ends in so many seconds; one that only waits for its parent to notice has ended."""
    deadline = time.monotonic() + seconds
    while _state(pid) not in {"", "Z"}:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def parent_of(pid: int) -> int:
    """The process that has started a process."""
    return int(_stat(pid)[1])


def _state(pid: int) -> str:
    try:
        return _stat(pid)[0]
    except OSError:
        return ""


def _stat(pid: int) -> list[str]:
    """The fields behind the program's name, which may have spaces and brackets in it."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


@contextlib.contextmanager
def server(folder: Path, settings: Sequence[str] = ()) -> Iterator[Sshd]:
    """A server, or a skipped test where there can be none."""
    skip_without("sshd", "ssh", "ssh-keygen")
    with Sshd(folder, settings) as sshd:
        yield sshd
