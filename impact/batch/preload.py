"""What the process that workers are forked from loads once, so that a fresh worker is there at once.

onnxruntime is left to the workers, since it starts a thread, and a fork knows nothing of the threads of its parent.
"""

import os
import sys
from contextlib import suppress

# spaCy loads torch where it finds it, which takes seconds; nothing here needs it.
sys.modules.setdefault("torch", None)  # type: ignore[arg-type]

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

with suppress(Exception):  # the worker that needs it says what is missing
    from impact.batch import slot, work

    work.load()

__all__ = ["slot", "work"]
