"""``roommate-tui help``: the help of a command, or a page of the manual."""

from __future__ import annotations

import argparse

from tui.cli.parser import build_parser
from tui.text.manual import TOPICS, contents, manual_page
from tui.text.output import for_our_words, write


def show_help(options: argparse.Namespace) -> int:
    """Print the help of a command, a page, or what there is."""
    if options.topic in TOPICS:
        return write(manual_page(options.topic), for_our_words())
    if options.topic is None:
        return write([build_parser().format_help(), "\n", contents()])
    build_parser().parse_args([*(word for word in (options.topic, options.action) if word), "--help"])
    return 0
