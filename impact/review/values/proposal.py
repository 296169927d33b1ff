"""What the store knows of a proposal, and how to ask for some."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from impact.records import Grade, Headline, Level, ListedRow

DIGEST = re.compile(r"[0-9a-f]{64}")


class State(StrEnum):
    """How far the analysis is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StoredProposal:
    """A proposal in the store.

    Attributes:
        id: Made by the store; says nothing about the file.
        source: File name as submitted: shown, never used as a path.
        title, number, body, group, organizations: As in `impact.records.Proposal`; empty before the first analysis.
        reason, hint: Why it failed and what to do; empty otherwise.
        level: Gravest level of the latest analysis, doubtful findings too; None before the first.
        firm_level: The level that its firm findings give, or its level where that is not known; None before the first.
        unassessed: Code of the language of the document where the latest analysis did not assess it; else empty.
        pages, unread: How many pages the document has, and how many of them could not be read.
        restricted_to: Names of those who may see it beside administrators, sorted; None where all may.
        readings: How many reviewers are to read it before their decisions are opened to each other.
        keep_until: When it may be erased; None if never.
        analyses: How many analyses it has; the number of the latest one.
        folder: Id of its folder; empty where it is in none that the person who asks may see.
        came_with: Id of the cover of its proposal, or of the message that it was attached to; empty where it came
            alone.
        listed: What a list of documents says of it.

    Raises:
        ValueError: If the digest is none, it failed without a reason, nobody may see it, or fewer than one reading
            is wanted.
    """

    id: str
    digest: str
    source: str
    state: State
    submitted_by: str
    created: datetime
    updated: datetime
    title: str = ""
    number: str = ""
    body: str = ""
    group: str = ""
    organizations: tuple[str, ...] = ()
    reason: str = ""
    hint: str = ""
    level: Level | None = None
    firm_level: Level | None = None
    unassessed: str = ""
    pages: int = 0
    unread: int = 0
    restricted_to: tuple[str, ...] | None = None
    readings: int = 1
    keep_until: datetime | None = None
    analyses: int = 0
    folder: str = ""
    came_with: str = ""
    listed: ListedRow | None = None

    def __post_init__(self) -> None:
        wrong = (
            (not DIGEST.fullmatch(self.digest), "64 hexadecimal digits of a SHA-256 needed"),
            ((self.state is State.FAILED) != bool(self.reason), "a reason where it failed and only there"),
            (self.restricted_to == (), "somebody must be able to see it"),
            (self.readings < 1 or self.analyses < 0, "at least one reading"),
        )
        for is_wrong, why in wrong:
            if is_wrong:
                raise ValueError(f"proposal {self.id!r}: {why}")

    @property
    def headline(self) -> Headline | None:
        """Its level as it is shown; None before the first analysis."""
        if not (self.level and self.firm_level):
            return None
        return Headline(self.level, self.firm_level, self.unassessed, self.pages, self.unread)

    @property
    def name(self) -> str:
        """Number and title, or the file name where it has neither."""
        return " ".join(part for part in (self.number, self.title) if part) or self.source


@dataclass(frozen=True, slots=True)
class Submission:
    """A file that somebody submits.

    Attributes:
        source: File name, for people only.
        options: Name and value of each option for the analysis: "by", "pdf_engine", "view".
        restricted_to, readings, keep_until, folder, came_with, listed: As in `StoredProposal`.

    Raises:
        ValueError: If fewer than one reading is wanted.
    """

    source: str
    data: bytes = field(repr=False)
    options: tuple[tuple[str, str], ...] = ()
    restricted_to: tuple[str, ...] | None = None
    readings: int = 1
    keep_until: datetime | None = None
    folder: str = ""
    came_with: str = ""
    listed: ListedRow | None = None

    def __post_init__(self) -> None:
        if self.readings < 1:
            raise ValueError(f"{self.source!r}: {self.readings} readings; at least one")


@dataclass(frozen=True, slots=True)
class ProposalQuery:
    """Which proposals to list; an empty field asks nothing. All that is asked must hold.

    Attributes:
        text: Words of title, number, organizations, file name or clauses; each may be the beginning of a word.
        level: What a proposal is headed by: its firm level, or that it is for a reader to decide.
        order: Key of `impact.review.store.proposals.ORDERS`.
        limit: How many at the most; `offset`, how many to pass over.
        chosen: Ids of the proposals to choose from; None for all.
        folder: Id of a folder; nothing is listed where the person who asks may not see it.

    Raises:
        ValueError: If limit or offset are out of range.
    """

    text: str = ""
    group: str = ""
    right: str = ""
    mechanism: str = ""
    level: Grade | None = None
    state: State | None = None
    order: str = "newest"
    offset: int = 0
    limit: int = 50
    chosen: tuple[str, ...] | None = None
    folder: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.offset <= 1_000_000 or not 1 <= self.limit <= 1000:
            raise ValueError(f"offset {self.offset} from 0 to 1000000, limit {self.limit} from 1 to 1000")


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """A stretch of the proposals that were asked for, and how many there are in all."""

    total: int
    proposals: tuple[StoredProposal, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """One reading of a proposal by the program; a newer model gives a newer one.

    Attributes:
        number: From 1, per proposal.
        level: The gravest level, doubtful findings too.
        firm_level: The level that its firm findings give, or its level where that is not known.
        unassessed: Code of the language of the document where it was not assessed for it; else empty.
        pages, unread: How many pages the document has, and how many of them could not be read.
        tool, taxonomy, models: Versions that made it, as in `Provenance`.
        files: Digest by file name ("report.json", "report.html").
    """

    proposal: str
    number: int
    level: Level
    firm_level: Level
    tool: str
    taxonomy: str
    models: tuple[tuple[str, str], ...]
    made_at: str
    files: tuple[tuple[str, str], ...]
    unassessed: str = ""
    pages: int = 0
    unread: int = 0

    def __post_init__(self) -> None:
        if self.number < 1 or "report.json" not in dict(self.files):
            raise ValueError(f"analysis {self.number} of {self.proposal!r}: numbers from 1, with a report.json")

    @property
    def headline(self) -> Headline:
        """Its level as it is shown."""
        return Headline(self.level, self.firm_level, self.unassessed, self.pages, self.unread)


@dataclass(frozen=True, slots=True)
class AnalysisJob:
    """An analysis to be made.

    Attributes:
        id: From 1, in the order of queueing.
        options: Name and value of each option, sorted by name.
        attempts: How often a worker has begun.
        worker: Who has it; empty while it waits.
    """

    id: int
    proposal: str
    state: State
    options: tuple[tuple[str, str], ...]
    stage: str
    attempts: int
    worker: str
    queued_at: datetime
    started_at: datetime | None
