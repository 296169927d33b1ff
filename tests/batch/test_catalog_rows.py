"""The rows of an archive: what a reading becomes, where its parts lie, and what no row can say."""

import io
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from impact.batch.catalog.layout import meeting_slug, part_path
from impact.batch.catalog.rows import ArchivedReading, archived, document_part, finding_part
from impact.batch.portfolio.order import natural, sortable
from impact.records.report_json import from_json
from impact.tables.archived import ARCHIVE_DOCUMENTS, ARCHIVE_FINDINGS, ArchivedRow, stamp

MADE = SimpleNamespace(**run_path(str(Path(__file__).with_name("made_reports.py"))))
AT = datetime(2026, 11, 30, 6, tzinfo=UTC)
FOUND = [("shut-off", "high"), ("logging-retention", "medium", "doubtful")]


def reading(record, at=AT, **changed):
    source = f"s3://archive/{record.name}"
    return ArchivedReading(
        **{"record": record, "source": source, "meeting": "SG13", "at": at, "program": "1"} | changed
    )


def made(found=(), name="a.txt", **fields):
    return archived(reading(MADE.record(name)), from_json(MADE.report(found, **fields)), MADE.TAXONOMY)


def rows_of(part):
    return parquet.read_table(io.BytesIO(part)).to_pylist()


def test_a_document_becomes_a_row_with_the_counts_of_its_place():
    (row,) = rows_of(document_part([made(FOUND, number="C-9", talked=["content-blocking"])]))

    assert (row["state"], row["grade"], row["high_firm"], row["medium_doubtful"]) == ("assessed", "high", 1, 1)
    assert (row["powers_high"], row["mechanisms_talked_about"]) == (["shut-off"], ["content-blocking"])
    assert (row["source"], row["meeting_name"], row["analyzed_at"]) == ("s3://archive/a.txt", "SG13", stamp(AT))
    assert row["report"] == "a.txt/report.html"


def test_a_finding_becomes_a_row_that_names_its_analysis():
    document = made(FOUND)

    (whole,) = rows_of(document_part([document]))
    rows = rows_of(finding_part([document]))

    assert [(row["mechanism"], row["doubtful"]) for row in rows] == [("shut-off", False), ("logging-retention", True)]
    assert {row["analysis"] for row in rows} == {whole["analysis"]}
    assert whole["findings"] == 2
    assert "words of shut-off" in rows[0]["quote"]


def test_a_document_in_another_language_is_not_assessed_and_says_why():
    (row,) = rows_of(document_part([made(language="ru")]))

    assert (row["state"], row["grade"]) == ("not assessed", "not assessed")
    assert "Russian" in row["reason"]


def test_a_failure_has_its_reason_and_no_findings():
    document = archived(reading(MADE.failed("b.pdf")), None, MADE.TAXONOMY)

    (row,) = rows_of(document_part([document]))

    assert (row["state"], row["failure"], row["high_firm"]) == ("failed", "b.pdf is encrypted", None)
    assert finding_part([document]) == b""


def test_a_duplicate_names_its_original():
    (row,) = rows_of(document_part([archived(reading(MADE.duplicate("b.txt", "a.txt")), None, MADE.TAXONOMY)]))

    assert (row["state"], row["same_as"]) == ("duplicate", "a.txt")


def test_the_same_rows_give_the_same_bytes():
    assert document_part([made(FOUND)]) == document_part([made(FOUND)])


def test_text_with_half_a_surrogate_pair_can_be_written():
    (row,) = rows_of(
        document_part([archived(reading(MADE.failed("b.pdf", reason="b\ud800.pdf is torn")), None, MADE.TAXONOMY)])
    )

    assert row["failure"] == "b\ufffd.pdf is torn"


def test_readings_of_the_same_source_at_other_times_have_other_ids():
    record = MADE.record("a.txt")

    assert reading(record).id != reading(record, at=AT + timedelta(microseconds=1)).id


@pytest.mark.parametrize("report", [True, False], ids=["a failure with a report", "a result without one"])
def test_a_report_belongs_to_what_was_analyzed_alone(report):
    record = MADE.failed("a.txt") if report else MADE.record("a.txt")

    with pytest.raises(ValueError, match=r"a\.txt"):
        archived(reading(record), from_json(MADE.report()) if report else None, MADE.TAXONOMY)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        reading(MADE.record("a.txt"), at=datetime(2026, 1, 1))  # noqa: DTZ001 (which is the point)


def test_a_row_of_no_known_state_is_refused():
    with pytest.raises(ValueError, match="lost"):
        ArchivedRow(analysis="1", source="a", analyzed_at=stamp(AT), meeting_name="", state="lost", order_key="")


def test_every_field_of_a_row_is_a_column():
    assert {field.name for field in fields(ArchivedRow)} <= set(ARCHIVE_DOCUMENTS)
    assert "quote" in ARCHIVE_FINDINGS


NUMBERED = st.text(st.sampled_from("C0129-aB é\t"), max_size=12)


@given(NUMBERED, NUMBERED)
def test_sort_keys_sort_texts_as_people_count(one, other):
    by_people, by_key = (natural(one)[0], natural(other)[0]), (sortable(one), sortable(other))

    assert (by_people[0] < by_people[1]) == (by_key[0] < by_key[1])


@given(st.text(max_size=80), st.text(max_size=80))
def test_meetings_of_different_names_have_different_folders(one, other):
    assert (meeting_slug(one) == meeting_slug(other)) == (one == other)


@pytest.mark.parametrize(
    ("name", "slug"), [("sg13-2026", "sg13-2026"), ("", "none"), ("Genève: SG13", "geneve-sg13-"), ("../..", "none-")]
)
def test_the_short_name_of_a_meeting_is_fit_for_paths(name, slug):
    assert meeting_slug(name).startswith(slug)


def test_a_part_lies_below_its_table_and_meeting():
    assert part_path("proposals", "sg13", "a1") == "proposals/meeting=sg13/part-a1.parquet"


@pytest.mark.parametrize(("table", "token"), [("clauses", "a"), ("proposals", "../a"), ("proposals", "")])
def test_a_part_of_another_table_or_with_a_path_for_a_token_is_refused(table, token):
    with pytest.raises(ValueError, match="no part"):
        part_path(table, "sg13", token)


def test_every_column_of_an_archive_is_documented():
    docs = Path(__file__).parents[2] / "docs"
    text = (docs / "archive.md").read_text("utf-8") + (docs / "portfolio.md").read_text("utf-8")

    assert [name for name in (*ARCHIVE_DOCUMENTS, *ARCHIVE_FINDINGS) if f"`{name}`" not in text] == []
