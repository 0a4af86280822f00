"""What training is told: every setting, checked, as one frozen value."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, cast

from model.errors import InputError
from model.language import _
from model.network.names import FEEDBACKS, OLDER_NAMES, TRAINABLE, TRAINABLE_NETWORKS
from model.roommate.naming import MAX_HIDDEN, cut
from model.roommate.parsing import listed, suggestion
from model.roommate.typed_numbers import decimal_number, whole_number
from model.training.names import INITIALS, LOSS_DAYS, OPTIMIZER_NAMES, STARTS, STOPS, SWITCHES

if TYPE_CHECKING:
    from model.network.cell import Cell
    from model.roommate.diary import Diary

MAX_UPDATES = 1_000_000
"""The longest run: it bounds the memory of a history to some 33 MB."""

MAX_BATCH = 2**16
"""The most days of all weeks of a batch; the batches that are drawn at once take some 130 MB then."""

MAX_NUMBERS = 2**22
"""The most days of a batch times hidden units: some 0.2 GB, and an update ends within the 0.1 s a pause may take."""


@dataclass(frozen=True)
class TrainingConfig:
    """All settings of a training run; the defaults learn the lecture's rule.

    Those that are None by default are what `default_of` says for the network: once made they have a value.

    Attributes:
        seed: Where all random numbers come from.
        optimizer: One of `OPTIMIZER_NAMES`.
        learning_rate: The length of a step, greater than 0.
        activation: One of `TRAINABLE`.
        feedback: "soft", "hard" or "teacher"; the Elman network feeds back its hidden units whatever this says.
        weeks: How many random weeks an update looks at.
        days: How many days such a week has.
        hidden: The number of hidden units; 0: one for each dish (or state, in the Elman network) in each weather.
        initial: How the weights start: one of `INITIALS`.
        scale: How large they start; see `random_weights`.
        biases: "on" or "off": whether the hidden units and the logits have biases.
        start: What the hidden units that are handed on are before the first day: "one-hot", the one with the number
            of the state is 1, or "zero", all are 0. Then nothing tells the state: every random week begins in the
            first, and there may be fewer units than states.
        clip: The greatest norm of a gradient; 0: any.
        freeze: The matrices that training leaves as they are, such as "food,merge"; or "none". The Elman network
            calls its first one memory, and either name holds for either network.
        stop: "learned": all cases and the whole exam (see `Exam`) were right for ``hold`` updates in a row; "loss":
            the loss is below ``loss_below``; "updates": ``updates`` were made.
        hold: For how many updates cases and exam must have been right.
        loss_below: In nats.
        loss_days: "all": the loss counts every day of a week; "last": the last day alone.
        updates: The most updates, whatever else is asked for.
        network: One of `TRAINABLE_NETWORKS`. "both": yesterday's dish is fed back; the others hand on their hidden
            units.

    Raises:
        InputError: A setting is not what it can be; it says which, and what it can be.
    """

    seed: int = 0
    optimizer: str = "adam"
    learning_rate: float = 0.03
    activation: str = cast("str", None)
    feedback: str = "soft"
    weeks: int = 32
    days: int = cast("int", None)
    hidden: int = 0
    initial: str = cast("str", None)
    scale: float = cast("float", None)
    biases: str = cast("str", None)
    start: str = "one-hot"
    clip: float = 0.0
    freeze: str = "none"
    stop: str = "learned"
    hold: int = 50
    loss_below: float = 0.01
    updates: int = 10_000
    network: str = "both"
    loss_days: str = "all"

    def __post_init__(self) -> None:
        object.__setattr__(self, "network", OLDER_NAMES.get(self.network, self.network))
        for name in OF_THE_NETWORK:
            if getattr(self, name) is None:
                object.__setattr__(self, name, default_of(name, self.network, self.initial))
        for name, names in CHOICES.items():
            value = getattr(self, name)
            if value not in names:
                raise InputError(
                    _("{name}: {value} is not one of {names}.").format(
                        name=title(name), value=cut(repr(value)), names=listed(names, "or")
                    )
                    + suggestion(cut(str(value)), names)
                )
        for word in self.frozen:
            matrices = tuple(self.cell.matrices)
            if word not in matrices:
                raise InputError(
                    _(
                        "Freeze: {word!r} is not one of {matrices}; write some of them with commas between, or none."
                    ).format(word=cut(word), matrices=listed(matrices))
                    + suggestion(cut(word), matrices)
                )
        for name, (least, most, strict) in RANGES.items():
            value = getattr(self, name)
            low = value > least if strict else value >= least
            if not (low and value <= most):  # NaN is neither
                sentence = (
                    _("{name}: {value} must be more than {least} and at most {most}.")
                    if strict
                    else _("{name}: {value} must be at least {least} and at most {most}.")
                )
                raise InputError(
                    sentence.format(name=title(name), value=shown(value), least=shown(least), most=shown(most))
                )
        batch, most = self.weeks * self.days, min(MAX_BATCH, MAX_NUMBERS // max(self.hidden, 1))
        if batch > most:
            sentence = (
                _(
                    "weeks: {weeks:,} of {days:,} days are {batch:,} days in a batch, and with {units:,} hidden "
                    "units there can be {most:,}: take fewer or shorter ones."
                )
                if most < MAX_BATCH
                else _(
                    "weeks: {weeks:,} of {days:,} days are {batch:,} days in a batch, and there can be {most:,}: "
                    "take fewer or shorter ones."
                )
            )
            raise InputError(
                sentence.format(weeks=self.weeks, days=self.days, batch=batch, units=self.hidden, most=most)
            )

    @property
    def cell(self) -> Cell:
        """The architecture that is trained."""
        from model.network.cells import BIASED, CELLS  # noqa: PLC0415 - the settings are listed without numpy

        return (BIASED if self.biases == "on" else CELLS)[self.network]

    def for_network(self, network: str) -> TrainingConfig:
        """The same settings for another network.

        What is as this network has it by default is as the other has it; frozen matrices that it has not are left
        out.
        """
        usual = {name: None for name in OF_THE_NETWORK if getattr(self, name) == self._usual(name)}
        other = replace(self, network=network, freeze="none", **cast("dict[str, Any]", usual))
        theirs = other.cell
        kept = [name for name in self.frozen if theirs.matrix_named(name) in theirs.matrices]
        return replace(other, freeze=",".join(kept) or "none")

    def _usual(self, name: str) -> str | float:
        return default_of(name, self.network, self.initial)

    def with_changes(self, changes: Mapping[str, str | int | float]) -> TrainingConfig:
        """The same settings with some others; where the network is among them, see `for_network`."""
        changed = {name: value for name, value in changes.items() if value != getattr(self, name)}
        network = str(changed.get("network", self.network))
        begun = self if network not in TRAINABLE_NETWORKS else self.for_network(network)
        return replace(begun, **cast("dict[str, Any]", changed))

    def with_way_back_of(self, other: TrainingConfig) -> TrainingConfig:
        """These settings, but errors go back and updates are made as with others."""
        changed = {name: getattr(other, name) for name in OF_THE_WAY_BACK if name != "freeze"}
        return replace(self.for_network(other.network), **changed, freeze=other.freeze)

    @property
    def frozen(self) -> tuple[str, ...]:
        """The names of the frozen matrices."""
        words = tuple(word.strip().casefold() for word in self.freeze.split(","))
        return () if words in {("none",), ("",)} else tuple(map(self.cell.matrix_named, words))


OF_THE_NETWORK = ("activation", "days", "initial", "scale", "biases")
"""The settings whose defaults are the network's, in an order in which each can be said."""

BEFORE: dict[str, str | float] = {
    "activation": "tanh",
    "days": 6,
    "initial": "normal",
    "scale": 0.5,
    "biases": "off",
    "start": "one-hot",
}
"""What settings were before they could be written down, or depended on the network; the lecture's to this day."""


def default_of(name: str, network: str, initial: str) -> str | float:
    """The default of a setting of `OF_THE_NETWORK`.

    The lecture's network starts as the lecture has it, without biases. The others, which hand on hidden units, start
    as the field does and as PyTorch, from −1/√h to 1/√h and with biases, and learn from weeks in which a memory that
    drifts is noticed. Elman's keeps best what it remembers with sigmoid, as in his own paper.

    Args:
        name: The setting.
        network: Which network.
        initial: How the weights start, for the scale.
    """
    if name == "scale":
        return 1.0 if initial == "fan-in" else 0.5
    if name == "activation":
        return "sigmoid" if network == "elman" else "tanh"
    if network == "both" or network not in TRAINABLE_NETWORKS:
        return BEFORE[name]
    with_memory: dict[str, str | float] = {"days": 12, "initial": "fan-in", "biases": "on"}
    return with_memory[name]


CHOICES: dict[str, tuple[str, ...]] = {
    "optimizer": OPTIMIZER_NAMES,
    "activation": TRAINABLE,
    "feedback": FEEDBACKS,
    "initial": INITIALS,
    "biases": SWITCHES,
    "start": STARTS,
    "stop": STOPS,
    "loss_days": LOSS_DAYS,
    "network": TRAINABLE_NETWORKS,
}
"""The settings that are one of a few words."""

RANGES: dict[str, tuple[float, float, bool]] = {
    "seed": (0, 2**32 - 1, False),
    "learning_rate": (0, 1e308, True),
    "weeks": (1, 4096, False),
    "days": (1, 365, False),
    "hidden": (0, MAX_HIDDEN, False),
    "scale": (0, 1e3, True),
    "clip": (0, 1e6, False),
    "hold": (1, 100_000, False),
    "loss_below": (0, 1e3, True),
    "updates": (1, MAX_UPDATES, False),
}
"""The settings that are numbers: least, most, and whether the least itself is excluded."""


def for_diary(config: TrainingConfig, diary: Diary) -> TrainingConfig:
    """Settings with which days that were observed can be learned from: weeks as long as they can be, up to theirs.

    A network that remembers more than a table of dishes is not to stop when it follows the table.
    """
    stop = "loss" if config.cell.remembers and config.stop == "learned" else config.stop
    return replace(config, days=min(config.days, diary.longest), stop=stop)


AT_THE_START = frozenset({"seed", "activation", "hidden", "initial", "scale", "biases", "start", "days", "network"})
"""The settings that a run keeps: to change one is to start again."""


OF_THE_WAY_BACK = ("feedback", "optimizer", "learning_rate", "clip", "freeze", "loss_days")
"""The settings that matter in the lessons that do not train."""


def title(name: str) -> str:
    """A setting's name as people read it: ``learning rate``."""
    return name.replace("_", " ")


def shown(value: float) -> str:
    """A setting's value in a sentence, however large."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:g}"
    return text if len(text) <= 24 else f"{text[:24]}…"


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
