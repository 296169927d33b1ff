"""How long a second run into an archive takes when no source has changed, and what it asks of the store.

Usage: python bench/archive_again.py [--documents 20000] [--folder 500]
Puts sources into an S3-compatible store on this machine (moto) and receipts of them into an archive, as a run would
have written them, and runs `impact batch` twice: on a machine that knows nothing of the archive yet, and on it again.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import monotonic

import psutil

sys.path.append(str(Path(__file__).parents[1] / "tests" / "made"))

from object_store import ObjectStore, object_store

BUCKET, CHUNK, TICK = "bench", 64, 0.1


def fill(documents: int, folder: int) -> None:
    """Put sources and their receipts into the store."""
    from impact.batch.archive.files import open_archive
    from impact.batch.archive.listing import list_sources
    from impact.batch.archive.receipt import SourceReceipt, path_of, to_lines
    from impact.batch.work import versions_of
    from impact.extract import Options
    from impact.provenance import provenance

    now, files = datetime.now(UTC), open_archive(f"s3://{BUCKET}/archive")
    files.store.mkdir(BUCKET)
    numbers = iter(range(documents))
    while some := list(islice(numbers, folder)):
        at = f"{BUCKET}/sources/meeting-{some[0] // folder:03}"
        files.store.pipe({f"{at}/{number:06}.txt": f"Document {number}.\n".encode() for number in some})
    versions = versions_of(provenance(Options(), ("cues",), now))
    listed = list_sources([f"s3://{BUCKET}/sources"], files.address)
    while sources := list(islice(listed, CHUNK)):
        facts = ("", "0" * 64, versions, now.isoformat(timespec="microseconds"), {"done": 1})
        receipts = [SourceReceipt(source.address, source.stamp, *facts) for source in sources]
        files.put({path_of(f"first-{sources[0].name[-10:-4]}"): to_lines(receipts)})


def again(state: Path, store: ObjectStore) -> str:
    """Run the batch; return seconds, of them of the processor, the most MB of memory, requests, and what it says."""
    before = len(store.requests("GET", "")), len(store.requests("GET", f"{BUCKET}/sources/"))
    command = [sys.executable, "-m", "impact", "batch", f"s3://{BUCKET}/sources", "--archive", f"s3://{BUCKET}/archive"]
    began, spent, most = monotonic(), processor_seconds(), 0.0
    with subprocess.Popen([*command, "--by", "cues", "--state", state], stdout=subprocess.PIPE, text=True) as run:
        while run.poll() is None:
            most = max(most, psutil.Process(run.pid).memory_info().rss / 2**20)
            try:
                run.wait(TICK)
            except subprocess.TimeoutExpired:
                continue
        output = run.stdout.read() if run.stdout else ""
    times = f"{monotonic() - began:.1f} s, {processor_seconds() - spent:.1f} s of the processor"
    read, all_of_them = (len(store.requests("GET", below)) for below in (f"{BUCKET}/sources/", ""))
    requests = f"{read - before[1]} sources read, {all_of_them - before[0]} GET requests"
    return f"{times}, {most:.0f} MB, {requests}; {output.strip()}"


def processor_seconds() -> float:
    """Return the processor time of the processes that this one has started and that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Print a table of both runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--folder", type=int, default=500, help="sources of a folder")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, object_store(Path(folder)) as store:
        os.environ.update(store.environment)
        fill(chosen.documents, chosen.folder)
        for name in ("first on this machine", "again"):
            print(f"{name}: {again(Path(folder, 'state'), store)}")
        size = sum(path.stat().st_size for path in Path(folder, "state").iterdir())
        print(f"state on this machine: {size / chosen.documents:.0f} bytes a source")


if __name__ == "__main__":
    main()
