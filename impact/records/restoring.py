"""What a report was written from: its classification, second reading and provenance, as values of the pipeline."""

from collections.abc import Iterable

from impact.records.assessment import Provenance
from impact.records.clause import Classification, Clause, Finding, Mention, SafeguardFinding, Salience
from impact.records.document import Document
from impact.records.raised_point import RaisedPoint, Raising
from impact.records.report import Report
from impact.records.report_quotes import Quotation, ReportChoice, ReportRaising
from impact.records.second_reading import PassageChoice, SecondReader, SecondReading
from impact.records.span import Cited, Span


def fits(report: Report, document: Document, clauses: Iterable[Clause]) -> bool:
    """Return whether clauses that were read anew are those of a report: the same ids at the same words."""
    spans = {clause.id: clause.span for clause in clauses}
    return same_words(report, document) and all(spans.get(clause.id) == clause.span for clause in report.clauses)


def same_words(report: Report, document: Document) -> bool:
    """Return whether a document that was read anew has the words of each clause of a report at the same place."""
    return report.document.id == document.id and all(
        document.quote(clause.span) == clause.text for clause in report.clauses
    )


def classification_of(report: Report) -> Classification:
    """Return what was found; of a label that a clause only talks about, the whole clause is the evidence."""
    findings = tuple(
        Finding(
            id=finding.id,
            clause=clause.id,
            mechanism=finding.mechanism,
            confidence=finding.confidence,
            doubtful=finding.doubtful,
            by=finding.by,
            evidence=_spans(finding.evidence),
            strength=finding.strength,
            second=finding.second,
        )
        for clause, finding in report.findings()
    )
    safeguards = tuple(
        SafeguardFinding(
            clause=clause.id,
            safeguard=safeguard.safeguard,
            confidence=safeguard.confidence,
            evidence=_spans(safeguard.evidence),
            strength=safeguard.strength,
            doubtful=safeguard.doubtful,
            second=safeguard.second,
        )
        for clause, safeguard in report.safeguards()
    )
    mentions = tuple(Mention(clause.id, label, (clause.span,)) for clause in report.clauses for label in clause.context)
    salience = (
        Salience(
            clause.id,
            clause.salience,
            clause.salient,
            clause.protection,
            clause.topics or (),
            chosen=bool(clause.chosen),
        )
        for clause in report.clauses
        if clause.salience is not None
    )
    return Classification(findings, safeguards, mentions, tuple(salience))


def second_reading_of(report: Report) -> SecondReading | None:
    """Return what a second reader came to, without its single answers; None where there was none."""
    second = report.second_reading
    if second is None:
        return None
    return SecondReading(
        SecondReader(second.model, second.host, second.prompt, second.passes or 1),
        clauses=(),
        unread=second.unread,
        dropped=second.dropped,
        raising=_raising(second.raised) if second.raised else None,
        choice=_choice(second.choice) if second.choice else None,
        read=second.clauses,
    )


def provenance_of(report: Report) -> Provenance:
    """Return what made the report."""
    reported = report.provenance
    return Provenance(reported.tool, reported.taxonomy, reported.models, reported.options, reported.made_at)


def _choice(choice: ReportChoice) -> PassageChoice:
    return PassageChoice(
        choice.prompt,
        left=choice.left,
        unread=choice.unread,
        dropped=choice.dropped,
        clauses=choice.clauses,
        chosen=choice.passages,
    )


def _raising(raised: ReportRaising) -> Raising:
    points = tuple(
        RaisedPoint(
            guideline=point.guideline,
            kind=point.kind,
            matter=point.matter,
            actor=point.actor,
            affected=point.affected,
            labels=point.labels,
            says=point.says,
            ask=point.ask,
            cites=tuple(Cited(cite.clause, _spans(cite.evidence)) for cite in point.cites),
            change=point.change,
        )
        for point in raised.points
    )
    return Raising(raised.prompt, points, raised.clauses, raised.left, raised.unread, raised.dropped)


def _spans(evidence: Iterable[Quotation]) -> tuple[Span, ...]:
    return tuple(words.span for words in evidence)
