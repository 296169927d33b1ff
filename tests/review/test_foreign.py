"""Annotations made in other tools become decisions."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from impact.records import ReviewVerdict
from impact.review.decide import reading, record
from impact.review.decide.record import DecisionDraft
from impact.review.exchange import annotation_import
from impact.review.store.store import Store
from impact.review.values.decision import Action
from impact.review.values.proposal import StoredProposal
from impact.review.values.refusals import RefusedError, UnknownError
from impact.review.values.users import User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")


@pytest.fixture
def desk(
    light: Store, person: Callable[..., User], submitted: Callable[..., StoredProposal]
) -> tuple[Store, User, reading.Desk]:
    ann = person(light, "Ann")
    return light, ann, reading.open_desk(light, ann, submitted(light, ann).id)


def note(exact: str, tag: str, comment: str = "", **around: str) -> dict[str, Any]:
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag}]
    if comment:
        bodies.append({"type": "TextualBody", "value": comment})
    selector = [{"type": "TextPositionSelector"}, {"type": "TextQuoteSelector", "exact": exact, **around}]
    return {"type": "Annotation", "body": bodies, "target": {"source": "https://example.org/", "selector": selector}}


def test_a_tagged_quote_accepts_the_finding_that_is_there_and_adds_the_one_that_is_not(
    desk: tuple[Store, User, reading.Desk],
) -> None:
    store, ann, before = desk
    page = {
        "type": "AnnotationPage",
        "items": [
            note("shut off a\n subscriber", "shut-off", "I think so too."),
            note("position of each boat", "identity-binding"),
            note("position of each boat", "redress"),
        ],
    }

    record.decide_all(
        store, ann, before.proposal.id, annotation_import.read_drafts(json.dumps(page).encode(), before), NOW
    )

    own = reading.open_desk(store, ann, before.proposal.id).own
    assert [(one.clause, one.label, one.verdict, one.text) for one in own.values()] == [
        ("1.1", "shut-off", ReviewVerdict.ACCEPTED, "I think so too."),
        ("1.2", "identity-binding", ReviewVerdict.ADDED, ""),
        ("1.2", "redress", ReviewVerdict.ADDED, ""),
    ]


def test_what_stands_around_a_quote_tells_two_clauses_apart(desk: tuple[Store, User, reading.Desk]) -> None:
    _, _, before = desk
    data = json.dumps(
        [note("The quay master shall", "Throttling and traffic discrimination", suffix=" report")]
    ).encode()

    (word,) = annotation_import.read_drafts(data, before)

    assert word.clause == "1.2"


@pytest.mark.parametrize(
    "items",
    [
        [note("shut off a subscriber", "witchcraft")],
        [note("The quay master shall", "shut-off")],
        [note("no such words", "shut-off")],
        [{"body": [], "target": {}}],
        [{"body": {"purpose": "tagging", "value": "shut-off"}}],
        [3],
        [],
    ],
)
def test_what_does_not_fit_is_refused_with_a_hint(desk: tuple[Store, User, reading.Desk], items: list[Any]) -> None:
    with pytest.raises(RefusedError) as caught:
        annotation_import.read_drafts(json.dumps(items).encode(), desk[2])

    assert caught.value.hint


def test_if_one_is_refused_none_is_said(desk: tuple[Store, User, reading.Desk]) -> None:
    store, ann, before = desk
    fine = DecisionDraft(Action.ACCEPT, before.subjects[0].id)
    odd = DecisionDraft(Action.ACCEPT, "nothing")

    with pytest.raises(UnknownError):
        record.decide_all(store, ann, before.proposal.id, (fine, odd), NOW)

    assert reading.open_desk(store, ann, before.proposal.id).events == ()
