"""An update told as steps: the sum of the days' gradients, clipping, the optimizer, the new weights."""

from __future__ import annotations

import numpy as np

from model.arrays import Array
from model.language import _
from model.numbers import number
from model.roommate.roommate import SHORT_DAY_NAMES, Roommate, day_label
from model.steps.backward import largest_entry
from model.steps.forward import Quantities
from model.steps.step import Operand, Step, StepKind
from model.training.optimizers import OPTIMIZERS, OptimizerState
from model.training.update import Update


@np.errstate(all="ignore")
def update_steps(roommate: Roommate, update: Update) -> tuple[Step, ...]:
    """The steps after the last day: for each matrix the sum of the days, clipping, the optimizer, the new weights.

    A matrix that is wider than high is told transposed, so that three of it fit beside each other.
    """
    of_day = Quantities(roommate, update.network, update.forward, 0)
    steps: list[Step] = []
    for name in update.network.matrices:
        steps += _update_of(name, of_day.matrix(name), update)
    return tuple(steps)


def _update_of(name: str, matrix: Operand, update: Update) -> list[Step]:
    turned, title = matrix.value.shape[0] < matrix.value.shape[1], matrix.name

    def operand(word: str, symbol: str, value: Array, *, mark: bool = False) -> Operand:
        made = Operand(
            word, symbol, value, matrix.role, matrix.rows, matrix.columns, gradient=not symbol.startswith(title)
        )
        return made.transpose(mark=mark) if turned else made

    back = update.back
    of_days = back.matrices[name]
    title, config = matrix.name, update.config
    gradient = operand(f"∂{title}", f"∂{title}", update.part(update.gradient, name), mark=True)
    walked = range(update.days - 1, -1, -1)
    days = tuple(operand(*_day(day, update.days), of_days[day]) for day in walked)
    total = Step(
        f"{name} total",
        f"Σ∂{title}",
        f"{gradient.symbol} = the sum over the days",
        StepKind.SUM,
        days,
        gradient,
        largest_entry(gradient.value),
    )
    steps = [total]
    given = gradient
    frozen = name in config.frozen
    if config.clip and not frozen:
        given = operand("clipped", "g", update.part(update.clipped, name))
        steps.append(_clip_step(name, gradient, given, update))
    change = operand("step", "Δ", update.part(update.step, name))
    steps.append(_optimizer_step(name, given, change, update, turned=turned))
    before = operand(title, title, matrix.value, mark=True)
    after = operand(f"new {title}", title, update.after[name], mark=True)
    steps.append(
        Step(
            f"{name} update",
            title,
            f"{after.name} = {before.symbol} + Δ",
            StepKind.ADD,
            (before, change),
            after,
            largest_entry(change.value),
        )
    )
    return steps


def _day(day: int, days: int) -> tuple[str, str]:
    """A day's name and a short one, with its week where there is more than one."""
    name, short, week = day_label(day), SHORT_DAY_NAMES[day % 7], day // 7 + 1
    return (name, short) if days <= 7 else (f"{short}, week {week}", f"{short} {week}")


def _clip_step(name: str, gradient: Operand, clipped: Operand, update: Update) -> Step:
    most, norm = update.config.clip, update.norm

    def how(entry: int) -> str:
        value = number(gradient.value.flat[entry])
        if norm <= most:
            return _("{value}: all gradients together have length {length}, no more than {most}").format(
                value=value, length=number(norm), most=number(most)
            )
        return _("{value} · {most} / {length}, the length of all gradients together").format(
            value=value, most=number(most), length=number(norm)
        )

    formula = f"g = ∂ · min(1, {number(most)} / ‖∂‖)"
    return Step(
        f"{name} clip", "g", formula, StepKind.APPLY, (gradient,), clipped, largest_entry(clipped.value), "clip", how
    )


def _optimizer_step(name: str, given: Operand, change: Operand, update: Update, *, turned: bool) -> Step:
    config, optimizer = update.config, OPTIMIZERS[update.config.optimizer]
    first, second = (update.part(array, name) for array in (update.memory.first, update.memory.second))
    if turned:
        first, second = first.T, second.T

    def how(entry: int) -> str:
        if name in config.frozen:
            return _("frozen: training leaves it as it is, 0")
        memory = OptimizerState(first.flat[[entry]], second.flat[[entry]], update.memory.count)
        return optimizer.spell(float(given.value.flat[entry]), config.learning_rate, memory)

    formula = f"{optimizer.formula}, η = {number(config.learning_rate)}"
    telling = largest_entry(change.value)
    return Step(f"{name} optimizer", "Δ", formula, StepKind.APPLY, (given,), change, telling, optimizer.name, how)
