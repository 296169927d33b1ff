"""On what a graver level than the firm one depends, in words."""

from impact.present.lists import inside
from impact.present.places import placed, within
from impact.report.view.concerns import Concern
from impact.report.view.places import Places
from impact.report.view.subject import ReportSubject

PLACES = 2
"""Safeguards whose places are named. Source: project judgment."""


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
    places = [where.full for where in at.of(clauses)]
    several = len(clauses) > 1
    where = f" {within(*places)} {placed(places)}" if 0 < len(places) <= PLACES else ""
    return f"{concern.level.value} if the safeguard{'s' * several}{where} {'are' if several else 'is'} not confirmed"


def headline_depends(subject: ReportSubject) -> str:
    """Return on what a graver level of the proposal depends; empty where it cannot be graver."""
    headline = subject.assessment.headline
    if not headline.is_open:
        return ""
    for concern in subject.firm:
        if concern.level is headline.gravest and (on := depends(concern, subject.at)):
            return on
    doubtful = [
        (inside(concern.mechanism.name), rated)
        for concern in subject.concerns
        if concern.likely
        for rated in concern.findings
        if rated.finding.doubtful and rated.severity.level is headline.gravest
    ]
    powers = {phrase for phrase, _ in doubtful}
    if not doubtful:
        return ""
    which = "the finding" if len(doubtful) == 1 else "a finding"
    about = f"on {powers.pop()}" if len(powers) == 1 else "that needs review"
    return f"{headline.gravest.value} if {which} {about} is confirmed"
