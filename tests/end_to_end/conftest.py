"""What the tests on a real terminal share: a state directory of their own for each."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that another test left behind must not be offered."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
