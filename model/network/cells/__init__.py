"""Every architecture by its name; a new one is one line here."""

from __future__ import annotations

from model.network.cell import Cell
from model.network.cells.elman import ELMAN
from model.network.cells.gru import GRU
from model.network.cells.lecture import BOTH, WEATHER, YESTERDAY
from model.network.cells.lstm import LSTM

CELLS: dict[str, Cell] = {cell.name: cell for cell in (WEATHER, YESTERDAY, BOTH, ELMAN, GRU, LSTM)}
