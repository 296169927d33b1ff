"""Findings grouped by mechanism, firm ones and gravest ones first: what every format shows."""

from collections.abc import Container
from dataclasses import dataclass
from functools import partial

from impact.present.cleaning import clipped, plain
from impact.present.lists import counted
from impact.present.places import named, place, standing
from impact.present.words import if_holds, level_words, words
from impact.records import Assessment, Clause, Level, RatedFinding
from impact.report.quotes.lead_ins import BULLET, items
from impact.report.view.reading_facts import reading_facts, unflagged
from impact.taxonomy.values import Mechanism, Taxonomy

PLACE = 80
"""Characters of a place that are shown."""

OWN = 40
"""Characters below which a clause says too little of its document. Source: project judgement."""


@dataclass(frozen=True, slots=True)
class Concern:
    """All findings of one mechanism.

    Attributes:
        findings: Firm ones before doubtful ones, each gravest first; of equally grave ones those with must, should or
            may, then the surer ones, so that the first to be quoted shows the mechanism best.
        clauses: The clauses of the firm findings, of all where none is firm, each once, in the order of the text.
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
        return self.findings[0].severity.level

    @property
    def firm(self) -> Level:
        """The level of `surest` that holds whatever a reader decides of doubtful safeguards."""
        return max(rated.severity.firm for rated in self.surest)

    @property
    def rated(self) -> str:
        """The level in words: "high if it holds" where none is firm, "high, for a reader to decide" by safeguards."""
        return if_holds(self.level) if self.doubtful else level_words(self.level, self.firm)

    @property
    def surest(self) -> tuple[RatedFinding, ...]:
        """The firm findings; all where none is firm."""
        return tuple(rated for rated in self.findings if rated.finding.doubtful is self.doubtful)

    @property
    def unsure(self) -> int:
        """How many further findings a reader must decide, where others are firm."""
        return len(self.findings) - len(self.surest)

    @property
    def doubtful(self) -> bool:
        """Whether there is no firm finding, so that a reader must decide whether the text has the mechanism at all."""
        return self.findings[0].finding.doubtful


def concerns_of(assessment: Assessment, taxonomy: Taxonomy) -> tuple[Concern, ...]:
    """Return one concern a mechanism found: those with a firm finding first, each sort gravest first."""
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
        group.sort(key=partial(_shown, countered=countered))
        surest = [rated for rated in group if rated.finding.doubtful is group[0].finding.doubtful]
        addresses = sorted({rated.finding.clause for rated in surest}, key=assessment.index.position)
        clauses = tuple(map(assessment.clause, addresses))
        texts = [assessment.document.quote(clause.span) for clause in clauses]
        mechanism = taxonomy.mechanisms[name].variant_for(texts)
        perhaps = tuple(safeguard for safeguard in mechanism.safeguards if safeguard in unsure)
        concerns.append(Concern(mechanism, tuple(group), clauses, tuple(lacking.get(name, ())), perhaps))
    return tuple(sorted(concerns, key=lambda concern: (concern.doubtful, -concern.level, -concern.firm)))


def _shown(rated: RatedFinding, countered: Container[str]) -> tuple[bool, bool, tuple[object, ...]]:
    """Return a key for the order of findings: of doubtful ones those last whose clause firmly counters the power."""
    doubtful = rated.finding.doubtful
    return doubtful, doubtful and rated.finding.clause in countered, rated.telling


def parted(concerns: tuple[Concern, ...]) -> tuple[tuple[Concern, ...], tuple[Concern, ...]]:
    """Return the concerns with a firm finding, and those that a reader must decide."""
    firm, unsure = (
        tuple(concern for concern in concerns if concern.doubtful is doubtful) for doubtful in (False, True)
    )
    return firm, unsure


def named_places(concern: Concern, assessment: Assessment, most: int) -> str:
    """Return where a concern stands: "7.2 (p. 4), 8.1 (p. 5) and 3 more"; the one quoted first, then the gravest."""
    quoted = concern.findings[0].finding.clause
    clauses = sorted(_gravest_first(concern), key=lambda clause: clause.id != quoted)
    return _first([named(where) for where in standing(clauses, assessment.document)], most)


def further_places(concern: Concern, assessment: Assessment, most: int, quoted: str) -> str:
    """Return where a concern stands beside the place of the clause with id `quoted`, as `named_places` does."""
    clauses = [clause for clause in _gravest_first(concern) if clause.id != quoted]
    own = place(assessment.clause(quoted), assessment.document)
    return _first([named(where) for where in standing(clauses, assessment.document) if where != own], most)


def _gravest_first(concern: Concern) -> list[Clause]:
    levels = {rated.finding.clause: -rated.severity.level for rated in reversed(concern.surest)}
    return sorted(concern.clauses, key=lambda clause: levels[clause.id])


def _first(names: list[str], most: int) -> str:
    most += len(names) == most + 1
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def own_words(assessment: Assessment, limit: int, besides: Container[str] = ()) -> tuple[str, Clause] | None:
    """Return what the document says of itself, clipped, and the clause.

    It stands under the first heading such as "Scope": the first clause with a word such as "specifies", or the first.
    An item of a list says nothing by itself; the items follow their head, or a gap does. Clauses with ids in
    `besides`, which are quoted elsewhere, are left out.
    """
    abouts, tells = words().reading.abouts, words().reading.tells
    candidates: list[tuple[str, Clause]] = []
    for at, clause in enumerate(assessment.clauses):
        title = plain(clause.headings[-1]).lower() if clause.headings else ""
        if clause.assessed and any(title.rstrip(".: ").endswith(about) for about in abouts):
            text = plain(assessment.document.quote(clause.span))
            if candidates and clause.headings != candidates[0][1].headings:
                break
            if len(text) >= OWN and clause.id not in besides:
                listed = items(assessment.document.text, assessment.clauses[at:]) if len(text) <= limit else ""
                candidates.append((f"{clipped(text, limit)} {plain(listed.replace(BULLET, ' '))}".rstrip(), clause))
    candidates.sort(key=lambda candidate: (_torn(candidate[0]), not any(f" {word} " in candidate[0] for word in tells)))
    return candidates[0] if candidates else None


def _torn(text: str) -> bool:
    return text[:1].islower() or text.endswith((";", ","))


def unfound(assessment: Assessment, most: int) -> str:
    """Return what to say where nothing is firm: which clauses a reader must decide, that there are none, or why."""
    facts, doubted = reading_facts(assessment), {rated.finding.clause for rated in assessment.findings}
    if not facts.assessed:
        return facts.headline
    if not doubted:
        return f"{unflagged(assessment)}."
    clauses = [clause for clause in assessment.clauses if clause.id in doubted]
    names = [clipped(place, PLACE) for place in standing(clauses, assessment.document)]
    return (
        f"The tool reports no finding with confidence; {counted(len(clauses), 'clause')} {_need(len(clauses))} review: "
        f"{_first(names, most)}."
    )


def overview(assessment: Assessment, concerns: tuple[Concern, ...]) -> str:
    """Return how many powers over people the text provides for, their levels and findings, and how many need review."""
    firm, unsure = parted(concerns)
    doubtful = sum(rated.finding.doubtful for rated in assessment.findings)
    if not firm:
        possible = (
            f"{counted(len(unsure), 'possible power')} ({counted(doubtful, 'finding')}) {_need(len(unsure))} review"
        )
        return f"The tool reports no power over people with confidence; {possible}."
    counts = [
        (level, sum(concern.firm is level for concern in firm)) for level in (Level.HIGH, Level.MEDIUM, Level.LOW)
    ]
    shares = ", ".join(f"{count} {level.value}" for level, count in counts if count)
    sure = [rated.finding.clause for rated in assessment.findings if not rated.finding.doubtful]
    found = f"{counted(len(sure), 'finding')} in {counted(len({*sure}), 'clause')}"
    further = sum(len(concern.findings) for concern in unsure)
    powers = f", {further} of them on {counted(len(unsure), 'further power')}" if unsure else ""
    more = f" {counted(doubtful, 'more finding')} {_need(doubtful)} review{powers}." if doubtful else ""
    return f"The text provides for {counted(len(firm), 'power')} over people ({shares}): {found}.{more}"


def _need(count: int) -> str:
    return "needs" if count == 1 else "need"
