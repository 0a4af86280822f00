"""What is made of what goes into a day, on the way to its hidden units."""

from __future__ import annotations

from rich.cells import cell_len

from model.language import _
from model.network.cell import LOGITS, Cell
from model.network.operations import Product
from tui.rendering.block import Part, line
from tui.text.glyphs import Glyphs


def goes_in(cell: Cell, glyphs: Glyphs, room: int) -> list[Part]:
    """The products that lead to the hidden units, or to the logits where there are none, as far as there is room.

    Args:
        cell: The architecture.
        glyphs: Characters to draw with.
        room: The cells there are.
    """
    size = cell.sizes[cell.hidden or LOGITS]
    products = [o for o in cell.operations if isinstance(o, Product) and cell.sizes[o.out] is size]
    for full in range(len(products), -1, -1):  # so many matrices have their whole names
        parts: list[Part] = []
        for at, product in enumerate(products):
            style = "$food" if product.x in cell.hands_on else "$weather"
            name = product.label if at < full else product.label[0]
            parts += [*([(" + ", "$muted")] if at else []), (f"{name}{glyphs.times}{product.x}", style)]
        if line(*parts).cell_length <= room:
            return parts
    names = ",".join(dict.fromkeys(product.x for product in products))
    forms = (
        _("{quantities} in {count} products").format(quantities=names, count=len(products)),
        f"{names} {glyphs.heads[0]}",
    )
    return [(next((text for text in forms if cell_len(text) <= room), names), "$muted")]
