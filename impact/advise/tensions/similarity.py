"""Whether two clauses are about the same thing: by the words that they share, the actors they name, or their place."""

import re
from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from impact.advise.detectors import Passage, sentences_of
from impact.advise.guidelines.rules import rules
from impact.advise.phrases import places
from impact.advise.questions.nouns import lists
from impact.records import Assessment, Cited, Clause, Span, Strength

_WORD = re.compile(r"[a-z]{4,}")
_TO = re.compile(r"\bto\b")
_ACTOR = re.compile(r"[a-z]+(?:er|or)")

SHARED = 2
"""Words that two clauses must share to be about the same thing. Source: project judgement after reading reports."""

COMMON = 0.06
"""Share of the sentences above which a word of the text says nothing of what a clause is about. Source: as `SHARED`."""

PART = 0.3
"""Share of the uncommon words of the shorter of two sentences that both must have. Source: as `SHARED`."""

NEED = (
    "(?:users?|people|persons?|attendees?|participants?|we|citizens?|children) (?:also )?need",
    "essential",
    "crucial",
)
"""Words of a need, which binds as a requirement does. Source: as `SHARED`."""

Pair = tuple[Cited, Cited]


class Alike:
    """One assessment, with the words by which clauses can be told to be about the same thing."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self._clauses = {clause.id: clause for clause in assessment.clauses}
        self._bags: dict[Span, frozenset[str]] = {}

    def clause(self, address: str) -> Clause:
        """Return the clause with this id."""
        return self._clauses[address]

    @cached_property
    def common(self) -> set[str]:
        """Words of many sentences; at least four, so that a short text has some that are not common."""
        sentences = [self.bag(one.span) for one in sentences_of(self.assessment)]
        many = max(4, COMMON * len(sentences))
        return {word for word, count in Tally(word for bag in sentences for word in bag).items() if count > many}

    def sentence(self, address: str, evidence: Span) -> Span:
        """Return the sentence of a clause in which words begin."""
        clause = self.clause(address)
        return next(
            (sentence for sentence in clause.sentences if sentence.start <= evidence.start < sentence.end), clause.span
        )

    def strength(self, spot: "Spot") -> Strength:
        """Return the strength of a sentence."""
        clause = self.clause(spot.cited.clause)
        own = dict(zip(clause.sentences, clause.strengths, strict=False))
        return own.get(spot.sentence, clause.strength)

    def binding(self, spot: "Spot") -> bool:
        """Return whether a sentence requires without a condition, in the words of the segmenter or as a need."""
        document = self.assessment.document.text
        if places(rules().conditions, document, spot.sentence):
            return False
        return self.strength(spot) is Strength.MUST or bool(places(NEED, document, spot.sentence))

    def shared(self, first: Span, second: Span, part: float = PART) -> int:
        """Return how many uncommon words two sentences share; 0 where these are a small part of both."""
        here, there = self.bag(first) - self.common, self.bag(second) - self.common
        both = len(here & there)
        return both if both >= part * max(1, min(len(here), len(there))) else 0

    def bag(self, span: Span) -> frozenset[str]:
        """Return the words of a span, of four letters or more, in small letters and without the s of a plural."""
        if span not in self._bags:
            found = _WORD.findall(span.of(self.assessment.document.text).lower())
            self._bags[span] = frozenset(word.rstrip("s") for word in found)
        return self._bags[span]

    def actors(self, span: Span) -> set[str]:
        """Return who is named in a span, in the singular."""
        known = lists()
        return {
            word
            for word in self.bag(span)
            if word not in known.no_actors and (word in known.actors or _ACTOR.fullmatch(word))
        }

    def content(self, span: Span) -> frozenset[str]:
        """Return the words of a span, common or not, but for those of every text."""
        return self.bag(span) - set(rules().stops)


@dataclass(frozen=True, slots=True)
class Spot:
    """A sentence of a clause that is quoted, and the words of it that count; `number` is the official one."""

    cited: Cited
    number: str
    sentence: Span


def spot(text: Alike, cited: Cited) -> Spot:
    """Return the sentence in which the words cited begin."""
    return Spot(cited, text.clause(cited.clause).number, text.sentence(cited.clause, cited.evidence[0]))


def provisions(text: Alike, found: Iterable[Spot]) -> Iterator[Spot]:
    """Yield the sentences that require, recommend or permit without a condition or an exception."""
    for one in found:
        bare = not places(rules().conditions, text.assessment.document.text, one.sentence)
        if bare and text.strength(one) is not Strength.DESCRIPTIVE:
            yield one


def spots(text: Alike, passages: Iterable[Passage]) -> Iterator[Spot]:
    """Yield each sentence of the passages, with its own words."""
    for passage in passages:
        by: dict[Span, list[Span]] = {}
        for words in passage.evidence:
            by.setdefault(text.sentence(passage.clause.id, words), []).append(words)
        yield from (
            Spot(Cited(passage.clause.id, tuple(said)), passage.clause.number, here) for here, said in by.items()
        )


def words_shared(text: Alike, first: Spot, second: Spot) -> int:
    """Return how many uncommon words two sentences share."""
    return text.shared(first.sentence, second.sentence)


def _content_shared(text: Alike, first: Spot, second: Spot) -> int:
    return len(text.content(first.sentence) & text.content(second.sentence))


def _receiver_acts(text: Alike, first: Spot, second: Spot) -> int:
    """Return how many of those to whom the first gives something are named as acting in the second."""
    document = text.assessment.document.text
    given = first.cited.evidence[-1].end
    to = _TO.search(document, given, first.sentence.end)
    receiving = Span(to.end(), first.sentence.end) if to else Span(first.sentence.start, first.cited.evidence[0].start)
    acting = Span(second.sentence.start, second.cited.evidence[0].start)
    return len(text.actors(receiving) & text.actors(acting))


def phrases_shared(text: Alike, first: Spot, second: Spot) -> int:
    """Return how many uncommon words stand in what is cited of both."""
    here, there = ({word for span in one.cited.evidence for word in text.bag(span)} for one in (first, second))
    return len((here & there) - text.common)


def _governs(_text: Alike, first: Spot, second: Spot) -> int:
    """Return 1 if the second stands at the head of the section that the first is in a part of."""
    return int(bool(second.number) and first.number.startswith(f"{second.number}."))


def _anything(text: Alike, first: Spot, second: Spot) -> int:
    return 1 + _content_shared(text, first, second)


LINKS: dict[str, Callable[[Alike, Spot, Spot], int]] = {
    "words": words_shared,
    "content": _content_shared,
    "receiver": _receiver_acts,
    "phrases": phrases_shared,
    "section": _governs,
    "anything": _anything,
}
"""By the `link` of a counter: how far two sentences are about the same thing, 0 for not at all."""


def closest(
    text: Alike,
    first: Iterable[Spot],
    second: Iterable[Spot],
    least: int = SHARED,
    link: Callable[[Alike, Spot, Spot], int] = words_shared,
) -> Pair | None:
    """Return the pair of clauses that are most about the same thing, if enough; among equals the first in the text.

    Clauses of one number are no pair: they are read together.
    """
    best, pair = least - 1, None
    others = tuple(second)
    for one in first:
        for other in others:
            same = bool(one.number) and one.number == other.number
            count = 0 if same or one.sentence == other.sentence else link(text, one, other)
            if count > best:
                best, pair = count, (one.cited, other.cited)
    return pair
