"""The worksheet of the tests for qualified rights, with quotes where the text answers and blanks where not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from impact.present.lists import inside
from impact.present.words import words
from impact.records import Cited, Ground, Limitation, RightSheet
from impact.report.quotes.quote import Piece
from impact.report.view.places import Location, Places
from impact.report.view.rights_matrix import RightRow
from impact.report.view.subject import ReportSubject
from impact.taxonomy.values import Taxonomy

LIMIT = 220

Quote = tuple[Location, tuple[Piece, ...], str]
"""Place, words, and what introduces them; no words where the same are quoted further up."""


@dataclass(frozen=True, slots=True)
class Prong:
    """One of the tests for one right.

    Attributes:
        asks: What the articles ask, a line each.
        answers: What the text may say to it; empty where a reader alone can answer.
        aims: For the test of the aim, each aim that the text names, whether an article lists it, and the quotes.
    """

    id: str
    name: str
    question: str
    asks: tuple[str, ...]
    answers: tuple[Quote, ...] = ()
    aims: tuple[tuple[str, bool, tuple[Quote, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class SheetView:
    """The tests for one right and the names of the mechanisms found that have a primary link to it."""

    row: RightRow
    mechanisms: tuple[str, ...]
    note: str
    tests: tuple[Prong, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorksheetView:
    """All of it; `further` are names, the others rows of the matrix of rights."""

    sheets: tuple[SheetView, ...]
    absolute: tuple[RightRow, ...]
    firm: tuple[RightRow, ...]
    further: tuple[str, ...]


def worksheet_view(subject: ReportSubject, rows: tuple[RightRow, ...]) -> WorksheetView:
    """Return the worksheet as the page shows it, in the order of the taxonomy."""
    worksheet, by_right, quotes = subject.advice.worksheet, {row.right.id: row for row in rows}, _Quotes(subject.at)
    return WorksheetView(
        tuple(_sheet(quotes, sheet, by_right[sheet.right], subject.taxonomy) for sheet in worksheet.sheets),
        tuple(by_right[right] for right in worksheet.absolute),
        tuple(by_right[right] for right in worksheet.firm),
        tuple(by_right[right].right.name for right in worksheet.further),
    )


class _Quotes:
    """Quotes clauses, each the first time alone: later it has no words and is named by place."""

    def __init__(self, at: Places) -> None:
        self._at = at
        self._seen: set[Cited] = set()

    def of(self, cites: Iterable[Cited]) -> tuple[Quote, ...]:
        """Return a quote a citation, in their order; what is only named by place, once a place."""
        quotes: list[Quote] = []
        for cited in cites:
            where, runs, stem = self._quote(cited)
            if runs or where.full not in {earlier.full for earlier, *_ in quotes}:
                quotes.append((where, runs, stem))
        return tuple(quotes)

    def _quote(self, cited: Cited) -> Quote:
        if cited in self._seen:
            return self._at.where(cited.clause), (), ""
        self._seen.add(cited)
        return *self._at.passage(cited.clause, cited.evidence, LIMIT), self._at.stem(cited.clause)


def _sheet(quotes: _Quotes, sheet: RightSheet, row: RightRow, taxonomy: Taxonomy) -> SheetView:
    answers = dict(sheet.answers)
    tests = tuple(
        Prong(
            id=test.id,
            name=test.name,
            question=test.question,
            asks=_asks(test.id, sheet.limitations),
            answers=quotes.of(answers.get(test.id, ())),
            aims=_aims(quotes, sheet) if test.id == "aim" else (),
        )
        for test in words().tests
    )
    return SheetView(
        row,
        tuple(inside(taxonomy.mechanisms[name].name) for name in sheet.mechanisms),
        words().worksheet.get(row.right.limits, ""),
        tests,
        tuple(dict.fromkeys(limitation.source for limitation in sheet.limitations)),
    )


def _asks(test: str, limitations: Iterable[Limitation]) -> tuple[str, ...]:
    """Return what each article asks in this test, once: of the law, of the aim, beside both."""
    asks = ASKS.get(test)
    return tuple(dict.fromkeys(f"{limitation.ref}{asks(limitation)}" for limitation in limitations)) if asks else ()


def _aim(limitation: Limitation) -> str:
    names = "; ".join(ground.name for ground in limitation.grounds)
    return f" lists: {names}. {limitation.note}" if names else f": {limitation.note}"


ASKS: dict[str, Callable[[Limitation], str]] = {
    "legality": lambda limitation: f": {limitation.law}.",
    "aim": _aim,
    "necessity": lambda limitation: f": {limitation.need}.",
}
"""What an article asks, by test, after its name."""


def _aims(quotes: _Quotes, sheet: RightSheet) -> tuple[tuple[str, bool, tuple[Quote, ...]], ...]:
    listed: dict[str, Ground] = {}
    for ground in (ground for limitation in sheet.limitations for ground in limitation.grounds if ground.cites):
        listed.setdefault(ground.name, ground)
    named = [*((ground, True) for ground in listed.values()), *((ground, False) for ground in sheet.unlisted)]
    return tuple((ground.name, is_listed, quotes.of(ground.cites)) for ground, is_listed in named)
