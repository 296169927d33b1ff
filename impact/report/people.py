"""Groups of people by mechanisms found."""

from collections.abc import Sequence
from dataclasses import dataclass

from impact.records import Affected, Assessment, Reach
from impact.report.cards import Places, Where
from impact.report.concerns import Concern
from impact.report.quotes import Piece, pieces

QUOTES = 2
LIMIT = 90


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: a cell a concern ("clause", "heading", "title" or ""), the number of findings, and quotes."""

    name: str
    source: str
    cells: tuple[str, ...]
    findings: int
    quotes: tuple[tuple[Where, tuple[Piece, ...]], ...]


def people_of(
    assessment: Assessment, affected: Sequence[Affected], concerns: Sequence[Concern], at: Places
) -> tuple[GroupRow, ...]:
    """Return one row a group, in the order of the advice; each cell says where the group is named nearest."""
    return tuple(_row(assessment, one, concerns, at) for one in affected)


def _row(assessment: Assessment, one: Affected, concerns: Sequence[Concern], at: Places) -> GroupRow:
    reach, text = dict(one.findings), assessment.document.text
    order = list(Reach)
    cells = []
    for concern in concerns:
        found = [reach[judged.finding.id] for judged in concern.findings if judged.finding.id in reach]
        cells.append(min(found, key=order.index).value if found else "")
    quotes = tuple(
        (at.where(cite.clause), pieces(text, at.clause(cite.clause).span, cite.evidence, LIMIT))
        for cite in one.cites[:QUOTES]
    )
    return GroupRow(one.name, one.source, tuple(cells), len(one.findings), quotes)
