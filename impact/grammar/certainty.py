"""How sure a reading is: where the parse and plain signs in the words agree."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from impact.grammar.lexicon import load
from impact.grammar.modality import worded
from impact.grammar.predicate import Predicate
from impact.grammar.values import Certainty
from impact.records.clause import Strength

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MODAL = ("MD", "RB")
LONGEST = 45
"""Words above which a parse leaves doubt. Source: project judgment."""


def certainty_of(act: Predicate, document: "Doc") -> Certainty:
    """Return how sure it is that a predicate is the main verb with its nouns: by the number of doubts, 0, 1 or more."""
    doubts = sum(_doubts(act, document))
    return (Certainty.SURE, Certainty.UNSURE, Certainty.ABSTAIN)[min(doubts, 2)]


def _doubts(act: Predicate, document: "Doc") -> Iterator[int]:
    """Yield 1 for each doubt, 2 for a grave one: a modal verb taken for a noun, a clause whose verb was lost."""
    duties = load().modals[Strength.MUST] | load().modals[Strength.SHOULD]
    yield not act.clear
    yield len(document) > LONGEST
    command = act.subject is None and not act.frames and not act.passive
    yield 2 * (command and act.verb.lemma_ != "be" and _nouns_before(act))
    yield act.chain[0].tag_ not in ("VB", "VBZ", "VBP", "VBD", "MD", "VBN", "VBG")
    yield 2 * any(word.tag_ not in _MODAL and word.lower_ in duties for word in document)
    yield 2 * (act.passive and document[act.verb.i : act.verb.i + 2].text.lower().endswith(" that"))
    before = document[: act.chain[0].i]
    yield any(word.tag_ == "MD" and word.head not in act.chain and word.head.dep_ == "ROOT" for word in before)


def _nouns_before(act: Predicate) -> bool:
    """Return whether nouns stand right before a verb that has no subject: it is no command then."""
    before = [word for word in act.verb.doc[: act.verb.i] if word.dep_ not in ("punct", "neg", "aux", "advmod")]
    return bool(before) and before[-1].pos_ in ("NOUN", "PROPN", "PRON") and before[-1].head is act.verb


def strength_certainty(strength: Strength, document: "Doc", certainty: Certainty) -> Certainty:
    """Return how sure a strength is: sure where all words of strength in the sentence say the same."""
    if certainty is Certainty.ABSTAIN:
        return Certainty.UNSURE
    return Certainty.SURE if worded(document) is strength else certainty
