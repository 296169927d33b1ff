"""Make the Parquet parts of a large archive, and measure what queries and pages of it cost.

Usage: python bench/archive_queries.py ARCHIVE [--documents 100000] [--seed 1] [--remote]

Where ARCHIVE has no parts, they are made first, from made-up reports of varied length, powers, groups and sources. Each
query opens the archive anew, as a command does. The parts are put together on the way, so that a second run has fewer.
Prints seconds, seconds of the processor, and the most memory so far, for each step. With --remote the parts are put
into an S3-compatible store on this machine (moto), and only the queries are measured, there.
"""

import argparse
import os
import random
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from runpy import run_path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from uuid import uuid4

from impact.batch.archive.files import ArchiveFiles, open_archive
from impact.batch.catalog.catalog import ask
from impact.batch.catalog.compaction import compact
from impact.batch.catalog.exporting import LISTED
from impact.batch.catalog.layout import DOCUMENTS, FINDINGS, part_path
from impact.batch.catalog.pages import make_pages
from impact.batch.catalog.rows import ArchivedDocument, ArchivedReading, archived, document_part, finding_part
from impact.batch.catalog.search import question_in, search
from impact.batch.catalog.selection import EVERYTHING, ArchiveSelection
from impact.records.report import Report
from impact.records.report_json import from_json
from impact.tables.engine import Rows

MADE = SimpleNamespace(**run_path(str(Path(__file__).parents[1] / "tests" / "batch" / "made_reports.py")))
OBJECTS = SimpleNamespace(**run_path(str(Path(__file__).parents[1] / "tests" / "made" / "object_store.py")))
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PART = 200
"""Documents of a part, as a worker writes them."""

MEETINGS, GROUPS, SOURCES, REPORTS = 200, 40, 2000, 2000
# fmt: off
WORDS = (
    "the", "shall", "operator", "network", "subscriber", "gateway", "may", "store", "inspect",
    "traffic", "identity", "address", "session", "each", "every", "record", "lawful", "authority",
    "request", "provider", "terminal", "disconnect", "register", "biometric", "profile", "location", "retain",
    "encrypted", "key",
)
# fmt: on


def sentence(chance: random.Random) -> str:
    """Return made-up words of about the length of a clause."""
    words = [*chance.choices(WORDS, k=chance.randint(12, 70)), f"{chance.getrandbits(32):x}"]
    return f"{' '.join(words).capitalize()}."


def made_report(chance: random.Random) -> Report:
    """Return a report with a varied number of findings; most documents have few."""
    mechanisms = tuple(MADE.TAXONOMY.mechanisms)
    clauses = []
    for number in range(1, min(60, int(chance.expovariate(1 / 7))) + 1):
        mechanism, level = chance.choice(mechanisms), chance.choices(("high", "medium", "low"), (1, 3, 3))[0]
        finding = MADE.finding(mechanism, level, doubtful=chance.random() < 0.4, number=number)
        text = f"{sentence(chance)} Here are words of {mechanism}."
        clauses.append(MADE.clause(number, [finding], text=text))
    clauses.append(MADE.clause(len(clauses) + 1, context=chance.sample(mechanisms, chance.randint(0, 2))))
    language = chance.choices(("en", "fr", "zh"), (96, 2, 2))[0]
    report: Report = from_json(MADE.report(clauses=clauses, language=language))
    return report


@cache
def reports(seed: int) -> tuple[Report, ...]:
    """Return made-up reports, of which those of all documents are taken."""
    chance = random.Random(seed)  # noqa: S311 (made-up documents)
    return tuple(made_report(chance) for _ in range(REPORTS))


def made_document(number: int, meeting: int, seed: int) -> ArchivedDocument:
    """Return the rows of a made-up document."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311 (made-up documents)
    name = f"SG{meeting % GROUPS}/C-{number}.docx"
    digest = sha256(name.encode()).hexdigest()
    folder = f"results/{digest[:2]}/{digest[2:4]}/{digest}"
    fails = chance.random() < 0.01
    record = (MADE.failed if fails else MADE.record)(name, folder=folder, digest=digest)
    source = f"s3://contributions/{meeting}/{name}"
    at = AT + timedelta(seconds=number)
    reading = ArchivedReading(record=record, source=source, meeting=f"Meeting {meeting}", at=at, program="0.1.0")
    if fails:
        return archived(reading, None, MADE.TAXONOMY)
    report = chance.choice(reports(seed))
    described = replace(
        report.document,
        number=f"C-{number}",
        title=" ".join(chance.choices(WORDS, k=9)).capitalize(),
        group=f"SG{meeting % GROUPS}",
        source_organizations=tuple(
            dict.fromkeys(f"Organization {int(chance.paretovariate(0.7)) % SOURCES}" for _ in range(2))
        ),
    )
    return archived(reading, replace(report, document=described), MADE.TAXONOMY)


def made_parts(documents: int, seed: int) -> Iterator[tuple[str, Sequence[ArchivedDocument]]]:
    """Yield the documents of a part at a time, with their meeting."""
    for start in range(0, documents, PART):
        meeting = start * MEETINGS // documents
        numbers = range(start, min(documents, start + PART))
        yield f"Meeting {meeting}", [made_document(number, meeting, seed) for number in numbers]


def fill(root: Path, documents: int, seed: int) -> None:
    """Write the parts of an archive."""
    for number, (meeting, rows) in enumerate(made_parts(documents, seed)):
        write(root, meeting, f"{number:06}", rows)


def write(root: Path, meeting: str, token: str, rows: Sequence[ArchivedDocument]) -> None:
    """Write the rows of some documents as parts."""
    for table, data in ((FINDINGS, finding_part(rows)), (DOCUMENTS, document_part(rows))):
        path = root / part_path(table, meeting, token)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step took.

    Attributes:
        memory: Megabytes that the process had at most until then.
    """

    step: str
    seconds: float
    processor: float
    memory: int
    result: str


def measure(step: str, act: Callable[[], object]) -> Cost:
    """Do something and return what it took."""
    clock, processor = time.monotonic(), time.process_time()
    result = act()
    took = time.monotonic() - clock, time.process_time() - processor
    shown = f"{len(result)} rows" if isinstance(result, list) else str(result)
    return Cost(step, *took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, shown)


def portfolio(files: ArchiveFiles, selection: ArchiveSelection = EVERYTHING) -> Rows:
    """Return the first page of a reading list, in a process that has read nothing yet."""
    return ask(files, lambda catalog: (catalog.tally(), catalog.listed(LISTED, selection, count=500))[1])


def found(files: ArchiveFiles, text: str) -> Rows:
    """Return what a search gives."""
    return ask(files, lambda catalog: search(catalog, question_in(text)))


def costs(files: ArchiveFiles) -> Iterator[Cost]:
    """Yield what queries and pages take, with the parts as they are."""
    yield measure("portfolio, 500 rows", lambda: portfolio(files))
    yield measure("portfolio again", lambda: portfolio(files))
    yield measure(
        "list of one power and level", lambda: portfolio(files, ArchiveSelection(power="shut-off", level="high"))
    )
    yield measure("search for two words", lambda: found(files, "biometric retain"))
    yield measure("search for ICCPR 17", lambda: found(files, "ICCPR 17"))


def remote_costs(root: Path) -> Iterator[Cost]:
    """Yield what queries take of a copy of the parts in an S3-compatible store on this machine."""
    with TemporaryDirectory() as folder, OBJECTS.object_store(Path(folder)) as store:
        os.environ.update(store.environment)
        files = open_archive("s3://bench/archive")
        files.store.mkdir("bench")
        parts = (path for table in (DOCUMENTS, FINDINGS) for path in (root / table).rglob("*.parquet"))
        files.put({path.relative_to(root).as_posix(): path.read_bytes() for path in parts})
        yield from costs(files)


def show(steps: Iterable[Cost]) -> None:
    """Print a line for each step, when it is done."""
    for cost in steps:
        print(f"{cost.step:34} {cost.seconds:8.2f} {cost.processor:8.2f} {cost.memory:6}  {cost.result}", flush=True)


def size(root: Path, table: str, documents: int) -> str:
    """Return how many parts a table has, and bytes a document."""
    parts = [path.stat().st_size for path in (root / table).rglob("*.parquet")]
    return f"{len(parts)} parts, {sum(parts) / documents:.0f} bytes a document"


def main() -> None:
    """Make what is missing, and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("archive", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--remote", action="store_true", help="ask a copy in a store")
    arguments = parser.parse_args()
    root, many = arguments.archive, arguments.documents
    if not (root / DOCUMENTS).is_dir():
        fill(root, many, arguments.seed)
    files = open_archive(str(root))
    print(f"{many:,} documents; cores {os.cpu_count()}, load {os.getloadavg()[0]:.1f}")
    for table in (DOCUMENTS, FINDINGS):
        print(f"{table}: {size(root, table, many)}")
    print(f"{'step':34} {'seconds':>8} {'of CPU':>8} {'MB':>6}  result")
    if arguments.remote:
        show(remote_costs(root))
        return
    steps = chain(
        costs(files),
        (measure("parts put together", lambda: compact(files, uuid4().hex)) for _ in range(1)),
        costs(files),
        (measure(step, lambda: make_pages(files, AT)) for step in ("pages", "pages again, nothing new")),
        (measure("a document more", lambda: add(root, many, arguments.seed)) for _ in range(1)),
        (measure("pages of what changed", lambda: make_pages(files, AT)) for _ in range(1)),
    )
    show(steps)
    for table in (DOCUMENTS, FINDINGS):
        print(f"{table}: {size(root, table, many)}")
    pages = [path.stat().st_size for path in root.rglob("*.html")]
    print(f"pages: {len(pages)}, {sum(pages) / many:.0f} bytes a document, the largest {max(pages):,} bytes")


def add(root: Path, number: int, seed: int) -> str:
    """Write a part with one document more."""
    rows = [made_document(number, 0, seed)]
    write(root, "Meeting 0", f"more{number}", rows)
    return rows[0].document[1].name


if __name__ == "__main__":
    main()
