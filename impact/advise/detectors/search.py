"""Run the detectors over the sentences of the clauses that are assessed."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from impact.advise.detectors.asides import aside
from impact.advise.detectors.library import Detector, Side, detectors, sides, stance
from impact.advise.phrases import pattern_of, places
from impact.advise.readings import Readings
from impact.records import Assessment, Bearing, Clause, ClauseKind, Span, Strength

PEOPLE = "@people"
"""Stands among what a detector `needs` for words for persons."""

_WORD = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class AssessedSentence:
    """A sentence of a clause that is assessed, with its strength."""

    clause: Clause
    span: Span
    strength: Strength


@dataclass(frozen=True, slots=True)
class Detection:
    """What a detector found in one clause: the words, in order, and the strongest wording that governs them.

    Attributes:
        hostile: Whether the words tell of what an attacker does.
    """

    clause: Clause
    evidence: tuple[Span, ...]
    strength: Strength
    hostile: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    """Words of a sentence that a detector matches, not yet read."""

    sentence: AssessedSentence
    words: tuple[Span, ...]


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


def detected(
    text: str, sentences: list[AssessedSentence], readings: Readings, barred: Callable[[Side, Span], bool]
) -> dict[str, tuple[Detection, ...]]:
    """Return what each detector and side found, by its id, in the order of the text; none without a match.

    What is `barred` of a sentence is passed over.
    """
    index = _WordIndex(text, sentences)
    wanted: tuple[Side, ...] = (*detectors(), *sides())
    matches = {
        detector: [
            match
            for match in _matched(detector, text, [sentences[number] for number in index.having(detector.near)])
            if not barred(detector, match.sentence.span)
            if not aside(detector, text, match.sentence.clause, match.sentence.span, match.sentence.strength)
        ]
        for detector in wanted
    }
    readings.ahead(match.sentence.span for side, many in matches.items() if side.affirmed for match in many)
    detections = {detector.id: tuple(_detections(detector, text, many, readings)) for detector, many in matches.items()}
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


def _matched(detector: Side, text: str, sentences: Iterable[AssessedSentence]) -> Iterator[_Match]:
    """Yield the sentences in which a detector matches, whoever acts there and whether it is denied or not."""
    helps = isinstance(detector, Detector) and detector.bearing == Bearing.BENEFIT
    provides = isinstance(detector, Detector) and detector.bearing != Bearing.NOTE
    for sentence in sentences:
        words = places(detector.patterns, text, sentence.span) if _has_needed(detector, text, sentence.span) else ()
        idle = (helps and _announces(text, sentence)) or (provides and _asks(text, sentence))
        if words and not idle and not _only_talk(detector, text, sentence.span):
            other = places(detector.unless, text, sentence.span)
            meant = tuple(
                span
                for span in words
                if not any(far.meets(span) for far in other)
                and not text[max(0, span.start - 4) : span.start].lower().endswith("non-")
            )
            if meant := tuple(span for span in meant if not _swallows(detector, text, span)):
                yield _Match(sentence, meant)


def _has_needed(detector: Side, text: str, sentence: Span) -> bool:
    """Return whether a sentence says one of the things that give the words of a detector their sense."""
    named = {PEOPLE: stance().people}
    needed = [line for name in detector.needs for line in named.get(name, (name,))]
    return not needed or bool(places(needed, text, sentence))


def _detections(detector: Side, text: str, matches: Iterable[_Match], readings: Readings) -> Iterator[Detection]:
    """Yield what of the matches is not denied, by clause; what an attacker does apart from the rest."""
    spans: dict[tuple[str, bool], list[Span]] = defaultdict(list)
    strongest: dict[tuple[str, bool], tuple[Clause, Strength]] = {}
    for match in matches:
        sentence = match.sentence
        hostile = readings.hostile(sentence.span) and not _speaks_of_attackers(match, readings)
        if here := [word for word in match.words if not (detector.affirmed and readings.denies(sentence.span, word))]:
            clause, strength = sentence.clause, _strength(text, sentence, here)
            key = clause.id, hostile
            before = strongest.get(key, (clause, strength))[1]
            strongest[key] = (clause, min(before, strength, key=lambda wording: wording.rank))
            spans[key] += here
    for (name, hostile), (clause, strength) in strongest.items():
        if not _ruled_out(detector, text, clause, readings):
            yield Detection(clause, tuple(sorted(spans[name, hostile])), strength, hostile=hostile)


def _speaks_of_attackers(match: _Match, readings: Readings) -> bool:
    """Return whether the words matched name who attacks, so that the detector is about attackers."""
    actor, start = readings.of(match.sentence.span).actor.value, match.sentence.span.start
    return actor is not None and any(
        word.meets(Span(start + actor.span.start, start + actor.span.end)) for word in match.words
    )


def _swallows(detector: Side, text: str, words: Span) -> bool:
    """Return whether words matched have a "not" that none of the patterns asks for, as in "may not read"."""
    within = stance().within
    if not within.search(text, words.start, words.end):
        return False
    return detector.affirmed and not places((line for line in detector.patterns if within.search(line)), text, words)


def _announces(text: str, sentence: AssessedSentence) -> bool:
    """Return whether a sentence only leads to what follows it: it ends in a colon and asks for nothing."""
    return sentence.strength is Strength.DESCRIPTIVE and sentence.span.of(text).rstrip().endswith(":")


def _asks(text: str, sentence: AssessedSentence) -> bool:
    """Return whether a sentence is a question, which provides nothing."""
    return sentence.span.of(text).rstrip().endswith("?")


def _ruled_out(detector: Side, text: str, clause: Clause, readings: Readings) -> bool:
    """Return whether a clause says what it must not for the detector to count, and does not deny it."""
    ruling = places(detector.never, text, clause.span)
    return any(not readings.denies(clause.sentence_at(place), place) for place in ruling)


def _strength(text: str, sentence: AssessedSentence, words: list[Span]) -> Strength:
    """Return the strength of a sentence for words in it; what a clause before the main one says is a description."""
    before = stance().subordinate.match(text, sentence.span.start, sentence.span.end)
    return Strength.DESCRIPTIVE if before and all(word.end < before.end() for word in words) else sentence.strength


def _only_talk(detector: Side, text: str, sentence: Span) -> bool:
    """Return whether a sentence puts things out of scope, or only sends the reader elsewhere."""
    if not detector.of_scope and places(stance().scope, text, sentence):
        return True
    return bool(places(stance().pointers, text, sentence)) or _points_elsewhere(text, sentence)


def _points_elsewhere(text: str, sentence: Span) -> bool:
    """Return whether a sentence does no more than name something and where it is found."""
    match = pattern_of(stance().entries).match(text, sentence.start, sentence.end)
    return match is not None and not text[match.end() : sentence.end].strip(" .;)\n")
