"""What large arrays took is given back when they are let go."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from tests.end_to_end.terminal import ROOT

PROGRAM = """
import os
import sys
from pathlib import Path
import numpy as np
from tui.app.run import give_back_large_arrays

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

if sys.argv[1] == "yes":
    give_back_large_arrays()
np.ones(200_000)
before, arrays = resident(), [np.ones(50_000) for _ in range(100)]
arrays = arrays[-1:]
print(resident() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc's setting")
@pytest.mark.parametrize("trimmed", ["yes", "no"])
def test_what_large_arrays_took_is_given_back(trimmed: str) -> None:
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, trimmed], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (int(result.stdout) < 4 * 2**20) == (trimmed == "yes")
