"""Panels: what they draw, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from textual._compositor import Compositor
from textual.content import Content

from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from tui.app.app import RoommateApp
from tui.widgets.network import NetworkPanel
from tui.widgets.panel import Panel


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


async def test_a_key_needs_no_layout_one_paint_and_one_drawing_of_each_panel(monkeypatch: pytest.MonkeyPatch) -> None:
    for lesson, size in ((3, (80, 24)), (3, (120, 40)), (4, (120, 40)), (3, (200, 60))):
        app = RoommateApp(Simulation(Situation(lesson=lesson)))
        async with app.run_test(size=size) as pilot:
            await pilot.press("right", "left")
            counts: Counter[str] = Counter()

            def counting(owner: type, name: str, counts: Counter[str] = counts) -> None:
                """Count the calls of a method, those of drawings by the panel."""
                method = getattr(owner, name)

                def counted(self: object, *arguments: object, **options: object) -> object:
                    counts[getattr(self, "id", None) or name if name == "draw" else name] += 1
                    return method(self, *arguments, **options)

                patch.setattr(owner, name, counted)

            with monkeypatch.context() as patch:
                counting(Compositor, "reflow")
                counting(Compositor, "render_update")
                for panel in app.screen.query(Panel):
                    if "draw" in vars(type(panel)):
                        counting(type(panel), "draw")
                await pilot.press("right")
            assert counts.pop("render_update") == 1, (lesson, size)
            assert counts.pop("reflow", 0) == 0, (lesson, size)
            assert set(counts.values()) == {1}, (lesson, size, counts)
            assert set(counts) >= {"network", "narration" if lesson == 3 else "cases"}
            assert not set(counts) & {"keys", "loss", "title", "rule"}  # a step changes nothing of them
