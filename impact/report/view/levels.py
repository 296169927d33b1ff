"""On what a graver level than the firm one depends, in words."""

from collections.abc import Collection

from impact.present.lists import inside
from impact.present.places import placed, within
from impact.report.view.concerns import Concern
from impact.report.view.places import Places
from impact.report.view.subject import ReportSubject

PLACES = 2
"""Safeguards, or findings, whose places are named. Source: project judgment."""


def depends(concern: Concern, at: Places) -> str:
    """Return "high if the safeguard in clause 4 is not confirmed" where such a safeguard may lower the level."""
    if concern.doubtful or concern.firm is concern.level:
        return ""
    clauses = {
        safeguard.clause
        for rated in concern.surest
        if rated.severity.level is concern.level and rated.severity.least
        for safeguard in rated.safeguards
        if safeguard.doubtful
    }
    several = len(clauses) > 1
    where = _where(clauses, at)
    return f"{concern.level.value} if the safeguard{'s' * several}{where} {'are' if several else 'is'} not confirmed"


def _where(clauses: Collection[str], at: Places) -> str:
    """Return " in clause 4" of a few clauses; nothing of more."""
    places = [where.full for where in at.of(clauses)]
    return f" {within(*places)} {placed(places)}" if 0 < len(places) <= PLACES else ""


def headline_depends(subject: ReportSubject) -> str:
    """Return on what a graver level of the proposal depends; empty where it cannot be graver."""
    headline = subject.assessment.headline
    if not headline.is_open:
        return ""
    for concern in subject.firm:
        if concern.level is headline.gravest and (on := depends(concern, subject.at)):
            return on
    doubtful = [
        (inside(concern.mechanism.name), rated.finding.clause)
        for concern in subject.concerns
        for rated in concern.findings
        if rated.finding.doubtful and rated.likely and rated.severity.level is headline.gravest
    ]
    powers, clauses = {power for power, _ in doubtful}, {clause for _, clause in doubtful}
    if not doubtful:
        return ""
    which = "the finding" if len(doubtful) == 1 else "a finding"
    about = f" on {powers.pop()}" if len(powers) == 1 else ""
    where = _where(clauses, subject.at) or " that needs review" * (not about)
    return f"{headline.gravest.value} if {which}{about}{where} is confirmed"
