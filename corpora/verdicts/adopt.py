"""Adopt verdicts of readers on findings: keep clause, label and verdict, leave the text behind.

    python corpora/verdicts/adopt.py --set first FINDINGS.jsonl VERDICTS.jsonl

A line of FINDINGS has `id`, `document`, `clause`, `text` and `label`, one of VERDICTS `id`, `verdict` and `why`. A
finding that is read again takes its later verdict.
"""

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path

LABELS = Path(__file__).resolve().parent / "labels.jsonl"


def rows(path: Path) -> list[dict[str, str]]:
    """Return the lines of a file; none if it is not there yet."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def main() -> None:
    """Read, merge, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("findings", type=Path)
    parser.add_argument("verdicts", type=Path)
    parser.add_argument("--set", required=True, help="name of the set of readings")
    options = parser.parse_args()
    verdicts = {row["id"]: row for row in rows(options.verdicts)}
    merged = {(row["document"], row["clause"], row["label"]): row for row in rows(LABELS)}
    for row in rows(options.findings):
        if (verdict := verdicts.get(row["id"])) is not None:
            key = (row["document"], row["clause"], row["label"])
            words = sha256(" ".join(row["text"].split()).encode()).hexdigest()
            named = dict(zip(("document", "clause", "label"), key, strict=True))
            merged[key] = {
                **named,
                "sha256": words,
                "verdict": verdict["verdict"],
                "why": verdict["why"],
                "set": options.set,
            }
    lines = [json.dumps(merged[key], ensure_ascii=False) for key in sorted(merged)]
    LABELS.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    sys.stdout.write(f"{len(lines)} verdicts\n")


if __name__ == "__main__":
    main()
