"""How functions of expressions are declared: as Python functions whose annotations are types of expressions."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
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
class Signature:
    """A declared function; attributes as for `model.course.functions.Function`."""

    name: str
    parameters: tuple[Type, ...]
    result: Type
    call: Callable[..., object]
    repeated: bool
    about: str


def value(name: str = "") -> Callable[[Callable[..., Any]], Signature]:
    """Declare a function of expressions.

    Args:
        name: What it is called there, where that is not the function's own name.
    """

    def declare(function: Callable[..., Any]) -> Signature:
        hints = get_type_hints(function, include_extras=True)
        parameters = list(inspect.signature(function).parameters.values())[1:]
        types = tuple(_type(hints[parameter.name]) for parameter in parameters)
        repeated = bool(parameters) and parameters[-1].kind is inspect.Parameter.VAR_POSITIONAL
        about = (inspect.getdoc(function) or "").partition("\n")[0]
        return Signature(name or function.__name__, types, _type(hints["return"]), function, repeated, about)

    return declare


def declared_in(module: ModuleType) -> Iterator[Signature]:
    """All functions of expressions that a module declares."""
    for one in vars(module).values():
        for each in one if isinstance(one, tuple) else (one,):
            if isinstance(each, Signature):
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
