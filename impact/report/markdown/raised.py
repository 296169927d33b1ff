"""The points that a second reader raises, and changes of wording, in the Markdown brief."""

from collections.abc import Iterator

from impact.present.escaping import escaped, escaped_run
from impact.present.words import words
from impact.report.quotes.abridged import abridged
from impact.report.quotes.ledger import QuoteLedger
from impact.report.view.amendments import AmendmentRun
from impact.report.view.guideline_answers import raised_views
from impact.report.view.subject import ReportSubject

QUOTE = 260


def raised_lines(subject: ReportSubject, ledger: QuoteLedger) -> Iterator[str]:
    """Yield the points with their quotes; nothing where no reader was asked for points."""
    views, wording = raised_views(subject, QUOTE), words().raised
    if views is None:
        return
    yield wording.intro if views else wording.none
    for view in views:
        yield ""
        yield f"- **{view.under}. {view.kind}.** {view.point.says} {view.point.ask}"
        for where, _, runs in view.quotes:
            quote = ledger.quote("annex", where.anchor, runs)
            yield f"  > {escaped(where.full)}: {escaped(quote.says or abridged(runs))}"
            yield ""
        if view.change:
            yield f"  {view.change.edit} ({view.change.safeguard}): {view.change.why}"
            yield f"  > {''.join(map(marked_run, view.change.parts))}"


def marked_run(part: AmendmentRun) -> str:
    """Return a run of a clause with HTML tags for changes, which Markdown lets through."""
    text = escaped_run(part.text)
    tag = {"inserted": "ins", "deleted": "del"}.get(part.fate, "")
    return f"<{tag}>{text}</{tag}>" if tag else f" {text} " if part.fate == "gap" else text
