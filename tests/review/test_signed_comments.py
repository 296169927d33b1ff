"""Comments in signed versions: those of the time of signing, as long as their authors leave them."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from impact.review.decide import reading, record, signing
from impact.review.decide.decided import decided
from impact.review.decide.record import DecisionDraft
from impact.review.store import blobs, chain_links, filing
from impact.review.store.chain import canonical
from impact.review.store.store import Store
from impact.review.team import comments
from impact.review.values.comment import FindingComment
from impact.review.values.decision import Action
from impact.review.values.refusals import ConflictError, StoreError
from impact.review.values.users import User

NOW = datetime(2025, 5, 6, 7, 8, 9, tzinfo=UTC)


class Case:
    """A proposal that two reviewers have finished, with a comment of the first."""

    def __init__(self, store: Store, ann: User, bob: User, proposal: str) -> None:
        self.store, self.ann, self.bob, self.proposal = store, ann, bob, proposal
        self.subject = reading.open_desk(store, ann, proposal).subjects[0].id
        for who in (ann, bob):
            record.decide(store, who, proposal, DecisionDraft(Action.ACCEPT, self.subject), NOW)
            record.finish(store, who, proposal, NOW)
        self.first = self.say("See clause 9.")

    def say(self, words: str) -> FindingComment:
        return comments.add(self.store, self.ann, self.proposal, self.subject, words, NOW)

    def sign(self, who: User) -> int:
        return signing.sign(self.store, who, self.proposal, NOW).version

    def signed(self, version: int = 0) -> dict[str, Any]:
        return signing.signed_version(self.store, self.bob, self.proposal, version)

    def shown(self, version: int = 0) -> list[str]:
        desk = reading.open_desk(self.store, self.bob, self.proposal)
        made = decided(self.store, self.bob, desk, version).record
        assert made is not None
        return [said.text for item in made.items for said in item.comments]


@pytest.fixture
def case(light: Store, person: Callable[..., User], submitted: Callable[..., Any]) -> Iterator[Case]:
    ann, bob = person(light, "Ann"), person(light, "Bob")
    yield Case(light, ann, bob, submitted(light, ann, readings=2).id)
    assert chain_links.verify(light)[1] == ()
    assert filing.damaged(light) == ()


def test_a_signed_version_holds_the_comments_with_author_and_time(case: Case) -> None:
    case.sign(case.ann)

    (held,) = case.signed()["comments"]

    assert (held["author"], held["time"], held["text"]) == ("Ann", "2025-05-06T07:08:09+00:00", "See clause 9.")
    assert (held["subject"], held["seq"], held["hash"]) == (case.subject, case.first.seq, case.first.hash)
    assert case.shown() == ["See clause 9."]


def test_a_comment_after_signing_changes_no_version_and_makes_none(case: Case) -> None:
    assert case.sign(case.ann) == 1
    before = case.signed()
    case.say("One more thing.")

    assert case.signed() == before
    assert case.shown() == ["See clause 9."]
    assert case.sign(case.bob) == 1
    with pytest.raises(ConflictError):
        case.sign(case.ann)
    assert [said["text"] for said in case.signed()["comments"]] == ["See clause 9."]


def test_a_new_version_after_a_decision_holds_the_comments_of_then(case: Case) -> None:
    case.sign(case.ann)
    case.say("One more thing.")
    record.decide(case.store, case.ann, case.proposal, DecisionDraft(Action.REJECT, case.subject, "No."), NOW)

    assert case.shown() == ["See clause 9.", "One more thing."]
    assert case.sign(case.ann) == 2
    assert case.shown(2) == ["See clause 9.", "One more thing."]
    assert case.shown(1) == ["See clause 9."]


def test_a_comment_that_is_removed_after_signing_leaves_no_text_and_the_version_holds(case: Case) -> None:
    case.sign(case.ann)
    digest = case.signed()["digest"]
    comments.remove(case.store, case.ann, case.proposal, case.first.seq, NOW)

    held = case.signed()

    assert held["comments"] == [{"seq": case.first.seq, "hash": case.first.hash, "removed": True}]
    assert held["digest"] == digest
    assert "clause 9" not in json.dumps(held)
    assert case.shown() == []
    assert case.sign(case.bob) == 1


def test_a_version_that_was_signed_before_comments_were_is_read_and_signed_by_others(case: Case) -> None:
    case.sign(case.ann)
    _sign_without_comments(case.store, case)

    assert "comments" not in case.signed(2)
    assert case.shown(2) == []
    assert case.sign(case.bob) == 2


def test_another_comment_than_the_one_signed_is_refused(
    light: Store, person: Callable[..., User], submitted: Callable[..., Any]
) -> None:
    ann, bob = person(light, "Ann"), person(light, "Bob")
    case = Case(light, ann, bob, submitted(light, ann, readings=2).id)
    case.sign(ann)
    with light.writing() as session:
        session.execute(text("UPDATE links SET hash = 'other' WHERE seq = :seq"), {"seq": case.first.seq})

    with pytest.raises(StoreError, match="not the one that was signed"):
        case.signed()


@filing.recording
def _sign_without_comments(store: Store, case: Case) -> None:
    """Have Ann sign another version with nothing of comments in it, as versions were before."""
    frozen = json.loads(blobs.get(store.files, case.signed()["digest"]))
    older = canonical({name: value for name, value in frozen.items() if name not in {"comments", "chain"}}).encode()
    with store.writing() as session:
        (digest,) = filing.write(store, session, older)
        body = session.scalars(text("SELECT body FROM links WHERE kind = 'signature'")).one()
        signature = json.loads(body) | {"digest": digest, "version": 2}
        chain_links.append(session, chain_links.SIGNATURE, case.proposal, signature, NOW)
