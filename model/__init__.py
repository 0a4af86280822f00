"""The perfect roommate's network: numpy and the standard library only, no terminal.

A process that multiplies 6×3 matrices gains nothing from BLAS threads and loses steadiness, so one thread is
asked for before numpy is first imported, unless the environment says otherwise.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
