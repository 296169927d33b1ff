"""What a change does, in sentences: about the text, in the present tense, with no verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from impact.compare.change import ClauseChange
from impact.compare.comparison import Comparison
from impact.compare.edits.edit import EditKind, SentenceEdit
from impact.compare.shifts import FindingShift, SafeguardShift
from impact.compare.words import words
from impact.records.report import Report, ReportFinding, ReportSafeguard
from impact.taxonomy.values import Taxonomy

LONG_QUOTE = 140
"""Letters of words that a sentence quotes at most; all are shown below it. Source: project judgment."""


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
        mechanism = self.taxonomy.mechanisms.get(label)
        return mechanism.name if mechanism else label

    def safeguard(self, label: str) -> str:
        """Return the name of a safeguard."""
        safeguard = self.taxonomy.safeguards.get(label)
        return safeguard.name if safeguard else label

    def enables(self, label: str) -> str:
        """Return what a mechanism may enable."""
        mechanism = self.taxonomy.mechanisms.get(label)
        return mechanism.enables if mechanism else "what this label stands for"


def names_of(comparison: Comparison, taxonomy: Taxonomy) -> ComparisonNames:
    """Return the names for the sentences of a comparison."""
    return ComparisonNames(taxonomy, _stated(comparison.old), _stated(comparison.new))


def sentences(change: ClauseChange, names: ComparisonNames) -> tuple[str, ...]:
    """Return what a change does: first what its sentences now say, then findings and safeguards, each gravest first."""
    gravity = words().gravity
    edits = [_edit(edit) for edit in change.edits or ()]
    rows: list[tuple[int, str]] = []
    rows += [(shift.gravity, _finding(shift, names)) for shift in change.findings if change.tells(shift)]
    rows += [(shift.gravity, _safeguard(shift, names)) for shift in change.safeguards if change.tells(shift)]
    named = {edit.kind for edit in change.edits or ()}
    if (change.limits_gone or change.limits_new) and EditKind.PERIOD not in named:
        rows.append((gravity.wording["limit"], _limit(change)))
    if change.strength and EditKind.MODALITY not in named:
        before, after = change.strength
        does = words().strength
        sentence = words().wording["strength"].format(old_does=does[before], does=does[after])
        rows.append((gravity.wording["strength"], sentence))
    labels = [sentence for _, sentence in sorted(rows, key=lambda row: -row[0])]
    return tuple(dict.fromkeys([*edits, *labels]))


def _edit(edit: SentenceEdit) -> str:
    """Return what has changed in a sentence, and what that may do to people."""
    table = words().edits
    says, old, new = table.sentences[edit.kind], _clipped(edit.old), _clipped(edit.new)
    manner = "gone" if old and not new else "come" if new and not old else "changed"
    sentence = says.get(manner, says.get("changed", "")).format(old=old, new=new, **_states(edit))
    if edit.kind is EditKind.POLARITY and edit.status and edit.status[0] is edit.status[1]:
        sentence = table.reversed.format(old=old, new=new)
    return sentence + table.effects[edit.effect]


def _states(edit: SentenceEdit) -> dict[str, str]:
    if edit.status is None:
        return {}
    table = words().edits
    old, new = _clipped(edit.old), _clipped(edit.new)
    before, after = (table.status[status] for status in edit.status)
    return {"before": before, "after": after, "words": table.words.format(old=old, new=new) if old and new else ""}


def _clipped(text: str) -> str:
    """Return words to quote, without the end of a sentence, at most so long that they can be taken in."""
    text = text.rstrip(" .;,:")
    return text if len(text) <= LONG_QUOTE else f"{text[:LONG_QUOTE].rpartition(' ')[0]} \N{HORIZONTAL ELLIPSIS}"


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
