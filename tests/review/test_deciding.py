"""Two reviewers decide: blind, then together; in each kind of database."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from impact.records import ReviewVerdict
from impact.review.decide import reading, record, signing
from impact.review.decide.conflict import Difference
from impact.review.decide.count import count_of, counts
from impact.review.decide.record import DecisionDraft
from impact.review.store import chain_links, proposals
from impact.review.store.store import Store
from impact.review.values.decision import Action, Correction, SubjectKind, safeguard_id
from impact.review.values.proposal import StoredProposal
from impact.review.values.refusals import ConflictError, ForbiddenError, RefusedError, UnknownError
from impact.review.values.users import Role, User

Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]
Clock = Callable[[], datetime]


class Table:
    """Ann, Bob and an officer at one proposal of two readings."""

    def __init__(self, store: Store, person: Person, submitted: Submitted, later: Clock) -> None:
        self.store, self.later = store, later
        self.ann, self.bob = person(store, "Ann"), person(store, "Bob")
        self.officer = person(store, "Oz", Role.OFFICER)
        self.proposal = submitted(store, self.officer, readings=2).id
        self.findings = [subject.id for subject in self.desk(self.ann).subjects]

    def desk(self, viewer: User) -> reading.Desk:
        return reading.open_desk(self.store, viewer, self.proposal)

    def say(self, who: User, action: Action, place: int = 0, **more: Any) -> int:
        subject = "" if action is Action.ADD else self.findings[place]
        defaults = {"text": "So."} if action in {Action.REJECT, Action.NOTE} else {}
        word = DecisionDraft(action, subject, **{**defaults, **more})
        return record.decide(self.store, who, self.proposal, word, self.later()).seq

    def done(self, *people: User) -> None:
        for person in people:
            record.finish(self.store, person, self.proposal, self.later())

    def undo(self, who: User, seq: int = 0) -> int:
        return record.undo(self.store, who, self.proposal, self.later(), seq).decision.undoes


@pytest.fixture
def table(store: Store, person: Person, submitted: Submitted, later: Clock) -> Table:
    return Table(store, person, submitted, later)


def test_a_decision_holds_for_who_made_it(table: Table) -> None:
    table.say(table.ann, Action.REJECT, text="It is a definition.")

    mine = table.desk(table.ann).own[table.findings[0]]

    assert (mine.verdict, mine.text, mine.by) == (ReviewVerdict.REJECTED, "It is a definition.", "Ann")


def test_findings_come_before_safeguards_which_are_decided_likewise(table: Table) -> None:
    safeguard = safeguard_id("1.1", "redress")

    assert table.findings[-1] == safeguard
    table.say(table.ann, Action.CORRECT, -1, correction=Correction(label="transparency"))
    assert table.desk(table.ann).own[safeguard].effective_label == "transparency"


def test_nothing_of_another_reviewer_is_read_before_both_are_done(table: Table) -> None:
    table.say(table.bob, Action.REJECT)
    table.say(table.bob, Action.ADD, clause="1.2", mechanism="shut-off")
    table.say(table.ann, Action.ACCEPT)

    table.done(table.ann)
    for viewer in (table.ann, table.officer):
        seen = table.desk(viewer)
        assert {event.decision.reviewer for event in seen.events} <= {viewer.name}
        assert [subject.id for subject in seen.subjects] == table.findings
        assert (seen.outcomes, seen.conflicts) == ({}, ())

    table.done(table.bob)
    for viewer in (table.ann, table.bob, table.officer):
        assert {event.decision.reviewer for event in table.desk(viewer).events} == {"Ann", "Bob"}


def test_one_of_two_readings_opens_nothing(table: Table) -> None:
    table.say(table.ann, Action.ACCEPT)
    table.done(table.ann)

    assert table.desk(table.officer).outcomes == {}
    assert not table.desk(table.ann).blinding.opened


def test_who_begins_later_is_blind_and_unread_until_done(table: Table, person: Person) -> None:
    for who in (table.ann, table.bob):
        table.say(who, Action.ACCEPT)
    table.done(table.ann, table.bob)
    cid = person(table.store, "Cid")
    table.say(cid, Action.REJECT)

    assert {event.decision.reviewer for event in table.desk(cid).events} == {"Cid"}
    assert {event.decision.reviewer for event in table.desk(table.ann).events} == {"Ann", "Bob"}
    table.done(cid)
    assert {event.decision.reviewer for event in table.desk(table.ann).events} == {"Ann", "Bob", "Cid"}


def test_who_is_done_decides_no_more_until_it_is_opened_or_taken_back(table: Table) -> None:
    table.say(table.ann, Action.ACCEPT)
    table.done(table.ann)

    with pytest.raises(ConflictError, match="finished"):
        table.say(table.ann, Action.REJECT)
    table.undo(table.ann)
    table.say(table.ann, Action.REJECT)

    assert table.desk(table.ann).own[table.findings[0]].verdict is ReviewVerdict.REJECTED


def test_undo_takes_back_the_last_and_then_the_one_before(table: Table) -> None:
    first, second = table.say(table.ann, Action.ACCEPT), table.say(table.ann, Action.REJECT)

    assert [table.undo(table.ann), table.undo(table.ann)] == [second, first]
    assert table.desk(table.ann).own == {}
    with pytest.raises(UnknownError):
        table.undo(table.ann)


def test_undo_takes_back_a_chosen_event_but_not_of_another(table: Table) -> None:
    first = table.say(table.ann, Action.ACCEPT)
    table.say(table.ann, Action.REJECT, 1)

    with pytest.raises(UnknownError):
        table.undo(table.bob, first)
    table.undo(table.ann, first)

    assert list(table.desk(table.ann).own) == [table.findings[1]]


def test_what_was_decided_at_once_is_undone_at_once_and_nothing_else(table: Table) -> None:
    table.say(table.ann, Action.NOTE, 0)
    drafts = [DecisionDraft(Action.ACCEPT, subject) for subject in table.findings[:2]]
    act = record.decide_all(table.store, table.ann, table.proposal, drafts, table.later())

    undone = record.undo_act(table.store, table.ann, table.proposal, table.later())

    assert [event.decision.undoes for event in undone] == [event.seq for event in act]
    assert {name: status.verdict for name, status in table.desk(table.ann).own.items()} == {
        table.findings[0]: ReviewVerdict.UNDECIDED
    }


def test_what_was_said_blind_stands_after_opening(table: Table) -> None:
    blind = table.say(table.ann, Action.ACCEPT)
    table.say(table.bob, Action.REJECT)
    table.done(table.ann, table.bob)

    with pytest.raises(ConflictError, match="cannot be undone"):
        table.undo(table.ann, blind)
    with pytest.raises(UnknownError):
        table.undo(table.ann)


def test_conflicts_are_listed_and_settled_by_a_new_word(table: Table) -> None:
    table.say(table.ann, Action.ACCEPT, 0)
    table.say(table.bob, Action.REJECT, 0)
    table.say(table.ann, Action.CORRECT, 1, correction=Correction(severity=(1, 1, 1)))
    table.say(table.bob, Action.ACCEPT, 1)
    table.say(table.ann, Action.ACCEPT, 2)
    table.done(table.ann, table.bob)

    found = {conflict.subject: conflict for conflict in table.desk(table.ann).conflicts}
    assert [found[name].difference for name in table.findings[:3]] == [
        Difference.VERDICT,
        Difference.CORRECTION,
        Difference.PARTIAL,
    ]
    assert [found[name].blocks for name in table.findings[:3]] == [True, True, False]
    table.say(table.bob, Action.ACCEPT, 0)
    final = table.desk(table.officer).outcomes[table.findings[0]]
    assert (final.status.verdict, final.by) == (ReviewVerdict.ACCEPTED, ("Bob",))
    assert final.conflict is not None
    assert not final.conflict.blocks


def test_taking_back_what_settled_a_conflict_opens_it_again(table: Table) -> None:
    table.say(table.ann, Action.ACCEPT)
    table.say(table.bob, Action.REJECT)
    table.done(table.ann, table.bob)
    table.say(table.ann, Action.REJECT)
    table.undo(table.ann)

    assert [conflict.blocks for conflict in table.desk(table.bob).conflicts] == [True]


def test_what_both_add_is_one_finding(table: Table) -> None:
    for who in (table.ann, table.bob):
        table.say(who, Action.ADD, clause="1.2", mechanism="shut-off")
    table.done(table.ann, table.bob)

    seen = table.desk(table.ann)

    assert len(seen.subjects) == len(table.findings) + 1
    assert seen.conflicts == ()
    assert seen.outcomes[seen.subjects[-1].id].by == ("Ann", "Bob")


def test_a_missed_safeguard_gets_the_id_that_it_has_where_the_program_sees_it(table: Table) -> None:
    for who in (table.ann, table.bob):
        table.say(who, Action.ADD, clause="1.2", mechanism="redress")
    table.done(table.ann, table.bob)

    seen = table.desk(table.ann)

    assert (seen.subjects[-1].id, seen.subjects[-1].kind) == (safeguard_id("1.2", "redress"), SubjectKind.SAFEGUARD)
    assert seen.outcomes[seen.subjects[-1].id].by == ("Ann", "Bob")


def test_an_added_finding_of_another_is_decided_on_once_it_is_opened(table: Table) -> None:
    table.say(table.ann, Action.ADD, clause="1.2", mechanism="shut-off")
    table.say(table.bob, Action.ACCEPT)
    added = table.desk(table.ann).subjects[-1].id
    with pytest.raises(UnknownError):
        record.decide(table.store, table.bob, table.proposal, DecisionDraft(Action.ACCEPT, added), table.later())
    table.done(table.ann, table.bob)

    record.decide(table.store, table.bob, table.proposal, DecisionDraft(Action.REJECT, added, "No."), table.later())

    assert table.desk(table.ann).outcomes[added].status.verdict is ReviewVerdict.REJECTED


@pytest.mark.parametrize(
    ("word", "error"),
    [
        (DecisionDraft(Action.ACCEPT, "nothing"), UnknownError),
        (DecisionDraft(Action.ADD, clause="9.9", mechanism="shut-off"), UnknownError),
        (DecisionDraft(Action.ADD, clause="1.1", mechanism="witchcraft"), UnknownError),
        (DecisionDraft(Action.ADD, clause="1.1"), RefusedError),
        (DecisionDraft(Action.ADD, clause="1.1", mechanism="shut-off"), RefusedError),
        (
            DecisionDraft(Action.ADD, clause="1.2", mechanism="redress", correction=Correction(severity=(1, 1, 1))),
            RefusedError,
        ),
        (DecisionDraft(Action.REJECT, "FIRST"), RefusedError),
        (DecisionDraft(Action.CORRECT, "FIRST"), RefusedError),
        (DecisionDraft(Action.CORRECT, "FIRST", correction=Correction(label="redress")), UnknownError),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(
    table: Table, word: DecisionDraft, error: type[Exception]
) -> None:
    if word.subject == "FIRST":
        word = DecisionDraft(word.action, table.findings[0], word.text, word.correction)
    before = chain_links.verify(table.store)

    with pytest.raises(error):
        record.decide(table.store, table.ann, table.proposal, word, table.later())

    assert table.desk(table.ann).events == ()
    assert chain_links.verify(table.store) == before


def test_an_officer_does_not_decide(table: Table) -> None:
    with pytest.raises(ForbiddenError):
        table.say(table.officer, Action.ACCEPT)
    with pytest.raises(ForbiddenError):
        table.done(table.officer)


def test_everything_said_is_in_the_chain_and_the_chain_verifies(table: Table) -> None:
    before, _ = chain_links.verify(table.store)
    table.say(table.ann, Action.ACCEPT)
    table.say(table.bob, Action.NOTE, text="é \0 \ud800 😀")
    table.undo(table.bob)

    head, faults = chain_links.verify(table.store)

    assert (head.seq - before.seq, faults) == (3, ())


def test_both_sign_one_version_and_a_new_decision_begins_another(table: Table) -> None:
    table.say(table.ann, Action.ACCEPT)
    table.say(table.bob, Action.ACCEPT)
    table.done(table.ann, table.bob)

    first = [signing.sign(table.store, who, table.proposal, table.later()) for who in (table.ann, table.bob)]
    table.say(table.ann, Action.REJECT, 1)
    second = signing.sign(table.store, table.ann, table.proposal, table.later())

    assert [one.version for one in (*first, second)] == [1, 1, 2]
    assert first[0].digest == first[1].digest != second.digest
    held = signing.signed_version(table.store, table.officer, table.proposal, 1)
    assert [one["name"] for one in held["signatures"]] == ["Ann", "Bob"]
    assert [(one["subject"], one["verdict"]) for one in held["holds"]] == [(table.findings[0], "accepted")]
    assert held["report"]["schema"] == "impact-report/1"


def test_the_latest_version_of_each_proposal_is_told_with_all_names_to_those_who_may_see_it(
    table: Table, person: Person
) -> None:
    table.say(table.ann, Action.ACCEPT)
    table.done(table.ann)
    table.say(table.bob, Action.ACCEPT)
    table.done(table.bob)
    signing.sign(table.store, table.ann, table.proposal, table.later())
    table.say(table.ann, Action.REJECT, 1)
    for who in (table.ann, table.bob):
        signing.sign(table.store, who, table.proposal, table.later())
    eve = person(table.store, "Eve")

    before = signing.latest_signatures(table.store, eve, (table.proposal, "0" * 16))
    proposals.restrict(table.store, table.officer, table.proposal, ("Ann",), table.later())

    assert {key: [(one.version, one.name) for one in each] for key, each in before.items()} == {
        table.proposal: [(2, "Ann"), (2, "Bob")]
    }
    assert signing.latest_signatures(table.store, eve, (table.proposal,)) == {}


def test_nobody_signs_twice_or_over_an_open_conflict_or_before_opening(table: Table) -> None:
    table.say(table.ann, Action.ACCEPT)
    table.say(table.bob, Action.REJECT)
    with pytest.raises(ForbiddenError):
        signing.sign(table.store, table.ann, table.proposal, table.later())
    table.done(table.ann, table.bob)
    with pytest.raises(ConflictError, match="disagree"):
        signing.sign(table.store, table.ann, table.proposal, table.later())
    table.say(table.ann, Action.REJECT)

    signing.sign(table.store, table.ann, table.proposal, table.later())

    with pytest.raises(ConflictError, match="already"):
        signing.sign(table.store, table.ann, table.proposal, table.later())


def test_once_signed_it_is_read_by_all_who_may_see_it(table: Table, person: Person) -> None:
    table.say(table.ann, Action.ACCEPT)
    table.say(table.bob, Action.ACCEPT)
    table.done(table.ann, table.bob)
    cid = person(table.store, "Cid")
    assert table.desk(cid).outcomes == {}

    signing.sign(table.store, table.ann, table.proposal, table.later())

    assert table.desk(cid).outcomes[table.findings[0]].status.verdict is ReviewVerdict.ACCEPTED


def test_a_reviewer_who_comes_after_the_signature_counts_what_holds_and_their_own_word_before_it(
    table: Table, person: Person
) -> None:
    table.say(table.ann, Action.ACCEPT)
    table.say(table.bob, Action.ACCEPT)
    table.done(table.ann, table.bob)
    cid = person(table.store, "Cid")
    assert count_of(table.desk(cid), cid).decided == 0
    signing.sign(table.store, table.ann, table.proposal, table.later())

    assert count_of(table.desk(cid), cid).decided == count_of(table.desk(table.ann), table.ann).decided == 1
    assert count_of(table.desk(cid), cid) == counts(table.store, cid, (table.proposal,))[table.proposal]

    table.say(cid, Action.REJECT, 1)

    assert count_of(table.desk(cid), cid).decided == 2
