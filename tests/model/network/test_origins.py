"""Where weights come from is said in words, and stays what JSON has."""

import pytest

from model.network.activations import activation_named
from model.network.network import Network
from model.network.origins import after_updates, in_words, random_from, with_another
from model.roommate.roommate import PERFECT_ROOMMATE


@pytest.mark.parametrize("origin", ["set by hand", after_updates(1_200), random_from(7), "from a file", "my, x.json"])
def test_another_non_linearity_is_told_beside_the_origin(origin: str) -> None:
    assert in_words(origin) == origin
    changed = with_another(with_another(origin, "tanh"), "relu-1")
    assert changed == in_words(changed) == f"{origin}, relu-1"


def test_one_update_is_told_of_as_one() -> None:
    assert in_words(after_updates(1)) == "after 1 update"


def test_a_network_keeps_its_thousands_of_updates() -> None:
    network = Network.by_hand(PERFECT_ROOMMATE)
    learned = Network(network.parameters, network.activation, after_updates(12_345))
    assert learned.with_activation(activation_named("tanh")).origin_in_words == "after 12,345 updates, tanh"
