"""What a person sees while a batch runs; all of it goes to stderr."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from time import monotonic

from impact.batch.runlog import Entry
from impact.present.words import level_words
from impact.records import Level

Tell = Callable[[Entry], None]


@contextmanager
def _bar(total: int) -> Iterator[Tell]:
    """Show a bar with documents, failures, pages a second and the time that remains."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("documents, {task.fields[failed]} failed, {task.fields[speed]:.1f} pages/s,"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    began, failed, pages = monotonic(), 0, 0
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total, failed=0, speed=0.0)

        def tell(entry: Entry) -> None:
            nonlocal failed, pages
            failed, pages = failed + (entry.outcome == "failed"), pages + entry.pages
            progress.update(task, advance=1, failed=failed, speed=pages / max(monotonic() - began, 0.1))

        yield tell


@contextmanager
def _lines(total: int) -> Iterator[Tell]:
    """Print a line a document; those whose result was there already are not named."""
    done = 0

    def tell(entry: Entry) -> None:
        nonlocal done
        done += 1
        if entry.outcome in {"unchanged", "skipped"}:
            return
        line = f"[{done}/{total}] {entry.outcome} {entry.name}{_facts(entry)}"
        print("".join(each if each.isprintable() else "\ufffd" for each in line), file=sys.stderr, flush=True)  # noqa: T201

    yield tell


def _facts(entry: Entry) -> str:
    """Return level, pages and time of a document that was done, in brackets."""
    if entry.outcome != "done":
        return ""
    level = level_words(Level(entry.level), Level(entry.firm_level))
    return f" ({level}; {entry.pages} p., {entry.seconds:.1f} s)"


@contextmanager
def _nothing(_total: int) -> Iterator[Tell]:
    yield lambda _entry: None


PROGRESS: Mapping[str, Callable[[int], AbstractContextManager[Tell]]] = {
    "bar": _bar,
    "lines": _lines,
    "quiet": _nothing,
}
"""How to show it; each takes the number of documents."""
