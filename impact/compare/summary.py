"""What a comparison says first: a few sentences with the numbers."""

from collections import Counter

from impact.compare.align import Kind
from impact.compare.change import words
from impact.compare.comparison import Comparison
from impact.compare.edition import Edition

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
    if _unassessed(comparison):
        return (
            "Findings and safeguards are not compared: an edition is in a language that is not assessed. "
            "Nothing follows from their absence."
        )
    bearing = sum(change.bears for change in comparison.changes)
    if not bearing:
        return (
            "No change was found that bears on a finding, a safeguard, a stretch of time or the strength of a clause."
        )
    findings, safeguards = comparison.findings, comparison.safeguards
    shifts = Counter(shift.change for change in comparison.changes for shift in change.powers)
    steps = Counter(shift.change for change in comparison.changes for shift in change.guards)
    parts = [
        _count(findings.come, "finding is new", "findings are new"),
        _count(findings.gone, "is no longer found", "are no longer found"),
        *(_count(shifts[name], one, several) for name, one, several in SHIFTS),
    ]
    guards = [
        _count(
            safeguards.gone,
            "safeguard is no longer stated where it was",
            "safeguards are no longer stated where they were",
        ),
        _count(steps["weakened"], "is weaker", "are weaker"),
        _count(steps["strengthened"], "is stronger", "are stronger"),
        _count(safeguards.come, "is newly found", "are newly found"),
    ]
    said = _count(bearing, "change bears", "changes bear")
    return f"{said} on findings, safeguards, limits or strength. Findings: {_or(parts)}. Safeguards: {_or(guards)}."


def clauses(comparison: Comparison) -> str:
    """Return one sentence on the clauses."""
    kinds = comparison.kinds
    parts = [f"{kinds[kind]:,} {words()['kinds'][kind.value].lower()}" for kind in Kind if kinds[kind]]
    return (
        f"Of {_count(len(comparison.old.passages), 'old clause', 'old clauses')} and "
        f"{_count(len(comparison.new.passages), 'new one', 'new ones')}: {', '.join(parts) or 'nothing to compare'}."
    )


def notes(comparison: Comparison) -> tuple[str, ...]:
    """Return what a reader must know before trusting the numbers."""
    old, new = comparison.old, comparison.new
    out = []
    if old.versions != new.versions:
        out.append(
            "The two editions were analyzed by different versions or with different options: "
            "findings may differ for that reason alone. Analyze both anew to compare the texts."
        )
    out += [
        f"The {name} edition is in a language that is not assessed: only its wording is compared."
        for name in _unassessed(comparison)
    ]
    if old.language != new.language and "und" not in {old.language, new.language}:
        out.append("The two editions are in different languages: hardly a clause of theirs can be matched.")
    if old.digest == new.digest and old.view != new.view:
        out.append("Both editions are views of one file: the original text and the text with all marks accepted.")
    elif old.digest == new.digest:
        out.append("Both editions are the same file.")
    if not comparison.kinds[Kind.UNCHANGED] and min(len(old.passages), len(new.passages)) > 1:
        out.append("No clause is the same in both: the two may be no editions of one proposal.")
    return tuple(out)


def terminal(comparison: Comparison) -> str:
    """Return the summary for a terminal."""
    lines = [f"{_name(comparison.old)} -> {_name(comparison.new)}", f"  {lead(comparison)}", f"  {clauses(comparison)}"]
    return "\n".join([*lines, *(f"  {note}" for note in notes(comparison))])


def _unassessed(comparison: Comparison) -> list[str]:
    """Return which of "old" and "new" are in a language that is not assessed."""
    sides = (("old", comparison.old), ("new", comparison.new))
    return [name for name, edition in sides if edition.language not in words()["reading"]["assessed"]]


def _name(edition: Edition) -> str:
    return edition.source + (f" ({edition.view})" if edition.view != "accepted" else "")


def _count(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}" if number else ""


def _or(parts: list[str]) -> str:
    return ", ".join(part for part in parts if part) or "none has changed"
