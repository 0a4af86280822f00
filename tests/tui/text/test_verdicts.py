"""What was found of weights, in words: how states come from clusters, and why hand-set margins are small."""

from model.analysis.automaton import extract
from model.analysis.rollout import Rollout, roll_out_to_end
from model.network.cells import CELLS
from model.network.network import Network
from model.network.schedule import Feedback
from model.roommate.roommate import PERFECT_ROOMMATE
from tests.model.analysis.test_states import random_network
from tests.model.strategies import SOUP_EATER
from tui.text.glyphs import UNICODE
from tui.text.verdicts import endurance, verdict_sentences


def test_kolens_warning_is_given_where_clusters_are_no_machine() -> None:
    sentences = []
    for seed in range(4):
        read = extract(random_network(seed), SOUP_EATER)
        sentences.append(verdict_sentences(read, roll_out_to_end(read, days=5), UNICODE)[0][2])
    by_hand = extract(Network.by_hand(PERFECT_ROOMMATE, CELLS["elman"]), PERFECT_ROOMMATE)
    assert any("Kolen" in words for words in sentences)
    words = verdict_sentences(by_hand, roll_out_to_end(by_hand, days=5), UNICODE)[0][2]
    assert "6 clusters of hidden vectors behave as 3 states." in words
    assert "Kolen" not in words
    assert "softmax makes 0.58 and 0.21" in words


def test_how_long_it_stays_true_is_told() -> None:
    assert "For 10,000 days of its own output it stays true" in endurance(Rollout(Feedback.SOFT, 10_000, 10_000))
    read = extract(random_network(2), SOUP_EATER)
    outcome = roll_out_to_end(read, days=10)
    assert endurance(outcome).endswith(f"on day {outcome.stray.day}." if outcome.stray else "learned.")
