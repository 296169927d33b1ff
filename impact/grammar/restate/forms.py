"""The forms of a statement: "{0} requires ... to ...", "{0} recommends that ...", "Under {0}, ..."."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from impact.grammar.phrases import party_of, phrase
from impact.grammar.predicate import subject_of
from impact.grammar.restate.clause_parts import ClauseParts, finite_tag
from impact.grammar.restate.draft import Draft
from impact.grammar.restate.lexicon import words
from impact.grammar.surface import Surface
from impact.grammar.values import Party
from impact.records.clause import Strength

if TYPE_CHECKING:
    from spacy.tokens import Token

_MODALS = {"shall": Strength.MUST, "must": Strength.MUST, "should": Strength.SHOULD, "may": Strength.MAY}
_MODAL_LEFT = re.compile(r"\b(?:and|or|but)\s+(?:also\s+)?(?:shall|must|should|may|will|can|is|are)\b")
"""A further verb with a modal verb of its own, which the parse did not join to the first one."""
_AGENTS = (Party.PERSON, Party.PROVIDER, Party.AUTHORITY, Party.SYSTEM)


def statement(parts: ClauseParts, draft: Draft, *, capitals: bool, claims: bool) -> str:
    """Return a statement with "{0}" where the clause is named.

    Args:
        parts: The sentence.
        draft: What of it is written.
        capitals: Whether it permits in the capitals of RFC 2119.
        claims: Whether it tells of something, rather than laying down a rule.
    """
    draft = draft.without(word for verb in parts.verbs for word in verb.children if _joins(word, verb))
    telling = not parts.modals and parts.subject.left_edge.lower_ in words().telling_determiners
    if claims or telling or words().loosening.match(parts.document.text):
        return _stated(parts, draft, "claim" if claims or telling else "rule")
    if not _leads(parts):
        return _stated(parts, draft, "rule")
    bound = _extraposed(parts, draft) or _framed(parts, draft) or _modal(parts, draft, capitals=capitals)
    return bound or _stated(parts, draft, "rule")


def _leads(parts: ClauseParts) -> bool:
    """Return whether what leads in can stand before "clause 4 requires" without seeming to speak of the clause."""
    for word in parts.document[: parts.start]:
        if word.head.i >= parts.start and word.dep_ in ("prep", "advcl", "pcomp"):
            first = word.left_edge
            opens = first.lower_ in words().leading_prepositions | words().condition_marks or first.tag_ == "WRB"
            lost = word.dep_ == "advcl" and subject_of(word) is None and finite_tag(word) in ("VBN", "VBD", "JJ", "VBG")
            doing = lost or first.lower_ == "as" or any(part.dep_ == "pcomp" for part in word.rights)
            if doing or not (opens or any(part.dep_ == "mark" for part in word.lefts)):
                return False
    return True


def _joins(word: "Token", verb: "Token") -> bool:
    """Return whether an adverb right before a verb only joins the sentence to others."""
    joining = word.dep_ == "advmod" and word.lower_ in words().joining_adverbs and not any(word.children)
    return joining and word.i < verb.i and not word.nbor().is_punct and not word.nbor(-1).is_punct


def _modal(parts: ClauseParts, draft: Draft, *, capitals: bool) -> str:
    """Return the statement of a sentence whose main verbs all have one modal verb; empty for any other."""
    strengths = {_MODALS.get(modal.lower_) for modal in parts.modals}
    strength = strengths.pop() if len(strengths) == 1 else None
    if strength is None or not _even(parts, draft):
        return ""
    if parts.denied:
        return _forbidden(parts, draft) if strength is Strength.MUST else ""
    if strength is Strength.MAY and not _permits(parts, capitals=capitals):
        return ""
    long = parts.empty or _words(draft.written(parts.start, parts.subject.right_edge.i + 1)) > words().most_subject
    that = strength is Strength.SHOULD or (strength is Strength.MUST and long)
    if parts.empty and strength is Strength.SHOULD and not _possible(parts):
        return ""
    several = any(subject_of(verb) is not None for verb in parts.verbs[1:] if verb.i not in draft.left_out)
    if (parts.empty and strength is Strength.MAY) or (that and several):
        return ""
    for modal in parts.modals:
        draft = draft.without([modal]) if that else draft.with_word(modal.i, "to")
    lead = words().leads[strength.value] + (" that" if that and strength is Strength.MUST else "")
    return _placed(parts, draft, lead)


def _even(parts: ClauseParts, draft: Draft) -> bool:
    """Return whether each main verb that is written has the modal verb or shares it, right before it."""
    written = [verb for verb in parts.verbs if verb.i not in draft.left_out]
    for verb in written:
        modals = [modal for modal in parts.modals if modal.head == verb]
        if not modals and finite_tag(verb) not in ("VB", "VBN"):
            return False
        subject = subject_of(verb)
        if subject is not None and verb != parts.top and (not modals or subject.pos_ == "PRON"):
            return False
        if subject is not None and subject.lower_ == "they":
            return False
        if any(modal.nbor().is_punct for modal in modals):
            return False
    return True


def _permits(parts: ClauseParts, *, capitals: bool) -> bool:
    """Return whether "may" permits: somebody who acts is free to, and it is no chance that something happens."""
    verbs = {parts.top.lemma_.lower(), parts.act.verb.lemma_.lower()}
    if verbs & words().possible_verbs:
        return False
    if capitals:
        return True
    return _party(parts) in _AGENTS and not parts.act.passive


def _possible(parts: ClauseParts) -> bool:
    """Return whether "it should be ..." asks that something be possible; "it should be enough" is a guess."""
    return any(word.lower_ in ("possible", "feasible") for word in parts.top.rights)


def _party(parts: ClauseParts) -> Party | None:
    """Return the role of the subject."""
    text = parts.document.text
    return party_of(phrase(parts.subject, Surface(text, range(len(text)))), parts.subject)


def _forbidden(parts: ClauseParts, draft: Draft) -> str:
    """Return "{0} forbids ... to ..." for one verb in the active with "not" behind its modal verb; else empty."""
    top = parts.top
    deniers = [word for word in top.children if word.dep_ == "neg" and word.lower_ == "not"]
    others = [word for word in top.children if word.lower_ in ("only", "never", "neither", "nor")]
    edge = parts.subject.left_edge.lower_
    if (
        parts.act.frames
        or parts.act.passive
        or len(parts.verbs) > 1
        or len(deniers) != 1
        or others
        or top.lemma_ == "be"
        or parts.empty
    ):
        return ""
    if deniers[0].i != parts.modals[0].i + 1 or edge in (
        "no",
        "neither",
        "not",
        "only",
        "all",
        "every",
        "each",
        "both",
    ):
        return ""
    if deniers[0].nbor().lower_ in ("only", "just", "merely", "necessarily", "always"):
        return ""
    draft = draft.with_word(parts.modals[0].i, "to").without(deniers)
    return _placed(parts, draft, words().leads["forbidden"])


def _framed(parts: ClauseParts, draft: Draft) -> str:
    """Return the statement of "is required to", "is recommended to", "has to" and their like; empty for any other."""
    act, top = parts.act, parts.top
    if parts.modals or parts.denied or not act.frames or len(parts.verbs) > 1 or parts.empty:
        return ""
    frame = act.frames[0]
    words_of_frame = act.chain[: 2 if frame.form == "adjective" else 1]
    inner = act.chain[len(words_of_frame)]
    strength = frame.strength
    to = next((word for word in inner.children if word.lower_ == "to" and word.dep_ == "aux"), None)
    odd = any(word.dep_ in ("advmod", "npadvmod") and word.i < inner.i for word in top.rights)
    if frame.form == "active" and _party(parts) not in _AGENTS:
        return ""
    has_subject = subject_of(inner) is not None
    if (
        strength is None
        or to is None
        or odd
        or has_subject
        or frame.denies
        or any(word.dep_ == "advmod" for word in top.lefts)
    ):
        return ""
    draft = draft.without(words_of_frame).without(word for word in top.children if word.dep_ in ("aux", "auxpass"))
    if strength is Strength.SHOULD:
        draft = draft.without([to, *_further_tos(inner)])
    return _placed(parts, draft, words().leads[strength.value])


def _further_tos(verb: "Token") -> Iterator["Token"]:
    """Yield the "to" of each verb joined to an infinitive."""
    for word in verb.rights:
        if word.dep_ == "conj":
            yield from (part for part in word.lefts if part.lower_ == "to" and part.dep_ == "aux")
            yield from _further_tos(word)


def _extraposed(parts: ClauseParts, draft: Draft) -> str:
    """Return the statement of "it is required that ..." and its like; empty for any other."""
    act = parts.act
    if not parts.empty or parts.modals or parts.denied or len(parts.verbs) > 1 or not act.frames or parts.start:
        return ""
    frame, at = act.frames[0], 2 if act.frames[0].form == "adjective" else 1
    inner = act.chain[at]
    mark = next((word for word in inner.lefts if word.dep_ == "mark" and word.lower_ == "that"), None)
    modals = [word for word in inner.lefts if word.tag_ == "MD"]
    base = inner.tag_ == "VB" or any(word.tag_ == "VB" for word in inner.lefts if word.dep_ in ("aux", "auxpass"))
    even = len(modals) <= 1 and all(modal.lower_ in _MODALS for modal in modals)
    negated = any(word.dep_ == "neg" for word in (*inner.children, *parts.top.children))
    shared = any(word.dep_ == "conj" and word.pos_ in ("VERB", "AUX") for word in inner.rights)
    if frame.strength is None or frame.denies or mark is None or not (base and even) or negated or shared:
        return ""
    that = "" if frame.strength is Strength.SHOULD else " that"
    written = draft.without(modals).written(mark.i + 1, parts.stop)
    return f"{words().leads[frame.strength.value]}{that} {written}."


def _stated(parts: ClauseParts, draft: Draft, lead: str) -> str:
    """Return "Under {0}, ..." with the sentence as it is, but "no" for "any ... not"."""
    first = parts.subject.left_edge
    deniers = [word for word in parts.top.children if word.dep_ == "neg" and word.lower_ == "not"]
    if first.lower_ == "any" and len(parts.verbs) == len(deniers) == 1:
        draft = draft.with_word(first.i, "no").without(deniers)
    before = draft.written(0, parts.start)
    after = draft.written(parts.start, parts.stop)
    if before and _moves(parts, draft, before, after):
        return f"{words().leads[lead]} {after} {before}."
    return f"{words().leads[lead]} {f'{before}, ' if before else ''}{after}."


def _placed(parts: ClauseParts, draft: Draft, lead: str) -> str:
    """Return a statement, and what leads in behind it or, where it would be misread there, before it."""
    before = draft.written(0, parts.start)
    after = draft.written(parts.start, parts.stop)
    if _MODAL_LEFT.search(after):
        return ""
    if not before:
        return f"{lead} {after}."
    if _moves(parts, draft, before, after):
        return f"{lead} {after} {before}."
    return f"{before[:1].upper()}{before[1:]}, {lead} {after}."


def _moves(parts: ClauseParts, draft: Draft, before: str, after: str) -> bool:
    """Return whether what leads in can stand behind the statement without being misread."""
    hanging = [word for word in parts.document[: parts.start] if word.head.i >= parts.start and not word.is_punct]
    first = parts.document[0].lower_
    opens = words().condition_marks if hanging and hanging[0].dep_ == "advcl" else words().condition_prepositions
    if len(hanging) != 1 or first not in opens or _words(before) > words().most_condition:
        return False
    if _words(after) > words().most_moved or "," in after or words().conditional.search(after):
        return False
    written = [word for word in parts.document[parts.start : parts.stop] if word.i not in draft.left_out]
    verbs = [verb for verb in parts.verbs if verb.i not in draft.left_out]
    return len(verbs) == 1 and not any(_leans(word) for word in written)


def _leans(word: "Token") -> bool:
    """Return whether a word may stand for one that leads in, or would draw what leads in to itself."""
    return word.tag_ in ("PRP", "PRP$") or word.dep_ in ("relcl", "advcl", "acl", "ccomp")


def _words(text: str) -> int:
    return len(text.split())
