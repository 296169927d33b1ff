"""What an archive costs: time, memory, storage and requests a document, what kills cost, and a second run.

Usage: python bench/archive.py FOLDER [--documents 2000] [--words 350] [--by cues|model] [--kills] [--work DIR]
                               [--json FILE]
Makes short documents, no two alike, from the text files in FOLDER, puts them into an S3-compatible store on this
machine (moto), starts a dask scheduler and two workers, and runs a batch into an archive on the store. With --kills, it
kills the client with kill -9 when a quarter is done, a worker at a half and the scheduler at three quarters, and goes
on each time. Then it runs the same command again, and asks the archive for its reading list. It prints progress on
stderr and a table on stdout. With --work, its logs are kept.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psutil

sys.path.append(str(Path(__file__).parents[1] / "tests" / "made"))

from dask_machines import DaskMachines
from object_store import ObjectStore, object_store

BUCKET, MEETING = "bench", 500
SECOND = 2.0
PROGRESS = 30.0
KILLS = {"client": 0.25, "worker": 0.5, "scheduler": 0.75}
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds since the start, documents done, and MB of memory of the client, of each worker, and of the store."""

    seconds: float
    done: int
    client: float
    workers: tuple[float, ...]
    store: float


@dataclass(slots=True)
class Course:
    """What is known of a run while it goes on."""

    machines: DaskMachines
    client: "subprocess.Popen[str]"
    began: float
    samples: list[Sample] = field(default_factory=list)
    kills: list[str] = field(default_factory=list)


def excerpts(folder: Path, words: int) -> Iterator[str]:
    """Yield parts of the text files in a folder, of some `words` words each, without end; each with its own number."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".txt", ".md"})
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in files)
    parts = [part for text in texts for part in parts_of(text, words)]
    for number in count():
        yield f"{parts[number % len(parts)]}\n\nThis is document {number} of the archive.\n"


def parts_of(text: str, words: int) -> Iterator[str]:
    """Yield a text in parts of whole paragraphs."""
    part: list[str] = []
    for paragraph in _PARAGRAPH.split(text):
        part.append(paragraph)
        if sum(len(piece.split()) for piece in part) >= words:
            yield "\n\n".join(part)
            part = []


def remote() -> Any:
    """Return the file system of the store."""
    from s3fs import S3FileSystem

    return S3FileSystem(use_listings_cache=False)


def fill(folder: Path, documents: int, words: int) -> int:
    """Put documents into the store and return their bytes."""
    files, texts, size = remote(), enumerate(islice(excerpts(folder, words), documents)), 0
    files.mkdir(BUCKET)
    while some := list(islice(texts, MEETING)):
        contents = {path_of(number): text.encode() for number, text in some}
        files.pipe(contents)
        size += sum(map(len, contents.values()))
    return size


def path_of(number: int) -> str:
    """Return the path of a document in the store."""
    return f"{BUCKET}/sources/meeting-{number // MEETING:03}/{number:06}.txt"


def start(machines: DaskMachines, by: str, work: Path) -> "subprocess.Popen[str]":
    """Start the batch."""
    places = (f"s3://{BUCKET}/sources", "--archive", f"s3://{BUCKET}/archive", "--state", str(work / "state"))
    engine = ("--engine", "dask", "--scheduler", machines.address, "--by", by, "--quiet")
    with (work / "client.log").open("a") as log:
        command = [sys.executable, "-m", "impact", "batch", *places, *engine]
        return subprocess.Popen(command, stdout=log, stderr=log, text=True, start_new_session=True)


def megabytes(number: int) -> float:
    """Return the resident memory of a process; 0 where it is gone."""
    try:
        return psutil.Process(number).memory_info().rss / 2**20
    except psutil.Error:
        return 0.0


def processor_seconds(number: int) -> float:
    """Return the processor time of a process and all below it, also of what they started and what ended."""
    try:
        whole = [psutil.Process(number), *psutil.Process(number).children(recursive=True)]
        return sum(sum(process.cpu_times()[:4]) for process in whole)
    except psutil.Error:
        return 0.0


def sample(course: Course, store: ObjectStore) -> Sample:
    """Take a sample."""
    workers = tuple(megabytes(worker.pid) for worker in course.machines.workers if worker.poll() is None)
    return Sample(
        monotonic() - course.began, sources_done(), megabytes(course.client.pid), workers, megabytes(store.process)
    )


def sources_done() -> int:
    """Return how many sources are settled, as the newest run says."""
    files = remote()
    runs = [json.loads(files.cat_file(path)) for path in files.glob(f"{BUCKET}/archive/runs/*.json")]
    newest = max(runs, key=lambda run: run["started"], default={"unchanged": 0, "finished": 0})
    return newest["unchanged"] + newest["finished"]


def kill(kind: str, course: Course, by: str, work: Path) -> None:
    """Kill a part with kill -9, and start what goes on."""
    course.kills.append(kind)
    print(f"kill -9 of the {kind}", file=sys.stderr)
    if kind == "worker":
        course.machines.workers.pop(0).kill()
        course.machines.workers.append(course.machines.add_worker())
        return
    if kind == "scheduler":
        course.machines.end()
        course.client.wait()
        folder = work / "machines again"
        folder.mkdir()
        course.machines = DaskMachines(folder)
    else:
        os.killpg(course.client.pid, signal.SIGKILL)
        course.client.wait()
    course.client = start(course.machines, by, work)


def follow(course: Course, store: ObjectStore, documents: int, after: Callable[[Sample], None]) -> None:
    """Take samples until the client has ended, and say now and then how far it is."""
    printed = monotonic()
    while course.client.poll() is None:
        sleep(SECOND)
        course.samples.append(sample(course, store))
        if monotonic() - printed > PROGRESS:
            printed, last = monotonic(), course.samples[-1]
            print(f"{last.seconds:.0f} s: {last.done} of {documents}; {last}", file=sys.stderr, flush=True)
        after(course.samples[-1])


def sizes() -> tuple[Counter[str], Counter[str]]:
    """Return the bytes and the number of objects in the archive, by kind."""
    stored, number = Counter[str](), Counter[str]()
    for path, facts in remote().find(f"{BUCKET}/archive", detail=True).items():
        kind = path.split("/")[2]
        name = f"{kind} {path.rpartition('/')[2]}" if kind == "results" else kind
        stored[name] += facts["size"]
        number[name] += 1
    return stored, number


def asked() -> tuple[float, int]:
    """Return the seconds that the reading list takes, and the number of its rows that came."""
    from impact.batch.archive.files import open_archive
    from impact.batch.catalog.catalog import ask

    files, began = open_archive(f"s3://{BUCKET}/archive"), monotonic()
    rows = ask(files, lambda catalog: catalog.listed(("title", "level"), count=50))
    return monotonic() - began, len(rows)


def main() -> None:
    """Run it all and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--words", type=int, default=350)
    parser.add_argument("--by", choices=["cues", "model"], default="cues")
    parser.add_argument("--kills", action="store_true")
    parser.add_argument("--work", type=Path)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = chosen.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        with object_store(work) as store:
            os.environ.update(store.environment)
            facts = measured(chosen, store, work)
    if chosen.json:
        chosen.json.write_text(json.dumps(facts, indent=1), encoding="utf-8")
    for name, value in facts.items():
        print(f"{name:48} {value:,.2f}" if isinstance(value, float) else f"{name:48} {value}")


def measured(chosen: argparse.Namespace, store: ObjectStore, work: Path) -> dict[str, object]:
    """Return what was measured, by its name."""
    size = fill(chosen.folder, chosen.documents, chosen.words)
    (work / "machines").mkdir(exist_ok=True)
    machines = DaskMachines(work / "machines")
    course = Course(machines, start(machines, chosen.by, work), monotonic())
    due = [(kind, round(part * chosen.documents)) for kind, part in KILLS.items()] if chosen.kills else []

    def after(last: Sample) -> None:
        if due and last.done >= due[0][1]:
            kill(due.pop(0)[0], course, chosen.by, work)

    follow(course, store, chosen.documents, after)
    seconds = monotonic() - course.began
    spent = sum(processor_seconds(worker.pid) for worker in course.machines.workers)
    first = len(store.requests("GET", f"{BUCKET}/sources/"))
    began = monotonic()
    again = start(course.machines, chosen.by, work)
    code = again.wait()
    second, reads = monotonic() - began, len(store.requests("GET", f"{BUCKET}/sources/"))
    stored, number = sizes()
    query, rows = asked()
    course.machines.end()
    calm = [sample for sample in course.samples if sample.done > chosen.documents // 10]
    half = len(calm) // 2
    return (
        {
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "documents": chosen.documents,
            "bytes of a document": round(size / chosen.documents),
            "killed": ", ".join(course.kills) or "nothing",
            "seconds": round(seconds, 1),
            "documents an hour": round(3600 * chosen.documents / seconds),
            "processor seconds a document (workers)": round(spent / chosen.documents, 3)
            if not chosen.kills
            else "killed",
            "client MB, at most, first and second half": peaks([[sample.client] for sample in calm], half),
            "worker MB, at most, first and second half": peaks([sample.workers for sample in calm], half),
            "results written": sum(
                path.endswith("/record.json") for path in store.requests("PUT", f"{BUCKET}/archive/")
            ),
            "sources read in the first run": first,
            "exit code of the second run": code,
            "seconds of the second run": round(second, 1),
            "sources read in the second run": reads - first,
            "seconds of a reading list of 50": round(query, 2),
            "rows of it": rows,
        }
        | {f"bytes a document, {kind}": round(stored[kind] / chosen.documents) for kind in sorted(stored)}
        | {f"objects, {kind}": number[kind] for kind in sorted(number)}
    )


def peaks(values: list[tuple[float, ...]] | list[list[float]], half: int) -> str:
    """Return the highest values of both halves."""
    first, second = (
        max((max(readings, default=0.0) for readings in part), default=0.0) for part in (values[:half], values[half:])
    )
    return f"{first:.0f}, {second:.0f}"


if __name__ == "__main__":
    main()
