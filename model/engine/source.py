"""The source text of a compiled module: one for a cell, its sizes, a non-linearity, a feedback and an optimizer."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

from model.engine import functions, loop
from model.engine.day import ERROR, TARGET, Day, backwards, forwards
from model.engine.emission import LANES, Places, statements
from model.engine.recording import Notes, as_array
from model.network.activations import Activation
from model.network.cell import LOGITS, PROBABILITIES, WEATHER, Cell, Size
from model.network.parameters import shapes
from model.network.schedule import Feedback
from model.training.optimizers import OPTIMIZERS, OptimizerState

IMPORTS = """from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING

import numpy as np
"""
"""What a module begins with."""

DECORATED = """

from numba import njit, typeof, types
from numba.extending import intrinsic


def bitcast(to):
    return lambda context, builder, _signature, given: builder.bitcast(given[0], context.get_value_type(to))


@intrinsic
def bits_of(_typing, x):
    return types.int64(types.float64), bitcast(types.int64)


@intrinsic
def float_of(_typing, bits):
    return types.float64(types.int64), bitcast(types.float64)


KEPT = {"cache": "__file__" in globals(), "error_model": "numpy"}
SUMS_IN_ANY_ORDER = {"contract", "reassoc", "nsz"}
for name in INLINE:
    globals()[name] = njit(globals()[name], forceinline=True, fastmath={"contract"}, **KEPT)
for name in FUNCTIONS:
    globals()[name] = njit(globals()[name], fastmath=SUMS_IN_ANY_ORDER, **KEPT)
# The passes are called by their address: else each of their callers would compile them again.
ARRAY = types.float64[::1]
AHEAD = types.none(ARRAY, ARRAY, types.intp, types.intp)
BACK = types.none(ARRAY, ARRAY, ARRAY, types.intp, types.intp)
same = forward_alone is forward
forward = njit(AHEAD, fastmath=SUMS_IN_ANY_ORDER, **KEPT)(forward)
forward_alone = forward if same else njit(AHEAD, fastmath=SUMS_IN_ANY_ORDER, **KEPT)(forward_alone)
backward = njit(BACK, fastmath=SUMS_IN_ANY_ORDER, **KEPT)(backward)


def prepare(*given):
    passes = map(types.FunctionType, (AHEAD, AHEAD, BACK))
    train.compile((*passes, *map(typeof, given)))
    train.disable_compile()
"""
"""What makes machine code of it; the module is Python without this, too."""

INLINE = ("above", "maximum", "exponential_less_one", "exponential", "hyperbolic_tangent", "logarithm")
FUNCTIONS = ("lay_out", "lost", "evaluate", "judge", "strays", "length", "optimize", "train")


class Source(NamedTuple):
    """A module.

    Attributes:
        text: Its text, without the imports.
        day: How many numbers a day takes.
    """

    text: str
    day: int


def source_of(
    cell: Cell,
    sizes: Mapping[Size, int],
    activation: Activation,
    feedbacks: tuple[Feedback, Feedback],
    *,
    optimizer: str,
    columns: int,
) -> Source:
    """The text of a module whose function `train` makes updates.

    Args:
        cell: The architecture.
        sizes: How large its quantities are.
        activation: The non-linearity.
        feedbacks: What is fed back in training, and when the network is judged alone.
        optimizer: A key of `OPTIMIZERS`.
        columns: How many weeks are gone through at once.

    Raises:
        NotUnderstood: Some rule does what cannot be compiled.
    """
    ahead = [forwards(cell, sizes, activation, feedback) for feedback in feedbacks]
    back = backwards(cell, sizes, activation, feedbacks[0])
    weights, size = {}, 0
    for name, (rows, row) in shapes(cell, sizes).items():
        weights[name] = weights[f"∂{name}"] = size
        size += rows * row
    days = (*ahead, back)
    inputs = {WEATHER: sizes[Size.WEATHERS], TARGET: sizes[Size.DISHES], ERROR: sizes[Size.DISHES]}
    places = Places.of(columns, [*inputs.items(), *(pair for day in days for pair in day.rows.items())], weights)
    text = "\n".join(
        [
            _without_imports(inspect.getsource(functions)),
            _without_imports(inspect.getsource(loop)),
            *_constants(cell, sizes, ahead[0], places),
            _forward("forward", ahead[0], places),
            "\n\nforward_alone = forward"
            if feedbacks[0] is feedbacks[1]
            else _forward("forward_alone", ahead[1], places),
            _backward(back, places),
            _optimize(optimizer, size),
            "",
        ]
    )
    return Source(text, places.day)


BOUND = "columns = min(columns, COLUMNS)  # as the compiler can see then, every place is inside"


def _without_imports(text: str) -> str:
    """A module's text behind its imports."""
    lines = text.splitlines()
    last = max(number for number, line in enumerate(lines) if line.startswith(("import ", "from ")))
    return "\n".join(line for line in lines[last + 1 :])


def _constants(cell: Cell, sizes: Mapping[Size, int], ahead: Day, places: Places) -> Iterable[str]:
    at = {name: row * places.columns for name, row in places.rows.items()}
    starts = tuple((at[name], sizes[cell.sizes[name]]) for name in cell.hands_on)
    named = {
        "COLUMNS": places.columns,
        "LANES": LANES,
        "DAY": places.day,
        "WEATHERS": sizes[Size.WEATHERS],
        "DISHES": sizes[Size.DISHES],
        "WEATHER": at[WEATHER],
        "TARGET": at[TARGET],
        "LOGITS": at[LOGITS],
        "PROBABILITIES": at[PROBABILITIES],
        "ERROR": at[ERROR],
        "PROBABILITY": at[ahead.answers[0]],
        "MARGIN": at[ahead.answers[1]],
        "STARTS": starts,
    }
    return [f"{name} = {value}" for name, value in named.items()]


def _function(name: str, arguments: str, *lines: str) -> str:
    return "\n".join([f"\n\ndef {name}({arguments}):", *(f"    {line}" for line in lines)])


def _forward(name: str, day: Day, places: Places) -> str:
    handed = [
        line
        for tomorrow, today in day.handed_on
        for line in (
            f"for i in range({day.rows[tomorrow]}):",
            "    for b in range(columns):",
            f"        today[{places.day + places.rows[tomorrow] * places.columns} + i * {places.columns} + b] = "
            f"today[{places.rows[today] * places.columns} + i * {places.columns} + b]",
        )
    ]
    body = [
        f"    {line}"
        for line in (
            f"today = numbers[t * {places.day} : (t+2) * {places.day}]",
            *statements(day.calls, places),
            *handed,
        )
    ]
    return _function(name, "numbers, weights, columns, days", BOUND, "for t in range(days):", *body)


def _backward(day: Day, places: Places) -> str:
    body = [
        f"    {line}"
        for line in (f"today = numbers[t * {places.day} : (t+2) * {places.day}]", *statements(day.calls, places))
    ]
    return _function(
        "backward", "numbers, weights, gradient, columns, days", BOUND, "for t in range(days - 1, -1, -1):", *body
    )


def _optimize(optimizer: str, size: int) -> str:
    notes = Notes()
    gradient, first, second, step = (
        as_array(notes.symbol(name, size)) for name in ("gradient", "first", "second", "step")
    )
    state = OptimizerState(first, second, cast("int", notes.symbol("count")))
    OPTIMIZERS[optimizer].update(state, gradient, cast("float", notes.symbol("rate")), step)
    lines = statements(notes.calls, Places(0, {}, {}))
    return _function("optimize", "gradient, first, second, step, rate, count", *lines, "return count")


def with_decorators(text: str) -> str:
    """The whole text of a module that compiles itself."""
    return f"{IMPORTS}{text}\nINLINE = {INLINE}\nFUNCTIONS = {FUNCTIONS}\n{DECORATED}"
