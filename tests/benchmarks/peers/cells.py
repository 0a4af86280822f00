"""One day of every network for libraries that find gradients themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def day(ops: Mapping[str, Any], network: str, w: Mapping[str, Any], weather: Any, before: Any) -> tuple[Any, Any]:
    """The logits of a day, and what it hands on where that is not the dish.

    Args:
        ops: The library's "activation", "sigmoid" and "tanh".
        network: "both", "elman", "gru" or "lstm".
        w: The weights by name.
        weather: (k, B).
        before: What the day before handed on.
    """
    match network:
        case "both":
            hidden = ops["activation"](w["food"] @ before + w["weather"] @ weather)
            return w["merge"] @ hidden, None
        case "elman":
            hidden = ops["activation"](w["memory"] @ before + w["weather"] @ weather + w["hidden_bias"])
            return w["merge"] @ hidden + w["output_bias"], hidden
        case "gru":
            reset, update = (
                ops["sigmoid"](w[f"{gate}_memory"] @ before + w[f"{gate}_weather"] @ weather + w[f"{gate}_bias"])
                for gate in ("reset", "update")
            )
            remembered = reset * (w["new_memory"] @ before + w["new_memory_bias"])
            new = ops["activation"](remembered + w["new_weather"] @ weather + w["new_bias"])
            hidden = new + update * (before - new)
            return w["merge"] @ hidden + w["output_bias"], hidden
        case "lstm":
            memory, state = before
            sums = {
                gate: w[f"{gate}_memory"] @ memory + w[f"{gate}_weather"] @ weather + w[bias]
                for gate, bias in LSTM_BIASES.items()
            }
            write, keep, show = (ops["sigmoid"](sums[gate]) for gate in ("input", "forget", "output"))
            state = keep * state + write * ops["activation"](sums["new"])
            hidden = show * ops["activation"](state)
            return w["merge"] @ hidden + w["output_bias"], (hidden, state)
    raise ValueError(network)


LSTM_BIASES = {"input": "input_bias", "forget": "forget_bias", "new": "new_bias", "output": "output_gate_bias"}
"""The bias of each gate of the LSTM."""
