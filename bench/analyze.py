"""Whole analysis (file to HTML and JSON report) against pdfminer.six's bare text extraction, in one run on one core.

Usage: python bench/analyze.py FOLDER [--forms html,json] [--by model] [--limit N] [--json FILE] [--cap N]
`--by fast` leaves the larger network out. `--limit` takes every n-th file so that N are left; `--forms json` leaves the
advice and the page out. The sandbox and the start of the process are left out here; bench/sandbox.py counts them.
"""

import argparse
import json
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from pdfminer.high_level import extract_text

from impact.errors import ImpactError
from impact.pipeline import analyze, exporter

PATIENCE = 60
NOW = datetime(2025, 1, 1, tzinfo=UTC)


def spent_by_us(file: Path, forms: Sequence[str], by: str) -> tuple[float, int]:
    """Return the seconds of CPU from file to reports, and the pages read."""
    started = time.process_time()
    assessment = analyze(file, by=(by,), now=NOW, jailed=False)
    export = exporter(assessment)
    for form in forms:
        export(form)
    return time.process_time() - started, len(assessment.document.pages)


def spent_by_pdfminer(file: Path) -> float | None:
    """Return the seconds of CPU of pdfminer.six's bare text extraction; None if it takes over `PATIENCE`."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        running = pool.submit(_bare, file)
        try:
            return running.result(timeout=PATIENCE)
        except TimeoutError:
            for process in list(pool._processes.values()):  # noqa: SLF001 (no public way to stop a running task)
                process.kill()
            return None


def _bare(file: Path) -> float:
    started = time.process_time()
    extract_text(file)
    return time.process_time() - started


def main() -> None:
    """Time both on every PDF below the folder and print pages a second and the ratio; the first file warms up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--forms", default="html,json")
    parser.add_argument("--by", default="model")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--cap", type=int, default=10_000)
    chosen = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    pages, ours, theirs, measured, warm = 0, 0.0, 0.0, 0, False
    files = sorted(path for path in chosen.folder.rglob("*") if path.suffix.lower() == ".pdf")[: chosen.cap]
    files = files[:: -(-len(files) // chosen.limit)] if chosen.limit else files
    for file in [*files[:1], *files]:
        try:
            spent, read = spent_by_us(file, chosen.forms.split(","), chosen.by)
        except ImpactError as error:
            print(f"passed over: {error}")
            continue
        rival = spent_by_pdfminer(file)
        if rival is None:
            print(f"left out: pdfminer.six took over {PATIENCE} s on {file.name}; we took {spent:.1f} s")
            continue
        ours, theirs, pages, measured = ours + spent, theirs + rival, pages + read, measured + 1
        if file == files[0] and not warm:
            warm, ours, theirs, pages, measured = True, 0.0, 0.0, 0, 0
    figures = {
        "files": measured,
        "pages": pages,
        "impact_pages_per_second": round(pages / ours, 1),
        "pdfminer_pages_per_second": round(pages / theirs, 1),
        "ratio": round(theirs / ours, 2),
    }
    print(json.dumps(figures, indent=2))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
