"""`report.json`, schema `impact-report/1`: the answer for other programs (docs/report-json.md)."""

import json
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

from impact.records import Assessment, Clause, Document, Page, RatedFinding, SafeguardFinding, Span
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
from impact.records.report_json import to_text
from impact.report.view.subject import ReportSubject
from impact.taxonomy.values import Taxonomy


def render(subject: ReportSubject) -> str:
    """Return the report as JSON: one line a top-level key, one line a clause, a line feed at the end.

    Equal assessments give equal text; two runs on the same file differ in `provenance.made_at` alone.
    """
    return to_text(report_of(subject.assessment, subject.taxonomy))


def report_of(assessment: Assessment, taxonomy: Taxonomy) -> Report:
    """Return what `report.json` says of an assessment; confidences and qualities with four decimals."""
    document = assessment.document
    pages = tuple(Page(page.number, verdict=page.verdict, quality=round(page.quality, 4)) for page in document.pages)
    return Report(
        document=_document(assessment),
        extraction=Extraction(engine=document.engine, pages=pages, warnings=document.warnings),
        clauses=tuple(_clauses(assessment)),
        compounds=tuple(_compounds(assessment, taxonomy)),
        silences=assessment.silences,
        rights=tuple(ReportRight(right=right, findings=findings) for right, findings in assessment.rights),
        level=assessment.level,
        firm_level=assessment.firm_level,
        provenance=_provenance(assessment, taxonomy),
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


def _document(assessment: Assessment) -> ReportDocument:
    proposal, document = assessment.proposal, assessment.document
    return ReportDocument(
        id=document.id,
        source=document.source,
        format=document.format,
        title=proposal.title,
        number=proposal.number,
        body=proposal.body,
        group=proposal.group,
        question=proposal.question,
        source_organizations=proposal.source_organizations,
        date=proposal.date,
        revision=proposal.revision,
        language=proposal.language,
        pages=len(document.pages),
        paged=document.paged,
        words=document.words,
    )


def _clauses(assessment: Assessment) -> Iterable[ReportClause]:
    findings: dict[str, list[RatedFinding]] = defaultdict(list)
    safeguards: dict[str, list[SafeguardFinding]] = defaultdict(list)
    context: dict[str, dict[str, None]] = defaultdict(dict)
    for rated in assessment.findings:
        findings[rated.finding.clause].append(rated)
    for safeguard in assessment.safeguards:
        safeguards[safeguard.clause].append(safeguard)
    for mention in assessment.mentions:
        context[mention.clause][mention.label] = None
    document = assessment.document
    for clause in assessment.clauses:
        yield report_clause(
            document,
            clause,
            tuple(_finding(document, rated) for rated in findings.get(clause.id, ())),
            tuple(_safeguard(document, safeguard) for safeguard in safeguards.get(clause.id, ())),
            tuple(context.get(clause.id, ())),
        )


def report_clause(
    document: Document,
    clause: Clause,
    findings: tuple[ReportFinding, ...] = (),
    safeguards: tuple[ReportSafeguard, ...] = (),
    context: tuple[str, ...] = (),
) -> ReportClause:
    """Return what `report.json` says of a clause with what was found in it."""
    return ReportClause(
        id=clause.id,
        number=clause.number,
        headings=clause.headings,
        kind=clause.kind,
        page=clause.page,
        boxes=document.boxes(clause.span),
        span=clause.span,
        text=document.quote(clause.span),
        strength=clause.strength,
        assessed=clause.assessed,
        findings=findings,
        safeguards=safeguards,
        context=context,
    )


def _finding(document: Document, rated: RatedFinding) -> ReportFinding:
    finding = rated.finding
    return ReportFinding(
        id=finding.id,
        mechanism=finding.mechanism,
        confidence=round(finding.confidence, 4),
        doubtful=finding.doubtful,
        by=finding.by,
        strength=finding.strength,
        evidence=_evidence(document, finding.evidence),
        rights=rated.rights,
        severity=rated.severity,
        safeguards=tuple(
            AdjacentSafeguard(clause=safeguard.clause, safeguard=safeguard.safeguard, doubtful=safeguard.doubtful)
            for safeguard in rated.safeguards
        ),
        change=rated.change,
    )


def _safeguard(document: Document, safeguard: SafeguardFinding) -> ReportSafeguard:
    return ReportSafeguard(
        safeguard=safeguard.safeguard,
        confidence=round(safeguard.confidence, 4),
        doubtful=safeguard.doubtful,
        strength=safeguard.strength,
        evidence=_evidence(document, safeguard.evidence),
    )


def _evidence(document: Document, spans: Iterable[Span]) -> tuple[Quotation, ...]:
    return tuple(Quotation(quote=document.quote(span), span=span, boxes=document.boxes(span)) for span in spans)


def _compounds(assessment: Assessment, taxonomy: Taxonomy) -> Iterable[ReportCompound]:
    mechanisms = {rule.id: rule.mechanisms for rule in reversed(taxonomy.compounds)}
    for compound in assessment.compounds:
        yield ReportCompound(
            id=compound.id,
            mechanisms=mechanisms.get(compound.id, ()),
            findings=compound.findings,
            level=compound.level,
            firm_level=compound.firm,
            reason=compound.reason,
        )


def _provenance(assessment: Assessment, taxonomy: Taxonomy) -> ReportProvenance:
    provenance = assessment.provenance
    return ReportProvenance(
        tool=provenance.tool,
        taxonomy=provenance.taxonomy,
        matrix=matrix_digest(taxonomy),
        models=provenance.models,
        options=provenance.options,
        made_at=provenance.made_at,
    )
