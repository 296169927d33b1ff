"""How many of the items of a proposal are decided: one count for every page, list and export."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from impact.review.decide.blinding import Blinding, blinding_of, visible_events
from impact.review.decide.conflict import FinalStatus, outcomes
from impact.review.decide.reading import Desk, may_compare
from impact.review.decide.status import DecisionStatus, effective_events, own_statuses
from impact.review.store import analyses, blobs, chain_links
from impact.review.store.access import visible_rows
from impact.review.store.store import Session, Store
from impact.review.store.tables import ProposalRow
from impact.review.values.decision import Action, Event, safeguard_id
from impact.review.values.refusals import StoreError
from impact.review.values.users import User

LOG = logging.getLogger("impact.review")


@dataclass(frozen=True, slots=True)
class DecisionCount:
    """Items of a proposal, findings and safeguards alike, and those of them that are decided for one person."""

    decided: int
    total: int

    @property
    def words(self) -> str:
        """Such as "7 of 31 items decided"."""
        return f"{self.decided} of {self.total} {'item' if self.total == 1 else 'items'} decided"

    @property
    def left(self) -> int:
        """How many are undecided."""
        return self.total - self.decided


def statuses_for(
    viewer: User, blinding: Blinding, own: Mapping[str, DecisionStatus], finals: Mapping[str, FinalStatus]
) -> dict[str, DecisionStatus]:
    """Return how items stand for a person: what holds for all, as far as they may read it.

    The word of a reviewer whose decisions are not opened yet comes before it.
    """
    settled = {name: final.status for name, final in finals.items()}
    return settled | dict(own) if viewer.decides and viewer.name not in blinding.opened else settled


def known_to(session: Session, viewer: User, row: ProposalRow) -> tuple[tuple[Event, ...], dict[str, DecisionStatus]]:
    """Return the decisions on a proposal that a person may read, oldest first, and how items stand for them by id."""
    events = chain_links.events(session, row.id)
    blinding = blinding_of(events, row.readings, signed=bool(chain_links.signatures(session, row.id)))
    visible = visible_events(events, viewer, blinding)
    finals = outcomes(visible, blinding) if may_compare(viewer, blinding) else {}
    return visible, statuses_for(viewer, blinding, own_statuses(visible, viewer.name), finals)


def count_of(desk: Desk, viewer: User) -> DecisionCount:
    """Return the count of a desk that was opened for a person."""
    known = statuses_for(viewer, desk.blinding, desk.own, desk.outcomes)
    return _count((subject.id for subject in desk.subjects), known)


def counts(store: Store, viewer: User, chosen: Iterable[str]) -> dict[str, DecisionCount]:
    """Return the count of each of these proposals that can be read and that a person may see, by its id."""
    wanted, counted = tuple(chosen), {}
    with store.reading() as session:
        for row in visible_rows(session, viewer, wanted) if wanted else ():
            try:
                if row.analyses:
                    counted[row.id] = _count_row(store.files, session, row, viewer)
            except StoreError as error:  # a damaged file costs its own count and not the list
                LOG.error("%s: %s", row.id, error)  # noqa: TRY400 (the message says it)
    return counted


def _count_row(files: Path, session: Session, row: ProposalRow, viewer: User) -> DecisionCount:
    found, clauses = _found(files, dict(analyses.find(session, row).files)[analyses.REPORT])
    visible, known = known_to(session, viewer, row)
    return _count(dict.fromkeys((*found, *_added(visible, clauses))), known)


def _count(items: Iterable[str], known: Mapping[str, DecisionStatus]) -> DecisionCount:
    listed = tuple(items)
    return DecisionCount(sum(name in known and known[name].decided for name in listed), len(listed))


def _added(events: Iterable[Event], clauses: frozenset[str]) -> list[str]:
    decisions = [event.decision for event in effective_events(events)]
    return [item.subject for item in decisions if item.action is Action.ADD and item.clause in clauses]


@lru_cache(maxsize=1000)
def _found(files: Path, digest: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the ids of the items of a report and of its clauses, read without making a `Report` of it."""
    clauses = json.loads(blobs.get(files, digest))["clauses"]
    found: dict[str, None] = {}
    for clause in clauses:
        found |= dict.fromkeys(finding["id"] for finding in clause["findings"])
        found |= dict.fromkeys(safeguard_id(clause["id"], row["safeguard"]) for row in clause["safeguards"])
    return tuple(found), frozenset(clause["id"] for clause in clauses)
