"""A PyTorch program that is written from the manual alone: it trains, examines and opens files as this program does.

Nothing of the program is used but its command line; what the program below knows stands in ``help training``, ``help
formats`` and ``help names``.
"""

from __future__ import annotations

import csv
import itertools
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui.cli.main import main

torch = pytest.importorskip("torch", reason="needs PyTorch: pip install 'roommate-tui[torch]'")

torch.set_num_threads(1)  # such small products are slower with more

SOUP = {"next": [[0, 0, 0], [1, 2, 2]], "shows": [0, 0, 1]}
LECTURE = {"next": [[0, 1, 2], [1, 2, 0]], "shows": [0, 1, 2]}

AGREES = 1e-9
"""How far losses and weights may differ: the terms of a sum are added in another order."""


def one_hot(numbers: Any, size: int) -> Any:
    return torch.nn.functional.one_hot(numbers, size).double()


def lived(roommate: dict[str, Any], start: Any, sky: Any) -> Any:
    """The states of weeks, (B, T + 1), that of the day before first."""
    states, following = [start], torch.tensor(roommate["next"])
    for today in sky.T:
        states.append(following[today, states[-1]])
    return torch.stack(states, 1)


class Lecture(torch.nn.Module):  # type: ignore[misc,name-defined]
    """The network that feeds its output back."""

    names = ("food", "weather", "merge")

    def __init__(self, matrices: dict[str, Any], activation: str = "tanh") -> None:
        super().__init__()
        for name in self.names:
            self.register_parameter(name, torch.nn.Parameter(torch.tensor(matrices[name])))
        self.phi = {"tanh": torch.tanh, "sigmoid": torch.sigmoid}[activation]

    def forward(self, start: Any, sky: Any, cooked: Any, feedback: str) -> Any:
        n, k = self.merge.shape[0], self.weather.shape[1]
        d, logits = one_hot(start, n), []
        for day, today in enumerate(sky.T):
            y = self.phi(d @ self.food.T + one_hot(today, k) @ self.weather.T) @ self.merge.T
            logits.append(y)
            fed = {"soft": y.softmax(1), "hard": one_hot(y.argmax(1), n), "teacher": one_hot(cooked[:, day], n)}
            d = fed[feedback]
        return torch.stack(logits, 1)


class WithMemory(torch.nn.Module):  # type: ignore[misc,name-defined]
    """PyTorch's own layers, with the matrices where ``help names`` puts them."""

    gates = {"gru": ("reset", "update", "new"), "lstm": ("input", "forget", "new", "output")}

    def __init__(self, kind: str, matrices: dict[str, Any]) -> None:
        super().__init__()
        told = {name: torch.tensor(matrix, dtype=torch.float64) for name, matrix in matrices.items()}
        gates = [f"{gate}_" for gate in self.gates.get(kind, ())] or [""]
        hidden, weathers = told[f"{gates[0]}weather"].shape
        layer = {"elman": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[kind]
        self.kind, self.rnn = kind, layer(weathers, hidden, batch_first=True).double()
        self.out = torch.nn.Linear(hidden, told["merge"].shape[0]).double()
        biases = ["hidden_bias"] if kind == "elman" else [f"{gate}bias" for gate in gates]
        biases = ["output_gate_bias" if name == "output_bias" else name for name in biases]
        with torch.no_grad():
            self.rnn.weight_hh_l0.copy_(torch.cat([told[f"{gate}memory"] for gate in gates]))
            self.rnn.weight_ih_l0.copy_(torch.cat([told[f"{gate}weather"] for gate in gates]))
            self.rnn.bias_ih_l0.copy_(torch.cat([told[name][:, 0] for name in biases]))
            self.rnn.bias_hh_l0.zero_()
            if kind == "gru":
                self.rnn.bias_hh_l0[2 * hidden :] = told["new_memory_bias"][:, 0]
            self.out.weight.copy_(told["merge"])
            self.out.bias.copy_(told["output_bias"][:, 0])

    def forward(self, start: Any, sky: Any, *_unused: Any) -> Any:
        first = one_hot(start, self.rnn.hidden_size)[None]
        given = (first, first) if self.kind == "lstm" else first
        return self.out(self.rnn(one_hot(sky, self.rnn.input_size), given)[0])


class Elman(torch.nn.Module):  # type: ignore[misc,name-defined]
    """Elman's network with one bias of the hidden units, for training from its first weights on."""

    names = ("memory", "weather", "hidden_bias", "merge", "output_bias")

    def __init__(self, matrices: dict[str, Any], activation: str) -> None:
        super().__init__()
        for name in self.names:
            self.register_parameter(name, torch.nn.Parameter(torch.tensor(matrices[name])))
        self.phi = {"tanh": torch.tanh, "sigmoid": torch.sigmoid}[activation]

    def forward(self, start: Any, sky: Any, *_unused: Any) -> Any:
        m, logits = one_hot(start, self.memory.shape[0]), []
        for today in sky.T:
            x = one_hot(today, self.weather.shape[1])
            m = self.phi(m @ self.memory.T + x @ self.weather.T + self.hidden_bias[:, 0])
            logits.append(m @ self.merge.T + self.output_bias[:, 0])
        return torch.stack(logits, 1)


def first_weights(network: str, seed: int, hidden: int, dishes: int, weathers: int) -> dict[str, Any]:
    rng = np.random.default_rng([seed, 0])
    if network == "both":
        shapes = {"food": (hidden, dishes), "weather": (hidden, weathers), "merge": (dishes, hidden)}
        return {name: rng.normal(0, 0.5, shape) for name, shape in shapes.items()}
    shapes = {"memory": (hidden, hidden), "weather": (hidden, weathers), "hidden_bias": (hidden, 1)}
    shapes |= {"merge": (dishes, hidden), "output_bias": (dishes, 1)}
    return {name: rng.uniform(-(hidden**-0.5), hidden**-0.5, shape) for name, shape in shapes.items()}


@cache
def every_week(states: int, weathers: int, days: int) -> tuple[Any, Any]:
    rows = torch.tensor(list(itertools.product(range(states), *[range(weathers)] * days)))
    return rows[:, 0], rows[:, 1:]


def weeks_of(seed: int, update: int, states: int, weathers: int, days: int, weeks: int) -> tuple[Any, Any]:
    rng, row = np.random.default_rng([seed, 1, update // 256]), update % 256
    if (count := states * weathers**days) <= 4096:
        drawn = torch.tensor(rng.integers(count, size=(256, weeks))[row])
        start, sky = every_week(states, weathers, days)
        return start[drawn], sky[drawn]
    skies = rng.integers(weathers, size=(256, days + 1, weeks))[row, 1:]
    return torch.tensor(rng.integers(states, size=(256, weeks))[row]), torch.tensor(skies.T.copy())


def exam_of(states: int, weathers: int, days: int) -> tuple[Any, Any]:
    if states * days * weathers**days <= 2048:
        return every_week(states, weathers, days)
    weeks = max(2048 // days, 16)
    sky = np.random.default_rng([0, 2]).integers(weathers, size=(days, weeks))
    return torch.arange(weeks) % states, torch.tensor(sky.T.copy())


def cases_right(net: Any, roommate: dict[str, Any], *, remembers: bool) -> int:
    states, weathers = len(roommate["shows"]), len(roommate["next"])
    count = states * weathers
    if remembers:
        weeks = count * max(1, 480 // (20 * count))
        sky = torch.tensor(np.random.default_rng(0).integers(weathers, size=(20, weeks)).T.copy())
        case = torch.arange(weeks) % count
        sky[:, 0], start = case // states, case % states
    else:
        start, sky = torch.arange(count) % states, (torch.arange(count) // states)[:, None]
    lives = lived(roommate, start, sky)
    right = torch.tensor(roommate["shows"])[lives[:, 1:]]
    wrong = net(start, sky, right, "hard").argmax(2) != right
    failed = (sky * states + lives[:, :-1])[wrong]
    return count - len(set(failed.tolist()))


def train(
    network: str, roommate: dict[str, Any], seed: int, *, days: int, optimizer: str, feedback: str, rate: float,
    updates: int, clip: float = 0.0, activation: str = "tanh",
) -> tuple[Any, list[tuple[float, float, int, int]]]:  # fmt: skip
    """A network, and of each update loss, accuracy, cases right and weeks of the exam that are right."""
    shows, weathers = torch.tensor(roommate["shows"]), len(roommate["next"])
    states, dishes = len(shows), int(shows.max()) + 1
    first = first_weights(network, seed, states * weathers, dishes, weathers)
    net: Any = Lecture(first, activation) if network == "both" else Elman(first, activation)
    step = {
        "sgd": lambda weights: torch.optim.SGD(weights, lr=rate),
        "momentum": lambda weights: torch.optim.SGD(weights, lr=rate, momentum=0.9),
        "rmsprop": lambda weights: torch.optim.RMSprop(weights, lr=rate),
        "adam": lambda weights: torch.optim.Adam(weights, lr=rate),
    }[optimizer](net.parameters())
    taken, sky_of_exam = exam_of(states, weathers, days)
    right_of_exam = shows[lived(roommate, taken, sky_of_exam)[:, 1:]]
    history = []
    for update in range(updates + 1):
        start, sky = weeks_of(seed, update, states, weathers, days, 32)
        right = shows[lived(roommate, start, sky)[:, 1:]]
        logits = net(start, sky, right, feedback)
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), right.flatten())
        with torch.no_grad():
            accuracy = (logits.argmax(2) == right).double().mean().item()
            cases = cases_right(net, roommate, remembers=network != "both")
            examined = 0
            if update == updates:
                own = net(taken, sky_of_exam, right_of_exam, "hard" if feedback == "teacher" else feedback)
                examined = int((own.argmax(2) == right_of_exam).all(1).sum())
        history.append((loss.item(), accuracy, cases, examined))
        if update < updates:
            step.zero_grad()
            loss.backward()
            if clip:
                torch.nn.utils.clip_grad_norm_(net.parameters(), clip)
            step.step()
    return net, history


LEARNED = 0
"""The whole of a run, until the rule is learned."""


@pytest.mark.parametrize(
    ("updates", "settings", "ours", "agrees"),
    [
        (LEARNED, "--feedback teacher --days 2", {"feedback": "teacher", "days": 2}, AGREES),
        (12, "", {}, AGREES),
        (12, "--optimizer sgd --learning-rate 1", {"optimizer": "sgd", "rate": 1.0}, AGREES),
        (12, "--optimizer momentum --feedback hard", {"optimizer": "momentum", "feedback": "hard"}, AGREES),
        (12, "--optimizer rmsprop --feedback teacher", {"optimizer": "rmsprop", "feedback": "teacher"}, AGREES),
        (12, "--activation sigmoid --days 3", {"activation": "sigmoid", "days": 3}, AGREES),
        (12, "--clip 0.3", {"clip": 0.3}, 1e-5),  # PyTorch clips with the length plus 1e-6
        (12, "--scenario soup --network elman", {"activation": "sigmoid", "days": 12, "network": "elman"}, AGREES),
    ],
)
def test_a_pytorch_program_makes_the_same_training(
    updates: int,
    settings: str,
    ours: dict[str, Any],
    agrees: float,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    usual: dict[str, Any] = {"network": "both", "days": 6, "optimizer": "adam", "feedback": "soft", "rate": 0.03}
    usual |= ours
    roommate = SOUP if usual["network"] == "elman" else LECTURE
    weights, log = tmp_path / "weights.json", tmp_path / "history.csv"
    ends = ["--updates", str(updates), "--stop", "updates"] if updates else []
    assert (
        main(
            ["train", "--seed", "7", *ends, *settings.split(), "--json", "--out", str(weights), "--history", str(log)]
        )
        == 0
    )
    told, saved = json.loads(capsys.readouterr().out), json.loads(weights.read_text())
    net, history = train(roommate=roommate, seed=7, updates=told["updates"], **usual)
    assert told["learned"] is (updates == LEARNED)
    rows = list(csv.DictReader(log.read_text().splitlines()))
    assert [float(row["loss"]) for row in rows] == pytest.approx([row[0] for row in history], abs=agrees)
    assert [float(row["accuracy"]) for row in rows] == pytest.approx([row[1] for row in history])
    assert [int(row["cases_right"]) for row in rows] == [row[2] for row in history]
    assert told["exam_right"] == history[-1][3]
    for name in net.names:
        np.testing.assert_allclose(saved[name], getattr(net, name).detach().numpy(), rtol=0, atol=agrees)


@pytest.mark.parametrize("kind", ["elman", "gru", "lstm"])
def test_pytorchs_layers_open_saved_weights(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, sky = tmp_path / "weights.json", "rrsrrrsrsrrs"
    soup, week = ["--scenario", "soup"], ["--weather", sky, "--start", "wet", "--format", "json"]
    settings = ["--network", kind, "--activation", "tanh", "--stop", "updates", "--updates", "20"]
    assert main(["train", *soup, *settings, "--out", str(path), "--json"]) == 0
    capsys.readouterr()
    saved = json.loads(path.read_text())
    roommate, names = saved["roommate"], IN_A_FILE[kind]
    net = WithMemory(kind, {name: saved[name] for name in names})
    start = torch.tensor([roommate["memory"]["states"].index("wet")])
    logits = net(start, torch.tensor([["sr".index(day) for day in sky]]))[0]
    assert main(["explain", *soup, "--weights", str(path), *week]) == 0
    told = json.loads(capsys.readouterr().out)
    for day, made in zip(told["days"], logits.detach().numpy(), strict=True):
        decide = next(step for step in day["steps"] if step["name"] == "decide")
        np.testing.assert_allclose(decide["operands"][0]["value"], made, rtol=0, atol=1e-12)
        assert day["dish"] == roommate["dishes"][int(made.argmax())]


IN_A_FILE = {
    "elman": ("memory", "weather", "hidden_bias", "merge", "output_bias"),
    "gru": (
        "reset_memory", "reset_weather", "update_memory", "update_weather", "new_memory", "new_weather", "merge",
        "reset_bias", "update_bias", "new_memory_bias", "new_bias", "output_bias",
    ),
    "lstm": (
        "input_memory", "input_weather", "forget_memory", "forget_weather", "new_memory", "new_weather",
        "output_memory", "output_weather", "merge", "input_bias", "forget_bias", "new_bias", "output_gate_bias",
        "output_bias",
    ),
}  # fmt: skip
"""The members of a file that are matrices."""
