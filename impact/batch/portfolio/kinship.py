"""Find which documents of a batch belong together, and lay the pages that show two of them side by side."""

from collections.abc import Container, Iterable, Sequence
from contextlib import suppress
from operator import itemgetter
from pathlib import Path
from urllib.parse import quote, unquote

from impact.batch.portfolio.gather import Placed, Portfolio, read_report
from impact.batch.portfolio.related import Chain, Match
from impact.compare import RENDERERS, compare
from impact.compare.chains import DocumentFacts, chains
from impact.compare.summary import lead
from impact.errors import ImpactError
from impact.match import Candidate, candidates, index_of, open_library
from impact.match.result import FILE_NAMES, Result, to_html
from impact.records.report import Report
from impact.records.report_json import from_json
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
    placed = {document.entry.record.name: document for document in portfolio.documents}
    rows = [
        DocumentFacts(name, one.number, one.revision, one.title, one.date, one.body, one.group)
        for name, one in ((name, placed[name].entry) for name in sorted(placed))
    ]
    return tuple(_chain(out, [placed[name] for name in names], taxonomy) for names in chains(rows))


def matches_of(out: Path, chained: Sequence[Chain], portfolio: Portfolio, known: Path | None) -> tuple[Match, ...]:
    """Return the documents that may be a re-issue of another one, likeliest first, and write a page for each of them.

    Others are those of the batch, where each pair is named once and revisions are left out, and those of a library. A
    document whose sketch is absent or damaged has no part in it.

    Args:
        out: Folder of the batch.
        chained: Revisions that are known.
        portfolio: Its documents.
        known: Folder of a library of proposals from elsewhere.

    Raises:
        OSError: If a page cannot be written.
    """
    try:
        library, older = open_library(out), open_library(known) if known else None
    except ImpactError:  # without encoder or background, which batches by the cues alone can do without
        return ()
    index, known_index = index_of(library), index_of(older) if older else None
    compared = len(library.sketches) - 1 + (len(older.sketches) if older else 0)
    told = {frozenset((folder, other)) for chain in chained for folder in chain.folders for other in chain.folders}
    result: list[tuple[float, Match]] = []
    for folder in (document.entry.record.folder for document in portfolio.documents):
        if (sketch := library.sketches.get(folder)) is None:
            continue
        here = [candidate for candidate in candidates(sketch, index) if _news(candidate, folder, told)]
        told |= {frozenset((folder, one.folder)) for one in here}
        there = (
            [candidate for candidate in candidates(sketch, known_index) if not candidate.revision]
            if known_index
            else []
        )
        if both := (*here, *there):
            _write(out / folder / ALIKE, to_html(Result(sketch, both, compared)))
            result += [(-one.chance, _match(folder, one, in_batch=one in here)) for one in both]
    return tuple(match for _, match in sorted(result, key=itemgetter(0)))


def sweep(out: Path, links: Iterable[str]) -> None:
    """Remove the pages of an earlier portfolio that this one does not lead to, and what a killed one left half.

    Args:
        out: Folder of the batch.
        links: Addresses of the pages to keep, below the output.

    Raises:
        OSError: If one cannot be removed.
    """
    kept = {unquote(link) for link in links}
    for pattern in (f"*/{SINCE}*.html", f"*/{ALIKE}", f"*/.{SINCE}*.part", f"*/.{ALIKE}.part"):
        for path in out.glob(pattern):
            if path.relative_to(out).as_posix() not in kept:
                path.unlink()


def _news(candidate: Candidate, folder: str, told: Container[frozenset[str]]) -> bool:
    return not candidate.revision and frozenset((folder, candidate.folder)) not in told


def _write(path: Path, page: str) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(page.encode("utf-8", "replace"))
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise


def _chain(out: Path, placed: Sequence[Placed], taxonomy: Taxonomy) -> Chain:
    folders = tuple(one.entry.record.folder for one in placed)
    editions = [_edition(out, one) for one in placed]
    changes, links = [], []
    for place in range(1, len(placed)):
        old, new = editions[place - 1 : place + 1]
        if old is None or new is None:
            changes.append("")
            links.append("")
            continue
        comparison = compare(old, new)
        name = f"{SINCE}{folders[place - 1]}.html"
        _write(out / folders[place] / name, RENDERERS["html"](comparison, taxonomy))
        changes.append(lead(comparison))
        links.append(quote(f"{folders[place]}/{name}"))
    return Chain(folders, tuple(changes), tuple(links))


def _edition(out: Path, placed: Placed) -> Report | None:
    report = read_report(out, placed.entry.record)
    return from_json(report) if report else None


def _match(folder: str, candidate: Candidate, *, in_batch: bool) -> Match:
    known = f"{candidate.number} {candidate.title}".strip() or candidate.name
    where = "" if in_batch else " (library)"
    partners = f"{candidate.paired} of {candidate.fewer}"
    return Match(folder, f"{known}{where}", candidate.strength, partners, quote(f"{folder}/{ALIKE}"))
