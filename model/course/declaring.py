"""How functions of expressions are declared: as Python functions whose annotations are types of expressions."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Annotated, Any, get_args, get_type_hints

from model.course.values import AnyOf, Entry, Type, Vector
from model.errors import InputError
from model.language import _
from model.steps.step import Operand

Number = Annotated[float, Type.NUMBER]
Truth = Annotated[bool, Type.TRUTH]
Text = Annotated[str, Type.TEXT]
Dish = Annotated[int, Type.DISH]
Weather = Annotated[int, Type.WEATHER]
Day = Annotated[int, Type.DAY]
Letter = Annotated[str, Type.LETTER]
OneEntry = Annotated[Entry, Type.ENTRY]
Numbers = Annotated[Vector, Type.NUMBERS]
Matrix = Annotated[Operand, Type.MATRIX]
Dishes = Annotated[tuple[int, ...], Type.DISHES]
Days = Annotated[frozenset[int] | AnyOf, Type.DAYS]
Entries = Annotated[tuple[Entry, ...], Type.ENTRIES]


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


def value(name: str = "") -> Callable[[Callable[..., Any]], Function]:
    """Declare a function of expressions.

    Args:
        name: What it is called there, where that is not the function's own name.
    """

    def declare(function: Callable[..., Any]) -> Function:
        hints = get_type_hints(function, include_extras=True)
        parameters = list(inspect.signature(function).parameters.values())[1:]
        types = tuple(_type(hints[parameter.name]) for parameter in parameters)
        repeated = bool(parameters) and parameters[-1].kind is inspect.Parameter.VAR_POSITIONAL
        about = (inspect.getdoc(function) or "").partition("\n")[0]
        return Function(name or function.__name__, types, _type(hints["return"]), function, repeated, about)

    return declare


def declared_in(module: ModuleType) -> Iterator[Function]:
    """All functions of expressions that a module declares."""
    for one in vars(module).values():
        for each in one if isinstance(one, tuple) else (one,):
            if isinstance(each, Function):
                yield each


def _type(hint: Any) -> Type:
    return next(extra for extra in get_args(hint) if isinstance(extra, Type))


def whole(number: float, least: int, most: int) -> int:
    """A number as a whole one.

    Raises:
        InputError: It is none, or not one of those there are.
    """
    if not (least <= number <= most and number == int(number)):
        sentence = _("{number:g} is not one of the whole numbers from {least:,} to {most:,}.")
        raise InputError(sentence.format(number=number, least=least, most=most))
    return int(number)
