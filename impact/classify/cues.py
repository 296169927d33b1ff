"""The judge that explains: cues with their stance, in the context of headings and document."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from impact.classify.library import Cue, Library, load
from impact.classify.matching import find, words_of
from impact.classify.profile import Profile, profile
from impact.classify.score import Score
from impact.classify.stance import Setting, only_talks
from impact.records import Clause, Proposal, Span, Strength

ENOUGH = 0.5
"""Confidence from which a label counts. Source: project judgement; one fair cue or two weak ones reach it."""

HEADING = 0.3
"""What a cue of the same label in a heading adds to a clause that has a cue of its own. Source: project judgement."""

FEW_PERSONS = 4.0
"""Words for persons in 1,000 below which a document is taken to be about equipment. Source: measured on the training
clauses: bench/persons.py."""

EQUIPMENT = 0.6
"""Factor on cues in clauses without a person in documents about equipment (the person test). Source: project
judgement."""


@dataclass(frozen=True, slots=True)
class _Hit:
    cue: Cue
    line: str
    place: Span
    talks: bool
    strength: Strength


@dataclass(frozen=True, slots=True)
class _Case:
    """What all clauses of a document are judged by."""

    text: str
    facts: Profile
    library: Library
    mechanisms: frozenset[str]


def judge(proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str]) -> list[Score]:
    """Return what the cues say of each assessed clause, in the order of the clauses and of the labels' names.

    The result for a clause depends on its own text, its headings, its stem and the profile of the document only.
    """
    library = load()
    case = _Case(proposal.document.text, profile(proposal, clauses, library), library, mechanisms)
    headings: dict[str, frozenset[str]] = {}
    scores: list[Score] = []
    for number, clause in enumerate(clauses):
        if clause.assessed:
            for heading in clause.headings[-2:]:
                if heading not in headings:
                    headings[heading] = _labels_in(heading, library)
            context = frozenset().union(*(headings[heading] for heading in clause.headings[-2:]))
            scores += _judge_clause(case, number, clause, context)
    return scores


def _judge_clause(case: _Case, number: int, clause: Clause, context: frozenset[str]) -> list[Score]:
    """Return the scores of one clause; `context` holds the labels that its headings speak for."""
    piece = clause.span.of(case.text)
    words = words_of(piece)
    candidates = [
        (cue, pattern)
        for cue, pattern in case.library.index.candidates(words)
        if not cue.subjects or cue.subjects & case.facts.subjects
    ]
    found = find(piece, candidates)
    if not found:
        return []
    markers = find(piece, case.library.marker_index.candidates(words))
    by_label: dict[str, list[_Hit]] = defaultdict(list)
    for match in found:
        cue, place = match.cue, match.place
        setting = _setting(clause, place, mechanism=cue.label in case.mechanisms)
        talks = cue.context or only_talks(piece, place, setting, markers) or _discusses(case.facts, setting)
        by_label[cue.label].append(_Hit(cue, match.line, place, talks, setting.strength))
    factor = 1.0 if case.facts.persons >= FEW_PERSONS or words & case.library.persons else EQUIPMENT
    return [
        score
        for label, hits in sorted(by_label.items())
        if (score := _weigh(number, clause, hits, factor, in_heading=label in context))
    ]


def _weigh(number: int, clause: Clause, hits: list[_Hit], factor: float, *, in_heading: bool) -> Score | None:
    """Return the score of a label: proposed if the hits that propose it are enough, else talked about."""
    for proposes in (True, False):
        chosen = [hit for hit in hits if not (proposes and hit.talks)]
        confidence = _confidence(chosen, factor, in_heading=in_heading)
        if confidence >= ENOUGH:
            evidence = sorted(
                {Span(clause.span.start + hit.place.start, clause.span.start + hit.place.end) for hit in chosen}
            )
            strength = min((hit.strength for hit in chosen), key=list(Strength).index)
            return Score(number, hits[0].cue.label, proposes, round(confidence, 4), _merged(evidence), strength)
    return None


def _confidence(hits: list[_Hit], factor: float, *, in_heading: bool) -> float:
    """Return the chance that at least one of the cues is right, as if they erred independently."""
    if not hits:
        return 0.0
    weights = {hit.cue.name: hit.cue.weight * factor for hit in hits}
    doubt = math.prod(1 - weight for weight in weights.values()) * (1 - HEADING * in_heading)
    return 1 - doubt


def _setting(clause: Clause, place: Span, *, mechanism: bool) -> Setting:
    """Return the sentence that holds the start of a match (counted from the clause's start) and its strength."""
    base = clause.span.start
    for sentence, strength in zip(clause.sentences, clause.strengths, strict=False):
        if sentence.start - base <= place.start < sentence.end - base:
            return Setting(Span(sentence.start - base, sentence.end - base), strength, mechanism)
    return Setting(Span(0, len(clause.span)), clause.strength, mechanism)


def _discusses(facts: Profile, setting: Setting) -> bool:
    """Return whether a document that discusses rather than specifies is merely talking here."""
    return facts.discussion and setting.mechanism and setting.strength not in {Strength.MUST, Strength.SHOULD}


def _labels_in(text: str, library: Library) -> frozenset[str]:
    return frozenset(match.cue.label for match in find(text, library.index.candidates(words_of(text))))


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Return sorted spans with those that overlap made one."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
