"""A walk, or one step of it, as JSON."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from model.arrays import Array
from model.export.walk import days_of, json_document, rounded, update_of
from model.foreign_text import json_text
from model.simulation.situation import Situation
from model.steps.step import Operand, Step


def _named(operand: Operand) -> dict[str, object]:
    letters = {} if operand.letters is None else {"letters": operand.letters.tolist()}
    return {"name": operand.name, "value": _plain(operand.value), **letters}


def _plain(value: Array) -> object:
    """Numbers as lists; there is one zero."""
    return (value + 0.0).tolist()


def _step_as_dict(step: Step) -> dict[str, object]:
    return {
        "name": step.name,
        "formula": step.formula,
        "operands": [_named(operand) for operand in step.operands],
        "result": _named(step.result),
    }


def step_as_json(number: int, step: Step) -> str:  # noqa: ARG001 - the steps of a day are a list, which has no numbers
    """One step as JSON, as it stands among a day's ``steps``."""
    return json_text(_step_as_dict(step))


def as_json(situation: Situation, *, backward: bool = False, digits: int | None = None) -> Iterator[str]:
    """``roommate-explain``, version 1: every step of every day with its operands and its result."""
    head: dict[str, object] = {
        "format": "roommate-explain",
        "version": 1,
        "roommate": situation.roommate.name,
        "network": situation.cell.name,
        "start": situation.roommate.dishes[situation.start_dish],
        "weights": situation.network.origin,
        "activation": situation.network.activation.name,
        "feedback": str(situation.week_update.feedback if backward else situation.feedback),
    }
    tail: dict[str, object] = {}
    if backward:
        week_update, config, cases = situation.week_update, situation.config, situation.cases
        head |= {
            "direction": "backward",
            "optimizer": config.optimizer,
            "learning_rate": config.learning_rate,
            "updates_remembered": week_update.memory.count - 1,
            "loss": float(rounded(np.array(week_update.loss), digits)),
            "accuracy": week_update.accuracy,
            "cases": cases.cases,
            "cases_right": cases.count,
            "gradient_norm": float(rounded(np.array(week_update.norm), digits)),
            "reach": _plain(rounded(week_update.reach, digits)),
            "gradients": {
                name: _plain(rounded(gradient, digits)) for name, gradient in week_update.gradients.items()
            },
        }
        tail["update"] = {"steps": [*map(_step_as_dict, update_of(situation, digits).steps)]}
    days = (
        {**section.about, "steps": [*map(_step_as_dict, section.steps)]}
        for section in days_of(situation, backward=backward, digits=digits)
    )
    return json_document(head, "days", days, tail)
