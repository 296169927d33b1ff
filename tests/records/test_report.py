"""The report as typed values: to and from JSON without loss, and complaints that name the place."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.errors import ImpactError
from impact.records import Box, ClauseKind, Level, Page, PageVerdict, RightTouched, Severity, Silence, Span, Strength
from impact.records.report import (
    AdjacentSafeguard,
    Extraction,
    Quotation,
    Report,
    ReportClause,
    ReportCompound,
    ReportDocument,
    ReportFinding,
    ReportProvenance,
    ReportRight,
    ReportSafeguard,
)
from impact.records.report_json import from_json, from_text, to_json, to_text
from impact.report.jsonfile import report_of
from impact.taxonomy import load

WORDS = st.text(max_size=8)
NAMES = st.sampled_from(["shut-off", "judicial-order", "privacy"])
SHARES = st.floats(0, 1).map(lambda share: round(share, 4))
LEVELS = st.sampled_from([Level.HIGH, Level.MEDIUM, Level.LOW])
STRENGTHS = st.sampled_from(Strength)


def many(strategy, least=0):
    return st.lists(strategy, min_size=least, max_size=2).map(tuple)


def pairs(strategy):
    return st.dictionaries(NAMES, strategy, max_size=2).map(lambda values: tuple(values.items()))


@st.composite
def severities(draw):
    level = draw(LEVELS)
    least = draw(st.sampled_from([None, *(lower for lower in (Level.MEDIUM, Level.LOW) if lower < level)]))
    return Severity(*(draw(st.integers(1, 5)) for _ in range(3)), level, "why", least)


SPANS = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda ends: Span(*sorted(ends)))
BOXES = many(st.builds(Box, st.integers(1, 9), SHARES, SHARES, st.just(2.5), st.just(3)))
EVIDENCE = many(st.builds(Quotation, quote=st.text(min_size=1, max_size=8), span=SPANS, boxes=BOXES), least=1)
FINDINGS = st.builds(
    ReportFinding,
    confidence=SHARES,
    evidence=EVIDENCE,
    strength=STRENGTHS,
    severity=severities(),
    rights=many(st.builds(RightTouched, WORDS, st.just("primary"), many(WORDS), WORDS)),
    safeguards=many(st.builds(AdjacentSafeguard, doubtful=st.booleans())),
    by=many(WORDS),
)
SAFEGUARDS = st.builds(
    ReportSafeguard, confidence=SHARES, evidence=EVIDENCE, strength=STRENGTHS, doubtful=st.booleans()
)
CLAUSES = st.builds(
    ReportClause,
    headings=many(WORDS),
    kind=st.sampled_from(ClauseKind),
    page=st.integers(1, 9),
    boxes=BOXES,
    span=SPANS,
    text=st.text(min_size=1, max_size=8),
    strength=STRENGTHS,
    findings=many(FINDINGS),
    safeguards=many(SAFEGUARDS),
    context=many(NAMES),
)
PAGES = st.builds(Page, st.integers(1, 9), verdict=st.sampled_from(PageVerdict), quality=SHARES)
COMPOUNDS = st.builds(
    ReportCompound,
    mechanisms=many(NAMES),
    findings=many(WORDS),
    level=LEVELS,
    firm_level=st.none() | st.sampled_from(Level),
)
REPORTS = st.builds(
    Report,
    document=st.builds(ReportDocument, source_organizations=many(WORDS)),
    extraction=st.builds(Extraction, pages=many(PAGES), warnings=many(WORDS)),
    clauses=st.lists(CLAUSES, max_size=2, unique_by=lambda clause: clause.id).map(tuple),
    compounds=many(COMPOUNDS),
    silences=many(st.builds(Silence, NAMES, NAMES)),
    rights=many(st.builds(ReportRight, findings=many(WORDS))),
    level=st.sampled_from(Level),
    firm_level=st.none() | st.sampled_from(Level),
    provenance=st.builds(ReportProvenance, models=pairs(WORDS), options=pairs(WORDS)),
)


@pytest.fixture
def report(sheet):
    sheet.say("The node shall cut off the line.", "1", ("1 Scope",), proposes={"shut-off": "cut off"})
    sheet.say("A person may appeal.", "2", ("1 Scope",), proposes={"redress": "appeal"})
    return to_json(report_of(sheet.assessed(), load()))


@settings(max_examples=40)
@given(REPORTS)
def test_a_report_comes_back_from_json_as_it_was(report):
    text = to_text(report)

    assert from_text(text.encode()) == report
    assert to_text(from_text(text)) == text
    assert to_json(from_json(json.loads(text))) == json.loads(text)


def test_a_report_of_an_older_version_is_read_with_what_it_means(report):
    clause, older = from_json(report).clauses[0], copy.deepcopy(report)
    del older["firm_level"], older["clauses"][0]["findings"][0]["severity"]["firm_level"]
    del (
        older["clauses"][1]["safeguards"][0]["doubtful"],
        older["clauses"][0]["findings"][0]["safeguards"][0]["doubtful"],
    )

    read = from_json(older)

    assert read.firm_level is None
    assert "firm_level" not in to_json(read)
    assert read.clauses[0] == clause
    assert not read.clauses[1].safeguards[0].doubtful


def test_a_key_of_a_later_version_is_passed_over(report):
    assert from_json(report | {"weather": "fine"}) == from_json(report)


@pytest.mark.parametrize(
    ("place", "value", "complaint"),
    [
        (("level",), "grim", "level: 'grim' is not a valid Level"),
        (("document", "title"), 7, "document.title: 7 is no str"),
        (("document", "paged"), 1, "document.paged: 1 is no bool"),
        (("clauses", 0, "page"), True, r"clauses\[0\].page: True is no int"),
        (("clauses", 0, "page"), 0, r"clauses\[0\]: clause '1/0': page from 1"),
        (("clauses", 1, "id"), "1/0", "two clauses with the same id"),
        (("clauses", 0, "span"), [5, 3], r"clauses\[0\].span: span 5:3 is not"),
        (("clauses", 0, "findings"), {}, r"clauses\[0\].findings: \{\} is no list"),
        (("clauses", 0, "findings", 0, "evidence"), [], r"clauses\[0\].findings\[0\]: evidence and a confidence"),
        (("clauses", 0, "findings", 0, "severity", "scale"), 9, r"findings\[0\].severity: severity \(9, "),
        (("clauses", 0, "findings", 0, "severity"), {}, r"findings\[0\].severity: 'level' is missing"),
        (("clauses", 0, "findings", 0, "severity"), None, r"findings\[0\].severity: "),
        (("provenance", "models"), [], "provenance.models: "),
        (("provenance", "options"), {"view": []}, r"provenance.options: \[\] is no str"),
        (("extraction", "pages"), [{"page": 1}], r"extraction.pages\[0\]: 'verdict' is missing"),
        (("silences",), [{"mechanism": "shut-off"}], r"silences\[0\].safeguard: is missing"),
        (("schema",), "impact-report/9", "The file is not a report of schema impact-report/1$"),
    ],
)
def test_a_complaint_names_the_place_and_says_what_to_do(report, place, value, complaint):
    *path, last = place
    target = report
    for step in path:
        target = target[step]
    target[last] = value

    with pytest.raises(ImpactError, match="The file is not a report of schema impact-report/1") as refusal:
        from_json(report)

    assert refusal.match(complaint) if "$" not in complaint else refusal.value.message == complaint.rstrip("$")
    assert refusal.value.hint == "Create it again with `impact analyze FILE --format json`"


@pytest.mark.parametrize("text", [b"\xff", "{", "[]", "7"])
def test_what_is_no_json_object_is_refused(text):
    with pytest.raises(ImpactError, match=r"The file is not a report of schema|damaged report"):
        from_text(text)
