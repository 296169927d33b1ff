"""What is told where a file cannot be made: what really happened, and never that something is missing that is there."""

import os
import signal
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from impact.errors import ImpactError, LimitError
from impact.web.desk import producing
from impact.web.desk.producing import produced

WHO = Path("/proc/self/stat").read_bytes
"""Tells the number of the process that reads it."""


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


def _number(make=WHO):
    return int(produced(SimpleNamespace(make=make, longest=60)).split()[0])


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc")
def test_files_that_follow_each_other_are_made_by_one_process_which_ends_when_nobody_asks(monkeypatch):
    first, second = _number(), _number()
    with pytest.raises(ImpactError):
        produced(SimpleNamespace(make=os.abort, longest=60))
    monkeypatch.setattr(producing, "KEEPING", 0.2)
    third = _number()
    end = time.monotonic() + 60
    while producing._WORKSHOP._child:
        assert time.monotonic() < end
        time.sleep(0.05)

    assert first == second != os.getpid()
    assert third != first
    assert not Path(f"/proc/{third}").exists()
