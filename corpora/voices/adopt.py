"""Adopt readings of who speaks in sentences: keep the labels and the digest of the words, leave the sentences behind.

    python corpora/voices/adopt.py --reader second SENTENCES.jsonl LABELS.jsonl

A line of SENTENCES has `id`, `doc` and `sentence`, one of LABELS `id` and `stance`. Labels that are neither "own_rule"
nor "talk" are left out; a sentence that is read again takes its later label.
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
    parser.add_argument("sentences", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--reader", required=True)
    options = parser.parse_args()
    voices = {row["id"]: row["stance"] for row in rows(options.labels)}
    merged = {(row["document"], row["sha256"]): row for row in rows(LABELS)}
    for row in rows(options.sentences):
        if (voice := voices.get(row["id"])) in {"own_rule", "talk"}:
            key = (row["doc"], sha256(" ".join(row["sentence"].split()).encode()).hexdigest())
            merged[key] = {"document": key[0], "sha256": key[1], "voice": voice, "reader": options.reader}
    lines = [json.dumps(merged[key], ensure_ascii=False) for key in sorted(merged)]
    LABELS.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    sys.stdout.write(f"{len(lines)} labels\n")


if __name__ == "__main__":
    main()
