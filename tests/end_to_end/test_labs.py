"""The limits that the manual's page on labs names, as the programs understand them that they are for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.sshd import program, server
from tui.text.manual import source


def block(beginning: str) -> str:
    """Lines of the page, as they are to be copied."""
    (found,) = re.findall(rf"^```\n({re.escape(beginning)}.*?)^```$", source("labs"), re.MULTILINE | re.DOTALL)
    return str(found)


def told_by_systemd(lines: str, folder: Path) -> str:
    """What systemd has against the settings of a slice."""
    (folder / "user-1234.slice").write_text("[Unit]\nDescription=An account\n")
    settings = folder / "user-1234.slice.d"
    settings.mkdir(exist_ok=True)
    (settings / "roommate.conf").write_text(lines)
    command = [str(program("systemd-analyze")), "verify", str(folder / "user-1234.slice")]
    environ = {**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environ).stderr


def test_systemd_understands_what_all_programs_together_may_take(tmp_path: Path) -> None:
    if program("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed here")
    lines = block("[Slice]")
    if "MemoryMacks" not in told_by_systemd(lines.replace("MemoryMax", "MemoryMacks"), tmp_path):
        pytest.skip("this systemd-analyze does not look at slices")
    assert {line.split("=")[0] for line in lines.splitlines()} >= {"MemoryMax", "TasksMax"}
    assert told_by_systemd(lines, tmp_path) == ""


def test_sshd_understands_how_many_may_be_about_to_log_in(tmp_path: Path) -> None:
    (line,) = block("MaxStartups").splitlines()
    with server(tmp_path, [line]) as sshd:
        assert sshd.effective["maxstartups"] == line.split()[1]


LOG_IN = """
import ctypes, sys
pam = ctypes.CDLL("libpam.so.0")

class Talk(ctypes.Structure):
    _fields_ = [("conv", ctypes.c_void_p), ("data", ctypes.c_void_p)]

handle = ctypes.c_void_p()
user, folder = sys.argv[1].encode(), sys.argv[2].encode()
assert pam.pam_start_confdir(b"lab", user, ctypes.byref(Talk()), folder, ctypes.byref(handle)) == 0
print(pam.pam_open_session(handle, 0))
"""


def test_pam_understands_how_many_may_be_logged_in(tmp_path: Path) -> None:
    """It lets a first one in, and with 0 in place of the number it does not."""
    if os.geteuid() != 0:
        pytest.skip("only root opens a session of somebody else")
    (line,) = block("roommate hard maxlogins").splitlines()
    outcomes = []
    for number in (line.split()[3], "0"):
        (tmp_path / "limits.conf").write_text(line.replace("roommate", "nobody").replace("60", number) + "\n")
        (tmp_path / "lab").write_text(f"session required pam_limits.so conf={tmp_path / 'limits.conf'}\n")
        command = [sys.executable, "-c", LOG_IN, "nobody", str(tmp_path)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if "Error" in result.stderr:
            pytest.skip("there is no PAM here that reads its settings from a folder")
        outcomes.append(result.stdout.strip())
    assert outcomes[0] == "0"
    assert outcomes[1] != "0"
