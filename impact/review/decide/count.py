"""How many of the items of a proposal are decided: one count for every page, list and export."""

import logging
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from impact.review.decide import summary
from impact.review.decide.blinding import Blinding
from impact.review.decide.conflict import FinalStatus
from impact.review.decide.reading import Desk
from impact.review.decide.status import DecisionStatus
from impact.review.store import analyses, extracts
from impact.review.store.access import clauses_of, find_rows
from impact.review.store.store import Session, Store
from impact.review.store.tables import ProposalRow
from impact.review.values.refusals import StoreError
from impact.review.values.subject import subjects
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
    viewer: User, blinding: Blinding, decisions: Mapping[str, DecisionStatus], finals: Mapping[str, FinalStatus]
) -> dict[str, DecisionStatus]:
    """Return how items stand for a person: what holds for all, as far as they may read it.

    The word of a reviewer whose decisions are not opened yet comes before it.
    """
    settled = {name: final.status for name, final in finals.items()}
    return settled | dict(decisions) if viewer.decides and viewer.name not in blinding.opened else settled


def count_of(desk: Desk, viewer: User) -> DecisionCount:
    """Return the count of a desk that was opened for a person."""
    statuses = statuses_for(viewer, desk.blinding, desk.own, desk.outcomes)
    decided = {name for name, status in statuses.items() if status.decided}
    return _count([subject.id for subject in desk.subjects], decided)


def _count(items: Collection[str], decided: Container[str]) -> DecisionCount:
    return DecisionCount(sum(name in decided for name in items), len(items))


def counts(store: Store, viewer: User, chosen: Iterable[str]) -> dict[str, DecisionCount]:
    """Return the count of each of these proposals that can be read and that a person may see, by its id."""
    with store.reading() as session:
        rows = find_rows(session, viewer, chosen)
        found = _item_ids(store, session, [row for row in rows if row.analyses])
        summaries = summary.read(session, {row.id: row.readings for row in rows if row.id in found})
        additions = {
            (name, *added) for name, review_summary in summaries.items() for added in review_summary.added(viewer)
        }
        present = clauses_of(session, {(name, clause) for name, _, clause in additions})
        for name, subject, clause in sorted(additions):
            if (name, clause) in present:
                found[name].setdefault(subject)
        decided = {name: review_summary.decided(viewer) for name, review_summary in summaries.items()}
    return {name: _count(items, decided.get(name, ())) for name, items in found.items()}


def keep_items(store: Store) -> None:
    """Keep which items the reports of all proposals have, where that is not kept yet."""
    with store.reading() as session:
        rows = session.scalars(select(ProposalRow).where(ProposalRow.analyses > 0)).all()
        kept = extracts.read(session, analyses.ITEMS, {row.id: row.analyses for row in rows})
        missing = {row.id: row for row in rows if row.id not in kept}
        items_by_proposal = {name: list(items) for name, items in _reported(store, session, missing.values())}
    extracts.keep_all(
        store, analyses.ITEMS, {name: (missing[name].analyses, items) for name, items in items_by_proposal.items()}
    )


def _item_ids(store: Store, session: Session, rows: Sequence[ProposalRow]) -> dict[str, dict[str, None]]:
    """Return the ids of the items of the latest report of each proposal that has one that can be read."""
    kept = extracts.read(session, analyses.ITEMS, {row.id: row.analyses for row in rows})
    found = {name: dict.fromkeys(items) for name, items in kept.items()}
    return found | dict(_reported(store, session, [row for row in rows if row.id not in kept]))


def _reported(store: Store, session: Session, rows: Iterable[ProposalRow]) -> Iterator[tuple[str, dict[str, None]]]:
    """Yield proposals with the ids of the items of their reports; a damaged file costs its own count alone."""
    for row in rows:
        try:
            report = analyses.load_report(store, session, row)
            yield row.id, dict.fromkeys(subject.id for subject in subjects(report))
        except StoreError as error:
            LOG.error("%s: %s", row.id, error)  # noqa: TRY400 (the message says it)
