"""What a proposal is headed by."""

from itertools import pairwise

import pytest

from impact.records import Grade, Headline, Level
from impact.records.level import RANKS

HIGH, MEDIUM, LOW, NONE = Level


@pytest.mark.parametrize("gravest", [HIGH, MEDIUM, LOW])
def test_doubtful_findings_alone_give_no_level_but_are_for_a_reader_to_decide(gravest: Level) -> None:
    headline = Headline(gravest, NONE)

    assert (headline.grade, headline.is_open) == (Grade.DECIDE, False)


@pytest.mark.parametrize(("gravest", "firm"), [(HIGH, HIGH), (HIGH, MEDIUM), (HIGH, LOW), (MEDIUM, LOW), (LOW, LOW)])
def test_the_firm_level_is_the_grade_and_a_graver_one_is_left_open(gravest: Level, firm: Level) -> None:
    headline = Headline(gravest, firm)

    assert headline.grade == firm
    assert headline.is_open == (gravest is not firm)


def test_no_finding_is_no_level_and_leaves_nothing_open() -> None:
    assert (Headline(NONE, NONE).grade, Headline(NONE, NONE).is_open) == (Grade.NONE, False)


def test_what_nothing_firm_gives_ranks_one_level_lower_behind_what_is_firm_there() -> None:
    pairs = [(HIGH, HIGH), (HIGH, MEDIUM), (HIGH, NONE), (LOW, LOW), (MEDIUM, NONE), (LOW, NONE), (NONE, NONE)]

    ranks = [Headline(*pair).rank for pair in pairs]

    assert all(graver > less for graver, less in pairwise(ranks))
    assert ranks == list(reversed(range(len(RANKS))))
