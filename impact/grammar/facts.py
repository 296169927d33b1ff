"""What the grammar of a sentence offers as signs of who speaks: facts as words, by kind."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from impact.grammar.predicate import Predicate, subject_of
from impact.grammar.values import Surroundings
from impact.stems import singular

if TYPE_CHECKING:
    from spacy.tokens import Token

Facts = Mapping[str, frozenset[str]]
"""Base forms, parts of speech and the like, by kind, such as "tense": {"past"}."""

_QUALIFIERS = ("det", "amod", "poss", "predet")
_COMPLEMENTS = ("acomp", "attr", "oprd", "dobj")
_TENSES = {"VBD": "past", "VBZ": "present", "VBP": "present"}
_WORD = re.compile(r"[a-z]+")
_NONE = frozenset({"none"})


def facts_of(act: Predicate | None) -> Facts:
    """Return the facts of a sentence, by its main verb.

    Kinds: "verb" is the act; "subject" its subject; "determiner" what stands before that; "complement" what follows;
    "modal", "tense" and "form" as their values say.
    """
    if act is None:
        return {"form": frozenset({"verbless"})}
    subject = act.subject if act.subject is not None else subject_of(act.chain[0])
    auxiliaries = [word for verb in act.chain for word in verb.children if word.dep_ == "aux" and word.tag_ == "MD"]
    return {
        "verb": frozenset({act.verb.lemma_.lower()}),
        "subject": _NONE if subject is None else frozenset({subject.lemma_.lower()}),
        "determiner": _NONE if subject is None else _children(subject, _QUALIFIERS) or _NONE,
        "complement": _children(act.verb, _COMPLEMENTS),
        "modal": frozenset(word.lower_ for word in auxiliaries) or _NONE,
        "tense": frozenset({_tense(act.chain[0])}),
        "form": frozenset({_form(act)}),
    }


def setting_facts(around: Surroundings) -> Facts:
    """Return the facts of where a sentence stands: "heading", the words of all its headings, nouns in the singular."""
    words = (word for heading in around.headings for word in _WORD.findall(heading.lower()))
    return {"heading": frozenset(singular(word) for word in words)}


def _children(word: "Token", dependencies: tuple[str, ...]) -> frozenset[str]:
    return frozenset(child.lemma_.lower() for child in word.children if child.dep_ in dependencies)


def _tense(verb: "Token") -> str:
    """Return "modal", "perfect", "past", "present" or "none", by the first auxiliary or the verb."""
    auxiliaries = [word for word in verb.children if word.dep_ in ("aux", "auxpass")]
    if any(word.tag_ == "MD" for word in auxiliaries):
        return "modal"
    if any(word.lemma_ == "have" for word in auxiliaries):
        return "perfect"
    return next((_TENSES[word.tag_] for word in (*auxiliaries, verb) if word.tag_ in _TENSES), "none")


def _form(act: Predicate) -> str:
    """Return "there", "passive", "infinitive", "command", "be" or "active"."""
    if any(word.dep_ == "expl" and word.lower_ == "there" for word in act.chain[0].children):
        return "there"
    if act.passive:
        return "passive"
    if act.subject is None and not act.frames:
        return (
            "infinitive" if any(word.lower_ == "to" and word.dep_ == "aux" for word in act.verb.children) else "command"
        )
    return "be" if act.verb.lemma_ == "be" else "active"
