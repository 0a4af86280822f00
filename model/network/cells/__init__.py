"""Every architecture by its name; a new one is one line here."""

from __future__ import annotations

from model.errors import InputError
from model.network.cell import Cell
from model.network.cells.elman import ELMAN
from model.network.cells.gru import GRU
from model.network.cells.lecture import BOTH, WEATHER, YESTERDAY
from model.network.cells.lstm import LSTM
from model.network.names import network_named

CELLS: dict[str, Cell] = {cell.name: cell for cell in (WEATHER, YESTERDAY, BOTH, ELMAN, GRU, LSTM)}


def cell_named(word: str) -> Cell:
    """The architecture of a name, today's or an older one.

    Raises:
        InputError: There is none of that name.
    """
    name = network_named(word)
    if name is None:
        raise InputError(f"{word!r} is not a network.")
    return CELLS[name]
