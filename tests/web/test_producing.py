"""What is told where a file cannot be made: what really happened, and never that something is missing that is there."""

import os
import signal
import time
from functools import partial
from types import SimpleNamespace

import pytest

from impact.errors import ImpactError, LimitError
from impact.web.desk.producing import produced


@pytest.mark.parametrize(
    ("make", "longest", "kind", "words"),
    [
        (partial(os._exit, 3), 60, ImpactError, "the process that produced the file ended with exit code 3"),
        (os.abort, 60, ImpactError, "the process that produced the file ended by signal SIGABRT"),
        (partial(signal.raise_signal, signal.SIGKILL), 60, LimitError, "was killed, perhaps for lack of memory"),
        (partial(int, "words of the document"), 60, ImpactError, "the file could not be produced: ValueError"),
        (partial(time.sleep, 60), 0.2, LimitError, "the file took longer than 0.2 seconds"),
    ],
    ids=["exit", "abort", "kill", "error", "time"],
)
def test_a_process_that_makes_no_file_is_told_by_what_became_of_it(make, longest, kind, words):
    with pytest.raises(kind) as refused:
        produced(SimpleNamespace(make=make, longest=longest))
    assert words in str(refused.value)
    assert "WeasyPrint" not in str(refused.value)
    assert "words of the document" not in str(refused.value)
