"""The columns of the Parquet parts of an archive (docs/archive.md): a row a document, and a row a finding."""

from dataclasses import dataclass
from datetime import UTC, datetime

from impact.tables.columns import Column, columns_of, note
from impact.tables.rows import FilingRow, FindingRow, PortfolioRow
from impact.tables.states import REMOVED, STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedRow:
    """What an archive says of a document beside its `PortfolioRow`.

    Raises:
        ValueError: If it has no source, its state is unknown, or its time is not in UTC.
    """

    analysis: str = note("id of this analysis of the document, which its findings have too")
    source: str = note("address of the document; of rows with the same source the newest counts")
    analyzed_at: str = note("when it was analyzed, or failed: ISO 8601 in UTC with microseconds")
    meeting_name: str = note("meeting as it was given; the folder of the part has its short name")
    state: str = note("assessed, not assessed, failed, duplicate or removed")
    grade: str = note("high, medium, low, decide, none or not assessed; empty where it was not analyzed", "")
    brief: str = note("the reason in one line for tables", "")
    powers_high: tuple[str, ...] = note("ids of mechanisms by their gravest firm level", ())
    powers_medium: tuple[str, ...] = note("the same for medium", ())
    powers_low: tuple[str, ...] = note("the same for low", ())
    findings: int = note("number of findings", 0)
    quote: str = note("the clause that shows the gravest power best, cut to two lines", "")
    quote_number: str = note("its official number", "")
    quote_page: int = note("its page, from 1; 0 where pages mean nothing", 0)
    quote_mechanism: str = note("the mechanism that it shows", "")
    order_key: str = note("what decides between documents of equal counts, so written that it sorts as people count")
    program: str = note("version of the program", "")
    models: tuple[str, ...] = note("names of models, each with the beginning of its digest", ())
    versions: str = note("digest of program, taxonomy, models and options", "")

    def __post_init__(self) -> None:
        if not self.source or not self.analysis or self.state not in {*STATES, REMOVED}:
            msg = f"an archived document needs a source, an analysis and one of {STATES}, not {self.state!r}"
            raise ValueError(msg)
        if stamp(datetime.fromisoformat(self.analyzed_at)) != self.analyzed_at:
            msg = f"{self.analyzed_at!r} is no time in UTC with microseconds"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisKeyRow:
    """What stands before each finding."""

    analysis: str = note("id of the analysis, as in the row of its document")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingQuoteRow:
    """What stands behind each finding."""

    articles_secondary: tuple[str, ...] = note("articles of the rights that it may touch by a secondary link")
    quote: str = note("the clause, cut around the words that carry the finding")


def stamp(time: datetime) -> str:
    """Return a time in UTC with microseconds, so that later ones are greater texts.

    Raises:
        ValueError: If the time is of no time zone.
    """
    if time.tzinfo is None:
        msg = f"{time} is of no time zone"
        raise ValueError(msg)
    return time.astimezone(UTC).isoformat(timespec="microseconds")


_CHOSEN = (
    "finding",
    "level",
    "mechanism",
    "clause",
    "clause_number",
    "page",
    "strength",
    "confidence",
    "doubtful",
    "rights_primary",
    "rights_secondary",
    "articles_primary",
    "scale",
    "scope",
    "irremediability",
    "safeguards",
)
_ALL = columns_of(AnalysisKeyRow, FindingRow, FindingQuoteRow)

ARCHIVE_DOCUMENTS: dict[str, Column] = columns_of(ArchivedRow, PortfolioRow, FilingRow)
ARCHIVE_FINDINGS: dict[str, Column] = {
    name: _ALL[name] for name in ("analysis", *_CHOSEN, "articles_secondary", "quote")
}
"""The columns that are needed to search; report.json has the others."""
