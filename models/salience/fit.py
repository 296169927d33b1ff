"""Fit how likely a reader who asks what a text does to people is to choose a passage, and a sentence of it.

    python models/salience/fit.py --documents DIR
    python models/salience/fit.py --documents corpora --measure contributions

Readers in the part of a human-rights officer chose passages of public documents for the first page of a brief
(`corpora/verdicts/salience.jsonl`). A logistic regression on the traits of `impact/salience/traits.py` is fitted
to their choices, once for each way of judging, and another to the sentences that they would quote. Two more, on what a
network says of each label, are fitted to the passages that readers chose: they tell those that protect people from
those about a power, a risk or a gap. All are fitted to the sets from which the larger network learned and measured on
the fifth, but those that hear what it says of passages: they are fitted to documents of the last two sets from which it
did not learn, and what is printed of them comes from weights that were fitted to other documents. With `--measure`
nothing is fitted: the weights that ship are measured on a set of documents.
"""

import argparse
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from passages import SeenDocument, SeenPassage, held_out, seen_documents
from sklearn.metrics import average_precision_score, roc_auc_score

from impact.advise.salient.choosing import MORE
from impact.classify import outlook_of
from impact.salience import PROTECTION, SENTENCES, label_traits, light_traits, sentence_traits, with_network
from impact.salience import weights as shipped
from impact.train.fit.traits import Column, fitted, unseen
from impact.trait_weights import Traits, TraitWeights

HERE = Path(__file__).resolve().parent
LEARNED, MEASURED = ("first", "second", "third", "fourth", "sixth", "seventh", "eighth"), ("fifth",)
"""Sets of documents: those from which the larger network learned first, and the other."""
FURTHER = ("tenth", "eleventh")
"""Sets to which the weights are fitted that hear the larger network."""
PARTED = ("tenth",)
"""Sets of which the network learned from a part of the documents."""

WAYS = ("model", "fast", "cues")
PENALTY = {"model": 0.3, "fast": 0.003, "cues": 0.003, SENTENCES: 0.3, **dict.fromkeys(PROTECTION.values(), 0.01)}
"""Inverse strength of the penalty on weights of traits of variance 1. Source: cross-validated, see
README.md beside this file."""

LINES = (0.25, 0.3, 0.4, 0.5, 0.6)
SIDES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.5, 0.6, 0.7, 0.8)
"""Chances of a protection for which it is printed how many of both sides are told rightly."""


@dataclass(frozen=True)
class JudgedPassage:
    """A passage that a reader saw, with its traits in a way of judging.

    Attributes:
        grade: "A" must be shown, "B" is worth showing, empty for neither.
        sentences: Traits of each sentence, and whether it is what the reader would quote; empty without a grade.
        marked: Whether the network chose what the reader would quote; None where it has no say.
    """

    document: str
    traits: Traits
    grade: str
    sentences: tuple[tuple[Traits, bool], ...]
    marked: bool | None


def judged(folder: Path, way: str, sets: Collection[str]) -> list[JudgedPassage]:
    """Return the passages of some sets of documents in a way of judging; of `PARTED` those that are held out."""
    documents = (
        document
        for name in sets
        for document in seen_documents(folder, (name,))
        if name not in PARTED or held_out(document)
    )
    return [passage for document in documents for passage in _judged(document, way)]


def _judged(document: SeenDocument, way: str) -> Iterator[JudgedPassage]:
    outlook = outlook_of(document.proposal, (way,))
    light = light_traits(document.clauses, document.text)
    clauses = [passage.clause for passage in document.passages]
    rows = with_network([light[clause.id] for clause in clauses], clauses, outlook)
    for passage, row in zip(document.passages, rows, strict=True):
        odds = outlook.passage(passage.clause) if len(passage.clause.parts) > 1 and passage.grade else None
        marked = odds and passage.quotes(int(np.argmax(odds.sentences)))
        yield JudgedPassage(document.name, row, passage.grade, tuple(_sentences(passage, document.text)), marked)


def _sentences(passage: SeenPassage, text: str) -> Iterator[tuple[Traits, bool]]:
    if passage.grade:
        rows = sentence_traits([part.of(text) for part in passage.clause.parts])
        yield from ((row, passage.quotes(place)) for place, row in enumerate(rows))


def show(passages: Sequence[JudgedPassage], way: str, chances: Column) -> None:
    """Print what readers chose of the likeliest passages above each line."""
    grades = np.array([passage.grade for passage in passages])
    names = np.array([passage.document for passage in passages])
    right = grades != ""
    area, precision = roc_auc_score(right, chances), average_precision_score(right, chances)
    print(f"{way}: {len(passages)} passages of {len(set(names))} documents, {right.sum()} chosen, of them ", end="")
    print(f"{(grades == 'A').sum()} A; area under the curve {area:.2f}, average precision {precision:.2f}")
    first = np.concatenate([_likeliest(chances, np.flatnonzero(names == name))[:MORE] for name in sorted(set(names))])
    for line in LINES:
        above = first[chances[first] >= line]
        count, share = (grades[above] == "A").sum(), right[above].sum() / max(len(above), 1)
        print(f"  {line:.2f}: {len(above)} shown, {share:.2f} right, {count} of A")


def _likeliest(chances: Column, places: Column) -> Column:
    return places[np.argsort(-chances[places])]


def fit_passages(folder: Path, way: str) -> TraitWeights:
    """Return the weights of a way of judging, and print how they do on documents that they were not fitted to."""
    measured = judged(folder, way, FURTHER if way == "model" else MEASURED)
    if way == "model":
        rows, right = _columns(measured)
        show(measured, way, unseen(rows, right, [passage.document for passage in measured], PENALTY[way]))
        marked = [passage.marked for passage in measured if passage.marked is not None]
        print(f"  sentences by the network: of {len(marked)} passages with several, {np.mean(marked):.2f} right")
        return fitted(rows, right, PENALTY[way])
    weights = fitted(*_columns(judged(folder, way, LEARNED)), PENALTY[way])
    show(measured, way, np.array([weights.chance(passage.traits) for passage in measured]))
    return weights


def _columns(passages: Sequence[JudgedPassage]) -> tuple[list[Traits], list[bool]]:
    return [passage.traits for passage in passages], [passage.grade != "" for passage in passages]


def fit_sentences(folder: Path) -> TraitWeights:
    """Return the weights of sentences, and print how often the likeliest is what readers of other documents quote."""
    learned, measured = (
        [passage.sentences for passage in judged(folder, "cues", sets) if len(passage.sentences) > 1]
        for sets in (LEARNED, MEASURED)
    )
    every = [entry for sentences in learned for entry in sentences]
    weights = fitted([row for row, _ in every], [right for _, right in every], PENALTY[SENTENCES])
    hits = [max(own, key=lambda entry: weights.chance(entry[0]))[1] for own in measured]
    print(f"sentences: of {len(hits)} passages with several, the right one in {np.mean(hits):.2f}")
    return weights


def fit_protection(folder: Path, way: str) -> TraitWeights:
    """Return the weights that tell protections from the rest, and print how they do on other documents."""
    weights = fitted(*_sides(folder, way, LEARNED), PENALTY[PROTECTION[way]])
    rows, right = _sides(folder, way, MEASURED)
    chances, protects = np.array([weights.chance(row) for row in rows]), np.array(right)
    area = roc_auc_score(protects, chances)
    print(f"{PROTECTION[way]}: {len(rows)} passages, {protects.sum()} protect; area under the curve {area:.2f}")
    for line in SIDES:
        below, above = chances < line, chances >= line
        print(f"  {line:.2f}: {above.sum()} above, {protects[above].mean():.2f} protect; ", end="")
        print(f"{below.sum()} below, {(~protects[below]).mean():.2f} do not")
    return weights


def _sides(folder: Path, way: str, sets: Collection[str]) -> tuple[list[Traits], list[bool]]:
    """Return the traits of the passages that readers chose, and whether each protects people."""
    rows: list[Traits] = []
    right: list[bool] = []
    for document in seen_documents(folder, sets):
        outlook = outlook_of(document.proposal, (way,))
        for passage in document.passages:
            if passage.grade and (odds := outlook.odds(passage.clause)) is not None:
                rows.append(label_traits(odds))
                right.append(passage.kind == "protection")
    return rows, right


def measure(folder: Path, ways: Collection[str], chosen: str) -> None:
    """Print how the weights that ship do on a set of documents."""
    for way in ways:
        passages = judged(folder, way, (chosen,))
        show(passages, way, np.array([shipped(way).chance(passage.traits) for passage in passages]))


def fit(folder: Path, name: str) -> TraitWeights:
    """Return the weights of a name."""
    if name in PROTECTION.values():
        return fit_protection(folder, next(way for way, named in PROTECTION.items() if named == name))
    return fit_sentences(folder) if name == SENTENCES else fit_passages(folder, name)


def main() -> None:
    """Fit, say how it went, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True, help="the folder of public documents")
    parser.add_argument("--out", type=Path, default=HERE, help="where the weights are written")
    parser.add_argument("--only", choices=PENALTY, action="append", help="which weights to fit; all if not given")
    parser.add_argument("--measure", metavar="SET", help="measure the weights that ship on this set of documents")
    options = parser.parse_args()
    if options.measure:
        measure(options.documents, options.only or WAYS, options.measure)
        return
    for name in options.only or PENALTY:
        weights = fit(options.documents, name)
        text = json.dumps(asdict(weights), indent=1, sort_keys=True)
        (options.out / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
