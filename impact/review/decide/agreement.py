"""How far reviewers agree, mechanism by mechanism, on what each said blind."""

import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from impact.review.decide.status import DecisionStatus, ReviewVerdict

OVERALL = ""
"""In place of a mechanism: all of them together."""

Unit = tuple[str, str, str]
"""What is rated: proposal, clause, mechanism or safeguard."""


@dataclass(frozen=True, slots=True)
class ReviewerPair:
    """Two reviewers on one mechanism.

    Attributes:
        units: How many clauses both rated.
        same: Share of them that both rated alike, 0 to 1.
        kappa: Cohen's kappa, -1 to 1; None where it is not defined: nothing was rated by both, or both gave one and
            the same answer throughout.
    """

    first: str
    second: str
    units: int
    same: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class ReviewerAgreement:
    """All reviewers on one mechanism or safeguard.

    Attributes:
        label: Its id, or `OVERALL`.
        units: How many clauses two or more rated.
        alpha: Krippendorff's alpha for nominal answers, at most 1; None where it is not defined: nothing was rated by
            two, or all gave one and the same answer throughout.
        pairs: By names.
    """

    label: str
    units: int
    alpha: float | None
    pairs: tuple[ReviewerPair, ...]


def ratings(proposal: str, said: Mapping[str, Mapping[str, DecisionStatus]]) -> dict[str, dict[Unit, bool]]:
    """Return what each reviewer answered: does this clause have this mechanism (or safeguard)?

    Yes if it stands as found, corrected or added; no if it was rejected or corrected to another one, or if somebody
    else sees it there by correction or addition and the reviewer, who read the whole, does not. What a reviewer left
    undecided is no answer.

    Args:
        proposal: Id of the proposal.
        said: By name of the reviewers who are done: how things stand for each, by id of the finding.
    """
    seen = {(one.clause, one.effective_label) for each in said.values() for one in each.values() if _is_own_sight(one)}
    made: dict[str, dict[Unit, bool]] = {}
    for name, each in said.items():
        answers: dict[Unit, bool] = {}
        for one in each.values():
            if one.decided and one.verdict is not ReviewVerdict.ADDED:
                answers[proposal, one.clause, one.label] = one.effective_label == one.label
        for clause, label in seen:
            here = any(one.clause == clause and one.effective_label == label for one in each.values())
            open_ = any(one.clause == clause and one.label == label and not one.decided for one in each.values())
            if here or not open_:
                answers[proposal, clause, label] = here
        made[name] = answers
    return made


def measure_agreement(rated: Iterable[Mapping[str, Mapping[Unit, bool]]]) -> tuple[ReviewerAgreement, ...]:
    """Return the agreement per mechanism and safeguard, by id, after that of all together.

    Args:
        rated: What `ratings` returned, proposal by proposal.
    """
    answers: dict[str, dict[str, dict[Unit, bool]]] = defaultdict(lambda: defaultdict(dict))
    for one in rated:
        for name, each in one.items():
            for unit, answer in each.items():
                answers[unit[2]][name][unit] = answer
                answers[OVERALL][name][unit] = answer
    return tuple(made for label in sorted(answers) if (made := _of(label, answers[label])).units)


def _of(label: str, answers: Mapping[str, Mapping[Unit, bool]]) -> ReviewerAgreement:
    names = sorted(answers)
    counted: dict[Unit, int] = defaultdict(int)
    for answer in answers.values():
        for unit in answer:
            counted[unit] += 1
    units = sorted(unit for unit, number in counted.items() if number > 1)
    table = [[answers[name].get(unit) for unit in units] for name in names]
    pairs = tuple(_pair(one, other, answers) for one, other in combinations(names, 2))
    return ReviewerAgreement(label, len(units), _alpha(table), tuple(pair for pair in pairs if pair.units))


def _pair(first: str, second: str, answers: Mapping[str, Mapping[Unit, bool]]) -> ReviewerPair:
    both = sorted(answers[first].keys() & answers[second].keys())
    one, other = [answers[first][unit] for unit in both], [answers[second][unit] for unit in both]
    same = sum(a == b for a, b in zip(one, other, strict=True)) / len(both) if both else 0.0
    return ReviewerPair(first, second, len(both), same, _kappa(one, other))


def _kappa(one: list[bool], other: list[bool]) -> float | None:
    """Source: J. Cohen, A coefficient of agreement for nominal scales, 1960; undefined without variation."""
    if len({*one, *other}) < 2:
        return None
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score(one, other))


def _alpha(table: list[list[bool | None]]) -> float | None:
    """Source: K. Krippendorff, Computing Krippendorff's alpha-reliability, 2011; undefined without variation."""
    if len({answer for row in table for answer in row if answer is not None}) < 2:
        return None
    import krippendorff
    import numpy as np

    numbers = np.array([[np.nan if each is None else float(each) for each in row] for row in table])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return float(krippendorff.alpha(reliability_data=numbers, level_of_measurement="nominal"))


def _is_own_sight(standing: DecisionStatus) -> bool:
    """Return whether a reviewer sees what the program did not: added, or corrected to another mechanism."""
    return standing.verdict is ReviewVerdict.ADDED or (standing.stands and standing.effective_label != standing.label)
