"""Print how often each label occurs in a corpus, as a Markdown table.

python corpora/sizes.py corpora/written
python corpora/sizes.py corpora/standards
"""

import json
import sys
from collections import Counter
from pathlib import Path

from impact.taxonomy import load


def table(folder: Path) -> str:
    """Return the table of all JSON Lines of a folder: one row a label, then the totals."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    records = [json.loads(line) for line in lines if line.strip()]
    proposes = Counter(label for record in records for label in record["proposes"])
    context = Counter(label for record in records for label in record["context"])
    rows = ["| label | proposed | only mentioned |", "|---|---:|---:|"]
    rows += [f"| {label} | {proposes[label]:,} | {context[label]:,} |" for label in load().labels]
    silent = sum(not record["proposes"] and not record["context"] for record in records)
    twice = sum(record.get("readers", 1) > 1 for record in records)
    rows += ["", f"{len(records):,} clauses: {silent:,} without any label, {twice:,} read by two."]
    return "\n".join(rows)


if __name__ == "__main__":
    sys.stdout.write(table(Path(sys.argv[1])) + "\n")
