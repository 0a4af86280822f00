"""Words on the edge of a frame: the same cells in the same styles as Textual paints them."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.content import Content

from tests.tui.screen import strips
from tui.terminal.kept_lines import KeptLines

WORDS = (
    Content(""),
    Content("words"),
    Content.assemble("plain ", ("bold", "bold"), " ", ("red", "#ff0000"), (" lit ", "on #333333")),
    Content("日本 wide"),
    Content("more words than there is room for on any edge of a frame, which is cut"),
)

STYLES = (
    "border: round red;",
    "border: round red; border-title-color: green; border-subtitle-color: blue; background: #102030;",
    "border-top: solid red; border-title-color: green;",
    "border: round red; border-title-align: right; border-subtitle-align: left; padding: 1 2;",
    "border: round red 50%; border-title-color: auto 60%; border-title-style: italic; border-title-background: blue;",
    "border: heavy red; border-title-align: center;",
    "border: panel red; border-title-color: green;",
)


class Framed(KeptLines):
    """Something in a frame."""


class Page(App[None]):
    """Nothing but that."""

    def compose(self) -> ComposeResult:
        yield Framed()


def cells(app: App[None]) -> list[list[tuple[str, object]]]:
    return [[(letter, style) for text, style, _ in strip for letter in text] for strip in strips(app)]


@pytest.mark.parametrize("style", STYLES)
async def test_words_on_an_edge_are_painted_as_textual_would(style: str) -> None:
    app = Page()
    app.stylesheet.add_source(f"Framed {{ height: 1fr; {style} }}")
    async with app.run_test(size=(40, 8)) as pilot:
        framed = app.query_one(Framed)
        for above in WORDS:
            below = WORDS[-1 - WORDS.index(above)]
            framed.name_frame(above=above, below=below)
            app.screen.check_idle()
            await pilot.pause()
            by_us = cells(app)
            framed.refresh()  # all of it is left to Textual
            await pilot.pause()
            assert by_us == cells(app)
