"""`index.html`: the reading list on one page that needs nothing else; it works without its small script."""

from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote

from impact.batch.portfolio.coverage import Coverage, coverage_of
from impact.batch.portfolio.gather import Portfolio, RankedDocument
from impact.batch.portfolio.heat import HeatMap, groups_map, rights_map
from impact.batch.portfolio.order import OrderStep, PortfolioWording, natural, steps, wording
from impact.batch.portfolio.reasons import short
from impact.batch.portfolio.related import Chain, Reissue
from impact.batch.portfolio.sources import Source, sources_of
from impact.batch.portfolio.summary import DocumentSummary
from impact.present import templates
from impact.present.cleaning import clipped
from impact.records import Level
from impact.taxonomy.values import Taxonomy

if TYPE_CHECKING:
    from markupsafe import Markup

DOUBTFUL, UNFLAGGED, UNASSESSED = "doubtful", "none", "not assessed"
GRADES = (*(level.value for level in (Level.HIGH, Level.MEDIUM, Level.LOW)), DOUBTFUL, UNFLAGGED, UNASSESSED)


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document as the page shows it.

    Attributes:
        name: Number, or the title where it has none, cut for narrow places.
        title: Title; empty where it is the name already.
        grade: One of `GRADES`: the gravest firm level, or why there is none.
        href: Address of its report, relative to the page.
    """

    ranked: RankedDocument
    name: str
    title: str
    grade: str
    href: str

    @property
    def summary(self) -> DocumentSummary:
        """The document."""
        return self.ranked.summary

    @property
    def rank(self) -> int:
        """0 for the gravest grade, for sorting."""
        return GRADES.index(self.grade)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentListing:
    """The documents as the page lists them, cut to its limits.

    Attributes:
        grades: How many documents have each of `GRADES`.
        first: Those to read first, each the newest revision of its contribution.
        newer: By folder, the newest revision of each document that has a newer one which was analyzed.
        flagged: How many have findings.
        total: How many there are, with failures and duplicates.
        lines: The reading list.
        listed_count: How many have a place in it.
        copies: The same lines sorted by number and by group, for readers without script.
        by_folder: Each document by its folder in the output.
    """

    grades: Counter[str]
    first: Sequence[ListedDocument]
    newer: Mapping[str, ListedDocument]
    flagged: int
    total: int
    lines: Sequence[ListedDocument]
    listed_count: int
    copies: Mapping[str, Sequence[ListedDocument]]
    by_folder: Mapping[str, ListedDocument]
    by_name: Mapping[str, ListedDocument]


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioView:
    """What the templates of the page show.

    Attributes:
        compared: Source organizations with texts enough to be compared.
        few: The others.
        script: Sorts the list; the browser runs it by its digest alone.
        line_of: Gives a document as the page shows it.
        power: Gives the short name of a mechanism.
    """

    portfolio: Portfolio
    listing: DocumentListing
    words: PortfolioWording
    limits: Mapping[str, int]
    by_rights: HeatMap
    by_groups: HeatMap
    sources: Sequence[Source]
    compared: Sequence[Source]
    few: Sequence[Source]
    coverage: Coverage
    chains: Sequence[Chain]
    reissues: Sequence[Reissue]
    steps: Sequence[OrderStep]
    version: str
    script: "Markup"
    script_digest: str
    line_of: Callable[[RankedDocument], ListedDocument]
    power: Callable[[str], str]


def render(
    portfolio: Portfolio, taxonomy: Taxonomy, chains: Sequence[Chain] = (), reissues: Sequence[Reissue] = ()
) -> str:
    """Return the page. All text of documents is escaped and isolated in its writing direction.

    Args:
        portfolio: What to show.
        taxonomy: Names of mechanisms, rights and pairs.
        chains: Revisions of one contribution.
        reissues: Documents that may be a re-issue of another one, likeliest first.
    """
    sources = sources_of(portfolio.reading_list)
    limits = wording().limits
    script, digest = _script()
    view = PortfolioView(
        portfolio=portfolio,
        listing=_listing(portfolio, chains),
        words=wording(),
        limits=limits,
        by_rights=rights_map(portfolio.reading_list, limits["heat"], taxonomy),
        by_groups=groups_map(portfolio.reading_list, limits["heat"], taxonomy),
        sources=sources,
        compared=[source for source in sources if source.flagged is not None],
        few=[source for source in sources if source.flagged is None],
        coverage=coverage_of(portfolio),
        chains=chains,
        reissues=reissues,
        steps=steps(),
        version=version("impact-rights"),
        script=script,
        script_digest=digest,
        line_of=_line,
        power=lambda mechanism: short(mechanism, taxonomy),
    )
    return templates.render("batch/portfolio/index.html", view)


@cache
def _script() -> tuple["Markup", str]:
    """Return the script of the page, which is ours, and its digest."""
    from markupsafe import Markup

    script = files("impact.batch.portfolio").joinpath("templates", "sort.js").read_text("utf-8")
    return Markup(script), b64encode(sha256(script.encode()).digest()).decode()  # noqa: S704 (our own file)


def _line(ranked: RankedDocument) -> ListedDocument:
    summary = ranked.summary
    name, title = (summary.number, summary.title) if summary.number else (clipped(summary.title, 70), "")
    return ListedDocument(ranked, name, title, _grade(summary), f"{quote(summary.record.folder)}/report.html")


def _grade(summary: DocumentSummary) -> str:
    """Return the gravest firm level; else whether there are doubtful findings, none, or nothing was assessed."""
    if not summary.has_place:
        return UNASSESSED
    levels = [*(power.firm for power in summary.powers), *summary.firm_pairs]
    gravest = max(levels, default=Level.NONE)
    if gravest is not Level.NONE:
        return gravest.value
    return DOUBTFUL if summary.powers else UNFLAGGED


def _listing(portfolio: Portfolio, chains: Sequence[Chain]) -> DocumentListing:
    limits = wording().limits
    lines = [_line(document) for document in portfolio.documents]
    listed = [line for line in lines if line.ranked.place]
    flagged = [line for line in listed if line.summary.powers]
    by_folder = {line.summary.record.folder: line for line in lines}
    newer = _newer(chains, by_folder)
    return DocumentListing(
        grades=Counter(line.grade for line in lines),
        first=[line for line in flagged if line.summary.record.folder not in newer][: limits["first"]],
        newer=newer,
        flagged=len(flagged),
        total=len(lines) + len(portfolio.failures) + len(portfolio.duplicates),
        lines=listed[: limits["rows"]],
        listed_count=len(listed),
        copies=_copies(listed[: limits["copies"]]),
        by_folder=by_folder,
        by_name={line.summary.record.name: line for line in lines},
    )


def _newer(chains: Sequence[Chain], by_folder: Mapping[str, ListedDocument]) -> dict[str, ListedDocument]:
    pairs = ((folder, chain.folders[-1]) for chain in chains for folder in chain.folders[:-1])
    return {folder: by_folder[newest] for folder, newest in pairs if newest in by_folder and newest != folder}


def _copies(lines: Sequence[ListedDocument]) -> dict[str, list[ListedDocument]]:
    by_number = sorted(lines, key=lambda line: (not line.summary.number, natural(line.name)))
    by_group = sorted(lines, key=lambda line: (not line.summary.group, natural(line.summary.group), line.ranked.place))
    return {"number": by_number, "group": by_group}
