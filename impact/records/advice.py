"""What a reader may answer, ask and change in a proposal."""

from dataclasses import dataclass, field
from enum import StrEnum

from impact.records.amendment import Amendment
from impact.records.guideline import GuidelineAnswer, Tension
from impact.records.openness import OpenTerm, SafeguardGap
from impact.records.span import Cited, Span


@dataclass(frozen=True, slots=True)
class Ground:
    """An aim, with the words of the text that name it; `cites` empty where the text does not."""

    id: str
    name: str
    cites: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Limitation:
    """What an article asks of a limitation of a right.

    Attributes:
        ref: The paragraph ("ICCPR 19(3)").
        law: What it asks of the law ("provided by law").
        need: What it asks beside the law ("necessary").
        grounds: The aims that it lists, in its order; empty where it lists none.
        note: What else to know.
        source: Article and general comments.
    """

    ref: str
    law: str
    need: str
    grounds: tuple[Ground, ...]
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class RightSheet:
    """The tests for one right to which a mechanism found has a primary link.

    Attributes:
        mechanisms: Ids of those mechanisms, gravest first.
        limitations: What its articles ask; empty where they name no limitation at all.
        answers: By test ("legality", "necessity", "proportionality"), the clauses that may speak to it.
        unlisted: Aims that the text names and that none of the articles lists.
    """

    right: str
    mechanisms: tuple[str, ...]
    limitations: tuple[Limitation, ...]
    answers: tuple[tuple[str, tuple[Cited, ...]], ...]
    unlisted: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """All of it, each tuple in the order of the taxonomy.

    Attributes:
        sheets: Rights that may be limited and to which a mechanism found has a primary link.
        absolute: Ids of rights touched that may not be limited, or not in part.
        firm: Ids of rights touched from which, or from parts of which, no emergency allows derogation.
        further: Ids of rights that may be limited and are reached by secondary links alone.
    """

    sheets: tuple[RightSheet, ...] = ()
    absolute: tuple[str, ...] = ()
    firm: tuple[str, ...] = ()
    further: tuple[str, ...] = ()


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
class Sentence:
    """A sentence with its clauses.

    Attributes:
        kind: "power", "pair", "denial", "silence", "protection", "safeguards" or "section".
        text: The sentence; `{0}`, `{1}` stand where the clauses of the groups are named, each once.
        groups: The clauses; each group holds at least one.

    Raises:
        ValueError: If a group is empty, or the text names another number of groups.
    """

    kind: str
    text: str
    groups: tuple[tuple[Cited, ...], ...]

    def __post_init__(self) -> None:
        named = [f"{{{at}}}" for at in range(len(self.groups))]
        if not self.groups or not all(self.groups) or any(self.text.count(name) != 1 for name in named):
            raise ValueError(f"sentence {self.text!r} must name each of its {len(self.groups)} groups of clauses once")

    @property
    def clauses(self) -> tuple[str, ...]:
        """Ids of all clauses that it rests on, each once."""
        return tuple(dict.fromkeys(cite.clause for group in self.groups for cite in group))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of a sentence: fixed wording, or words of the document.

    Attributes:
        text: As printed; words of the document on one line, their first letter lowered where they began a sentence.
        span: Where the words are in `Document.text`; None for fixed wording.
    """

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question about one finding.

    Attributes:
        phrases: What it says, from beginning to end.
        strength: Whether it asks only how strongly the clause binds.
        settles: General questions that are not asked beside it, since the text answers them.

    Raises:
        ValueError: If it does not end in a question mark, or a sentence after it in a full stop.
    """

    finding: str
    phrases: tuple[Phrase, ...]
    strength: bool = False
    settles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.endswith(("?", ".")):
            raise ValueError(f"question {self.text!r} does not end as one")

    @property
    def text(self) -> str:
        """All of it in one line."""
        return "".join(phrase.text for phrase in self.phrases)

    @property
    def specific(self) -> bool:
        """Whether words of the clause stand in it."""
        return any(phrase.span for phrase in self.phrases)


@dataclass(frozen=True, slots=True)
class SalientPassage(Cited):
    """What to quote of a salient passage without a likely finding.

    Attributes:
        topics: What it is about, in a few words each, the most telling first; empty where that is unknown.
    """

    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Introduction:
    """Words of a document that may introduce it to a reader.

    Attributes:
        clauses: Ids of the clauses that they are of, at least one.
        evidence: The sentences, in the order of the text.
    """

    clauses: tuple[str, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """All of it for one proposal; each part cites the clauses that it rests on.

    Attributes:
        affected: Groups of people, those named in the clause of a finding first.
        worksheet: The tests for the rights touched.
        summary: Plain sentences, the gravest powers first.
        introductions: What may introduce the document, the likeliest first.
        salient: Salient passages without a likely finding, in the order of the text.
        gaps: Safeguards that no clause makes binding, by power, gravest first.
        open_terms: Words that leave a power open, those at the gravest findings first.
        guidelines: One answer a guideline of RFC 9620 section 4, in its order; empty for unassessed languages.
        tensions: Pairs of clauses that do not go together, in the order of the rules.
        questions: Questions about the findings that show each power best, gravest first.
        confirming: One question for each power whose findings all need review, about the finding that shows it best.
        amendments: Changes of the clauses of the firm findings, in the same order.
        raised: For each point that a second reader raises the change of a clause that it proposes, or None.
    """

    affected: tuple[Affected, ...] = ()
    worksheet: Worksheet = field(default_factory=Worksheet)
    summary: tuple[Sentence, ...] = ()
    introductions: tuple[Introduction, ...] = ()
    salient: tuple[SalientPassage, ...] = ()
    gaps: tuple[SafeguardGap, ...] = ()
    open_terms: tuple[OpenTerm, ...] = ()
    guidelines: tuple[GuidelineAnswer, ...] = ()
    tensions: tuple[Tension, ...] = ()
    questions: tuple[Question, ...] = ()
    confirming: tuple[Question, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    raised: tuple[Amendment | None, ...] = ()
