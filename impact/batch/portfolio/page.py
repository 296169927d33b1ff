"""`index.html`: the reading list on one page that needs nothing else; it works without its small script."""

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from impact.batch.portfolio.coverage import coverage_of
from impact.batch.portfolio.gather import Portfolio, RankedDocument
from impact.batch.portfolio.heat import groups_map, rights_map
from impact.batch.portfolio.lists import lists_of
from impact.batch.portfolio.order import natural, wording
from impact.batch.portfolio.reasons import short
from impact.batch.portfolio.related import Chain, Reissue
from impact.batch.portfolio.sources import sources_of
from impact.batch.portfolio.summary import DocumentSummary
from impact.present import templates
from impact.present.cleaning import clipped, shown
from impact.records import Grade
from impact.taxonomy.values import Taxonomy

GRADES = tuple(grade.value for grade in Grade)


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document as the page shows it.

    Attributes:
        name: Number, or the title where it has none, cut for narrow places.
        title: Title; empty where it is the name already.
        grade: One of `GRADES`: the firm level, or why there is none; "not assessed" also where no clause could be.
        href: Address of its report, relative to the page.
        further: Further documents of its proposal.
    """

    ranked: RankedDocument
    name: str
    title: str
    grade: str
    href: str
    further: tuple["ListedDocument", ...] = ()

    @property
    def summary(self) -> DocumentSummary:
        """The document."""
        return self.ranked.summary

    @property
    def rank(self) -> int:
        """0 for the gravest grade, for sorting."""
        return GRADES.index(self.grade)

    @property
    def gravest(self) -> "ListedDocument":
        """The document of its proposal with the gravest grade: itself, unless a further document is graver."""
        return min((self, *self.further), key=lambda line: line.rank)


def render(
    portfolio: Portfolio,
    taxonomy: Taxonomy,
    chains: Sequence[Chain] = (),
    reissues: Sequence[Reissue] = (),
    *,
    refresh: int = 0,
) -> str:
    """Return the page. All text of documents is escaped and isolated in its writing direction.

    Revisions of one contribution (`chains`) and re-issues, likeliest first, have a part of it where there are any. With
    `refresh`, it says that the batch runs, and reloads itself every so many seconds.
    """
    words, listed = wording(), portfolio.reading_list
    sources = sources_of(listed)
    parts = {
        "portfolio": portfolio,
        "refresh": refresh,
        "listing": _listing(portfolio, chains),
        "words": words,
        "limits": words.limits,
        "by_rights": rights_map(listed, words.limits["heat"], taxonomy),
        "by_groups": groups_map(listed, words.limits["heat"], taxonomy),
        "sources": sources,
        "compared": [source for source in sources if source.flagged is not None],
        "few": [source for source in sources if source.flagged is None],
        "coverage": coverage_of(portfolio),
        "chains": chains,
        "reissues": reissues,
        "lists": lists_of(portfolio),
        "steps": words.steps,
        "version": version("impact-rights"),
        **sorting_script(),
        "line_of": _line,
        "power": lambda mechanism: short(mechanism, taxonomy),
    }
    return shown(templates.template("batch/portfolio/index.html").render(parts))


@cache
def sorting_script() -> dict[str, str]:
    """Return the script of the page, which sorts the list and is ours, and its digest, by which the browser runs it."""
    from markupsafe import Markup

    script = files("impact.batch.portfolio").joinpath("templates", "sort.js").read_text("utf-8")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return {"script": Markup(script), "script_digest": digest}  # noqa: S704 (our own file)


def _line(ranked: RankedDocument) -> ListedDocument:
    summary = ranked.summary
    grade = summary.grade.value if summary.has_place else Grade.UNASSESSED.value
    name, title = (summary.number, summary.title) if summary.number else (clipped(summary.title, 70), "")
    return ListedDocument(ranked, name, title, grade, f"{quote(summary.record.folder)}/report.html")


def _listing(portfolio: Portfolio, chains: Sequence[Chain]) -> dict[str, Any]:
    """Return the documents as the page lists them, cut to its limits."""
    limits = wording().limits
    lines = [_line(document) for document in portfolio.documents]
    listed = [line for line in _proposals(lines) if line.ranked.place]
    flagged = [line for line in listed if any(part.summary.powers for part in (line, *line.further))]
    by_folder = {line.summary.record.folder: line for line in lines}
    newer = _newer(chains, by_folder)
    return {
        "grades": Counter(line.grade for line in lines),
        "first": [line for line in flagged if line.summary.record.folder not in newer][: limits["first"]],
        "newer": newer,
        "flagged": len(flagged),
        "decided": sum(bool(line.summary.record.decisions) for line in lines),
        "total": len(lines) + len(portfolio.failures) + len(portfolio.duplicates),
        "lines": listed[: limits["rows"]],
        "listed_count": len(listed),
        "copies": _copies(listed[: limits["copies"]]),
        "by_folder": by_folder,
        "by_name": {line.summary.record.name: line for line in lines},
    }


def _proposals(lines: Sequence[ListedDocument]) -> list[ListedDocument]:
    """Return the documents that stand for themselves, with the further documents of their proposals."""
    proposals: list[ListedDocument] = []
    for line in lines:
        if line.ranked.cover:
            proposals.append(line)
        else:
            proposals[-1] = replace(proposals[-1], further=(*proposals[-1].further, line))
    return proposals


def _newer(chains: Sequence[Chain], by_folder: Mapping[str, ListedDocument]) -> dict[str, ListedDocument]:
    """Return, by folder, the newest revision of each document that has a newer one which was analyzed."""
    pairs = ((folder, chain.folders[-1]) for chain in chains for folder in chain.folders[:-1])
    return {folder: by_folder[newest] for folder, newest in pairs if newest in by_folder and newest != folder}


def _copies(lines: Sequence[ListedDocument]) -> dict[str, list[ListedDocument]]:
    """Return the same lines sorted by number and by group, for readers without script."""
    by_number = sorted(lines, key=lambda line: (not line.summary.number, natural(line.name)))
    by_group = sorted(lines, key=lambda line: (not line.summary.group, natural(line.summary.group), line.ranked.place))
    return {"number": by_number, "group": by_group}
