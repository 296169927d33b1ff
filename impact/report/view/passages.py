"""What a brief says of the passages that it quotes without a finding."""

from impact.present.lists import begun, inside, numeral
from impact.present.words import words
from impact.report.view.reading_facts import mostly_unread
from impact.report.view.subject import ReportSubject


def unrated(subject: ReportSubject) -> str:
    """Return what to say first of a text of which passages are quoted, all without a finding; else empty."""
    facts, count = subject.facts, len(subject.advice.salient)
    if subject.firm or subject.likely or mostly_unread(subject.assessment) or not count:
        return ""
    blanks = {
        "{extent}": facts.extent,
        "{passages}": begun(numeral(count)),
        "{are}": "is" if count == 1 else "are",
        "{unread}": begun(facts.unread),
    }
    text = words().passages.alone
    for blank, filling in blanks.items():
        text = text.replace(blank, filling)
    return text


def possibly(subject: ReportSubject, clause: str) -> str:
    """Return which power the clause with this id may give, as the likeliest of its findings has it; else empty."""
    here = [rated.finding for rated in subject.assessment.findings if rated.finding.clause == clause]
    if not here:
        return ""
    likeliest = max(here, key=lambda finding: finding.confidence)
    return words().passages.possibly.replace("{power}", inside(subject.taxonomy.mechanisms[likeliest.mechanism].name))
