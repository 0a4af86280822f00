"""Random weights to start learning from."""

from __future__ import annotations

import numpy as np

from model.network.parameters import Parameters, shapes


def random_weights(
    rng: np.random.Generator,
    dishes: int,
    weathers: int,
    hidden: int,
    fed_back: int | None = None,
    *,
    initial: str,
    scale: float,
) -> Parameters:
    """Weights to start learning from.

    Args:
        rng: Where the numbers come from.
        dishes: n.
        weathers: k.
        hidden: h.
        fed_back: m, as for `parts`.
        initial: "normal": mean 0, standard deviation ``scale``. "uniform": from −scale to scale. "positive": Food
            and Weather uniform from ``scale`` to three times that, Merge normal with a tenth of it: with scale 0.5
            the start that relu(z − 1) needs, because its units must fire to learn.
        scale: As said.

    Returns:
        Food (or Memory), Weather and Merge, drawn in this order.
    """
    food, weather, merge = shapes(dishes, weathers, hidden, fed_back)
    if initial == "normal":
        return Parameters(*(rng.normal(0.0, scale, shape) for shape in (food, weather, merge)))
    if initial == "uniform":
        return Parameters(*(rng.uniform(-scale, scale, shape) for shape in (food, weather, merge)))
    return Parameters(
        rng.uniform(scale, 3 * scale, food),
        rng.uniform(scale, 3 * scale, weather),
        rng.normal(0.0, scale / 10, merge),
    )
