"""How this very program is started again, as a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path


def own_command() -> list[str]:
    """The words that start this program once more, from wherever its code is: a checkout or an installed package.

    They never look for code in the current folder, which anybody may have written to: ``-m`` would do so, even before
    the first line of ours runs, so the file is named that it would find.
    """
    main = sys.modules[__name__.partition(".")[0]].__file__
    assert main is not None  # a package of ours has an __init__.py
    return [sys.executable, "-I" if sys.flags.isolated else "-P", str(Path(main).with_name("__main__.py"))]
