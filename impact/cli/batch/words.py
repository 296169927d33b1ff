"""What `impact batch` says of a run."""

import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from impact.cli.messages import complain
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.batch.runlog import DocumentEvent

MOST_FAILURES = 100
"""Failures that are named at the end. Source: project judgment; a person reads no more, and the portfolio has all."""


def shown_as(*, quiet: bool) -> str:
    """Return how progress is shown: a name of `impact.batch.progress.PROGRESS`."""
    return "quiet" if quiet else "bar" if sys.stderr.isatty() else "lines"


def tell_failures(failures: Sequence["DocumentEvent"], most: int | None = None) -> None:
    """Print failures, by name, a line each; `most` of them, and then how many there are more."""
    ordered = sorted(failures, key=lambda failure: failure.name)
    for entry in ordered[:most]:
        complain(f"{entry.name}: failed to {entry.stage}: {ImpactError(entry.reason, entry.hint)}")
    if more := len(ordered[most:]) if most is not None else 0:
        complain(f"{more} more failed")


def counts(tally: Counter[str]) -> str:
    """Return how many documents had each outcome, in words."""
    outcomes = ("done", "unchanged", *(["skipped"] if tally["skipped"] else []), "duplicate", "failed")
    lists = tally["list"]
    ending = f", {lists} list{'s' * (lists != 1)} of documents" if lists else ""
    return ", ".join(f"{tally[outcome]} {outcome}" for outcome in outcomes) + ending


def documents(number: int) -> str:
    """Return a number of documents in words."""
    return f"{number} document{'s' * (number != 1)}"
