"""How firmly the main verb of a sentence is laid down."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from impact.grammar.lexicon import load
from impact.grammar.polarity import negated
from impact.grammar.predicate import Predicate
from impact.records.clause import Strength

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TURNED = {Strength.MUST: Strength.MAY, Strength.MAY: Strength.MUST}
"""A denied need is a permission, a denied permission a prohibition. Source: ISO/IEC Directives Part 2, clause 7."""


def strength_of(act: Predicate) -> Strength:
    """Return the normative strength of a main verb."""
    outer = next((strength for verb in dict.fromkeys(act.chain) for strength in _by_modal(verb)), None)
    inner = next((frame.strength for frame in act.frames if frame.strength), None) or _by_predicate(act)
    if negated(act, (act.subject,)):
        if inner in _TURNED and outer is not Strength.SHOULD:
            return _TURNED[inner]
        if outer is Strength.MAY:
            return Strength.MUST
    return outer or inner or Strength.DESCRIPTIVE


def _by_modal(verb: "Token") -> Iterator[Strength]:
    """Yield what the modal verbs and adverbs at a verb say."""
    for word in verb.children:
        if word.dep_ in ("aux", "advmod"):
            yield from (strength for strength, words in load().modals.items() if word.lower_ in words)
            if word.lower_ in ("need", "needs") and any(part.dep_ == "neg" for part in verb.children):
                yield Strength.MAY


def _by_predicate(act: Predicate) -> Strength | None:
    """Return what a predicate without a verb below it says: "is optional", "is required"."""
    lexicon = load()
    words = [word for word in act.verb.children if word.dep_ in ("acomp", "attr", "oprd")]
    forms = [lexicon.frame_of(word.lower_, "adjective") for word in words]
    if act.passive:
        forms.append(lexicon.frame_of(act.verb.lemma_, "passive"))
    return next((frame.strength for frame in forms if frame and frame.strength), None)


def worded(document: "Doc") -> Strength:
    """Return the first strength that a modal verb anywhere in a sentence says; descriptive where there is none."""
    modals = load().modals
    found = (strength for word in document for strength, words in modals.items() if word.lower_ in words)
    return next(found, Strength.DESCRIPTIVE)
