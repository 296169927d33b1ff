"""What a comparison says first: a few sentences with the numbers."""

from collections import Counter

from impact.compare.align import LinkKind
from impact.compare.change import SAME_WORDS
from impact.compare.comparison import Comparison
from impact.compare.edition import versions_of, view_of
from impact.compare.edits.edit import EditKind
from impact.compare.words import words
from impact.present.lists import spelled
from impact.present.words import language
from impact.records.report import Report

SHIFTS = (
    ("raised", "has a higher level", "have a higher level"),
    ("lowered", "has a lower level", "have a lower level"),
    ("mechanism", "has turned into another mechanism", "have turned into another mechanism"),
    ("stronger", "is worded more strongly", "are worded more strongly"),
    ("weaker", "is worded less strongly", "are worded less strongly"),
)
"""Changes of findings that are counted in words; the rest (weighed differently) is left to the list."""


def lead(comparison: Comparison) -> str:
    """Return one or two sentences on findings and safeguards; where they were not looked for, that they were not."""
    if unread := _unassessed(comparison):
        editions = " and ".join(f"the {name} version is in {language(code)}" for name, code in unread)
        compared = "Findings and safeguards were not compared, and their absence means nothing"
        return f"Not assessed: {editions}. {compared}."
    bearing = sum(change.bears for change in comparison.changes)
    if not bearing:
        return "No change was found that affects people, a finding or a safeguard."
    findings, safeguards = comparison.findings, comparison.safeguards
    shifts = Counter(shift.change for change in comparison.changes for shift in change.findings)
    steps = Counter(shift.change for change in comparison.changes for shift in change.safeguards)
    of_findings = _or(
        _count(findings.come, "finding is new", "findings are new"),
        _count(findings.gone, "is no longer found", "are no longer found"),
        *(_count(shifts[name], singular, plural) for name, singular, plural in SHIFTS),
    )
    of_safeguards = _or(
        _count(
            safeguards.gone,
            "safeguard is no longer provided where it was",
            "safeguards are no longer provided where they were",
        ),
        _count(steps["weakened"], "is weaker", "are weaker"),
        _count(steps["strengthened"], "is stronger", "are stronger"),
        _count(safeguards.come, "is newly found", "are newly found"),
    )
    count = _count(bearing, "change affects", "changes affect")
    return (
        f"{count} people, findings or safeguards{_of_edits(comparison)}. Findings: {of_findings}. "
        f"Safeguards: {of_safeguards}."
    )


def clauses(comparison: Comparison) -> str:
    """Return one sentence on the clauses."""
    kinds = comparison.kinds
    parts = [f"{kinds[kind]:,} {words().kinds[kind].lower()}" for kind in LinkKind if kinds[kind]]
    return (
        f"Of {_count(len(comparison.old.clauses), 'old clause', 'old clauses')} and "
        f"{_count(len(comparison.new.clauses), 'new one', 'new ones')}: {', '.join(parts) or 'nothing to compare'}."
    )


def notes(comparison: Comparison) -> tuple[str, ...]:
    """Return what a reader must know before trusting the numbers."""
    old, new = comparison.old, comparison.new
    languages = {old.document.language, new.document.language}
    out = []
    if versions_of(old) != versions_of(new):
        out.append(
            "The two versions were analyzed with different releases of the program or different options, so findings "
            "may differ for that reason alone. Analyze both again to compare the texts."
        )
    out += [
        f"The {name} version is in {language(code)} and was not assessed. Only its wording was compared."
        for name, code in _unassessed(comparison)
    ]
    if same := _in_same_words(comparison):
        count = _count(same, "finding or safeguard differs", "findings or safeguards differ")
        out.append(
            f"{count} in clauses with the same words in both versions. They are counted and not listed as changes, "
            "because the text has not changed there."
        )
    if len(languages) > 1 and "und" not in languages:
        out.append("The two versions are in different languages, so few clauses can be matched.")
    if old.document.id == new.document.id and view_of(old) != view_of(new):
        out.append(
            "Both versions come from one file: the original text, and the text with all tracked changes accepted."
        )
    elif old.document.id == new.document.id:
        out.append("Both versions are the same file.")
    if not comparison.kinds[LinkKind.UNCHANGED] and min(len(old.clauses), len(new.clauses)) > 1:
        out.append("No clause is the same in both texts. They may not be versions of one proposal.")
    return tuple(out)


def _of_edits(comparison: Comparison) -> str:
    """Return how many bearing edits there are of each kind: ": one rule reversed, two changed periods"."""
    kinds = Counter(edit.kind for change in comparison.changes for edit in change.edits or () if edit.bears)
    names = words().edits.counted
    parts = [spelled(kinds[kind], *names[kind]) for kind in EditKind if kinds[kind]]
    return f": {', '.join(parts)}" if parts else ""


def _in_same_words(comparison: Comparison) -> int:
    """Return how many findings and safeguards have changed in clauses whose own words have not."""
    same = [change for change in comparison.changes if change.link.kind in SAME_WORDS]
    findings = sum(shift.change != "kept" for change in same for shift in change.findings)
    return findings + sum(shift.change != "kept" for change in same for shift in change.safeguards)


def terminal(comparison: Comparison) -> str:
    """Return the summary for a terminal."""
    lines = [f"{_name(comparison.old)} -> {_name(comparison.new)}", f"  {lead(comparison)}", f"  {clauses(comparison)}"]
    return "\n".join([*lines, *(f"  {note}" for note in notes(comparison))])


def _unassessed(comparison: Comparison) -> list[tuple[str, str]]:
    """Return which of "old" and "new" was not assessed, with the code of its language."""
    sides = (("old", comparison.old), ("new", comparison.new))
    return [(name, edition.unassessed) for name, edition in sides if edition.unassessed]


def _name(edition: Report) -> str:
    view = view_of(edition)
    return edition.document.source + (f" ({view})" if view != "accepted" else "")


def _count(number: int, singular: str, plural: str) -> str:
    return f"{number:,} {singular if number == 1 else plural}" if number else ""


def _or(*parts: str) -> str:
    return ", ".join(filter(None, parts)) or "none has changed"
