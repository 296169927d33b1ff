"""All that is wrong with a store, part by part: one damaged part does not hide what is wrong with the others."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from impact.review.store import chain_links, erasing, filing
from impact.review.store.chain.heads import NotedHead
from impact.review.store.failures import telling
from impact.review.store.store import Store
from impact.review.values.refusals import StoreError

MOST_PAGES = 20
"""Faults of the database that are named; a damaged page makes many. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class StoreInspection:
    """What was found.

    Attributes:
        head: Where the chain ends, NUMBER:HASH; empty where it cannot be read.
        faults: Lines for people; none if all is as it was written.
    """

    head: str
    faults: tuple[str, ...]


def inspect(store: Store, noted: Iterable[NotedHead] = ()) -> StoreInspection:
    """Return what is wrong with the database, the chain and its records, the files, and what was erased."""
    heads = tuple(noted)
    parts: tuple[Callable[[], Iterator[str]], ...] = (
        lambda: _pages(store),
        lambda: _chain(store),
        lambda: _departures(store, heads),
        lambda: _files(store),
        lambda: _restored(store),
    )
    faults: list[str] = []
    for part in parts:
        try:
            faults += part()
        except StoreError as error:
            faults.append(error.message)
    return StoreInspection(_head(store), tuple(dict.fromkeys(faults)))


def _pages(store: Store) -> Iterator[str]:
    if store.engine.dialect.name != "sqlite":
        return
    with telling(), store.engine.connect() as connection:
        found = connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_PAGES})").scalars().all()
    yield from (f"database: {' '.join(str(line).split())}" for line in found if line != "ok")


def _chain(store: Store) -> Iterator[str]:
    for fault in chain_links.verify(store)[1]:
        yield f"entry {fault.seq}: {fault.what}" if fault.seq else fault.what


def _departures(store: Store, heads: tuple[NotedHead, ...]) -> Iterator[str]:
    for fault in chain_links.departures(store, heads):
        yield f"entry {fault.seq}: {fault.what}"


def _files(store: Store) -> Iterator[str]:
    yield from (f"file {digest}: missing or changed" for digest in filing.damaged(store))


def _restored(store: Store) -> Iterator[str]:
    again = "a backup brought it back; `impact review erase --expired` erases it again"
    yield from (f"proposal {proposal}: it was erased, and {again}" for proposal in erasing.restored(store))


def _head(store: Store) -> str:
    try:
        head = chain_links.head_of(store).head
    except StoreError:
        return ""
    return f"{head.seq}:{head.hash}"
