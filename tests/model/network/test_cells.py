"""Every architecture by being in the registry: gradients, steps, files; the gated ones against PyTorch."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.analysis.unit_matching import aligned, match_units
from model.arrays import Array
from model.network.activations import activation_named
from model.network.backward import run_backward
from model.network.batch import Batch
from model.network.cell import Cell, Size
from model.network.cells import BIASED, CELLS
from model.network.forward import cook, run_forward
from model.network.initialization import random_weights
from model.network.loss import loss
from model.network.names import NETWORKS, OLDER_NAMES, TRAINABLE_NETWORKS
from model.network.network import Network, default_sizes
from model.network.operations import Add, Product
from model.network.parameters import Parameters
from model.network.schedule import Feedback, backward_schedule, forward_schedule
from model.roommate.roommate import Roommate
from model.simulation.situation import UPDATE, Situation
from model.storage.weights import SavedWeights, load_weights, save_weights
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.recompute import recomputed
from tests.model.strategies import SOUP_EATER, remembering, situations

GATED = ["gru", "lstm"]
EVERY = {**CELLS, **{f"{name} with biases": cell for name, cell in BIASED.items()}}
OF_MANY_STEPS = {name: cell for name, cell in EVERY.items() if cell.gated or cell.biased}


def random_case(seed: int, cell: Cell, activation: str = "tanh") -> tuple[Network, Batch, Roommate]:
    """A random machine, random weights and a random batch."""
    rng = np.random.default_rng(seed)
    n, k, states = (int(rng.integers(least, 4)) for least in (2, 1, 1))
    roommate = remembering(rng, n, k, states)
    sizes = {
        Size.DISHES: n,
        Size.WEATHERS: k,
        Size.HIDDEN: n if cell.linear else int(rng.integers(max(states, 2), 6)),
    }
    weights = random_weights(rng, cell, sizes, initial="normal", scale=0.8)
    network = Network(weights, activation_named(activation), "random")
    weather = rng.integers(k, size=(int(rng.integers(1, 6)), 2))
    start = rng.integers(states, size=(2,))
    return network, Batch.of(roommate, weather, start, units=network.units), roommate


def gradient_of(network: Network, batch: Batch, feedback: Feedback) -> Array:
    """The gradient by backpropagation through time, as one vector."""
    back = run_backward(network, run_forward(network, batch, feedback), batch, feedback)
    return np.concatenate([back.total(name).ravel() for name in network.matrices])


def differences(network: Network, batch: Batch, feedback: Feedback) -> Array:
    """The same by central differences."""
    weights, found = network.parameters, []
    for direction in np.eye(weights.flat.size):
        high, low = (
            loss(
                run_forward(
                    network.with_parameters(
                        Parameters.of_flat(weights.flat + step * direction, network.cell, weights.sizes)
                    ),
                    batch,
                    feedback,
                ),
                batch,
            )
            for step in (1e-5, -1e-5)
        )
        found.append((high - low) / 2e-5)
    return np.array(found)


def test_the_names_are_the_registrys() -> None:
    assert tuple(CELLS) == NETWORKS
    assert set(OLDER_NAMES.values()) | set(TRAINABLE_NETWORKS) <= set(NETWORKS)


@pytest.mark.parametrize("feedback", [Feedback.SOFT, Feedback.TEACHER])
@pytest.mark.parametrize("cell", EVERY.values(), ids=EVERY)
@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_central_differences(cell: Cell, feedback: Feedback, seed: int) -> None:
    network, batch, _ = random_case(seed, cell, ["tanh", "sigmoid", "softmax"][seed % 3])
    analytic = gradient_of(network, batch, feedback)
    np.testing.assert_allclose(analytic, differences(network, batch, feedback), rtol=1e-5, atol=1e-8)


@pytest.mark.parametrize("name", GATED)
def test_a_share_that_is_lost_would_be_noticed(name: str) -> None:
    """With what tomorrow sends back left out the gradient is another one."""
    network, batch, _ = random_case(11, CELLS[name])
    whole = gradient_of(network, batch, Feedback.SOFT)
    shorter = [
        gradient_of(network, Batch(batch.weather[:1], batch.start, batch.target[:1]), Feedback.SOFT)  # type: ignore[index]
    ]
    assert not np.allclose(whole, shorter[0])
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(shorter[0], differences(network, batch, Feedback.SOFT), rtol=1e-5, atol=1e-8)


@pytest.mark.parametrize("cell", EVERY.values(), ids=EVERY)
@settings(max_examples=25, deadline=None)
@given(situation=situations(most_days=8))
def test_bound_calls_give_the_same_numbers(cell: Cell, situation: tuple[Roommate, tuple[int, ...], int]) -> None:
    """A pass into arrays that were used before, whose calls are kept, against a pass that makes them one by one."""
    roommate, week, start = situation
    network = Network.by_hand(roommate, cell)
    alone = cook(network, roommate, week, start)
    batch = Batch.of(roommate, np.array(week)[:, None], np.array([start]), units=network.units)
    kept = run_forward(network, batch, into=run_forward(network, batch))
    again = run_forward(network, batch, into=kept)
    for symbol in alone.quantities:
        np.testing.assert_array_equal(again[symbol], alone[symbol])
    np.testing.assert_array_equal(again.dish, alone.dish)


def test_what_runs_day_by_day() -> None:
    """The schedule's rule on the networks of which it is known."""

    def loop(name: str, feedback: Feedback) -> list[str]:
        return [operation.out for operation in forward_schedule(CELLS[name], feedback).during]

    assert loop("both", Feedback.TEACHER) == loop("weather", Feedback.SOFT) == []
    assert loop("both", Feedback.SOFT) == ["f", "z", "a", "y", "p"]
    assert loop("both", Feedback.HARD) == ["f", "z", "a", "y", "c"]
    assert loop("elman", Feedback.HIDDEN) == ["f", "z", "a"]
    assert "y" not in loop("gru", Feedback.HIDDEN)
    assert not backward_schedule(CELLS["both"], Feedback.HARD).looped


def test_a_cell_that_cannot_be_computed_is_refused() -> None:
    both = CELLS["both"]
    with pytest.raises(ValueError, match="cannot be computed there"):
        replace(both, operations=both.operations[::-1])
    with pytest.raises(ValueError, match="every matrix is used once"):
        replace(both, operations=both.operations[:-1])
    with pytest.raises(ValueError, match="does not fit"):
        replace(both, operations=(Product("f", "", "", "merge", "d"), *both.operations[1:]))
    with pytest.raises(ValueError, match="sizes"):
        replace(both, operations=(*both.operations[:2], Add("z", "", "", "f", "d"), *both.operations[3:]))


@pytest.mark.parametrize("cell", OF_MANY_STEPS.values(), ids=OF_MANY_STEPS)
def test_the_steps_follow_from_their_operands_both_ways(cell: Cell) -> None:
    network, _, roommate = random_case(5, cell)
    situation = Situation(roommate, 5 if network.cell.remembers else 3, (0,) * 4, 0).with_custom_network(network)
    for day in range(4):
        forwards, backwards = situation.trace(day).steps, situation.back_steps(day)
        assert [step.result.symbol for step in forwards[:-1]] == [op.out for op in cell.operations]
        for step in (*forwards, *backwards):
            if step.word in {"tanh", "sigmoid"}:
                function = np.tanh if step.word == "tanh" else lambda z: (1 + np.tanh(z / 2)) / 2
                expected = function(step.operands[0].value)
            else:
                expected = recomputed(step)
            np.testing.assert_allclose(step.result.value, expected, rtol=0, atol=1e-12)
    gradients = {step.name.removesuffix(" gradient") for step in situation.back_steps(1) if "gradient" in step.name}
    assert gradients == {matrix.replace("_", " ") for matrix in network.matrices}


@pytest.mark.parametrize("cell", OF_MANY_STEPS.values(), ids=OF_MANY_STEPS)
def test_the_gradients_shown_are_those_of_the_update(cell: Cell) -> None:
    network, _, roommate = random_case(6, cell)
    situation = Situation(roommate, 5 if network.cell.remembers else 3, (0,) * 5, 0).with_custom_network(network)
    totals = {matrix: np.zeros_like(network.parameters[matrix]) for matrix in network.matrices}
    for day in range(5):
        for step in situation.back_steps(day):
            if step.name.endswith(" gradient"):
                totals[step.name.removesuffix(" gradient").replace(" ", "_")] += step.result.value
    for matrix, total in totals.items():
        np.testing.assert_allclose(total, situation.week_update.gradients[matrix], rtol=0, atol=1e-12)
    assert len(situation.back_steps(UPDATE)) >= 3 * len(network.matrices)


@pytest.mark.parametrize("suffix", [".json", ".npz"])
@pytest.mark.parametrize("cell", EVERY.values(), ids=EVERY)
def test_weights_come_back(cell: Cell, suffix: str, tmp_path: Path) -> None:
    sizes = default_sizes(cell, SOUP_EATER)
    weights = random_weights(np.random.default_rng(3), cell, sizes, initial="fan-in", scale=1.0)
    network, path = Network(weights, activation_named("tanh"), "random"), tmp_path / f"w{suffix}"
    save_weights(path, SavedWeights(SOUP_EATER, network))
    back = load_weights(path).network
    assert back.cell is cell
    np.testing.assert_array_equal(back.parameters.flat, network.parameters.flat)


@pytest.mark.parametrize("name", ["elman", *GATED])
def test_units_are_put_in_order_again(name: str) -> None:
    network, _, roommate = random_case(9, CELLS[name])
    weights, order = network.parameters, np.random.default_rng(0).permutation(network.parameters.hidden)
    moved = {}
    for matrix, (rows, columns) in network.cell.matrices.items():
        value = weights[matrix][order] if rows is Size.HIDDEN else weights[matrix]
        moved[matrix] = value[:, order] if columns is Size.HIDDEN else value
    shuffled = network.with_parameters(Parameters(network.cell, moved))
    match = match_units(network, shuffled, roommate)
    known = replace(match, unit=np.argsort(order), sign=np.ones(len(order)))
    np.testing.assert_array_equal(aligned(shuffled.parameters, known).flat, weights.flat)


@pytest.mark.parametrize("name", GATED)
def test_a_gated_network_learns_the_soup_eater(name: str) -> None:
    run = TrainingRun(SOUP_EATER, TrainingConfig(network=name, updates=2000))
    while not run.finished:
        run.advance(10)
    assert run.reached


BLOCKS = {
    "elman": ("memory", "weather", ("",), ("hidden_bias",), (None,)),
    "gru": (
        "memory",
        "weather",
        ("reset_", "update_", "new_"),
        ("reset_bias", "update_bias", "new_bias"),
        (None, None, "new_memory_bias"),
    ),
    "lstm": (
        "memory",
        "weather",
        ("input_", "forget_", "new_", "output_"),
        ("input_bias", "forget_bias", "new_bias", "output_gate_bias"),
        (None,) * 4,
    ),
}
"""Where PyTorch has each matrix: the blocks of weight_hh and weight_ih, of bias_ih and of bias_hh, else zeros."""


@pytest.mark.parametrize("biased", [False, True], ids=["without biases", "with biases"])
@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("seed", range(3))
def test_pytorchs_modules_agree(name: str, seed: int, *, biased: bool) -> None:
    """`torch.nn.RNNCell`, `GRUCell` and `LSTMCell`: the same loss, and gradients of every matrix and every bias."""
    torch = pytest.importorskip("torch", reason="needs PyTorch: pip install 'roommate-tui[torch]'")
    network, batch, _ = random_case(seed, (BIASED if biased else CELLS)[name])
    weights, sizes = network.parameters, network.parameters.sizes
    memory, weather, gates, of_input, of_memory = BLOCKS[name]
    module = {"elman": torch.nn.RNNCell, "gru": torch.nn.GRUCell, "lstm": torch.nn.LSTMCell}[name](
        sizes[Size.WEATHERS], sizes[Size.HIDDEN], bias=biased, dtype=torch.float64
    )
    hidden_zeros = np.zeros(sizes[Size.HIDDEN])

    def block(bias: str | None) -> Array:
        return hidden_zeros if bias is None else weights[bias][:, 0]

    with torch.no_grad():
        for parameter, kind in ((module.weight_hh, memory), (module.weight_ih, weather)):
            parameter.copy_(torch.tensor(np.vstack([weights[f"{gate}{kind}"] for gate in gates])))
        if biased:
            module.bias_ih.copy_(torch.tensor(np.concatenate(list(map(block, of_input)))))
            module.bias_hh.copy_(torch.tensor(np.concatenate(list(map(block, of_memory)))))
    merge = torch.tensor(weights["merge"], requires_grad=True)
    c = torch.tensor(block("output_bias") if biased else np.zeros(sizes[Size.DISHES]), requires_grad=True)
    hidden = torch.tensor(batch.start.T.copy())
    state = (hidden, hidden) if name == "lstm" else hidden
    days, _, weeks = batch.weather.shape
    total = torch.tensor(0.0, dtype=torch.float64)
    assert batch.target is not None
    for day in range(days):
        state = module(torch.tensor(batch.weather[day].T.copy()), state)
        a = state[0] if name == "lstm" else state
        logs = torch.log_softmax(a @ merge.T + c, dim=1)
        total = total - (logs * torch.tensor(batch.target[day].T.copy())).sum() / (days * weeks)
    total.backward()
    assert loss(run_forward(network, batch, Feedback.SOFT), batch) == pytest.approx(total.item(), rel=1e-12)
    back = run_backward(network, run_forward(network, batch, Feedback.SOFT), batch, Feedback.SOFT)
    for parameter, kind in ((module.weight_hh, memory), (module.weight_ih, weather)):
        ours = np.vstack([back.total(f"{gate}{kind}") for gate in gates])
        np.testing.assert_allclose(ours, parameter.grad.numpy(), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(back.total("merge"), merge.grad.numpy(), rtol=1e-9, atol=1e-12)
    if not biased:
        return
    np.testing.assert_allclose(back.total("output_bias")[:, 0], c.grad.numpy(), rtol=1e-9, atol=1e-12)
    for parameter, names in ((module.bias_ih, of_input), (module.bias_hh, of_memory)):
        blocks = parameter.grad.numpy().reshape(len(gates), -1)
        for bias, theirs in zip(names, blocks, strict=True):
            if bias is not None:
                np.testing.assert_allclose(back.total(bias)[:, 0], theirs, rtol=1e-9, atol=1e-12)
