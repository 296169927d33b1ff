"""Files of an analysis, asked for by one question: the same as by several, and only to who may see them."""

from collections.abc import Callable
from typing import Any

import pytest

from impact.review.store import analyses, proposals
from impact.review.store.store import Store
from impact.review.values.refusals import UnknownError
from impact.review.values.users import Role

NAME = "report.json"


def test_a_file_is_that_of_the_latest_analysis_or_of_the_number_asked_for(  # noqa: PLR0913, PLR0917
    store: Store,
    person: Callable[..., Any],
    submitted: Callable[..., Any],
    analyze: Callable[..., None],
    report: Callable[..., Any],
    later: Callable[[], Any],
) -> None:
    ann = person(store, "Ann")
    made = submitted(store, ann)
    first = analyses.read_file(store, ann, made.id, NAME)
    proposals.analyze_again(store, ann, made.id, {}, later())
    analyze(store, made, report(b"one") | {"again": True})
    latest = analyses.read_file(store, ann, made.id, NAME)
    assert first != latest
    assert [analyses.fetch_file(store, ann, made.id, NAME, number) for number in (0, 1, 2)] == [
        (made.id, latest),
        (made.id, first),
        (made.id, latest),
    ]


def test_the_beginning_of_an_id_is_enough(
    store: Store, person: Callable[..., Any], submitted: Callable[..., Any]
) -> None:
    ann = person(store, "Ann")
    made = submitted(store, ann)
    assert analyses.fetch_file(store, ann, made.id[:8], NAME) == (
        made.id,
        analyses.read_file(store, ann, made.id, NAME),
    )


def test_a_restricted_proposal_gives_its_files_to_those_named_alone(
    store: Store, person: Callable[..., Any], submitted: Callable[..., Any]
) -> None:
    ann, bob, eve = (person(store, name) for name in ("Ann", "Bob", "Eve"))
    made = submitted(store, ann, restricted_to=("Bob",))
    for viewer in (ann, bob, person(store, "Ada", Role.ADMINISTRATOR)):
        assert analyses.fetch_file(store, viewer, made.id, NAME)[0] == made.id
    with pytest.raises(UnknownError):
        analyses.fetch_file(store, eve, made.id, NAME)


@pytest.mark.parametrize(("name", "number"), [("brief.docx", 0), (NAME, 3), (NAME, -1), (NAME, 2**31 - 1)])
def test_what_is_not_there_is_said_so(
    store: Store, person: Callable[..., Any], submitted: Callable[..., Any], name: str, number: int
) -> None:
    ann = person(store, "Ann")
    made = submitted(store, ann)
    with pytest.raises(UnknownError):
        analyses.fetch_file(store, ann, made.id, name, number)
