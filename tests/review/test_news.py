"""What is new to a person since their last visit."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from impact.review.decide import reading, record
from impact.review.decide.record import DecisionDraft
from impact.review.store import erasing
from impact.review.store.store import Store, open_store
from impact.review.team import comments, news
from impact.review.values.decision import Action
from impact.review.values.proposal import StoredProposal
from impact.review.values.refusals import UnknownError
from impact.review.values.users import Role, User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
EARLIER, LATER = NOW - timedelta(days=1), NOW + timedelta(days=1)
Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]


def test_a_proposal_of_another_is_new_until_it_is_opened(store: Store, person: Person, submitted: Submitted) -> None:
    ann, olga = person(store, "Ann"), person(store, "Olga", Role.OFFICER)
    news.arrive(store, olga, EARLIER)
    news.arrive(store, ann, EARLIER)

    made = submitted(store, ann)

    assert {name: found.is_new for name, found in news.of(store, olga).items()} == {made.id: True}
    assert (news.count_new(store, olga), news.count_new(store, ann)) == (1, 0)
    assert news.of(store, ann) == {}
    news.open_proposal(store, olga, made.id, LATER)
    assert news.of(store, olga) == {}


def test_what_was_there_when_a_person_first_came_is_not_new(store: Store, person: Person, submitted: Submitted) -> None:
    ann, olga = person(store, "Ann"), person(store, "Olga", Role.OFFICER)
    made = reviewed(store, ann, submitted(store, ann))

    news.arrive(store, olga, LATER)
    visit = news.visit_desk(store, olga, made.id, LATER)

    assert news.of(store, olga) == {}
    assert not visit


def test_another_persons_restricted_proposal_is_no_news(store: Store, person: Person, submitted: Submitted) -> None:
    ann, bob = person(store, "Ann"), person(store, "Bob")
    news.arrive(store, bob, EARLIER)

    made = reviewed(store, ann, submitted(store, ann, restricted_to=()))

    assert (news.of(store, bob), news.count_new(store, bob)) == ({}, 0)
    for act in (news.open_proposal, news.visit_desk):
        with pytest.raises(UnknownError):
            act(store, bob, made.id, LATER)


def test_decisions_and_comments_of_others_are_new_until_the_desk_is_opened(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann, olga = person(store, "Ann"), person(store, "Olga", Role.OFFICER)
    news.arrive(store, olga, EARLIER)
    made = submitted(store, ann)
    news.visit_desk(store, olga, made.id, NOW)
    reviewed(store, ann, made)

    listed = news.of(store, olga)[made.id]
    news.open_proposal(store, olga, made.id, LATER)
    still = news.of(store, olga)[made.id]
    visit = news.visit_desk(store, olga, made.id, LATER)

    assert (listed.decisions, listed.comments, listed.since) == (1, 1, NOW)
    assert still == listed
    assert (len(visit.decisions), [comment.text for comment in visit.comments]) == (1, ["Look here"])
    assert (visit.subjects, visit.since) == ({visit.comments[0].subject}, NOW)
    assert news.of(store, olga) == {}


def test_openings_close_together_are_one_visit(store: Store, person: Person, submitted: Submitted) -> None:
    ann, olga = person(store, "Ann"), person(store, "Olga", Role.OFFICER)
    news.arrive(store, olga, EARLIER)
    made = submitted(store, ann)
    news.visit_desk(store, olga, made.id, NOW)
    reviewed(store, ann, made)

    visits = [
        news.visit_desk(store, olga, made.id, LATER),
        news.visit_desk(store, olga, made.id, LATER + timedelta(minutes=29)),
        news.current(store, olga, made.id),
        news.visit_desk(store, olga, made.id, LATER + timedelta(minutes=60)),
    ]

    assert [len(visit.decisions) for visit in visits] == [1, 1, 1, 0]


def test_what_is_opened_to_a_reviewer_later_is_new_though_it_was_said_before_their_visit(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann, bob = person(store, "Ann"), person(store, "Bob")
    news.arrive(store, bob, EARLIER)
    made = submitted(store, ann)
    subject = reading.open_desk(store, ann, made.id).subjects[0].id
    for who in (ann, bob):
        record.decide(store, who, made.id, DecisionDraft(Action.ACCEPT, subject), NOW)
    record.finish(store, ann, made.id, NOW)
    news.visit_desk(store, bob, made.id, NOW)

    blind = news.of(store, bob)
    record.finish(store, bob, made.id, NOW)
    opened = news.of(store, bob)[made.id]
    visit = news.visit_desk(store, bob, made.id, LATER)

    assert blind == {}
    assert opened.decisions == 1
    assert [event.decision.reviewer for event in visit.decisions] == ["Ann"]


def test_what_was_taken_back_and_what_one_did_oneself_is_no_news(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann, olga = person(store, "Ann"), person(store, "Olga", Role.OFFICER)
    for user in (ann, olga):
        news.arrive(store, user, EARLIER)
    made = submitted(store, ann)
    news.visit_desk(store, olga, made.id, NOW)
    reviewed(store, ann, made)
    subject = reading.open_desk(store, ann, made.id).subjects[1].id
    record.decide(store, ann, made.id, DecisionDraft(Action.ACCEPT, subject), NOW)
    record.undo(store, ann, made.id, NOW)

    assert news.of(store, olga)[made.id].decisions == 1
    assert news.of(store, ann) == {}


def test_all_can_be_marked_as_seen(store: Store, person: Person, submitted: Submitted) -> None:
    ann, olga = person(store, "Ann"), person(store, "Olga", Role.OFFICER)
    news.arrive(store, olga, EARLIER)
    made, other = submitted(store, ann), submitted(store, ann, b"two")
    news.visit_desk(store, olga, made.id, NOW)
    reviewed(store, ann, made)

    before = news.of(store, olga).keys()
    news.see_all(store, olga, LATER)

    assert before == {made.id, other.id}
    assert news.of(store, olga) == {}


def test_only_the_proposals_asked_for_are_looked_at(store: Store, person: Person, submitted: Submitted) -> None:
    ann, olga = person(store, "Ann"), person(store, "Olga", Role.OFFICER)
    news.arrive(store, olga, EARLIER)
    made = submitted(store, ann)
    submitted(store, ann, b"two")

    assert news.of(store, olga, [made.id]).keys() == {made.id}
    assert news.of(store, olga, []) == {}


def test_visits_go_with_an_erased_proposal(store: Store, person: Person, submitted: Submitted) -> None:
    made = submitted(store, ann := person(store, "Ann"))
    news.visit_desk(store, ann, made.id, NOW)

    erasing.erase(store, ann, made.id, NOW)

    with store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM visits")).scalar() == 0


def test_a_store_of_before_visits_is_brought_up_to_date_with_nothing_new(
    place: str, store: Store, person: Person, submitted: Submitted, returned: Callable[..., None]
) -> None:
    ann, olga = person(store, "Ann"), person(store, "Olga", Role.OFFICER)
    reviewed(store, ann, submitted(store, ann))
    with store.writing() as session:
        returned(session, "0008")
    store.close()

    again = open_store(place, store.files.parent)

    news.arrive(again, olga, LATER)
    assert news.of(again, olga) == {}
    again.close()


def reviewed(store: Store, by: User, made: StoredProposal) -> StoredProposal:
    subject = reading.open_desk(store, by, made.id).subjects[0].id
    comments.add(store, by, made.id, subject, "Look here", NOW)
    record.decide(store, by, made.id, DecisionDraft(Action.ACCEPT, subject), NOW)
    record.finish(store, by, made.id, NOW)
    return made
