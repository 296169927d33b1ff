"""Do hostile files among good ones change anything for the good ones?

Usage: python bench/hostile.py FOLDER [--documents 200] [--by model|cues] [--workers N] [--time-limit S] [--json FILE]
Makes copies of the files in FOLDER, reads them by themselves, then together with every file of tests/hostile/make.py,
in killable workers and in a dask cluster, and compares the reports byte by byte (apart from the time in them).
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from batch import make

from impact.batch.record import RecordOutcome, read_records

HERE = Path(__file__).resolve().parent.parent
TIME = re.compile(rb'"made_at": ?"[^"]*"')


def run(sources: list[Path], out: Path, engine: str, chosen: argparse.Namespace) -> tuple[int, float]:
    """Read all sources into `out` and return the exit code and the seconds it took."""
    command = [sys.executable, "-m", "impact", "batch", *map(str, sources), "--out", str(out), "--quiet"]
    command += ["--engine", engine, "--by", chosen.by, "--workers", str(chosen.workers)]
    command += ["--time-limit", str(chosen.time_limit)]
    began = time.monotonic()
    code = subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode
    return code, time.monotonic() - began


def reports(out: Path, names: set[str]) -> dict[str, bytes]:
    """Return the reports of the documents with these names, without the time in them."""
    found = {}
    for record in read_records(out):
        path = out / record.folder / "report.json"
        if record.name.rpartition("/")[2] in names and path.is_file():
            found[record.name.rpartition("/")[2]] = TIME.sub(b"", path.read_bytes())
    return found


def judged(out: Path, alone: dict[str, bytes], good: set[str]) -> dict[str, object]:
    """Return what became of good and hostile documents in a run of both."""
    together = reports(out, good)
    hostile = [record for record in read_records(out) if record.name.rpartition("/")[2] not in good]
    unnamed = [
        document_record.name
        for document_record in hostile
        if document_record.outcome is RecordOutcome.FAILED
        and not (document_record.stage and document_record.reason and document_record.hint)
    ]
    return {
        "good": len(good),
        "equal": sum(together.get(name) == report for name, report in alone.items()),
        "hostile": len(hostile),
        "outcomes": dict(Counter(document_record.outcome.value for document_record in hostile)),
        "failures without a name": unnamed,
    }


def main() -> None:
    """Make, run and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--by", default="model")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--time-limit", type=int, default=120)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        good, bad = root / "good", root / "bad"
        good.mkdir()
        make(chosen.folder, good, chosen.documents, 0.3)
        subprocess.run([sys.executable, "-m", "tests.hostile.make", str(bad)], check=True, cwd=HERE)
        names = {path.name for path in good.rglob("*") if path.is_file()}
        code, seconds = run([good], root / "alone", "local", chosen)
        alone = reports(root / "alone", names)
        figures: dict[str, object] = {"alone": {"exit code": code, "seconds": round(seconds), "reports": len(alone)}}
        for engine in ("local", "dask"):
            code, seconds = run([good, bad], root / engine, engine, chosen)
            figures_of_run = {"exit code": code, "seconds": round(seconds)}
            figures[engine] = figures_of_run | judged(root / engine, alone, names)
            print(json.dumps({engine: figures[engine]}), flush=True)
    print(json.dumps(figures, indent=2))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
