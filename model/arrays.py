"""The array types of the core, and the one-hot encoding."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

Indices = NDArray[np.intp]

Mask = NDArray[np.bool_]


def one_hot(indices: Indices, size: int) -> Array:
    """(T, B) indices as (T, size, B)."""
    return np.ascontiguousarray((indices[:, None, :] == np.arange(size)[:, None]).astype(np.float64))
