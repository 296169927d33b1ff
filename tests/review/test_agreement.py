"""ReviewerAgreement, against figures made by hand."""

from collections.abc import Mapping

import pytest

from impact.records import ReviewVerdict
from impact.review.decide.agreement import OVERALL, ReviewerAgreement, measure_agreement, ratings
from impact.review.decide.status import DecisionStatus
from impact.review.values.decision import Correction, SubjectKind

YES, NO, OPEN = ReviewVerdict.ACCEPTED, ReviewVerdict.REJECTED, ReviewVerdict.UNDECIDED


def stands(clause: str, verdict: ReviewVerdict, label: str = "shut-off", to: str | None = None) -> DecisionStatus:
    return DecisionStatus(f"{label} {clause}", SubjectKind.FINDING, clause, label, verdict, correction=Correction(to))


def said(*each: DecisionStatus) -> dict[str, DecisionStatus]:
    return {one.subject: one for one in each}


def by_label(people: Mapping[str, Mapping[str, DecisionStatus]]) -> dict[str, ReviewerAgreement]:
    return {one.label: one for one in measure_agreement([ratings("p", people)])}


def test_kappa_and_alpha_are_those_of_the_books() -> None:
    first = [YES] * 5 + [NO] * 5
    second = [YES] * 4 + [NO] * 5 + [YES]
    people = {
        name: said(*(stands(str(place), verdict) for place, verdict in enumerate(each)))
        for name, each in (("Ann", first), ("Bob", second))
    }

    found = by_label(people)["shut-off"]

    # 8 of 10 alike, 5 yes and 5 no each: chance .5, kappa .6; alpha 1 - 19 * .2 / (2 * 10 * 10 / 20), disagreements 4.
    assert found.pairs[0].kappa == pytest.approx(0.6)
    assert found.pairs[0].same == pytest.approx(0.8)
    assert found.alpha == pytest.approx(1 - 19 * 4 / (2 * 10 * 10))
    assert by_label(people)[OVERALL].units == found.units == 10


def test_alpha_takes_three_reviewers_with_gaps() -> None:
    people = {
        "Ann": said(stands("1", YES), stands("2", NO), stands("3", YES)),
        "Bob": said(stands("1", YES), stands("2", NO)),
        "Cid": said(stands("2", NO), stands("3", YES)),
    }

    found = by_label(people)["shut-off"]

    assert found.alpha == pytest.approx(1.0)
    assert [(pair.first, pair.second, pair.units) for pair in found.pairs] == [
        ("Ann", "Bob", 2),
        ("Ann", "Cid", 2),
        ("Bob", "Cid", 1),
    ]


def test_where_all_answers_are_one_nothing_is_defined() -> None:
    people = {name: said(stands("1", YES), stands("2", YES)) for name in ("Ann", "Bob")}

    found = by_label(people)["shut-off"]

    assert (found.alpha, found.pairs[0].kappa, found.pairs[0].same) == (None, None, 1.0)


def test_undecided_is_no_answer() -> None:
    people = {"Ann": said(stands("1", YES)), "Bob": said(stands("1", OPEN))}

    assert by_label(people) == {}


def test_a_finding_that_only_one_added_is_a_no_of_the_other() -> None:
    people = {"Ann": said(stands("1", ReviewVerdict.ADDED)), "Bob": {}}

    found = ratings("p", people)

    assert found == {"Ann": {("p", "1", "shut-off"): True}, "Bob": {("p", "1", "shut-off"): False}}


def test_another_mechanism_is_no_to_the_one_and_yes_to_the_other() -> None:
    corrected = stands("1", ReviewVerdict.CORRECTED, to="throttling")
    people = {"Ann": said(corrected), "Bob": said(stands("1", YES))}

    found = ratings("p", people)

    assert found["Ann"] == {("p", "1", "shut-off"): False, ("p", "1", "throttling"): True}
    assert found["Bob"] == {("p", "1", "shut-off"): True, ("p", "1", "throttling"): False}


def test_a_corrected_severity_is_still_a_yes() -> None:
    one = DecisionStatus(
        "s", SubjectKind.FINDING, "1", "shut-off", ReviewVerdict.CORRECTED, correction=Correction(severity=(1, 1, 1))
    )

    assert ratings("p", {"Ann": said(one)}) == {"Ann": {("p", "1", "shut-off"): True}}


def test_the_order_of_reviewers_does_not_matter() -> None:
    ann, bob = said(stands("1", YES), stands("2", NO)), said(stands("1", NO), stands("2", NO))

    assert by_label({"Ann": ann, "Bob": bob}) == by_label({"Bob": bob, "Ann": ann})
