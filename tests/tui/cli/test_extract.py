"""The rule that weights follow: ``roommate-tui extract``, and the page on the screen."""

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from model.analysis.automaton import extract
from model.analysis.rollout import DAYS, Divergence, Rollout, roll_out_to_end
from model.export.automaton import as_dot, as_json, as_mermaid
from model.network.cells import CELLS
from model.network.network import Network
from model.network.schedule import Feedback
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.weights import SavedWeights, save_weights
from tests.model.analysis.test_automaton import learned
from tests.tui.cli.test_cli import Run, cli
from tests.tui.conftest import walk
from tests.tui.screen import messages
from tui.app.app import RoommateApp
from tui.screens.extraction import ExtractScreen
from tui.screens.messages import DaysLived
from tui.screens.walk import WalkScreen
from tui.text.glyphs import ASCII

__all__ = ["cli"]

SMALL, LARGE = (80, 24), (120, 40)
BY_HAND = extract(Network.by_hand(PERFECT_ROOMMATE), PERFECT_ROOMMATE)


def test_the_promised_json(cli: Run) -> None:
    status, out, err = cli("extract", "--json")
    assert (status, err) == (0, "")
    document = json.loads(out)
    assert (document["format"], document["version"]) == ("roommate-extract", 1)
    assert document["table"] == {
        "sunny": {"pasta": "pasta", "burger": "burger", "salad": "salad"},
        "rainy": {"pasta": "burger", "burger": "salad", "salad": "pasta"},
    }
    assert document["margins"]["rainy"]["salad"] == pytest.approx(0.364, abs=1e-3)
    assert (document["matches_rule"], document["stays_true"], document["strays_on_day"]) == (True, True, None)
    assert (document["feedback"], document["weights"], document["network"]) == ("hard", "set by hand", "both")


def test_weights_that_stray(cli: Run, tmp_path: Path) -> None:
    """Learned with teacher forcing: right in all cases, and astray on its own probabilities."""
    path, network = tmp_path / "weights.json", learned("teacher")
    save_weights(path, SavedWeights(PERFECT_ROOMMATE, network))
    stray = roll_out_to_end(extract(network, PERFECT_ROOMMATE), Feedback.SOFT).stray
    assert stray is not None
    document = json.loads(cli("extract", "--weights", str(path), "--feedback", "soft", "--json")[1])
    assert (document["matches_rule"], document["stays_true"]) == (True, False)
    assert (document["strays_on_day"], document["feedback"]) == (stray.day, "soft")
    assert json.loads(cli("extract", "--weights", str(path), "--json")[1])["stays_true"] is True
    text = " ".join(cli("extract", "--weights", str(path), "--feedback", "soft")[1].split())
    assert f"it strays from this table on day {stray.day}." in text


@pytest.mark.parametrize("name", ["weather", "yesterday", "both"])
def test_each_network_has_its_own_rule(cli: Run, name: str) -> None:
    document = json.loads(cli("extract", "--network", name, "--json")[1])
    rule = PERFECT_ROOMMATE.reduced(CELLS[name].sees).next_dish
    dishes = PERFECT_ROOMMATE.dishes
    assert [list(row.values()) for row in document["table"].values()] == [[dishes[d] for d in row] for row in rule]
    assert (document["matches_rule"], document["network"]) == (True, name)


def test_text_is_seven_bit_for_programs_and_says_all(cli: Run) -> None:
    status, out, err = cli("extract")
    assert (status, err) == (0, "")
    assert out.isascii()
    assert "It follows the rule in all 6 cases." in out
    assert "for 10,000 days" in out
    assert "burger + burger 0.36 + salad 0.36 burger salad" in " ".join(out.split())
    assert "the true rule" in out
    assert "- rainy -" in out


def test_drawings_for_other_programs(cli: Run) -> None:
    assert cli("extract", "--dot") == (0, as_dot(BY_HAND), "")
    assert cli("extract", "--mermaid") == (0, as_mermaid(BY_HAND), "")


def test_wrong_use_is_a_sentence(cli: Run) -> None:
    assert "'teacher' is not a feedback: there are soft and hard." in cli("extract", "--feedback", "teacher")[2]
    assert cli("extract", "--dot", "--json")[0] == 2
    assert cli("extract", "--weights", "no-such-file.json")[0] == 3
    assert "help formats" in " ".join(cli("extract", "--help")[1].split())


# The page


def page(pilot: Pilot[None]) -> ExtractScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ExtractScreen)
    return screen


def page_text(pilot: Pilot[None]) -> str:
    return " ".join(" ".join(str(part.render()) for part in page(pilot).query("#extract > Static")).split())


async def lived(pilot: Pilot[None]) -> None:
    """Wait for the worker, and for what it has posted."""
    await page(pilot).workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("lesson", [1, 2, 3])
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_page_in_every_lesson(lesson: int, size: tuple[int, int]) -> None:
    async with RoommateApp(Simulation(Situation(lesson=lesson))).run_test(size=size) as pilot:
        await pilot.press("x")
        assert "It follows the rule in all 6 cases." in page_text(pilot)
        await lived(pilot)
        assert page(pilot).outcome == Rollout(Feedback.HARD, DAYS, DAYS)
        assert "Fed its own output for 10,000 days, it stays true to this table." in page_text(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, WalkScreen)


async def test_random_weights_of_lesson_4_and_those_of_the_moment() -> None:
    async with RoommateApp(Simulation(Situation(lesson=4))).run_test(size=LARGE) as pilot:
        await pilot.press("x")
        await lived(pilot)
        network = walk(pilot).simulation.situation.network
        expected = roll_out_to_end(extract(network, PERFECT_ROOMMATE))
        assert page(pilot).outcome == expected
        assert expected.feedback is Feedback.SOFT
        assert "weights: random, seed 0" in page_text(pilot)
        await pilot.press("x", "o")
        assert walk(pilot).simulation.situation.network is not network


async def test_the_other_feedback() -> None:
    network = learned("teacher")
    situation = Situation().with_custom_network(network)
    async with RoommateApp(Simulation(situation)).run_test(size=SMALL) as pilot:
        await pilot.press("x")
        await lived(pilot)
        assert page(pilot).outcome.stays_true
        await pilot.press("f")
        await lived(pilot)
        assert page(pilot).outcome == roll_out_to_end(extract(network, PERFECT_ROOMMATE), Feedback.SOFT)
        assert "it strays from this table on day 8." in page_text(pilot)
        page(pilot).post_message(
            DaysLived(Rollout(Feedback.HARD, 1, 2, Divergence(1, 0, 0, 0, 0, 1)))
        )  # came too late
        await pilot.pause()
        assert "on day 8." in page_text(pilot)


@pytest.mark.parametrize("ending", [".dot", ".mmd", ".json"])
async def test_it_is_saved(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"automaton{ending}"
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("x")
        await lived(pilot)
        await pilot.press("S")
        field = pilot.app.screen.query_one(Input)
        field.value = str(tmp_path / "automaton.png")
        await pilot.press("enter")
        hint = str(pilot.app.screen.query_one("#hint", Static).render())
        assert "a file name that ends in .dot, .gv, .mmd, .mermaid or .json" in hint
        field.value = str(path)
        await pilot.press("enter")
        await pilot.pause()
    written = {
        ".dot": as_dot(BY_HAND),
        ".mmd": as_mermaid(BY_HAND),
        ".json": as_json(BY_HAND, roll_out_to_end(BY_HAND)),
    }
    assert path.read_text(encoding="utf-8") == written[ending]


async def test_a_file_is_only_replaced_when_the_person_says_so(tmp_path: Path) -> None:
    path = tmp_path / "automaton.dot"
    path.write_text("mine")
    async with RoommateApp().run_test(size=SMALL) as pilot:
        for answer, begins in (("n", "mine"), ("y", "digraph")):
            await pilot.press(*(["x"] if isinstance(pilot.app.screen, WalkScreen) else []), "S")
            pilot.app.screen.query_one(Input).value = str(path)
            await pilot.press("enter", answer)
            await pilot.pause()
            assert path.read_text().startswith(begins)


async def test_seven_bits() -> None:
    async with RoommateApp(glyphs=ASCII).run_test(size=SMALL) as pilot:
        await pilot.press("x")
        await lived(pilot)
        assert page_text(pilot).isascii()


async def test_json_waits_for_the_days(tmp_path: Path) -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("x")
        await lived(pilot)
        page(pilot).post_message(DaysLived(Rollout(Feedback.HARD, 100, DAYS)))
        await pilot.press("s")
        pilot.app.screen.query_one(Input).value = str(tmp_path / "automaton.json")
        await pilot.press("enter")
        await pilot.pause()
        assert not list(tmp_path.iterdir())
        assert any("not over yet" in message for message in messages(pilot))
