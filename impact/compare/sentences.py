"""What a change does, in sentences: about the text, in the present tense, with no verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from impact.compare.change import ClauseChange
from impact.compare.comparison import Comparison
from impact.compare.shifts import FindingShift, SafeguardShift
from impact.compare.words import words
from impact.records.report import Report, ReportFinding, ReportSafeguard
from impact.taxonomy.values import Taxonomy


@dataclass(frozen=True, slots=True)
class ComparisonNames:
    """The names that sentences use, and what each edition states at all.

    Attributes:
        taxonomy: Mechanisms and safeguards; a label that it does not know keeps its id.
        old: Ids of the safeguards that the old edition states, each with whether it does so doubtfully alone.
        new: Those of the new edition.
    """

    taxonomy: Taxonomy
    old: Mapping[str, bool]
    new: Mapping[str, bool]

    def mechanism(self, label: str) -> str:
        """Return the name of a mechanism."""
        known = self.taxonomy.mechanisms.get(label)
        return known.name if known else label

    def safeguard(self, label: str) -> str:
        """Return the name of a safeguard."""
        known = self.taxonomy.safeguards.get(label)
        return known.name if known else label

    def enables(self, label: str) -> str:
        """Return what a mechanism may enable."""
        known = self.taxonomy.mechanisms.get(label)
        return known.enables if known else "what this label stands for"


def names_of(comparison: Comparison, taxonomy: Taxonomy) -> ComparisonNames:
    """Return the names for the sentences of a comparison."""
    return ComparisonNames(taxonomy, _stated(comparison.old), _stated(comparison.new))


def sentences(change: ClauseChange, names: ComparisonNames) -> tuple[str, ...]:
    """Return what a change does, gravest first; empty where it does nothing to findings, safeguards or limits."""
    wording = words().gravity.wording
    rows = [(shift.gravity, _finding(shift, names)) for shift in change.findings if shift.change != "kept"]
    rows += [(shift.gravity, _safeguard(shift, names)) for shift in change.safeguards if shift.change != "kept"]
    if change.limits_gone or change.limits_new:
        rows.append((wording["limit"], _limit(change)))
    if change.strength:
        before, after = change.strength
        does = words().strength
        sentence = words().wording["strength"].format(old_does=does[before], does=does[after])
        rows.append((wording["strength"], sentence))
    return tuple(sentence for _, sentence in sorted(rows, key=lambda row: -row[0]))


def _stated(edition: Report) -> Mapping[str, bool]:
    doubtful = {safeguard.safeguard: True for _, safeguard in edition.safeguards()}
    return doubtful | {safeguard.safeguard: False for _, safeguard in edition.safeguards() if not safeguard.doubtful}


def _finding(shift: FindingShift, names: ComparisonNames) -> str:
    old, new = shift.old or shift.new, shift.new or shift.old
    assert old is not None and new is not None  # noqa: PT018, S101 (one of them is there, checked at birth)
    sentence = words().finding[shift.manner]
    return sentence.format(
        name=names.mechanism(new.mechanism),
        old_name=names.mechanism(old.mechanism),
        level=_level(new),
        old_level=_level(old),
        would=words().would[new.strength],
        does=words().strength[new.strength],
        old_does=words().strength[old.strength],
        enables=names.enables(new.mechanism),
        triple=_triple(new),
        old_triple=_triple(old),
        doubt=_doubt(old, new),
    )


def _level(finding: ReportFinding) -> str:
    level = finding.severity.level.value
    return words().doubt["doubtful"].format(level=level) if finding.doubtful else level


def _triple(finding: ReportFinding) -> str:
    return ", ".join(map(str, finding.severity.triple))


def _doubt(old: ReportFinding | ReportSafeguard, new: ReportFinding | ReportSafeguard) -> str:
    if old.doubtful == new.doubtful:
        return ""
    return words().doubt["arisen" if new.doubtful else "settled"]


def _safeguard(shift: SafeguardShift, names: ComparisonNames) -> str:
    old, new = shift.old or shift.new, shift.new or shift.old
    assert old is not None and new is not None  # noqa: PT018, S101 (one of them is there, checked at birth)
    sentence = words().safeguard[shift.manner]
    return sentence.format(
        name=names.safeguard(shift.name),
        doubtful=words().doubt["guard"] if new.doubtful else "",
        doubt=_doubt(old, new),
        does=words().strength[new.strength],
        old_does=words().strength[old.strength],
        elsewhere=_elsewhere(shift, names),
    )


def _elsewhere(shift: SafeguardShift, names: ComparisonNames) -> str:
    """Return where else the other text states a safeguard that one text alone states here."""
    if shift.change not in {"gone", "new"}:
        return ""
    doubtful = (names.new if shift.change == "gone" else names.old).get(shift.name)
    standing = "nowhere" if doubtful is None else "perhaps" if doubtful else "there"
    return words().elsewhere[f"{shift.change}_{standing}"]


def _limit(change: ClauseChange) -> str:
    gone, come = change.limits_gone, change.limits_new
    sentence = words().wording["limit_changed" if gone and come else "limit_gone" if gone else "limit_new"]
    return sentence.format(limits=_quoted(come or gone), old_limits=_quoted(gone))


def _quoted(limits: Iterable[str]) -> str:
    return ", ".join(f"“{limit}”" for limit in limits)
