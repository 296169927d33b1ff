"""What reviewers decided, at the end of a draft: a record for its authors, who remove it before they send the draft."""

from collections.abc import Iterator

from impact.present.words import words
from impact.report.script import DraftLine, bullet, heading, paragraph, small_print, subheading
from impact.report.view.subject import ReportSubject


def decision_lines(subject: ReportSubject) -> Iterator[DraftLine]:
    """Yield whose decisions a draft follows, with their remarks and what they rejected; nothing without decisions."""
    decisions = subject.decisions
    if decisions is None:
        return
    yield heading(words().review.title)
    yield small_print(words().review.internal)
    yield paragraph(decisions.who)
    for title, lines in decisions.parts:
        yield subheading(title)
        for line in lines:
            yield bullet(line.text)
