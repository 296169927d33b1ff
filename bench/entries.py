"""Draw entries of reviews at random for readers to judge, and count their verdicts.

Usage: python bench/entries.py draw FOLDER --out SHEET [--number 100] [--most 4] [--seed 1]
       python bench/entries.py count SHEET [SHEET ...]

`draw` analyzes the documents of a folder and writes a line of JSON for each entry that is drawn, at most so many a
document: what the review states and asks, the clause that it quotes first with its headings, and the clauses before and
after it. A reader fills in `verdict`: "right", "wrong", or "trivial" (true, and of no use to anyone in a meeting).

`count` prints the verdicts by kind of entry; with several sheets of the same entries, how often two readers agree.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from impact.advise import advise
from impact.classify import outlook_of
from impact.errors import UnreadableError
from impact.pipeline import analyze
from impact.records import Assessment, Cited, Omission, Point
from impact.taxonomy import load

VERDICTS = ("right", "wrong", "trivial")


def entries_of(assessment: Assessment, name: str) -> Iterator[dict[str, Any]]:
    """Yield the entries of the guideline answers: points, then silences, in the order of the guidelines."""
    advice = advise(assessment, load(), outlook_of(assessment.proposal, assessment.provenance.by))
    for answer in advice.guidelines:
        about = {"document": name, "guideline": f"{answer.number} {answer.title}"}
        for point in answer.points:
            yield {**about, **_point(point), **_place(assessment, point.cites[0])}
        for omission in answer.omissions:
            yield {**about, **_silence(omission)}


def _point(point: Point) -> dict[str, Any]:
    kind = f"{point.bearing.value}, needs review" if point.doubtful else point.bearing.value
    return {"kind": kind, "topic": point.topic, "name": point.name, "says": point.says, "asks": point.ask}


def _silence(omission: Omission) -> dict[str, Any]:
    return {"kind": "silence", "topic": omission.id, "says": omission.says, "asks": omission.ask}


def _place(assessment: Assessment, cited: Cited) -> dict[str, Any]:
    """Return the clause that is cited with its headings and its neighbors."""
    clauses = assessment.clauses
    place = next(place for place, clause in enumerate(clauses) if clause.id == cited.clause)
    quoted_clause, around = clauses[place], [clauses[max(0, place - 2) : place], clauses[place + 1 : place + 3]]
    before, after = ([assessment.document.quote(clause.span) for clause in part] for part in around)
    words = {
        "quoted": [assessment.document.quote(span) for span in cited.evidence],
        "clause": assessment.document.quote(quoted_clause.span),
    }
    return {**words, "id": quoted_clause.id, "headings": list(quoted_clause.headings), "before": before, "after": after}


def draw(folder: Path, most: int, number: int, seed: int) -> list[dict[str, Any]]:
    """Return entries drawn at random, at most `most` a document and `number` in all, in a random order."""
    chance = random.Random(seed)  # noqa: S311 (a repeatable choice)
    drawn: list[dict[str, Any]] = []
    for path in sorted(path for path in folder.iterdir() if path.is_file() and path.suffix != ".tsv"):
        try:
            entries = list(entries_of(analyze(path, jailed=False), path.name))
        except UnreadableError as error:
            print(f"{path.name}: {error}")
            continue
        drawn += chance.sample(entries, min(most, len(entries)))
    return chance.sample(drawn, min(number, len(drawn)))


def count(sheets: Sequence[Path]) -> None:
    """Print the verdicts of each sheet by kind of entry, and how often two sheets agree."""
    read = [[json.loads(line) for line in sheet.read_text("utf-8").splitlines()] for sheet in sheets]
    for sheet, rows in zip(sheets, read, strict=True):
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        for row in rows:
            if row["verdict"] not in VERDICTS:
                msg = (
                    f"{sheet}: verdict {row['verdict']!r} of {row['topic']} in {row['document']} is none of {VERDICTS}"
                )
                raise SystemExit(msg)
            kinds[row["kind"]][row["verdict"]] += 1
            kinds["all"][row["verdict"]] += 1
        print(f"{sheet}\n| kind | entries | {' | '.join(VERDICTS)} |\n|---|---:|---:|---:|---:|")
        for kind, counts in sorted(kinds.items(), key=lambda pair: (pair[0] == "all", pair[0])):
            shares = " | ".join(f"{counts[verdict] / counts.total():.2f}" for verdict in VERDICTS)
            print(f"| {kind} | {counts.total()} | {shares} |")
    for (first, verdicts), (second, other_verdicts) in combinations(zip(sheets, read, strict=True), 2):
        alike = sum(a["verdict"] == b["verdict"] for a, b in zip(verdicts, other_verdicts, strict=True))
        print(f"{first} and {second} agree on {alike} of {len(verdicts)}")


def main() -> None:
    """Draw entries, or count verdicts on them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw", help="draw entries of the reviews of a folder of documents")
    drawing.add_argument("folder", type=Path)
    drawing.add_argument("--out", type=Path, required=True)
    drawing.add_argument("--number", type=int, default=100, help="how many in all")
    drawing.add_argument("--most", type=int, default=4, help="how many a document")
    drawing.add_argument("--seed", type=int, default=1)
    counting = commands.add_parser("count", help="count the verdicts in sheets that readers filled in")
    counting.add_argument("sheets", type=Path, nargs="+")
    options = parser.parse_args()
    if options.command == "count":
        count(options.sheets)
        return
    rows = draw(options.folder, options.most, options.number, options.seed)
    lines = "".join(f"{json.dumps({**row, 'verdict': ''}, ensure_ascii=False)}\n" for row in rows)
    options.out.write_text(lines, encoding="utf-8")
    print(f"{len(rows)} entries of {len({row['document'] for row in rows})} documents in {options.out}")


if __name__ == "__main__":
    main()
