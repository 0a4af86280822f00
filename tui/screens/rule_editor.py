"""The page on which a roommate's rule is edited: a table of yesterday and weather, a dish chosen for each case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from model.errors import InputError
from model.language import N_, _
from model.roommate.editing import What, enlarged, rename, with_case
from model.roommate.naming import MAX_DISHES, MAX_WEATHERS, typed_name
from model.roommate.roommate import Roommate
from model.roommate.scenario import Scenario
from model.roommate.titles import roommate_title
from model.steps.axes import dish_axis, weather_axis
from model.storage.scenarios import SCENARIO_ENDINGS, save_scenario, to_toml
from tui.rendering.block import Block, beside, filled, line
from tui.screens.dialog import Box, BoxScreen
from tui.screens.file_dialogs import named_with, save_as
from tui.screens.questions import AskScreen
from tui.session.kiosk import refusal
from tui.text.glyphs import Glyphs
from tui.text.window import around

KEYS = N_(
    "arrows move · space or 1-9 another dish · Enter uses it · Esc leaves it · S saves a file\n"
    "n renames the dish, w the weather, N the roommate · + a dish more, W a weather more"
)
KEYS_OF_KIOSK = N_(
    "arrows move · space or 1-9 another dish · Enter uses it · Esc leaves it\n"
    "n renames the dish, w the weather, N the roommate · + a dish more, W a weather more"
)

MAX_ROWS = 12
"""Of a larger table the rows around the cursor are shown, and as many columns as fit."""

AROUND, AIRY = 2, 8
"""Lines of the table beside those rows, and those that everything takes where there is air between the parts."""


def _title(roommate: Roommate) -> str:
    """What the frame says; brackets in a name are letters, not markup, which could ask for any action."""
    return line(_("The rule of the {roommate}").format(roommate=roommate_title(roommate.name))).markup


class RuleScreen(BoxScreen[tuple[Roommate, str] | None]):
    """Changes the transition table; gives the roommate and the file it is saved in, or None when left.

    Args:
        scenario: Whose rule; the week and the start go into a saved file.
        glyphs: Characters to draw with.
        kiosk: Whether nothing may be saved.
    """

    BINDINGS = [
        Binding("escape,q", "dismiss(None)", "leave"),
        Binding("left,h", "move(0,-1)", "left"),
        Binding("right,l", "move(0,1)", "right"),
        Binding("up,k", "move(-1,0)", "up"),
        Binding("down,j", "move(1,0)", "down"),
        Binding("space", "cycle", "another dish"),
        Binding("enter", "use", "use it"),
        Binding("S", "save", "save"),
        Binding("n", "rename('dishes')", "rename the dish"),
        Binding("w", "rename('weathers')", "rename the weather"),
        Binding("N", "rename_roommate", "rename the roommate"),
        Binding("plus", "add('dishes')", "a dish more"),
        Binding("W", "add('weathers')", "a weather more"),
        *(Binding(str(digit), f"choose({digit})", "dish") for digit in range(1, 10)),
    ]

    def __init__(self, scenario: Scenario, glyphs: Glyphs, *, kiosk: bool = False) -> None:
        super().__init__()
        self._scenario, self._glyphs, self._kiosk = scenario, glyphs, kiosk
        self._yesterday = self._weather = 0
        self._saved: tuple[Roommate, str] | None = None

    @property
    def _roommate(self) -> Roommate:
        return self._scenario.roommate

    def compose(self) -> ComposeResult:
        """The table and the keys."""
        box = Box(classes="box", id="rule-table")
        box.border_title, box.border_subtitle = _title(self._roommate), _("Esc leaves")
        with box:
            yield Static(id="table", markup=False)
            keys = _(KEYS_OF_KIOSK if self._kiosk else KEYS)
            yield Static(self._glyphs.text(keys), id="hint", markup=False)

    def on_resize(self) -> None:
        """Draw for the width, too."""
        self.call_after_refresh(self._draw)

    def placed(self) -> None:
        """Draw for the lines that there are."""
        self._draw()

    def _draw(self) -> None:
        table = self.query_one("#table", Static)
        width, rows = max(table.size.width, 20), min(len(self._roommate.dishes), MAX_ROWS)
        airy = self.lines >= rows + AIRY
        table.update(self.table(width, max(self.lines - (AIRY if airy else AROUND), 3), airy=airy))

    def table(self, width: int, height: int = MAX_ROWS, *, airy: bool = True) -> Content:
        """The cases around the cursor, and the one under it in words.

        Args:
            width: The cells there are.
            height: The rows that there is room for.
            airy: Whether there is room for blank lines.
        """
        roommate, glyphs = self._roommate, self._glyphs
        dishes, weathers = dish_axis(roommate), weather_axis(roommate)
        n, k = len(roommate.dishes), len(roommate.weathers)
        rows = range(n)[around(self._yesterday, min(MAX_ROWS, height, n), n)]
        widest = max(
            cell_len(glyphs.labelled(axis, row)) for axis in (dishes, weathers) for row in range(len(axis.labels))
        )
        fitting = max((width - widest) // (widest + 4), 1)
        columns = range(k)[around(self._weather, min(fitting, k), k)]
        names = [line((glyphs.labelled(dishes, row), "$yesterday")) for row in rows]
        blocks = [Block.of([line((_("yesterday"), "$muted")), *names])]
        for weather in columns:
            cells = [line((f" {glyphs.labelled(weathers, weather)}", "$weather"))]
            for row in rows:
                here = (row, weather) == (self._yesterday, self._weather)
                name = glyphs.labelled(dishes, roommate.next_dish[weather][row])
                cells.append(line((f" {name} ", "reverse bold" if here else "$today")))
            blocks.append(Block.of(cells))
        dish = roommate.next_dish[self._weather][self._yesterday]
        case = line(
            *filled(
                _("After {before}, when it is {weather}: {dish}  {which}"),
                before=(glyphs.labelled(dishes, self._yesterday), "$yesterday bold"),
                weather=(glyphs.labelled(weathers, self._weather), "$weather bold"),
                dish=(glyphs.labelled(dishes, dish), "$today bold"),
                which=(_("({number} of {count})").format(number=dish + 1, count=n), "$muted"),
            )
        )
        air = [line("")] if airy else []
        return Content("\n").join([*beside(blocks, gap=2).lines, *air, case, *air])

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor to another case."""
        self._yesterday = (self._yesterday + down) % len(self._roommate.dishes)
        self._weather = (self._weather + right) % len(self._roommate.weathers)
        self._draw()

    def action_cycle(self) -> None:
        """Choose the next dish of the list for the case."""
        self._set((self._roommate.next_dish[self._weather][self._yesterday] + 1) % len(self._roommate.dishes))

    def action_choose(self, number: int) -> None:
        """Choose a dish by its number for the case."""
        if number <= len(self._roommate.dishes):
            self._set(number - 1)

    def _set(self, dish: int) -> None:
        self._take(with_case(self._roommate, self._weather, self._yesterday, dish))

    def _take(self, roommate: Roommate) -> None:
        self._scenario = replace(self._scenario, roommate=roommate)
        self.query_one("#rule-table").border_title = _title(roommate)
        self._draw()

    # Names

    def action_rename(self, what: What) -> None:
        """Rename the dish of the row, or the weather of the column; it loses its picture."""
        at = self._yesterday if what == "dishes" else self._weather
        names = getattr(self._roommate, what)
        question = _("What is {name} to be called?").format(name=names[at])
        self._ask(question, names[at], lambda name: rename(self._roommate, what, at, name))

    def action_rename_roommate(self) -> None:
        """Rename the roommate."""
        self._ask(
            _("What is the roommate called?"),
            self._roommate.name,
            lambda name: replace(self._roommate, name=typed_name(name, (), commas=True)),
        )

    def action_add(self, what: What) -> None:
        """Add a dish or a weather."""
        dishes = what == "dishes"
        if len(getattr(self._roommate, what)) >= (MAX_DISHES if dishes else MAX_WEATHERS):
            full = _("There is no room for another dish.") if dishes else _("There is no room for another weather.")
            self.notify(full, timeout=3)
            return
        question = _("What is the new dish called?") if dishes else _("What is the new weather called?")
        self._ask(question, "", lambda name: enlarged(self._roommate, what, name))

    def _ask(self, question: str, first: str, make: Callable[[str], Roommate]) -> None:
        """Ask for a name, and take the roommate that it makes; a name that will not do is told in the question."""

        def check(text: str) -> str:
            try:
                to_toml(replace(self._scenario, roommate=make(text.strip())))
            except InputError as error:
                return _("another name. {error}").format(error=error)
            return ""

        def answered(text: str | None) -> None:
            if text is not None:
                self._take(make(text))

        self.app.push_screen(AskScreen(question, first, check), answered)

    def action_use(self) -> None:
        """Close the editor with the roommate who has this rule."""
        saved = self._saved is not None and self._saved[0] == self._roommate
        self.dismiss(self._saved if saved else (self._roommate, ""))

    def action_save(self) -> None:
        """Ask for a file and write the scenario."""
        if self._kiosk:
            self.notify(refusal(), severity="warning", timeout=6)
            return

        def write(path: Path, over: bool) -> None:
            save_scenario(path, self._scenario, overwrite=over)
            self._saved = self._roommate, str(path)

        save_as(self, _("Save the scenario as"), "roommate.toml", write, named_with(SCENARIO_ENDINGS))
