"""What reviewers decided on the findings and safeguards of a proposal, as an assessment takes it in."""

from dataclasses import dataclass, replace
from enum import StrEnum

from impact.records.clause import Strength
from impact.records.span import Span

REVIEWER = "reviewer"
"""What found a finding that a reviewer confirmed or added, beside cues, model and second reader."""


class ReviewVerdict(StrEnum):
    """What was decided on a finding or safeguard; ADDED is one that the program missed, as the reviewer says."""

    UNDECIDED = "undecided"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """What a reviewer said to the others on a finding or safeguard; `time` as ISO 8601."""

    author: str
    time: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedItem:
    """A finding or safeguard with what reviewers decided on it, if anything.

    Attributes:
        id: That of the finding; of a safeguard and of what was added, that of the reviewers' store.
        label: Mechanism or safeguard as it was found, or added.
        by: Names of those whose decision it is.
        remark: Reason of a rejection, or remark with any other decision.
        notes: Name and words of each note, in order.
        comments: What reviewers said to each other, oldest first; nothing that is sent out has them.
        corrected: Mechanism or safeguard in place of `label`; empty where it was not corrected.
        severity: Scale, scope and irremediability as the reviewers give them; None where they do not.
        strength: None where it was not corrected.
    """

    id: str
    clause: str
    label: str
    safeguard: bool
    verdict: ReviewVerdict
    by: tuple[str, ...] = ()
    remark: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    corrected: str = ""
    severity: tuple[int, ...] | None = None
    strength: Strength | None = None
    comments: tuple[ReviewComment, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether there is a verdict."""
        return self.verdict is not ReviewVerdict.UNDECIDED

    @property
    def stands(self) -> bool:
        """Whether reviewers confirmed it, corrected or not."""
        return self.decided and self.verdict is not ReviewVerdict.REJECTED

    @property
    def decided_label(self) -> str:
        """Mechanism or safeguard as the reviewers see it."""
        return self.corrected or self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRecord:
    """What was decided on a proposal.

    Attributes:
        items: What stands, what was rejected and what is undecided, each in the order in which the desk lists them.
        decided, total: Numbers of items decided, and of all items.
        signatures: Name and time (ISO 8601) of each; empty for a draft.
        version: Number of the signed version; 0 for a draft.
        digest: SHA-256 of the signed version; empty for a draft.
        head: Where the reviewers' chain of records ended before the version was signed, NUMBER:HASH; empty if unknown.
        last: Time of the last decision (ISO 8601); empty where it is not known.
    """

    items: tuple[ReviewedItem, ...]
    decided: int
    total: int
    signatures: tuple[tuple[str, str], ...] = ()
    version: int = 0
    digest: str = ""
    head: str = ""
    last: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of those whose decisions or notes they are, as they first come."""
        names = (name for item in self.items for name in (*item.by, *(name for name, _ in item.notes)))
        return tuple(dict.fromkeys(names))

    @property
    def rejected(self) -> tuple[ReviewedItem, ...]:
        """What was rejected."""
        return tuple(item for item in self.items if item.verdict is ReviewVerdict.REJECTED)

    @property
    def remarked(self) -> tuple[ReviewedItem, ...]:
        """What was not rejected, and has words of a reviewer, or another label, rating or strength than was found."""
        return tuple(item for item in self.items if item.verdict is not ReviewVerdict.REJECTED and _speaks(item))

    @property
    def undecided(self) -> tuple[ReviewedItem, ...]:
        """What nobody decided."""
        return tuple(item for item in self.items if not item.decided)

    @property
    def outward(self) -> "ReviewRecord":
        """The record without comments, for files that are sent out."""
        return replace(self, items=tuple(replace(item, comments=()) for item in self.items))

    def item(self, name: str) -> ReviewedItem | None:
        """Return what was decided on the finding with this id."""
        return next((item for item in self.items if item.id == name), None)


@dataclass(frozen=True, slots=True)
class OverruledLabel:
    """A mechanism or safeguard that the program found in words of a clause and reviewers do not see there.

    They rejected it, or put another label in its place.
    """

    clause: str
    label: str
    evidence: tuple[Span, ...]


def _speaks(item: ReviewedItem) -> bool:
    changed = item.verdict in {ReviewVerdict.CORRECTED, ReviewVerdict.ADDED}
    return changed or bool(item.remark or item.notes or item.comments)
