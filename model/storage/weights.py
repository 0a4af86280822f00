"""Weight files, JSON and .npz."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NoReturn

import numpy as np

from model.arrays import Array
from model.language import _
from model.network.activations import activation_named
from model.network.cell import Cell
from model.network.cells import BIASED, CELLS
from model.network.names import NETWORKS, network_named
from model.network.network import Network
from model.network.origins import BY_HAND, EDITED, FROM_A_FILE, UPDATED, after_updates, made_as
from model.network.parameters import Parameters
from model.network.schedule import Feedback
from model.roommate.naming import (
    cut,
)
from model.roommate.parsing import listed
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.storage.archive import json_of, pack, parse_json, unpack
from model.storage.atomic import write_atomically
from model.storage.files import MAX_BYTES, file_errors, need_ending, read
from model.storage.provenance import MEMORY, memory_in, provenance_in, provenance_written
from model.storage.roommates import roommate_in
from model.storage.weight_shapes import misfit
from model.training.config import TrainingConfig
from model.training.provenance import UNKNOWN, Provenance
from model.training.setting_bounds import MAX_UPDATES
from model.training.setting_texts import as_settings, from_file

FORMAT = "roommate-weights"
VERSION = 1

IN_FILES = tuple(sorted({name for cell in (*CELLS.values(), *BIASED.values()) for name in cell.matrices}))
"""The members of a file that are matrices; further ones do not matter."""

ARRAYS = (*IN_FILES, *MEMORY)
"""The members that are numbers."""

KEPT = (BY_HAND, EDITED, UPDATED)
"""The origins that a file tells of weights that no training has made; with them whether the units stand in blocks."""

DIGITS = 22
"""Bytes that a number of a JSON file takes at the most, the comma among them."""


WEIGHTS_ENDINGS = (".json", ".npz")
"""What the name of a file of weights may end in; without an ending it is JSON."""


@dataclass(frozen=True, eq=False)
class SavedWeights:
    """Weights with all that is needed to use them and to learn them again.

    Attributes:
        roommate: Whose rule they were to learn.
        network: The weights and the non-linearity.
        made: What made them; nothing for weights set by hand.
    """

    roommate: Roommate
    network: Network
    made: Provenance = UNKNOWN

    @property
    def config(self) -> TrainingConfig | None:
        """The settings that they were last learned with; None for weights set by hand."""
        return self.made.config

    @property
    def updates(self) -> int:
        """The updates they took."""
        return self.made.updates


def save_weights(path: Path, saved: SavedWeights, *, overwrite: bool = False) -> None:
    """Write weights as JSON, or as ``.npz`` where the name ends so.

    Raises:
        FileError: The name ends otherwise, it exists and must not be overwritten, or it cannot be written.
    """
    write_atomically(path, weights_bytes(path, saved), overwrite=overwrite)


def weights_bytes(path: Path, saved: SavedWeights) -> bytes:
    """Weights as the bytes of a file of a name.

    Raises:
        FileError: The name ends in neither of `WEIGHTS_ENDINGS`.
    """
    if need_ending(path, WEIGHTS_ENDINGS) == ".npz":
        return pack(*described(saved, MAX_BYTES // 8))
    return weights_json(saved).encode()


def weights_json(saved: SavedWeights) -> str:
    """Weights as the text of their JSON file."""
    about, matrices = described(saved, MAX_BYTES // DIGITS)
    lists = {name: matrix.tolist() for name, matrix in matrices.items()}
    return json_of({**about, **lists}) + "\n"


def described(saved: SavedWeights, most: int) -> tuple[dict[str, object], dict[str, Array]]:
    """What is written of weights: all about them, and the arrays by name.

    Args:
        saved: The weights.
        most: The numbers that a file may have: where there are more, the optimizer's memory is left out.
    """
    weights, made = saved.network.parameters, saved.made
    about: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "roommate": asdict(saved.roommate),
        "network": saved.network.cell.name,
        "activation": saved.network.activation.name,
        "seed": made.config.seed if made.config else None,
        "updates": made.updates,
        "settings": as_settings(made.config) if made.config else None,
    }
    if saved.network.cell.remembers:
        about["start"] = "zero" if saved.network.zero_start else "one-hot"
    if made_as(saved.network.origin) in KEPT:
        about |= {"origin": made_as(saved.network.origin), "blocks": saved.network.blocks}
    if made.stretches:
        about |= provenance_written(made, saved.roommate)
    arrays = dict(weights.matrices)
    memory = made.memory
    if memory is not None and 3 * memory.first.size <= most:
        about["optimizer"] = {"name": made.optimizer, "updates": memory.count}
        arrays |= dict(zip(MEMORY, (memory.first, memory.second), strict=True))
    return about, arrays


def load_weights(path: Path) -> SavedWeights:
    """Read what `save_weights` has written.

    Raises:
        FileError: It cannot be read, or is not such a file; the sentence names it and its fault.
    """
    with file_errors(path) as blame:
        data = read(path)
        document = unpack(data, ARRAYS, blame) if data[:2] == b"PK" else parse_json(data, blame)
        return weights_in(document, blame)


def weights_in(document: Mapping[str, object], blame: Callable[[str], NoReturn]) -> SavedWeights:
    """The weights that a document holds; the other way round of `described`.

    Args:
        document: What a file says, and its arrays.
        blame: What says that it is bad.
    """
    if document.get("format") != FORMAT:
        blame(_('it is not a file of weights: "format" should be "{wanted}"').format(wanted=FORMAT))
    if document.get("version") != VERSION:
        blame(
            _("it has version {version}, and this program reads version {ours}").format(
                version=cut(repr(document.get("version"))), ours=VERSION
            )
        )
    cell = _cell_in(document, blame)
    about = document.get("roommate")
    roommate = roommate_in(about, blame) if isinstance(about, dict) else PERFECT_ROOMMATE
    matrices = {name: _matrix(document, name, blame) for name in cell.matrices}
    if fault := misfit(matrices, cell, len(roommate.dishes), len(roommate.weathers)):
        blame(fault)
    parameters = Parameters(cell, matrices)
    zero = cell.remembers and document.get("start") == "zero"
    if cell.remembers and not zero and parameters.hidden < len(roommate.states):
        blame(
            _("it has {hidden} hidden units, fewer than the {states} states of its roommate").format(
                hidden=parameters.hidden, states=len(roommate.states)
            )
        )
    name, settings, updates = document.get("activation"), document.get("settings"), document.get("updates", 0)
    if not isinstance(name, str):
        blame(_('it does not name its non-linearity under "activation"'))
    if not isinstance(updates, int) or isinstance(updates, bool) or not 0 <= updates <= MAX_UPDATES:
        blame(_('"updates" should be a whole number of at most {most:,}').format(most=MAX_UPDATES))
    config = from_file(settings) if isinstance(settings, dict) else None
    origin = after_updates(updates) if config else _origin_in(document, roommate, parameters)
    feedback = Feedback(config.feedback) if config else Feedback.HARD
    blocks = origin in KEPT and document.get("blocks") is True
    network = Network(
        parameters, activation_named(name), origin, blocks=blocks, trained_with=feedback, zero_start=zero
    )
    made = provenance_in(document, config, updates, roommate, blame)
    return SavedWeights(roommate, network, replace(made, **memory_in(document, parameters.flat.size, blame)))


def _origin_in(document: Mapping[str, object], roommate: Roommate, parameters: Parameters) -> str:
    """Where weights come from that no training has made; "set by hand" is believed only where they are."""
    origin = document.get("origin")
    if origin not in KEPT:
        return FROM_A_FILE
    if origin == BY_HAND:
        by_hand = Network.by_hand(roommate, parameters.cell).parameters
        if by_hand.sizes != parameters.sizes or not np.array_equal(by_hand.flat, parameters.flat):
            return FROM_A_FILE
    return str(origin)


def _cell_in(document: Mapping[str, object], blame: Callable[[str], NoReturn]) -> Cell:
    """The architecture that a file is for: the lecture's where it does not say."""
    name = document.get("network", "both")
    known = network_named(name) if isinstance(name, str) else None
    if known is None:
        blame(
            _('"network" should be {networks}, and is {name}').format(
                networks=listed(NETWORKS, "or"), name=cut(repr(name))
            )
        )
    return BIASED[known] if known in BIASED and "output_bias" in document else CELLS[known]


def _matrix(document: Mapping[str, object], name: str, blame: Callable[[str], NoReturn]) -> Array:
    try:
        value = document[name]
        if isinstance(value, list) and not all(
            isinstance(row, list) and all(type(entry) in (int, float) for entry in row) for row in value
        ):
            blame(_('"{name}" should be a list of rows of numbers').format(name=name))
        matrix = np.array(value, dtype=np.float64)
    except KeyError:
        blame(_('"{name}" is missing').format(name=name))
    except OverflowError:
        blame(_('"{name}" has a number that is larger than any float64').format(name=name))
    except (ValueError, TypeError):
        blame(_('the rows of "{name}" are not numbers, or not of one length').format(name=name))
    if matrix.ndim != 2 or matrix.size == 0:
        blame(_('"{name}" should be a matrix').format(name=name))
    if not np.isfinite(matrix).all():
        row, column = np.argwhere(~np.isfinite(matrix))[0]
        blame(
            _('"{name}" has a number that is not finite in row {row}, column {column}').format(
                name=name, row=row + 1, column=column + 1
            )
        )
    return matrix
