"""Fit how likely a reader who asks what a text does to people is to choose a passage, and a sentence of it.

    python models/salience/fit.py --documents DIR
    python models/salience/fit.py --documents DIR --measure

Readers in the part of a human-rights officer chose passages of public documents for the first page of a brief
(`corpora/verdicts/salience.jsonl`). A logistic regression on the traits of `impact/salience/traits.py` is fitted
to their choices, once for each way of judging, and another to the sentences that they would quote. What is printed
comes from weights that were fitted to other documents. With `--measure` nothing is fitted: the weights that ship are
measured on the second set of documents, on which they were not fitted.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from impact.advise.salient.choosing import MOST
from impact.classify import outlook_of
from impact.errors import UnreadableError
from impact.paths import shelf
from impact.pipeline import prepare
from impact.records import Clause
from impact.salience import SENTENCES, light_traits, sentence_traits, with_network
from impact.salience import weights as shipped
from impact.train.corpus.stream import digest
from impact.train.fit.traits import Column, fitted, unseen
from impact.train.grading import files_by_name
from impact.trait_weights import Traits, TraitWeights

HERE = Path(__file__).resolve().parent
WAYS = ("model", "fast", "cues")
PENALTY, SENTENCE_PENALTY = 0.003, 0.3
"""Inverse strength of the penalty on weights of traits of variance 1. Source: cross-validated, see
README.md beside this file."""
LINES = (0.3, 0.4, 0.5, 0.6)


@dataclass(frozen=True)
class JudgedPassage:
    """A passage that readers saw, with its traits by way of judging.

    Attributes:
        grade: "A" must be shown, "B" is worth showing, empty for neither.
        sentences: Traits of each sentence, and whether it is what readers would quote.
    """

    document: str
    traits: Mapping[str, Traits]
    grade: str
    sentences: tuple[tuple[Traits, bool], ...]


def judged(folder: Path, ways: Sequence[str], chosen: str) -> Iterator[JudgedPassage]:
    """Yield the passages of a set of documents of a folder in some ways; those that read otherwise are left out."""
    groups, files = defaultdict(dict), files_by_name(folder)
    for line in (shelf("corpora") / "verdicts" / "salience.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["set"] != chosen:
            continue
        groups[row["document"]][row["clause"], row["sha256"]] = row
    for name in sorted(groups.keys() & files.keys()):
        with suppress(UnreadableError):
            yield from _judged(name, files[name], groups[name], ways)


def _judged(
    name: str, path: Path, rows: Mapping[tuple[str, str], Mapping[str, Any]], ways: Sequence[str]
) -> Iterator[JudgedPassage]:
    proposal, every = prepare(path, jailed=False)
    text = proposal.document.text
    assessed = [clause for clause in every if clause.assessed]
    keys = {clause.id: (clause.id, digest(clause.span.of(text))) for clause in assessed}
    clauses = [clause for clause in assessed if keys[clause.id] in rows]
    light = light_traits(assessed, text)
    traits = {}
    for way in ways:
        odds = outlook_of(proposal, (way,)).odds
        traits[way] = with_network([light[clause.id] for clause in clauses], [odds(clause) for clause in clauses])
    for at, clause in enumerate(clauses):
        row = rows[keys[clause.id]]
        own = {way: traits[way][at] for way in ways}
        yield JudgedPassage(name, own, row["grade"], tuple(_sentences(clause, text, row.get("sentences", ()))))


def _sentences(clause: Clause, text: str, chosen: Sequence[int]) -> Iterator[tuple[Traits, bool]]:
    """Yield the sentences of a chosen clause; `chosen` are the first and the last that readers would quote, from 1."""
    spans = (clause.sentences or (clause.span,)) if chosen else ()
    if spans:
        rows = sentence_traits([span.of(text) for span in spans])
        yield from ((row, chosen[0] <= place <= chosen[-1]) for place, row in enumerate(rows, 1))


def show(passages: Sequence[JudgedPassage], way: str, chances: Column) -> None:
    """Print what readers chose of the likeliest passages above each line."""
    grades = np.array([passage.grade for passage in passages])
    names = np.array([passage.document for passage in passages])
    right = grades != ""
    area, precision = roc_auc_score(right, chances), average_precision_score(right, chances)
    print(f"{way}: {len(passages)} passages of {len(set(names))} documents, {right.sum()} chosen, of them ", end="")
    print(f"{(grades == 'A').sum()} A; area under the curve {area:.2f}, average precision {precision:.2f}")
    first = np.concatenate([_likeliest(chances, np.flatnonzero(names == name))[:MOST] for name in sorted(set(names))])
    for line in LINES:
        above = first[chances[first] >= line]
        count = (grades[above] == "A").sum()
        print(f"  {line:.2f}: {len(above)} shown, {right[above].mean():.2f} right, {count} of A")


def _likeliest(chances: Column, places: Column) -> Column:
    return places[np.argsort(-chances[places])]


def _unseen(passages: Sequence[JudgedPassage], way: str) -> Column:
    rows, right = [passage.traits[way] for passage in passages], [passage.grade != "" for passage in passages]
    return unseen(rows, right, [passage.document for passage in passages], PENALTY)


def fit_sentences(passages: Sequence[JudgedPassage]) -> TraitWeights:
    """Return the weights of sentences, and print how often the likeliest is one that readers would quote."""
    several = [passage for passage in passages if len(passage.sentences) > 1]
    rows = [traits for passage in several for traits, _ in passage.sentences]
    right = [chosen for passage in several for _, chosen in passage.sentences]
    documents = [passage.document for passage in several for _ in passage.sentences]
    chances = iter(unseen(rows, right, documents, SENTENCE_PENALTY))
    hits = 0
    for passage in several:
        own = [(next(chances), chosen) for _, chosen in passage.sentences]
        hits += max(own, key=lambda entry: entry[0])[1]
    print(f"sentences: of {len(several)} passages with several, the right one in {hits / len(several):.2f}")
    return fitted(rows, right, SENTENCE_PENALTY)


def main() -> None:
    """Fit, say how it went, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True, help="the folder of public documents")
    parser.add_argument("--out", type=Path, default=HERE, help="where the weights are written")
    parser.add_argument("--way", choices=WAYS, action="append", help="which to fit beside sentences; all if not given")
    parser.add_argument("--measure", action="store_true", help="measure the weights that ship on the second set")
    options = parser.parse_args()
    ways = tuple(options.way or WAYS)
    passages = list(judged(options.documents, ways, "second" if options.measure else "first"))
    if options.measure:
        for way in ways:
            show(passages, way, np.array([shipped(way).chance(passage.traits[way]) for passage in passages]))
        return
    weights = {SENTENCES: fit_sentences(passages)}
    for way in ways:
        show(passages, way, _unseen(passages, way))
        rows, right = [passage.traits[way] for passage in passages], [passage.grade != "" for passage in passages]
        weights[way] = fitted(rows, right, PENALTY)
    for name, own in weights.items():
        text = json.dumps(asdict(own), indent=1, sort_keys=True)
        (options.out / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
