"""`findings.xlsx`: findings, safeguards, silences, rights and clauses, a sheet each (columns: docs/exports.md)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO

from impact.present.cleaning import clipped
from impact.present.words import (
    combined_words,
    confidence,
    graded,
    if_holds,
    needing_review,
    second_words,
    unassessed_words,
)
from impact.records import Assessment
from impact.report.annex.clause_list import clause_list
from impact.report.annotate.notes import about
from impact.report.csvfile import rows_of
from impact.report.view.decisions import label_name
from impact.report.view.rights_matrix import rights_matrix
from impact.report.view.safeguards import matching_safeguards
from impact.report.view.subject import ReportSubject
from impact.tables.cells import JOIN
from impact.tables.columns import Widths, sheets_of
from impact.tables.workbook import open_workbook
from impact.taxonomy.values import Taxonomy

Cells = Mapping[str, str | int]
SPARE = frozenset({"page", "compounds", "change", "for a reader to decide", "stated beside it", "stated elsewhere"})
"""Columns that are left out where they would be blank throughout: nothing is found by them."""

BY_SECOND = "second reader"
SECOND: Widths = {BY_SECOND: 24}
"""Column of what a second reader makes of a finding or safeguard."""

READ_TWICE = frozenset({"Findings", "Safeguards"})
"""Sheets that have it."""

NO_SAFEGUARD = "No clause was found that provides one of the safeguards looked for."


def make(subject: ReportSubject) -> bytes:
    """Return the workbook; no cell of it is taken for a formula or a link, and equal assessments give equal bytes."""
    assessment, taxonomy, identity = subject.assessment, subject.taxonomy, subject.identity
    fields = [("Title", identity.title), *identity.verbatim, *identity.facts]
    fields += [
        ("" if at else "Read this first", line) for at, line in enumerate(about(assessment, taxonomy).split("\n"))
    ]
    sheets: dict[str, Iterable[Cells]] = {
        "About": ({"field": name, "value": value} for name, value in fields),
        "Findings": _findings(subject),
        "Safeguards": _safeguards(assessment, taxonomy),
        "Silences": _silences(subject),
        "Rights": _rights(subject),
        "Clauses": _clauses(subject),
        **({"Decisions": _decisions(subject)} if assessment.review else {}),
    }
    unassessed = unassessed_words(assessment.unassessed)
    notes = dict.fromkeys(sheets, unassessed) if unassessed else {"Safeguards": NO_SAFEGUARD}
    created = datetime.fromisoformat(assessment.provenance.made_at)
    return _book(identity.name, sheets, _columns(assessment), created, notes)


def _columns(assessment: Assessment) -> dict[str, Widths]:
    """Return the columns of each sheet; one of a second reader stands last where there was one."""
    sheets = sheets_of("findings.xlsx")
    if assessment.second is None:
        return sheets
    return {name: {**widths, **(SECOND if name in READ_TWICE else {})} for name, widths in sheets.items()}


def _book(
    name: str,
    sheets: Mapping[str, Iterable[Cells]],
    columns: Mapping[str, Widths],
    created: datetime,
    notes: Mapping[str, str],
) -> bytes:
    """Return a workbook; `notes` says of a sheet what stands in it without rows."""
    out = BytesIO()
    with open_workbook(out, {"title": clipped(name, 200), "author": "impact"}, created) as add_sheet:
        for title, rows in sheets.items():
            cells = list(rows)
            blank = {column for column in SPARE if cells and all(row.get(column, "") == "" for row in cells)}
            widths = {column: width for column, width in columns[title].items() if column not in blank}
            sheet = add_sheet(title, widths)
            sheet.add([row[column] for column in widths] for row in cells)
            if not cells and title in notes:
                sheet.add_note(notes[title])
            sheet.add_filter()
            sheet.prepare_print(name)
    return out.getvalue()


def _findings(subject: ReportSubject) -> Iterable[Cells]:
    assessment, taxonomy = subject.assessment, subject.taxonomy
    compounds = {rule.id: rule.name for rule in taxonomy.compounds}
    levels = {compound.id: compound for compound in assessment.compounds}
    for rated, row in zip(assessment.findings, rows_of(subject), strict=True):
        pairs = [
            f"{compounds[pair.id]} ({if_holds(pair.level) if row.doubtful else combined_words(pair.level, pair.firm)})"
            for pair in map(levels.__getitem__, row.compounds)
        ]
        safeguards = [taxonomy.safeguards[name].name for name in row.safeguards]
        doubtful = [taxonomy.safeguards[name].name for name in row.safeguards_doubtful]
        safeguards += [f"{name} ({needing_review()})" for name in doubtful if name not in safeguards]
        yield {
            "level": graded(rated),
            "mechanism": row.mechanism_name,
            "clause": row.clause_number,
            "page": row.page if assessment.document.paged else "",
            "section": JOIN.join(row.section),
            "strength": row.strength,
            "confidence": row.confidence_words,
            "text": row.text,
            "evidence": JOIN.join(row.evidence),
            "rights, primary": JOIN.join(taxonomy.rights[right].name for right in row.rights_primary),
            "articles, primary": JOIN.join(row.articles_primary),
            "rights, secondary": JOIN.join(taxonomy.rights[right].name for right in row.rights_secondary),
            "scale": row.scale,
            "scope": row.scope,
            "irremediability": row.irremediability,
            "reason": row.reason,
            "safeguards beside it": JOIN.join(safeguards),
            "compounds": JOIN.join(pairs),
            "change": row.change,
            "found by": JOIN.join(row.found_by),
            BY_SECOND: second_words(rated.finding.second),
            "finding": row.finding,
        }


def _safeguards(assessment: Assessment, taxonomy: Taxonomy) -> Iterable[Cells]:
    document = assessment.document
    for finding in assessment.safeguards:
        clause, safeguard = assessment.clause(finding.clause), taxonomy.safeguards[finding.safeguard]
        yield {
            "safeguard": safeguard.name,
            "clause": clause.number,
            "page": clause.page if document.paged else "",
            "strength": finding.strength.value,
            "confidence": confidence(finding)[0],
            "text": document.quote(clause.span),
            "evidence": JOIN.join(document.quote(span) for span in finding.evidence),
            "what the text does": safeguard.benefit,
            BY_SECOND: second_words(finding.second),
        }


def _silences(subject: ReportSubject) -> Iterable[Cells]:
    for silence in matching_safeguards(subject, subject.concerns):
        unsure, beside, elsewhere = (
            JOIN.join(f"{name} ({', '.join(where.full for where in places)})" for name, places in named)
            for named in (silence.perhaps, silence.beside, silence.elsewhere)
        )
        yield {
            "power": silence.concern.mechanism.name,
            "level": silence.concern.rated,
            "not stated anywhere, or ruled out": JOIN.join(silence.lacking),
            "for a reader to decide": unsure,
            "stated beside it": beside,
            "stated elsewhere": elsewhere,
        }


def _rights(subject: ReportSubject) -> Iterable[Cells]:
    names = [concern.mechanism.name for concern in subject.firm]
    for row in rights_matrix(subject.assessment.firm, subject.firm, subject.taxonomy):
        linked = {
            link: JOIN.join(name for name, cell in zip(names, row.cells, strict=True) if cell == link)
            for link in ("primary", "secondary")
        }
        yield {
            "right": row.right.name,
            "articles": row.line.articles,
            "limits": row.line.limits,
            "derogation": row.line.derogation,
            "findings": row.findings,
            "mechanisms, primary": linked["primary"],
            "mechanisms, secondary": linked["secondary"],
        }


def _decisions(subject: ReportSubject) -> Iterable[Cells]:
    """Yield what reviewers decided of each item, what they rejected too, and what is undecided."""
    assessment, taxonomy = subject.assessment, subject.taxonomy
    review = assessment.review
    for item in review.items if review else ():
        yield {
            "decision": item.verdict.value,
            "by": JOIN.join(item.by),
            "mechanism or safeguard": label_name(item.decided_label, taxonomy),
            "found as": label_name(item.label, taxonomy) if item.corrected else "",
            "clause": assessment.clause(item.clause).number if item.clause in assessment.index else item.clause,
            "remark": item.remark,
            "notes": JOIN.join(f"{name}: {text}" for name, text in item.notes),
            "comments": JOIN.join(f"{comment.author}, {comment.time}: {comment.text}" for comment in item.comments),
            "signed": JOIN.join(f"{name}, {time}" for name, time in review.signatures) if review else "",
            "finding": item.id,
        }


def _clauses(subject: ReportSubject) -> Iterable[Cells]:
    document = subject.assessment.document
    lines = (line for part in clause_list(subject).chapters for line in part.lines)
    for clause, line in zip(subject.assessment.clauses, lines, strict=True):
        yield {
            "clause": clause.number,
            "page": clause.page if document.paged else "",
            "section": JOIN.join(clause.headings),
            "kind": line.kind,
            "strength": line.strength,
            "assessed": "yes" if line.assessed else "no",
            "text": document.quote(clause.span),
            "found": JOIN.join(f"{name} ({level})" for level, name, _ in line.mechanisms),
            "safeguards": JOIN.join(line.safeguards),
            "only mentioned": JOIN.join(line.context),
            "address": clause.id,
        }
