"""What reports may and may not say, over generated reports, outside of what they quote."""

import json
from pathlib import Path

import pytest
from forbidden import FORBIDDEN, own, unquoted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from subjects import subject_of

from impact import typed
from impact.pipeline import analyze, render
from impact.present.words import words
from impact.records import Page, PageVerdict
from impact.report import summary
from impact.report.annotate.notes import about, notes_of
from impact.report.view.figures import NONE_YET, Figure, Measurements, figures_of, performance
from impact.taxonomy import load

LABELS = (*load().mechanisms, *load().safeguards)


def every_label(sheet, strength="must", *, doubtful=False):
    for number, label in enumerate(LABELS):
        words = f"Words about number {number}."
        sheet.say(
            words, str(number), (f"{number} Part",), strength=strength, proposes={label: words}, doubtful=doubtful
        )
    return sheet


@pytest.mark.parametrize("strength", ["must", "should", "may", "descriptive"])
def test_no_forbidden_word_stands_in_a_report_with_every_label(sheet, taxonomy, strength):
    assessment = every_label(sheet, strength, doubtful=strength == "may").assessed()

    for text in (
        unquoted(render(assessment, "html")),
        render(assessment, "md"),
        render(assessment, "csv"),
        summary(assessment, taxonomy),
    ):
        assert FORBIDDEN.findall(text) == []


@pytest.mark.parametrize("strength", ["must", "may"])
def test_no_forbidden_word_stands_in_the_notes_in_the_original(sheet, taxonomy, strength):
    assessment = every_label(sheet, strength, doubtful=strength == "may").assessed()

    notes = notes_of(subject_of(assessment))

    assert len(notes) == len(LABELS)
    assert FORBIDDEN.findall("\n".join(f"{note.title}\n{note.text}" for note in notes)) == []
    assert FORBIDDEN.findall(about(assessment, taxonomy)) == []


def test_no_forbidden_word_stands_in_the_reasons_of_the_json(sheet):
    report = json.loads(render(every_label(sheet).assessed(), "json"))

    reasons = [one["severity"]["reason"] for clause in report["clauses"] for one in clause["findings"]]
    reasons += [one["reason"] for one in report["compounds"]]
    assert len(reasons) > 21
    assert FORBIDDEN.findall(" ".join(reasons)) == []


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_forbidden_word_stands_in_generated_reports(contribution, data):
    sheet = contribution()
    for number, label in enumerate(data.draw(st.lists(st.sampled_from(LABELS), max_size=6))):
        strength = data.draw(st.sampled_from(["must", "should", "may", "descriptive"]))
        words = f"Other words {number}."
        sheet.say(words, "", (), strength=strength, proposes={label: words}, doubtful=data.draw(st.booleans()))
    verdicts = data.draw(st.lists(st.sampled_from(PageVerdict), min_size=2, max_size=4))
    qualities = data.draw(st.lists(st.floats(0, 1), min_size=4, max_size=4))
    pages = tuple(Page(at, verdict=one, quality=qualities[at - 1]) for at, one in enumerate(verdicts, 1))
    language = data.draw(st.sampled_from(["en", "und", "fr", "zh", "xx"]))
    assessment = sheet.assessed({"pages": pages, "paged": data.draw(st.booleans())}, language=language)

    assert FORBIDDEN.findall(unquoted(render(assessment, "html"))) == []
    assert FORBIDDEN.findall(render(assessment, "md")) == []
    assert FORBIDDEN.findall(summary(assessment, load())) == []


def test_forbidden_words_of_the_document_may_be_quoted(sheet):
    words = "A breach of compliance shall be logged."
    sheet.say(words, "1", ("1 Safe Country",), proposes={"logging-retention": "shall be logged"})

    page = render(sheet.assessed(title="No risk"), "html")

    assert "breach" in page
    assert FORBIDDEN.findall(unquoted(page)) == []


def read_figures(table: str) -> tuple[Figure, ...]:
    return typed.parse(Measurements, table.encode(), typed.Place("measured.toml")).figures


def test_performance_is_said_to_be_unmeasured_where_no_figure_stands():
    assert performance(read_figures("# nothing\n")) == NONE_YET


def test_performance_is_said_in_hundredths_of_findings_and_with_what_it_was_measured():
    table = """
        [[figures]]
        what = "all labels together"
        by = "cues"
        clauses = 1200
        data = "public standards"
        date = "2026-11-24"
        recall = 0.409
        precision = 0.5
    """

    said = performance(read_figures(table))

    assert (
        "With the rules alone, on 1,200 clauses of public standards (2026-11-24), the tool found 41 of every 100"
        in said
    )
    assert "readers agreed with 50 of every 100 that the tool assigned (all labels together)" in said


def test_reports_say_another_word_on_derogation_only_where_a_part_of_the_right_is_another_than_the_rest(taxonomy):
    said = [taxonomy.rights[right] for right in words().derogations]

    assert all(one.derogation == "partly" or any(ref.startswith("ICCPR") for ref in one.articles) for one in said)


def test_article_of_the_first_covenant_is_never_said_to_have_no_derogation_clause(taxonomy):
    said = [right for right in taxonomy.rights.values() if any(ref.startswith("ICCPR") for ref in right.articles)]

    assert all(one.derogation != "no clause" or one.id in words().derogations for one in said)


def test_performance_is_that_of_the_judges_asked(sheet):
    assessment = sheet.assessed()

    assert {figure.by for figure in figures_of(assessment)} == {name for name, _ in assessment.provenance.models}


def test_forbidden_word_counts_unless_it_stands_in_the_document_with_its_neighbors():
    document = "Records of a breach shall be kept."

    assert own("Clause 4 says: records of a breach shall be kept", document) == []
    assert own("This clause is a breach of privacy.", document) == ["this clause is a breach of privacy."]


SHARED = Path(__file__).parents[3] / "shared" / "documents"
SOME = sorted(path for path in SHARED.rglob("*.*") if path.suffix in {".md", ".txt", ".html"})[::37]


@pytest.mark.shared
@pytest.mark.skipif(not SOME, reason="../shared is not beside the checkout")
@pytest.mark.parametrize("path", SOME, ids=lambda path: path.name)
def test_no_report_on_a_shared_document_says_a_forbidden_word_of_its_own(path):
    assessment = analyze(path, by=("cues",))

    assert own(unquoted(render(assessment, "html")), assessment.document.text) == []
    assert own(render(assessment, "md"), assessment.document.text) == []
