"""What introduces a document to a reader, in its own words."""

from collections.abc import Collection

from impact.present.cleaning import GAP, plain
from impact.records import Clause
from impact.report.view.passages import CLOSED, leads
from impact.report.view.subject import ReportSubject


def introduction_of(subject: ReportSubject, besides: Collection[str]) -> tuple[str, Clause] | None:
    """Return the words and their first clause; none of clauses in `besides`, which are quoted elsewhere."""
    introduction = next(
        (introduction for introduction in subject.advice.introductions if not set(introduction.clauses) & set(besides)),
        None,
    )
    if introduction is None:
        return None
    document = subject.assessment.document
    text = " ".join(plain(document.quote(span)) for span in introduction.evidence)
    is_whole = text.endswith(CLOSED) or not leads(document, introduction.evidence[-1])
    return text if is_whole else f"{text} {GAP}", subject.at.clause(introduction.clauses[0])
