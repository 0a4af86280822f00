"""The named functions that expressions of the course can use: a closed set, each with its types."""

from __future__ import annotations

from model.course import (
    functions_of_numbers,
    functions_of_roommates,
    functions_of_rules,
    functions_of_runs,
    functions_of_the_way_back,
    functions_of_walks,
)
from model.course.declaring import Function, declared_in

MODULES = (
    functions_of_numbers,
    functions_of_walks,
    functions_of_the_way_back,
    functions_of_roommates,
    functions_of_rules,
    functions_of_runs,
)
"""The modules that declare them."""


def _gathered() -> dict[str, tuple[Function, ...]]:
    found: dict[str, tuple[Function, ...]] = {}
    for module in MODULES:
        for function in declared_in(module):
            found[function.name] = (*found.get(function.name, ()), function)
    return found


FUNCTIONS = _gathered()
"""All of them by name; some have several, for arguments of several types."""
