"""A step worked out again from its operands alone, with no help from the network."""

import numpy as np

from model.arrays import Array
from model.steps.step import Operation, Step


def recomputed(step: Step) -> Array:
    """The result that a step's operands lead to, for every operation that says what it does.

    A function that is applied is named only by its word: the choice of the largest, softmax, and clipping are known
    here; the non-linearities and optimizers have tests of their own.
    """
    values = [operand.value for operand in step.operands]
    result: Array
    match step.operation:
        case Operation.PRODUCT:
            result = np.einsum("ij,j->i", values[0], values[1])
        case Operation.OUTER:
            result = np.einsum("i,j->ij", values[0], values[1])
        case Operation.ADD | Operation.SUM:
            result = np.sum(values, axis=0)
        case Operation.SUBTRACT:
            result = (values[0] - values[1]) / step.divisor
        case Operation.MULTIPLY:
            result = values[0] * values[1]
        case Operation.APPLY | Operation.CHOOSE:
            if step.word == "softmax":
                shares = np.exp(values[0] - values[0].max())
                result = shares / shares.sum()
            else:
                assert step.word in {"", "largest-to-1", "none"}, step.word
                result = np.eye(len(values[0]))[values[0].argmax()]
    return result
