"""Settings that every test shares."""

import os

from hypothesis import settings

settings.register_profile("suite", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("suite")

# Pictures of the screen are those of a terminal with 256 colours, whatever the tests are run in.
# And what the program writes waits in its buffers as it does everywhere: what goes wrong when it ends shows then.
os.environ["TERM"] = "xterm-256color"
os.environ["LANGUAGE"] = "en"  # whatever language the tests are run in
for name in ("COLORTERM", "NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM", "PYTHONUNBUFFERED"):
    os.environ.pop(name, None)
