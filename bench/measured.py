"""Write the figures by label that reports print, from what `impact evaluate --json` has measured.

Usage: python bench/measured.py model=EVALUATION.json [cues=EVALUATION.json] --data WORDS --date DAY
Writes impact/report/annex/measured-labels.toml anew. Each evaluation asked one judge alone (`--by`), on labeled clauses
of documents that were not trained on, which WORDS describe.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from impact.taxonomy import load

TARGET = Path(__file__).resolve().parent.parent / "impact" / "report" / "annex" / "measured-labels.toml"
HEAD = """# Figures by label, said in reports of the mechanisms that they name.
# Written by bench/measured.py; not to be edited by hand.
# `readers`: labeled clauses in which readers saw it; `program`: those in which the program did; `both`: both of them.
"""


def lines(judge: str, path: Path, data: str, date: str) -> Iterator[str]:
    """Yield the table of one judge."""
    found = json.loads(path.read_text(encoding="utf-8"))
    if found["by"] != [judge]:
        sys.exit(f"{path} measured {found['by']}, not {judge} alone")
    yield f'\n[[judges]]\nby = "{judge}"\nclauses = {found["clauses"]}\ndocuments = {found["documents"]}'
    yield f"data = {json.dumps(data)}\ndate = {json.dumps(date)}\n\n[judges.labels]"
    for label, result in found["results"].items():
        if label in load().labels and result["readers"] + result["program"]:
            both = round(result["precision"] * result["program"])
            yield f"{label} = {{ readers = {result['readers']}, program = {result['program']}, both = {both} }}"


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evaluations", nargs="+", metavar="JUDGE=FILE")
    parser.add_argument("--data", required=True)
    parser.add_argument("--date", required=True)
    options = parser.parse_args()
    parts = [HEAD.rstrip("\n")]
    for given in options.evaluations:
        judge, _, path = given.partition("=")
        parts += lines(judge, Path(path), options.data, options.date)
    TARGET.write_text("\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
