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
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from impact.advise.context import Context
from impact.advise.guidelines.worth import weighed
from impact.classify import outlook_of
from impact.errors import UnreadableError
from impact.paths import shelf
from impact.pipeline import analyze
from impact.records import Clause, LabelOdds, Outlook
from impact.taxonomy import load
from impact.train.corpus.stream import digest
from impact.train.fit.traits import fitted, unseen
from impact.train.grading import files_by_name
from impact.trait_weights import Traits

HERE = Path(__file__).resolve().parent
WAYS = ("model", "fast", "cues")
PENALTY, OWN = 0.1, {"detector ": 2.0}
"""Inverse strength of the penalty on weights of traits of variance 1, and scale of the traits that name a detector, of
which most were judged a few times. Source: cross-validated, README.md beside this file."""
LINES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


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
    wanted = {
        clause for clause, sha256 in digests.items() if any(sha256 == judged_traits for _, judged_traits in verdicts)
    }
    traits: dict[tuple[str, str], dict[str, Traits]] = defaultdict(dict)
    for way in WAYS:
        outlook = outlook_of(context.whole.proposal, (way,))
        for detector, match, judged_traits in weighed(context, replace(outlook, odds=_only(wanted, outlook))):
            traits[detector, match.clause.id][way] = judged_traits
    for (detector, clause), by_way in traits.items():
        if verdict := verdicts.get((detector, digests[clause])):
            yield JudgedEntry(name, by_way, verdict)


def _only(wanted: Collection[str], outlook: Outlook) -> Callable[[Clause], LabelOdds | None]:
    """Return what gives the odds of some clauses alone, for asking the network of all takes long."""
    return lambda clause: outlook.odds(clause) if clause.id in wanted else None


def show(entries: Sequence[JudgedEntry], way: str) -> None:
    """Print how many entries are right above each line, by weights that were fitted to other documents."""
    verdicts = np.array([entry.verdict for entry in entries])
    right = verdicts == "right"
    rows, documents = [entry.traits[way] for entry in entries], [entry.document for entry in entries]
    chances = unseen(rows, right.tolist(), documents, PENALTY, OWN)
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
        rows, right = [entry.traits[way] for entry in entries], [entry.verdict == "right" for entry in entries]
        text = json.dumps(asdict(fitted(rows, right, PENALTY, OWN)), indent=1, sort_keys=True)
        (options.out / f"{way}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
