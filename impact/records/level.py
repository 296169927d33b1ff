"""How grave a finding or a proposal is, and what a proposal is headed by: never a level that nothing firm gives."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How grave a finding, compound or proposal is; `NONE` is for proposals without a finding only."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"

    def __neg__(self) -> int:
        """Return a key by which the gravest sorts first."""
        return list(Level).index(self) - 3

    def __lt__(self, other: str) -> bool:
        """Return whether this is less grave; likewise the other comparisons, not by letters as of other texts."""
        return -self > -Level(other)

    def __le__(self, other: str) -> bool:
        return -self >= -Level(other)

    def __gt__(self, other: str) -> bool:
        return -self < -Level(other)

    def __ge__(self, other: str) -> bool:
        return -self <= -Level(other)


class Grade(StrEnum):
    """What a proposal is headed, listed and counted by.

    `DECIDE` is for one that has findings and none of them is firm, `UNASSESSED` for one whose language was not, or that
    could not be read.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    DECIDE = "decide"
    NONE = "none"
    UNASSESSED = "not assessed"


@dataclass(frozen=True, slots=True)
class Headline:
    """The level of a proposal as it is shown.

    Attributes:
        gravest: The gravest level of findings, doubtful ones too; never shown as that of the proposal.
        firm: The level that firm findings alone give; none where there is none.
        unassessed: Code of the language that was not assessed; empty where the proposal was. Then nothing follows from
            the levels.
        pages, unread: How many pages the document has, and how many of them could not be read; 0 where nobody asks.
    """

    gravest: Level
    firm: Level
    unassessed: str = ""
    pages: int = 0
    unread: int = 0

    @property
    def is_unread(self) -> bool:
        """Whether nothing was found and half of the pages or more could not be read, so that nothing follows from it.

        Source: project judgment; a scanned cover or annex leaves a text assessed.
        """
        return self.gravest is Level.NONE and 0 < self.pages <= 2 * self.unread

    @property
    def grade(self) -> Grade:
        """The firm level; where nothing is firm, whether a reader must decide or the proposal was not assessed."""
        if self.unassessed or self.is_unread:
            return Grade.UNASSESSED
        if self.firm is not Level.NONE:
            return Grade(self.firm.value)
        return Grade.NONE if self.gravest is Level.NONE else Grade.DECIDE

    @property
    def is_open(self) -> bool:
        """Whether there is a firm level, and a reader must decide whether the proposal is graver."""
        return not self.unassessed and Level.NONE < self.firm < self.gravest

    @property
    def rank(self) -> int:
        """Place among all headlines, 0 for no finding and 6 for the gravest; -1 apart from them where not assessed.

        What nothing firm gives stands one level lower, behind what is firm there. Source: project judgment, as the
        steps of the reading list (batch/portfolio/wording.toml).
        """
        if self.grade is Grade.UNASSESSED:
            return UNRANKED
        return RANKS.index((self.grade, self.gravest if self.grade is Grade.DECIDE else None))


RANKS = (
    (Grade.NONE, None),
    (Grade.DECIDE, Level.LOW),
    (Grade.DECIDE, Level.MEDIUM),
    (Grade.LOW, None),
    (Grade.DECIDE, Level.HIGH),
    (Grade.MEDIUM, None),
    (Grade.HIGH, None),
)
"""Grades as they rank, the least grave first; those for a reader to decide by the level that may follow."""

UNRANKED = -1
"""The rank of what was not assessed."""
