"""Fit how likely a sentence of a document is to introduce it to a reader who knows nothing of it.

    python models/introductions/fit.py --documents DIR [--only cues]

Readers chose of the first sentences of public documents those that tell best what the document is or does
(`corpora/verdicts/introductions.jsonl`). Logistic regressions on the traits of `impact/advise/introductions.py` are
fitted: without a network to the documents that the network learned from, and measured on the others; with it to the
others, and what is printed then comes from weights that were fitted to other documents.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from documents import LEARNED, UNSEEN, IntroducedDocument, introduced

from impact.advise.introductions import REACH, ranking, with_network
from impact.classify import outlook_of
from impact.train.fit.traits import fitted, unseen
from impact.trait_weights import TraitWeights

HERE = Path(__file__).resolve().parent

PENALTY = 0.3
"""Inverse strength of the penalty on weights of traits of variance 1. Source: README.md beside this file."""

LINES = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4)


def narrowed(document: IntroducedDocument) -> IntroducedDocument:
    """Return a document with the sentences of which the network is asked; the weights without it are those shipped."""
    chosen = {sentence for sentence, right in zip(document.candidates, document.right, strict=True) if right}
    found = tuple(sentence for sentence, _ in ranking(document.candidates, None)[:REACH])
    return replace(document, candidates=found, right=tuple(sentence in chosen for sentence in found))


def show(title: str, documents: Sequence[IntroducedDocument], chances: Sequence[Sequence[float]]) -> None:
    """Print how often the likeliest sentence is one that readers chose."""
    best = []
    for document, own in zip(documents, chances, strict=True):
        first = max(range(len(own)), key=lambda place, own=own: own[place])
        best.append((own[first], document.right[first]))
    print(f"{title}: {len(best)} documents, {sum(any(own.right) for own in documents)} with a sentence that will do")
    for line in LINES:
        above = [right for chance, right in best if chance >= line]
        print(f"  {line:.2f}: {len(above)} introduced, {sum(above)} rightly")


def write(weights: TraitWeights, way: str) -> None:
    """Write the weights of a way of judging."""
    text = json.dumps(asdict(weights), indent=1, sort_keys=True)
    (HERE / f"{way}.json").write_text(f"{text}\n", encoding="utf-8")


def without_network(learned: Sequence[IntroducedDocument], held: Sequence[IntroducedDocument]) -> None:
    """Fit, say how it went, write."""
    rows = [sentence.traits for document in learned for sentence in document.candidates]
    weights = fitted(rows, [right for document in learned for right in document.right], PENALTY)
    show("cues", held, [[weights.chance(sentence.traits) for sentence in document.candidates] for document in held])
    write(weights, "cues")


def with_its_network(held: Sequence[IntroducedDocument]) -> None:
    """Fit, say how it went, write."""
    rows = [
        (place, row)
        for place, document in enumerate(held)
        for row in with_network(document.candidates, outlook_of(document.proposal, ("model",)))
    ]
    right = [verdict for document in held for verdict in document.right]
    traits = [row for _, row in rows]
    chances = iter(unseen(traits, right, [str(place) for place, _ in rows], PENALTY))
    show("model", held, [[float(next(chances)) for _ in document.candidates] for document in held])
    write(fitted(traits, right, PENALTY), "model")


def main() -> None:
    """Take the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True, help="the folder of public documents")
    parser.add_argument("--only", choices=("cues", "model"), help="fit the weights of one way of judging alone")
    options = parser.parse_args()
    held = [
        introduced_document
        for introduced_document in introduced(options.documents, UNSEEN)
        if introduced_document.candidates
    ]
    if options.only != "model":
        without_network(list(introduced(options.documents, LEARNED)), held)
    if options.only != "cues":
        with_its_network([narrowed(document) for document in held])


if __name__ == "__main__":
    main()
