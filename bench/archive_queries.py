"""Make the Parquet parts of a large archive, and measure what queries and pages of it cost.

Usage: python bench/archive_queries.py ARCHIVE [--documents 100000] [--seed 1]

Where ARCHIVE has no parts, they are made first, from made-up reports of varied length, powers, groups and sources.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

from impact.batch.catalog.layout import DOCUMENTS, FINDINGS, part_path
from impact.batch.catalog.rows import ArchivedDocument, ArchivedReading, archived, document_part, finding_part
from impact.records.report import Report
from impact.records.report_json import from_json

MADE = SimpleNamespace(**run_path(str(Path(__file__).parents[1] / "tests" / "batch" / "made_reports.py")))
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
    told = replace(
        report.document,
        number=f"C-{number}",
        title=" ".join(chance.choices(WORDS, k=9)).capitalize(),
        group=f"SG{meeting % GROUPS}",
        source_organizations=tuple(
            dict.fromkeys(f"Organization {int(chance.paretovariate(0.7)) % SOURCES}" for _ in range(2))
        ),
    )
    return archived(reading, replace(report, document=told), MADE.TAXONOMY)


def made_parts(documents: int, seed: int) -> Iterator[tuple[str, Sequence[ArchivedDocument]]]:
    """Yield the documents of a part at a time, with their meeting."""
    for start in range(0, documents, PART):
        meeting = start * MEETINGS // documents
        numbers = range(start, min(documents, start + PART))
        yield f"Meeting {meeting}", [made_document(number, meeting, seed) for number in numbers]


def fill(root: Path, documents: int, seed: int) -> None:
    """Write the parts of an archive."""
    for number, (meeting, rows) in enumerate(made_parts(documents, seed)):
        for table, data in ((FINDINGS, finding_part(rows)), (DOCUMENTS, document_part(rows))):
            path = root / part_path(table, meeting, f"{number:06}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def main() -> None:
    """Make what is missing, and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("archive", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if not (arguments.archive / DOCUMENTS).is_dir():
        fill(arguments.archive, arguments.documents, arguments.seed)


if __name__ == "__main__":
    main()
