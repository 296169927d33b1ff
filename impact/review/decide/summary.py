"""What lists, searches and news need of the decisions on proposals, without reading all of their chains."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from impact.records import ReviewVerdict
from impact.review.decide.blinding import Blinding, blinding_of
from impact.review.decide.conflict import outcomes
from impact.review.decide.status import DecisionStatus, effective_events, own_statuses
from impact.review.store import chain_links, extracts
from impact.review.store.store import Session, Store
from impact.review.store.tables import ProposalRow
from impact.review.values.decision import Action, Event, Signature, SubjectKind, correction_from_row, correction_row
from impact.review.values.users import User

KIND = "decisions, 1"
"""Kind of the extract; another number where its content changes, so that the older ones are made anew."""

LINKS = (chain_links.DECISION, chain_links.SIGNATURE)
AT_ONCE = 200
"""Proposals whose chains are in memory at a time. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """The decisions on a proposal without the words of reviewers.

    Attributes:
        wanted: How many reviewers are to be done before anything is opened.
        signed: Number of the link of the first signature; 0 where nobody signed.
        stages: How far the reviewers were from a link on: its number, and the names of those who had begun, were done
            and were opened; in the order of the chain.
        finals: What holds for all once it is opened, by id of the item.
        own: What each reviewer said whose decisions are not opened, by id of the item.
        items: Numbers of the decisions on items that nobody took back, by reviewer.
        additions: Id and clause of each item that a reviewer added, by reviewer.
    """

    wanted: int
    signed: int
    stages: Sequence[tuple[int, Sequence[str], Sequence[str], Sequence[str]]]
    finals: Mapping[str, Mapping[str, Any]]
    own: Mapping[str, Mapping[str, Mapping[str, Any]]]
    items: Mapping[str, Sequence[int]]
    additions: Mapping[str, Sequence[tuple[str, str]]]

    def blinding(self, until: int | None = None) -> Blinding:
        """Return how far the reviewers are, or were when the chain ended with a link."""
        passed = (stage for stage in reversed(self.stages) if until is None or stage[0] <= until)
        _, begun, done, opened = next(passed, (0, (), (), ()))
        signed = self.signed > 0 and (until is None or self.signed <= until)
        return Blinding(tuple(begun), frozenset(done), frozenset(opened), self.wanted, signed)

    def decided(self, viewer: User) -> frozenset[str]:
        """Return the ids of the items that are decided as far as a person may know."""
        return frozenset(row["subject"] for row in self._rows(viewer))

    def statuses(self, viewer: User, kind: SubjectKind, but: ReviewVerdict | None = None) -> Iterator[DecisionStatus]:
        """Yield how decided items of a kind stand for a person, as `count.statuses_for` has it.

        Those with the verdict `but` are left out.
        """
        return (_status(row) for row in self._rows(viewer) if row["kind"] == kind and row["verdict"] != but)

    def added(self, viewer: User) -> Iterator[tuple[str, str]]:
        """Yield id and clause of what was added by people whose decisions a person may read."""
        blinding = self.blinding()
        for name, rows in self.additions.items():
            if blinding.shows(viewer, name):
                yield from ((subject, clause) for subject, clause in rows)

    def fresh(self, viewer: User, seen: int) -> int:
        """Return how many decisions of others a person may read who could not when the chain ended with a link."""
        now, then = self.blinding(), self.blinding(seen)
        return sum(
            seq > seen or not then.shows(viewer, name)
            for name, numbers in self.items.items()
            if name != viewer.name and now.shows(viewer, name)
            for seq in numbers
        )

    def _rows(self, viewer: User) -> list[Mapping[str, Any]]:
        """Return the decided items for a person: what holds for all, but before it what a blind reviewer said."""
        blinding = self.blinding()
        opened = blinding.opened
        comparing = bool(opened) and all(blinding.shows(viewer, name) for name in opened)
        blind = viewer.decides and viewer.name not in opened
        decisions = self.own.get(viewer.name, {}) if blind else {}
        settled = self.finals if comparing else {}
        rows = ({**settled, **decisions} if decisions else settled).values()
        return [row for row in rows if row["verdict"] != ReviewVerdict.UNDECIDED]


def summarize(wanted: int, events: Iterable[Event], signatures: Sequence[Signature]) -> ReviewSummary:
    """Return the summary of all decisions on a proposal."""
    sequence = tuple(events)
    effective = effective_events(sequence)
    stages = tuple(_stages(sequence, wanted))
    signed = signatures[0].seq if signatures else 0
    blinding = blinding_of(sequence, wanted, signed=bool(signed))
    blind = [name for name in blinding.begun if name not in blinding.opened]
    return ReviewSummary(
        wanted=wanted,
        signed=signed,
        stages=stages,
        finals=_rows((name, final.status) for name, final in outcomes(sequence, blinding).items()),
        own={name: _rows(own_statuses(sequence, name).items()) for name in blind},
        items=_by_reviewer(effective, lambda event: bool(event.decision.subject), lambda event: event.seq),
        additions=_by_reviewer(
            effective,
            lambda event: event.decision.action is Action.ADD,
            lambda event: (event.decision.subject, event.decision.clause),
        ),
    )


def read(session: Session, readings: Mapping[str, int]) -> dict[str, ReviewSummary]:
    """Return the summaries of those of these proposals on which anything was decided.

    The proposals come with how many reviewers they want.
    """
    return {proposal: summary for proposal, _, summary in _read(session, readings)}


def keep(session: Session, proposal: str, wanted: int, events: Iterable[Event]) -> None:
    """Keep the summary of a proposal after a decision or signature; the events are all there are, in order."""
    end = chain_links.ends(session, LINKS, [proposal]).get(proposal, 0)
    summary = summarize(wanted, events, chain_links.signatures(session, proposal))
    extracts.keep(session, KIND, proposal, end, _row(summary))


def keep_all(store: Store) -> None:
    """Keep the summaries of all proposals that are not kept yet."""
    with store.reading() as session:
        rows = session.execute(select(ProposalRow.id, ProposalRow.readings))
        readings = {name: wanted for name, wanted in rows}  # noqa: C416 (mypy reads rows as no pairs)
        ends = _ends(session, readings)
        missing = sorted(ends.keys() - extracts.read(session, KIND, ends).keys())
    for start in range(0, len(missing), AT_ONCE):
        with store.reading() as session:
            part = {proposal: readings[proposal] for proposal in missing[start : start + AT_ONCE]}
            summaries = {proposal: (end, _row(summary)) for proposal, end, summary in _read(session, part)}
        extracts.keep_all(store, KIND, summaries)


def _read(session: Session, readings: Mapping[str, int]) -> Iterator[tuple[str, int, ReviewSummary]]:
    """Yield each proposal with the last link that its summary has taken in, and the summary."""
    ends = _ends(session, readings)
    kept = extracts.read(session, KIND, ends)
    for proposal, row in kept.items():
        yield proposal, ends[proposal], ReviewSummary(**row)
    missing = [proposal for proposal in ends if proposal not in kept]
    for start in range(0, len(missing), AT_ONCE):
        histories = chain_links.histories(session, missing[start : start + AT_ONCE])
        for proposal, (events, signatures) in histories.items():
            yield proposal, ends[proposal], summarize(readings[proposal], events, signatures)


def _ends(session: Session, readings: Mapping[str, int]) -> dict[str, int]:
    ends = chain_links.ends(session, LINKS, readings)
    return {proposal: end for proposal, end in ends.items() if proposal in readings}


def _stages(events: Sequence[Event], wanted: int) -> Iterator[tuple[int, Sequence[str], Sequence[str], Sequence[str]]]:
    """Yield how far reviewers were, from each link on that changed it."""
    before = blinding_of((), wanted, signed=False)
    for place, event in enumerate(events, 1):
        decision = event.decision
        if decision.action in {Action.DONE, Action.UNDO} or decision.reviewer not in before.begun:
            now = blinding_of(events[:place], wanted, signed=False)
            if now != before:
                yield event.seq, now.begun, sorted(now.done), sorted(now.opened)
            before = now


def _by_reviewer(
    events: Iterable[Event], counts: Callable[[Event], bool], value: Callable[[Event], Any]
) -> dict[str, list[Any]]:
    listed: dict[str, list[Any]] = {}
    for event in events:
        if counts(event):
            listed.setdefault(event.decision.reviewer, []).append(value(event))
    return listed


def _rows(statuses: Iterable[tuple[str, DecisionStatus]]) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "subject": status.subject,
            "kind": status.kind.value,
            "clause": status.clause,
            "label": status.label,
            "verdict": status.verdict.value,
            **({"correction": correction_row(status.correction)} if status.correction else {}),
        }
        for name, status in statuses
    }


def _status(row: Mapping[str, Any]) -> DecisionStatus:
    about = row["subject"], SubjectKind(row["kind"]), row["clause"], row["label"], ReviewVerdict(row["verdict"])
    correction = row.get("correction")
    return DecisionStatus(*about, correction=correction_from_row(correction)) if correction else DecisionStatus(*about)


def _row(summary: ReviewSummary) -> dict[str, Any]:
    return {name: getattr(summary, name) for name in ReviewSummary.__slots__}
