"""Read every file below some folders and say how it went.

`python bench/documents.py FOLDER... [--each] [--engine pdfminer] [--in-process]`
prints a table by format: files, reports, refusals, failures (an exception that is no refusal), seconds, the slowest
file, warnings; then each refusal, and each warning. `--each` prints a line for each file as it goes.
"""

import argparse
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from impact.errors import UnreadableError
from impact.extract import Limits, Options, read

WIDTHS = "{:<10} {:>6} {:>8} {:>9} {:>9} {:>9} {:>9}  {}"


@dataclass
class Tally:
    """What happened to the files of one format."""

    files: int = 0
    reports: int = 0
    refusals: int = 0
    failures: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    slowest_name: str = ""
    warned: int = 0
    said: list[str] = field(default_factory=list)
    warnings: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Read, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--each", action="store_true")
    parser.add_argument("--engine", default="pdfium")
    parser.add_argument("--in-process", action="store_true")
    asked = parser.parse_args()
    tallies: dict[str, Tally] = defaultdict(Tally)
    paths = [path for folder in asked.folders for path in ([folder] if folder.is_file() else sorted(folder.rglob("*")))]
    for path in paths:
        if path.is_file():
            _one(path, tallies, asked)
    _print(tallies)


def _one(path: Path, tallies: dict[str, Tally], asked: argparse.Namespace) -> None:
    start, outcome, kind, warnings = time.perf_counter(), "reports", "", ()
    try:
        document = read(path, Options(pdf_engine=asked.engine), Limits(), jailed=not asked.in_process)
        kind, warnings = document.format, document.warnings
        words = f"{document.engine}, {len(document.text)} characters, {len(document.blocks)} blocks"
    except UnreadableError as error:
        outcome, words = "refusals", f"{type(error).__name__}: {error}"
    except Exception as error:  # noqa: BLE001 - that is what is counted here
        outcome, words = "failures", f"{type(error).__name__}: {error}"
    seconds = time.perf_counter() - start
    tally = tallies[kind or f"({path.suffix.lower().lstrip('.')})"]
    tally.files += 1
    setattr(tally, outcome, getattr(tally, outcome) + 1)
    tally.seconds += seconds
    if seconds > tally.slowest:
        tally.slowest, tally.slowest_name = seconds, path.name
    tally.warned += bool(warnings)
    tally.warnings.update(warnings)
    if outcome != "reports":
        tally.said.append(f"{path.name}: {words}")
    if asked.each:
        print(f"{seconds:7.2f} s  {path.name:<40} {outcome[:-1]:<8} {words} {' | '.join(warnings[:3])}", flush=True)


def _print(tallies: dict[str, Tally]) -> None:
    print(WIDTHS.format("format", "files", "reports", "refusals", "failures", "seconds", "slowest", "slowest file"))
    for kind, tally in sorted(tallies.items()):
        numbers = (tally.files, tally.reports, tally.refusals, tally.failures)
        print(WIDTHS.format(kind, *numbers, f"{tally.seconds:.1f}", f"{tally.slowest:.2f}", tally.slowest_name))
    for kind, tally in sorted(tallies.items()):
        for words in tally.said:
            print(f"{kind}: {words}")
        for warning, count in tally.warnings.most_common(12):
            print(f"{kind}: warning x{count}: {warning}")


if __name__ == "__main__":
    main()
