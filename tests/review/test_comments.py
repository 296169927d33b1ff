"""Comments of reviewers: who reads them, how they are removed, and what stays in the record."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import text

from impact.review.decide import reading, record, signing
from impact.review.decide.record import DecisionDraft
from impact.review.store import chain_links, erasing
from impact.review.store.store import Store
from impact.review.team import comments
from impact.review.values.decision import Action
from impact.review.values.proposal import StoredProposal
from impact.review.values.refusals import ForbiddenError, RefusedError, UnknownError
from impact.review.values.users import Role, User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]
WORDS = "Compare clause 7.\nIt says <b>otherwise</b>."


def test_a_comment_is_kept_with_author_time_and_finding(store: Store, person: Person, submitted: Submitted) -> None:
    made = submitted(store, ann := person(store, "Ann"))

    comment = comments.add(store, ann, made.id, first(store, ann, made), f"  {WORDS}\r\nEnd.\n", NOW)

    assert comments.list_visible(store, ann, made.id) == (comment,)
    assert (comment.author, comment.time, comment.clause, comment.label) == ("Ann", NOW, "1.1", "shut-off")
    assert comment.text == f"{WORDS}\nEnd."


def test_others_read_a_comment_when_they_may_read_the_decisions_of_its_author(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann, bob, olga = person(store, "Ann"), person(store, "Bob"), person(store, "Olga", Role.OFFICER)
    made = submitted(store, ann)
    decide(store, ann, made)
    decide(store, bob, made)
    comments.add(store, ann, made.id, first(store, ann, made), "Of Ann", NOW)

    blind = [texts(store, user, made) for user in (ann, bob, olga)]
    record.finish(store, ann, made.id, NOW)
    waiting = [texts(store, user, made) for user in (ann, bob, olga)]
    record.finish(store, bob, made.id, NOW)
    opened = [texts(store, user, made) for user in (ann, bob, olga)]

    assert blind == waiting == [["Of Ann"], [], []]
    assert opened == [["Of Ann"], ["Of Ann"], ["Of Ann"]]


def test_a_comment_of_somebody_who_has_decided_nothing_sways_no_reviewer_before_they_are_done(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann, bob, olga = person(store, "Ann"), person(store, "Bob"), person(store, "Olga", Role.OFFICER)
    made = submitted(store, ann)
    comments.add(store, bob, made.id, first(store, ann, made), "Of Bob", NOW)
    decide(store, ann, made)

    before = [texts(store, user, made) for user in (ann, bob, olga)]
    record.finish(store, ann, made.id, NOW)
    after = [texts(store, user, made) for user in (ann, bob, olga)]

    assert before == [[], ["Of Bob"], []]
    assert after == [["Of Bob"], ["Of Bob"], ["Of Bob"]]


def test_a_reviewer_who_comes_late_is_blind_to_comments_until_a_version_is_signed(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann, bob = person(store, "Ann"), person(store, "Bob")
    made = submitted(store, ann)
    decide(store, ann, made)
    comments.add(store, ann, made.id, first(store, ann, made), "Of Ann", NOW)
    record.finish(store, ann, made.id, NOW)

    late = texts(store, bob, made)
    signing.sign(store, ann, made.id, NOW)

    assert late == []
    assert texts(store, bob, made) == ["Of Ann"]


def test_a_removed_comment_leaves_no_text_and_the_chain_verifies(
    store: Store, person: Person, submitted: Submitted
) -> None:
    made = submitted(store, ann := person(store, "Ann"))
    comment = comments.add(store, ann, made.id, first(store, ann, made), "Zanzibarese", NOW)
    kept = comments.add(store, ann, made.id, first(store, ann, made), "Stays", NOW)

    comments.remove(store, ann, made.id, comment.seq, NOW)

    assert comments.list_visible(store, ann, made.id) == (kept,)
    assert chain_links.verify(store)[1] == ()
    with store.reading() as session:
        query = text("SELECT kind, body FROM links WHERE kind IN ('comment', 'removal') ORDER BY seq")
        rows = session.execute(query).all()
    assert [kind for kind, _ in rows] == ["comment", "comment", "removal"]
    assert not any("Zanzibarese" in (body or "") for _, body in rows)


def test_a_comment_whose_text_is_taken_away_without_its_author_is_a_fault(
    store: Store, person: Person, submitted: Submitted
) -> None:
    made = submitted(store, ann := person(store, "Ann"))
    first_one = comments.add(store, ann, made.id, first(store, ann, made), "One", NOW)
    second = comments.add(store, ann, made.id, first(store, ann, made), "Two", NOW)
    comments.remove(store, ann, made.id, first_one.seq, NOW)
    with store.writing() as session:
        session.execute(text("UPDATE links SET body = NULL WHERE seq = :seq"), {"seq": second.seq})

    faults = chain_links.verify(store)[1]

    assert [(fault.seq, "gone" in fault.what) for fault in faults] == [(second.seq, True)]


def test_nobody_removes_a_comment_of_another(store: Store, person: Person, submitted: Submitted) -> None:
    ann, root = person(store, "Ann"), person(store, "Root", Role.ADMINISTRATOR)
    made = submitted(store, ann)
    comment = comments.add(store, ann, made.id, first(store, ann, made), "Mine", NOW)

    with pytest.raises(UnknownError):
        comments.remove(store, root, made.id, comment.seq, NOW)
    comments.remove(store, ann, made.id, comment.seq, NOW)
    with pytest.raises(UnknownError):
        comments.remove(store, ann, made.id, comment.seq, NOW)


def test_only_reviewers_comment_and_only_on_what_is_there(store: Store, person: Person, submitted: Submitted) -> None:
    ann, olga, eve = person(store, "Ann"), person(store, "Olga", Role.OFFICER), person(store, "Eve")
    made = submitted(store, ann, restricted_to=("Olga",))
    subject = first(store, ann, made)

    with pytest.raises(ForbiddenError):
        comments.add(store, olga, made.id, subject, "Hello", NOW)
    for who, about in ((eve, subject), (ann, "nothing"), (ann, "")):
        with pytest.raises(UnknownError):
            comments.add(store, who, made.id, about, "Hello", NOW)
    for words in ("", " \n", "x" * 5001):
        with pytest.raises(RefusedError):
            comments.add(store, ann, made.id, subject, words, NOW)
    with pytest.raises(UnknownError):
        comments.list_visible(store, eve, made.id)


@pytest.mark.parametrize("odd", ["\0", "\ud800", "'; DROP TABLE links --", "🛥", '"}'])
def test_any_text_is_kept(store: Store, person: Person, submitted: Submitted, odd: str) -> None:
    made = submitted(store, ann := person(store, "Ann"))

    comment = comments.add(store, ann, made.id, first(store, ann, made), f"a{odd}", NOW)

    assert comments.list_visible(store, ann, made.id) == (comment,)
    assert comment.text.encode()
    assert chain_links.verify(store)[1] == ()


def test_comments_go_with_an_erased_proposal(store: Store, person: Person, submitted: Submitted) -> None:
    made = submitted(store, ann := person(store, "Ann"))
    comment = comments.add(store, ann, made.id, first(store, ann, made), "Zanzibarese", NOW)
    other = comments.add(store, ann, made.id, first(store, ann, made), "Zanzibarese too", NOW)
    comments.remove(store, ann, made.id, comment.seq, NOW)

    erasing.erase(store, ann, made.id, NOW)

    with store.reading() as session:
        bodies = session.execute(text("SELECT body FROM links")).scalars().all()
    assert other.text
    assert not any("Zanzibarese" in (body or "") for body in bodies)
    assert chain_links.verify(store)[1] == ()


def first(store: Store, viewer: User, made: StoredProposal) -> str:
    return reading.open_desk(store, viewer, made.id).subjects[0].id


def texts(store: Store, viewer: User, made: StoredProposal) -> list[str]:
    return [comment.text for comment in comments.list_visible(store, viewer, made.id)]


def decide(store: Store, by: User, made: StoredProposal) -> None:
    record.decide(store, by, made.id, DecisionDraft(Action.ACCEPT, first(store, by, made)), NOW)
