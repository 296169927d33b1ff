"""An assessment as what reports are made of."""

from impact.advise import advise
from impact.records import Advice, Assessment
from impact.report import ReportSubject
from impact.taxonomy import load


def subject_of(assessment: Assessment, advice: Advice | None = None) -> ReportSubject:
    """Return an assessment with its advice, or with another one."""
    return ReportSubject(assessment, lambda: advice or advise(assessment, load()), load())
