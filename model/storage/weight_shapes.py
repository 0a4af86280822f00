"""What does not fit about the shapes of a file's matrices, as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from model.arrays import Array
from model.language import _, ngettext
from model.network.cell import Cell, Size
from model.network.operations import title
from model.roommate.naming import (
    MAX_HIDDEN,
)
from model.roommate.parsing import listed

MAX_TURNED = 3
"""Of a file's matrices so many can be found to be transposed."""


def misfit(matrices: Mapping[str, Array], cell: Cell, dishes: int, weathers: int) -> str:
    """What does not fit about the sizes of a file's matrices, or nothing."""
    shapes = {name: (matrix.shape[0], matrix.shape[1]) for name, matrix in matrices.items()}
    hidden = max((shape[0] for name, shape in shapes.items() if cell.matrices[name][0] is Size.HIDDEN), default=0)
    if hidden > MAX_HIDDEN:
        return _("it has {hidden:,} hidden units, and there can be {most:,}").format(hidden=hidden, most=MAX_HIDDEN)
    fault = first_misfit(shapes, cell, dishes, weathers)
    if not fault:
        return ""
    for count in range(1, min(len(shapes), MAX_TURNED) + 1):  # as few as can be
        fitting = [
            which
            for which in combinations(shapes, count)
            if not first_misfit(
                {name: shape[::-1] if name in which else shape for name, shape in shapes.items()},
                cell,
                dishes,
                weathers,
            )
        ]
        if len(fitting) == 1:
            (turned,) = fitting
            are = listed([by(shapes[name]) for name in turned])
            should = listed([by(shapes[name][::-1]) for name in turned])
            names = listed([title(name) for name in turned])
            return ngettext(
                "{names} is transposed: {are}, and should be {should}",
                "{names} are transposed: {are}, and should be {should}",
                count,
            ).format(names=names, are=are, should=should)
    return fault


def by(shape: tuple[int, int]) -> str:
    """A shape as text: ``3×1,024``."""
    return f"{shape[0]:,}×{shape[1]:,}"


def first_misfit(shapes: Mapping[str, tuple[int, int]], cell: Cell, dishes: int, weathers: int) -> str:
    """The first thing that does not fit about the shapes of an architecture's matrices, or nothing."""
    last = cell.products[-1].matrix
    sizes = {Size.ONE: 1, Size.DISHES: dishes, Size.WEATHERS: weathers, Size.HIDDEN: shapes[last][1]}
    weather_columns = next((shapes[name][1] for name in shapes if cell.matrices[name][1] is Size.WEATHERS), weathers)
    if (shapes[last][0], weather_columns) != (dishes, weathers):
        return _(
            "its weights are for {rows:,} dishes and {columns:,} weathers, its roommate has {dishes} and {weathers}"
        ).format(rows=shapes[last][0], columns=weather_columns, dishes=dishes, weathers=weathers)
    into = [name for name in shapes if cell.matrices[name][0] is Size.HIDDEN]
    if any(shapes[name][0] != sizes[Size.HIDDEN] for name in into):
        rows = listed(
            [
                ngettext("{name} has {rows:,} row", "{name} has {rows:,} rows", shapes[name][0]).format(
                    name=title(name), rows=shapes[name][0]
                )
                for name in into
            ]
        )
        return _(
            "its matrices do not fit: {rows}, and each should have as many as {last} has columns, {columns:,}"
        ).format(rows=rows, last=title(last), columns=sizes[Size.HIDDEN])
    if "output_bias" in shapes and shapes["output_bias"][0] != dishes:
        return _("Output bias has {rows:,} rows, and there should be {wanted}").format(
            rows=shapes["output_bias"][0], wanted=dishes
        )
    for name, (_rows, columns) in shapes.items():
        wanted = sizes[cell.matrices[name][1]]
        if columns != wanted:
            return ngettext(
                "{name} has {columns:,} column, and there should be {wanted}",
                "{name} has {columns:,} columns, and there should be {wanted}",
                columns,
            ).format(name=title(name), columns=columns, wanted=wanted)
    return ""
