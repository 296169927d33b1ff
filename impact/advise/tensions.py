"""Pairs of clauses: a protection weaker than the power beside it, and two clauses that do not go together."""

import re
from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from functools import cached_property

from impact.advise.detectors import Passage, detectors, sentences_of
from impact.advise.phrases import places
from impact.advise.rules import Counter, rules
from impact.advise.weakness import WEAK, Weakness
from impact.records import Assessment, Cited, Clause, Judged, Mention, SafeguardFound, Span, Strength, Tension
from impact.taxonomy import Taxonomy

_WORD = re.compile(r"[a-z]{4,}")
_BAN = re.compile(r"\b(?:(?:must|shall|should|may) not|never|(?:is|are) (?:prohibited|forbidden))\b", re.IGNORECASE)
SHARED = 2
"""Words that two clauses must share to be about the same thing. Source: project judgement after reading reports."""
COMMON = 0.06
"""Share of the sentences above which a word of the text says nothing of what a clause is about. Source: as `SHARED`."""
DETECTED = 3
"""As `SHARED`, for what detectors found, which is less sure than a finding."""

PART = 0.3
"""Share of the uncommon words of the shorter of two sentences that both must have. Source: as `SHARED`."""
NEED = ("needs?", "essential", "necessary", "crucial", "core values?", "required")

_Said = Mention | SafeguardFound | Judged | Passage
_Pair = tuple[Cited, Cited]


def tensions_of(
    assessment: Assessment, passages: dict[str, tuple[Passage, ...]], taxonomy: Taxonomy
) -> tuple[Tension, ...]:
    """Return the pairs by rule: bans, counters, statements that a power belies, weaker and uneven protections.

    Args:
        assessment: Where the clauses are.
        passages: What `detected` found in it.
        taxonomy: Which safeguard answers which mechanism.
    """
    text = _Text(assessment)
    found = [
        *_bans(text),
        *_countered(text),
        *_detected(text, passages),
        *_claims(text),
        *_weaker(text, taxonomy),
        *_uneven(text, passages),
    ]
    pairs = {frozenset((one.first.clause, one.second.clause)): one for one in reversed(found)}
    return tuple(reversed(pairs.values()))


class _Text:
    """One assessment, with the words by which clauses can be told to be about the same thing."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.firm = [one for one in assessment.findings if not one.finding.doubtful]
        self._clauses = {one.id: one for one in assessment.clauses}
        self._bags: dict[Span, frozenset[str]] = {}

    def clause(self, address: str) -> Clause:
        """Return the clause with this id."""
        return self._clauses[address]

    @cached_property
    def common(self) -> set[str]:
        """Words of many sentences; at least four, so that a short text has some that are not common."""
        sentences = [self._bag(one.span) for one in sentences_of(self.assessment)]
        many = max(4, COMMON * len(sentences))
        return {word for word, count in Tally(word for bag in sentences for word in bag).items() if count > many}

    def sentence(self, address: str, evidence: Span) -> Span:
        """Return the sentence of a clause in which words begin."""
        clause = self.clause(address)
        return next((one for one in clause.sentences if one.start <= evidence.start < one.end), clause.span)

    def placed(self, cited: Cited) -> tuple[str, Span]:
        """Return the official number of a clause and the sentence in which the words cited begin."""
        return self.clause(cited.clause).number, self.sentence(cited.clause, cited.evidence[0])

    def binding(self, passage: Passage) -> bool:
        """Return whether the sentence cited requires, in the words of the segmenter or as a need."""
        words = self.sentence(passage.clause.id, passage.evidence[0])
        return passage.strength is Strength.MUST or bool(places(NEED, self.assessment.document.text, words))

    def phrases(self, passage: Passage) -> set[str]:
        """Return the uncommon words of those cited."""
        return {word for one in passage.evidence for word in self._bag(one)} - self.common

    def shared(self, first: Span, second: Span) -> int:
        """Return how many uncommon words two sentences share; 0 where these are a small part of both."""
        here, there = self._bag(first) - self.common, self._bag(second) - self.common
        both = len(here & there)
        return both if both >= PART * max(1, min(len(here), len(there))) else 0

    def _bag(self, span: Span) -> frozenset[str]:
        if span not in self._bags:
            found = _WORD.findall(span.of(self.assessment.document.text).lower())
            self._bags[span] = frozenset(word.rstrip("s") for word in found)
        return self._bags[span]


def _bans(text: _Text) -> Iterator[Tension]:
    """Yield a firm finding beside a clause that rules out the same mechanism for the same thing."""
    rule = rules().tensions["ban"]
    for mechanism in dict.fromkeys(one.finding.mechanism for one in text.firm):
        banning = [one for one in text.assessment.mentions if one.label == mechanism and _banned(text, one)]
        found = [one for one in text.firm if one.finding.mechanism == mechanism]
        if pair := _closest(text, banning, found):
            yield Tension("ban", rules().home(mechanism), rule.says, rule.ask, *pair, rule.source)


def _banned(text: _Text, mention: Mention) -> bool:
    sentence = text.sentence(mention.clause, mention.evidence[0])
    return bool(_BAN.search(sentence.of(text.assessment.document.text)))


def _countered(text: _Text) -> Iterator[Tension]:
    rule = rules().tensions["counter"]
    for one in rules().counters:
        given = [found for found in text.assessment.safeguards if found.safeguard == one.safeguard]
        taken = [found for found in text.firm if found.finding.mechanism == one.power]
        if pair := _closest(text, given, taken):
            yield _counter(one, pair, rule.ask, rule.source)


def _detected(text: _Text, passages: dict[str, tuple[Passage, ...]]) -> Iterator[Tension]:
    """Yield the pairs of counters that are detectors."""
    rule = rules().tensions["counter"]
    for one in rules().counters:
        given, taken = passages.get(one.safeguard, ()), passages.get(one.power, ())
        if pair := _closest(text, given, taken, DETECTED):
            yield _counter(one, pair, rule.ask, rule.source)


def _uneven(text: _Text, passages: dict[str, tuple[Passage, ...]]) -> Iterator[Tension]:
    """Yield a benefit of which one clause is weak and another, about the same thing, is not."""
    rule = rules().tensions["uneven"]
    weakness = Weakness(text.assessment)
    for detector in detectors():
        found = passages.get(detector.id, ()) if detector.id in rule.topics else ()
        weak = [one for one in found if weakness.of([_cited(one)])]
        firm = [one for one in found if one not in weak and text.binding(one)]
        alike = [one for one in firm if any(text.phrases(one) & text.phrases(other) for other in weak)]
        far = [one for one in weak if any(text.phrases(one) & text.phrases(other) for other in alike)]
        if pair := _closest(text, alike, far, 1):
            yield Tension("uneven", detector.guideline, rule.says, rule.ask, *pair, rule.source)


def _counter(one: Counter, pair: tuple[Cited, Cited], ask: str, source: str) -> Tension:
    return Tension("counter", one.guideline, one.says, ask, *pair, source)


def _claims(text: _Text) -> Iterator[Tension]:
    """Yield a statement that there are no data about people, beside the first power that makes them."""
    rule = rules().tensions["claim"]
    power = next((one for one in text.firm if one.finding.mechanism in rule.powers), None)
    if power is None:
        return
    for sentence in sentences_of(text.assessment):
        said = places(rule.patterns, text.assessment.document.text, sentence.span)
        if said and sentence.clause.id != power.finding.clause:
            second = Cited(power.finding.clause, power.finding.evidence)
            yield Tension("claim", "4.14", rule.says, rule.ask, Cited(sentence.clause.id, said), second, rule.source)
            return


def _weaker(text: _Text, taxonomy: Taxonomy) -> Iterator[Tension]:
    """Yield each safeguard that is only recommended in a section where a power that it answers is required."""
    rule = rules().tensions["weaker"]
    required = [one for one in text.firm if one.finding.strength is Strength.MUST]
    for name, safeguard in taxonomy.safeguards.items():
        given = [one for one in text.assessment.safeguards if one.safeguard == name]
        strong = {_section(text.clause(one.clause)) for one in given if one.strength is Strength.MUST}
        for guard in given:
            here = _section(text.clause(guard.clause))
            power = next(
                (
                    one
                    for one in required
                    if one.finding.mechanism in safeguard.counters and _section(text.clause(one.finding.clause)) == here
                ),
                None,
            )
            if guard.strength in WEAK and here not in strong and power:
                first, second = _cited(guard), _cited(power)
                yield Tension("weaker", rules().home(name), rule.says, rule.ask, first, second, rule.source)
                break


def _section(clause: Clause) -> str:
    return clause.headings[0] if clause.headings else ""


def _closest(text: _Text, first: Iterable[_Said], second: Iterable[_Said], least: int = SHARED) -> _Pair | None:
    """Return the pair of clauses that share most words, if they share enough; among equals the first in the text.

    Clauses of one number are no pair: they are read together.
    """
    best, pair = least - 1, None
    ones, others = ([(one, *text.placed(_cited(one))) for one in group] for group in (first, second))
    for one, number, here in ones:
        for other, far, there in others:
            count = 0 if number and number == far else text.shared(here, there)
            if count > best and here != there:
                best, pair = count, (_cited(one), _cited(other))
    return pair


def _cited(one: _Said) -> Cited:
    if isinstance(one, Passage):
        return Cited(one.clause.id, one.evidence)
    said = one.finding if isinstance(one, Judged) else one
    return Cited(said.clause, said.evidence)
