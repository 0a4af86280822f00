"""The named functions that expressions of the course can use: a closed set, each with its types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from model.course import (
    functions_of_numbers,
    functions_of_roommates,
    functions_of_rules,
    functions_of_runs,
    functions_of_the_way_back,
    functions_of_walks,
)
from model.course.declaring import Signature, declared_in
from model.course.values import Type
from model.language import _


@dataclass(frozen=True, eq=False)
class Function:
    """A function of expressions.

    Attributes:
        name: What it is called.
        parameters: The types of its arguments; of a repeated one, once.
        result: The type of what it gives.
        call: Computes it: takes a `Here` and the arguments.
        repeated: Whether the last argument can be given any number of times.
        about: A line on it.
    """

    name: str
    parameters: tuple[Type, ...]
    result: Type
    call: Callable[..., object]
    repeated: bool
    about: str

    def takes(self, given: Sequence[Type]) -> bool:
        """Whether arguments of these types fit."""
        if self.repeated and len(given) > len(self.parameters):
            wanted = (*self.parameters, *(self.parameters[-1],) * (len(given) - len(self.parameters)))
        else:
            wanted = self.parameters
        return tuple(given) == wanted

    def wanted(self) -> str:
        """Its arguments in words."""
        return ", ".join(_(one) for one in self.parameters) or _("nothing in brackets")


def _of(signature: Signature) -> Function:
    return Function(
        signature.name,
        signature.parameters,
        signature.result,
        signature.call,
        signature.repeated,
        signature.about,
    )


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
        for signature in declared_in(module):
            found[signature.name] = (*found.get(signature.name, ()), _of(signature))
    return found


FUNCTIONS = _gathered()
"""All of them by name; some have several, for arguments of several types."""
