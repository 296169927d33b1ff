"""What the chain covers beside decisions: accounts, access, the files of reports, and the audit log.

Each is a state by key, as the database has it. A link holds a state when it changes; what the database has now must be
what the last link of its key holds.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select

from impact.review.store.chain.links import canonical
from impact.review.store.columns import Base
from impact.review.store.tables import (
    AnalysisRow,
    AuditRow,
    FolderReaderRow,
    FolderRow,
    ProposalRow,
    ReaderRow,
    StoreRow,
    UserRow,
)
from impact.review.values import timestamps

Key = str | int | tuple[str, int]
State = dict[str, Any]
Keys = Collection[Any] | None
ACCOUNT, POLICY, ACCESS, FOLDER, REPORT, AUDIT = "account", "policy", "access", "folder", "report", "audit"
"""Kinds of links; those of access and reports go with their proposal when it is erased."""

AUDIT_BEFORE = "audit before"
"""Kind of the link that covers the entries of the audit log from before the chain did: one digest for all of them."""

_AT_ONCE = 1000
_POLICY = "second factor"
_OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class CoveredRecord:
    """Something in the database that the chain covers.

    Attributes:
        rows: Table of what has a key, and the names of the attributes whose change makes a link; all, if none.
        key_of: Gives the key of a row of that table.
        proposal_of: Gives the id of the proposal that a key belongs to; empty for what outlasts proposals.
        states: Yields key and state of what is there; of some keys only, if they are given.
        name: What a person calls it, by its key.
    """

    rows: type[Base]
    changing: frozenset[str]
    key_of: Callable[[Any], Key]
    proposal_of: Callable[[Any], str]
    states: Callable[[Connection, Keys], Iterator[tuple[Key, State]]]
    name: Callable[[Any], str]


def body_of(key: Key, state: State | None) -> State:
    """Return what a link holds of a state; None where there is none any more."""
    return {"key": list(key) if isinstance(key, tuple) else key, "state": state}


def read_body(body: Mapping[str, Any]) -> tuple[Key, State | None]:
    """Return the key and the state that a link holds."""
    key = body["key"]
    return (tuple(key) if isinstance(key, list) else key), body["state"]


def audit_digest(connection: Connection, until: int) -> tuple[int, str]:
    """Return how many entries of the audit log have a number up to this one, and a digest of them all."""
    digest, count = sha256(), 0
    query = select(*_AUDIT_COLUMNS).where(AuditRow.id <= until).order_by(AuditRow.id)
    for row in connection.execute(query):
        digest.update(canonical([row.id, _entry(row)]).encode())
        count += 1
    return count, digest.hexdigest()


_AUDIT_COLUMNS = (AuditRow.id, AuditRow.time, AuditRow.who, AuditRow.action, AuditRow.about, AuditRow.source)


def _entry(row: Any) -> str:
    fields = [timestamps.to_text(row.time), row.who, row.action, row.about, row.source]
    return sha256(canonical(fields).encode()).hexdigest()


def _accounts(connection: Connection, keys: Keys) -> Iterator[tuple[Key, State]]:
    query = select(UserRow.name, UserRow.role, UserRow.active, UserRow.password, UserRow.totp)
    for row in connection.execute(query if keys is None else query.where(UserRow.name.in_(keys))):
        secrets = {"password": _digest(row.password), "second_factor": _digest(row.totp)}
        yield row.name, {"role": row.role, "active": bool(row.active), **secrets}


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest() if secret else ""


def _policies(connection: Connection, _keys: Keys) -> Iterator[tuple[Key, State]]:
    """Yield whether everyone needs a second factor; nothing where they do not, as in a new store."""
    wanted = connection.scalars(select(StoreRow.second_factor)).one()
    if wanted != _OPTIONAL:
        yield _POLICY, {"value": wanted}


def _access(connection: Connection, keys: Keys) -> Iterator[tuple[Key, State]]:
    readers = _readers(connection, ReaderRow.proposal, ReaderRow.name, keys)
    query = select(ProposalRow.id, ProposalRow.digest, ProposalRow.submitted_by, ProposalRow.restricted)
    for row in connection.execute(query if keys is None else query.where(ProposalRow.id.in_(keys))):
        state = {"file": row.digest, "submitted_by": row.submitted_by, "restricted": bool(row.restricted)}
        yield row.id, {**state, "readers": sorted(readers.get(row.id, ()))}


def _folders(connection: Connection, keys: Keys) -> Iterator[tuple[Key, State]]:
    readers = _readers(connection, FolderReaderRow.folder, FolderReaderRow.name, keys)
    query = select(FolderRow.id, FolderRow.owner, FolderRow.restricted)
    for row in connection.execute(query if keys is None else query.where(FolderRow.id.in_(keys))):
        state = {"owner": row.owner, "restricted": bool(row.restricted)}
        yield row.id, {**state, "readers": sorted(readers.get(row.id, ()))}


def _readers(connection: Connection, owner: Any, name: Any, keys: Keys) -> dict[str, list[str]]:
    query, listed = select(owner, name), dict[str, list[str]]()
    for about, reader in connection.execute(query if keys is None else query.where(owner.in_(keys))):
        listed.setdefault(about, []).append(reader)
    return listed


def _reports(connection: Connection, keys: Keys) -> Iterator[tuple[Key, State]]:
    query = select(AnalysisRow.proposal, AnalysisRow.number, AnalysisRow.models, AnalysisRow.files)
    if keys is not None:
        query = query.where(AnalysisRow.proposal.in_({proposal for proposal, _ in keys}))
    for row in connection.execute(query):
        if keys is None or (row.proposal, row.number) in keys:
            yield (row.proposal, row.number), {"files": row.files, "models": row.models}


def _entries(connection: Connection, keys: Keys) -> Iterator[tuple[Key, State]]:
    query = select(*_AUDIT_COLUMNS)
    query = query.order_by(AuditRow.id) if keys is None else query.where(AuditRow.id.in_(keys))
    for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield row.id, {"entry": _entry(row)}


COVERED: dict[str, CoveredRecord] = {
    ACCOUNT: CoveredRecord(
        UserRow,
        frozenset({"name", "role", "active", "password", "totp"}),
        lambda row: row.name,
        lambda _: "",
        _accounts,
        lambda key: f"the account {key}",
    ),
    POLICY: CoveredRecord(
        StoreRow,
        frozenset({"second_factor"}),
        lambda _: _POLICY,
        lambda _: "",
        _policies,
        lambda _: "the requirement of a second factor",
    ),
    ACCESS: CoveredRecord(
        ProposalRow,
        frozenset({"digest", "submitted_by", "restricted", "readers"}),
        lambda row: row.id,
        str,
        _access,
        lambda key: f"the access to proposal {key}",
    ),
    FOLDER: CoveredRecord(
        FolderRow,
        frozenset({"owner", "restricted", "readers"}),
        lambda row: row.id,
        lambda _: "",
        _folders,
        lambda key: f"the access to folder {key}",
    ),
    REPORT: CoveredRecord(
        AnalysisRow,
        frozenset({"proposal", "number", "models", "files"}),
        lambda row: (row.proposal, row.number),
        lambda key: key[0],
        _reports,
        lambda key: f"the files of analysis {key[1]} of proposal {key[0]}",
    ),
    AUDIT: CoveredRecord(
        AuditRow,
        frozenset({"time", "who", "action", "about", "source"}),
        lambda row: row.id,
        lambda _: "",
        _entries,
        lambda key: f"entry {key} of the audit log",
    ),
}
"""By kind of link."""
