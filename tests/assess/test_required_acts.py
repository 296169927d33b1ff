"""Which findings stand where the act itself is required, and that they come first."""

from dataclasses import replace
from itertools import pairwise

import pytest

from impact.assess import assess
from impact.assess.required_acts import only_where_used, requires
from impact.records import Span

ACT = r"shall (?:be )?hand(?:ed)?\b"


@pytest.mark.parametrize(
    ("words", "strength", "acts"),
    [
        ("The node shall hand the letters to the bureau.", "must", True),
        ("The node shall count the letters.", "must", False),
        ("The number of the letter shall be handed over.", "must", False),
        ("The node shall hand the letters to the bureau.", "descriptive", False),
    ],
)
def test_a_sentence_requires_an_act_if_it_binds_and_is_not_on_a_form(make, words, strength, acts):
    clause = make.clause(words)
    finding = make.finding(clause, "naming", strength)

    assert requires(ACT, finding, clause, make.text) is acts


def test_nothing_is_required_where_a_mechanism_has_no_act(make):
    clause = make.clause("The node shall hand the letters to the bureau.")

    assert not requires("", make.finding(clause, "naming"), clause, make.text)


def test_the_finding_that_requires_the_act_tells_best_of_equally_grave_ones(make, taxonomy, provenance):
    make.finding(make.clause("The number shall have five digits."), "naming")
    wanted = make.finding(make.clause("The node shall hand the letters over."), "naming")
    acting = replace(taxonomy.mechanisms["naming"], act=ACT)
    proposal, clauses, found = make.given()

    assessment = assess(
        proposal, clauses, found, replace(taxonomy, mechanisms={**taxonomy.mechanisms, "naming": acting}), provenance
    )

    assert min(assessment.findings, key=lambda rated: rated.telling).finding == wanted


@pytest.mark.parametrize(
    ("words", "used"),
    [
        ("If used for letters, the node shall hand them over.", True),
        ("Where supported, the node shall hand the letters over.", True),
        ("If the bureau asks, the node shall hand the letters over.", False),
        ("The node shall hand the letters over.", False),
    ],
)
def test_a_sentence_that_binds_only_where_something_is_used_is_told_apart(make, words, used):
    clause = make.clause(words)

    assert only_where_used(make.finding(clause, "naming"), clause, make.text) is used


def test_a_sentence_elsewhere_in_the_clause_may_require_the_act(make):
    words = ("The number has five digits.", " It goes first.", " The node shall hand the letters over.")
    clause = make.clause("".join(words))
    ends = [sum(map(len, words[:count])) for count in range(len(words) + 1)]
    cut = replace(clause, sentences=tuple(Span(one, two) for one, two in pairwise(ends)), strengths=())

    assert requires(ACT, make.finding(clause, "naming"), cut, make.text)
