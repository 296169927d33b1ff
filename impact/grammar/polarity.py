"""Whether an act comes about, and what else in a sentence stands under a denial."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from impact.grammar.lexicon import load
from impact.grammar.predicate import SUBJECTS, Predicate
from impact.grammar.surface import Surface
from impact.grammar.values import Polarity
from impact.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def polarity_of(act: Predicate, nouns: tuple["Token | None", ...]) -> Polarity:
    """Return whether the act comes about.

    Denials cancel each other out: what must not be prevented comes about.

    Args:
        act: The main verb.
        nouns: Its subject and object.
    """
    deniers = load().deniers
    complements = [word for word in act.verb.children if word.dep_ in ("acomp", "attr", "oprd")]
    count = sum(frame.denies for frame in act.frames) + negated(act, nouns) + (act.verb.lemma_ in deniers.verbs)
    count += sum(word.lower_ in deniers.adjectives and word not in act.chain for word in complements)
    return Polarity.NEGATIVE if count % 2 else Polarity.POSITIVE


def negated(act: Predicate, nouns: tuple["Token | None", ...]) -> bool:
    """Return whether "not", "never", "no" or their like deny a main verb, at itself or at one of its nouns."""
    deniers = load().deniers
    adverbs = [word for verb in dict.fromkeys(act.chain) for word in verb.children if _adverb(word)]
    denied = [
        noun
        for noun in dict.fromkeys(nouns)
        if noun is not None and (noun.lower_ in deniers.nouns or _denied_noun(noun))
    ]
    return (len([word for word in adverbs if not _excused(word)]) + len(denied)) % 2 == 1


def scopes(parse: "Doc", running: Surface) -> tuple[Span, ...]:
    """Return what stands under a denial anywhere in a sentence, in order."""
    stretches = {(first.idx, last.idx + len(last)) for first, last in _scopes(parse) if first.i <= last.i}
    return tuple(running.span(*stretch) for stretch in sorted(stretches))


def _scopes(parse: "Doc") -> Iterator[tuple["Token", "Token"]]:
    """Yield first and last word of each scope: what hangs behind a word that denies, but for conditions and clauses."""
    deniers = load().deniers
    for word in parse:
        adverb = _adverb(word) and (word.head.i > word.i or word.dep_ == "neg") and not _excused(word)
        if adverb or (word.dep_ == "det" and word.lower_ in deniers.determiners):
            yield word, _last(word.head.head if word.head.dep_ in SUBJECTS else word.head)
        elif word.dep_ in ("prep", "mark") and word.lower_ in deniers.prepositions:
            verb = next((part for part in word.rights if part.dep_ == "pcomp"), None)
            yield word, word.right_edge if verb is None else _last(verb)
        elif word.pos_ == "VERB" and word.lemma_ in deniers.verbs | deniers.undoing:
            yield word, _last(word)
        elif word.pos_ == "NOUN" and word.lemma_ in deniers.undoing:
            yield from ((word, part.right_edge) for part in word.rights if part.lower_ in ("of", "in", "to"))


def _last(verb: "Token") -> "Token":
    """Return the last word below a verb or noun, before the first further statement, condition or full stop."""
    last = verb
    for word in verb.rights:
        if word.dep_ in ("advcl", "conj", "cc", "punct", "parataxis") and word.pos_ not in ("NOUN", "PROPN", "ADJ"):
            break
        last = word.right_edge
    return last


def _adverb(word: "Token") -> bool:
    return word.dep_ in ("neg", "advmod", "preconj", "cc", "det") and word.lower_ in load().deniers.adverbs


def _denied_noun(noun: "Token") -> bool:
    return any(
        word.lower_ in load().deniers.determiners and word.dep_ in ("det", "neg", "preconj") for word in noun.children
    )


def _excused(word: "Token") -> bool:
    """Return whether a "not" denies nothing of the act: "not only", "not all", "no later"."""
    following = word.nbor().lower_ if word.i + 1 < len(word.doc) else ""
    return following in ("only", "all", "every", "just", "merely", "limited", "later", "more", "less")
