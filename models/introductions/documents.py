"""The documents of which readers chose the sentences that introduce them (`corpora/verdicts/introductions.jsonl`)."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from impact.advise.introductions import OpeningSentence, candidates
from impact.errors import UnreadableError
from impact.paths import shelf
from impact.pipeline import prepare
from impact.records import Proposal
from impact.train.corpus.stream import digest
from impact.train.grading import files_by_name

LEARNED = frozenset({"first", "second", "third", "fourth", "sixth", "further"})
"""Sets that the network learns from and that weights without it are fitted to."""

UNSEEN = frozenset({"fifth", "seventh"})
"""Sets of which the network knows nothing."""


@dataclass(frozen=True)
class IntroducedDocument:
    """A document with the sentences that were weighed, and whether readers chose each; of some they chose none."""

    proposal: Proposal
    candidates: tuple[OpeningSentence, ...]
    right: tuple[bool, ...]


def introduced(folder: Path, sets: Collection[str]) -> Iterator[IntroducedDocument]:
    """Yield the documents of some sets that lie in a folder; those that read otherwise today are left out."""
    files = files_by_name(folder)
    lines = (shelf("corpora") / "verdicts" / "introductions.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        if row["set"] in sets and row["document"] in files:
            with suppress(UnreadableError):
                yield from _read(files[row["document"]], row)


def _read(path: Path, row: Mapping[str, Any]) -> Iterator[IntroducedDocument]:
    proposal, clauses = prepare(path, jailed=False)
    found = candidates(proposal, clauses)
    chosen = {(clause, place) for clause, place in row["sentences"]}
    places = [(sentence.clause.id, sentence.place + 1) for sentence in found]
    right = tuple(place in chosen for place in places)
    best = dict(zip(places, found, strict=True)).get(tuple(row["sentences"][0])) if chosen else None
    if not chosen or (best is not None and digest(best.text) == row["sha256"]):
        yield IntroducedDocument(proposal, found, right)
