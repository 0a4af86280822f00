"""The doors of the opening: a card, a line or a few letters for each lesson, with a sketch of what it is about."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from model.language import _
from model.roommate.parsing import listed
from model.steps.axes import dish_axis, weather_axis
from tui.rendering.block import Block, Part, line
from tui.rendering.canvas import Canvas
from tui.text.glyphs import Glyphs
from tui.text.opening import Door, both_case, chain, memory_case, weather_cases

CARD = 23
"""The cells of a card, frame and all."""

CARD_LINES = 11
"""The lines of a card, frame and all."""

SIGNS_END = 30
"""The column behind the signs of a door in a list."""

DISH, WEATHER, LOOP = "$today", "$weather", "$yesterday bold"


def card(door: Door, glyphs: Glyphs, *, first: bool) -> Block:
    """A lesson in a frame.

    Args:
        door: Which.
        glyphs: Characters to draw with.
        first: Whether it is the one to begin with.
    """
    frame = "$accent" if first else "$frame"
    inside = CARD - 4
    about = [text.plain for text in line(door.about[0]).wrap(inside)][:2]
    lines_about = [line(text) for text in (*about, *[""] * (2 - len(about)))]
    body = [*_sketch(door, glyphs, inside), line(""), *lines_about, line((door.size, "$muted"))]
    corners, across, down = (glyphs.lines[sides] for sides in (6, 12, 3, 9)), glyphs.lines[10], glyphs.lines[5]
    left, right, low_left, low_right = corners
    title = f" {door.number} {door.title} "
    rest = max(CARD - 3 - cell_len(title), 0)
    lines = [line((left + across, frame), (title, "bold"), (across * rest + right, frame))]
    for text in (text.truncate(inside) for text in body):
        lines.append(line((f"{down} ", frame), text, " " * (inside - text.cell_length), (f" {down}", frame)))
    lines.append(line((low_left + across * (CARD - 2) + low_right, frame)))
    return Block.of(lines)


def _sketch(door: Door, glyphs: Glyphs, width: int) -> list[Content]:
    """Five lines that show at a glance what the lesson is about."""
    others = _memory if door.lesson.guest else _both
    draw = {1: _weather, 2: _yesterday, 3: _both, 4: _learn, 5: _memory}.get(door.number, others)
    canvas = Canvas(width, 5)
    draw(canvas, door, glyphs)
    return canvas.rows(glyphs)


def _arrow(length: int, glyphs: Glyphs) -> str:
    return glyphs.heavy_horizontal * (length - 1) + glyphs.heads[1]


def _put(canvas: Canvas, x: int, y: int, text: str, style: str) -> int:
    """Text as far as there is room; gives the column behind it and a blank."""
    room = canvas.width - x
    text = text if cell_len(text) <= room else ""
    canvas.write(x, y, text, style)
    return x + cell_len(text) + 1


def _dish(door: Door, dish: int, glyphs: Glyphs) -> str:
    return glyphs.short(dish_axis(door.roommate), dish, 4)


def _sky(door: Door, weather: int, glyphs: Glyphs) -> str:
    return glyphs.short(weather_axis(door.roommate), weather, 4)


def _weather(canvas: Canvas, door: Door, glyphs: Glyphs) -> None:
    for place, (weather, dish) in enumerate(weather_cases(door.roommate)[:3]):
        y = 1 + 2 * place if len(door.roommate.weathers) < 3 else 2 * place
        x = _put(canvas, 2, y, _sky(door, weather, glyphs), WEATHER)
        x = _put(canvas, x, y, _arrow(5, glyphs), WEATHER)
        _put(canvas, x, y, _dish(door, dish, glyphs), DISH)


def _yesterday(canvas: Canvas, door: Door, glyphs: Glyphs) -> None:
    x, ends = 1, []
    for place, dish in enumerate(chain(door.roommate, 3)):
        if place:
            x = _put(canvas, x, 1, _arrow(2, glyphs), "$food")
        ends.append(x)
        x = _put(canvas, x, 1, _dish(door, dish, glyphs), DISH)
    _back(canvas, ends[0], ends[-1], 2, glyphs)


def _back(canvas: Canvas, x_to: int, x_from: int, y: int, glyphs: Glyphs) -> None:
    """The loop: down from one place, and up to another."""
    _top_left, _top_right, low_left, low_right = glyphs.heavy_corners
    canvas.write(x_to, y, glyphs.heads[0], LOOP)
    canvas.write(x_from, y, glyphs.heavy_vertical, LOOP)
    canvas.write(x_to, y + 1, low_left + glyphs.heavy_horizontal * (x_from - x_to - 1) + low_right, LOOP)


def _both(canvas: Canvas, door: Door, glyphs: Glyphs) -> None:
    dish, weather, result = both_case(door.roommate)
    for y, text, style in ((0, _dish(door, dish, glyphs), "$yesterday"), (2, _sky(door, weather, glyphs), WEATHER)):
        x = _put(canvas, 0, y, text, style)
        canvas.across(y, x, 7, style)
    canvas.down(7, 0, 2, "$muted")
    canvas.across(1, 7, 8, "$muted")
    canvas.write(10, 1, "+", "bold")
    _put(canvas, _put(canvas, 12, 1, _arrow(2, glyphs), "$food"), 1, _dish(door, result, glyphs), DISH)
    question = _("{rules}?").format(rules=listed(door.roommate.rules, "or"))
    _put(canvas, 0, 4, glyphs.text(question), "$muted")


def _learn(canvas: Canvas, _door: Door, glyphs: Glyphs) -> None:
    _put(canvas, 1, 0, _("loss"), "$muted")
    x = _put(canvas, 10, 0, glyphs.unknown, "$wrong")
    x = _put(canvas, x, 0, glyphs.arrow, "$muted")
    _put(canvas, x, 0, glyphs.right, "$right")
    curve = ((1, 0, 7), (2, 7, 10), (3, 10, 12), (4, 12, 16))  # no run's: how losses fall
    for y, first, last in curve:
        canvas.across(y, first, last, "$primary")
    for y, _first, last in curve[:-1]:
        canvas.down(last, y, y + 1, "$primary")


def _memory(canvas: Canvas, door: Door, glyphs: Glyphs) -> None:
    weather, dish = memory_case(door.roommate)
    x = _put(canvas, 0, 0, _sky(door, weather, glyphs), WEATHER)
    x = _put(canvas, x, 0, _sky(door, weather, glyphs), WEATHER)
    x = _put(canvas, x, 0, _arrow(3, glyphs), WEATHER)
    _put(canvas, x, 0, _dish(door, dish, glyphs), DISH)
    fitting = (text for text in (_("units"), "h") if 2 * cell_len(text) + 5 <= canvas.width)  # in any language
    units = next(fitting, "")
    x = _put(canvas, 0, 2, units, "$hidden")
    x = _put(canvas, x, 2, _arrow(3, glyphs), "$hidden")
    _put(canvas, x, 2, units, "$hidden")
    _back(canvas, 1, x + cell_len(units) - 2, 3, glyphs)


def listed_door(door: Door, glyphs: Glyphs, room: int) -> Content:
    """A lesson in a line: title, a sketch in signs, and what it is about."""
    sketch = signs(door, glyphs)
    named = line((f"{door.number} ", "$accent bold"), (f"{door.title:<11} ", "bold"), sketch)
    named = line(named, " " * max(SIGNS_END - named.cell_length, 1))
    about = next((text for text in door.about[1:] if named.cell_length + cell_len(text) <= room), "")
    return line(named, about).truncate(room)


def brief_door(door: Door, glyphs: Glyphs, room: int) -> Content:
    """A lesson in a few letters."""
    sketch = signs(door, glyphs)
    gap = " " * max(14 - sketch.cell_length, 1)
    return line((f"{door.number} ", "$accent bold"), sketch, gap, door.about[2]).truncate(room)


def signs(door: Door, glyphs: Glyphs) -> Content:
    """What a lesson is about, in pictures."""
    arrow: Part = (glyphs.arrow, "$muted")
    roommate = door.roommate
    if door.number == 1:
        parts: list[Part] = []
        for weather, dish in weather_cases(roommate)[:2]:
            gap = "  " if parts else ""
            parts += [gap, (_sky(door, weather, glyphs), WEATHER), arrow, (_dish(door, dish, glyphs), DISH)]
        return line(*parts)
    if door.number == 2:
        followed = chain(roommate, 4 if glyphs.icons and roommate.dish_icons else 3)
        parts = [(_dish(door, followed[0], glyphs), "$yesterday")]
        for dish in followed[1:]:
            parts += [arrow, (_dish(door, dish, glyphs), DISH)]
        return line(*parts)
    if door.number == 3:
        dish, weather, result = both_case(roommate)
        sky = (_sky(door, weather, glyphs), WEATHER)
        return line((_dish(door, dish, glyphs), "$yesterday"), "+", sky, arrow, (_dish(door, result, glyphs), DISH))
    if door.number == 4:
        return line((glyphs.unknown, "$wrong"), arrow, (glyphs.right, "$right"))
    weather, dish = memory_case(roommate)
    sky = (_sky(door, weather, glyphs), WEATHER)
    return line(
        sky, "" if roommate.weather_icons and glyphs.icons else " ", sky, arrow, (_dish(door, dish, glyphs), DISH)
    )
