"""How far reviewers agree, mechanism by mechanism, on what each decided blind."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from impact.records import ReviewVerdict
from impact.review.decide.coefficients import kappa, nominal_alpha
from impact.review.decide.status import DecisionStatus

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
    """

    label: str
    units: int
    alpha: float | None
    pairs: tuple[ReviewerPair, ...]


def ratings(proposal: str, reviewers: Mapping[str, Mapping[str, DecisionStatus]]) -> dict[str, dict[Unit, bool]]:
    """Return what each reviewer answered: does this clause have this mechanism (or safeguard)?

    Yes if it stands as found, corrected or added; no if it was rejected or corrected to another one, or if somebody
    else sees it there by correction or addition and the reviewer, who read the whole, does not. What a reviewer left
    undecided is no answer. The reviewers, by name, are those who are done: how things stand for each, by id of the
    finding.
    """
    sightings = {
        (status.clause, status.effective_label)
        for statuses in reviewers.values()
        for status in statuses.values()
        if _is_own_sight(status)
    }
    answers_by_name: dict[str, dict[Unit, bool]] = {}
    for name, statuses in reviewers.items():
        answers: dict[Unit, bool] = {}
        for status in statuses.values():
            if status.decided and status.verdict is not ReviewVerdict.ADDED:
                answers[proposal, status.clause, status.label] = status.effective_label == status.label
        for clause, label in sightings:
            in_clause = [status for status in statuses.values() if status.clause == clause]
            sees = any(status.effective_label == label for status in in_clause)
            if sees or all(status.decided for status in in_clause if status.label == label):
                answers[proposal, clause, label] = sees
        answers_by_name[name] = answers
    return answers_by_name


def measure_agreement(rated: Iterable[Mapping[str, Mapping[Unit, bool]]]) -> tuple[ReviewerAgreement, ...]:
    """Return the agreement per mechanism and safeguard, by id, after that of all together.

    It is that of what `ratings` returned, proposal by proposal.
    """
    answers: dict[str, dict[str, dict[Unit, bool]]] = defaultdict(lambda: defaultdict(dict))
    for answers_by_name in rated:
        for name, answers_by_unit in answers_by_name.items():
            for unit, answer in answers_by_unit.items():
                answers[unit[2]][name][unit] = answer
                answers[OVERALL][name][unit] = answer
    agreements = (_agreement(label, answers[label]) for label in sorted(answers))
    return tuple(agreement for agreement in agreements if agreement.units)


def _agreement(label: str, answers: Mapping[str, Mapping[Unit, bool]]) -> ReviewerAgreement:
    names = sorted(answers)
    counts = Counter(unit for answer in answers.values() for unit in answer)
    units = sorted(unit for unit, number in counts.items() if number > 1)
    table = [[answers[name].get(unit) for unit in units] for name in names]
    pairs = tuple(_pair(first, second, answers) for first, second in combinations(names, 2))
    return ReviewerAgreement(label, len(units), nominal_alpha(table), tuple(pair for pair in pairs if pair.units))


def _pair(first: str, second: str, answers: Mapping[str, Mapping[Unit, bool]]) -> ReviewerPair:
    units = sorted(answers[first].keys() & answers[second].keys())
    left, right = [answers[first][unit] for unit in units], [answers[second][unit] for unit in units]
    same = sum(a == b for a, b in zip(left, right, strict=True)) / len(units) if units else 0.0
    return ReviewerPair(first, second, len(units), same, kappa(left, right))


def _is_own_sight(status: DecisionStatus) -> bool:
    """Return whether a reviewer sees what the program did not: added, or corrected to another mechanism."""
    return status.verdict is ReviewVerdict.ADDED or (status.stands and status.effective_label != status.label)
