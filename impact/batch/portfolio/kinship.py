"""Find which documents of a batch belong together, and lay the pages that show two of them side by side."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from impact.batch.portfolio.gather import Placed, Portfolio, read_report
from impact.batch.portfolio.related import Chain, Match
from impact.compare import RENDERERS, Edition, compare, from_report
from impact.compare.chains import Row, chains
from impact.compare.summary import lead
from impact.errors import ImpactError
from impact.match import Candidate, Library, candidates, index_of, open_library
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
    placed = {one.entry.record.name: one for one in portfolio.documents}
    rows = [
        Row(name, one.number, one.revision, one.title, one.date, one.body, one.group)
        for name, one in ((name, placed[name].entry) for name in sorted(placed))
    ]
    return tuple(_chain(out, [placed[name] for name in names], taxonomy) for names in chains(rows))


def matches_of(out: Path, chained: Sequence[Chain], portfolio: Portfolio) -> tuple[Match, ...]:
    """Return the documents that may be a re-issue of another one in the batch, and write a page for each of them.

    Each pair is named once; revisions are left out. A document whose sketch is absent or damaged has no part in it.

    Raises:
        OSError: If a page cannot be written.
    """
    together = {frozenset((one, other)) for chain in chained for one in chain.folders for other in chain.folders}
    places = {one.entry.record.folder for one in portfolio.documents}
    library = open_library(out)
    try:
        found = _found(library)
    except ImpactError:  # without encoder or background, which batches by the cues alone can do without
        return ()
    named: dict[frozenset[str], Match] = {}
    for folder, ones in found.items():
        kept = [
            one
            for one in ones
            if one.folder in places and not one.revision and frozenset((folder, one.folder)) not in together
        ]
        fresh = [one for one in kept if frozenset((folder, one.folder)) not in named]
        if folder in places and fresh:
            page = to_html(Result(library.sketches[folder], tuple(kept), len(library.sketches) - 1))
            _write(out / folder / ALIKE, page)
            named |= {frozenset((folder, one.folder)): _match(folder, one) for one in fresh}
    return tuple(named.values())


def _found(library: Library) -> dict[str, tuple[Candidate, ...]]:
    index = index_of(library)
    return {folder: candidates(sketch, index) for folder, sketch in library.sketches.items()}


def _write(path: Path, page: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(page.encode("utf-8", "replace"))
    part.replace(path)


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


def _edition(out: Path, placed: Placed) -> Edition | None:
    report = read_report(out, placed.entry.record)
    return from_report(report) if report else None


def _match(folder: str, candidate: Candidate) -> Match:
    known = candidate.title or candidate.name
    return Match(folder, known, candidate.strength, quote(f"{folder}/{ALIKE}"))
