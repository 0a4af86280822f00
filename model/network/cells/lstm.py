"""Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000 for the forget gate), PyTorch's form.

Beside `torch.nn.LSTMCell` (its gates stack in the order i, f, g, o):

| here | PyTorch |
|---|---|
| m, a | h, h′: yesterday's hidden units and today's |
| x, s | c, c′: yesterday's cell state and today's |
| Input, Forget, New, Output memory | the four blocks of weight_hh |
| Input, Forget, New, Output weather | the four blocks of weight_ih |
| i, j, n, o | i, f, g, o: three gates, and what is new, with φ = tanh |
| s = j ⊙ x + i ⊙ n | c′ = f ⊙ c + i ⊙ g |
| a = o ⊙ φ(s) | h′ = o ⊙ tanh(c′) |
| Input, Forget, New, Output gate bias | the four blocks of bias_hh and bias_ih, added |
"""

from __future__ import annotations

from model.arrays import Array
from model.language import N_
from model.network.activations import LARGEST_TO_ONE
from model.network.cell import Cell, Size
from model.network.cells.biases import bias_sizes, merge, with_bias_shapes
from model.network.cells.gates import NEW_MEMORY, behind_saturated_gates, candidate, gate, gate_shapes, gate_sizes
from model.network.operations import Add, Apply, Multiply
from model.roommate.roommate import Roommate, Sees

_H, _N, _K = Size.HIDDEN, Size.DISHES, Size.WEATHERS


def _with_open_gates(roommate: Roommate) -> dict[str, Array]:
    """Elman's hand-set weights: input and output always 1, nothing of the cell state kept."""
    return behind_saturated_gates(roommate, {"input": True, "forget": False, "output": True})


def lstm(*, biased: bool) -> Cell:
    """Long short-term memory, with or without biases."""
    return Cell(
        name="lstm",
        about=N_("long short-term memory"),
        sees=Sees.YESTERDAY | Sees.WEATHER,
        sizes={
            **{"m": _H, "x": _H, "w": _K},
            **gate_sizes("i", "j", "n", "o"),
            **{"v": _H, "b": _H, "s": _H, "l": _H, "a": _H, "y": _N},
            **bias_sizes(("ki", "kj", "kn", "ko"), biased=biased),
        },
        matrices=with_bias_shapes(
            gate_shapes("input", "forget", "new", "output"),
            {"merge": (_N, _H)},
            ("input_bias", "forget_bias", "new_bias", "output_gate_bias"),
            biased=biased,
        ),
        operations=(
            *gate("i", "input", biased=biased),
            *gate("j", "forget", biased=biased),
            NEW_MEMORY,
            *candidate("fn", biased=biased),
            *gate("o", "output", "output_gate_bias", biased=biased),
            Multiply("v", "kept", "Kept", "j", "x"),
            Multiply("b", "written", "Written", "i", "n"),
            Add("s", "cell state", "Cell state", "v", "b"),
            Apply("l", "cell state non-linear", "Non-linear", "s"),
            Multiply("a", "hidden units", "Hidden", "o", "l"),
            *merge(biased=biased),
        ),
        hands_on={"m": "a", "x": "s"},
        names_from_yesterday={"m": "remembered", "x": "yesterday's cell state"},
        hand_set=_with_open_gates,
        activation=LARGEST_TO_ONE,
        hidden="a",
    )


LSTM, LSTM_BIASED = lstm(biased=False), lstm(biased=True)
"""s = j ⊙ x + i ⊙ n, a = o ⊙ φ(s): a cell state beside the hidden units."""
