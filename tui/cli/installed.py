"""How this program was installed, for those who are to install more of it."""

from __future__ import annotations

import json
from importlib import metadata

from tui import PROGRAM


def extra(name: str) -> str:
    """The argument of ``pip install`` for an extra of this program, as it was installed.

    Only one that came from a package index is known there by its name. What was installed from a folder of sources,
    or runs in a checkout without being installed, is found in that folder.
    """
    try:
        origin = metadata.distribution(PROGRAM).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return f".[{name}]"
    return f".[{name}]" if origin is not None and "dir_info" in json.loads(origin) else f"{PROGRAM}[{name}]"
