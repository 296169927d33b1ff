"""The document beside the findings: pages with boxes over them, or its clauses as text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from impact.present.cleaning import clipped, plain
from impact.records.layout import Box
from impact.records.report import Report, ReportClause
from impact.web.desk.finding import DeskFinding
from impact.web.desk.wording import TextRun, cleaned, place, runs

EDGE = 1.5
"""Points that a box is wider on each side than the line of text it lies over."""

MOST_NAMED = 90
"""Characters of a clause in a list to choose from."""

Size = tuple[float, float]
"""Width and height of a page in points."""


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page in percent of its width and height, as SVG writes it.

    Attributes:
        clause: DOM id of the clause.
        finding: The finding or safeguard whose evidence it is; None for the clause as a whole.
    """

    x: str
    y: str
    width: str
    height: str
    clause: str
    finding: DeskFinding | None = None


@dataclass(frozen=True, slots=True)
class PageSheet:
    """A page: its number, its size in points, the clauses on it, the evidence over them, and whether both are given."""

    number: int
    width: int
    height: int
    clauses: tuple[PageBox, ...]
    evidence: tuple[PageBox, ...]
    marked: bool = True


@dataclass(frozen=True, slots=True)
class ClauseBlock:
    """A clause of the text view.

    Attributes:
        headings: Those that begin with it, outermost first; pairs of a rank (from 3) and the text.
        dom: Id in the page; `findings`, its findings and safeguards.
        title: Whether it is itself the heading of what follows, which then does not repeat it.
    """

    dom: str
    id: str
    headings: tuple[tuple[int, str], ...]
    number: str
    place: str
    runs: tuple[TextRun, ...]
    findings: tuple[DeskFinding, ...]
    assessed: bool
    title: bool = False


def clause_doms(clauses: Iterable[ReportClause]) -> dict[str, str]:
    """Return the id in the page of each clause, by its id in the report."""
    return {clause.id: f"c{index}" for index, clause in enumerate(clauses)}


def sheets(
    clauses: Sequence[ReportClause], findings: Iterable[DeskFinding], sizes: Sequence[Size], marked_pages: range
) -> tuple[PageSheet, ...]:
    """Return the pages of a document, with what to mark on those with the numbers `marked_pages`."""
    doms = clause_doms(clauses)
    marked = {(finding.subject.clause, finding.subject.label): finding for finding in findings}
    outlines: dict[int, list[PageBox]] = defaultdict(list)
    evidence: dict[int, list[PageBox]] = defaultdict(list)
    for clause in clauses:
        _place(clause.boxes, sizes, marked_pages, outlines, doms[clause.id])
        labeled = [(safeguard.safeguard, safeguard.evidence) for safeguard in clause.safeguards]
        labeled += [(finding.mechanism, finding.evidence) for finding in clause.findings]
        for label, quotations in labeled:
            for quotation in quotations:
                finding = marked.get((clause.id, label))
                _place(quotation.boxes, sizes, marked_pages, evidence, doms[clause.id], finding)
    return tuple(
        PageSheet(
            number,
            round(width),
            round(height),
            tuple(outlines[number]),
            tuple(evidence[number]),
            marked=number in marked_pages,
        )
        for number, (width, height) in enumerate(sizes, 1)
    )


def blocks(report: Report, findings: Iterable[DeskFinding], stretch: range) -> tuple[ClauseBlock, ...]:
    """Return the clauses with the indexes of a stretch, in the order of the text."""
    doms = clause_doms(report.clauses)
    of_clause: dict[str, list[DeskFinding]] = defaultdict(list)
    for finding in findings:
        of_clause[finding.subject.clause].append(finding)
    listed: list[ClauseBlock] = []
    before: tuple[str, ...] = ()
    last = ""
    begin = max(stretch.start - 1, 0)  # the clause before and after tell where headings begin
    for clause in report.clauses[begin : stretch.stop + 1]:
        headings = clause.headings
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(headings, before, strict=False)))
        new = tuple((min(3 + rank, 6), cleaned(headings[rank])) for rank in range(same, len(headings)))
        if new and listed and last and plain(new[0][1]).endswith(last):
            listed[-1], new = replace(listed[-1], title=True), new[1:]
        inside, start = tuple(of_clause[clause.id]), clause.span.start
        evidence = [(finding.dom, span) for finding in inside for _, span in finding.subject.evidence]
        block = ClauseBlock(
            dom=doms[clause.id],
            id=clause.id,
            headings=new,
            number=clipped(plain(clause.number), 40),
            place=place(clause.number, clause.page, paged=report.document.paged),
            runs=runs(clause.text, [(span.start - start, span.end - start, dom) for dom, span in evidence]),
            findings=inside,
            assessed=clause.assessed,
        )
        listed.append(block)
        before, last = headings, plain(clause.text)
    return tuple(listed[stretch.start - begin :][: len(stretch)])


def choices(report: Report, stretch: Iterable[int]) -> Iterator[tuple[str, str]]:
    """Yield each clause with the index of a stretch by id and in a few words, to choose from."""
    for clause in map(report.clauses.__getitem__, stretch):
        where = place(clause.number, clause.page, paged=report.document.paged)
        yield clause.id, clipped(f"{where}: {plain(clause.text)}", MOST_NAMED)


def _place(  # noqa: PLR0913, PLR0917 (all of a mark)
    boxes: Iterable[Box],
    sizes: Sequence[Size],
    wanted: range,
    pages: dict[int, list[PageBox]],
    clause: str,
    finding: DeskFinding | None = None,
) -> None:
    """Put boxes of a clause on their pages; those of no page that is wanted are left out."""
    for box in boxes:
        if box.page > len(sizes) or box.page not in wanted:
            continue
        width, height = sizes[box.page - 1]
        rectangle = PageBox(
            _percent(box.x0 - EDGE, width),
            _percent(box.y0 - EDGE, height),
            _percent(box.x1 - box.x0 + 2 * EDGE, width),
            _percent(box.y1 - box.y0 + 2 * EDGE, height),
            clause,
            finding,
        )
        pages[box.page].append(rectangle)


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.2f}%"
