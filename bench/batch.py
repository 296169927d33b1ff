"""How a batch scales, whether its parent's memory stays flat, and what a kill -9 costs.

Usage: python bench/batch.py FOLDER [--documents 1000] [--engine local|dask] [--by model|cues] [--largest MB]
                             [--svg FILE] [--json FILE]
Makes copies of the files in FOLDER, with small edits so that their digests differ, reads them with one worker and with
two, then once more with a kill -9 of the whole process group when a third is finished, and goes on.
"""

import argparse
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import psutil

from impact.batch.record import read_records

PAUSE = 0.2
WIDTH, HEIGHT, MARGIN = 640, 320, 50
COLORS = {1: "#1f6fb2", 2: "#b2541f"}


@dataclass(frozen=True, slots=True)
class Sample:
    """Documents finished, resident MB of the parent, of it and all below it, and seconds since the start."""

    finished: int
    parent: float
    all: float
    seconds: float


def make(folder: Path, into: Path, number: int, largest: float) -> int:
    """Write `number` documents, each unlike the others, and return how many files they were made from."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size <= largest * 1e6]
    for place, path in zip(range(number), cycle(files), strict=False):
        copy = into / f"{place % 20:02}" / f"{place:05}-{path.name}"
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(edited(path.read_bytes(), place))
    return len(files)


def edited(data: bytes, mark: int) -> bytes:
    """Return a file with a small edit that readers do not mind."""
    if data.startswith(b"%PDF"):
        return data + b"\n%% copy %d\n" % mark
    if not data.startswith(b"PK"):
        return data + b"\n\nThis is copy %d.\n" % mark
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as packed:
        packed.comment = b"copy %d" % mark
    return buffer.getvalue()


def start(made: Path, out: Path, workers: int, chosen: argparse.Namespace) -> "subprocess.Popen[bytes]":
    """Start a batch in a process group of its own."""
    command = [sys.executable, "-m", "impact", "batch", made, "--out", out, "--workers", str(workers), "--quiet"]
    command += ["--engine", chosen.engine, "--by", chosen.by]
    return subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)


def watch(started: "subprocess.Popen[bytes]", out: Path) -> Iterator[Sample]:
    """Yield samples while a batch runs; its last words (the portfolio) included."""
    parent, log, finished, began = psutil.Process(started.pid), out / "run.jsonl", 0, time.monotonic()
    seen = 0
    while started.poll() is None:
        time.sleep(PAUSE)
        if log.exists():
            with log.open("rb") as file:
                file.seek(seen)
                new = file.read()
            seen += len(new)
            finished += new.count(b'{"event": "document"')
        try:
            below = sum(child.memory_info().rss for child in parent.children(recursive=True))
            memory = parent.memory_info().rss
        except psutil.NoSuchProcess:
            continue
        yield Sample(finished, memory / 1e6, (memory + below) / 1e6, time.monotonic() - began)


def speed(samples: list[Sample]) -> float:
    """Return documents a second from the first finished one to the last, so that the start does not count."""
    first = next(sample for sample in samples if sample.finished)
    last = next(sample for sample in samples if sample.finished == samples[-1].finished)
    return (last.finished - first.finished) / max(last.seconds - first.seconds, PAUSE)


def slope(samples: list[Sample]) -> float:
    """Return MB of the parent for each 1,000 documents, by least squares over the last nine tenths of the documents."""
    last = samples[-1].finished
    points = [(sample.finished, sample.parent) for sample in samples if last / 10 <= sample.finished < last]
    if len({x for x, _ in points}) < 2:
        return 0.0
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return 1000 * sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def kill(made: Path, out: Path, number: int, chosen: argparse.Namespace) -> dict[str, int]:
    """Kill a batch of two workers when a third is finished, go on, and count."""
    started = start(made, out, 2, chosen)
    for sample in watch(started, out):
        if sample.finished >= number / 3:
            break
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    finished = {record.name for record in read_records(out) if record.outcome != "failed"}
    start(made, out, 2, chosen).wait()
    outcomes = last_run(out)
    return {
        "finished_at_the_kill": len(finished),
        "done_after_it": sum(outcome == "done" for outcome in outcomes.values()),
        "finished_and_done_again": sum(outcomes[name] == "done" for name in finished),
        "lost": number - len(read_records(out)),
    }


def last_run(out: Path) -> dict[str, str]:
    """Return the outcomes in the last run of a log, by name."""
    outcomes: dict[str, str] = {}
    for line in (out / "run.jsonl").read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:  # the line in which the kill fell
            continue
        if entry["event"] == "start":
            outcomes = {}
        elif entry["event"] == "document":
            outcomes[entry["name"]] = entry["outcome"]
    return outcomes


def plot(runs: dict[int, list[Sample]]) -> str:
    """Return the parent's memory over documents as SVG."""
    most = max(sample.finished for samples in runs.values() for sample in samples) or 1
    top = 1.2 * max(sample.parent for samples in runs.values() for sample in samples)

    def at(x: float, y: float) -> str:
        return f"{MARGIN + (WIDTH - 2 * MARGIN) * x / most:.1f},{HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * y / top:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-size="12">',
        f"<title>Memory of the parent of a batch over {most} documents</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<polyline fill="none" stroke="black" points="{at(0, top)} {at(0, 0)} {at(most, 0)}"/>',
    ]
    for share in (0, 0.5, 1):
        x, y = at(share * most, 0).split(",")
        parts.append(f'<text x="{x}" y="{float(y) + 18}" text-anchor="middle">{share * most:.0f}</text>')
        x, y = at(0, share * top).split(",")
        parts.append(f'<text x="{float(x) - 6}" y="{y}" text-anchor="end">{share * top:.0f}</text>')
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}" text-anchor="middle">documents finished</text>')
    parts.append(f'<text x="{MARGIN}" y="{MARGIN - 12}">MB resident in the parent</text>')
    for row, (workers, samples) in enumerate(runs.items()):
        line = " ".join(at(sample.finished, sample.parent) for sample in samples)
        parts.append(f'<polyline fill="none" stroke="{COLORS[workers]}" stroke-width="1.5" points="{line}"/>')
        label = f"{workers} worker{'s' * (workers > 1)}"
        place = f'x="{WIDTH - MARGIN}" y="{MARGIN + 16 * row}"'
        parts.append(f'<text {place} text-anchor="end" fill="{COLORS[workers]}">{label}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> None:
    """Make, run, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--by", default="model")
    parser.add_argument("--largest", type=float, default=2.0, help="MB of a file at the most")
    parser.add_argument("--svg", type=Path)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        made = place / "made"
        made.mkdir()
        sources = make(chosen.folder, made, chosen.documents, chosen.largest)
        runs = {
            workers: list(watch(start(made, out := place / f"out-{workers}", workers, chosen), out))
            for workers in (1, 2)
        }
        records = read_records(place / "out-2")
        figures = {
            "documents": chosen.documents,
            "made_from": sources,
            "engine": chosen.engine,
            "failed": sum(record.outcome == "failed" for record in records),
            "documents_per_second": {workers: round(speed(samples), 2) for workers, samples in runs.items()},
            "ratio": round(speed(runs[2]) / speed(runs[1]), 2),
            "parent_mb_at_most": {
                workers: round(max(sample.parent for sample in samples)) for workers, samples in runs.items()
            },
            "all_mb_at_most": {
                workers: round(max(sample.all for sample in samples)) for workers, samples in runs.items()
            },
            "parent_mb_per_1000_documents": {workers: round(slope(samples), 2) for workers, samples in runs.items()},
            "kill": kill(made, place / "out-kill", chosen.documents, chosen),
        }
    print(json.dumps(figures, indent=2))
    if chosen.svg:
        chosen.svg.write_text(plot(runs), encoding="utf-8")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
