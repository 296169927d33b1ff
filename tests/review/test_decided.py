"""What a file to send follows: the version that was signed, or what holds now for the person who asks."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from impact.records import ReviewVerdict
from impact.review.decide import reading, record, signing
from impact.review.decide.count import count_of
from impact.review.decide.decided import DecidedProposal, decided
from impact.review.decide.record import DecisionDraft
from impact.review.store.store import Store
from impact.review.values.decision import Action
from impact.review.values.refusals import UnknownError
from impact.review.values.users import User


class Review:
    """One proposal with its reviewers."""

    def __init__(self, store: Store, proposal: str, later: Callable[[], datetime]) -> None:
        self.store, self.proposal, self.later = store, proposal, later

    def desk(self, viewer: User) -> reading.Desk:
        return reading.open_desk(self.store, viewer, self.proposal)

    def decided(self, viewer: User, version: int = 0) -> DecidedProposal:
        return decided(self.store, viewer, self.desk(viewer), version)

    def say(self, who: User, action: Action, place: int = 0, **more: Any) -> None:
        subject = "" if action is Action.ADD else self.desk(who).subjects[place].id
        draft = DecisionDraft(action, subject, **more)
        record.decide(self.store, who, self.proposal, draft, self.later())

    def sign(self, who: User) -> None:
        record.finish(self.store, who, self.proposal, self.later())
        signing.sign(self.store, who, self.proposal, self.later())


@pytest.fixture
def ann(store: Store, person: Callable[..., User]) -> User:
    return person(store, "Ann")


@pytest.fixture
def review(store: Store, ann: User, submitted: Callable[..., Any], later: Callable[[], datetime]) -> Review:
    return Review(store, submitted(store, ann).id, later)


def test_without_decisions_there_is_no_record(review: Review, ann: User) -> None:
    assert review.decided(ann).record is None


def test_a_draft_has_what_stands_before_what_was_rejected_and_what_is_undecided(review: Review, ann: User) -> None:
    review.say(ann, Action.REJECT, 0, text="It is a drill.")
    review.say(ann, Action.ACCEPT, 1)
    review.say(ann, Action.NOTE, 2, text="Ask the harbor.")

    held = review.decided(ann).record

    assert held is not None
    assert [item.verdict for item in held.items][:2] == [ReviewVerdict.ACCEPTED, ReviewVerdict.REJECTED]
    assert {item.verdict for item in held.items[2:]} == {ReviewVerdict.UNDECIDED}
    assert (held.decided, held.total, held.version) == (2, len(review.desk(ann).subjects), 0)
    assert [item.remark for item in held.rejected] == ["It is a drill."]
    assert held.names == ("Ann",)


def test_the_signed_version_is_followed_until_something_is_decided_and_can_be_asked_for_then(
    review: Review, ann: User
) -> None:
    review.say(ann, Action.ACCEPT, 0)
    review.sign(ann)
    signed = review.decided(ann)
    review.say(ann, Action.REJECT, 1, text="It is a drill.")
    draft, earlier = review.decided(ann), review.decided(ann, 1)

    assert (signed.version, [name for name, _ in signed.signatures]) == (1, ["Ann"])
    assert signed.record == earlier.record
    assert (draft.version, draft.signatures, draft.count.decided) == (0, (), 2)
    with pytest.raises(UnknownError):
        review.decided(ann, 2)


def test_an_addition_is_in_the_draft_and_in_what_is_signed(review: Review, ann: User) -> None:
    review.say(ann, Action.ADD, clause="1.2", mechanism="transparency")
    draft = review.decided(ann).record
    review.sign(ann)
    signed = review.decided(ann).record

    assert draft is not None
    assert signed is not None
    for held in (draft, signed):
        (added,) = (item for item in held.items if item.verdict is ReviewVerdict.ADDED)
        assert (added.clause, added.label, added.safeguard, added.by) == ("1.2", "transparency", True, ("Ann",))


def test_a_late_reviewer_sends_what_holds_with_their_own_word_before_it_as_the_page_counts(
    review: Review, ann: User, store: Store, person: Callable[..., User]
) -> None:
    review.say(ann, Action.ACCEPT, 0)
    review.sign(ann)
    cid = person(store, "Cid")
    review.say(cid, Action.REJECT, 1, text="It is a drill.")

    mine, theirs = review.decided(cid), review.decided(ann)

    assert {(item.status.verdict, item.by) for item in mine.items if item.status.decided} == {
        (ReviewVerdict.ACCEPTED, ("Ann",)),
        (ReviewVerdict.REJECTED, ("Cid",)),
    }
    assert mine.count == count_of(review.desk(cid), cid)
    assert theirs.version == 1
    assert "Cid" not in theirs.authors
