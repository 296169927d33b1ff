"""Articles find the findings that may touch them, as decisions leave them, in SQLite and in PostgreSQL alike."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from impact.review.decide import reading, record
from impact.review.decide.record import DecisionDraft
from impact.review.find import articles
from impact.review.store import erasing
from impact.review.store.store import Store
from impact.review.values.decision import Action, Correction
from impact.review.values.proposal import StoredProposal
from impact.review.values.users import Role, User
from impact.taxonomy.citing import article_in, covers

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("ICCPR 17", "ICCPR 17"),
        ("udhr12", "UDHR 12"),
        ("article 19 ICCPR", "ICCPR 19"),
        ("Article 19 of the ICCPR", "ICCPR 19"),
        ("ICESCR 15", "ICESCR 15"),
        ("ICCPR, art. 2 (3)", "ICCPR 2(3)"),
        ("art. 9(2) ICCPR", "ICCPR 9(2)"),
        ("Universal Declaration of Human Rights 12", "UDHR 12"),
        ("article 17 of the International Covenant on Civil and Political Rights", "ICCPR 17"),
        ("article 19", ""),
        ("ICCPR", ""),
        ("ICCPR 17 shut off", ""),
        ("SG13 17", ""),
        ("", ""),
        ("ICCPR 0", ""),
    ],
)
def test_a_question_names_an_article_by_instrument_and_number(question: str, article: str) -> None:
    assert article_in(question) == article


@pytest.mark.parametrize(
    ("article", "reference", "is_covered"),
    [
        ("ICCPR 2", "ICCPR 2(3)", True),
        ("ICCPR 19(3)", "ICCPR 19", True),
        ("ICCPR 2", "ICCPR 20", False),
        ("ICCPR 2(1)", "ICCPR 2(3)", False),
        ("ICCPR 17", "UDHR 17", False),
    ],
)
def test_an_article_covers_its_paragraphs_and_a_paragraph_is_covered_by_its_article(
    article: str, reference: str, is_covered: object
) -> None:
    assert covers(article, reference) is is_covered


def test_the_findings_that_touch_an_article_are_found_with_their_clauses(
    store: Store, person: Person, submitted: Submitted
) -> None:
    made = submitted(store, ann := person(store, "Ann"))

    found = articles.find(store, ann, "ICCPR 17")

    assert [(one.clause, one.label, one.link, one.text[:8]) for one in found[made.id]] == [
        ("1.1", "shut-off", "primary", "The quay"),
        ("1.2", "location-tracking", "primary", "The quay"),
        ("2.1", "identity-binding", "primary", "A subscr"),
    ]
    assert articles.find(store, ann, "ICCPR 17(1)").keys() == {made.id}
    assert articles.find(store, ann, "ICCPR 17", [made.id]).keys() == {made.id}
    assert articles.find(store, ann, "ICCPR 17", ["0" * 16]) == {}
    assert articles.find(store, ann, "ICCPR 1") == {}
    assert articles.find(store, ann, "UDHR 17") == {}


def test_proposals_are_found_by_an_article_as_their_findings_are(
    light: Store, person: Person, submitted: Submitted
) -> None:
    ann = person(light, "Ann")
    kept, rejected, added = (submitted(light, ann, data) for data in (b"one", b"two", b"three"))
    for subject in reading.open_desk(light, ann, rejected.id).subjects:
        decide(light, ann, rejected, Action.REJECT, subject=subject.id, text="It is a definition.")
    decide(light, ann, added, Action.ADD, clause="1.2", mechanism="shut-off")

    for article in ("ICCPR 17", "ICCPR 19", "ICCPR 27"):
        assert set(articles.proposals_with(light, ann, article)) == articles.find(light, ann, article).keys()
    assert set(articles.proposals_with(light, ann, "ICCPR 17")) == {kept.id, added.id}


def test_no_finding_of_a_proposal_that_a_person_may_not_see_is_found(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann, bob = person(store, "Ann"), person(store, "Bob")
    hidden, shown = submitted(store, ann, restricted_to=()), submitted(store, ann, b"two")
    decide(store, ann, hidden, Action.ADD, clause="1.2", mechanism="shut-off")

    assert articles.find(store, bob, "ICCPR 17").keys() == {shown.id}
    assert articles.find(store, bob, "ICCPR 19").keys() == set()
    assert articles.find(store, ann, "ICCPR 17").keys() == {hidden.id, shown.id}


def test_a_rejected_finding_is_left_out_where_the_rejection_may_be_read(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann, bob, olga = person(store, "Ann"), person(store, "Bob"), person(store, "Olga", Role.OFFICER)
    made = submitted(store, ann)
    rejected = subject(store, ann, made, "1.1")
    decide(store, ann, made, Action.REJECT, rejected, "It is a definition.")

    blind = {user.name: subjects_of(store, user, made) for user in (ann, bob, olga)}
    record.finish(store, ann, made.id, NOW)
    opened = {user.name: subjects_of(store, user, made) for user in (ann, bob, olga)}

    assert {name: rejected in found for name, found in blind.items()} == {"Ann": False, "Bob": True, "Olga": True}
    assert {name: rejected in found for name, found in opened.items()} == {"Ann": False, "Bob": True, "Olga": False}


def test_a_rejection_that_is_taken_back_leaves_the_finding(store: Store, person: Person, submitted: Submitted) -> None:
    made = submitted(store, ann := person(store, "Ann"))
    rejected = subject(store, ann, made, "1.1")
    decide(store, ann, made, Action.REJECT, rejected, "It is a definition.")
    record.undo(store, ann, made.id, NOW)

    assert rejected in subjects_of(store, ann, made)


def test_a_proposal_all_of_whose_findings_are_rejected_is_not_found(
    store: Store, person: Person, submitted: Submitted
) -> None:
    made = submitted(store, ann := person(store, "Ann"), without=("1.2", "2.1"))
    decide(store, ann, made, Action.REJECT, subject(store, ann, made, "1.1"), "It is a definition.")

    assert articles.find(store, ann, "ICCPR 17") == {}


def test_a_corrected_finding_counts_by_the_mechanism_that_the_reviewer_named(
    store: Store, person: Person, submitted: Submitted
) -> None:
    made = submitted(store, ann := person(store, "Ann"))
    changed = subject(store, ann, made, "1.2")
    decide(store, ann, made, Action.CORRECT, changed, correction=Correction("content-blocking"))

    found = articles.find(store, ann, "ICCPR 19")[made.id]

    assert [(one.subject, one.label, one.link) for one in found] == [(changed, "content-blocking", "primary")]
    assert changed not in subjects_of(store, ann, made)


def test_an_added_finding_is_found_by_the_articles_of_its_mechanism(
    store: Store, person: Person, submitted: Submitted
) -> None:
    made = submitted(store, ann := person(store, "Ann"))
    decide(store, ann, made, Action.ADD, clause="2.1", mechanism="content-blocking")

    found = articles.find(store, ann, "ICCPR 19")[made.id]

    assert [(one.clause, one.label, one.level) for one in found] == [("2.1", "content-blocking", None)]


def test_a_correction_of_what_a_newer_analysis_no_longer_has_is_not_found(
    store: Store, person: Person, submitted: Submitted, analyze: Callable[..., None], report: Callable[..., Any]
) -> None:
    from impact.review.store import proposals

    made = submitted(store, ann := person(store, "Ann"))
    decide(
        store, ann, made, Action.CORRECT, subject(store, ann, made, "1.2"), correction=Correction("content-blocking")
    )
    proposals.analyze_again(store, ann, made.id, {}, NOW)
    analyze(store, made, report(b"one", without=("1.2",)))

    assert articles.find(store, ann, "ICCPR 19") == {}


def test_an_erased_proposal_is_no_longer_found(store: Store, person: Person, submitted: Submitted) -> None:
    made = submitted(store, ann := person(store, "Ann"))

    erasing.erase(store, ann, made.id, NOW)

    assert articles.find(store, ann, "ICCPR 17") == {}


def subject(store: Store, viewer: User, made: StoredProposal, clause: str) -> str:
    return next(one.id for one in reading.open_desk(store, viewer, made.id).subjects if one.clause == clause)


def subjects_of(store: Store, viewer: User, made: StoredProposal) -> set[str]:
    return {one.subject for one in articles.find(store, viewer, "ICCPR 17")[made.id]}


def decide(store: Store, by: User, made: StoredProposal, action: Action, *about: str, **more: Any) -> None:
    record.decide(store, by, made.id, DecisionDraft(action, *about, **more), NOW)
