"""What a report is made of: an assessment with its advice, and what more than one section shows of them."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from impact.present.lists import listed
from impact.records import Advice, Assessment, Concurrence, SafeguardStanding, Span
from impact.report.view.concerns import Concern, concerns_of, parted
from impact.report.view.decisions import DecisionsView, decisions_of
from impact.report.view.identity import Identity, identity_of
from impact.report.view.places import Places, in_clauses
from impact.report.view.reading_facts import ReadingFacts, reading_facts
from impact.report.view.sentences import RuledOut
from impact.taxonomy.values import Taxonomy


@dataclass(frozen=True, eq=False)
class ReportSubject:
    """An assessment with what gives the advice on it; compared by identity.

    Attributes:
        advised: Called once, and only for what shows advice, since it costs time.
        annexed: Whether paper, Markdown and Word have the annex too.
    """

    assessment: Assessment
    advised: Callable[[], Advice]
    taxonomy: Taxonomy
    annexed: bool = False

    @cached_property
    def advice(self) -> Advice:
        """The advice."""
        return self.advised()

    @cached_property
    def at(self) -> Places:
        """Gives places and quotes."""
        return Places(self.assessment)

    @cached_property
    def concerns(self) -> tuple[Concern, ...]:
        """All concerns, firm ones first."""
        return concerns_of(self.assessment, self.taxonomy)

    @cached_property
    def firm(self) -> tuple[Concern, ...]:
        """Those of them that were found firmly."""
        return parted(self.concerns)[0]

    @cached_property
    def unsure(self) -> tuple[Concern, ...]:
        """Those that a reader must decide."""
        return parted(self.concerns)[1]

    @cached_property
    def likely(self) -> tuple[Concern, ...]:
        """Those of `unsure` that the brief quotes; the others come after them there."""
        return tuple(concern for concern in self.unsure if concern.likely)

    @cached_property
    def disputed(self) -> bool:
        """Whether a second reader disagrees with a finding that needs review, or alone reports it."""
        alone = {Concurrence.ADDED, Concurrence.DISAGREES}
        return any(rated.finding.second in alone for concern in self.unsure for rated in concern.findings)

    @cached_property
    def evidence(self) -> dict[str, list[Span]]:
        """The words that weighed most for any finding of a clause, by its id."""
        evidence: dict[str, list[Span]] = defaultdict(list)
        for rated in self.assessment.findings:
            evidence[rated.finding.clause].extend(rated.finding.evidence)
        return evidence

    @cached_property
    def decisions(self) -> DecisionsView | None:
        """What reviewers decided; None where nobody did."""
        return decisions_of(self.assessment, self.taxonomy)

    @cached_property
    def facts(self) -> ReadingFacts:
        """How much was read."""
        return reading_facts(self.assessment, quoted=bool(self.advice.salient))

    @cached_property
    def identity(self) -> Identity:
        """What the document says of itself."""
        return identity_of(self.assessment)

    @cached_property
    def ruled(self) -> RuledOut:
        """Where the text rules out a safeguard at a power."""
        return {
            (gap.mechanism, gap.safeguard): listed(in_clauses([place.full for place in self.at.of(clauses)]))
            for gap in self.advice.gaps
            if gap.standing is SafeguardStanding.DENIED and (clauses := [cite.clause for cite in gap.cites])
        }
