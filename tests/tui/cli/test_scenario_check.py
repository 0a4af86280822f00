"""``scenario check``: what it says of a week that some networks have no room for."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.roommate.scenario import Scenario
from model.storage.scenarios import save_scenario
from tests.soak.held import LARGEST
from tests.tui.cli.test_cli import Run, cli

__all__ = ["cli"]


@pytest.mark.parametrize(("days", "networks"), [(6, ()), (20_000, ("elman", "gru", "lstm"))])
def test_a_week_that_a_network_has_no_room_for_is_told(
    cli: Run, tmp_path: Path, days: int, networks: tuple[str, ...]
) -> None:
    path = tmp_path / "large.toml"
    save_scenario(path, Scenario(LARGEST, week=(0, 15) * (days // 2)))
    status, out, _err = cli("scenario", "check", str(path))
    assert status == 0
    found = [line for line in out.splitlines() if "too long for the network" in line]
    assert all(any(f"network {name}," in line for line in found) for name in networks)
    assert bool(found) == bool(networks)
