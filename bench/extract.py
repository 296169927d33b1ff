"""How fast PDF extraction is, against bare pdfminer.six on the same files in the same run.

`python bench/extract.py FOLDER... [--limit N] [--engine pdfium|pdfminer] [--no-jail] [--patience S] [--json]`
reads every PDF below the folders in this process with `impact.extract.readers.read` and with
`pdfminer.high_level.extract_text`, one after the other, file by file, and prints pages a second of CPU time of both
and their ratio. What the jail (a child process for each document) costs is printed apart. `--limit` takes every n-th
file so that N are left. Files that our engine refuses are left out of both sums and named, and so are files on which
pdfminer takes more CPU seconds than `--patience`: they would only flatter the ratio.
"""

import argparse
import json
import logging
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

from impact.errors import UnreadableError
from impact.extract import readers
from impact.extract.options import PDF_ENGINES, Options


@dataclass
class Totals:
    """Sums over the files read by both."""

    files: int = 0
    pages: int = 0
    ours_s: float = 0.0
    pdfminer_s: float = 0.0
    jail_wall_s: float = 0.0
    inside_wall_s: float = 0.0
    out_of_patience: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ratio_of: dict[str, float] = field(default_factory=dict)

    def ratios(self) -> dict[str, float]:
        """Return what is reported: pages a second, the ratio, and the cost of the jail for one document."""
        return {
            "ours_pages_per_s": round(self.pages / self.ours_s, 1),
            "pdfminer_pages_per_s": round(self.pages / self.pdfminer_s, 1),
            "ratio": round(self.pdfminer_s / self.ours_s, 2),
            "median_ratio_of_a_file": round(median(self.ratio_of.values()), 2),
            "jail_ms_per_document": round(1000 * (self.jail_wall_s - self.inside_wall_s) / max(self.files, 1), 1),
        }


def main() -> None:
    """Read, time, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--engine", choices=PDF_ENGINES, default="pdfium")
    parser.add_argument("--no-jail", action="store_true")
    parser.add_argument("--patience", type=float, default=60)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    logging.disable(logging.CRITICAL)
    files = sorted(path for folder in chosen.folders for path in folder.rglob("*.pdf") if path.stat().st_size)
    if chosen.limit and len(files) > chosen.limit:
        files = files[:: -(-len(files) // chosen.limit)]
    totals = run(files, chosen.engine, jail=not chosen.no_jail, patience=chosen.patience)
    if chosen.json:
        print(json.dumps({**asdict(totals), **totals.ratios()}, indent=1))
        return
    show(totals, chosen.engine)


def run(files: list[Path], engine: str, *, jail: bool, patience: float) -> Totals:
    """Time both readers on each file in turn; what is imported on first use is warmed up before."""
    from pdfminer.high_level import extract_text

    ours = readers.read
    options = Options(pdf_engine=engine)
    totals = Totals()
    if files:
        extract_text(str(files[0]), maxpages=1)
        warm_up(files[0], options)
    for path in files:
        data = path.read_bytes()
        try:
            cpu, wall, document = timed(lambda: ours(data, path.name, options))  # noqa: B023  # called in this very turn
        except UnreadableError as error:
            totals.refused.append(f"{path.name}: {error}")
            continue
        bare = timed_within(lambda: extract_text(str(path)), patience)  # noqa: B023  # called in this very turn
        if bare is None:
            totals.out_of_patience.append(path.name)
            continue
        totals.files += 1
        totals.pages += len(document.pages)
        totals.ours_s += cpu
        totals.pdfminer_s += bare
        totals.inside_wall_s += wall
        totals.ratio_of[path.name] = round(bare / cpu, 1)
        if jail:
            totals.jail_wall_s += timed(lambda: jailed(path, options))[1]  # noqa: B023  # called in this very turn
    return totals


def warm_up(path: Path, options: Options) -> None:
    """Read one page, so that our libraries and lists are loaded as well."""
    with suppress(UnreadableError):
        readers.read(path.read_bytes(), path.name, replace(options, max_pages=1))


def jailed(path: Path, options: Options) -> Any:
    """Read a document as the program does: in a child process."""
    from impact.extract import read

    return read(path, options)


def timed(call: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return CPU seconds of this process, wall seconds, and the result."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = call()
    return time.process_time() - cpu, time.perf_counter() - wall, result


def timed_within(call: Callable[[], Any], patience: float) -> float | None:
    """Return CPU seconds of a call; None if it takes more than `patience`."""

    def stop(_signal: int, _frame: Any) -> None:
        raise TimeoutError

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, patience)
    try:
        return timed(call)[0]
    except TimeoutError:
        return None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def show(totals: Totals, engine: str) -> None:
    """Print the figures for people."""
    ratios = totals.ratios()
    print(f"{totals.files} files, {totals.pages} pages; {len(totals.refused)} refused")
    print(f"impact.extract.{engine}: {ratios['ours_pages_per_s']} pages/s of CPU, in this process")
    print(f"pdfminer.six extract_text: {ratios['pdfminer_pages_per_s']} pages/s")
    print(f"ratio: {ratios['ratio']} over all pages; {ratios['median_ratio_of_a_file']} for the median file")
    if totals.jail_wall_s:
        print(f"jail: {ratios['jail_ms_per_document']} ms of wall time more for one document")
    ordered = sorted(totals.ratio_of, key=lambda name: totals.ratio_of[name])
    for what, names in (("lowest", ordered[:6]), ("highest", ordered[-3:])):
        print(f"{what} ratios:", ", ".join(f"{totals.ratio_of[name]} {name}" for name in names))
    for name in totals.out_of_patience:
        print("left out, pdfminer too slow:", name)
    for line in totals.refused:
        print("refused:", line)


if __name__ == "__main__":
    main()
