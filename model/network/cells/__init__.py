"""Every architecture by its name; a new one is one line here."""

from __future__ import annotations

from model.network.cell import Cell
from model.network.cells.elman import ELMAN, ELMAN_BIASED
from model.network.cells.gru import GRU, GRU_BIASED
from model.network.cells.lecture import BOTH, BOTH_BIASED, WEATHER, YESTERDAY
from model.network.cells.lstm import LSTM, LSTM_BIASED

CELLS: dict[str, Cell] = {cell.name: cell for cell in (WEATHER, YESTERDAY, BOTH, ELMAN, GRU, LSTM)}

BIASED: dict[str, Cell] = {cell.name: cell for cell in (BOTH_BIASED, ELMAN_BIASED, GRU_BIASED, LSTM_BIASED)}
"""The cells with biases, by the same names, as far as they have a trainable form with biases."""
