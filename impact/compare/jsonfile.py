"""`comparison.json`, schema `impact-comparison/1`: the answer for other programs (docs/compare.md)."""

from dataclasses import asdict
from typing import Any

from impact.compare.change import ClauseChange
from impact.compare.comparison import Comparison
from impact.compare.edition import versions_of, view_of
from impact.compare.edits.edit import SentenceEdit
from impact.compare.sentences import ComparisonNames, names_of, sentences
from impact.compare.shifts import FindingShift, SafeguardShift
from impact.compare.worddiff import word_diff
from impact.records.report import Report, ReportFinding, ReportSafeguard
from impact.records.report_json import in_lines
from impact.taxonomy.values import Taxonomy

SCHEMA = "impact-comparison/1"
CLAUSE = ("id", "number", "headings", "page", "strength", "text")


def render(comparison: Comparison, taxonomy: Taxonomy) -> str:
    """Return the comparison as JSON: one line a top-level key, one line a change, a line feed at the end.

    Equal comparisons give equal text.
    """
    names = names_of(comparison, taxonomy)
    values = {
        "schema": SCHEMA,
        "old": _edition(comparison.old),
        "new": _edition(comparison.new),
        "same_versions": versions_of(comparison.old) == versions_of(comparison.new),
        "counts": _counts(comparison),
        "silences": _silences(comparison),
        "changes": [_change(change, names) for change in comparison.shown],
        "alignment": _alignment(comparison),
    }
    return in_lines(values, "changes")


def _edition(report: Report) -> dict[str, Any]:
    document = report.document
    return {
        "id": document.id,
        "source": document.source,
        "view": view_of(report),
        **_fields(document, "title", "number", "revision", "date", "language", "paged"),
        "level": report.level.value,
        "firm_level": report.headline.firm.value,
        "clauses": len(report.clauses),
        **({"unassessed": report.unassessed} if report.unassessed else {}),
    }


def _counts(comparison: Comparison) -> dict[str, Any]:
    return {
        "clauses": asdict(comparison.clauses),
        "kinds": {kind.value: count for kind, count in comparison.kinds.items()},
        "findings": asdict(comparison.findings),
        "levels": {level.value: asdict(tally) for level, tally in comparison.levels.items()},
        "safeguards": asdict(comparison.safeguards),
    }


def _silences(comparison: Comparison) -> dict[str, list[dict[str, str]]]:
    old, new = comparison.old.silences, comparison.new.silences
    return {
        name: [asdict(silence) for silence in silences if silence not in others]
        for name, silences, others in (("gone", old, set(new)), ("new", new, set(old)))
    }


def _alignment(comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "kind": change.link.kind.value,
            "old": [clause.id for clause in change.old],
            "new": [clause.id for clause in change.new],
        }
        for change in sorted(comparison.changes, key=lambda change: (change.link.new or (-1,), change.link.old))
    ]


def _change(change: ClauseChange, names: ComparisonNames) -> dict[str, Any]:
    return {
        "kind": change.link.kind.value,
        "moved": change.link.moved,
        "renumbered": change.link.renumbered,
        "gravity": change.gravity,
        "bears": change.bears,
        "says": list(sentences(change, names)),
        "old": [_fields(clause, *CLAUSE) for clause in change.old],
        "new": [_fields(clause, *CLAUSE) for clause in change.new],
        "findings": [_shift(shift, _finding(shift.old), _finding(shift.new)) for shift in change.findings],
        "safeguards": [_shift(shift, _safeguard(shift.old), _safeguard(shift.new)) for shift in change.safeguards],
        "limits": {"gone": list(change.limits_gone), "new": list(change.limits_new)},
        **({} if change.edits is None else {"edits": [_edit(edit) for edit in change.edits]}),
        "strength": [strength.value for strength in change.strength] if change.strength else None,
        "diff": [[run.op.value, run.text] for run in word_diff(*change.texts)],
    }


def _edit(edit: SentenceEdit) -> dict[str, Any]:
    return {
        "kind": edit.kind.value,
        "bears": edit.bears,
        "effect": edit.effect.value,
        "plain": edit.plain,
        "old": edit.old,
        "new": edit.new,
        "old_sentence": edit.old_sentence,
        "new_sentence": edit.new_sentence,
        "status": [status.value for status in edit.status] if edit.status else None,
    }


def _fields(record: object, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _shift(
    shift: FindingShift | SafeguardShift, old: dict[str, Any] | None, new: dict[str, Any] | None
) -> dict[str, Any]:
    return {"change": shift.change, "words_stand": shift.words_stand, "old": old, "new": new}


def _finding(finding: ReportFinding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    scale, scope, irremediability = finding.severity.triple
    return {
        "mechanism": finding.mechanism,
        "level": finding.severity.level.value,
        "scale": scale,
        "scope": scope,
        "irremediability": irremediability,
        **_wording(finding),
    }


def _safeguard(safeguard: ReportSafeguard | None) -> dict[str, Any] | None:
    return None if safeguard is None else {"safeguard": safeguard.safeguard, **_wording(safeguard)}


def _wording(label: ReportFinding | ReportSafeguard) -> dict[str, Any]:
    return {
        "strength": label.strength.value,
        "doubtful": label.doubtful,
        "quotes": [words.quote for words in label.evidence],
    }
