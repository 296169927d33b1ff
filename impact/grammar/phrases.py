"""Nouns of a sentence: who acts, on what, and under which condition."""

from typing import TYPE_CHECKING

from impact.grammar.lexicon import load
from impact.grammar.predicate import Predicate, subject_of
from impact.grammar.surface import Surface
from impact.grammar.values import Matter, NounPhrase, Party
from impact.records import Span
from impact.stems import singular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

_NAMED = ("compound", "amod", "nmod", "nummod", "poss")
_OBJECTS = ("dobj", "attr", "acomp", "oprd")
_NEAR = 3
"""Words from a verb to the preposition that still belongs to it. Source: project judgment."""


def actor_of(act: Predicate) -> "Token | None":
    """Return the noun that does the act."""
    if not act.passive:
        return act.subject
    agents = (word for verb in act.chain[-1:] for word in verb.children if word.dep_ == "agent")
    nouns = (word for agent in agents for word in agent.children if word.dep_ == "pobj")
    return next((noun for noun in nouns if noun.lemma_.lower() not in load().manners["nouns"]), None)


def object_of(act: Predicate) -> "Token | None":
    """Return the noun or adjective that the act is done to."""
    if act.passive:
        return act.subject
    if direct := next((word for word in act.verb.rights if word.dep_ in _OBJECTS), None):
        return direct
    if act.verb.lemma_ == "be" and any(word.dep_ == "expl" for word in act.verb.children):
        return next((word for word in act.verb.rights if word.dep_ == "nsubj"), None)
    return next((noun for word in act.verb.rights for noun in _behind(word, act.verb)), None)


def _behind(word: "Token", verb: "Token") -> "Iterator[Token | None]":
    """Yield the noun that a clause or preposition behind a verb offers as its object, none where it forbids any."""
    if word.dep_ in ("ccomp", "xcomp"):
        inner = subject_of(word)
        marked = any(part.dep_ == "mark" or part.tag_ in ("WRB", "WP", "WDT") for part in word.children)
        yield None if marked or inner is None or inner.dep_ != "nsubj" else inner
    elif word.dep_ in ("prep", "agent", "dative"):
        noun = next((part for part in word.children if part.dep_ == "pobj"), None)
        near = word.i - verb.i <= _NEAR and word.lower_ not in load().conditions.prepositions
        yield noun if near else None
    elif word.dep_ not in ("prt", "advmod", "punct"):
        yield None


def phrase(noun: "Token", running: Surface) -> NounPhrase:
    """Return a noun with the words before it that belong to its name."""
    first = noun
    for word in reversed(list(noun.lefts)):
        if word.dep_ in _NAMED and word.pos_ not in ("PRON", "DET") and word.lower_ not in ("such", "other", "same"):
            first = word.left_edge if word.dep_ in ("compound", "nmod", "amod") else word
        elif word.dep_ != "punct":
            break
    start, end = first.idx, noun.idx + len(noun)
    return NounPhrase(running.text[start:end], _head(noun), running.span(start, end))


def _head(noun: "Token") -> str:
    """Return the base form of a noun; the parser leaves the plural of names as it is."""
    return singular(noun.lower_) if noun.tag_ in ("NNP", "NNPS") else noun.lemma_.lower()


def party_of(named: NounPhrase, noun: "Token") -> Party | None:
    """Return the role that a noun names; none if no list has it."""
    lexicon = load()
    if any(word.lower_ in lexicon.hostile["modifiers"] for word in noun.lefts):
        return Party.ATTACKER
    words = [*named.text.lower().split()[:-1], named.head]
    for start in range(len(words)):
        tail = " ".join(words[start:])
        for party, nouns in lexicon.parties.items():
            if tail in nouns:
                return party
    coined = any(letter.isupper() for letter in noun.text[1:]) and noun.pos_ != "PRON"
    return Party.SYSTEM if coined else None


def matter_of(named: NounPhrase) -> Matter | None:
    """Return the kind of object that a noun names; none if no list has it."""
    words = [*named.text.lower().split()[:-1], named.head]
    lists = load().matters
    tails = (" ".join(words[start:]) for start in range(len(words)))
    exact = next((matter for tail in tails for matter, nouns in lists.items() if tail in nouns), None)
    return exact or next((matter for word in words for matter, nouns in lists.items() if word in nouns), None)


def condition_of(parse: "Doc", act: Predicate, running: Surface) -> tuple[Span, bool] | None:
    """Return the first condition of the statement, and whether it hangs on its verb; none if there is none."""
    for word in parse:
        opener = _opener(word)
        if opener is None:
            continue
        direct = word.head in act.chain and word not in act.chain and word.dep_ not in ("acomp", "attr", "amod")
        if direct or _begins(word, act):
            edge = [part for part in word.subtree if part.i >= opener.i and part.dep_ != "punct"]
            start, last = edge[0], edge[-1]
            return running.span(start.idx, last.idx + len(last)), direct
    return None


def _opener(word: "Token") -> "Token | None":
    """Return the word that makes a condition of the clause or phrase below `word`; none if it is none."""
    conditions = load().conditions
    if word.dep_ in ("advcl", "ccomp", "relcl", "acl", "dep", "parataxis"):
        openers = (part for part in word.children if part.dep_ in ("mark", "advmod", "prep"))
        opener = next((part for part in openers if part.lower_ in conditions.conjunctions and part.i < word.i), None)
        first = word.left_edge
        return opener or (first if first.lower_ in conditions.conjunctions and first.i < word.i else None)
    if word.dep_ in ("prep", "mark", "acomp", "amod"):
        rest = word.doc[word.i : word.i + 4].text.lower()
        if any(rest == opener or rest.startswith(f"{opener} ") for opener in conditions.prepositions):
            return word
    return None


def _begins(word: "Token", act: Predicate) -> bool:
    """Return whether a condition opens the sentence, however the parse hangs it in."""
    return word.left_edge.i <= 1 and word.i < act.verb.i and word not in act.chain
