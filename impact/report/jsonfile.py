"""`report.json`, schema `impact-report/1`: the answer for other programs (docs/report-json.md)."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from impact.records import Assessment, Box, Clause, Document, RatedFinding, SafeguardFinding, Span
from impact.taxonomy.values import Taxonomy

SCHEMA = "impact-report/1"
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def render(assessment: Assessment, taxonomy: Taxonomy) -> str:
    """Return the report as JSON: one line a top-level key, one line a clause, a line feed at the end.

    Equal assessments give equal text; two runs on the same file differ in `provenance.made_at` alone.
    """
    head: dict[str, Any] = {
        "schema": SCHEMA,
        "document": _document(assessment),
        "extraction": _extraction(assessment.document),
    }
    tail: dict[str, Any] = {
        "compounds": [_compound(assessment, taxonomy, index) for index in range(len(assessment.compounds))],
        "silences": [
            {"mechanism": silence.mechanism, "safeguard": silence.safeguard} for silence in assessment.silences
        ],
        "rights": [{"right": right, "findings": list(ids)} for right, ids in assessment.rights],
        "level": assessment.level.value,
        "firm_level": assessment.firm_level.value,
        "provenance": _provenance(assessment, taxonomy),
    }
    clauses = ",\n".join(_dumped(clause) for clause in _clauses(assessment))
    lines = [f'"{name}":{_dumped(value)}' for name, value in head.items()]
    lines.append('"clauses":[' + (f"\n{clauses}\n" if clauses else "") + "]")
    lines += [f'"{name}":{_dumped(value)}' for name, value in tail.items()]
    return "{" + ",\n".join(lines) + "}\n"


def matrix_digest(taxonomy: Taxonomy) -> str:
    """Return the SHA-256 of the links from mechanisms to rights, hexadecimal: which matrix the rights come from."""
    rows = [
        [mechanism.id, kind, link.right, link.source]
        for mechanism in taxonomy.mechanisms.values()
        for kind, links in (("primary", mechanism.primary), ("secondary", mechanism.secondary))
        for link in links
    ]
    return sha256(json.dumps(rows, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def _dumped(value: object) -> str:
    """Return compact JSON in UTF-8, with half surrogate pairs escaped, for they cannot be written."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _document(assessment: Assessment) -> dict[str, Any]:
    proposal, document = assessment.proposal, assessment.document
    return {
        "id": document.id,
        "source": document.source,
        "format": document.format,
        "title": proposal.title,
        "number": proposal.number,
        "body": proposal.body,
        "group": proposal.group,
        "question": proposal.question,
        "source_organizations": list(proposal.source_organizations),
        "date": proposal.date,
        "revision": proposal.revision,
        "language": proposal.language,
        "pages": len(document.pages),
        "paged": document.paged,
        "words": document.words,
    }


def _extraction(document: Document) -> dict[str, Any]:
    pages = [
        {"page": page.number, "verdict": page.verdict.value, "quality": round(page.quality, 4)}
        for page in document.pages
    ]
    return {"engine": document.engine, "pages": pages, "warnings": list(document.warnings)}


def _clauses(assessment: Assessment) -> Iterable[dict[str, Any]]:
    findings: dict[str, list[RatedFinding]] = defaultdict(list)
    safeguards: dict[str, list[SafeguardFinding]] = defaultdict(list)
    context: dict[str, dict[str, None]] = defaultdict(dict)
    for judged in assessment.findings:
        findings[judged.finding.clause].append(judged)
    for found in assessment.safeguards:
        safeguards[found.clause].append(found)
    for mention in assessment.mentions:
        context[mention.clause][mention.label] = None
    document = assessment.document
    for clause in assessment.clauses:
        yield {
            **_place(document, clause),
            "findings": [_finding(document, one) for one in findings.get(clause.id, ())],
            "safeguards": [_safeguard(document, one) for one in safeguards.get(clause.id, ())],
            "context": list(context.get(clause.id, ())),
        }


def _place(document: Document, clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "number": clause.number,
        "headings": list(clause.headings),
        "kind": clause.kind.value,
        "page": clause.page,
        "boxes": _boxes(document.boxes(clause.span)),
        "span": [clause.span.start, clause.span.end],
        "text": document.quote(clause.span),
        "strength": clause.strength.value,
        "assessed": clause.assessed,
    }


def _finding(document: Document, judged: RatedFinding) -> dict[str, Any]:
    finding, severity = judged.finding, judged.severity
    rights = [
        {"right": right.right, "link": right.link, "articles": list(right.articles), "source": right.source}
        for right in judged.rights
    ]
    return {
        "id": finding.id,
        "mechanism": finding.mechanism,
        "confidence": round(finding.confidence, 4),
        "doubtful": finding.doubtful,
        "by": list(finding.by),
        "strength": finding.strength.value,
        "evidence": _evidence(document, finding.evidence),
        "rights": rights,
        "severity": {
            "scale": severity.scale,
            "scope": severity.scope,
            "irremediability": severity.irremediability,
            "level": severity.level.value,
            "firm_level": severity.firm.value,
            "reason": severity.reason,
        },
        "safeguards": [
            {"clause": safeguard.clause, "safeguard": safeguard.safeguard, "doubtful": safeguard.doubtful}
            for safeguard in judged.safeguards
        ],
        "change": judged.change,
    }


def _safeguard(document: Document, found: SafeguardFinding) -> dict[str, Any]:
    return {
        "safeguard": found.safeguard,
        "confidence": round(found.confidence, 4),
        "doubtful": found.doubtful,
        "strength": found.strength.value,
        "evidence": _evidence(document, found.evidence),
    }


def _evidence(document: Document, spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [
        {"quote": document.quote(span), "span": [span.start, span.end], "boxes": _boxes(document.boxes(span))}
        for span in spans
    ]


def _boxes(boxes: Iterable[Box]) -> list[list[float]]:
    return [[box.page, box.x0, box.y0, box.x1, box.y1] for box in boxes]


def _compound(assessment: Assessment, taxonomy: Taxonomy, index: int) -> dict[str, Any]:
    compound = assessment.compounds[index]
    mechanisms = next((list(rule.mechanisms) for rule in taxonomy.compounds if rule.id == compound.id), [])
    return {
        "id": compound.id,
        "mechanisms": mechanisms,
        "findings": list(compound.findings),
        "level": compound.level.value,
        "firm_level": compound.firm.value,
        "reason": compound.reason,
    }


def _provenance(assessment: Assessment, taxonomy: Taxonomy) -> dict[str, Any]:
    made = assessment.provenance
    return {
        "tool": made.tool,
        "taxonomy": made.taxonomy,
        "matrix": matrix_digest(taxonomy),
        "models": dict(made.models),
        "options": dict(made.options),
        "made_at": made.made_at,
    }
