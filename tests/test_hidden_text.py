"""The hidden-text suite: hidden words are found as a reader sees them, and the report says what was hidden where."""

import csv
import io
import json
import zipfile

import pytest
from hidden import CLAUSE, FORMATS, PARAGRAPHS, WAYS, WIDE, paragraphs

import impact
from impact import pipeline
from impact.compare import compare
from impact.compare.align import LinkKind
from impact.present.cleaning import STEERING
from impact.records import Assessment, report_json
from impact.report.annotate.docx import NOT_EXACT


def analyzed(folder, form: str, way: str = "") -> Assessment:
    file = folder / f"harbor.{form}"
    file.write_bytes(FORMATS[form](paragraphs(way)))
    return impact.analyze(file, jailed=False)


def powers(assessment: Assessment) -> set[tuple[str, str, bool]]:
    return {(rated.finding.clause, rated.finding.mechanism, rated.finding.doubtful) for rated in assessment.findings}


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    return {form: analyzed(tmp_path_factory.mktemp("clean"), form) for form in FORMATS}


@pytest.mark.parametrize("form", FORMATS)
def test_the_clean_document_has_a_grave_power_and_no_remark(clean, form):
    assert {"shut-off"} <= {mechanism for clause, mechanism, _ in powers(clean[form]) if clause == "2.2"}
    assert not clean[form].document.remarks


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("way", WAYS)
def test_a_hidden_clause_gives_the_findings_of_the_clean_text_and_a_remark_that_names_the_trick(
    clean, tmp_path, form, way
):
    assessment = analyzed(tmp_path, form, way)

    assert powers(assessment) == powers(clean[form])
    assert {concealment.kind.value for concealment in assessment.document.concealments if concealment.noted} == {way}
    assert [
        remark.endswith(" in section 2.2.") or "clause 2.2 (p. 1)" in remark for remark in assessment.document.remarks
    ] == [True]


@pytest.mark.parametrize("way", WAYS)
def test_the_words_of_the_source_can_be_given_verbatim(tmp_path, way):
    document = analyzed(tmp_path, "txt", way).document
    clause = next(block.span for block in document.blocks if "ministry" in document.quote(block.span))

    assert document.quote(clause) == CLAUSE
    assert document.verbatim(clause) == paragraphs(way)[4]


@pytest.mark.parametrize("way", WAYS)
def test_no_table_or_page_can_be_turned_around_by_a_quote(tmp_path, way):
    assessment = analyzed(tmp_path, "html", way)
    rows = list(csv.reader(io.StringIO(impact.render(assessment, "csv"))))
    outputs = [cell for row in rows for cell in row]
    outputs += [impact.render(assessment, form) for form in ("html", "md", "json")]

    assert not any(STEERING.search(output) for output in outputs)


def test_report_json_lists_the_hidden_words_with_their_source(tmp_path):
    extraction = json.loads(impact.render(analyzed(tmp_path, "docx", "reordered"), "json"))["extraction"]

    assert extraction["remarks"] == [
        "The text holds direction controls that make readers see words that are stored backwards in section 2.2."
    ]
    hidden = {entry["word"]: entry for entry in extraction["concealments"]}
    assert hidden["terminate"]["source"] == "\u202eetanimret\u202c"
    assert {entry["clause"] for entry in hidden.values()} == {"2.2"}
    assert {entry["kind"] for entry in hidden.values()} == {"reordered"}


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_report_says_what_is_hidden_where_and_not_that_all_was_well(tmp_path, form):
    report = impact.render(analyzed(tmp_path, "txt", "lookalike"), form)

    assert "letters of other alphabets that look like Latin letters in section 2.2" in " ".join(report.split())
    assert "some words are hidden or disguised" in report


WHOLE = {
    "each letter": "\u200b".join,
    "letters of two scripts, parted": lambda text: "\u2060".join(WAYS["lookalike"](text)),
    "all letters set apart": lambda text: " ".join(text.replace(" ", "")),
    "letters and words set apart": lambda text: "   ".join(map(" ".join, text.split())),
    "one override": lambda text: f"\u202e{text[::-1]}",
    "fullwidth with its own blanks": lambda text: text.translate({**WIDE, 0x20: 0x3000}),
    "soft hyphens in the middle": lambda text: " ".join(
        f"{word[: len(word) // 2]}\u00ad{word[len(word) // 2 :]}" for word in text.split()
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("way", WHOLE)
def test_a_clause_that_is_hidden_as_a_whole_gives_the_same_findings_and_a_remark(clean, tmp_path, form, way):
    number, _, words = CLAUSE.partition(" ")
    file = tmp_path / f"harbor.{form}"
    file.write_bytes(FORMATS[form](f"{number} {WHOLE[way](words)}" if text is CLAUSE else text for text in PARAGRAPHS))
    assessment = impact.analyze(file, jailed=False)

    assert powers(assessment) == powers(clean[form])
    assert assessment.document.remarks


@pytest.mark.parametrize("way", WAYS)
def test_an_edition_with_hidden_words_differs_from_the_clean_one_in_no_clause(clean, tmp_path, way):
    old, new = (
        report_json.from_text(impact.render(edition, "json"))
        for edition in (clean["txt"], analyzed(tmp_path, "txt", way))
    )

    assert {change.link.kind for change in compare(old, new).changes} == {LinkKind.UNCHANGED}


@pytest.mark.parametrize("way", WAYS)
def test_notes_in_a_word_file_stand_at_the_hidden_words(tmp_path, way):
    assessment = analyzed(tmp_path, "docx", way)
    annotated = pipeline.annotate(assessment, (tmp_path / "harbor.docx").read_bytes(), jailed=False)
    with zipfile.ZipFile(io.BytesIO(annotated)) as parts:
        comments = parts.read("word/comments.xml").decode()

    assert "Human rights brief" in comments
    assert NOT_EXACT not in comments
