"""Whether two clauses are about the same thing: by the words that they share, the actors they name, or their place."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from impact.advise.context import Context
from impact.advise.detectors.search import Detection
from impact.advise.grammar import grammar
from impact.advise.guideline_rules import rules
from impact.advise.phrases import places
from impact.advise.question_library import wording
from impact.records import Cited, Clause, Span, Strength

SHARED = 2
"""Words that two clauses must share to be about the same thing. Source: project judgment after reading reports."""

PART = 0.3
"""Share of the uncommon words of the shorter of two sentences that both must have. Source: as `SHARED`."""

Pair = tuple[Cited, Cited]


@dataclass(frozen=True, slots=True)
class QuotedSentence:
    """A sentence of a clause, and the words of it that count."""

    clause: Clause
    span: Span
    evidence: tuple[Span, ...]

    @property
    def cited(self) -> Cited:
        """The clause with these words."""
        return Cited(self.clause.id, self.evidence)

    @property
    def strength(self) -> Strength:
        """That of the sentence, or else of its clause."""
        return dict(self.clause.provisions()).get(self.span, self.clause.strength)


def quoted(context: Context, cited: Cited) -> QuotedSentence:
    """Return the sentence in which the words cited begin."""
    clause = context.clause(cited.clause)
    return QuotedSentence(clause, clause.sentence_at(cited.evidence[0]), cited.evidence)


def unconditional(context: Context, span: Span) -> bool:
    """Return whether a sentence has no word that says when or for whom it holds."""
    return not places(rules().conditions, context.text, span)


def provisions(context: Context, sentences: Iterable[QuotedSentence]) -> list[QuotedSentence]:
    """Return the sentences that require, recommend or permit without a condition or an exception."""
    return [
        sentence
        for sentence in sentences
        if unconditional(context, sentence.span) and sentence.strength is not Strength.DESCRIPTIVE
    ]


def binding(context: Context, sentence: QuotedSentence) -> bool:
    """Return whether a sentence requires without a condition, in the words of the segmenter or as a need."""
    if not unconditional(context, sentence.span):
        return False
    return sentence.strength is Strength.MUST or bool(places(rules().needs, context.text, sentence.span))


def sentences_detected(detections: Iterable[Detection]) -> Iterator[QuotedSentence]:
    """Yield the sentences in which a detector found its words."""
    for detection in (detection for detection in detections if not detection.hostile):
        sentences: dict[Span, list[Span]] = {}
        for words in detection.evidence:
            sentences.setdefault(detection.clause.sentence_at(words), []).append(words)
        yield from (QuotedSentence(detection.clause, span, tuple(words)) for span, words in sentences.items())


def content(context: Context, span: Span) -> frozenset[str]:
    """Return the words of a span, common or not, but for those of every text."""
    return context.words(span) - rules().stops


def words_shared(context: Context, first: QuotedSentence, second: QuotedSentence) -> int:
    """Return how many uncommon words two sentences share; 0 where these are a small part of both."""
    here, there = (context.words(sentence.span) - context.common_words for sentence in (first, second))
    both = len(here & there)
    return both if both >= PART * max(1, min(len(here), len(there))) else 0


def content_shared(context: Context, first: QuotedSentence, second: QuotedSentence) -> int:
    """Return how many words two sentences share, common ones too."""
    return len(content(context, first.span) & content(context, second.span))


def phrases_shared(context: Context, first: QuotedSentence, second: QuotedSentence) -> int:
    """Return how many uncommon words stand in what is cited of both."""
    here, there = ({word for span in sentence.evidence for word in context.words(span)} for sentence in (first, second))
    return len((here & there) - context.common_words)


def _receiver_acts(context: Context, first: QuotedSentence, second: QuotedSentence) -> int:
    """Return how many of those to whom the first gives something are named as acting in the second."""
    to = grammar().to.search(context.text, first.evidence[-1].end, first.span.end)
    receiving = Span(to.end(), first.span.end) if to else Span(first.span.start, first.evidence[0].start)
    acting = Span(second.span.start, second.evidence[0].start)
    return len(_actors(context, receiving) & _actors(context, acting))


def _actors(context: Context, span: Span) -> set[str]:
    """Return who is named in a span, in the singular."""
    nouns = wording().nouns
    return {
        word
        for word in context.words(span) - nouns.things_in_er
        if word in nouns.actors or grammar().actor.fullmatch(word)
    }


def _governs(_context: Context, first: QuotedSentence, second: QuotedSentence) -> int:
    """Return 1 if the second stands at the head of the section that the first is in a part of."""
    number = second.clause.number
    return int(bool(number) and first.clause.number.startswith(f"{number}."))


def _anything(context: Context, first: QuotedSentence, second: QuotedSentence) -> int:
    return 1 + content_shared(context, first, second)


Link = Callable[[Context, QuotedSentence, QuotedSentence], int]

LINKS: dict[str, Link] = {
    "words": words_shared,
    "content": content_shared,
    "receiver": _receiver_acts,
    "phrases": phrases_shared,
    "section": _governs,
    "anything": _anything,
}
"""By the `link` of a counter: how far two sentences are about the same thing, 0 for not at all."""


def closest(
    context: Context,
    first: Iterable[QuotedSentence],
    second: Iterable[QuotedSentence],
    least: int = SHARED,
    link: Link = words_shared,
) -> Pair | None:
    """Return the pair of clauses that are most about the same thing, if enough; among equals the first in the text.

    Clauses of one number are no pair: they are read together.
    """
    best, pair = least - 1, None
    others = tuple(second)
    for sentence in first:
        for other in others:
            number = sentence.clause.number
            together = bool(number) and number == other.clause.number
            count = 0 if together or sentence.span == other.span else link(context, sentence, other)
            if count > best:
                best, pair = count, (sentence.cited, other.cited)
    return pair
