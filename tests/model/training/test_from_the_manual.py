"""A training that is written from the words of the manual alone, and knows nothing of the program, is the program's.

Slopes are taken by the complex step, f'(x) = Im f(x + ih) / h, which is exact to the last digits, so that no rule of
backpropagation is written here again.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from tui.cli.main import main

DISHES, WEATHERS, DAYS, WEEKS, UNITS = 3, 2, 6, 8, 6
NEXT = [[0, 1, 2], [1, 2, 0]]  # sunny: the same; rainy: the next

Week = tuple[int, list[int], list[int]]
"""The dish before, the weather of each day, the dishes really cooked."""


def first_weights(seed: int) -> list[np.ndarray]:
    rng = np.random.default_rng([seed, 0])
    return [rng.normal(0.0, 0.5, shape) for shape in ((UNITS, DISHES), (UNITS, WEATHERS), (DISHES, UNITS))]


def all_weeks() -> list[Week]:
    """Every start with every sky: the start, the weather of each day, the dishes really cooked."""
    weeks = []
    for number in range(DISHES * WEATHERS**DAYS):
        start, sky = divmod(number, WEATHERS**DAYS)
        weather = [sky >> (DAYS - 1 - day) & 1 for day in range(DAYS)]
        cooked, dish = [], start
        for today in weather:
            dish = NEXT[today][dish]
            cooked.append(dish)
        weeks.append((start, weather, cooked))
    return weeks


def probabilities(
    weights: list[np.ndarray], week: tuple[int, list[int], list[int]], feedback: str
) -> list[np.ndarray]:
    food, weather, merge = weights
    start, sky, cooked = week
    fed, answers = np.eye(DISHES)[start].astype(complex), []
    for day, today in enumerate(sky):
        y = merge @ np.tanh(food @ fed + weather[:, today])
        p = np.exp(y - y.real.max())
        p = p / p.sum()
        answers.append(p)
        chosen = np.eye(DISHES)[int(y.real.argmax())]
        fed = {"soft": p, "hard": chosen, "teacher": np.eye(DISHES)[cooked[day]]}[feedback]
    return answers


def loss_of(flat: np.ndarray, weeks: list[Week], feedback: str) -> complex:
    weights = parts(flat)
    costs = [
        -np.log(p[dish])
        for week in weeks
        for p, dish in zip(probabilities(weights, week, feedback), week[2], strict=True)
    ]
    return complex(np.mean(costs))


def parts(flat: np.ndarray) -> list[np.ndarray]:
    food, weather, merge = np.split(flat, [UNITS * DISHES, UNITS * (DISHES + WEATHERS)])
    return [food.reshape(UNITS, -1), weather.reshape(UNITS, -1), merge.reshape(DISHES, -1)]


def train(seed: int, updates: int, feedback: str, optimizer: str) -> tuple[np.ndarray, list[float], np.ndarray]:
    flat = np.concatenate([matrix.ravel() for matrix in first_weights(seed)]).astype(complex)
    every, first, second, losses = all_weeks(), np.zeros(flat.size), np.zeros(flat.size), []
    drawn = np.random.default_rng([seed, 1, 0]).integers(len(every), size=(256, WEEKS))
    for update in range(updates + 1):
        weeks = [every[number] for number in drawn[update]]
        losses.append(loss_of(flat, weeks, feedback).real)
        if update == updates:
            break
        step = 1e-30j * np.eye(flat.size)
        slope = np.array([loss_of(flat + one, weeks, feedback).imag / 1e-30 for one in step])
        if optimizer == "adam":
            first = 0.9 * first + 0.1 * slope
            second = 0.999 * second + 0.001 * slope**2
            mean, square = first / (1 - 0.9 ** (update + 1)), second / (1 - 0.999 ** (update + 1))
            flat = flat - 0.03 * mean / (np.sqrt(square) + 1e-8)
        elif optimizer == "momentum":
            first = 0.9 * first + slope
            flat = flat - 0.03 * first
        elif optimizer == "rmsprop":
            second = 0.99 * second + 0.01 * slope**2
            flat = flat - 0.03 * slope / (np.sqrt(second) + 1e-8)
        else:
            flat = flat - 0.03 * slope
    return flat.real, losses, first


def exam(flat: np.ndarray, feedback: str) -> int:
    """In how many of all weeks every day is right, where the network is fed its own output."""
    own = "soft" if feedback == "soft" else "hard"
    right = 0
    for week in all_weeks():
        answers = probabilities(parts(flat.astype(complex)), week, own)
        right += all(int(p.real.argmax()) == dish for p, dish in zip(answers, week[2], strict=True))
    return right


@pytest.mark.parametrize(
    ("feedback", "optimizer"), [("soft", "adam"), ("hard", "momentum"), ("teacher", "rmsprop"), ("soft", "sgd")]
)
def test_the_manual_says_all_that_makes_a_training(
    feedback: str, optimizer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, updates, seed = tmp_path / "w.json", 3, 7
    settings = ["--feedback", feedback, "--optimizer", optimizer, "--weeks", str(WEEKS)]
    settings += ["--updates", str(updates), "--stop", "updates"]
    assert main(["train", "--seed", str(seed), *settings, "--json", "--out", str(path)]) == 0
    outcome, saved = json.loads(capsys.readouterr().out), json.loads(path.read_text())
    flat, losses, first = train(seed, updates, feedback, optimizer)
    theirs = np.concatenate([np.ravel(saved[name]) for name in ("food", "weather", "merge")])
    assert theirs == pytest.approx(flat, abs=1e-9)
    assert outcome["loss"] == pytest.approx(losses[-1], abs=1e-9)
    assert saved["optimizer"] == {"name": optimizer, "updates": updates}
    if optimizer in {"adam", "momentum"}:
        assert saved["optimizer_first"] == pytest.approx(first, abs=1e-9)
    assert saved["stretches"] == [{"from": 0, "to": updates, "settings": saved["settings"]}]
    assert (outcome["exam_weeks"], outcome["exam_right"]) == (192, exam(flat, feedback))
