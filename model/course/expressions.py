"""A small typed language over the values of a simulation: what a course page asks for is computed, never stored.

It has numbers, texts in quotes, lists in square brackets, ``+ - * /``, comparisons, ``and or not``, and named
functions of `model.course.functions`; one without arguments is written without brackets. It has no loops, no
assignments and no attributes, and its length and depth are bounded: course pages may be anybody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from model.course.declaring import Function
from model.course.functions import FUNCTIONS
from model.course.here import Here, name_of_matrix
from model.course.reckoning import COMPARED, Run, Typed, calculated, joined, need
from model.course.values import Type, Vector, is_equal
from model.errors import InputError
from model.language import _
from model.network.cell import PROBABILITIES, Cell
from model.roommate.naming import cut
from model.roommate.parsing import suggestion

MAX_LENGTH = 400
"""The longest expression, in letters."""

MAX_DEPTH = 25
"""How deep brackets may stand in brackets."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*(?:\.\w+)?)|'(?P<text>[^']*)'"
    r"|(?P<sign>==|!=|<=|>=|[-+*/<>()\[\],]))",
    re.ASCII,
)


@dataclass(frozen=True, eq=False)
class Expression:
    """An expression that has been read.

    Attributes:
        text: As it was written.
        type: What it gives.
        run: Computes it.
    """

    text: str
    type: Type
    run: Run = field(repr=False)

    def value(self, here: Here) -> object:
        """The value of the expression for a simulation.

        Raises:
            InputError: It cannot be computed there; the sentence quotes it.
        """
        try:
            with np.errstate(all="ignore"):
                return self.run(here)
        except InputError as error:
            raise InputError(_("{expression}: {error}").format(expression=cut(self.text), error=error)) from error


class _Token(NamedTuple):
    kind: str
    text: str


def read_expression(text: str, cell: Cell) -> Expression:
    """Read an expression.

    Args:
        text: The expression.
        cell: The architecture on the page: its quantities and matrices are names.

    Raises:
        InputError: It is none, uses a name that there is not, or its types do not fit.
    """
    if len(text) > MAX_LENGTH:
        sentence = _("an expression of {length:,} letters is too long: at most {most} are read.")
        raise InputError(sentence.format(length=len(text), most=MAX_LENGTH))
    reader = _Reader(_tokens(text), cell)
    read = reader.either()
    if reader.rest:
        raise InputError(_("{text!r} was not expected there.").format(text=cut(reader.rest[0].text)))
    return Expression(text.strip(), read.type, read.run)


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if found is None:
            raise InputError(_("{text!r} is no part of an expression.").format(text=cut(text[at:].strip()[:20])))
        kind = str(found.lastgroup)
        tokens.append(_Token(kind, found[kind]))
        at = found.end()
    return tokens


class _Reader:
    """Reads tokens, the operators that bind least first."""

    def __init__(self, tokens: list[_Token], cell: Cell) -> None:
        self.rest, self._cell, self._depth = tokens, cell, 0

    def _next_is(self, *texts: str) -> bool:
        return bool(self.rest) and self.rest[0].kind in {"sign", "name"} and self.rest[0].text in texts

    def _take(self) -> _Token:
        if not self.rest:
            raise InputError(_("the expression ends too early."))
        return self.rest.pop(0)

    def _expect(self, sign: str) -> None:
        if not self._next_is(sign):
            found = self.rest[0].text if self.rest else _("the end")
            raise InputError(_("{sign} was expected, not {found}.").format(sign=sign, found=cut(found)))
        self._take()

    def either(self) -> Typed:
        """``or``."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise InputError(_("there are more than {most} brackets in brackets.").format(most=MAX_DEPTH))
        left = self._both()
        while self._next_is("or"):
            self._take()
            left = joined(left, self._both(), lambda one, other: bool(one) or bool(other))
        self._depth -= 1
        return left

    def _both(self) -> Typed:
        left = self._negated()
        while self._next_is("and"):
            self._take()
            left = joined(left, self._negated(), lambda one, other: bool(one) and bool(other))
        return left

    def _negated(self) -> Typed:
        odd = False
        while self._next_is("not"):
            self._take()
            odd = not odd
        negated = self._comparison()
        if not odd:
            return negated
        need(negated, Type.TRUTH)
        return Typed(Type.TRUTH, lambda here: not negated.run(here))

    def _comparison(self) -> Typed:
        left = self._sum()
        if not self._next_is("==", "!=", *COMPARED):
            return left
        sign, right = self._take().text, self._sum()
        if sign in COMPARED:
            need(left, Type.NUMBER)
            need(right, Type.NUMBER)
            compared = COMPARED[sign]
            return Typed(Type.TRUTH, lambda here: compared(left.run(here), right.run(here)))
        need(right, left.type)
        wanted = sign == "=="
        return Typed(Type.TRUTH, lambda here: is_equal(left.run(here), right.run(here)) is wanted)

    def _sum(self) -> Typed:
        left = self._product()
        while self._next_is("+", "-"):
            left = calculated(self._take().text, left, self._product())
        return left

    def _product(self) -> Typed:
        left = self._signed()
        while self._next_is("*", "/"):
            left = calculated(self._take().text, left, self._signed())
        return left

    def _signed(self) -> Typed:
        odd = False
        while self._next_is("-"):
            self._take()
            odd = not odd
        value = self._value()
        return calculated("*", Typed(Type.NUMBER, lambda _here: -1.0), value) if odd else value

    def _value(self) -> Typed:
        token = self._take()
        if token.kind == "number":
            number = float(token.text)
            return Typed(Type.NUMBER, lambda _here: number)
        if token.kind == "text":
            return Typed(Type.TEXT, lambda _here: token.text)
        if token.kind == "name":
            return self._named(token.text)
        if token.text == "(":
            inside = self.either()
            self._expect(")")
            return inside
        if token.text == "[":
            parts = self._list("]")
            for part in parts:
                need(part, Type.NUMBER)
            return Typed(Type.NUMBERS, lambda here: Vector(np.array([part.run(here) for part in parts], float)))
        raise InputError(_("{text!r} was not expected there.").format(text=token.text))

    def _list(self, end: str) -> list[Typed]:
        """Expressions with commas between, at least one, up to a closing bracket."""
        parts = [self.either()]
        while self._next_is(","):
            self._take()
            parts.append(self.either())
        self._expect(end)
        return parts

    def _named(self, name: str) -> Typed:
        if name in {"true", "false"}:
            return Typed(Type.TRUTH, lambda _here: name == "true")
        arguments: list[Typed] = []
        if called := self._next_is("("):
            self._take()
            arguments = self._list(")")
        if not called and (name in self._cell.sizes or name == PROBABILITIES):
            return Typed(Type.NUMBERS, lambda here: here.quantity(name))
        matrices = {name_of_matrix(matrix): matrix for matrix in self._cell.matrices}
        if not called and name in matrices:
            return Typed(Type.MATRIX, lambda here: here.matrix(matrices[name]))
        known = [*FUNCTIONS, *self._cell.sizes, *matrices]
        if name not in FUNCTIONS:
            sentence = _("{name!r} is no name of a value here.")
            raise InputError(sentence.format(name=cut(name)) + suggestion(name, known))
        return _called(name, FUNCTIONS[name], arguments)


def _called(name: str, overloads: Sequence[Function], arguments: list[Typed]) -> Typed:
    given = [argument.type for argument in arguments]
    function = next((one for one in overloads if one.takes(given)), None)
    if function is None:
        sentence = _("{name} needs {wanted}, and is given {given}.")
        types = ", ".join(_(one) for one in given) or _("nothing")
        raise InputError(sentence.format(name=name, wanted=overloads[0].wanted(), given=types))
    call, result = function.call, function.result
    return Typed(result, lambda here: call(here, *(argument.run(here) for argument in arguments)))
