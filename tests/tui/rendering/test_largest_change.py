"""Which weight a training has changed most can be read off the page that compares two moments of it."""

from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tui.rendering.comparison import Comparison, comparison
from tui.text.glyphs import UNICODE


def test_the_largest_change_of_all_is_named_and_units_stay_in_their_order() -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=11))
    run.advance(105)
    simulation = Simulation(Situation(lesson=4)).with_learning(run.moment(), 1)
    first = run.moment(0).network
    data = Comparison(simulation, first, "merge")
    page = "\n".join(line.plain for line in comparison(data, UNICODE, 118))
    assert not data.matched
    assert "units in their own order" in page
    changes = {name: run.moment().network.parameters[name] - first.parameters[name] for name in first.matrices}
    largest = max(changes, key=lambda name: abs(changes[name]).max())
    assert largest == "food"
    assert round(float(changes["food"][0, 1]), 2) == -3.04
    assert "largest change of all: Food u1 ← burger, -3.04" in page
    assert "≠" in page or "✗" in page  # the first moment is wrong on some day
