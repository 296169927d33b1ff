"""Fit how likely a careful reader is to agree with what the heads say of a clause.

    python models/agreement/fit.py --documents DIR

Weights are fitted for each way of judging, "fast" and "model".

Readers judged findings of documents as the program presents them (`corpora/verdicts`), which is another selection than
clauses drawn for training: of what the heads were surest of, they shared little more than half. A logistic regression
on the traits of `impact/classify/agreement.py` is fitted to these verdicts, and to what the heads say of the clauses of
`corpora/development` and of the contributions of `corpora/calibration`. What is printed comes from weights that were
fitted to other documents.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from impact.classify.heads import load as load_heads
from impact.classify.judging import WAYS
from impact.classify.model import traits
from impact.errors import UnreadableError
from impact.paths import shelf
from impact.pipeline import prepare
from impact.records import Clause, Proposal
from impact.taxonomy import load
from impact.train.corpus.clauses import Labeled, group_by_document, read_labeled
from impact.train.corpus.graft import graft
from impact.train.corpus.standoff import read_labels, read_standoff
from impact.train.corpus.stream import digest
from impact.train.fit.traits import Column, fitted, unseen
from impact.train.grading import files_by_name
from impact.trait_weights import Traits

HERE = Path(__file__).resolve().parent
PENALTY = 0.1
"""Inverse strength of the penalty on weights of traits of variance 1. Source: .03 to .3 are alike, cross-validated."""
LINES = (0.05, 0.1, 0.15, 0.2, 0.6, 0.65, 0.7, 0.75, 0.8)
MECHANISMS = frozenset(load().mechanisms)


@dataclass(frozen=True)
class Verdict:
    """A label that the heads say of a clause, with what speaks for it, and whether readers agree.

    Attributes:
        source: "verdicts", "development" or "calibration".
    """

    document: str
    source: str
    label: str
    traits: Traits
    agrees: bool


def judged(folder: Path, way: str) -> Iterator[Verdict]:
    """Yield the verdicts of readers on documents of a folder.

    Clauses that are read otherwise today are left out, and those that the heads were trained on, for they are surer
    there than elsewhere.
    """
    groups, known = defaultdict(list), trained_on()
    for line in (shelf("corpora") / "verdicts" / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if (row["document"], row["sha256"]) not in known:
            groups[row["document"]].append(row)
    files = files_by_name(folder)
    for name in sorted(groups.keys() & files.keys()):
        with suppress(UnreadableError):
            proposal, clauses = read(files[name])
            traits_by_place = traits(proposal, clauses, MECHANISMS, way)
            places = places_of(proposal, clauses)
            for row in groups[name]:
                place = places.get((row["clause"], row["sha256"]), places.get(("", row["sha256"]), -1))
                if (place, row["label"]) in traits_by_place:
                    mine = traits_by_place[place, row["label"]]
                    agrees = row["verdict"] == "proposes"
                    yield Verdict(name, "verdicts", row["label"], mine, agrees)


@cache
def trained_on() -> frozenset[tuple[str, str]]:
    """Return document and digest of the words of all real clauses that heads and networks were trained on."""
    labels = read_labels(shelf("corpora") / "standards" / "labels.jsonl", load().labels)
    return frozenset((label.document, label.sha256) for label in labels)


@cache
def read(path: Path) -> tuple[Proposal, tuple[Clause, ...]]:
    """Return a file with its clauses, read once for all ways of judging."""
    return prepare(path, jailed=False)


def places_of(proposal: Proposal, clauses: Sequence[Clause]) -> dict[tuple[str, str], int]:
    """Return the places of clauses by address and digest of the words, and the first of equal words without address.

    A clause whose section is numbered otherwise today is found by its words.
    """
    places: dict[tuple[str, str], int] = {}
    for place, clause in enumerate(clauses):
        words = digest(clause.span.of(proposal.document.text))
        places[clause.id, words] = place
        places.setdefault(("", words), place)
    return places


def calibration(way: str) -> Iterator[Verdict]:
    """Yield all that the heads say of the contributions that were written for calibration."""
    folder = shelf("corpora") / "calibration"
    yield from labeled(read_labeled(folder / "labels.jsonl", load().labels), folder, way, "calibration")


def development(folder: Path, way: str) -> Iterator[Verdict]:
    """Yield all that the heads say of the development clauses of documents of a folder."""
    standoff = read_standoff(shelf("corpora") / "development", folder, read, load().labels)
    yield from labeled(standoff.labeled, folder, way, "development")


def labeled(rows: Sequence[Labeled], folder: Path, way: str, source: str) -> Iterator[Verdict]:
    """Yield all that the heads say of labeled clauses of documents of a folder."""
    groups, files = group_by_document(rows), files_by_name(folder)
    for name in sorted(groups.keys() & files.keys()):
        whole, every, ids = graft(*read(files[name]), groups[name])
        known = traits(whole, every, MECHANISMS, way)
        places = {clause.id: place for place, clause in enumerate(every)}
        for row, address in zip(groups[name], ids, strict=True):
            for label in load().labels:
                mine = known.get((places[address], label))
                if mine is not None:
                    yield Verdict(name, source, label, mine, label in row.proposes)


def show(title: str, verdicts: Sequence[Verdict], chances: Column) -> None:
    """Print how many of the mechanisms and of the safeguards readers agree with, above and below each line."""
    right = np.array([verdict.agrees for verdict in verdicts])
    before = np.array([verdict.traits["chance"] for verdict in verdicts])
    power = np.array([verdict.label in MECHANISMS for verdict in verdicts])
    for kind, mine in (("mechanisms", power), ("safeguards", ~power)):
        areas = [roc_auc_score(right[mine], sure[mine]) for sure in (before, chances)]
        print(f"\n{title}, {kind}: {mine.sum()} said, {right[mine].sum()} right")
        print(f"  area under the curve {areas[1]:.2f}; by the chance of the heads {areas[0]:.2f}")
        for line in LINES:
            above, below = mine & (chances >= line), mine & (chances < line)
            shares = [right[some].mean() if some.any() else 0.0 for some in (above, below)]
            print(
                f"  {line:.2f}: {above.sum()} above, {shares[0]:.2f} right; {below.sum()} below, {shares[1]:.2f} right"
            )


def main() -> None:
    """Fit, say how it went, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True, help="the folder of public documents")
    parser.add_argument("--out", type=Path, default=HERE, help="where fast.json and model.json are written")
    options = parser.parse_args()
    for way in WAYS:
        verdicts = [*judged(options.documents, way), *development(options.documents, way), *calibration(way)]
        rows, right = [verdict.traits for verdict in verdicts], [verdict.agrees for verdict in verdicts]
        chances = unseen(rows, right, [verdict.document for verdict in verdicts], PENALTY)
        for source in ("verdicts", "development", "calibration"):
            chosen = [at for at, verdict in enumerate(verdicts) if verdict.source == source]
            show(f"{way}: {source}", [verdicts[at] for at in chosen], chances[chosen])
        text = json.dumps(asdict(fitted(rows, right, PENALTY, heads=load_heads().digest)), indent=1, sort_keys=True)
        (options.out / f"{way}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
