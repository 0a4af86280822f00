"""The names of steps and of what takes part in them, in the language in use.

JSON and the headings of the lessons' pages have the names themselves, which are English in every language. A
translation may have a name as a whole; one made of a part and of what is done with it is otherwise put together as
its pattern says. Matrices keep their names, which people type: Food, Merge, Reset memory.
"""

from __future__ import annotations

import re
from functools import cache

from model.language import N_, _
from model.network.cells import BIASED, CELLS
from model.network.operations import title

PATTERNS = (
    (re.compile(r"(.+) gradient"), N_("{part} gradient")),
    (re.compile(r"(.+) total"), N_("{part} total")),
    (re.compile(r"(.+) clip"), N_("{part} clip")),
    (re.compile(r"(.+) optimizer"), N_("{part} optimizer")),
    (re.compile(r"(.+) update"), N_("{part} update")),
    (re.compile(r"(.+) product"), N_("{part} product")),
    (re.compile(r"back through the (.+)"), N_("back through the {part}")),
    (re.compile(r"back through (.+)"), N_("back through {part}")),
    (re.compile(r"back to (.+)"), N_("back to {part}")),
    (re.compile(r"all of (.+)"), N_("all of {part}")),
    (re.compile(r"both days of (.+)"), N_("both days of {part}")),
    (re.compile(r"tomorrow's (.+)"), N_("tomorrow's {part}")),
    (re.compile(r"today's (.+)"), N_("today's {part}")),
    (re.compile(r"yesterday's (.+)"), N_("yesterday's {part}")),
    (re.compile(r"new (.+)"), N_("new {part}")),
    (re.compile(r"(∂\S+) through (?P<by>\S+)"), N_("{part} through {by}")),
    (re.compile(r"(.+), week (?P<week>\d+)"), N_("{part}, week {week}")),
    (re.compile(r"(.+) (?P<week>\d+)"), N_("{part} {week}")),
)
"""How names are made of parts."""

OF_THE_CELLS = (
    N_("add"),
    N_("non-linear"),
    N_("decide"),
    N_("always 1"),
    N_("biased product"),
    N_("sum"),
    N_("hidden"),
    N_("hidden units"),
    N_("remembered"),
    N_("kept"),
    N_("written"),
    N_("cell state"),
    N_("cell state non-linear"),
    N_("old less new"),
    N_("reset add"),
    N_("reset sum"),
    N_("reset gate"),
    N_("reset applied"),
    N_("update add"),
    N_("update sum"),
    N_("update gate"),
    N_("input add"),
    N_("input sum"),
    N_("input gate"),
    N_("forget add"),
    N_("forget sum"),
    N_("forget gate"),
    N_("output add"),
    N_("output sum"),
    N_("output gate"),
    N_("new add"),
    N_("new sum"),
    N_("new value"),
)
"""The names of steps and quantities that the shipped cells give; one that is not here is looked up all the same."""

OF_THE_WALK = (
    N_("today"),
    N_("yesterday"),
    N_("logits"),
    N_("dish"),
    N_("probabilities"),
    N_("really cooked"),
    N_("error"),
    N_("to yesterday"),
    N_("from tomorrow"),
    N_("both errors"),
    N_("both days"),
    N_("back through the units"),
    N_("clipped"),
    N_("step"),
    N_("this"),
    N_("other"),
    N_("difference"),
)
"""The other names of quantities and steps."""

LABELS = (
    N_("Add"),
    N_("Non-linear"),
    N_("Dish"),
    N_("Reset"),
    N_("Hidden"),
    N_("Old − new"),
    N_("Kept"),
    N_("Written"),
    N_("New value"),
    N_("Cell state"),
    N_("Reset gate"),
    N_("Update gate"),
    N_("Input gate"),
    N_("Forget gate"),
    N_("Output gate"),
)
"""What the map calls steps that have no matrix."""

IN_FORMULAS = (
    N_("the sum over the days"),
    N_("of tomorrow"),
    N_("new"),
    N_("dish"),
    N_("where"),
    N_("is largest"),
    N_("else"),
)
"""The words that formulas have beside their signs."""

CASES = (
    (re.compile(r"(\S+) where (\S+) is largest, else (\S+)"), N_("{value} where {x} is largest, else {other}")),
    (re.compile(r"(\S+) where (\S+ [<>] \S+), else (\S+)"), N_("{value} where {x}, else {other}")),
)
"""How formulas tell cases apart."""

_SIGNS = re.compile(r"[∂Σ−]\S*|\w{1,2}|\S*[′ᵀ]|\W+")
"""A name that is a symbol: ∂a, zn, φ′."""

_IN_FORMULAS = re.compile(rf"\b(?:{'|'.join(map(re.escape, IN_FORMULAS))})\b")


@cache
def _matrices() -> frozenset[str]:
    names = {title(name) for cell in (*CELLS.values(), *BIASED.values()) for name in cell.matrices}
    return frozenset(names | {name.lower() for name in names})


def title_of(name: str) -> str:
    """A step or a quantity in words, in the language in use.

    Args:
        name: Its name, as JSON has it.
    """
    name = name.replace("_", " ")  # those of the update begin with a matrix as files call it
    if name.strip("∂Σ−ᵀ′ ") in _matrices() or _SIGNS.fullmatch(name):
        return name
    whole = _(name)
    if whole != name:
        return whole
    made = _made_of(name)
    if made is None:
        return name
    template, part, others = made
    return _(template).format(part=title_of(part), **others)


@cache
def _made_of(name: str) -> tuple[str, str, dict[str, str]] | None:
    """The pattern of a name that is made of a part, the part, and what else is in it."""
    for pattern, template in PATTERNS:
        if match := pattern.fullmatch(name):
            return template, match[1], match.groupdict()
    return None


def formula_of(formula: str) -> str:
    """A formula with its words in the language in use."""
    for pattern, template in CASES:
        if match := pattern.search(formula):
            value, x, other = match.groups()
            cases = _(template).format(value=value, x=x, other=other)
            formula = f"{formula[: match.start()]}{cases}{formula[match.end() :]}"
    return _IN_FORMULAS.sub(lambda match: _(match[0]), formula)
