"""A step worked out again from its operands alone, with no help from the network."""

import numpy as np

from model.arrays import Array
from model.steps.step import Step, StepKind


def recomputed(step: Step) -> Array:
    """The result that a step's operands lead to, for every operation that says what it does.

    A function that is applied is named only by its word: the choice of the largest, softmax, and clipping are known
    here; the non-linearities and optimizers have tests of their own.
    """
    values = [operand.value for operand in step.operands]
    result: Array
    match step.operation:
        case StepKind.PRODUCT:
            result = np.einsum("ij,j->i", values[0], values[1])
        case StepKind.OUTER:
            result = np.einsum("i,j->ij", values[0], values[1])
        case StepKind.ADD | StepKind.SUM:
            result = np.sum(values, axis=0)
        case StepKind.SUBTRACT:
            result = (values[0] - values[1]) / step.divisor
        case StepKind.MULTIPLY:
            result = values[0] * values[1]
        case StepKind.APPLY | StepKind.CHOOSE:
            if step.word == "softmax":
                shares = np.exp(values[0] - values[0].max())
                result = shares / shares.sum()
            elif step.word == "sigmoid":
                result = (1.0 + np.tanh(values[0] / 2.0)) / 2.0
            else:
                assert step.word in {"", "largest-to-1", "none"}, step.word
                result = np.eye(len(values[0]))[values[0].argmax()]
    return result
