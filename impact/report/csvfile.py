"""`findings.csv`: one row a finding, for spreadsheets and pandas (columns: docs/findings-csv.md)."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from impact.present.cleaning import shown
from impact.present.words import confidence
from impact.records import Assessment, RatedFinding
from impact.report.view.phrases import paired
from impact.tables.cells import JOIN, is_formula
from impact.taxonomy.values import Taxonomy

COLUMNS = (
    "document",
    "source",
    "number",
    "title",
    "finding",
    "level",
    "mechanism",
    "mechanism_name",
    "clause",
    "clause_number",
    "section",
    "page",
    "strength",
    "confidence",
    "confidence_words",
    "doubtful",
    "found_by",
    "evidence",
    "text",
    "rights_primary",
    "rights_secondary",
    "articles_primary",
    "scale",
    "scope",
    "irremediability",
    "reason",
    "safeguards",
    "safeguards_doubtful",
    "compounds",
    "change",
)


def render(assessment: Assessment, taxonomy: Taxonomy) -> str:
    """Return the findings as CSV with a header row, firm ones first, each gravest first.

    It begins with a byte order mark, by which spreadsheets know UTF-8 (read it as "utf-8-sig"). A cell that a
    spreadsheet could take for a formula has an apostrophe before it; all else is as in the text.
    """
    return table(COLUMNS, rows_of(assessment, taxonomy))


def table(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return rows under a header as CSV, as `render` writes it."""
    out, names = StringIO(), tuple(columns)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in names])
    return "\ufeff" + out.getvalue()


def rows_of(assessment: Assessment, taxonomy: Taxonomy) -> Iterator[dict[str, str]]:
    """Yield the cells of each finding by column, in the order of the assessment, as they are in the text."""
    clauses = {clause.id: clause for clause in assessment.clauses}
    pairs = {compound.id: paired(compound, assessment) for compound in assessment.compounds}
    for judged in assessment.findings:
        row = {**_document(assessment), **_finding(judged, taxonomy)}
        clause = clauses[judged.finding.clause]
        row |= {
            "clause_number": clause.number,
            "section": JOIN.join(clause.headings),
            "page": str(clause.page),
            "evidence": JOIN.join(assessment.document.quote(span) for span in judged.finding.evidence),
            "text": assessment.document.quote(clause.span),
            "compounds": JOIN.join(name for name, members in pairs.items() if judged.finding.id in members),
        }
        yield row


def _document(assessment: Assessment) -> dict[str, str]:
    return {
        "document": assessment.document.id,
        "source": assessment.document.source,
        "number": assessment.proposal.number,
        "title": assessment.proposal.title,
    }


def _finding(judged: RatedFinding, taxonomy: Taxonomy) -> dict[str, str]:
    finding, severity = judged.finding, judged.severity
    rights = {kind: [right for right in judged.rights if right.link == kind] for kind in ("primary", "secondary")}
    return {
        "finding": finding.id,
        "level": severity.level.value,
        "mechanism": finding.mechanism,
        "mechanism_name": taxonomy.mechanisms[finding.mechanism].name,
        "clause": finding.clause,
        "strength": finding.strength.value,
        "confidence": f"{finding.confidence:.4f}",
        "confidence_words": confidence(finding)[0],
        "doubtful": "yes" if finding.doubtful else "no",
        "found_by": JOIN.join(finding.by),
        "rights_primary": JOIN.join(right.right for right in rights["primary"]),
        "rights_secondary": JOIN.join(right.right for right in rights["secondary"]),
        "articles_primary": JOIN.join(dict.fromkeys(ref for right in rights["primary"] for ref in right.articles)),
        "scale": str(severity.scale),
        "scope": str(severity.scope),
        "irremediability": str(severity.irremediability),
        "reason": severity.reason,
        "safeguards": JOIN.join(
            dict.fromkeys(safeguard.safeguard for safeguard in judged.safeguards if not safeguard.doubtful)
        ),
        "safeguards_doubtful": JOIN.join(
            dict.fromkeys(safeguard.safeguard for safeguard in judged.safeguards if safeguard.doubtful)
        ),
        "change": judged.change or "",
    }


def _cell(text: str) -> str:
    text = shown(text)
    return f"'{text}" if is_formula(text) else text
