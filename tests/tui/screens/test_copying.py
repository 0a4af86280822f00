"""The dialog that copies: what it offers, in a small terminal, too, and what it says of the way to the clipboard."""

from dataclasses import replace

import pytest
from textual.widgets import OptionList

from model.export.formats import EXPORTERS
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from tui.app.app import RoommateApp
from tui.screens.copying import CopyScreen
from tui.session.copying import COMMAND, WEIGHTS, copyables, may_not_arrive
from tui.session.permalink import UNSAVED
from tui.text.glyphs import ASCII, UNICODE, Glyphs


def offered(simulation: Simulation) -> dict[str, str]:
    """What can be copied, with its text."""
    return {choice.what: choice.tell() for choice in copyables(simulation)}


@pytest.mark.parametrize("lesson", [1, 2, 3, 5])
def test_every_step_is_told_as_the_exporters_tell_it(lesson: int) -> None:
    simulation = Simulation(Situation(lesson=lesson))
    whole = {name: "".join(tell(simulation.situation)) for name, tell in EXPORTERS.items()}
    names = {"text": "text", "Markdown": "markdown", "LaTeX": "latex", "JSON": "json"}
    for _ in range(9):
        texts = offered(simulation)
        for name, exporter in names.items():
            assert texts[f"this step as {name}"] in whole[exporter]
        simulation = simulation.next_step()


def test_a_rule_that_no_file_has_has_no_command() -> None:
    texts = offered(Simulation(replace(Situation(), scenario=UNSAVED)))
    assert COMMAND not in texts
    assert WEIGHTS in texts


def test_what_may_keep_it_from_arriving_is_named() -> None:
    assert "set-clipboard on" in may_not_arrive({"TMUX": "/tmp/tmux-0/default,1,0"}, browser=False)
    assert "screen" in may_not_arrive({"STY": "1.pts-0"}, browser=False)
    assert "terminal" in may_not_arrive({}, browser=False)
    assert "browser" in may_not_arrive({"TMUX": "x"}, browser=True)


@pytest.mark.parametrize(("size", "glyphs"), [((40, 12), UNICODE), ((80, 24), ASCII), ((120, 40), UNICODE)])
async def test_all_of_it_is_seen(size: tuple[int, int], glyphs: Glyphs) -> None:
    app = RoommateApp(glyphs=glyphs)
    async with app.run_test(size=size) as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, CopyScreen)
        options = app.screen.query_one(OptionList)
        assert options.option_count == 6
        assert options.content_size.height == 6
        dialog = app.screen.query_one("#copy")
        assert app.screen.region.contains_region(dialog.region)
        for part in dialog.children:
            assert part.size.height
            assert dialog.content_region.contains_region(part.region), part
        for row in range(6):
            prompt = str(options.get_option_at_index(row).prompt)
            assert prompt.isascii()
            assert len(prompt) <= options.content_size.width
        await pilot.press("escape")
        assert not isinstance(app.screen, CopyScreen)
