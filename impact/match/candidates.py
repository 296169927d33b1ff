"""Which documents of a library a proposal may be a re-issue of, with the provisions that say so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from impact.match.citing import names
from impact.match.confirming import confirmed
from impact.match.library import SketchLibrary, open_library
from impact.match.rule import (
    alike,
    carries,
    chance,
    citing,
    distance,
    rule,
    same_contribution,
    strength,
    surplus,
    weakest,
)
from impact.match.signals import Alignment, Signals, align, signals
from impact.match.sketch import Sketch, SketchProvision

MOST_PAIRS = 10
"""Pairs of provisions shown at the most. Source: project judgment."""

NEIGHBORS = 32
"""Documents with the nearest provisions, and as many with copied text, that are compared in full. Source:
bench/reissues.py and bench/match.py, which count the sources that are not among them."""

MOST_LIKELY = 3
"""Candidates of the weakest band shown at the most. Source: project judgment; `bench/match.py` measures recall at 3;
in a large batch many documents are closely related."""

NEAREST_SHOWN = 3
"""Documents shown at the least, matches and others together. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class ProvisionPair:
    """Two provisions side by side.

    Attributes:
        old: Provision of the document in the library.
        new: Provision of the document asked about.
    """

    old: SketchProvision
    new: SketchProvision
    alike: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document of a library that the document asked about may be a re-issue of.

    Attributes:
        strength: How strong the match is, in words.
        meaning: What these words mean.
        revision: Whether both carry the same number, so that this is no new name but a new version.
        chance: 0 to 1; for sorting, never shown.
        pairs: At most `MOST_PAIRS` pairs of provisions, nearest first.
        paired: How many pairs there are in all.
        fewer: How many provisions were compared of the document that has fewer, and so the most pairs there can be.
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
    pairs: tuple[ProvisionPair, ...]
    paired: int
    fewer: int
    signals: Signals


@dataclass(frozen=True, slots=True)
class Neighborhood:
    """What a library has that is near a document.

    Attributes:
        matches: Documents that it may be a re-issue of, best first.
        nearest: Those nearest that are no match, so that there are `NEAREST_SHOWN` with the matches, and all that are
            as near as a match but cite or are cited; their strength is a word of `distance` or `citing`. Documents
            with no provision and no wording in common are not among them.
    """

    matches: tuple[Candidate, ...]
    nearest: tuple[Candidate, ...]


def candidates(sketch: Sketch, library: SketchLibrary) -> tuple[Candidate, ...]:
    """Return the documents that a proposal may be a re-issue of, best first; the document itself is left out."""
    return _matches(sketch, _compared(sketch, library))


def neighborhood(sketch: Sketch, library: SketchLibrary) -> Neighborhood:
    """Return the documents that a proposal may be a re-issue of, and the nearest others, without itself."""
    compared = _compared(sketch, library)
    found = _matches(sketch, compared)
    below = (
        comparison
        for comparison in compared
        if not comparison.words and (comparison.alignment.pairs or comparison.signals.copied)
    )
    ranked = sorted(below, key=lambda comparison: (-comparison.chance, comparison.folder))
    room = max(NEAREST_SHOWN - len(found), 0)
    nearest = [comparison for place, comparison in enumerate(ranked) if place < room or comparison.excused]
    return Neighborhood(
        found,
        tuple(
            _candidate(comparison, sketch, citing() if comparison.cites else distance(comparison.chance))
            for comparison in nearest
        ),
    )


def matches(out: Path) -> list[tuple[str, tuple[Candidate, ...]]]:
    """Return, for each document of a batch that has any, the name of its folder and its candidates in the batch."""
    library = open_library(out, keep=False)
    sketches = library.readable(entry.folder for entry in library.entries())
    pairs = ((folder, candidates(sketch, library)) for folder, sketch in sketches)
    return [(name, matched) for name, matched in pairs if matched]


@dataclass(frozen=True, slots=True, eq=False)
class _Comparison:
    """A document of a library beside the one asked about.

    Attributes:
        words: What it is as a match; None if it is none.
        cites: Whether one of both names the other.
        excused: Whether it would be a match but for that.
    """

    folder: str
    known: Sketch
    alignment: Alignment
    signals: Signals
    chance: float
    words: tuple[str, str] | None
    cites: bool
    excused: bool


def _compared(sketch: Sketch, library: SketchLibrary) -> list[_Comparison]:
    """Return all documents worth comparing, each with what speaks for it beyond what speaks for many."""
    found = library.readable(library.near(sketch, NEIGHBORS + 1))
    aligned = [(folder, other, align(other, sketch)) for folder, other in found if other.id != sketch.id]
    common = surplus(alignment.distinct for _, _, alignment in aligned)
    rows = []
    for folder, other, alignment in aligned:
        likeness = signals(other, sketch, alignment)
        rows.append((replace(likeness, distinct=likeness.distinct - common), folder, other, alignment))
    asked = _worth_asking([evidence for evidence, *_ in rows])
    result = []
    for place, (plain, folder, other, alignment) in enumerate(rows):
        evidence = confirmed(plain, other, sketch, alignment) if place in asked else plain
        likely = chance(evidence)
        words, cites = strength(evidence, likely), names(sketch, other) or names(other, sketch)
        excused = bool(words) and cites and not carries(evidence)
        shown = None if excused else words
        result.append(_Comparison(folder, other, alignment, evidence, likely, shown, cites, excused))
    return result


def _worth_asking(evidence: Sequence[Signals]) -> frozenset[int]:
    """Return the places of the documents whose partners are read: the likeliest that copied text does not decide."""
    table = rule().confirming
    undecided = [
        place
        for place, candidate in enumerate(evidence)
        if candidate.copied < table.copied and chance(candidate) >= table.least
    ]
    return frozenset(sorted(undecided, key=lambda place: -chance(evidence[place]))[: table.documents])


def _matches(sketch: Sketch, compared: Sequence[_Comparison]) -> tuple[Candidate, ...]:
    found = [_candidate(comparison, sketch, comparison.words) for comparison in compared if comparison.words]
    best = sorted(found, key=lambda candidate: (-candidate.chance, -candidate.signals.copied, candidate.folder))
    strong = sum(candidate.strength != weakest() for candidate in best)
    return tuple(best[: max(strong, MOST_LIKELY)])


def _candidate(comparison: _Comparison, sketch: Sketch, words: tuple[str, str]) -> Candidate:
    old, alignment = comparison.known, comparison.alignment
    pairs = tuple(
        ProvisionPair(old.provisions[at[0]], sketch.provisions[at[1]], _alike(old, sketch, at, alignment))
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
        fewer=min(len(old.provisions), len(sketch.provisions)),
        signals=comparison.signals,
    )


def _alike(old: Sketch, new: Sketch, at: tuple[int, int], alignment: Alignment) -> str:
    """Return how alike two provisions are; names that were replaced do not count."""
    from rapidfuzz.fuzz import ratio

    from impact.match.masking import masked

    texts = (masked(old.provisions[at[0]].text, old.terms), masked(new.provisions[at[1]].text, new.terms))
    return alike(float(alignment.margins[at]), ratio(*(text.lower() for text in texts)))
