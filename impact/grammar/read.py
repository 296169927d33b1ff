"""Read sentences: parse them, and tell what each says and how sure that is."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from impact.grammar.certainty import certainty_of, strength_certainty
from impact.grammar.facts import facts_of, setting_facts
from impact.grammar.modality import strength_of, worded
from impact.grammar.parser import parse
from impact.grammar.phrases import actor_of, condition_of, matter_of, object_of, party_of, phrase
from impact.grammar.polarity import polarity_of, scopes
from impact.grammar.predicate import Predicate, predicate
from impact.grammar.surface import Surface, surface
from impact.grammar.values import Certainty, Matter, NounPhrase, Party, Reading, Surroundings, Trait
from impact.grammar.voice import signs_of, voice_of
from impact.records import Span
from impact.records.clause import Strength

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Value = TypeVar("Value")

_NOWHERE = Surroundings()
_UNREAD: Trait[Any] = Trait(None, Certainty.ABSTAIN)
_CAPITALS = re.compile(r"\b(?:MUST|SHALL|SHOULD|MAY|REQUIRED|RECOMMENDED|OPTIONAL)\b")


def read(sentences: Iterable[str], around: Sequence[Surroundings] = ()) -> tuple[Reading, ...]:
    """Return what each sentence says, in order; the first call with any loads the parser.

    Args:
        sentences: One sentence each.
        around: Where each of them stands, as many; if left out, who speaks is told by the sentences alone.

    Raises:
        MissingError: If the parser is absent or cannot be used.
    """
    texts = list(sentences)
    if not texts:
        return ()
    runnings = [surface(text) for text in texts]
    parses = parse([running.text for running in runnings])
    parts = zip(texts, runnings, parses, around or [_NOWHERE] * len(texts), strict=True)
    return tuple(_reading(text, running, document, near) for text, running, document, near in parts)


def _reading(text: str, running: Surface, document: "Doc", near: Surroundings) -> Reading:
    act = predicate(document)
    if act is None:
        return _without_verb(text, running, document, near)
    certainty = certainty_of(act, document)
    target = object_of(act)
    condition = condition_of(document, act, running)
    strength = strength_of(act)
    if certainty is Certainty.ABSTAIN and strength is Strength.DESCRIPTIVE:
        strength = worded(document)
    party = _party(act, running, certainty)
    facts = {**facts_of(act), **_outside(text, document, strength, party, condition), **setting_facts(near)}
    signs = signs_of(running.text, facts)
    return Reading(
        actor=_noun(actor_of(act), running, certainty),
        party=party if actor_of(act) is not None else Trait(None, certainty),
        action=_trait(act.verb.lemma_.lower(), certainty),
        object=_noun(target, running, certainty),
        matter=_matter(target, running, certainty),
        condition=_condition(condition, certainty),
        polarity=_trait(polarity_of(act, (act.subject, target)), certainty),
        strength=_trait(strength, strength_certainty(strength, document, certainty)),
        voice=voice_of(text, signs, near),
        signs=signs,
        denied=scopes(document, running),
    )


def _without_verb(text: str, running: Surface, document: "Doc", near: Surroundings) -> Reading:
    """Return what can be said of a sentence in which no verb is found."""
    strength = worded(document)
    facts = {**facts_of(None), **_outside(text, document, strength, _UNREAD, None), **setting_facts(near)}
    signs = signs_of(running.text, facts)
    return Reading(
        actor=_UNREAD,
        party=_UNREAD,
        action=_UNREAD,
        object=_UNREAD,
        matter=_UNREAD,
        condition=_UNREAD,
        polarity=_UNREAD,
        strength=Trait(strength, Certainty.UNSURE),
        voice=voice_of(text, signs, near),
        signs=signs,
        denied=scopes(document, running),
    )


def _outside(
    text: str, document: "Doc", strength: Strength, party: Trait[Party], condition: tuple[Span, bool] | None
) -> dict[str, frozenset[str]]:
    """Return the facts that other traits give for the voice; who is not known counts as other."""
    return {
        "strength": frozenset({str(strength)}),
        "worded": frozenset({str(worded(document))}),
        "party": frozenset({str(party.value or (Party.OTHER if not party.sure else "none"))}),
        "condition": frozenset({"no" if condition is None else "yes"}),
        "capitals": frozenset({"yes" if _CAPITALS.search(text) else "no"}),
    }


def _trait(value: Value, certainty: Certainty) -> Trait[Value]:
    return Trait(None if certainty is Certainty.ABSTAIN else value, certainty)


def _noun(noun: "Token | None", running: Surface, certainty: Certainty) -> Trait[NounPhrase]:
    """Return a noun as part of a reading; a clause in its place is not one."""
    if noun is None or certainty is Certainty.ABSTAIN:
        return Trait(None, certainty)
    if noun.pos_ in ("VERB", "AUX"):
        return Trait(None, Certainty.UNSURE)
    return Trait(phrase(noun, running), certainty)


def _party(act: Predicate, running: Surface, certainty: Certainty) -> Trait[Party]:
    """Return the role of who acts, or in a passive without "by" that of the subject."""
    noun = actor_of(act) or act.subject
    if noun is None or certainty is Certainty.ABSTAIN:
        return Trait(None, certainty)
    if noun.lower_ in ("it", "they", "he", "she", "who", "which"):
        return Trait(None, Certainty.ABSTAIN)
    party = party_of(phrase(noun, running), noun)
    return Trait(Party.OTHER, Certainty.UNSURE) if party is None else Trait(party, certainty)


def _matter(noun: "Token | None", running: Surface, certainty: Certainty) -> Trait[Matter]:
    if noun is None or certainty is Certainty.ABSTAIN:
        return Trait(None, certainty)
    matter = matter_of(phrase(noun, running))
    return Trait(Matter.OTHER, Certainty.UNSURE) if matter is None else Trait(matter, certainty)


def _condition(condition: tuple[Span, bool] | None, certainty: Certainty) -> Trait[Span]:
    """Return a condition; one that does not hang on the verb is unsure."""
    if condition is None or certainty is Certainty.ABSTAIN:
        return Trait(None, certainty)
    return Trait(condition[0], certainty if condition[1] else Certainty.UNSURE)
