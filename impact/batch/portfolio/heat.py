"""Heat maps: proposals by rights, and study groups by mechanisms; each cell has words for its twin in a list."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from impact.batch.portfolio.gather import RankedDocument
from impact.batch.portfolio.order import natural
from impact.batch.portfolio.reasons import short
from impact.batch.portfolio.summary import DocumentSummary, MechanismSummary
from impact.records import Level
from impact.taxonomy.values import Taxonomy

NO_GROUP, OTHERS = "No group stated", "Other groups"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty.

    Attributes:
        level: The gravest level of the firm findings in it; none where a reader must decide.
        count: How many powers (proposals by rights) or texts (groups by mechanisms) it stands for.
        names: Their names, for the twin.
    """

    level: Level
    count: int
    names: tuple[str, ...]

    @property
    def doubtful(self) -> bool:
        """Whether it rests on doubtful findings alone."""
        return self.level is Level.NONE

    @property
    def mark(self) -> str:
        """What stands in the cell: "H 3", or "(3)" for a reader to decide, without a level."""
        return f"({self.count})" if self.doubtful else f"{self.level.value[0].upper()}\N{NO-BREAK SPACE}{self.count}"


@dataclass(frozen=True, slots=True)
class ProposalHeat:
    """A proposal with a cell a right, None where none of its powers has a primary link to the right."""

    ranked: RankedDocument
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class GroupHeat:
    """A study group with the number of its texts in the reading list and a cell a mechanism."""

    name: str
    texts: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Columns by name, and rows; `left_out` is how many further rows there would be."""

    columns: tuple[str, ...]
    rows: tuple[ProposalHeat | GroupHeat, ...]
    left_out: int


def rights_map(documents: Sequence[RankedDocument], most: int, taxonomy: Taxonomy) -> HeatMap:
    """Return the first `most` flagged proposals in reading order by the rights that their powers may touch."""
    flagged = [document for document in documents if document.summary.powers]
    chosen = [(document, dict(document.summary.rights)) for document in flagged[:most]]
    columns = [right for right in taxonomy.rights if any(rights.get(right) for _, rights in chosen)]
    rows = tuple(
        ProposalHeat(
            document, tuple(_right_cell(document.summary, rights.get(right, ()), taxonomy) for right in columns)
        )
        for document, rights in chosen
    )
    return HeatMap(tuple(taxonomy.rights[right].name for right in columns), rows, max(0, len(flagged) - most))


def groups_map(documents: Sequence[RankedDocument], most: int, taxonomy: Taxonomy) -> HeatMap:
    """Return study groups by mechanisms, groups by name; groups beyond the `most` with most texts are one row."""
    groups = _groups([document.summary for document in documents], most)
    proposed = {power.mechanism for document in documents for power in document.summary.powers}
    columns = [name for name in taxonomy.mechanisms if name in proposed]
    rows = tuple(
        GroupHeat(name, len(summaries), tuple(_group_cell(column, summaries) for column in columns))
        for name, summaries in groups
    )
    return HeatMap(tuple(short(name, taxonomy) for name in columns), rows, 0)


def _right_cell(summary: DocumentSummary, mechanisms: Iterable[str], taxonomy: Taxonomy) -> Cell | None:
    by_name = {power.mechanism: power for power in summary.powers}
    powers = [by_name[name] for name in mechanisms if name in by_name]
    return _cell(powers, [short(power.mechanism, taxonomy) for power in powers])


def _group_cell(mechanism: str, summaries: Iterable[DocumentSummary]) -> Cell | None:
    powers = [(power, summary) for summary in summaries for power in summary.powers if power.mechanism == mechanism]
    return _cell([power for power, _ in powers], [summary.number or summary.title for _, summary in powers])


def _cell(powers: Sequence[MechanismSummary], names: Sequence[str]) -> Cell | None:
    """Return the cell of some powers: the firm ones alone, or where there is none the doubtful ones."""
    if not powers:
        return None
    firm = [place for place, power in enumerate(powers) if power.clauses]
    chosen = firm or range(len(powers))
    return Cell(max(powers[place].firm for place in chosen), len(chosen), tuple(names[place] for place in chosen))


def _groups(summaries: Sequence[DocumentSummary], most: int) -> list[tuple[str, list[DocumentSummary]]]:
    written: dict[str, str] = {}
    names = [written.setdefault(name.casefold(), name) for name in (summary.group or NO_GROUP for summary in summaries)]
    largest = {name for name, _ in sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))[:most]}
    groups: dict[str, list[DocumentSummary]] = {}
    for name, summary in zip(names, summaries, strict=True):
        groups.setdefault(name if name in largest else OTHERS, []).append(summary)
    last = (NO_GROUP, OTHERS)
    return sorted(groups.items(), key=lambda pair: (pair[0] in last, natural(pair[0])))
