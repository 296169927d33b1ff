"""Run the detectors over the sentences of the clauses that are assessed."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from impact.advise.detectors.library import Detector, Side, detectors, sides, stance
from impact.advise.phrases import pattern_of, places
from impact.records import Assessment, Bearing, Clause, ClauseKind, Span, Strength

_WORD = re.compile(r"\w+(?:-\w+)*")
_BEFORE = 120
"""Characters before a match in which a negation is looked for; more than any seven words. Source: project judgement."""


@dataclass(frozen=True, slots=True)
class AssessedSentence:
    """A sentence of a clause that is assessed, with its strength."""

    clause: Clause
    span: Span
    strength: Strength


@dataclass(frozen=True, slots=True)
class Detection:
    """What a detector found in one clause: the words, in order, and the strongest wording that governs them."""

    clause: Clause
    evidence: tuple[Span, ...]
    strength: Strength


def sentences_of(assessment: Assessment) -> list[AssessedSentence]:
    """Return the sentences of all clauses that are assessed, but for code and mere names, in the order of the text."""
    text = assessment.document.text
    cover = _cover(assessment)
    return [
        AssessedSentence(clause, span, strength)
        for clause in assessment.clauses
        if clause.assessed
        and clause.kind is not ClauseKind.CODE
        and clause.id not in cover
        and not _names(text, clause)
        for span, strength in clause.provisions()
    ]


def _cover(assessment: Assessment) -> set[str]:
    """Return the clauses before the first heading that are no sentences: titles on a cover."""
    clauses, text = assessment.clauses, assessment.document.text
    headed = (place for place, clause in enumerate(clauses) if clause.kind is ClauseKind.HEADING or clause.headings)
    before = clauses[: next(headed, 0)]
    return {clause.id for clause in before if not clause.span.of(text).rstrip().endswith((".", "!", "?"))}


def _names(text: str, clause: Clause) -> bool:
    """Return whether a clause stands in a list of abbreviations or of references, or is an entry of the former."""
    if stance().abbreviation.fullmatch(clause.span.of(text).strip()):
        return True
    title = clause.title.strip(" .:")
    return any(re.fullmatch(rf"(?:[A-Z]?[\d.]+\s+)?{line}", title, re.IGNORECASE) for line in stance().names)


def detected(text: str, sentences: list[AssessedSentence]) -> dict[str, tuple[Detection, ...]]:
    """Return what each detector and side found, by its id, in the order of the text; none without a match."""
    index = _WordIndex(text, sentences)
    wanted: tuple[Side, ...] = (*detectors(), *sides())
    detections = {
        detector.id: tuple(_detections(detector, text, [sentences[number] for number in index.having(detector.near)]))
        for detector in wanted
    }
    return {name: clauses for name, clauses in detections.items() if clauses}


class _WordIndex:
    """Which sentences have a word that begins so."""

    def __init__(self, text: str, sentences: list[AssessedSentence]) -> None:
        having: dict[str, set[int]] = defaultdict(set)
        for number, sentence in enumerate(sentences):
            for word in _WORD.findall(sentence.span.of(text).lower()):
                for part in {word, *word.split("-")}:
                    having[part].add(number)
        self._having, self._words = having, sorted(having)

    def having(self, beginnings: Iterable[str]) -> list[int]:
        """Return the numbers of sentences with a word that begins as one of `beginnings`, ascending."""
        numbers: set[int] = set()
        for beginning in beginnings:
            place = bisect_left(self._words, beginning)
            while place < len(self._words) and self._words[place].startswith(beginning):
                numbers |= self._having[self._words[place]]
                place += 1
        return sorted(numbers)


def _detections(detector: Side, text: str, sentences: Iterable[AssessedSentence]) -> Iterator[Detection]:
    spans: dict[str, list[Span]] = defaultdict(list)
    strongest: dict[str, tuple[Clause, Strength]] = {}
    helps = isinstance(detector, Detector) and detector.bearing == Bearing.BENEFIT
    for sentence in sentences:
        here = _meant(detector, text, sentence.span)
        if here and not (helps and _announces(text, sentence)):
            clause, strength = sentence.clause, _strength(text, sentence, here)
            before = strongest.get(clause.id, (clause, strength))[1]
            strongest[clause.id] = (clause, min(before, strength, key=lambda wording: wording.rank))
            spans[clause.id] += here
    for name, (clause, strength) in strongest.items():
        if not _ruled_out(detector, text, clause.span):
            yield Detection(clause, tuple(sorted(spans[name])), strength)


def _announces(text: str, sentence: AssessedSentence) -> bool:
    """Return whether a sentence only leads to what follows it: it ends in a colon and asks for nothing."""
    return sentence.strength is Strength.DESCRIPTIVE and sentence.span.of(text).rstrip().endswith(":")


def _ruled_out(detector: Side, text: str, clause: Span) -> bool:
    """Return whether a clause says what it must not for the detector to count, and does not deny it."""
    return any(not _negated(text, clause, place) for place in places(detector.never, text, clause))


def _strength(text: str, sentence: AssessedSentence, words: list[Span]) -> Strength:
    """Return the strength of a sentence for words in it; what a clause before the main one says is a description."""
    before = stance().subordinate.match(text, sentence.span.start, sentence.span.end)
    return Strength.DESCRIPTIVE if before and all(word.end < before.end() for word in words) else sentence.strength


def _meant(detector: Side, text: str, sentence: Span) -> list[Span]:
    """Return where a detector matches in a sentence and means what it says."""
    matches = places(detector.patterns, text, sentence)
    if not matches or _only_talk(detector, text, sentence):
        return []
    other = places(detector.unless, text, sentence)
    return [
        match
        for match in matches
        if not any(far.meets(match) for far in other)
        and ("negation" in detector.spares or not _negated(text, sentence, match))
    ]


def _only_talk(detector: Side, text: str, sentence: Span) -> bool:
    if places(stance().pointers, text, sentence) or _points_elsewhere(text, sentence):
        return True
    markers = {"threat": stance().threat, "scope": stance().scope}
    return any(name not in detector.spares and places(lines, text, sentence) for name, lines in markers.items())


def _points_elsewhere(text: str, sentence: Span) -> bool:
    """Return whether a sentence does no more than name something and where it is found."""
    match = pattern_of(stance().entries).match(text, sentence.start, sentence.end)
    return match is not None and not text[match.end() : sentence.end].strip(" .;)\n")


def _negated(text: str, sentence: Span, match: Span) -> bool:
    if stance().within.search(text, match.start, match.end):
        return True
    before = Span(max(sentence.start, match.start - _BEFORE), match.start)
    last = max((place.end for place in places(stance().negation, text, before)), default=-1)
    return last >= 0 and len(text[last : match.start].split()) <= stance().reach
