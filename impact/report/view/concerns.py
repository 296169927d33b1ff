"""Findings grouped by mechanism, firm ones and gravest ones first: what every format shows."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from impact.grammar import absent
from impact.present.cleaning import clipped
from impact.present.lists import begun, listed, numeral, spelled
from impact.present.places import place, placed, standing
from impact.present.words import if_holds, level_words, needing_review, words
from impact.records import Assessment, Clause, Level, RatedFinding
from impact.report.view.reading_facts import reading_facts, unflagged
from impact.taxonomy.values import Mechanism, Taxonomy

_FEW = 4
"""Powers up to which a sentence names them. Source: project judgment."""

_SHARED = 4
"""Powers of which a sentence says how many findings that need review concern each. Source: project judgment."""

ALLOW = "allow "
"""How what several powers may do begins, which is said once in a row."""

PLACE = 80
"""Characters of a place that are shown."""


@dataclass(frozen=True, slots=True)
class Concern:
    """All findings of one mechanism.

    Attributes:
        findings: Firm ones before doubtful ones, each gravest first; of equally grave ones those with must, should or
            may, then the surer ones, so that the first to be quoted shows the mechanism best.
        clauses: The clauses of `surest`, each once, in the order of the text.
        lacking: Ids of matching safeguards that the text provides nowhere, not even doubtfully.
        perhaps: Ids of those that it provides nowhere but doubtfully.
    """

    mechanism: Mechanism
    findings: tuple[RatedFinding, ...]
    clauses: tuple[Clause, ...]
    lacking: tuple[str, ...]
    perhaps: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """The gravest level of the firm findings; of all where none is firm."""
        return max(rated.severity.level for rated in self.surest)

    @property
    def firm(self) -> Level:
        """The level of `surest` that holds whatever a reader decides of doubtful safeguards."""
        return max(rated.severity.firm for rated in self.surest)

    @property
    def rated(self) -> str:
        """The level in words: "high if confirmed" where none is firm, "high, needs review" by safeguards."""
        return if_holds(self.level) if self.doubtful else level_words(self.level, self.firm)

    @property
    def surest(self) -> tuple[RatedFinding, ...]:
        """The firm findings; where none is firm the likely ones, or all."""
        return surest_of(self.findings)

    @property
    def unsure(self) -> int:
        """How many further likely findings need review, where others are firm."""
        return sum(rated.likely for rated in self.findings) - len(self.surest) if not self.doubtful else 0

    @property
    def more(self) -> str:
        """The same in words, to be said after the places: "; 2 more need review"; empty where there is none."""
        return f"; {self.unsure} more {needing_review(self.unsure)}" if self.unsure else ""

    @property
    def likely(self) -> bool:
        """Whether a finding is firm or has the chance of being right that the brief asks for."""
        return any(rated.likely for rated in self.findings)

    @property
    def doubtful(self) -> bool:
        """Whether there is no firm finding, so that a reader must decide whether the text has the mechanism at all."""
        return self.findings[0].finding.doubtful


def concerns_of(assessment: Assessment, taxonomy: Taxonomy) -> tuple[Concern, ...]:
    """Return one concern a mechanism found: firm ones first and unlikely ones last, each sort gravest first."""
    groups: dict[str, list[RatedFinding]] = {}
    for rated in assessment.findings:
        groups.setdefault(rated.finding.mechanism, []).append(rated)
    lacking: dict[str, list[str]] = {}
    for silence in assessment.silences:
        lacking.setdefault(silence.mechanism, []).append(silence.safeguard)
    firm = {(safeguard.safeguard, safeguard.clause) for safeguard in assessment.safeguards if not safeguard.doubtful}
    provided = {guard for guard, _ in firm}
    unsure = {safeguard.safeguard for safeguard in assessment.safeguards} - provided
    concerns = []
    for name, group in groups.items():
        countered = {clause for guard, clause in firm if guard in taxonomy.mechanisms[name].safeguards}
        group.sort(key=partial(_shown, assessment, countered=countered))
        addresses = sorted({rated.finding.clause for rated in surest_of(group)}, key=assessment.index.position)
        clauses = tuple(map(assessment.clause, addresses))
        texts = [assessment.document.quote(clause.span) for clause in clauses]
        mechanism = taxonomy.mechanisms[name].variant_for(texts)
        perhaps = tuple(safeguard for safeguard in mechanism.safeguards if safeguard in unsure)
        concerns.append(Concern(mechanism, tuple(group), clauses, tuple(lacking.get(name, ())), perhaps))
    return tuple(sorted(concerns, key=_order))


def surest_of(findings: Sequence[RatedFinding]) -> tuple[RatedFinding, ...]:
    """Return the firm ones of findings of a power; where none is firm the likely ones, or all."""
    firm = tuple(rated for rated in findings if not rated.finding.doubtful)
    return firm or tuple(rated for rated in findings if rated.likely) or tuple(findings)


def _order(concern: Concern) -> tuple[bool, bool, int, int]:
    return concern.doubtful, not concern.likely, -concern.level, -concern.firm


def _shown(assessment: Assessment, rated: RatedFinding, countered: Container[str]) -> tuple[object, ...]:
    """Return a key for the order of findings: of doubtful ones those last whose clause firmly counters the power.

    Of equally grave ones those come last whose sentence says what happens where the thing is absent.
    """
    doubtful, (*gravest, loose, idle, confidence) = rated.finding.doubtful, rated.telling
    sentence = assessment.clause(rated.finding.clause).sentence_at(rated.finding.evidence[0])
    missing = absent(assessment.document.text, sentence, rated.finding.evidence)
    return doubtful, doubtful and rated.finding.clause in countered, gravest, missing, loose, idle, confidence


def parted(concerns: tuple[Concern, ...]) -> tuple[tuple[Concern, ...], tuple[Concern, ...]]:
    """Return the concerns with a firm finding, and those that a reader must decide."""
    firm, unsure = (
        tuple(concern for concern in concerns if concern.doubtful is doubtful) for doubtful in (False, True)
    )
    return firm, unsure


def named_places(concern: Concern, assessment: Assessment, most: int) -> str:
    """Return where a concern stands: "7.2 (p. 4), 8.1 (p. 5) and 3 more"; the one quoted is named, then the gravest.

    Several passages of one place are counted: "section “Proposal” (two passages)".
    """
    quoted = concern.findings[0].finding.clause
    clauses = sorted(_gravest_first(concern), key=lambda clause: clause.id != quoted)
    counts = Counter(name for clause in clauses for name in standing([clause], assessment.document))
    places = standing(clauses, assessment.document).items()
    return _first({_with_count(name, counts[name]): clause for name, clause in places}, most)


def _with_count(name: str, passages: int) -> str:
    """Return the name of a place with the number of passages there, if there are several; those on pages have none."""
    return f"{name} ({spelled(passages, 'passage')})" if passages > 1 and not name.endswith(")") else name


def doubted_places(concern: Concern, assessment: Assessment, most: int) -> str:
    """Return where the likely findings of a firm power stand that need review; of many, the surest are named."""
    names = standing(
        [
            assessment.clause(rated.finding.clause)
            for rated in concern.findings
            if rated.finding.doubtful and rated.likely
        ],
        assessment.document,
    )
    firm = set(standing(concern.clauses, assessment.document))
    return _first({name: clause for name, clause in names.items() if name not in firm}, most)


def further_places(concern: Concern, assessment: Assessment, most: int, quoted: str) -> str:
    """Return where else findings of the level of a concern are than in the clause with id `quoted`."""
    graves = {rated.finding.clause for rated in concern.surest if rated.severity.level is concern.level}
    clauses = [clause for clause in _gravest_first(concern) if clause.id != quoted and clause.id in graves]
    places = standing(clauses, assessment.document)
    places.pop(place(assessment.clause(quoted), assessment.document), None)
    return _first(places, most)


def _gravest_first(concern: Concern) -> list[Clause]:
    levels = {rated.finding.clause: -rated.severity.level for rated in reversed(concern.surest)}
    return sorted(concern.clauses, key=lambda clause: levels[clause.id])


def _first(places: dict[str, Clause], most: int) -> str:
    """Return the first of some places, in the order of the text, and how many more there are."""
    most += len(places) == most + 1
    shown = sorted(list(places)[:most], key=lambda name: places[name].span)
    return placed(shown, max(0, len(places) - most))


def unfound(assessment: Assessment, most: int) -> str:
    """Return what to say where nothing is firm: which clauses a reader must decide, that there are none, or why."""
    facts, doubted = reading_facts(assessment), {rated.finding.clause for rated in assessment.findings}
    if not facts.assessed:
        return facts.headline
    if not doubted:
        return f"{unflagged(assessment)}."
    clauses = [clause for clause in assessment.clauses if clause.id in doubted]
    places = {clipped(name, PLACE): clause for name, clause in standing(clauses, assessment.document).items()}
    return (
        f"The tool made no high-confidence findings. {begun(spelled(len(clauses), 'passage'))} "
        f"{needing_review(len(clauses))}: {_first(places, most)}."
    )


def overview(assessment: Assessment, concerns: tuple[Concern, ...]) -> str:
    """Return which powers over people the text provides for, their levels and findings, and what needs review."""
    firm, unsure = parted(concerns)
    if not firm:
        return _doubted(unsure)
    unsure = tuple(concern for concern in unsure if concern.likely)
    more = f" {_further(unsure)}" if unsure else ""
    return f"{_provided(assessment, firm)}{more}"


def _doubted(unsure: Sequence[Concern]) -> str:
    """Return which powers a text may provide for where nothing is firm; that nothing is sure where none is likely."""
    likely = [concern for concern in unsure if concern.likely]
    return f"The proposal may {_counted(likely)}." if likely else words().passages.unsure


def _provided(assessment: Assessment, firm: Sequence[Concern]) -> str:
    """Return the firm powers with their levels, by name where they are few, else in how many passages they are."""
    if len(firm) <= _FEW:
        if len(firm) == 1 and len({rated.severity.firm for rated in firm[0].surest}) == 1:
            return f"The text provides for {firm[0].mechanism.phrase}."
        named = [f"{concern.mechanism.phrase} (rated {_levels(concern)})" for concern in firm]
        return f"The text provides for {listed(named)}."
    clauses = {rated.finding.clause for rated in assessment.findings if not rated.finding.doubtful}
    passages = spelled(len(clauses), "passage")
    counts = [
        (level, sum(concern.firm is level for concern in firm)) for level in (Level.HIGH, Level.MEDIUM, Level.LOW)
    ]
    shares = _rated([(level.value, count) for level, count in counts if count])
    return f"The text gives {spelled(len(firm), 'power')} over people, {shares}, in {passages}."


def _counted(concerns: Sequence[Concern]) -> str:
    """Return what a text may do, by name where its powers are few."""
    if len(concerns) > _FEW:
        return f"give {spelled(len(concerns), 'power')} over people"
    acts = [concern.mechanism.may for concern in concerns]
    phrases: list[str] = []
    for allows, run in groupby(acts, lambda act: act.startswith(ALLOW)):
        alike = [act.removeprefix(ALLOW) for act in run]
        phrases += [ALLOW + listed(alike)] if allows else alike
    phrases[1:] = [f"may {phrase}" for phrase in phrases[1:]]
    apart = len(phrases) > 2 or any(" and " in phrase for phrase in phrases)
    return f"{', '.join(phrases[:-1])}, and {phrases[-1]}" if len(phrases) > 1 and apart else listed(phrases)


def _rated(counts: Sequence[tuple[str, int]]) -> str:
    """Return how powers are rated: "all rated high", "one rated high and two rated medium"."""
    if len(counts) == 1:
        return f"all rated {counts[0][0]}"
    return listed([f"{numeral(count)} rated {level}" for level, count in counts])


def _further(unsure: Sequence[Concern]) -> str:
    """Return that further findings need review, and on which powers."""
    count = sum(len(concern.surest) for concern in unsure)
    findings = "A further finding" if count == 1 else "Further findings"
    return f"{findings}, on {_first_of(unsure)}, {needing_review(count)}."


def _first_of(unsure: Sequence[Concern]) -> str:
    """Return on which powers that are not firm findings need review, the first ones by name."""
    names = [concern.mechanism.phrase for concern in unsure]
    if len(names) > _SHARED + 1:
        names = [*names[:_SHARED], spelled(len(names) - _SHARED, "further power")]
    return listed(names)


def _levels(concern: Concern) -> str:
    """Return "medium", or "medium in seven passages and low in one" where a power's passages are rated differently."""
    levels: dict[str, Level] = {}
    for rated in concern.surest:
        levels[rated.finding.clause] = max(rated.severity.firm, levels.get(rated.finding.clause, Level.NONE))
    counts = Counter(levels.values())
    if len(counts) == 1:
        return concern.firm.value
    first, *others = sorted(counts, reverse=True)
    shares = [f"{level.value} in {numeral(counts[level])}" for level in others]
    return listed([f"{first.value} in {spelled(counts[first], 'passage')}", *shares])
