"""Does the reading list put documents on interception, surveillance, identity and blocking above codecs and MIBs?

`python bench/reading.py FOLDER --cache DIR [--list]`

FOLDER holds the documents that bench/reading.tsv and bench/benign.txt name. Each is analyzed once; report and record
stay in DIR, in the shape of a batch's output, so that a second run measures at once. Prints the share of pairs of one
document of each class in which the first stands above the second (AUC); equal findings, which only number and name
part, count half. Then the ten documents of each class that stand worst, with the reason that the list gives.
"""

import argparse
import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from impact.batch.portfolio.gather import RankedDocument, gather
from impact.batch.portfolio.order import counts_of
from impact.batch.record import Record, RecordOutcome, read_records, to_json
from impact.errors import ImpactError
from impact.pipeline import analyze, render
from impact.taxonomy import load

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BENCH = Path(__file__).parent
WORST = 10


def main() -> None:
    """Analyze what the cache lacks, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--list", action="store_true", help="Print the whole reading list with both classes marked.")
    asked = parser.parse_args()
    wanted = {line.split("\t")[0]: tuple(line.split("\t")[1:]) for line in _lines(BENCH / "reading.tsv")}
    other = dict.fromkeys(_lines(BENCH / "benign.txt"), ("other", "other"))
    cached = {record.name for record in read_records(asked.cache)}
    for name in {**wanted, **other}:
        if name not in cached:
            _analyze(asked.folder, name, asked.cache)
    portfolio = gather(asked.cache, NOW, load())
    for failure in portfolio.failures:
        if failure.name in wanted or failure.name in other:
            print(f"not read: {failure.name}: {failure.reason}")
    first = [document for document in portfolio.documents if document.summary.record.name in wanted]
    second = [document for document in portfolio.documents if document.summary.record.name in other]
    _print(first, second, wanted)
    if asked.list:
        for document in portfolio.documents:
            _say(document, "".join(wanted.get(document.summary.record.name, ("",))[0] or ("-" * (document in second))))


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _analyze(folder: Path, name: str, cache: Path) -> None:
    beside = cache / name.replace("/", "__")
    beside.mkdir(parents=True, exist_ok=True)
    digest = sha256((folder / name).read_bytes()).hexdigest()
    record = Record(name, beside.name, digest, "bench", RecordOutcome.DONE)
    try:
        assessment = analyze(folder / name, now=NOW)
        for form in ("json", "html"):
            (beside / f"report.{form}").write_text(render(assessment, form), encoding="utf-8")
    except ImpactError as error:
        hint = error.hint or "Look at the file"
        record = Record(name, beside.name, digest, "bench", RecordOutcome.FAILED, "extract", error.message, hint)
    (beside / "record.json").write_text(to_json(record), encoding="utf-8")
    print(f"read {name}", flush=True)


def _print(first: list[RankedDocument], second: list[RankedDocument], wanted: dict[str, tuple[str, ...]]) -> None:
    kinds = {ranked.summary.record.name: wanted[ranked.summary.record.name] for ranked in first}
    specifies = [ranked for ranked in first if kinds[ranked.summary.record.name][1] == "specifies"]
    figures = {"all": auc(first, second), "specifies": auc(specifies, second)}
    for subject in dict.fromkeys(subject for subject, _ in kinds.values()):
        some = [ranked for ranked in first if kinds[ranked.summary.record.name][0] == subject]
        figures[subject] = auc(some, second)
    print(json.dumps({"documents": len(first), "others": len(second)} | {k: round(v, 3) for k, v in figures.items()}))
    print("\nThose that should stand high and stand lowest:")
    for ranked in first[-WORST:]:
        _say(ranked, " ".join(kinds[ranked.summary.record.name]))
    print("\nThose that should stand low and stand highest:")
    for ranked in second[:WORST]:
        _say(ranked, "")


def auc(first: list[RankedDocument], second: list[RankedDocument]) -> float:
    """Return the share of pairs in which the document of `first` stands above that of `second`; ties count half."""
    above = [counts_of(left.summary) for left in first]
    below = [counts_of(left.summary) for left in second]
    won = sum((left < right) + (left == right) / 2 for left in above for right in below)
    return won / (len(above) * len(below))


def _say(ranked: RankedDocument, kind: str) -> None:
    print(
        f"{ranked.place:4} {ranked.summary.record.name:<58} {kind:<22} {ranked.summary.words:6} words  {ranked.reason}"
    )


if __name__ == "__main__":
    main()
