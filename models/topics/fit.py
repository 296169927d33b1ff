"""Fit the weights by which a brief says what a passage is about.

    python models/topics/fit.py --documents DIR [--check]

Learns from `corpora/verdicts/topics.jsonl`: whether passages are about the topics whose words are in them, as readers
judged. DIR holds the documents. `--check` prints what weights fitted to other documents would name.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from impact.advise.salient.topics import LIKELY, TopicUse, library
from impact.errors import UnreadableError
from impact.paths import shelf
from impact.pipeline import prepare
from impact.train.corpus.stream import digest
from impact.train.fit.traits import fitted, unseen
from impact.train.grading import files_by_name
from impact.trait_weights import Traits

HERE = Path(__file__).resolve().parent
PENALTY = 0.05
"""Inverse strength of the penalty on weights. Source: 0.02 to 0.3 are all the same in `--check`."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage with a topic, and whether readers say that it is about that."""

    document: str
    clause: str
    traits: Traits
    right: bool


def judged(folder: Path) -> Iterator[Judged]:
    """Yield what was judged of documents in a folder; passages that read otherwise today are left out."""
    groups = defaultdict(list)
    for line in (shelf("corpora") / "verdicts" / "topics.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        groups[row["document"]].append(row)
    files, topics = files_by_name(folder), {topic.name: topic for topic in library().topics}
    for name in sorted(groups.keys() & files.keys()):
        with suppress(UnreadableError):
            proposal, clauses = prepare(files[name], jailed=False)
            text = proposal.document.text
            use = TopicUse(clauses, text)
            known = {(clause.id, digest(clause.span.of(text))): clause for clause in clauses}
            for row in groups[name]:
                clause = known.get((row["clause"], row["sha256"]))
                if clause is not None and row["topic"] in topics:
                    traits = use.traits(topics[row["topic"]], clause, row["salience"])
                    yield Judged(name, clause.id, traits, row["right"])


def check(rows: Sequence[Judged]) -> None:
    """Print how many passages would be named, and how many with a wrong topic, with and without weights."""
    chances = unseen([row.traits for row in rows], [row.right for row in rows], [row.document for row in rows], PENALTY)
    for name, least in (("all", 0.0), (f"{LIKELY}", LIKELY), ("0.80", 0.8), ("0.85", 0.85)):
        kept = [row for row, chance in zip(rows, chances, strict=True) if chance >= least]
        passages = {(row.document, row.clause) for row in kept}
        wrong = {(row.document, row.clause) for row in kept if not row.right}
        print(f"{name:4} {len(kept)} topics of {len(passages)} passages, {len(wrong)} with a wrong one")


def main() -> None:
    """Fit, and write or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True, help="folder of the documents")
    parser.add_argument("--check", action="store_true", help="print what would be named")
    args = parser.parse_args()
    rows = list(judged(args.documents))
    check(rows)
    if not args.check:
        weights = fitted([row.traits for row in rows], [row.right for row in rows], PENALTY)
        text = json.dumps(asdict(weights), indent=1, sort_keys=True)
        (HERE / "weights.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
