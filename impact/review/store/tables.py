"""The tables of the store. They stay in this room: functions of `impact.review` take and return values."""

from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from impact.review.store.columns import Base

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = TypeVar("Value", bound="DataclassInstance")


class StoreRow(Base):
    """The id of the store, under which its files stand, and whether it requires a second factor; one row."""

    __tablename__ = "store"
    id: Mapped[str] = mapped_column(primary_key=True)
    second_factor: Mapped[str] = mapped_column(server_default="optional")
    files: Mapped[str] = mapped_column(server_default="")


class FileRow(Base):
    """A file that the store wrote, or was about to write."""

    __tablename__ = "files"
    digest: Mapped[str] = mapped_column(primary_key=True)


class UserRow(Base):
    """An account; `totp` is the secret of its second factor, `totp_step` the step of the last code that was used."""

    __tablename__ = "users"
    name: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    password: Mapped[str]
    active: Mapped[bool]
    created: Mapped[datetime]
    totp: Mapped[str] = mapped_column(server_default="")
    totp_step: Mapped[int] = mapped_column(server_default="0")


class ProposalRow(Base):
    """A proposal; "group" is a word of SQL, so its column has another name; `listed` is JSON."""

    __tablename__ = "proposals"
    id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(index=True)
    source: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    group: Mapped[str] = mapped_column("group_name", index=True, default="")
    organizations: Mapped[list[str]] = mapped_column(default=list)
    level: Mapped[str] = mapped_column(default="")
    firm_level: Mapped[str] = mapped_column(server_default="")
    unassessed: Mapped[str] = mapped_column(server_default="")
    pages: Mapped[int] = mapped_column(server_default="0")
    unread: Mapped[int] = mapped_column(server_default="0")
    level_rank: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(default="")
    hint: Mapped[str] = mapped_column(default="")
    submitted_by: Mapped[str]
    restricted: Mapped[bool]
    readings: Mapped[int]
    analyses: Mapped[int] = mapped_column(default=0)
    created: Mapped[datetime] = mapped_column(index=True)
    updated: Mapped[datetime]
    keep_until: Mapped[datetime | None] = mapped_column(index=True)
    folder: Mapped[str | None] = mapped_column(ForeignKey("folders.id"), index=True)
    came_with: Mapped[str] = mapped_column(index=True, server_default="")
    listed: Mapped[str] = mapped_column(server_default="")
    readers: Mapped[list["ReaderRow"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class FolderRow(Base):
    """A folder of proposals; days as ISO 8601 writes them, empty where they are not known."""

    __tablename__ = "folders"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    group: Mapped[str] = mapped_column("group_name")
    begins: Mapped[str]
    ends: Mapped[str]
    owner: Mapped[str]
    restricted: Mapped[bool]
    created: Mapped[datetime]
    readers: Mapped[list["FolderReaderRow"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class FolderReaderRow(Base):
    """A person who may see a restricted folder."""

    __tablename__ = "folder_readers"
    folder: Mapped[str] = mapped_column(ForeignKey("folders.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)


class ReaderRow(Base):
    """A person who may see a restricted proposal."""

    __tablename__ = "readers"
    proposal: Mapped[str] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)


class FacetRow(Base):
    """A right or mechanism that the latest analysis found."""

    __tablename__ = "facets"
    proposal: Mapped[str] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    __table_args__ = (Index("facets_by_value", "kind", "value"),)


class ClauseTextRow(Base):
    """A clause of the latest analysis to be searched, or what the proposal is called (position -1); page 0 is none."""

    __tablename__ = "clauses"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal: Mapped[str] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"))
    position: Mapped[int]
    clause: Mapped[str]
    number: Mapped[str]
    page: Mapped[int]
    text: Mapped[str]
    __table_args__ = (
        UniqueConstraint("proposal", "position", name="clauses_position"),
        Index("clauses_by_id", "proposal", "clause"),
    )


class TouchRow(Base):
    """An article that a finding of the latest analysis may touch; `position` is that of its clause."""

    __tablename__ = "touches"
    proposal: Mapped[str] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True)
    finding: Mapped[str] = mapped_column(primary_key=True)
    article: Mapped[str] = mapped_column(primary_key=True, index=True)
    link: Mapped[str]
    position: Mapped[int]
    mechanism: Mapped[str]
    level: Mapped[str]
    doubtful: Mapped[bool]


class ExtractRow(Base):
    """What lists need of a proposal, as JSON; `version` is the analysis or the link of the chain that it is from."""

    __tablename__ = "extracts"
    proposal: Mapped[str] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    content: Mapped[str]


class AnalysisRow(Base):
    """An analysis."""

    __tablename__ = "analyses"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal: Mapped[str] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"))
    number: Mapped[int]
    level: Mapped[str]
    firm_level: Mapped[str] = mapped_column(server_default="")
    unassessed: Mapped[str] = mapped_column(server_default="")
    pages: Mapped[int] = mapped_column(server_default="0")
    unread: Mapped[int] = mapped_column(server_default="0")
    tool: Mapped[str]
    taxonomy: Mapped[str]
    models: Mapped[dict[str, str]]
    made_at: Mapped[str]
    files: Mapped[dict[str, str]]
    __table_args__ = (UniqueConstraint("proposal", "number", name="analyses_number"),)


class JobRow(Base):
    """An analysis to be made."""

    __tablename__ = "jobs"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal: Mapped[str] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(index=True)
    options: Mapped[dict[str, str]]
    stage: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str] = mapped_column(default="")
    queued_at: Mapped[datetime]
    started_at: Mapped[datetime | None]


class LinkRow(Base):
    """A link of the chain; it outlasts its proposal."""

    __tablename__ = "links"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    proposal: Mapped[str] = mapped_column(index=True)
    time: Mapped[str]
    digest: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str | None]
    __table_args__ = (Index("links_by_kind", "kind", "proposal", "seq"),)


class HeadRow(Base):
    """The end of the chain, and the link of the last erasure that left nothing in the database's files; one row."""

    __tablename__ = "head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str]
    purged: Mapped[int] = mapped_column(server_default="0")


class ArrivalRow(Base):
    """When a person first saw the list, and where the chain ended then: what was there before is not new to them."""

    __tablename__ = "arrivals"
    name: Mapped[str] = mapped_column(primary_key=True)
    time: Mapped[datetime]
    seq: Mapped[int]


class VisitRow(Base):
    """The last visit of a person to a proposal: when, how far the chain was shown, and how far by the visit before."""

    __tablename__ = "visits"
    proposal: Mapped[str] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True, index=True)
    time: Mapped[datetime]
    seq: Mapped[int]
    earlier_time: Mapped[datetime | None]
    earlier_seq: Mapped[int]


class AuditRow(Base):
    """Who did what."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    time: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str]
    action: Mapped[str]
    about: Mapped[str]
    source: Mapped[str]


def value_of(kind: type[Value], row: Base, **changed: Any) -> Value:
    """Return a row as a value, field by field; `changed` are those that it keeps in another form."""
    alike = {field.name: getattr(row, field.name) for field in fields(kind) if field.name not in changed}
    return kind(**alike, **changed)
