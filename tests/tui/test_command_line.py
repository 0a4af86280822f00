"""The command that is copied opens the screen it was copied from."""

import shlex

from hypothesis import given
from hypothesis import strategies as st

from model.simulation import LESSONS, Simulation, Situation
from tui.cli import build_parser, simulation_of
from tui.command_line import command_for


@given(
    lesson=st.sampled_from(sorted(LESSONS)),
    week=st.lists(st.integers(0, 1), min_size=1, max_size=12),
    start=st.integers(0, 2),
    day=st.integers(0, 20),
    step=st.integers(0, 10),
)
def test_round_trip(lesson: int, week: list[int], start: int, day: int, step: int) -> None:
    simulation = Simulation(Situation(lesson=lesson, week=tuple(week), start=start)).go_to(day, step)
    program, *words = shlex.split(command_for(simulation))
    assert program == "roommate-tui"
    assert simulation_of(build_parser().parse_args(words)) == simulation
