"""What a reader may answer, ask and change in a proposal."""

from dataclasses import dataclass, field
from enum import StrEnum

from impact.records.amendment import Amendment
from impact.records.citation import Cited
from impact.records.guideline import GuidelineAnswer, Tension
from impact.records.openness import OpenTerm, SafeguardGap
from impact.records.question import Question
from impact.records.sentence import Sentence
from impact.records.worksheet import Worksheet


class Reach(StrEnum):
    """Where a text names a group of people, nearest to the finding first."""

    CLAUSE = "clause"
    HEADING = "heading"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Affected:
    """A group of people whom the text names where it proposes a power.

    Attributes:
        group: Id in the vocabulary.
        source: Why the group is looked for.
        cites: Clauses with a finding that name the group, in the order of the findings.
        findings: Id of each finding concerned, gravest first, and the nearest place where the group is named.

    Raises:
        ValueError: If no finding is concerned.
    """

    group: str
    name: str
    source: str
    cites: tuple[Cited, ...]
    findings: tuple[tuple[str, Reach], ...]

    def __post_init__(self) -> None:
        if not self.findings:
            raise ValueError(f"group {self.group!r}: no finding concerns it")

    @property
    def named(self) -> tuple[str, ...]:
        """Ids of the findings whose own clause names the group."""
        return tuple(name for name, reach in self.findings if reach is Reach.CLAUSE)


@dataclass(frozen=True, slots=True)
class Advice:
    """All of it for one proposal; each part cites the clauses that it rests on.

    Attributes:
        affected: Groups of people, those named in the clause of a finding first.
        worksheet: The tests for the rights touched.
        summary: Plain sentences, the gravest powers first.
        gaps: Safeguards that no clause makes binding, by power, gravest first.
        open_terms: Words that leave a power open, those at the gravest findings first.
        guidelines: One answer a guideline of RFC 9620 section 4, in its order; empty for unassessed languages.
        tensions: Pairs of clauses that do not go together, in the order of the rules.
        questions: Questions about the findings that show each power best, gravest first.
        amendments: Changes of their clauses, in the same order.
    """

    affected: tuple[Affected, ...] = ()
    worksheet: Worksheet = field(default_factory=Worksheet)
    summary: tuple[Sentence, ...] = ()
    gaps: tuple[SafeguardGap, ...] = ()
    open_terms: tuple[OpenTerm, ...] = ()
    guidelines: tuple[GuidelineAnswer, ...] = ()
    tensions: tuple[Tension, ...] = ()
    questions: tuple[Question, ...] = ()
    amendments: tuple[Amendment, ...] = ()
