"""What training is told: every setting, checked, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from model.errors import InputError
from model.language import _
from model.network.names import OLDER_NAMES, TRAINABLE_NETWORKS
from model.roommate.naming import cut
from model.roommate.parsing import listed, suggestion
from model.training.setting_bounds import (
    CHOICES,
    MAX_BATCH,
    MAX_NUMBERS,
    OF_THE_NETWORK,
    OF_THE_WAY_BACK,
    RANGES,
    default_of,
    shown,
    title,
)

if TYPE_CHECKING:
    from model.network.cell import Cell
    from model.roommate.diary import Diary


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


def for_diary(config: TrainingConfig, diary: Diary) -> TrainingConfig:
    """Settings with which days that were observed can be learned from: weeks as long as they can be, up to theirs.

    A network that remembers more than a table of dishes is not to stop when it follows the table.
    """
    stop = "loss" if config.cell.remembers and config.stop == "learned" else config.stop
    return replace(config, days=min(config.days, diary.longest), stop=stop)
