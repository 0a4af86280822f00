"""What we lean on that Textual does not promise: an upgrade that takes any of it away fails here, with a list."""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path

from tests.end_to_end.terminal import ROOT
from tests.tui.screen import keys_bound, messages, strips

TERMINAL = ("tui/terminal/input.py", "tui/terminal/driver.py", "tui/terminal/line_compositor.py", "tui/web/driver.py")
"""Where such names may be used."""

NAMES = {
    "textual._xterm_parser": ["XTermParser.feed(data)", "XTermParser.parse_mouse_code(code)"],
    "textual.drivers._byte_stream": ["ByteStream.feed(data)"],
    "textual.drivers.linux_driver": [
        "LinuxDriver._get_terminal_size()",
        "LinuxDriver._run_input_thread()",
        "LinuxDriver.run_input_thread()",
        "LinuxDriver._sigtstp_application(_)",
        "LinuxDriver._sigcont_application(_)",
        "LinuxDriver.start_application_mode()",
        "LinuxDriver.write(data)",
        "LinuxDriver.process_message(message)",
    ],
    "textual.driver": [
        "Driver.send_message(message)",
        "Driver.suspend_application_mode()",
        "Driver.resume_application_mode()",
    ],
    "textual.drivers.web_driver": [
        "WebDriver.run_input_thread()",
        "WebDriver.on_meta(packet_type, payload)",
        "WebDriver._on_meta(packet_type, payload)",
        "WebDriver.start_application_mode()",
        "WebDriver.write(data)",
    ],
    "textual.message_pump": ["MessagePump.call_later(callback, args, kwargs)", "MessagePump.post_message(message)"],
    "textual.widget": [
        "Widget._set_dirty(regions)",
        "Widget._exchange_repaint_regions()",
        "Widget.render_lines(crop)",
        "Widget.render_line(y)",
    ],
    "textual._compositor": [
        "Compositor.update_widgets(widgets)",
        "Compositor.render_partial_update()",
        "CompositorUpdate.render_segments(console)",
    ],
    "textual.strip": ["Strip.render_ansi(style, color_system)", "Strip.render(console)"],
    "textual.screen": ["Screen._on_timer_update()"],
    "textual.events": ["Resize.from_dimensions(cells, pixels)"],
}
"""Methods with the arguments that we know of."""

ATTRIBUTES = {
    "textual._xterm_parser.XTermParser": ["mouse_pixels", "terminal_size", "terminal_pixel_size", "last_x", "last_y"],
    "textual.drivers.linux_driver.LinuxDriver": [
        "_file", "fileno", "exit_event", "attrs_before", "_key_thread", "_writer_thread", "_must_signal_resume",
    ],
    "textual.widget.Widget": [
        "_styles_cache", "_repaint_required", "_layout_required", "_border_title", "_border_subtitle",
    ],
    "textual._styles_cache.StylesCache": ["_cache", "_dirty_lines"],
    "textual.screen.Screen": ["_dirty_widgets", "_compositor"],
    "textual._compositor.Compositor": ["_dirty_regions"],
    "textual.app.App": ["_driver"],
    "rich.console.Console": ["_color_system"],
    "rich.style.Style": ["_ansi"],
    "textual.driver.Driver": ["_app", "_size", "_auto_restart"],
    "textual.drivers.web_driver.WebDriver": ["_write", "_input_reader", "exit_event", "fileno"],
}  # fmt: skip
"""Attributes that are set when such a thing is made."""


def missing_methods() -> list[str]:
    found = []
    for module, methods in NAMES.items():
        for method in methods:
            name, _, arguments = method.partition("(")
            owner, _, attribute = name.partition(".")
            there = getattr(getattr(import_module(module), owner, None), attribute, None)
            if there is None:
                found.append(f"{module}.{method} is gone")
                continue
            known = [one for one in inspect.signature(there).parameters if one not in {"self", "cls"}]
            if known != [one for one in arguments.rstrip(")").split(", ") if one]:
                found.append(f"{module}.{method} takes {known}")
    return found


def missing_attributes() -> list[str]:
    found = []
    for path, names in ATTRIBUTES.items():
        module, _, owner = path.rpartition(".")
        made = inspect.getsource(getattr(import_module(module), owner))
        found += [f"{path}.{name} is gone" for name in names if not re.search(rf"self\.{name}\b[^=\n]*=", made)]
    return found


def test_textual_has_all_that_we_lean_on() -> None:
    assert missing_methods() + missing_attributes() == []


def private_modules(path: Path) -> list[str]:
    """The modules of Textual that a file imports and that have an underscore."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found += [one for one in modules if one.startswith("textual") and "._" in one]
    return found


def test_modules_that_are_not_documented_are_used_in_few_files() -> None:
    used = {str(path.relative_to(ROOT)): private_modules(path) for path in (ROOT / "tui").rglob("*.py")}
    elsewhere = {path: modules for path, modules in used.items() if modules and path not in TERMINAL}
    assert elsewhere == {}
    assert {module for modules in used.values() for module in modules} <= NAMES.keys()


OF_TESTS = {
    "tests/tui/screen.py": {"_compositor", "_background_screens", "_notifications", "_bindings"},
    "tests/tui/app/test_themes.py": {"rich._palettes", "_colors"},
    "tests/boundaries/test_textual.py": {"rich._palettes", "_colors"},
    "tests/tui/screens/test_held_keys.py": {"textual._styles_cache"},
    "tests/tui/screens/test_course.py": {"_border_title", "_compositor"},
    "tests/tui/widgets/test_panel.py": {"textual._compositor"},
    "tests/tui/terminal/test_line_compositor.py": {"textual._compositor", "_compositor"},
    "tests/soak/held.py": {"_character_to_key"},
    "tests/tui/cli/test_help.py": {"_actions", "_option_string_actions", "_SubParsersAction"},
    "tests/tui/cli/test_foreign_text.py": {"_actions", "_SubParsersAction", "_sys"},
    "tests/model/training/test_training.py": {"_checkpoints"},
    "tests/model/network/test_memory_bounds.py": {"_awake"},
}
"""What tests use though it has an underscore: names of Textual, Rich and argparse, and in the core what is kept."""


def underscored(path: Path) -> set[str]:
    """The names with an underscore that a file takes from elsewhere."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") not in {"self", "cls"}:
            found.add(node.attr)
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names} | {node.module or ""}
    return {name for name in found if re.search(r"(^|\.)_[a-zA-Z]", name)} - {"_replace"}


def test_tests_use_what_is_public_but_for_these_names() -> None:
    used = {str(path.relative_to(ROOT)): underscored(path) for path in (ROOT / "tests").rglob("*.py")}
    assert {path: names for path, names in used.items() if names} == OF_TESTS


async def test_these_names_are_there() -> None:
    from rich._palettes import STANDARD_PALETTE
    from textual.app import App

    async with App[None]().run_test() as pilot:
        pilot.app.notify("told")
        await pilot.pause()
        assert messages(pilot) == ["told"]
        assert [strip.cell_length for strip in strips(pilot.app)] == [80] * 24
        assert "tab" in keys_bound(pilot.app.screen)
    assert len(STANDARD_PALETTE._colors) == 16
