"""Which documents of a library a proposal may be a re-issue of, with the clauses that say so."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impact.match.copied import PERMUTATIONS, SCHEME, load_datasketch
from impact.match.library import SketchLibrary, open_library
from impact.match.rule import alike, chance, distance, same_contribution, strength, weakest
from impact.match.signals import Alignment, Signals, align, signals
from impact.match.sketch import Sketch, SketchClause

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_PAIRS = 10
"""Pairs of clauses shown at the most. Source: project judgment."""

NEIGHBORS = 100
"""Documents nearest by the mean of their clauses that are compared clause by clause, beside those with copied text.
Source: bench/match.py; one of 70 re-issues was left out of a library of 262."""

MOST_LIKELY = 3
"""Candidates of the weakest band shown at the most. Source: project judgment; `bench/match.py` measures recall at 3;
in a large batch many documents are closely related."""

NEAREST_SHOWN = 3
"""Documents shown at the least, matches and others together. Source: project judgment."""

BANDS = (128, 2)
"""Bands of the LSH, and numbers in each: finds 72 in 100 with a tenth of all sequences in common, 99 in 100 with a
fifth. Source: 1 - (1 - J^2)^128."""


@dataclass(frozen=True, slots=True)
class ClausePair:
    """Two clauses side by side.

    Attributes:
        old: Clause of the document in the library.
        new: Clause of the document asked about.
    """

    old: SketchClause
    new: SketchClause
    alike: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document of a library that the document asked about may be a re-issue of.

    Attributes:
        strength: How strong the match is, in words.
        meaning: What these words mean.
        revision: Whether both carry the same number, so that this is no new name but a new version.
        chance: 0 to 1; for sorting, never shown.
        pairs: At most `MOST_PAIRS` pairs of clauses, nearest first.
        paired: How many pairs there are in all.
        fewer: How many clauses were compared of the document that has fewer, and so the most pairs there can be.
        signals: What the strength rests on; for measuring, never shown.
    """

    folder: str
    name: str
    title: str
    number: str
    strength: str
    meaning: str
    revision: bool
    chance: float
    pairs: tuple[ClausePair, ...]
    paired: int
    fewer: int
    signals: Signals


@dataclass(frozen=True, slots=True)
class Neighborhood:
    """What a library has that is near a document.

    Attributes:
        matches: Documents that it may be a re-issue of, best first.
        nearest: Those nearest below the line of a match, so that there are `NEAREST_SHOWN` with the matches; their
            strength is a word of `distance`. Documents with no clause and no wording in common are not among them.
    """

    matches: tuple[Candidate, ...]
    nearest: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LibraryIndex:
    """A library made ready to be searched; compared by identity.

    Attributes:
        names: Folder of each document, in order.
        sketches: Their sketches, in the same order.
        centers: Mean of the vectors of each, of length 1, shape (documents, dimension); zeros where it has none.
        hashes: datasketch's MinHashLSH with the places of documents as keys.
    """

    names: tuple[str, ...]
    sketches: tuple[Sketch, ...] = field(repr=False)
    centers: "NDArray[np.float32]" = field(repr=False)
    hashes: Any = field(repr=False)


def index_of(library: SketchLibrary) -> LibraryIndex:
    """Return a library made ready to be searched; takes about 2 ms a document."""
    import numpy as np

    load_datasketch()
    from datasketch import MinHashLSH

    hashes = MinHashLSH(num_perm=PERMUTATIONS, params=BANDS)
    centers = []
    for place, sketch in enumerate(library.sketches.values()):
        if sketch.runs:
            hashes.insert(place, _minhash(sketch))
        centers.append(_center(sketch))
    stacked = np.zeros((len(centers), max(map(len, centers), default=0)), np.float32)
    for row, center in zip(stacked, centers, strict=True):
        row[: len(center)] = center
    return LibraryIndex(tuple(library.sketches), tuple(library.sketches.values()), stacked, hashes)


def candidates(sketch: Sketch, library: SketchLibrary | LibraryIndex) -> tuple[Candidate, ...]:
    """Return the documents that a proposal may be a re-issue of, best first; the document itself is left out."""
    index = library if isinstance(library, LibraryIndex) else index_of(library)
    return _matches(sketch, _compared(sketch, index))


def neighborhood(sketch: Sketch, library: SketchLibrary | LibraryIndex) -> Neighborhood:
    """Return the documents that a proposal may be a re-issue of, and the nearest others, without itself."""
    index = library if isinstance(library, LibraryIndex) else index_of(library)
    compared = _compared(sketch, index)
    found = _matches(sketch, compared)
    below = (
        comparison
        for comparison in compared
        if not comparison.words and (comparison.alignment.pairs or comparison.signals.copied)
    )
    nearest = nsmallest(
        max(NEAREST_SHOWN - len(found), 0), below, key=lambda comparison: (-comparison.chance, comparison.folder)
    )
    return Neighborhood(
        found, tuple(_candidate(comparison, sketch, distance(comparison.chance)) for comparison in nearest)
    )


def matches(out: Path) -> list[tuple[str, tuple[Candidate, ...]]]:
    """Return, for each document of a batch that has any, the name of its folder and its candidates in the batch."""
    index = index_of(open_library(out))
    pairs = ((name, candidates(sketch, index)) for name, sketch in zip(index.names, index.sketches, strict=True))
    return [(name, matched) for name, matched in pairs if matched]


def worth_comparing(sketch: Sketch, index: LibraryIndex) -> list[int]:
    """Return the places of documents with copied text or of a near subject, in order, without the document itself."""
    import numpy as np

    places = set(index.hashes.query(_minhash(sketch))) if sketch.runs else set()
    center = _center(sketch)
    if len(center) == index.centers.shape[1] and len(index.centers):
        near = index.centers @ center
        places.update(np.argsort(-near, kind="stable")[:NEIGHBORS].tolist())
    return sorted(place for place in places if index.sketches[place].id != sketch.id)


@dataclass(frozen=True, slots=True, eq=False)
class _Comparison:
    folder: str
    known: Sketch
    alignment: Alignment
    signals: Signals
    chance: float
    words: tuple[str, str] | None


def _compared(sketch: Sketch, index: LibraryIndex) -> list[_Comparison]:
    """Return all documents worth comparing, each with what speaks for it."""
    result = []
    for place in worth_comparing(sketch, index):
        known = index.sketches[place]
        alignment = align(known, sketch)
        evidence = signals(known, sketch, alignment)
        likely = chance(evidence)
        words = strength(evidence, likely)
        result.append(_Comparison(index.names[place], known, alignment, evidence, likely, words))
    return result


def _matches(sketch: Sketch, compared: Sequence[_Comparison]) -> tuple[Candidate, ...]:
    found = [_candidate(comparison, sketch, comparison.words) for comparison in compared if comparison.words]
    best = sorted(found, key=lambda candidate: (-candidate.chance, -candidate.signals.copied, candidate.folder))
    strong = sum(candidate.strength != weakest() for candidate in best)
    return tuple(best[: max(strong, MOST_LIKELY)])


def _center(sketch: Sketch) -> "NDArray[np.float32]":
    import numpy as np

    if not len(sketch.vectors):
        return np.zeros(0, np.float32)
    mean = sketch.rows().mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-6), np.float32)


def _minhash(sketch: Sketch) -> Any:
    load_datasketch()
    from datasketch import MinHash

    return MinHash(hashvalues=sketch.minhash, scheme=SCHEME)


def _candidate(comparison: _Comparison, sketch: Sketch, words: tuple[str, str]) -> Candidate:
    old, alignment = comparison.known, comparison.alignment
    pairs = tuple(
        ClausePair(old.clauses[at[0]], sketch.clauses[at[1]], _alike(old, sketch, at, alignment))
        for at in alignment.pairs[:MOST_PAIRS]
    )
    return Candidate(
        folder=comparison.folder,
        name=old.name,
        title=old.title,
        number=old.number,
        strength=words[0],
        meaning=words[1],
        revision=same_contribution(old, sketch),
        chance=comparison.chance,
        pairs=pairs,
        paired=len(alignment.pairs),
        fewer=min(len(old.clauses), len(sketch.clauses)),
        signals=comparison.signals,
    )


def _alike(old: Sketch, new: Sketch, at: tuple[int, int], alignment: Alignment) -> str:
    """Return how alike two clauses are; names that were replaced do not count."""
    from rapidfuzz.fuzz import ratio

    from impact.match.masking import masked

    texts = (masked(old.clauses[at[0]].text, old.terms), masked(new.clauses[at[1]].text, new.terms))
    return alike(float(alignment.nearness[at]), ratio(*(text.lower() for text in texts)))
