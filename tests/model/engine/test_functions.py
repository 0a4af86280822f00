"""exp, tanh and log out of additions and products: right to about the last digit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.engine.functions import exponential, hyperbolic_tangent, logarithm


@given(x=st.floats(-700, 709) | st.floats(-1, 1))
def test_exponential(x: float) -> None:
    assert abs(exponential(x) / np.exp(x) - 1) < 5e-16


@given(x=st.floats(-1e3, 1e3) | st.floats(-1, 1) | st.floats(-1e-9, 1e-9))
def test_hyperbolic_tangent(x: float) -> None:
    assert abs(hyperbolic_tangent(x) - np.tanh(x)) <= 5e-16 * abs(np.tanh(x))


@given(x=st.floats(1e-290, 1) | st.floats(0.5, 2) | st.floats(1, 1e300))
def test_logarithm(x: float) -> None:
    assert abs(logarithm(x) - np.log(x)) <= 5e-16 * max(abs(np.log(x)), 1e-16)


def test_what_is_beyond_all_numbers() -> None:
    assert exponential(1e9) == np.inf
    assert exponential(-1e9) < 1e-300
    assert np.isnan(exponential(np.nan))
    assert np.isnan(hyperbolic_tangent(np.nan))
    assert (hyperbolic_tangent(np.inf), hyperbolic_tangent(-np.inf)) == (1, -1)
