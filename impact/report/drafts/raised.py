"""The points that a second reader raises, in a draft: apart from all else, and each to be checked."""

from collections.abc import Iterator

from impact.present.words import words
from impact.report.script import DraftLine, heading, paragraph, quote, subheading
from impact.report.view.amendments import spelled
from impact.report.view.guideline_answers import raised_views
from impact.report.view.subject import ReportSubject


def raised_lines(subject: ReportSubject, limit: int) -> Iterator[DraftLine]:
    """Yield the points with quotes of about `limit` characters; nothing where no reader was asked for points."""
    views, wording, at = raised_views(subject, limit), words().raised, subject.at
    if views is None:
        return
    yield heading(wording.title)
    yield paragraph(wording.intro if views else wording.none)
    under = ""
    for view in views:
        if view.under != under:
            yield subheading(view.under)
        under = view.under
        for where, clause, runs in view.quotes:
            yield quote(where, at.clause(clause), runs, at.stem(clause))
        yield paragraph(view.point.says, view.kind)
        yield paragraph(view.point.ask, "Recommendation")
        if view.amendment:
            yield paragraph(f"{spelled(view.amendment, at)} Reason: {view.amendment.why}", "Possible change")
