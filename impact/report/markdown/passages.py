"""The passages of the brief that are quoted without a finding."""

from collections.abc import Iterator

from impact.present.escaping import escaped
from impact.present.lists import begun
from impact.present.places import named, place, unbracketed
from impact.report.quotes.ledger import QuoteLedger
from impact.report.quotes.quote import Piece
from impact.report.view.passages import lead, question_of, remarks_on, wording_of
from impact.report.view.subject import ReportSubject


def passage_lines(subject: ReportSubject, ledger: QuoteLedger) -> Iterator[str]:
    """Yield each passage as an item with its place and its words, or where they are quoted."""
    document, intro = subject.assessment.document, lead(subject)
    for at, passage in enumerate(subject.advice.salient):
        yield from ("",) if at else (intro, "") if intro else ()
        text = wording_of(subject, passage)
        quote = ledger.quote("passages", subject.at.where(passage.clause).anchor, (Piece(text),))
        where = begun(escaped(unbracketed(named(place(subject.at.clause(passage.clause), document)))))
        remarks = "; ".join(remarks_on(subject, passage))
        asked = question_of(subject, passage.clause)
        yield f"- {where}{f', “{escaped(asked)}”' if asked else ''}{f' ({remarks})' if remarks else ''}:"
        yield f"  {quote.says}." if quote.says else f"  > {escaped(text)}"
