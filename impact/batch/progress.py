"""What a person sees while a batch runs; all of it goes to stderr."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from time import monotonic

from impact.batch.runlog import SKIPPED, UNCHANGED, DocumentEvent
from impact.present.words import headline_words
from impact.records import Headline, Level

Tell = Callable[[Sequence[DocumentEvent]], None]
"""Told what came of a document, or of all documents of a source that an archive has."""


@contextmanager
def _bar(total: int, counted: str) -> Iterator[Tell]:
    """Show a bar with what is counted, failures, pages a second and the time that remains."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(counted + ", {task.fields[failed]} failed, {task.fields[speed]:.1f} pages/s,"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    began, failed, pages = monotonic(), 0, 0
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total, failed=0, speed=0.0)

        def tell(events: Sequence[DocumentEvent]) -> None:
            nonlocal failed, pages
            failed += sum(event.outcome == "failed" for event in events)
            pages += sum(event.pages for event in events)
            progress.update(task, advance=1, failed=failed, speed=pages / max(monotonic() - began, 0.1))

        yield tell


@contextmanager
def _lines(total: int, _counted: str) -> Iterator[Tell]:
    """Print a line a document; those whose result was there already are not named."""
    done = 0

    def tell(events: Sequence[DocumentEvent]) -> None:
        nonlocal done
        done += 1
        for event in events:
            if event.outcome not in {UNCHANGED, SKIPPED}:
                line = f"[{done}/{total}] {event.outcome} {event.name}{_facts(event)}"
                print("".join(sign if sign.isprintable() else "\ufffd" for sign in line), file=sys.stderr, flush=True)  # noqa: T201

    yield tell


def _facts(event: DocumentEvent) -> str:
    """Return level, pages and time of a document that was done, in brackets."""
    if event.outcome != "done":
        return ""
    headline = Headline(Level(event.level), Level(event.firm_level), event.unassessed)
    level = headline_words(headline)
    return f" ({level}; {event.pages} p., {event.seconds:.1f} s)"


@contextmanager
def _nothing(_total: int, _counted: str) -> Iterator[Tell]:
    yield lambda _events: None


PROGRESS: Mapping[str, Callable[[int, str], AbstractContextManager[Tell]]] = {
    "bar": _bar,
    "lines": _lines,
    "quiet": _nothing,
}
"""How to show it; each takes a number, and what is counted: documents, or sources of an archive."""
