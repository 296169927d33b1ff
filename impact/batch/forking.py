"""By what processes are made that read documents: on Linux each is forked from one that has loaded all they need."""

import sys
from typing import Any


def context() -> Any:
    """Return the context of `multiprocessing`; a process is ready in a tenth of a second, elsewhere in two."""
    from multiprocessing import get_context

    if sys.platform != "linux":
        return get_context("spawn")
    forking = get_context("forkserver")
    forking.set_forkserver_preload(["impact.batch.preload"])
    return forking
