"""An answer to a question of the course that is right."""

from model.course.values import AnyOf


def one_right(truth: object) -> object:
    """A right answer: where several are, the first of them."""
    return truth.values[0] if isinstance(truth, AnyOf) else truth
