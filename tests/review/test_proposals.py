"""Find proposals, keep them from others, filter them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from impact.records import Level
from impact.review.decide import reading, record
from impact.review.decide.record import DecisionDraft
from impact.review.store import accounts, analyses, proposals
from impact.review.store.store import Store
from impact.review.values.decision import Action
from impact.review.values.proposal import ProposalQuery, State, StoredProposal, Submission
from impact.review.values.refusals import ConflictError, ForbiddenError, UnknownError
from impact.review.values.users import Role, User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]


def test_the_same_file_is_there_once(store: Store, person: Person) -> None:
    ann = person(store, "Ann")
    first, _ = proposals.submit(store, ann, Submission("a.txt", b"one"), NOW)

    second, new = proposals.submit(store, ann, Submission("b.txt", b"one"), NOW)

    assert (second.id, new) == (first.id, False)


def test_a_restricted_proposal_is_there_for_those_named_and_administrators_only(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann, bob, eve = person(store, "Ann"), person(store, "Bob"), person(store, "Eve")
    root = person(store, "Root", Role.ADMINISTRATOR)
    made = submitted(store, ann, restricted_to=("Bob",))

    for viewer in (ann, bob, root):
        assert proposals.find(store, viewer, ProposalQuery("quays")).total == 1
        assert proposals.get(store, viewer, made.id).restricted_to == ("Ann", "Bob")
    assert proposals.find(store, eve, ProposalQuery("quays")).total == 0
    assert proposals.facets(store, eve) == {"group": (), "right": (), "mechanism": ()}
    for ask in (
        lambda: proposals.get(store, eve, made.id),
        lambda: proposals.get(store, eve, made.id[:6]),
        lambda: proposals.original(store, eve, made.id),
        lambda: analyses.read_file(store, eve, made.id, analyses.REPORT),
        lambda: analyses.list_all(store, eve, made.id),
        lambda: reading.open_desk(store, eve, made.id),
        lambda: reading.list_events(store, eve, [made.id]),
        lambda: record.decide(store, eve, made.id, DecisionDraft(Action.ACCEPT, "x"), NOW),
    ):
        with pytest.raises(UnknownError, match="there is no proposal"):
            ask()


def test_who_submits_a_file_that_is_hidden_from_them_gets_their_own(
    store: Store, person: Person, submitted: Submitted
) -> None:
    hidden = submitted(store, person(store, "Ann"), restricted_to=())

    made, new = proposals.submit(store, person(store, "Eve"), Submission("a.txt", b"one"), NOW)

    assert new
    assert made.id != hidden.id


def test_only_the_submitter_or_an_administrator_restricts(store: Store, person: Person, submitted: Submitted) -> None:
    ann, bob = person(store, "Ann"), person(store, "Bob")
    made = submitted(store, ann)

    with pytest.raises(ForbiddenError):
        proposals.restrict(store, bob, made.id, ["Bob"], NOW)
    with pytest.raises(UnknownError, match="Zoe"):
        proposals.restrict(store, ann, made.id, ["Zoe"], NOW)
    assert proposals.restrict(store, ann, made.id, [], NOW).restricted_to == ("Ann",)
    assert proposals.restrict(store, ann, made.id, None, NOW).restricted_to is None


def test_filters_and_order_hold_together(store: Store, person: Person, submitted: Submitted) -> None:
    ann = person(store, "Ann")
    one = submitted(store, ann, b"one", group="SG1", title="Beta")
    two = submitted(store, ann, b"two", group="SG2", title="Alpha", without=("1.1",))
    waits, _ = proposals.submit(store, ann, Submission("w.txt", b"w"), NOW + timedelta(hours=1))

    def ids(**asked: object) -> set[str]:
        return {found.id for found in proposals.find(store, ann, ProposalQuery(**asked)).proposals}  # type: ignore[arg-type]

    assert ids(group="SG2") == {two.id}
    assert ids(mechanism="shut-off") == {one.id}
    assert ids(right="privacy", level=Level.HIGH) == {one.id, two.id}
    assert ids(state=State.QUEUED) == {waits.id}
    assert ids(mechanism="shut-off", group="SG2") == set()
    titles = [found.title for found in proposals.find(store, ann, ProposalQuery(order="title")).proposals]
    assert titles == ["", "Alpha", "Beta"]
    newest = proposals.find(store, ann, ProposalQuery(limit=1))
    assert (newest.total, newest.proposals[0].id) == (3, waits.id)
    assert dict(proposals.facets(store, ann)["mechanism"]) == {
        "identity-binding": 2,
        "location-tracking": 2,
        "shut-off": 1,
    }


def test_the_beginning_of_an_id_is_enough(light: Store, person: Person, submitted: Submitted) -> None:
    ann = person(light, "Ann")
    made = submitted(light, ann)

    assert proposals.get(light, ann, made.id[:4]).id == made.id
    for odd in (made.id[:3], "", "%%%%", "____", "\0" * 5):
        with pytest.raises(UnknownError):
            proposals.get(light, ann, odd)


def test_another_analysis_keeps_decisions_with_their_findings(
    store: Store,
    person: Person,
    submitted: Submitted,
    report: Callable[..., dict[str, object]],
    analyze: Callable[..., None],
) -> None:
    ann = person(store, "Ann")
    made = submitted(store, ann, without=("2.1",))
    off, tracking = [subject.id for subject in reading.open_desk(store, ann, made.id).subjects[:2]]
    for subject in (off, tracking):
        record.decide(store, ann, made.id, DecisionDraft(Action.ACCEPT, subject), NOW)

    proposals.analyze_again(store, ann, made.id, {"by": "model"}, NOW)
    with pytest.raises(ConflictError):
        proposals.analyze_again(store, ann, made.id, {}, NOW)
    analyze(store, made, report(without=("1.2",), severity=(5, 5, 5)))

    desk = reading.open_desk(store, ann, made.id)
    changed = reading.analysis_changes(store, ann, made.id, 1)
    assert desk.proposal.analyses == 2
    assert desk.own[off].decided
    assert [one.subject for one in desk.vanished] == [tracking]
    assert [(one.after.id, one.changed, one.asks) for one in changed.carried if one.changed] == [
        (off, ("triple",), True)
    ]
    assert [(one.id, held.verdict.value if held else "") for one, held in changed.vanished] == [(tracking, "accepted")]
    assert [one.label for one in changed.new] == ["identity-binding"]


def test_an_account_that_is_closed_decides_no_more(light: Store, person: Person, submitted: Submitted) -> None:
    person(light, "Root", Role.ADMINISTRATOR)
    made = submitted(light, person(light, "Ann"))
    closed = accounts.change_user(light, "ann", active=False)

    with pytest.raises(ForbiddenError):
        record.finish(light, closed, made.id, NOW)
