"""Fit how likely a careful reader is to agree with an entry of a review that a detector's match gives.

    python models/entries/fit.py --documents DIR

Readers judged entries drawn at random from reviews of public documents (`corpora/verdicts/entries.jsonl`): right,
wrong, or true and of no use. A logistic regression on the traits of `impact/advise/detectors/agreement.py` is fitted to
those that detectors gave, once for each way of judging; without the first set, after which the detectors were changed.
What is printed comes from weights that were fitted to other documents.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from impact.advise.context import Context
from impact.advise.detectors.agreement import EntryWeights, Traits
from impact.advise.guidelines.worth import weighed
from impact.classify import outlook_of
from impact.errors import UnreadableError
from impact.paths import shelf
from impact.pipeline import analyze
from impact.records import Clause, LabelOdds, Outlook
from impact.taxonomy import load
from impact.train.corpus.stream import digest
from impact.train.grading import files_by_name

HERE = Path(__file__).resolve().parent
WAYS = ("model", "fast", "cues")
PENALTY, OWN = 0.1, 2.0
"""Inverse strength of the penalty on weights of traits of variance 1, and scale of the traits that name a detector, of
which most were judged a few times. Source: cross-validated, README.md beside this file."""
FOLDS, ROUNDS = 8, 5
LINES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)

Table = NDArray[Any]


@dataclass(frozen=True)
class JudgedEntry:
    """An entry that a detector gave, with its traits by way of judging, and the verdict of the reader."""

    document: str
    traits: Mapping[str, Traits]
    verdict: str


def judged(folder: Path) -> Iterator[JudgedEntry]:
    """Yield the entries of documents of a folder; those of which the clause reads otherwise today are left out."""
    groups, files = defaultdict(dict), files_by_name(folder)
    for line in (shelf("corpora") / "verdicts" / "entries.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["set"] != "first":
            groups[row["document"]][row["topic"], row["sha256"]] = row["verdict"]
    for name in sorted(groups.keys() & files.keys()):
        with suppress(UnreadableError):
            context = Context(analyze(files[name], by=("cues",), jailed=False), load())
            yield from _judged(name, context, groups[name])


def _judged(name: str, context: Context, verdicts: Mapping[tuple[str, str], str]) -> Iterator[JudgedEntry]:
    """Yield the judged entries of a document; `verdicts` are by detector and digest of the clause."""
    digests = {clause.id: digest(clause.span.of(context.text)) for clause in context.whole.clauses}
    wanted = {clause for clause, sha256 in digests.items() if any(sha256 == own for _, own in verdicts)}
    traits: dict[tuple[str, str], dict[str, Traits]] = defaultdict(dict)
    for way in WAYS:
        outlook = outlook_of(context.whole.proposal, (way,))
        for detector, match, own in weighed(context, Outlook(way, _only(wanted, outlook))):
            traits[detector, match.clause.id][way] = own
    for (detector, clause), by_way in traits.items():
        if verdict := verdicts.get((detector, digests[clause])):
            yield JudgedEntry(name, by_way, verdict)


def _only(wanted: Collection[str], outlook: Outlook) -> Callable[[Clause], LabelOdds | None]:
    """Return what gives the odds of some clauses alone, for asking the network of all takes long."""
    return lambda clause: outlook.odds(clause) if clause.id in wanted else None


def fit(entries: Sequence[JudgedEntry], way: str) -> EntryWeights:
    """Return weights fitted to entries."""
    names = sorted({name for entry in entries for name in entry.traits[way]})
    columns = np.array([[entry.traits[way].get(name, 0.0) for name in names] for entry in entries])
    own = np.array([name.startswith("detector ") for name in names])
    mean, scale = columns.mean(0), np.where(own, 1 / OWN, columns.std(0) + 1e-6)
    right = np.array([entry.verdict == "right" for entry in entries])
    fitted = LogisticRegression(C=PENALTY, max_iter=3000).fit((columns - mean) / scale, right)
    weights = fitted.coef_[0] / scale
    bias = float(fitted.intercept_[0] - weights @ mean)
    traits = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
    return EntryWeights(round(bias, 4), traits)


def unseen(entries: Sequence[JudgedEntry], way: str) -> Table:
    """Return the chance of each entry by weights fitted to other documents, mean over several partings."""
    names = sorted({entry.document for entry in entries})
    chances = np.zeros(len(entries))
    for seed in range(ROUNDS):
        folds = dict(zip(names, np.random.default_rng(seed).permutation(len(names)) % FOLDS, strict=True))
        for fold in range(FOLDS):
            weights = fit([entry for entry in entries if folds[entry.document] != fold], way)
            for at, entry in enumerate(entries):
                if folds[entry.document] == fold:
                    chances[at] += weights.chance(entry.traits[way]) / ROUNDS
    return chances


def show(entries: Sequence[JudgedEntry], way: str) -> None:
    """Print how many entries are right above each line, by weights that were fitted to other documents."""
    verdicts, chances = np.array([entry.verdict for entry in entries]), unseen(entries, way)
    right = verdicts == "right"
    area = roc_auc_score(right, chances)
    print(f"{way}: {len(entries)} entries, {right.mean():.2f} right; area under the curve {area:.2f}")
    for line in LINES:
        above = chances >= line
        if above.any():
            shares = [(verdicts[above] == verdict).mean() for verdict in ("right", "wrong")]
            kept = right[above].sum() / right.sum()
            print(f"  {line:.2f}: {above.sum()} above, {shares[0]:.2f} right, {shares[1]:.2f} wrong, {kept:.2f} kept")


def main() -> None:
    """Fit, say how it went, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True, help="the folder of public documents")
    parser.add_argument("--out", type=Path, default=HERE, help="where a file is written for each way of judging")
    options = parser.parse_args()
    entries = list(judged(options.documents))
    for way in WAYS:
        show(entries, way)
        text = json.dumps(asdict(fit(entries, way)), indent=1, sort_keys=True)
        (options.out / f"{way}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
