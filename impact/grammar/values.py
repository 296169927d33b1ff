"""What a sentence says, as far as its grammar tells."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from impact.records import Span
from impact.records.clause import Strength

Value = TypeVar("Value")


class Certainty(StrEnum):
    """How sure a reading is of one trait."""

    SURE = "sure"
    UNSURE = "unsure"
    ABSTAIN = "abstain"


class Party(StrEnum):
    """The role of whoever acts."""

    PERSON = "person"
    PROVIDER = "provider"
    AUTHORITY = "authority"
    ATTACKER = "attacker"
    SYSTEM = "system"
    DOCUMENT = "document"
    OTHER = "other"


class Matter(StrEnum):
    """What kind of object an act is done to."""

    PERSON = "person"
    IDENTITY = "identity"
    WHEREABOUTS = "whereabouts"
    CONTENT = "content"
    DATA = "data"
    PROTECTION = "protection"
    ACCESS = "access"
    DEVICE = "device"
    OTHER = "other"


class Polarity(StrEnum):
    """Whether the act comes about, by what the sentence says."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Voice(StrEnum):
    """Whether the document speaks for itself: lays down its own rule, or talks of anything else."""

    OWN_RULE = "own_rule"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a sentence stands; what is not known stays empty.

    Attributes:
        title: Of the document.
        headings: Of the sections, outermost first.
        clause: The paragraph that the sentence is part of.
    """

    title: str = ""
    headings: tuple[str, ...] = ()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun with the words before it that belong to its name.

    Attributes:
        text: As the sentence has it.
        head: Base form of the noun, in small letters.
        span: Where it stands in the sentence.
    """

    text: str
    head: str
    span: Span


@dataclass(frozen=True, slots=True)
class Trait(Generic[Value]):
    """One thing that was read of a sentence.

    Attributes:
        value: None where the sentence has no such thing, or where the reading abstains.
        certainty: How sure the reading is of it.

    Raises:
        ValueError: If there is a value although the reading abstains.
    """

    value: Value | None
    certainty: Certainty

    def __post_init__(self) -> None:
        if self.certainty is Certainty.ABSTAIN and self.value is not None:
            raise ValueError(f"{self.value!r} although the reading abstains")

    @property
    def sure(self) -> bool:
        """Whether the value may be relied on; also that there is none."""
        return self.certainty is Certainty.SURE


@dataclass(frozen=True, slots=True)
class Reading:
    """What the main statement of a sentence says: all is about the verb of its main clause.

    A verb that only says whether or how firmly an act is done ("is able to", "fails to", "it is recommended that")
    is looked through, to the act.

    Attributes:
        actor: Who or what does it; none in a passive without "by", in a command, and after "there is".
        party: The role of the actor.
        action: Base form of the verb.
        object: What it is done to, also in the passive; after "be" the noun or adjective that follows.
        matter: What kind of object that is.
        condition: Words under which the statement holds, as a span of the sentence.
        polarity: Whether the act comes about; "prevents" and "fails to" deny like "not".
        strength: Normative strength of this verb, not of the whole sentence.
        voice: The document's own rule, or talk of others, of risks, of the document.
        signs: Names of the signs of who speaks, as in `voice.toml`.
        denied: What stands under a denial anywhere in the sentence, such as all behind "without", in order.
    """

    actor: Trait[NounPhrase]
    party: Trait[Party]
    action: Trait[str]
    object: Trait[NounPhrase]
    matter: Trait[Matter]
    condition: Trait[Span]
    polarity: Trait[Polarity]
    strength: Trait[Strength]
    voice: Trait[Voice]
    signs: frozenset[str] = frozenset()
    denied: tuple[Span, ...] = ()

    def denies(self, span: Span) -> bool:
        """Return whether the words at `span` of the sentence are denied by a word outside of them.

        They are if they begin under a denial before them, where two cancel each other out, or if they name what the
        main statement surely denies, as in "encryption is not provided".
        """
        over = sum(scope.start < span.start < scope.end for scope in self.denied)
        target = self.object.value
        if over or target is None or any(span.meets(scope) for scope in self.denied):
            return over % 2 == 1
        surely = self.polarity.sure and self.object.sure and self.polarity.value is Polarity.NEGATIVE
        return surely and target.span.meets(span)

    @property
    def hostile(self) -> bool:
        """Whether an attacker surely is who acts."""
        return self.party.sure and self.party.value is Party.ATTACKER
