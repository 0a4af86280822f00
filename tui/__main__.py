"""``roommate-tui`` for ``python -m``, and for those who name this file to Python."""

import os
import sys

if __name__ == "__main__":
    # What Python puts first is the current folder, where anybody's secrets.py may lie, or this one, whose names are
    # not for others. (pathlib would be looked for there, too.)
    if not sys.flags.safe_path:
        del sys.path[0]
    _home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    if _home not in sys.path:
        sys.path.insert(0, _home)

from tui.cli.main import run

if __name__ == "__main__":
    run()
