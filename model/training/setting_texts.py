"""Training settings as text and as JSON: parsed, written, and read from files."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from model.errors import InputError
from model.language import _
from model.network.names import TRAINABLE_NETWORKS
from model.roommate.naming import cut
from model.roommate.parsing import suggestion
from model.roommate.typed_numbers import decimal_number, whole_number
from model.training.config import TrainingConfig
from model.training.setting_bounds import (
    BEFORE,
    OF_THE_NETWORK,
    title,
)

if TYPE_CHECKING:
    pass


def parse(name: str, text: str) -> str | int | float:
    """A setting as typed.

    Raises:
        InputError: It is a number, and the text is none.
    """
    kind = next(str(field.type) for field in fields(TrainingConfig) if field.name == name)
    if kind == "str":
        return text.strip()
    value = whole_number(text) if kind == "int" else decimal_number(text)
    if value is None:
        sentence = (
            _("{name}: {text!r} is not a whole number.")
            if kind == "int"
            else _("{name}: {text!r} is not a number such as 0.03.")
        )
        raise InputError(sentence.format(name=title(name), text=cut(text.strip())))
    return value


def parse_settings(text: str) -> dict[str, str | int | float]:
    """Settings as typed in one text: ``optimizer=sgd; learning_rate=0.5``.

    Raises:
        InputError: One of them is no setting, or has no value.
    """
    found: dict[str, str | int | float] = {}
    known = [field.name for field in fields(TrainingConfig)]
    for part in filter(None, map(str.strip, text.split(";"))):
        name, sign, value = part.partition("=")
        name = name.strip().replace("-", "_")
        if name not in known or not sign:
            raise InputError(
                _("{text!r} is not a setting with its value, such as optimizer=sgd.{near}").format(
                    text=cut(part), near=suggestion(cut(name), known)
                )
            )
        found[name] = parse(name, value)
    return found


def written_settings(config: TrainingConfig, names: Iterable[str], usual: TrainingConfig) -> str:
    """Settings as `parse_settings` reads them: those that are not as usual.

    Args:
        config: All settings.
        names: Which of them may be told.
        usual: What goes without saying.
    """
    return "; ".join(
        f"{name}={getattr(config, name)}" for name in names if getattr(config, name) != getattr(usual, name)
    )


def as_settings(config: TrainingConfig) -> dict[str, str | int | float]:
    """All settings by name, for files and for ``--json``.

    One that older programs do not know is told only where it is not what they do.
    """
    settings = asdict(config)
    if config.loss_days == "all":
        del settings["loss_days"]
    return settings


def _as_float(value: object) -> float:
    """A number as a float, infinite where it is larger than any."""
    try:
        return float(value)  # type: ignore[arg-type]
    except OverflowError:
        return math.inf


def default_in_words(name: str) -> str:
    """The default of a setting, or its defaults where it is the network's, as ``--help`` has it."""
    if name not in OF_THE_NETWORK:
        return str(getattr(TrainingConfig(), name))
    values = [(network, str(getattr(TrainingConfig(network=network), name))) for network in TRAINABLE_NETWORKS]
    usual, others = values[0][1], values[1:]
    different = {value for _network, value in others} - {usual}
    if not different:
        return usual
    rest = "|".join(network for network, value in others if value != usual)
    return _("{usual}; {networks}: {values}").format(usual=usual, networks=rest, values="|".join(sorted(different)))


def from_file(settings: Mapping[str, object]) -> TrainingConfig:
    """Settings that a file has; those that it does not know of are as they were when it was written.

    Raises:
        InputError: As for `from_settings`.
    """
    return from_settings({**BEFORE, **settings})


def from_settings(settings: Mapping[str, object]) -> TrainingConfig:
    """Settings by name; those that are missing have their default.

    Raises:
        InputError: A setting is unknown, has a value of the wrong kind, or one that cannot be.
    """
    known = {field.name: str(field.type) for field in fields(TrainingConfig)}
    values: dict[str, object] = {}
    for name, value in settings.items():
        if name not in known:
            raise InputError(
                _("{name!r} is not a setting of training.").format(name=cut(name))
                + suggestion(cut(name), list(known))
            )
        right = {"str": (str,), "int": (int,), "float": (int, float)}[known[name]]
        if isinstance(value, bool) or not isinstance(value, right):
            raise InputError(
                _("{name}: {value} is not a value of the right kind.").format(
                    name=title(name), value=cut(repr(value))
                )
            )
        values[name] = _as_float(value) if known[name] == "float" else value
    return TrainingConfig(**values)  # type: ignore[arg-type]
