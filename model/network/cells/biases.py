"""What cells with biases have in common: the output's, and the places of all of them."""

from __future__ import annotations

from collections.abc import Mapping

from model.network.cell import Size
from model.network.operations import Add, AddBias, Operation, Product, title

Shapes = Mapping[str, tuple[Size, Size]]


def merge(*, biased: bool) -> tuple[Operation, ...]:
    """The operations from the hidden units to the logits, with or without a bias."""
    if not biased:
        return (Product("y", "merge", "Merge", "merge", "a"),)
    return (
        Product("ym", "merge", "Merge", "merge", "a"),
        AddBias("y", "output bias", "Output bias", "output_bias", "ym"),
    )


def bias_sizes(symbols: tuple[str, ...], *, biased: bool) -> dict[str, Size]:
    """The sizes of the quantities that exist only with biases: the sums of hidden units, and Merge's product."""
    return {**dict.fromkeys(symbols, Size.HIDDEN), "ym": Size.DISHES} if biased else {}


def summed(
    z: str, f: str, g: str, *, result: str, step: str, between: str, bias: str, biased: bool
) -> tuple[Operation, ...]:
    """Z = f + g, or with a bias z = f + (g + b).

    The bias is added to the product of the weather, which does not wait for the day before: so it costs nothing in
    the loop over the days.

    Args:
        z: The symbol of the sum.
        f: The symbol of what comes from the day before.
        g: The symbol of the weather's product.
        result: What the sum is called.
        step: What the step is called.
        between: The symbol of the weather's product with the bias.
        bias: The name of the bias.
        biased: Whether there is one.
    """
    if not biased:
        return (Add(z, step, "Add", f, g, result=result),)
    label = title(bias)
    return AddBias(between, label.lower(), label, bias, g, result="biased product"), Add(
        z, step, "Add", f, between, result=result
    )


def with_bias_shapes(
    inner: Shapes, outer: Shapes, biases: tuple[str, ...], *, biased: bool
) -> dict[str, tuple[Size, Size]]:
    """The matrices of a cell in their order, with the biases of its hidden units and of its output.

    Args:
        inner: The matrices that lead to hidden units.
        outer: Merge.
        biases: The names of the biases of hidden units.
        biased: Whether there are biases at all.
    """
    if not biased:
        return {**inner, **outer}
    return {
        **inner,
        **dict.fromkeys(biases, (Size.HIDDEN, Size.ONE)),
        **outer,
        "output_bias": (Size.DISHES, Size.ONE),
    }
