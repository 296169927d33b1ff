"""What `report.json` quotes of the document, and what it says of a second reader."""

from dataclasses import dataclass

from impact.records.layout import Box, ConcealmentKind
from impact.records.raised_point import PointKind
from impact.records.second_reading import UnreadClause
from impact.records.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words of the document, verbatim, with their place in its text and on its pages."""

    quote: str
    span: Span
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCitation:
    """Words of a clause that a point rests on."""

    clause: str
    page: int
    evidence: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRaised:
    """A point that the second reader raises, to be checked; fields as in `RaisedPoint`, with its words."""

    guideline: str
    kind: PointKind
    matter: str
    actor: str
    affected: str
    labels: tuple[str, ...]
    says: str
    ask: str
    cites: tuple[ReportCitation, ...]
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRaising:
    """All points that the second reader raises; fields as in `Raising`."""

    prompt: str
    clauses: int
    left: int
    unread: tuple[str, ...]
    dropped: int
    points: tuple[ReportRaised, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChoice:
    """How many passages the second reader chose for the brief, of how many clauses; fields as in `PassageChoice`."""

    prompt: str
    clauses: int
    passages: int
    left: int
    unread: tuple[str, ...]
    dropped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSecondReading:
    """Who read clauses a second time and what came of it; fields as in `SecondReader` and `SecondReading`.

    What it cost is left out: a second run asks nothing, and the same answers give the same report.

    Attributes:
        clauses: How many clauses it read.
        raised: Points that it raises on the document as a whole; None where it was not asked for any.
        choice: Passages that it chose for the brief; None where it was not asked for any.
        passes: How often each question was asked, if more than once.
    """

    model: str
    host: str
    prompt: str
    clauses: int
    unread: tuple[UnreadClause, ...]
    dropped: int
    raised: ReportRaising | None = None
    choice: ReportChoice | None = None
    passes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportConcealment:
    """A word that the source hides from a search.

    Attributes:
        kind: How, as in `Concealment`.
        clause: Id of the clause that holds it; empty outside of all clauses.
        span: The word in the text as read.
        word: The word as a reader of the source sees it.
        source: The word as it stands in the source.
    """

    kind: ConcealmentKind
    clause: str
    span: Span
    word: str
    source: str
