"""The judge that explains: cues with their stance, in the context of headings and document."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from impact.classify.library import Cue, Library, load
from impact.classify.matching import find, words_of
from impact.classify.profile import Profile, profile
from impact.classify.score import Score
from impact.classify.stance import Setting, only_talks, setting_of
from impact.records import Clause, Proposal, Span, Strength, merged

ENOUGH = 0.5
"""Confidence from which a label counts. Source: project judgment; one fair cue or two weak ones reach it."""

HEADING = 0.3
"""What a cue of the same label in one of the two innermost headings adds to a clause that has a cue of its own. Source:
project judgment."""

NEAR, NEAR_WEIGHT = 2, 0.3
"""How many clauses away a neighbor may stand that proposes the same label by its own words, and what it adds to a
clause that has a cue of its own. Source: measured on the training clauses, +.01 micro-F1."""

MOST = 4
"""Matches that count for one label of one clause at the most. Source: project judgment."""

FEW_PERSONS = 4.0
"""Words for persons in 1,000 below which a document is taken to be about equipment. Source: project judgment, tried
against 0 and 8 on the training clauses."""

EQUIPMENT = 0.6
"""Factor on cues in clauses without a person in documents about equipment (the person test). Source: project
judgment."""


@dataclass(frozen=True, slots=True)
class Signal:
    """What the cues say of one clause and one label, before any threshold.

    Attributes:
        proposes: How sure they are that the clause proposes it, 0 to 1.
        touches: How sure they are that it proposes it or talks about it, 0 to 1.
        evidence: Spans of `Document.text` that speak for proposing, in order; empty if none does.
        touched: Spans that speak for either, in order.
        plain: How sure its own phrases of several words make them that it proposes it, by cues that count in every
            document.
    """

    proposes: float
    touches: float
    evidence: tuple[Span, ...]
    touched: tuple[Span, ...]
    plain: float = 0.0


@dataclass(frozen=True, slots=True)
class _Hit:
    cue: Cue
    line: str
    place: Span
    talks: bool
    strength: Strength
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class _Case:
    """What all clauses of a document are judged by."""

    text: str
    facts: Profile
    library: Library
    mechanisms: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Read:
    """A clause with its hits by label, and the factor of the person test."""

    number: int
    clause: Clause
    hits: dict[str, list[_Hit]]
    factor: float


def scores_of(proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str]) -> list[Score]:
    """Return what the cues say of each assessed clause, in the order of the clauses and of the labels' names.

    The result for a clause depends on its own words, its headings, its neighbors in the document and the profile of the
    document; on nothing outside of the document.
    """
    weighed = (_weigh(reading, label, doubt) for reading, label, doubt in _hits(proposal, clauses, mechanisms))
    return [score for score in weighed if score]


def grade(proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str]) -> dict[tuple[int, str], float]:
    """Return for 0-based clause and label how sure the cues are that the clause proposes it, however unsure that is."""
    pairs = signals(proposal, clauses, mechanisms).items()
    return {pair: signal.proposes for pair, signal in pairs if signal.proposes > 0}


def signals(proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str]) -> dict[tuple[int, str], Signal]:
    """Return what the cues say for each 0-based clause and label that they speak of, whether it is enough or not."""
    return {
        (reading.number, label): _signal(reading, label, doubt)
        for reading, label, doubt in _hits(proposal, clauses, mechanisms)
    }


def _hits(
    proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str]
) -> Iterator[tuple[_Read, str, float]]:
    """Yield each clause and label that cues speak of, with what headings and neighbors leave of doubt, 0 to 1."""
    library = load()
    case = _Case(proposal.document.text, profile(proposal, clauses, library), library, mechanisms)
    readings = [_read(case, number, clause) for number, clause in enumerate(clauses) if clause.assessed]
    firm = [
        frozenset(label for label, hits in reading.hits.items() if _firm(hits, reading.factor)) for reading in readings
    ]
    headings: dict[str, frozenset[str]] = {}
    for place, reading in enumerate(readings):
        if not reading.hits:
            continue
        for heading in reading.clause.headings[-2:]:
            if heading not in headings:
                headings[heading] = _labels_in(heading, library)
        above = frozenset().union(*(headings[heading] for heading in reading.clause.headings[-2:]))
        near = frozenset().union(*firm[max(0, place - NEAR) : place], *firm[place + 1 : place + 1 + NEAR])
        for label in sorted(reading.hits):
            yield reading, label, (1 - HEADING * (label in above)) * (1 - NEAR_WEIGHT * (label in near))


def _read(case: _Case, number: int, clause: Clause) -> _Read:
    """Find the cues of a clause and tell for each whether the clause only talks."""
    piece = clause.span.of(case.text)
    words = words_of(piece)
    candidates = [
        (cue, pattern)
        for cue, pattern in case.library.index.candidates(words)
        if not cue.subjects or cue.subjects & case.facts.subjects
    ]
    hits: dict[str, list[_Hit]] = defaultdict(list)
    if matches := find(piece, candidates):
        markers = find(piece, case.library.marker_index.candidates(words))
        for match in matches:
            cue, place = match.cue, match.place
            setting = setting_of(clause, place, mechanism=cue.label in case.mechanisms)
            talks = cue.context or only_talks(piece, place, setting, markers) or _discusses(case.facts, setting)
            hits[cue.label].append(_Hit(cue, match.line, place, talks, setting.strength, " " in place.of(piece)))
    factor = 1.0 if case.facts.persons >= FEW_PERSONS or words & case.library.persons else EQUIPMENT
    return _Read(number, clause, hits, factor)


def _weigh(read: _Read, label: str, doubt: float) -> Score | None:
    """Return the score of a label: proposed if the hits that propose it are enough, else talked about."""
    for proposes in (True, False):
        chosen = _proposing(read, label) if proposes else read.hits[label]
        confidence = _confidence(chosen, doubt, read.factor)
        if confidence >= ENOUGH:
            strength = min((hit.strength for hit in chosen), key=lambda strength: strength.rank)
            return Score(read.number, label, proposes, round(confidence, 4), _places(read, chosen), strength)
    return None


def _signal(read: _Read, label: str, doubt: float) -> Signal:
    chosen, hits = _proposing(read, label), read.hits[label]
    return Signal(
        proposes=round(_confidence(chosen, doubt, read.factor), 4),
        touches=round(_confidence(hits, doubt, read.factor), 4),
        evidence=_places(read, chosen),
        touched=_places(read, hits),
        plain=round(_confidence([hit for hit in chosen if hit.phrase and not hit.cue.subjects], 1.0, read.factor), 4),
    )


def _places(read: _Read, hits: list[_Hit]) -> tuple[Span, ...]:
    """Return the spans of hits in the document, sorted, with those that overlap made one."""
    base = read.clause.span.start
    return merged({Span(base + hit.place.start, base + hit.place.end) for hit in hits})


def _proposing(read: _Read, label: str) -> list[_Hit]:
    return [hit for hit in read.hits[label] if not hit.talks]


def _confidence(hits: list[_Hit], doubt: float, factor: float) -> float:
    """Return how sure hits make us, 0 to 1, where `doubt` is what else leaves of doubt."""
    return 1 - doubt * _doubt(hits, factor) if hits else 0.0


def _firm(hits: list[_Hit], factor: float) -> bool:
    """Return whether a clause proposes a label by its own words alone."""
    return 1 - _doubt([hit for hit in hits if not hit.talks], factor) >= ENOUGH


def _doubt(hits: list[_Hit], factor: float) -> float:
    """Return the chance that all hits are wrong, as if they erred independently; 1 without hits.

    Each line counts once, the heaviest first, and hits that overlap count as one. The factor of the person test spares
    cues that are bound to a subject of the document: there the thing measured stands for a person.
    """
    counted: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (-hit.cue.weight, hit.place)):
        if not any(hit.line == other.line or hit.place.meets(other.place) for other in counted):
            counted.append(hit)
    return math.prod(1 - hit.cue.weight * (1.0 if hit.cue.subjects else factor) for hit in counted[:MOST])


def _discusses(facts: Profile, setting: Setting) -> bool:
    """Return whether a document that discusses rather than specifies is merely talking here."""
    return facts.discussion and setting.mechanism and setting.strength not in {Strength.MUST, Strength.SHOULD}


def _labels_in(text: str, library: Library) -> frozenset[str]:
    return frozenset(match.cue.label for match in find(text, library.index.candidates(words_of(text))))
