"""Settings that every test shares."""

import gc
import os

from hypothesis import settings

settings.register_profile("suite", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("suite")

# An application that starts makes a hundred thousand objects, which live as long as the test: looking through all of
# them after every seven hundred new ones, as Python does, takes a third of the time of a test of the screen.
gc.set_threshold(100_000, 20, 100)

# Tests run side by side: numpy's products take one thread each, or threads without work keep the processors busy.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

# Pictures of the screen are those of a terminal with 256 colours, whatever the tests are run in.
# And what the program writes waits in its buffers as it does everywhere: what goes wrong when it ends shows then.
os.environ["TERM"] = "xterm-256color"
os.environ["LANGUAGE"] = "en"  # whatever language the tests are run in
for name in ("COLORTERM", "NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM", "PYTHONUNBUFFERED"):
    os.environ.pop(name, None)
os.environ["TEXTUAL_ANIMATIONS"] = "none"  # what is seen does not depend on when it is looked at
