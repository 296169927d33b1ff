"""Which part of a sentence each of its words belongs to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from impact.grammar.lexicon import load
from impact.grammar.parser import parse
from impact.grammar.values import Party
from impact.records import Span
from impact.stems import singular

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = ("nsubj", "csubj")
_UNDERGOING = ("nsubjpass", "csubjpass")
_BEING = frozenset({"be", "become", "remain", "consist", "have", "contain", "comprise", "include", "bear"})
"""Verbs whose subject does nothing to anything. Source: project judgment."""
_PARTIES = (Party.PERSON, Party.PROVIDER, Party.AUTHORITY)
_KINDS = {
    "NOUN": "noun", "PROPN": "noun", "VERB": "verb", "ADJ": "adjective", "ADV": "adverb", "NUM": "number"
}  # fmt: skip


class WordRole(StrEnum):
    """What a word is part of."""

    ACTOR = "actor"
    OBJECT = "object"
    CONDITION = "condition"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class RoleWord:
    """A word of a sentence.

    Attributes:
        lemma: Base form in small letters.
        kind: noun, verb, adjective, adverb, number, punctuation or function.
        span: Where it stands in the sentence.
        main: Whether it is in the main statement and in no clause below it.
        above: Place of the word that it depends on among the words of the sentence; its own place for the topmost.
        party: Who it names, if it names somebody.
    """

    text: str
    lemma: str
    kind: str
    role: WordRole
    span: Span
    main: bool
    above: int
    party: Party | None = None


def roles(sentences: Iterable[str]) -> tuple[tuple[RoleWord, ...], ...]:
    """Return the words of each sentence, in order, with what they are part of; white space is no word.

    Raises:
        MissingError: If the parser is absent or cannot be used.
    """
    texts = list(sentences)
    return tuple(tuple(_words(document)) for document in parse(texts)) if texts else ()


def _words(document: "Doc") -> Iterator[RoleWord]:
    conditional = {word.i for head in document if _conditional(head) for word in head.subtree}
    acting = {word.i for head in document if _acting(head) for word in _phrase(head)}
    undergoing = {word.i for head in document if head.dep_ in _UNDERGOING for word in _phrase(head)}
    subordinate = {
        word.i for head in document if head.dep_ in ("relcl", "acl", "advcl", "pcomp") for word in head.subtree
    }
    places = {word.i: place for place, word in enumerate(word for word in document if not word.is_space)}
    for word in document:
        if word.is_space:
            continue
        if word.i in conditional:
            role = WordRole.CONDITION
        elif word.i in acting:
            role = WordRole.ACTOR
        elif word.pos_ in ("VERB", "AUX") and word.i not in undergoing:
            role = WordRole.ACT
        else:
            role = WordRole.OBJECT
        span = Span(word.idx, word.idx + len(word))
        main = word.i not in conditional and word.i not in subordinate
        above = places.get(word.head.i, places[word.i])
        yield RoleWord(word.text, word.lemma_.lower(), _kind(word), role, span, main, above, _party(word))


def _kind(word: "Token") -> str:
    if word.like_num:
        return "number"
    if word.pos_ == "VERB" and word.dep_ == "amod":
        return "adjective"
    return "punctuation" if word.is_punct else _KINDS.get(word.pos_, "function")


def _party(word: "Token") -> Party | None:
    """Return who a noun names, if it is in the lists."""
    if word.pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    names = (singular(word.lower_), word.lemma_.lower())
    return next((party for party, nouns in load().parties.items() if any(name in nouns for name in names)), None)


def _conditional(head: "Token") -> bool:
    """Return whether the words below a word are a condition."""
    conditions = load().conditions
    if head.dep_ in ("advcl", "ccomp", "relcl", "acl", "dep", "parataxis"):
        openers = [part for part in head.children if part.dep_ in ("mark", "advmod", "prep") and part.i < head.i]
        return any(part.lower_ in conditions.conjunctions for part in [*openers, head.left_edge])
    rest = head.doc[head.i : head.i + 4].text.lower()
    opens = any(rest == opener or rest.startswith(f"{opener} ") for opener in conditions.prepositions)
    return head.dep_ in ("prep", "mark") and opens


def _acting(head: "Token") -> bool:
    """Return whether a noun does the act of its verb."""
    if head.dep_ == "pobj":
        return head.head.dep_ == "agent" or (head.head.lower_ == "by" and _party(head) in _PARTIES)
    if head.dep_ not in _SUBJECTS:
        return False
    able = (part for word in head.head.children if word.dep_ == "acomp" for part in word.children)
    bearing = head.head.lemma_ == "bear" and _party(head) in _PARTIES
    return bearing or head.head.lemma_ not in _BEING or any(part.dep_ == "xcomp" for part in able)


def _phrase(head: "Token") -> Iterator["Token"]:
    """Yield a noun with what belongs to its name, but for clauses below it."""
    yield head
    for part in head.children:
        if part.dep_ not in ("relcl", "acl", "advcl", "ccomp"):
            yield from _phrase(part)
