"""The main verb of a sentence, and the words through which one looks to find it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from impact.grammar.lexicon import Frame, load
from impact.records.clause import Strength

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_BESIDE = ("ccomp", "parataxis", "conj", "appos", "dep", "advcl")
_VERBAL = ("VERB", "AUX")
_CLAUSES = ("ccomp", "xcomp", "advcl", "csubj", "acl")
_COMPLEMENTS = ("acomp", "attr", "oprd", "advmod", "prep")


@dataclass(frozen=True, slots=True, eq=False)
class Predicate:
    """A main verb.

    Attributes:
        verb: The act itself.
        chain: All words of the statement's verb, from the outermost that is looked through to `verb`.
        frames: What was looked through, outermost first.
        subject: Its subject; none in a command, and where only "it" or "there" stands for one.
        passive: Whether the subject is what the act is done to.
        clear: Whether the parse leaves no doubt which verb it is.
    """

    verb: "Token"
    chain: tuple["Token", ...]
    frames: tuple[Frame, ...]
    subject: "Token | None"
    passive: bool
    clear: bool


def predicate(parse: "Doc") -> Predicate | None:
    """Return the main verb of a sentence; none where there is no verb."""
    root = next((word for word in parse if word.dep_ == "ROOT"), None)
    top = None if root is None else _first(root)
    if top is None:
        return None
    verb, subject = top, subject_of(top) or (subject_of(top.head) if top.dep_ == "conj" else None)
    chain, frames = [top], list[Frame]()
    while step := _through(verb, subject):
        frames.append(step[0])
        chain.extend(step[1])
        verb = chain[-1]
        subject = subject_of(verb) or (None if _empty(subject) else subject)
    subject = None if _empty(subject) else subject
    return Predicate(verb, tuple(chain), tuple(frames), subject, has_passive(verb), top is root and _finite(top))


def subject_of(verb: "Token") -> "Token | None":
    """Return the subject of a verb, as the parse has it."""
    return next((word for word in verb.children if word.dep_ in SUBJECTS), None)


def has_passive(verb: "Token") -> bool:
    """Return whether a verb stands in the passive."""
    return any(word.dep_ in ("auxpass", "nsubjpass", "csubjpass") for word in verb.children)


def _first(root: "Token") -> "Token | None":
    """Return the verb of the first main clause."""
    top: Token | None = root
    if root.pos_ not in _VERBAL or not _finite(root) or root.tag_ == "VBD":
        beside = [word for word in root.children if word.dep_ in _BESIDE and word.pos_ in _VERBAL]
        beside = [word for word in beside if _states(word, root) and not _marked(word)]
        top = beside[0] if beside else (root if root.pos_ in _VERBAL else None)
    while top is not None and (before := _clause_before(top)) is not None:
        top = before
    return top


def _states(verb: "Token", root: "Token") -> bool:
    """Return whether a verb beside the root of a parse makes a statement of its own.

    "The field returned by the call contains a list": where a participle was taken for the verb, the verb hangs on it
    without "and" and without a subject.
    """
    if root.pos_ in _VERBAL and verb.dep_ == "conj":
        joined = any(word.dep_ in ("cc", "punct") and word.i < verb.i for word in root.rights)
        return _finite(verb) and not joined and subject_of(verb) is None and subject_of(root) is not None
    return subject_of(verb) is not None and root.tag_ != "VBD"


def _clause_before(verb: "Token") -> "Token | None":
    """Return the main verb of a clause that stands before that of `verb` and is joined to it without a conjunction."""
    if verb.lemma_ in load().reports["verbs"]:
        return None
    for word in verb.lefts:
        joined = word.dep_ in ("ccomp", "parataxis") or (word.dep_ == "advcl" and word.i < verb.i)
        if joined and not _marked(word) and _finite(word) and subject_of(word) is not None:
            return word
    return None


def _marked(verb: "Token") -> bool:
    """Return whether a clause depends on another by a word at its head, such as "if", "that" or "which"."""
    heads = any(word.dep_ == "mark" or word.tag_ in ("WRB", "WDT", "WP") for word in verb.children)
    return heads or verb.left_edge.lower_ in load().conditions.conjunctions


def _finite(verb: "Token") -> bool:
    """Return whether a verb is finite or has an auxiliary that is, or is a command."""
    tags = [verb.tag_, *(word.tag_ for word in verb.children if word.dep_ in ("aux", "auxpass"))]
    return any(tag in ("VBZ", "VBP", "VBD", "MD", "VB") for tag in tags)


def _empty(subject: "Token | None") -> bool:
    """Return whether a subject only holds the place of one."""
    return subject is None or subject.dep_ == "expl" or (subject.lower_ == "it" and extraposed(subject.head))


def extraposed(verb: "Token") -> bool:
    """Return whether what is said of "it" follows as a clause: "it is possible to ...", "it is required that ..."."""
    words = [verb, *(word for word in verb.children if word.dep_ in ("acomp", "attr", "oprd"))]
    below = (word for part in words for word in part.children if word.dep_ in _CLAUSES)
    return (len(words) > 1 or has_passive(verb)) and any(word.pos_ in _VERBAL and _opens(word) for word in below)


def _opens(verb: "Token") -> bool:
    return any(word.lower_ in ("to", "that") and word.dep_ in ("aux", "mark") for word in verb.children)


def _has(verb: "Token", dependency: str) -> bool:
    return any(word.dep_ == dependency for word in verb.children)


Step = tuple[Frame, tuple["Token", ...]]
"""A frame, and the words from behind its verb to the verb below."""


def _through(verb: "Token", subject: "Token | None") -> Step | None:
    """Return the frame that a verb makes, with what is below it; none if the verb is the act itself."""
    lexicon = load()
    if has_passive(verb) or (verb.tag_ == "VBN" and verb.dep_ == "acomp"):
        return _below(lexicon.frame_of(verb.lemma_, "passive"), (), verb)
    if verb.lemma_ != "be":
        return None if _has(verb, "dobj") else _below(lexicon.frame_of(verb.lemma_, "active"), (), verb)
    for word in _complements(verb):
        frame = lexicon.frame_of(word.lower_, "adjective")
        frame = frame or (lexicon.frame_of(word.lemma_, "passive") if word.tag_ == "VBN" else None)
        if step := _below(frame, (word,), word, verb):
            return step
    bare = not any(word.dep_ in ("acomp", "attr", "oprd") for word in verb.rights)
    if bare and subject is not None and subject.lemma_.lower() not in lexicon.aims["nouns"]:
        inner = next((word for word in verb.rights if word.dep_ == "xcomp" and _to(word)), None)
        return None if inner is None else (_DUTY, (inner,))
    return None


_DUTY = Frame("is to", "active", frozenset({"be"}), Strength.MUST)
"""What "is to" makes. Source: 3GPP TR 21.801, annex E."""


def _complements(verb: "Token") -> Iterator["Token"]:
    return (word for word in verb.rights if word.dep_ in _COMPLEMENTS)


def _to(verb: "Token") -> bool:
    return any(word.dep_ == "aux" and word.lower_ == "to" for word in verb.children)


def _below(frame: Frame | None, between: tuple["Token", ...], *over: "Token") -> Step | None:
    """Return a frame with the verb that depends on one of the words `over`; none if none does."""
    if frame is None:
        return None
    for word in (part for top in over for part in top.rights):
        verb: Token | None = word if word.pos_ in _VERBAL and _complement(word) else None
        if word.dep_ == "prep" and (frame.form != "passive" or frame.denies):
            verb = next((part for part in word.children if part.dep_ == "pcomp" and part.tag_ == "VBG"), None)
        if verb is not None:
            return frame, (*between, verb)
    return None


def _complement(verb: "Token") -> bool:
    """Return whether a verb completes the one above it: an infinitive, or a clause with "that"."""
    if verb.dep_ in ("xcomp", "advcl", "acl", "csubj", "csubjpass"):
        return _to(verb)
    marks = [word.lower_ for word in verb.children if word.dep_ == "mark"]
    return verb.dep_ == "ccomp" and (_to(verb) or not marks or "that" in marks)
