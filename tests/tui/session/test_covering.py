"""What a page of the course covers while it asks: over all pages, nothing that is covered can be seen."""

import re

import pytest
from textual.geometry import Size

from model.course.page import Page
from tests.tui.session.test_course import session_of
from tui.rendering.network_block import lines_needed, network_block
from tui.rendering.network_parts import can_place
from tui.rendering.network_places import places
from tui.rendering.product_panel import product_lines
from tui.rendering.week_chain import week_chain
from tui.screens.course import room_for_page
from tui.screens.layout import Room
from tui.session.commands import course as commands
from tui.session.course import course_of
from tui.session.covering import STEP
from tui.text.course import own_course
from tui.text.glyphs import UNICODE

ASKED = [page for page in own_course().pages if page.question is not None and page.question.right is not None]

ONLY_WORDS = {"1.4", "2.2", "2.3", "2.4", "3.7", "3.8", "4.1", "5.3", "6.1", "6.3", "6.7", "8.6"}
"""The pages whose answer is counted or read off what is in sight: nothing but the words is covered."""


@pytest.mark.parametrize("page", ASKED, ids=lambda page: page.name)
def test_what_is_covered_is_not_in_what_is_drawn(page: Page) -> None:
    session = session_of()
    commands.open_course(session, page.name)
    shown, covered = course_of(session).screen(session)
    assert "narration" in covered
    assert shown.situation == session.simulation.situation
    if page.name in ONLY_WORDS:
        assert covered == {"narration"}
        return
    assert covered > {"narration"}
    assert page.place is not None
    assert shown.asked is (STEP in covered and not page.place.revealed)
    if not shown.asked:
        return
    assert all(not step.result.value.any() for step in shown.steps[shown.step :])
    assert len(shown.taken) == shown.step
    drawn = product_lines(shown, UNICODE, 116, 30)
    size = shown.current_step.result.value.size
    assert "".join(text.plain for text in drawn).count(UNICODE.unknown) > min(size, 3)
    made = {step.result.symbol for step in shown.steps[shown.step :]}
    if can_place(shown.situation.cell):
        seen = places(shown)
        weights = [slot.name for slot in seen.slots if slot.columns is not None and not slot.gradient]  # from before
        assert not any(slot.known for slot in seen.slots if slot.name in made and slot.name not in weights)
        assert not any(row.known for row in seen.rows if row.name in made)
    if not shown.backward:
        assert not any(map(shown.is_cooked, range(shown.day, shown.days)))
        chain = "\n".join(text.plain for text in week_chain(shown, UNICODE, 116, apart=True))
        assert UNICODE.unknown in chain


def test_an_answer_or_none_uncovers_everything() -> None:
    session = session_of()
    for page in ASKED:
        commands.open_course(session, page.name)
        commands.show_me(session)
        shown, covered = course_of(session).screen(session)
        assert not covered
        assert not shown.asked
        assert shown.revealed == session.simulation.revealed


def test_what_a_page_points_at_is_lit_in_the_network() -> None:
    session = session_of()
    commands.open_course(session, "4.5")
    shown, _covered = course_of(session).screen(session)
    seen = places(shown)
    assert [slot.key for slot in seen.slots if slot.highlighted] == ["merge"]
    assert (seen.unit, seen.output) == (4, 1)


POINTING = [page for page in own_course().pages if page.lit is not None]


@pytest.mark.parametrize("page", POINTING, ids=lambda page: page.name)
def test_what_a_page_points_at_is_in_sight_beside_it_on_a_small_screen(page: Page) -> None:
    session = session_of()
    commands.open_course(session, page.name)
    shown, _covered = course_of(session).screen(session)
    size = Size(80, 24)
    left, lines = room_for_page(size).from_(size), lines_needed(shown)
    room = Room(left, learning=shown.situation.trains, lines=lines[0], more=lines[1])
    assert room.network
    block = network_block(shown, UNICODE, left.width, room.height - 1)
    assert block is not None
    text = "\n".join(line.plain for line in block.lines)
    named = shown.lit or shown.current_step.result
    seen = places(shown)
    rows = {row.name for row in seen.rows}
    if not can_place(shown.situation.cell):
        assert any("reverse" in str(span.style) for span in block.lines[0].spans) == (shown.lit is not None), text
    elif named.symbol in rows:
        assert re.search(rf"(\W|^){named.symbol} ", block.lines[-1].plain), text
    elif any(slot.pointed for slot in seen.slots):
        assert any("reverse" in str(span.style) for span in block.lines[1].spans), text
    else:
        assert "┏" in text
    if page.name.startswith("3."):
        assert re.search(r"\bf\b.*\bg\b.*\bz\b.*\ba\b", text)
