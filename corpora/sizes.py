"""Count the labels of a corpus and put the table into its card, between the two comments that name the sizes.

python corpora/sizes.py corpora/standards corpora/written
"""

import json
import sys
from collections import Counter
from pathlib import Path

from impact.taxonomy import load

FROM, TO = "<!-- sizes: python corpora/sizes.py -->\n", "<!-- end of sizes -->\n"


def table(folder: Path) -> str:
    """Return the table of all JSON Lines of a folder, in Markdown: one row a label, then the totals."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    records = [json.loads(line) for line in lines if line.strip()]
    proposes = Counter(label for record in records for label in record["proposes"])
    context = Counter(label for record in records for label in record["context"])
    rows = ["| label | proposed | only mentioned |", "|---|---:|---:|"]
    rows += [f"| {label} | {proposes[label]:,} | {context[label]:,} |" for label in load().labels]
    silent = sum(not record["proposes"] and not record["context"] for record in records)
    twice = sum(record.get("readers", 1) > 1 for record in records)
    rows += ["", f"{len(records):,} clauses: {silent:,} without any label, {twice:,} read by two."]
    return "\n".join(rows) + "\n"


def card(folder: Path) -> str:
    """Return the card of a corpus with its table as the files have it now.

    Raises:
        ValueError: If the card does not hold both comments.
    """
    head, rest = (folder / "README.md").read_text(encoding="utf-8").split(FROM)
    _, tail = rest.split(TO)
    return head + FROM + table(folder) + TO + tail


if __name__ == "__main__":
    for name in sys.argv[1:]:
        (Path(name) / "README.md").write_text(card(Path(name)), encoding="utf-8")
