"""Hold the program against whole contributions that we wrote: what it finds of their grave clauses, and where it cries.

Usage: python bench/contributions.py [--folder FOLDER] [--writers wi,wj] [--missed]

The folder (corpora/contributions) has documents, `documents.tsv` (file, kind, writer, title) and `labels.jsonl`.
Printed for each kind of contribution: its grave clauses, those with a right label, those with a right firm mechanism;
firm mechanisms and how many are right; doubtful ones; clauses that propose nothing, and those that get a mechanism.
"""

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from impact.assess import assess
from impact.paths import shelf
from impact.pipeline import prepare
from impact.records import Provenance
from impact.taxonomy import load
from impact.train.corpus.clauses import Labeled, read_labeled
from impact.train.evaluation.answers import answers_whole
from impact.train.grading import Asker

COLUMNS = ("documents", "grave", "right", "firm right", "firm", "of these right", "doubtful", "unlabeled", "cried")


def graded(folder: Path, names: set[str]) -> Iterator[tuple[str, Counter[str], list[Labeled]]]:
    """Yield of each document its name, its counts by `COLUMNS`, and the grave clauses that no label was right for."""
    taxonomy = load()
    rows: dict[str, list[Labeled]] = defaultdict(list)
    for row in read_labeled(folder / "labels.jsonl", taxonomy.labels):
        rows[row.document].append(row)
    lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    grave = {row["id"] for row in map(json.loads, lines) if row["grave"]}
    provenance = Provenance("contributions", taxonomy.digest, (), (), "")
    asker = Asker(taxonomy, ("model",), lambda *parts: assess(*parts, taxonomy, provenance))
    for name in sorted(names):
        answers = answers_whole(asker, name, rows[name], prepare(folder / name))
        counts, missed = Counter({"documents": 1}), []
        firm = {(row, found.mechanism) for found in answers.grave for row in found.rows}
        doubtful = {(row, found.mechanism) for found in answers.doubtful for row in found.rows}
        for row in rows[name]:
            mechanisms = row.proposes & taxonomy.mechanisms.keys()
            if row.id in grave:
                right = bool(answers.labels[row.id] & mechanisms)
                counts["grave"] += 1
                counts["right"] += right
                counts["firm right"] += any((row.id, label) in firm for label in mechanisms)
                missed += [] if right else [row]
            counts["firm"] += sum(place == row.id for place, _ in firm)
            counts["of these right"] += sum(place == row.id and label in mechanisms for place, label in firm)
            counts["doubtful"] += sum(place == row.id for place, _ in doubtful)
            counts["unlabeled"] += not row.proposes
            counts["cried"] += not row.proposes and bool(answers.labels[row.id] & taxonomy.mechanisms.keys())
        yield name, counts, missed


def main() -> None:
    """Read every contribution, and print counts by kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=shelf("corpora") / "contributions")
    parser.add_argument("--writers", help="only contributions by these, parted by commas")
    parser.add_argument("--missed", action="store_true", help="print grave clauses without a right label")
    options = parser.parse_args()
    with (options.folder / "documents.tsv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file, dialect="excel-tab"))
    chosen = options.writers.split(",") if options.writers else sorted({row["writer"] for row in listed})
    kinds = {row["file"]: row["kind"] for row in listed if row["writer"] in chosen}
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for name, counts, missed in graded(options.folder, set(kinds)):
        totals[kinds[name]].update(counts)
        totals["all"].update(counts)
        for row in missed if options.missed else ():
            print(f"{row.id} {sorted(row.proposes)}: {row.text}")
    print("| kind |", " | ".join(COLUMNS), "|")
    print("|---" * (len(COLUMNS) + 1) + "|")
    for kind, counts in totals.items():
        print(f"| {kind} |", " | ".join(str(counts[name]) for name in COLUMNS), "|")


if __name__ == "__main__":
    main()
