import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.classroom import places


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place for classes with a short path: a socket's may have 107 letters."""
    path = Path(tempfile.mkdtemp(prefix="rt", dir="/tmp"))
    monkeypatch.setattr(places, "TEMPORARY", path)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    yield path
    shutil.rmtree(path)
