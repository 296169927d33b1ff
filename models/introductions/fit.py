"""Fit how likely a sentence of a document is to introduce it to a reader who knows nothing of it.

    python models/introductions/fit.py --documents DIR

Readers chose of the first sentences of public documents those that tell best what the document is or does
(`corpora/verdicts/introductions.jsonl`). A logistic regression on the traits of `impact/advise/introductions.py` is
fitted to the first, second, third, fourth and sixth set of documents, and what it chooses is measured on the fifth.
"""

import argparse
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from impact.advise.introductions import OpeningSentence, candidates
from impact.errors import UnreadableError
from impact.paths import shelf
from impact.pipeline import prepare
from impact.train.corpus.stream import digest
from impact.train.fit.traits import fitted
from impact.train.grading import files_by_name
from impact.trait_weights import TraitWeights

HERE = Path(__file__).resolve().parent
MEASURED = frozenset({"fifth"})
"""Sets of documents that nothing is fitted to."""

PENALTY = 0.3
"""Inverse strength of the penalty on weights of traits of variance 1. Source: README.md beside this file."""

LINES = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3)


@dataclass(frozen=True)
class IntroducedDocument:
    """A document with the sentences that were weighed, and whether readers chose each; of some they chose none."""

    candidates: tuple[OpeningSentence, ...]
    right: tuple[bool, ...]


def introduced(folder: Path, *, measured: bool) -> Iterator[IntroducedDocument]:
    """Yield the documents of the sets to measure on, or of the others; those that read otherwise today are left out."""
    files = files_by_name(folder)
    lines = (shelf("corpora") / "verdicts" / "introductions.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        if (row["set"] in MEASURED) is measured and row["document"] in files:
            with suppress(UnreadableError):
                yield from _read(files[row["document"]], row)


def _read(path: Path, row: Mapping[str, Any]) -> Iterator[IntroducedDocument]:
    proposal, clauses = prepare(path, jailed=False)
    found = candidates(proposal, clauses)
    chosen = {(clause, place) for clause, place in row["sentences"]}
    right = tuple((own.clause.id, own.place + 1) in chosen for own in found)
    best = (
        next((own for own in found if [own.clause.id, own.place + 1] == row["sentences"][0]), None) if chosen else None
    )
    if not chosen or (best is not None and digest(best.text) == row["sha256"]):
        yield IntroducedDocument(found, right)


def measure(weights: TraitWeights, documents: Collection[IntroducedDocument]) -> None:
    """Print how often the likeliest sentence is one that readers chose."""
    best = []
    for document in documents:
        chances = [weights.chance(own.traits) for own in document.candidates]
        first = max(range(len(chances)), key=lambda place: chances[place])
        best.append((chances[first], document.right[first]))
    print(f"{len(best)} documents, {sum(any(own.right) for own in documents)} with a sentence that will do")
    for line in LINES:
        above = [right for chance, right in best if chance >= line]
        print(f"  {line:.2f}: {len(above)} introduced, {sum(above)} rightly")


def main() -> None:
    """Fit, say how it went, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True, help="the folder of public documents")
    options = parser.parse_args()
    learned, held = (list(introduced(options.documents, measured=apart)) for apart in (False, True))
    pairs = [pair for own in learned for pair in zip(own.candidates, own.right, strict=True)]
    weights = fitted([own.traits for own, _ in pairs], [right for _, right in pairs], PENALTY)
    measure(weights, held)
    text = json.dumps(asdict(weights), indent=1, sort_keys=True)
    (HERE / "weights.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
