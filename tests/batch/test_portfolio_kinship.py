"""Documents of a batch that belong together are shown together."""

import csv
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from impact.batch.portfolio.files import write
from impact.batch.record import FILE_NAME, Record, RecordOutcome, to_json
from impact.match import sketch_of
from impact.match.store import FILE_NAME as SKETCH
from impact.match.store import to_bytes
from impact.pipeline import analyze, render

NOW = datetime(2026, 11, 24, tzinfo=UTC)
REISSUES = Path(__file__).resolve().parents[2] / "corpora" / "reissues"
EDITION = """# Log keeping in the exchange

| Number | draft-lantern-logs-{revision} |
|---|---|
| Date | 2030-0{revision}-01 |

## 1 Logs

The exchange shall keep the subscriber's address and the time of each call for {months} months.

The exchange shall encrypt the records of calls at rest.
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a batch of two editions of one draft, and of a proposal with its re-issue."""
    given, made = tmp_path_factory.mktemp("given"), tmp_path_factory.mktemp("made")
    for revision, months in (("01", "six"), ("02", "twelve")):
        text = (
            EDITION.format(revision=revision, months=months)
            .replace("2030-001", "2030-01")
            .replace("2030-002", "2030-02")
        )
        (given / f"draft-lantern-logs-{revision}.md").write_text(text, encoding="utf-8")
    for name in ("s4-p1-original.md", "s4-p1-reissue.md"):
        shutil.copyfile(REISSUES / name, given / name)
    for path in sorted(given.iterdir()):
        assessment = analyze(path, now=NOW, jailed=False)
        folder = made / path.name
        folder.mkdir()
        record = Record(path.name, path.name, assessment.document.id, "v", RecordOutcome.DONE)
        (folder / FILE_NAME).write_text(to_json(record), encoding="utf-8")
        (folder / "report.json").write_text(render(assessment, "json"), encoding="utf-8")
        (folder / SKETCH).write_bytes(to_bytes(sketch_of(assessment)))
    write(made, NOW)
    return made


def test_revisions_stand_in_a_chain_with_a_page_that_compares_them(out: Path) -> None:
    page = (out / "index.html").read_text(encoding="utf-8")
    beside = out / "draft-lantern-logs-02.md" / "since-draft-lantern-logs-01.md.html"

    assert 'id="chains"' in page
    assert "draft-lantern-logs-02.md/since-draft-lantern-logs-01.md.html" in page
    assert "twelve" in beside.read_text(encoding="utf-8")


def test_a_reissue_is_named_beside_the_proposal_it_resembles_and_once_only(out: Path) -> None:
    page = (out / "index.html").read_text(encoding="utf-8")
    _, *rows = page[page.index('id="matches"') :].split("<tr>")

    assert sum("a re-issue" in row for row in rows) == 1


def test_a_batch_without_sketches_has_no_matches_and_still_a_page(out: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(out, copy)
    for sketch in copy.glob(f"*/{SKETCH}"):
        sketch.unlink()

    write(copy, NOW)

    page = (copy / "index.html").read_text(encoding="utf-8")
    assert 'id="matches"' not in page
    assert 'id="chains"' in page
    assert json.loads((copy / "s4-p1-original.md" / "report.json").read_text(encoding="utf-8"))


def test_a_page_shows_the_clauses_of_a_reissue_beside_those_of_the_proposal(out: Path) -> None:
    pages = list(out.glob("s4-p1-*/match.html"))
    linked = (out / "index.html").read_text(encoding="utf-8")

    assert len(pages) == 1
    assert f"{pages[0].parent.name}/match.html" in linked
    assert "<table" in pages[0].read_text(encoding="utf-8")


def test_a_reissue_of_a_proposal_in_a_library_is_named_too(out: Path, tmp_path: Path) -> None:
    library, batch = tmp_path / "library", tmp_path / "batch"
    shutil.copytree(out / "s4-p1-original.md", library / "s4-p1-original.md")
    shutil.copytree(out / "s4-p1-reissue.md", batch / "s4-p1-reissue.md")

    write(batch, NOW, library)

    assert "(library)" in (batch / "index.html").read_text(encoding="utf-8")
    assert (batch / "s4-p1-reissue.md" / "match.html").is_file()


def test_a_page_that_nothing_leads_to_any_more_is_removed(out: Path, tmp_path: Path) -> None:
    made = tmp_path / "made"
    shutil.copytree(out, made)
    kept = sorted(path.relative_to(made) for path in (*made.glob("*/since-*"), *made.glob("*/match.html")))
    folder = made / "s4-p1-original.md"
    for name in ("since-another.html", ".match.html.part"):
        (folder / name).write_text("of an earlier run", encoding="utf-8")

    write(made, NOW)

    left = sorted(path.relative_to(made) for path in (*made.glob("*/*since-*"), *made.glob("*/*match.html*")))
    assert left == kept
    assert kept


def test_the_tables_name_the_newest_revision_and_what_a_document_resembles(out: Path) -> None:
    with (out / "portfolio.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}

    newest = {name: row["newest_revision"] for name, row in rows.items() if row["newest_revision"]}
    assert newest == {"draft-lantern-logs-01.md": "draft-lantern-logs-02.md"}
    assert sum("re-issue" in row["resembles"] for row in rows.values()) == 1
