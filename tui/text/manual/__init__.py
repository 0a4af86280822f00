"""The pages of the manual, for ``roommate-tui help TOPIC``: Markdown, as it is read on the web, too."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from model.language import N_, _
from tui.text.language import versions
from tui.text.output import takes_unicode

WIDTH = 80

TOPICS = {
    "keys": N_("every key of the screen"),
    "lines": N_("the walk line by line, with --plain"),
    "course": N_("its pages, exercises and certificates; one of your own"),
    "class": N_("one screen for many terminals, a talk, hands"),
    "training": N_("settings, what they do, how a run is saved"),
    "sweeps": N_("how often it learns: many trainings, many machines"),
    "roommates": N_("your own: rules, diaries, hidden states"),
    "names": N_("what textbooks and PyTorch call the same things"),
    "formats": N_("the JSON that each command prints, the files"),
    "terminals": N_("sizes, colours, the mouse, the environment"),
    "labs": N_("one installation for a class, over SSH"),
    "browser": N_("the screen in a browser"),
    "speed": N_("why training is fast, and how that is measured"),
}
"""What there is a page of, and what is in it."""

WORDS = str.maketrans(
    {"→": "Right", "←": "Left", "↑": "Up", "↓": "Down", "×": "x", "–": "-", "−": "-"}  # where there is only ASCII
)


def contents() -> str:
    """The pages there are, a line each."""
    lines = (f"  {name:<11}{_(meaning)}\n" for name, meaning in TOPICS.items())
    return _("pages of the manual, for 'roommate-tui help PAGE':") + "\n" + "".join(lines)


def source(topic: str) -> str:
    """A page as it was written, in the language spoken or else in English."""
    return versions("manual", f"{topic}.md")[-1]


def manual_page(topic: str) -> Iterator[str]:
    """A page for standard output: in colours where that is a terminal which has them, otherwise as plain lines."""
    text = source(topic)
    if not takes_unicode():
        from tui.text.glyphs import ASCII  # noqa: PLC0415 - it knows the signs of formulas, and loads numpy

        yield from plain(ASCII.text(text.translate(WORDS)))
    elif sys.stdout.isatty() and os.environ.get("TERM") not in {"dumb", ""}:
        yield drawn(text)
    else:
        yield from plain(text)


def plain(text: str) -> Iterator[str]:
    """Markdown as lines without its signs: headings by themselves, examples indented."""
    example = False
    for line in text.splitlines():
        if line.startswith("```"):
            example = not example
        elif example:
            yield f"  {line}".rstrip() + "\n"
        else:
            yield line.lstrip("#").removeprefix(" ").replace("**", "").replace("`", "") + "\n"


def drawn(text: str) -> str:
    """Markdown as a terminal shows it, in columns that are easy to read."""
    from rich.console import Console  # noqa: PLC0415 - plain lines do not need it
    from rich.markdown import Markdown  # noqa: PLC0415

    console = Console(width=min(Console().width, WIDTH))
    with console.capture() as capture:
        console.print(Markdown(text))
    return capture.get()
