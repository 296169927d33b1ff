"""`findings.xlsx`: findings, safeguards, silences, rights and clauses, a sheet each (columns: docs/exports.md)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from math import ceil
from typing import Any

from impact.present.cleaning import clipped, shown
from impact.present.words import confidence, graded, if_holds, level_words, words
from impact.records import Advice, Assessment
from impact.report.annotate.notes import about
from impact.report.csvfile import rows_of
from impact.report.view.cards import Places
from impact.report.view.clause_index import register_of
from impact.report.view.concerns import Concern, concerns_of, parted
from impact.report.view.identity import Identity, identity_of
from impact.report.view.matrix import matrix_of
from impact.report.view.outcome import outcome
from impact.report.view.safeguards import silent_on
from impact.tables.cells import JOIN, is_formula
from impact.taxonomy.values import Taxonomy

Cells = Mapping[str, str | int]
FINDINGS = {
    "level": 12,
    "mechanism": 30,
    "clause": 14,
    "page": 7,
    "section": 30,
    "strength": 12,
    "confidence": 12,
    "text": 80,
    "evidence": 40,
    "rights, primary": 40,
    "articles, primary": 30,
    "rights, secondary": 40,
    "scale": 7,
    "scope": 7,
    "irremediability": 15,
    "reason": 60,
    "safeguards beside it": 30,
    "compounds": 24,
    "change": 11,
    "found by": 12,
    "finding": 18,
}
SAFEGUARDS = {
    "safeguard": 34,
    "clause": 14,
    "page": 7,
    "strength": 12,
    "confidence": 12,
    "text": 70,
    "evidence": 34,
    "what the text does": 37,
}
SILENCES = {
    "power": 34,
    "level": 9,
    "not stated anywhere, or ruled out": 44,
    "for a reader to decide": 44,
    "stated beside it": 44,
    "stated elsewhere": 44,
}
RIGHTS = {
    "right": 40,
    "articles": 38,
    "limits": 16,
    "derogation": 22,
    "findings": 10,
    "mechanisms, primary": 47,
    "mechanisms, secondary": 47,
}
CLAUSES = {
    "clause": 14,
    "page": 7,
    "section": 40,
    "kind": 14,
    "strength": 12,
    "assessed": 10,
    "text": 90,
    "found": 40,
    "safeguards": 34,
    "only mentioned": 34,
    "address": 16,
}
SPARE = frozenset({"page", "compounds", "change", "for a reader to decide", "stated beside it", "stated elsewhere"})
"""Columns that are left out where they would be blank throughout: nothing is found by them."""

LETTERS = 32_000
"""The most characters of a cell. Source: Excel's specifications and limits (32,767, less room)."""

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Of each workbook, so that no cell is taken for a formula, a link or a number."""

NO_SAFEGUARD = "No clause was found that provides one of the safeguards looked for."

PRINTED = 220
"""Characters beside each other that a printed page can hold readably. Source: project judgement."""

HEADER = 120
"""Characters of the title in the printed header. Source: project judgement (Excel takes 255)."""


def make(assessment: Assessment, advice: Advice, taxonomy: Taxonomy) -> bytes:
    """Return the workbook; no cell of it is taken for a formula or a link, and equal assessments give equal bytes."""
    from xlsxwriter import Workbook

    out, concerns, identity = BytesIO(), concerns_of(assessment, taxonomy), identity_of(assessment)
    with Workbook(out, OPTIONS) as book:
        _describe(book, identity.name, datetime.fromisoformat(assessment.provenance.made_at))
        sheets = _Sheets(book, identity.name)
        sheets.write_about(identity, about(assessment, taxonomy))
        findings, safeguards = list(_findings(assessment, taxonomy)), list(_safeguards(assessment, taxonomy))
        clauses, assessed = list(_clauses(assessment, taxonomy)), outcome(assessment).assessed
        sheets.write("Findings", _told(FINDINGS, findings), findings)
        sheets.write("Safeguards", _told(SAFEGUARDS, safeguards), safeguards, NO_SAFEGUARD if assessed else "")
        silences = list(_silences(assessment, advice, concerns, taxonomy))
        sheets.write("Silences", _told(SILENCES, silences), silences)
        sheets.write("Rights", RIGHTS, _rights(assessment.firm, parted(concerns)[0], taxonomy))
        sheets.write("Clauses", _told(CLAUSES, clauses), clauses)
    return out.getvalue()


def _told(columns: Mapping[str, int], rows: Sequence[Cells]) -> dict[str, int]:
    """Return the columns without those of `SPARE` in which no row says anything; all where there is no row."""
    return {
        name: width
        for name, width in columns.items()
        if name not in SPARE or not rows or any(row[name] != "" for row in rows)
    }


def table(name: str, sheet: str, columns: Mapping[str, int], rows: Iterable[Cells], made: datetime) -> bytes:
    """Return a workbook of one sheet; `columns` gives the width of each in characters."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, OPTIONS) as book:
        _describe(book, name, made)
        _Sheets(book, name).write(sheet, columns, rows)
    return out.getvalue()


def _describe(book: Any, name: str, made: datetime) -> None:
    created = made.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": clipped(name, 200), "author": "impact", "created": created})


class _Sheets:
    """The sheets of one workbook, each with a header row that stays in view and is printed on every page."""

    def __init__(self, book: Any, name: str) -> None:
        self._book = book
        # In a header "&" begins a code, and two stand for one.
        self._header = f"&L{clipped(name, HEADER).replace('&', '&&')}&R&A, page &P of &N"
        look = {"valign": "top", "text_wrap": True}
        self._text = book.add_format(look)
        self._quoted = book.add_format(look | {"quote_prefix": True})
        self._bold = book.add_format(look | {"bold": True, "bottom": 1})

    def write_about(self, identity: Identity, said: str) -> None:
        """Write what the workbook is about, and what it is not."""
        rows = [("Title", identity.title), *identity.verbatim, *identity.facts]
        rows += [("Read this first" if not at else "", line) for at, line in enumerate(said.split("\n"))]
        self.write("About", {"field": 18, "value": 110}, ({"field": name, "value": value} for name, value in rows))

    def write(self, name: str, columns: Mapping[str, int], rows: Iterable[Cells], none: str = "") -> None:
        """Write one sheet; `columns` gives the width of each in characters, `none` what is said without rows."""
        sheet = self._book.add_worksheet(name)
        for place, (title, width) in enumerate(columns.items()):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, title, self._bold)
        last = 0
        for last, row in enumerate(rows, 1):
            for place, title in enumerate(columns):
                self._cell(sheet, last, place, row[title])
        if none and not last:
            sheet.write_string(1, 0, none)  # without wrapping, so that it goes on over the blank cells beside it
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(ceil(sum(columns.values()) / PRINTED), 0)
        sheet.repeat_rows(0)
        sheet.set_header(self._header)

    def _cell(self, sheet: Any, row: int, place: int, value: str | int) -> None:
        if isinstance(value, int):
            sheet.write_number(row, place, value, self._text)
            return
        text = clipped(shown(value), LETTERS)
        sheet.write_string(row, place, text, self._quoted if is_formula(text) else self._text)


def _findings(assessment: Assessment, taxonomy: Taxonomy) -> Iterable[Cells]:
    paged = assessment.document.paged
    names_of = {rule.id: rule.name for rule in taxonomy.compounds}
    levels = {compound.id: compound for compound in assessment.compounds}
    for judged, row in zip(assessment.findings, rows_of(assessment, taxonomy), strict=True):
        doubtful = judged.finding.doubtful
        pairs = [
            f"{names_of[pair.id]} ({if_holds(pair.level) if doubtful else level_words(pair.level, pair.firm)})"
            for pair in (levels[name] for name in row["compounds"].split(JOIN) if name)
        ]
        names = {
            link: JOIN.join(taxonomy.rights[right].name for right in row[f"rights_{link}"].split(JOIN) if right)
            for link in ("primary", "secondary")
        }
        guards = [taxonomy.safeguards[name].name for name in row["safeguards"].split(JOIN) if name]
        unsure = [taxonomy.safeguards[name].name for name in row["safeguards_doubtful"].split(JOIN) if name]
        guards += [f"{name} ({words()['decide']['tag']})" for name in unsure if name not in guards]
        yield {
            **{name: row[name] for name in ("section", "strength", "text", "evidence", "reason", "change", "finding")},
            "level": graded(judged),
            "compounds": JOIN.join(pairs),
            **{name: int(row[name]) for name in ("scale", "scope", "irremediability")},
            "mechanism": row["mechanism_name"],
            "clause": row["clause_number"],
            "page": int(row["page"]) if paged else "",
            "confidence": row["confidence_words"],
            "rights, primary": names["primary"],
            "articles, primary": row["articles_primary"],
            "rights, secondary": names["secondary"],
            "safeguards beside it": JOIN.join(guards),
            "found by": row["found_by"],
        }


def _safeguards(assessment: Assessment, taxonomy: Taxonomy) -> Iterable[Cells]:
    document, clauses = assessment.document, {clause.id: clause for clause in assessment.clauses}
    for one in assessment.safeguards:
        clause, safeguard = clauses[one.clause], taxonomy.safeguards[one.safeguard]
        yield {
            "safeguard": safeguard.name,
            "clause": clause.number,
            "page": clause.page if document.paged else "",
            "strength": one.strength.value,
            "confidence": confidence(one)[0],
            "text": document.quote(clause.span),
            "evidence": JOIN.join(document.quote(span) for span in one.evidence),
            "what the text does": safeguard.benefit,
        }


def _silences(
    assessment: Assessment, advice: Advice, concerns: tuple[Concern, ...], taxonomy: Taxonomy
) -> Iterable[Cells]:
    at = Places(assessment)
    for one in silent_on(assessment, advice, concerns, at, taxonomy):
        unsure, beside, elsewhere = (
            JOIN.join(f"{name} ({', '.join(where.full for where in places)})" for name, places in named)
            for named in (one.perhaps, one.beside, one.elsewhere)
        )
        yield {
            "power": one.concern.mechanism.name,
            "level": one.concern.rated,
            "not stated anywhere, or ruled out": JOIN.join(one.lacking),
            "for a reader to decide": unsure,
            "stated beside it": beside,
            "stated elsewhere": elsewhere,
        }


def _rights(assessment: Assessment, concerns: tuple[Concern, ...], taxonomy: Taxonomy) -> Iterable[Cells]:
    names = [concern.mechanism.name for concern in concerns]
    for row in matrix_of(assessment, concerns, taxonomy):
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


def _clauses(assessment: Assessment, taxonomy: Taxonomy) -> Iterable[Cells]:
    document = assessment.document
    lines = (line for part in register_of(assessment, Places(assessment), taxonomy).chapters for line in part.lines)
    for clause, line in zip(assessment.clauses, lines, strict=True):
        yield {
            "clause": clause.number,
            "page": clause.page if document.paged else "",
            "section": JOIN.join(clause.headings),
            "kind": line.kind,
            "strength": line.strength,
            "assessed": "yes" if line.assessed else "no",
            "text": document.quote(clause.span),
            "found": JOIN.join(f"{name} ({level})" for level, name, _ in line.found),
            "safeguards": JOIN.join(line.safeguards),
            "only mentioned": JOIN.join(line.context),
            "address": clause.id,
        }
