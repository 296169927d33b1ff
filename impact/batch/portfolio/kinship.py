"""Find which documents of a batch belong together, and lay the pages that show two of them side by side."""

from collections.abc import Container, Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from urllib.parse import quote, unquote

from impact.batch.portfolio.gather import Portfolio, read_report
from impact.batch.portfolio.related import Chain, Reissue
from impact.batch.record import Record
from impact.batch.store import beside
from impact.compare import RENDERERS, compare
from impact.compare.chains import DocumentFacts, chains
from impact.compare.summary import lead
from impact.errors import ImpactError
from impact.match.candidates import Candidate, candidates
from impact.match.library import open_library
from impact.match.result import FILE_NAMES, Result, to_html
from impact.taxonomy.values import Taxonomy

ALIKE = FILE_NAMES["html"]
"""Page that shows a document beside those that it may be a re-issue of, clause by clause, in its folder."""

SINCE = "since-"
"""What the name of a page begins with that compares an edition, in whose folder it lies, with the one before it."""


def chains_of(out: Path, portfolio: Portfolio, taxonomy: Taxonomy) -> tuple[Chain, ...]:
    """Return the revisions of one contribution, and write a page for each step from one to the next.

    Raises:
        OSError: If a page cannot be written.
    """
    summaries = {document.summary.record.name: document.summary for document in portfolio.documents}
    rows = [
        DocumentFacts(name, facts.number, facts.revision, facts.title, facts.date, facts.body, facts.group)
        for name, facts in sorted(summaries.items())
    ]
    return tuple(_chain(out, [summaries[name].record for name in names], taxonomy) for names in chains(rows))


def reissues_of(out: Path, chained: Sequence[Chain], portfolio: Portfolio, known: Path | None) -> tuple[Reissue, ...]:
    """Return the documents that may be a re-issue of another one, likeliest first, and write a page for each of them.

    Others are those of the batch, where each pair is named once and revisions are left out, and those of a library of
    proposals from elsewhere (the folder `known`). A document whose sketch is absent or damaged has no part in it.

    Raises:
        OSError: If a page cannot be written.
    """
    try:
        library, older = open_library(out, keep=False), open_library(known) if known else None
    except ImpactError:  # without encoder or background, which batches by the cues alone can do without
        return ()
    present, compared = {entry.folder for entry in library.entries()}, len(library) - 1 + (len(older) if older else 0)
    stated = {frozenset((folder, other)) for chain in chained for folder in chain.folders for other in chain.folders}
    result: list[tuple[float, Reissue]] = []
    folders = (document.summary.record.folder for document in portfolio.documents)
    for folder, sketch in library.readable(folder for folder in folders if folder in present):
        here = [candidate for candidate in candidates(sketch, library) if _is_news(candidate, folder, stated)]
        stated |= {frozenset((folder, candidate.folder)) for candidate in here}
        elsewhere = candidates(sketch, older) if older else ()
        there = [candidate for candidate in elsewhere if not candidate.revision]
        if both := (*here, *there):
            _write(out / folder, ALIKE, to_html(Result(sketch, both, compared)))
            result += [
                (-candidate.chance, _reissue(folder, candidate, in_batch=candidate in here)) for candidate in both
            ]
    return tuple(reissue for _, reissue in sorted(result, key=itemgetter(0)))


def sweep(out: Path, links: Iterable[str]) -> None:
    """Remove pages of an earlier portfolio that this one has no link to, below the output, and what a killed one left.

    Raises:
        OSError: If one cannot be removed.
    """
    linked = {unquote(link) for link in links}
    for pattern in (f"*/{SINCE}*.html", f"*/{ALIKE}", f"*/.{SINCE}*.part", f"*/.{ALIKE}.part"):
        for path in out.glob(pattern):
            if path.relative_to(out).as_posix() not in linked:
                path.unlink()


def _is_news(candidate: Candidate, folder: str, stated: Container[frozenset[str]]) -> bool:
    return not candidate.revision and frozenset((folder, candidate.folder)) not in stated


def _write(folder: Path, name: str, page: str) -> None:
    with beside(folder, (name,)) as (part,):
        part.write_bytes(page.encode("utf-8", "replace"))


def _chain(out: Path, records: Sequence[Record], taxonomy: Taxonomy) -> Chain:
    reports = [read_report(out, record) for record in records]
    changes, links = [], []
    for (earlier, old), (later, new) in pairwise(zip(records, reports, strict=True)):
        change = link = ""
        if old and new:
            comparison = compare(old, new)
            name = f"{SINCE}{earlier.folder}.html"
            _write(out / later.folder, name, RENDERERS["html"](comparison, taxonomy))
            change, link = lead(comparison), quote(f"{later.folder}/{name}")
        changes.append(change)
        links.append(link)
    return Chain(tuple(record.folder for record in records), tuple(changes), tuple(links))


def _reissue(folder: str, candidate: Candidate, *, in_batch: bool) -> Reissue:
    name = f"{candidate.number} {candidate.title}".strip() or candidate.name
    where = "" if in_batch else " (library)"
    partners = f"{candidate.paired} of {candidate.fewer}"
    return Reissue(folder, f"{name}{where}", candidate.strength, partners, quote(f"{folder}/{ALIKE}"))
