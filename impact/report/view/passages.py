"""What a brief says of the passages that it quotes without a finding."""

from impact.present.lists import begun, inside, spelled
from impact.present.words import words
from impact.report.view.subject import ReportSubject


def passages_note(subject: ReportSubject) -> str:
    """Return how many passages are quoted below, for a text without findings that are quoted; else empty."""
    count, note = len(subject.advice.salient), words().passages
    if subject.firm or subject.likely or not count:
        return ""
    return note.one if count == 1 else note.several.replace("{passages}", begun(spelled(count, "passage")))


def possibly(subject: ReportSubject, clause: str) -> str:
    """Return which power the clause with this id may give, as the likeliest of its findings has it; else empty."""
    here = [rated.finding for rated in subject.assessment.findings if rated.finding.clause == clause]
    if not here:
        return ""
    likeliest = max(here, key=lambda finding: finding.confidence)
    return words().passages.possibly.replace("{power}", inside(subject.taxonomy.mechanisms[likeliest.mechanism].name))
