"""What the benchmarks stand on: others come to the trainer's numbers, and tables can be written down."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
from rich.table import Table

from tests.benchmarks.peers.careful import CarefulNumpy
from tests.benchmarks.peers.in_c import PlainC
from tests.benchmarks.peers.work import Peer, Work
from tests.benchmarks.report import Absent, Rates, in_turns, markdown
from tests.benchmarks.updates import check


@pytest.mark.parametrize(
    ("kind", "network"), [(CarefulNumpy, "both"), (PlainC, "both"), (PlainC, "elman")]
)  # the others are checked before they are measured
def test_others_find_the_loss_and_the_gradient_and_come_to_the_weights_of_the_trainer(
    kind: type[Peer], network: str
) -> None:
    work = Work.of(network=network, weeks=2, days=3)
    try:
        peer = kind(work)
    except Absent as absent:
        pytest.skip(str(absent))
    check(work, [peer])


def test_nobody_changes_what_tiny_numbers_are() -> None:
    with contextlib.suppress(Absent):
        PlainC(Work.of(weeks=2, days=3))
    assert np.nextafter(0.0, 1.0) * 0.5 == 0.0 < np.nextafter(0.0, 1.0) * 1.0


def test_who_computes_something_else_is_found_out() -> None:
    work = Work.of(weeks=2)

    class Wrong(CarefulNumpy):
        def work_out(self) -> None:
            super().work_out()
            self.grad[7] += 1e-6

    with pytest.raises(AssertionError, match="careful"):
        check(work, [Wrong(work)])


def test_the_ratio_of_two_is_that_of_neighbours() -> None:
    quick, slow = Rates((10.0, 100.0, 10.0)), Rates((5.0, 50.0, 1.0))
    assert quick.over(slow) == 2.0
    assert str(quick) == "10.0 ±450%"


def test_all_have_their_turn_in_every_round_and_as_often_as_fits_into_a_turn() -> None:
    now, turns = [0.0], []

    def work(name: str, seconds: float, count: int) -> None:
        turns.append((name, count))
        now[0] += seconds * count

    works = {"a": lambda count: work("a", 0.1, count), "b": lambda count: work("b", 0.5, count)}
    rates = in_turns(works, rounds=2, seconds=1.0, clock=lambda: now[0])
    assert [name for name, _count in turns[-4:]] == ["a", "b", "a", "b"]
    assert dict(turns[-2:]) == {"a": 10, "b": 2}
    assert rates["a"].over(rates["b"]) == pytest.approx(5)


def test_a_table_is_written_down_with_its_title_and_caption() -> None:
    table = Table("what", "a second", title="Speed", caption="On this machine.")
    table.add_row("a|b", "7")
    text = ["## Speed", "", "| what | a second |", "| --- | --- |", "| a\\|b | 7 |", "", "On this machine.", ""]
    assert list(markdown(table)) == text
