"""The document beside the findings: pages with boxes over them, or its clauses as text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from impact.present.cleaning import clipped, plain
from impact.web.desk.view import Item, is_paged
from impact.web.desk.wording import TextRun, cleaned, place, runs

EDGE = 1.5
"""Points that a box is wider on each side than the line of text it lies over."""

MOST_NAMED = 90
"""Characters of a clause in a list to choose from."""


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page in percent of its width and height, as SVG writes it.

    Attributes:
        clause: DOM id of the clause.
        item: The finding or safeguard whose evidence it is; None for the clause as a whole.
    """

    x: str
    y: str
    width: str
    height: str
    clause: str
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class PageSheet:
    """A page: its number, its size in points, the clauses on it, and the evidence over them."""

    number: int
    width: int
    height: int
    clauses: tuple[PageBox, ...]
    evidence: tuple[PageBox, ...]


@dataclass(frozen=True, slots=True)
class ClauseBlock:
    """A clause of the text view.

    Attributes:
        headings: Those that begin with it, outermost first; pairs of a rank (from 3) and the text.
        dom: Id in the page; `items`, its findings and safeguards.
        title: Whether it is itself the heading of what follows, which then does not repeat it.
    """

    dom: str
    id: str
    headings: tuple[tuple[int, str], ...]
    number: str
    place: str
    runs: tuple[TextRun, ...]
    items: tuple[Item, ...]
    assessed: bool
    title: bool = False


def clause_doms(report: Mapping[str, Any]) -> dict[str, str]:
    """Return the id in the page of each clause, by its id in the report."""
    return {clause["id"]: f"c{index}" for index, clause in enumerate(report["clauses"])}


def sheets(
    report: Mapping[str, Any], items: Iterable[Item], sizes: Sequence[tuple[float, float]]
) -> tuple[PageSheet, ...]:
    """Return the pages of a report.

    Args:
        report: Parsed report.json, whose boxes are in points with their origin at the top left.
        items: What to mark.
        sizes: Width and height of each page in points.
    """
    doms, by_id = clause_doms(report), {(one.subject.clause, one.subject.label): one for one in items}
    clauses: dict[int, list[PageBox]] = {}
    evidence: dict[int, list[PageBox]] = {}
    for clause in report["clauses"]:
        _place(clause.get("boxes", []), sizes, clauses, doms[clause["id"]], None)
        for row in (*clause["safeguards"], *clause["findings"]):
            item = by_id.get((clause["id"], row.get("mechanism") or row.get("safeguard")))
            for part in row["evidence"]:
                _place(part.get("boxes", []), sizes, evidence, doms[clause["id"]], item)
    return tuple(
        PageSheet(number, round(width), round(height), tuple(clauses.get(number, ())), tuple(evidence.get(number, ())))
        for number, (width, height) in enumerate(sizes, 1)
    )


def blocks(report: Mapping[str, Any], items: Iterable[Item]) -> tuple[ClauseBlock, ...]:
    """Return the clauses in the order of the text."""
    doms, of_clause, paged = clause_doms(report), _by_clause(items), is_paged(report)
    made: list[ClauseBlock] = []
    before: list[str] = []
    last = ""
    for clause in report["clauses"]:
        headings = list(clause["headings"])
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(headings, before, strict=False)))
        fresh = tuple((min(3 + rank, 6), cleaned(headings[rank])) for rank in range(same, len(headings)))
        if fresh and made and last and plain(fresh[0][1]).endswith(last):
            made[-1], fresh = replace(made[-1], title=True), fresh[1:]
        made.append(_block(clause, doms[clause["id"]], fresh, tuple(of_clause.get(clause["id"], ())), paged=paged))
        before, last = headings, plain(clause["text"])
    return tuple(made)


def choices(report: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return each clause by id and in a few words, to choose from."""
    paged = is_paged(report)
    return tuple(
        (
            clause["id"],
            clipped(f"{place(clause['number'], clause['page'], paged=paged)}: {plain(clause['text'])}", MOST_NAMED),
        )
        for clause in report["clauses"]
    )


def _block(
    clause: Mapping[str, Any], dom: str, headings: tuple[tuple[int, str], ...], items: tuple[Item, ...], *, paged: bool
) -> ClauseBlock:
    start = clause["span"][0]
    marks = [(span.start - start, span.end - start, one.dom) for one in items for _, span in one.subject.evidence]
    return ClauseBlock(
        dom=dom,
        id=clause["id"],
        headings=headings,
        number=clipped(plain(clause["number"]), 40),
        place=place(clause["number"], clause["page"], paged=paged),
        runs=runs(clause["text"], marks),
        items=items,
        assessed=bool(clause.get("assessed", True)),
    )


def _by_clause(items: Iterable[Item]) -> dict[str, list[Item]]:
    made: dict[str, list[Item]] = {}
    for one in items:
        made.setdefault(one.subject.clause, []).append(one)
    return made


def _place(
    boxes: Iterable[Sequence[float]],
    sizes: Sequence[tuple[float, float]],
    on: dict[int, list[PageBox]],
    clause: str,
    item: Item | None,
) -> None:
    for page, left, top, right, bottom in boxes:
        if not 1 <= page <= len(sizes):
            continue
        width, height = sizes[int(page) - 1]
        box = PageBox(
            _percent(left - EDGE, width),
            _percent(top - EDGE, height),
            _percent(right - left + 2 * EDGE, width),
            _percent(bottom - top + 2 * EDGE, height),
            clause,
            item,
        )
        on.setdefault(int(page), []).append(box)


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.2f}%"
