"""Clauses and what classification says of them."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from impact.records.second_reading import Concurrence
from impact.records.span import Cited, Span


class ClauseKind(StrEnum):
    """What part a clause plays in its document."""

    REQUIREMENT = "requirement"
    STATEMENT = "statement"
    DEFINITION = "definition"
    NOTE = "note"
    EXAMPLE = "example"
    INFORMATIVE = "informative"
    HEADING = "heading"
    CAPTION = "caption"
    CODE = "code"
    REFERENCE = "reference"
    CONTENTS = "contents"
    ABBREVIATION = "abbreviation"
    BOILERPLATE = "boilerplate"


NOT_ASSESSED = frozenset(
    {
        ClauseKind.HEADING,
        ClauseKind.CAPTION,
        ClauseKind.REFERENCE,
        ClauseKind.CONTENTS,
        ClauseKind.ABBREVIATION,
        ClauseKind.BOILERPLATE,
    }
)
ASIDES = frozenset({ClauseKind.DEFINITION, ClauseKind.NOTE, ClauseKind.EXAMPLE, ClauseKind.INFORMATIVE})
"""What lays down nothing by itself. Source: ISO/IEC Directives Part 2, clauses 16, 20, 24 and 25."""


class Strength(StrEnum):
    """Normative strength, strongest first."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    DESCRIPTIVE = "descriptive"

    @property
    def rank(self) -> int:
        """0 for must, 3 for what only describes."""
        return list(Strength).index(self)


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered paragraph, list item, table row or requirement sentence.

    Attributes:
        id: Address, unique in the document and stable against changes elsewhere in it: official number where there
            is one ("7.2.1/b"), with the ordinal of the paragraph under that number ("7.2.1/p2").
        number: Official number as a person would cite it ("7.2.1 b)"); that of the section where it has none of its
            own; empty where the document has no numbers.
        headings: Titles of the sections it stands in, outermost first, with their numbers.
        kind: What part it plays.
        page: 1-based page on which it begins.
        span: Its characters, without its number.
        strength: Strongest normative wording in it.
        sentences: Spans of its sentences, in order, covering all of `span` but white space.
        stem: For a list item, the span of the sentence that introduces the list.
        strengths: Normative strength of each of `sentences`; the first sentence of a list item without wording of its
            own has that of the stem.

    Raises:
        ValueError: If the page is below 1, the span is empty or a sentence lies outside of it.
    """

    id: str
    number: str
    headings: tuple[str, ...]
    kind: ClauseKind
    page: int
    span: Span
    strength: Strength = Strength.DESCRIPTIVE
    sentences: tuple[Span, ...] = ()
    stem: Span | None = None
    strengths: tuple[Strength, ...] = ()

    def __post_init__(self) -> None:
        if self.page < 1 or not len(self.span) or not all(self.span.covers(sentence) for sentence in self.sentences):
            raise ValueError(f"clause {self.id!r} at {self.span}: page from 1, text not empty, sentences inside")

    @property
    def assessed(self) -> bool:
        """Whether the clause is classified at all: kinds in `NOT_ASSESSED` are not."""
        return self.kind not in NOT_ASSESSED

    @property
    def chapter(self) -> str:
        """The outermost heading; empty where there is none."""
        return self.headings[0] if self.headings else ""

    @property
    def title(self) -> str:
        """The innermost heading; empty where there is none."""
        return self.headings[-1] if self.headings else ""

    @property
    def section(self) -> tuple[str, ...]:
        """What the clauses of one section have in common: the path of headings.

        A clause without headings is a section of its own, for a document without headings would be one section from
        end to end.
        """
        return self.headings or ("", self.id)

    @property
    def parts(self) -> tuple[Span, ...]:
        """The sentences; the whole clause where it has none."""
        return self.sentences or (self.span,)

    def sentence_at(self, span: Span) -> Span:
        """Return the sentence in which `span` begins; the whole clause where it begins in none."""
        return next((sentence for sentence in self.sentences if sentence.start <= span.start < sentence.end), self.span)

    def provisions(self) -> tuple[tuple[Span, Strength], ...]:
        """Return the sentences with the strength of each; the whole clause with its own where it has none."""
        return tuple(zip(self.parts, self.strengths or (self.strength,) * len(self.parts), strict=False))

    def carrying(self, evidence: Iterable[Span], text: str) -> tuple[Span, Strength] | None:
        """Return the sentence with most words of evidence, the first of equal ones, with its strength; None without.

        Args:
            evidence: Spans of `text`.
            text: That of the whole document.
        """
        spans = tuple(evidence)
        pairs = zip(self.sentences, self.strengths, strict=False)
        counts = [(sum(_shared_words(text, pair[0], span) for span in spans), pair) for pair in pairs]
        most, pair = max(counts, key=lambda count: count[0], default=(0, None))
        return pair if most else None


def _shared_words(text: str, sentence: Span, span: Span) -> int:
    return len(text[max(sentence.start, span.start) : min(sentence.end, span.end)].split())


class _Citable:
    """What rests on words of a clause."""

    __slots__ = ()
    clause: str
    evidence: tuple[Span, ...]

    @property
    def cited(self) -> Cited:
        """The clause with the evidence."""
        return Cited(self.clause, self.evidence)


@dataclass(frozen=True, slots=True)
class Finding(_Citable):
    """A clause that proposes a mechanism, with the words that carry it.

    Attributes:
        id: Stable against a new run, another machine and a change of the model: made of document digest, clause
            address and mechanism.
        confidence: 0 to 1; said in words in reports.
        doubtful: Whether it lies in the band that a reader must decide.
        by: What found it, sorted: "cues", "fast", "model", "reader".
        evidence: Spans of the words that carry it, in order; never empty.
        strength: Normative strength of the sentence that carries it.
        second: What a second reader makes of it; None where none was asked about it.

    Raises:
        ValueError: If there is no evidence or the confidence is outside of 0 to 1.
    """

    id: str
    clause: str
    mechanism: str
    confidence: float
    doubtful: bool
    by: tuple[str, ...]
    evidence: tuple[Span, ...]
    strength: Strength
    second: Concurrence | None = None

    def __post_init__(self) -> None:
        if not self.evidence or not 0 <= self.confidence <= 1:
            raise ValueError(f"finding {self.id!r}: evidence needed and confidence from 0 to 1, not {self.confidence}")


def finding_id(document: str, clause: str, mechanism: str) -> str:
    """Return the id of a finding, by the digest of its file: the same in each run, on each machine, for each model."""
    named = f"{document}\x00{clause}\x00{mechanism}\x001"  # the first of its kind in the clause; there is no second
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def firmness(finding: Finding) -> tuple[bool, bool, float, tuple[Span, ...]]:
    """Return a key that sorts findings firmest first: those to be named where one has to stand for all.

    Firm before doubtful, normative before descriptive wording, then the surer one, then the order of the text.
    """
    descriptive = finding.strength is Strength.DESCRIPTIVE
    return finding.doubtful, descriptive, -round(finding.confidence, 1), finding.evidence


@dataclass(frozen=True, slots=True)
class SafeguardFinding(_Citable):
    """A clause that provides a safeguard; fields as in `Finding`.

    A doubtful one lowers no severity and is not said to be provided, and no text is said to be silent on it.
    """

    clause: str
    safeguard: str
    confidence: float
    evidence: tuple[Span, ...]
    strength: Strength
    doubtful: bool = False
    second: Concurrence | None = None

    def __post_init__(self) -> None:
        if not self.evidence or not 0 <= self.confidence <= 1:
            msg = f"safeguard {self.safeguard!r} in {self.clause!r}: evidence and a confidence from 0 to 1 needed"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Mention(_Citable):
    """A clause that only talks about a mechanism or safeguard (threat, prohibition, reference, out of scope)."""

    clause: str
    label: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Salience:
    """How likely somebody who asks what a text does to people is to want to see a clause of it.

    Attributes:
        chance: From 0 to 1.
        sentence: The part of the clause that says most; None where no network told.
        protection: How likely, from 0 to 1, it is for what protects people, and not for a power, a risk or a gap; None
            where that was not asked or no network tells.
        topics: Ids of what a network takes it to be about, the likeliest first; empty where that was not asked or is
            likely of none.
        chosen: Whether a second reader chose it for the brief.

    Raises:
        ValueError: If a chance is outside of 0 to 1.
    """

    clause: str
    chance: float
    sentence: Span | None = None
    protection: float | None = None
    topics: tuple[str, ...] = ()
    chosen: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.chance <= 1 or not 0 <= (self.protection or 0) <= 1:
            raise ValueError(f"salience {self.chance}, protection {self.protection} of clause {self.clause}")


@dataclass(frozen=True, slots=True)
class Classification:
    """All that classification says of a document, each tuple in the order of the clauses.

    Attributes:
        salience: Of the clauses that may be wanted most, and of those with findings or safeguards; of no others.
    """

    findings: tuple[Finding, ...] = ()
    safeguards: tuple[SafeguardFinding, ...] = ()
    mentions: tuple[Mention, ...] = ()
    salience: tuple[Salience, ...] = ()

    def without(self, clauses: Collection[str]) -> "Classification":
        """Return the same without what it says of clauses with these ids."""
        return Classification(
            tuple(item for item in self.findings if item.clause not in clauses),
            tuple(item for item in self.safeguards if item.clause not in clauses),
            tuple(item for item in self.mentions if item.clause not in clauses),
            tuple(item for item in self.salience if item.clause not in clauses),
        )
