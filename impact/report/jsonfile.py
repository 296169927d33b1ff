"""`report.json`, schema `impact-report/1`: the answer for other programs (docs/report-json.md)."""

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from hashlib import sha256
from itertools import islice
from typing import Any, TypeVar, cast

from impact.records import Assessment, Clause, Document, Filing, Page, Raising, RatedFinding, SafeguardFinding, Span
from impact.records.report import (
    AdjacentSafeguard,
    Extraction,
    Report,
    ReportClause,
    ReportCompound,
    ReportDocument,
    ReportFinding,
    ReportProvenance,
    ReportRight,
    ReportSafeguard,
)
from impact.records.report_json import to_text
from impact.records.report_quotes import (
    Quotation,
    ReportChoice,
    ReportCitation,
    ReportConcealment,
    ReportRaised,
    ReportRaising,
    ReportSecondReading,
)
from impact.report.view.subject import ReportSubject
from impact.taxonomy.values import Taxonomy

Record = TypeVar("Record")

WORD = 60
"""Characters of a word on each side of what is hidden in it. Source: project judgment."""
CONCEALMENTS = 1000
"""Hidden words that a report lists. Source: project judgment; the remarks name all clauses that have some."""


def render(subject: ReportSubject) -> str:
    """Return the report as JSON: a line for each top-level key and for each clause, and a line feed at the end.

    Equal assessments give equal text; two runs on the same file differ only in `provenance.made_at`.
    """
    return to_text(report_of(subject.assessment, subject.taxonomy))


def report_of(assessment: Assessment, taxonomy: Taxonomy) -> Report:
    """Return the content of `report.json`; confidences and qualities are rounded to four decimals."""
    document = assessment.document
    pages = tuple(Page(page.number, verdict=page.verdict, quality=round(page.quality, 4)) for page in document.pages)
    return Report(
        document=_like(ReportDocument, document, assessment.proposal, pages=len(document.pages), **_filed(assessment)),
        extraction=Extraction(
            engine=document.engine,
            pages=pages,
            warnings=document.warnings,
            remarks=document.remarks or None,
            concealments=tuple(islice(_concealments(assessment), CONCEALMENTS)) or None,
        ),
        clauses=tuple(_clauses(assessment)),
        compounds=tuple(_compounds(assessment, taxonomy)),
        silences=assessment.silences,
        rights=tuple(ReportRight(right=right, findings=findings) for right, findings in assessment.rights),
        level=assessment.level,
        firm_level=assessment.firm_level,
        unassessed=assessment.unassessed or None,
        second_reading=_second_reading(assessment),
        provenance=_like(ReportProvenance, assessment.provenance, matrix=matrix_digest(taxonomy)),
    )


def _concealments(assessment: Assessment) -> Iterator[ReportConcealment]:
    """Yield the words that are hidden in a way that a reader should know of, with the clauses that they are in."""
    document, clauses = assessment.document, assessment.clauses
    starts = [clause.span.start for clause in clauses]
    for concealment in document.concealments:
        span = concealment.span
        at = bisect_right(starts, max(span.start, span.end - 1)) - 1
        if concealment.noted:
            clause = clauses[at].id if at >= 0 and span.start <= clauses[at].span.end else ""
            word = _word(document.text, span)
            yield ReportConcealment(
                kind=concealment.kind,
                clause=clause,
                span=word,
                word=document.quote(word),
                source=document.verbatim(word),
            )


def _word(text: str, span: Span) -> Span:
    """Return a span with what is between the blanks around it, up to `WORD` characters on each side."""
    before, after = text[max(span.start - WORD, 0) : span.start], text[span.end : span.end + WORD]
    return Span(span.start - len(re.split(r"\s", before)[-1]), span.end + len(re.split(r"\s", after)[0]))


def _filed(assessment: Assessment) -> dict[str, Any]:
    """Return how the document came, and what a list said of it; None where it came alone."""
    proposal = assessment.proposal
    filing = proposal.filing if proposal.filing != Filing() else None
    return {"filing": filing, "from_list": proposal.from_list or None, "uncertain": proposal.uncertain or None}


def _second_reading(assessment: Assessment) -> ReportSecondReading | None:
    second = assessment.second
    if second is None:
        return None
    raised = _raised(assessment, second.raising) if second.raising else None
    choice = second.choice and _like(
        ReportChoice, second.choice, clauses=second.choice.clause_count, passages=second.choice.passage_count
    )
    passes = second.reader.passes if second.reader.passes > 1 else None
    return _like(
        ReportSecondReading, second.reader, second, clauses=second.count, raised=raised, choice=choice, passes=passes
    )


def _raised(assessment: Assessment, raising: Raising) -> ReportRaising:
    return _like(
        ReportRaising,
        raising,
        points=tuple(
            _like(
                ReportRaised,
                point,
                cites=tuple(
                    ReportCitation(
                        clause=cited.clause,
                        page=assessment.clause(cited.clause).page,
                        evidence=_evidence(assessment.document, cited.evidence),
                    )
                    for cited in point.cites
                ),
            )
            for point in raising.points
        ),
    )


def matrix_digest(taxonomy: Taxonomy) -> str:
    """Return the SHA-256 of the links from mechanisms to rights, hexadecimal: which matrix the rights come from."""
    rows = [
        [mechanism.id, kind, link.right, link.source]
        for mechanism in taxonomy.mechanisms.values()
        for kind, links in (("primary", mechanism.primary), ("secondary", mechanism.secondary))
        for link in links
    ]
    return sha256(json.dumps(rows, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def _like(kind: type[Record], *sources: object, **others: Any) -> Record:
    """Return a dataclass with the fields that sources have by the same names, the first that has one, and others."""
    names = [field.name for field in fields(cast("Any", kind)) if field.name not in others]
    values = {name: getattr(source, name) for source in reversed(sources) for name in names if hasattr(source, name)}
    return kind(**values, **others)


def _clauses(assessment: Assessment) -> Iterable[ReportClause]:
    findings: dict[str, list[RatedFinding]] = defaultdict(list)
    safeguards: dict[str, list[SafeguardFinding]] = defaultdict(list)
    context: dict[str, dict[str, None]] = defaultdict(dict)
    for rated in assessment.findings:
        findings[rated.finding.clause].append(rated)
    for safeguard in assessment.safeguards:
        safeguards[safeguard.clause].append(safeguard)
    salience = {passage.clause: passage for passage in assessment.salience}
    for mention in assessment.mentions:
        context[mention.clause][mention.label] = None
    document = assessment.document
    for clause in assessment.clauses:
        row = report_clause(
            document,
            clause,
            tuple(_finding(document, rated) for rated in findings.get(clause.id, ())),
            tuple(_safeguard(document, safeguard) for safeguard in safeguards.get(clause.id, ())),
            tuple(context.get(clause.id, ())),
        )
        if (passage := salience.get(clause.id)) is not None:
            row = replace(
                row,
                salience=passage.chance,
                salient=passage.sentence,
                protection=passage.protection,
                topics=passage.topics or None,
                chosen=passage.chosen or None,
            )
        yield replace(row, assessed=False) if assessment.unassessed else row


def report_clause(
    document: Document,
    clause: Clause,
    findings: tuple[ReportFinding, ...] = (),
    safeguards: tuple[ReportSafeguard, ...] = (),
    context: tuple[str, ...] = (),
) -> ReportClause:
    """Return what `report.json` says of a clause and of the statements on it."""
    classified = {"findings": findings, "safeguards": safeguards, "context": context}
    return _like(
        ReportClause, clause, boxes=document.boxes(clause.span), text=document.quote(clause.span), **classified
    )


def _finding(document: Document, rated: RatedFinding) -> ReportFinding:
    return _like(
        ReportFinding,
        rated.finding,
        rated,
        confidence=round(rated.finding.confidence, 4),
        evidence=_evidence(document, rated.finding.evidence),
        safeguards=tuple(_like(AdjacentSafeguard, safeguard) for safeguard in rated.safeguards),
    )


def _safeguard(document: Document, safeguard: SafeguardFinding) -> ReportSafeguard:
    confidence, evidence = round(safeguard.confidence, 4), _evidence(document, safeguard.evidence)
    return _like(ReportSafeguard, safeguard, confidence=confidence, evidence=evidence)


def _evidence(document: Document, spans: Iterable[Span]) -> tuple[Quotation, ...]:
    return tuple(Quotation(quote=document.quote(span), span=span, boxes=document.boxes(span)) for span in spans)


def _compounds(assessment: Assessment, taxonomy: Taxonomy) -> Iterable[ReportCompound]:
    mechanisms = {rule.id: rule.mechanisms for rule in reversed(taxonomy.compounds)}
    for compound in assessment.compounds:
        yield _like(ReportCompound, compound, mechanisms=mechanisms.get(compound.id, ()), firm_level=compound.firm)
