"""Panels: what they draw, and how often."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.content import Content

from model.simulation.simulation import Simulation
from tui.app.app import RoommateApp
from tui.widgets.network import NetworkPanel


async def test_a_panel_draws_once_for_all_that_has_changed_until_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    app = RoommateApp()
    async with app.run_test(size=(80, 24)) as pilot:
        panel, draw, drawn = app.screen.query_one(NetworkPanel), NetworkPanel.draw, []

        def counted(self: NetworkPanel, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
            drawn.append(simulation)
            return draw(self, simulation, width, height)

        monkeypatch.setattr(NetworkPanel, "draw", counted)
        simulation = panel.simulation
        for _key in range(5):
            simulation = simulation.next_step()
            panel.simulation = simulation
        assert not drawn
        await pilot.pause()
        assert drawn == [simulation]


async def test_what_is_worked_out_is_not_kept_by_whoever_gave_the_first_simulation() -> None:
    first = Simulation()
    kept = set(vars(first.situation))
    app = RoommateApp(first)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "b", "e")
        assert set(vars(first.situation)) == kept
