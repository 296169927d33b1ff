"""The parts of a sentence that can be restated: what leads in, the subject, the main verbs with their modal verbs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from impact.grammar.certainty import certainty_of
from impact.grammar.lexicon import load
from impact.grammar.polarity import negated
from impact.grammar.predicate import SUBJECTS, Predicate, extraposed, has_passive, predicate, subject_of
from impact.grammar.restate.lexicon import words
from impact.grammar.values import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBAL = ("VERB", "AUX")
_PRESENT = ("VBZ", "VBP", "MD", "VB")
_OBJECTS = ("dobj", "pobj", "dative")
_STOPS = (".", ",", ";", ":", " ")
_DISAGREEING = {"VBP": "NN", "VBZ": "NNS"}
"""Number of a subject that does not go with a verb: a parse has taken something for what it is not."""
_HANGING = ("advcl", "prep", "advmod", "punct", "pcomp")


@dataclass(frozen=True, slots=True, eq=False)
class ClauseParts:
    """A sentence in parts.

    Attributes:
        act: Its main verb.
        subject: The subject of the outermost verb.
        start: Index of the first word of the subject; what stands before it leads in.
        verbs: The outermost verb and those that are joined to it.
        modals: Modal verbs of these.
        stop: Index behind the last word, without the full stop.
        denied: Whether a main verb or its subject is denied, or holds with "only".
    """

    document: "Doc"
    act: Predicate
    subject: "Token"
    start: int
    verbs: tuple["Token", ...]
    modals: tuple["Token", ...]
    stop: int
    denied: bool

    @property
    def top(self) -> "Token":
        """The outermost verb."""
        return self.act.chain[0]

    @property
    def empty(self) -> bool:
        """Whether the subject only holds the place of one: "there", "it" before a clause."""
        return self.subject.dep_ == "expl" or (self.subject.lower_ == "it" and _awaited(self.top))


def parts_of(document: "Doc") -> ClauseParts | None:
    """Return the parts of a sentence; none where the parse leaves doubt, or the sentence means nothing alone."""
    act = predicate(document)
    if act is None or not act.clear or certainty_of(act, document) is Certainty.ABSTAIN:
        return None
    top, subject = act.chain[0], subject_of(act.chain[0])
    several = sum(word.dep_ in SUBJECTS[:4] for word in top.children) > 1
    if subject is None or several or subject.i > top.i or not _plain(subject, top):
        return None
    verbs = tuple(_joined(top))
    modals = tuple(word for verb in verbs for word in verb.children if word.dep_ == "aux" and word.tag_ == "MD")
    stop = len(document)
    while stop and document[stop - 1].text in _STOPS:
        stop -= 1
    denied = any(_denies(verb, act) for verb in verbs)
    parts = ClauseParts(document, act, subject, subject.left_edge.i, verbs, modals, stop, denied)
    fit = _led(parts) and _states(parts) and _alone(parts) and _named(document) and not _spliced(parts)
    return parts if fit else None


def _joined(verb: "Token") -> Iterator["Token"]:
    yield verb
    for word in verb.rights:
        if word.dep_ == "conj" and word.pos_ in _VERBAL:
            yield from _joined(word)


def _plain(subject: "Token", top: "Token") -> bool:
    """Return whether a subject is a noun, or holds the place of one, and ends before its verb."""
    if subject.lower_ in ("it", "there"):
        return subject.dep_ == "expl" or (subject.lower_ == "it" and _awaited(top)) or _named_before(subject)
    if subject.lower_ == "they":
        return _named_before(subject)
    first = subject.left_edge
    nominal = (
        subject.pos_ in ("NOUN", "PROPN", "NUM") or subject.tag_ == "VBG" or (first.tag_ == "DT" and first != subject)
    )
    if any(word.lower_ == "such" and word.nbor().lower_ != "as" for word in subject.subtree):
        return False
    bare = subject.lower_ in words().pronouns or first.lower_ in words().empty_determiners
    return nominal and not bare and subject.right_edge.i < top.i and subject.dep_ in ("nsubj", "nsubjpass")


def _awaited(top: "Token") -> bool:
    """Return whether the clause that "it" stands for follows; "it is used to ..." has none."""
    frame = load().frame_of(top.lemma_, "passive") if has_passive(top) else None
    aimed = frame is not None and frame.strength is None and not any(word.dep_ == "ccomp" for word in top.rights)
    return extraposed(top) and not aimed


def _named_before(pronoun: "Token") -> bool:
    """Return whether a condition before a pronoun has a noun for its subject, for which the pronoun stands."""
    before = pronoun.doc[: pronoun.i]
    return any(word.dep_ in ("nsubj", "nsubjpass") and word.pos_ in ("NOUN", "PROPN") for word in before)


def _denies(verb: "Token", act: Predicate) -> bool:
    """Return whether a verb or its subject is denied, or "only" stands at it."""
    adverbs = any(word.dep_ == "neg" or word.lower_ in ("only", "never", "neither", "nor") for word in verb.children)
    subject = subject_of(verb)
    edge = subject.left_edge.lower_ if subject is not None else ""
    return adverbs or edge in ("no", "neither", "not", "none", "only") or negated(act, (act.subject,))


def _led(parts: ClauseParts) -> bool:
    """Return whether all that stands before the subject hangs on the main verb."""
    for word in parts.document[: parts.start]:
        if word.head.i < parts.start and word.head != word:
            continue
        if word.head not in parts.act.chain or word.dep_ not in _HANGING:
            return False
        aimed = finite_tag(word) == "VBG" or any(part.lower_ == "to" for part in word.lefts)
        if word.dep_ == "advcl" and not aimed and not _opened(word):
            return False
    pointing = words().pointing_determiners | words().empty_determiners - {
        "its",
        "their",
        "his",
        "her",
        "other",
        "another",
    }
    return not any(
        word.lower_ in pointing and word.dep_ in ("det", "amod") and word.nbor().lower_ != "as"
        for word in parts.document[: parts.start]
    )


def _opened(verb: "Token") -> bool:
    """Return whether a word such as "if" makes a condition or a reason of a clause."""
    return any(word.dep_ == "mark" or word.tag_ == "WRB" for word in verb.lefts)


def _states(parts: ClauseParts) -> bool:
    """Return whether the main verbs say what is or shall be: not what was, nor what the text is about."""
    tags = [finite_tag(verb) for verb in parts.verbs]
    counted = tags[0] == parts.top.tag_ and parts.subject.lower_ not in ("data", "media", "metadata", "criteria")
    if counted and parts.subject.tag_ == _DISAGREEING.get(tags[0]) and not any(parts.subject.conjuncts):
        return False
    if not parts.modals and _noun_taken_for_verb(parts):
        return False
    past = any(tag == "VBD" for tag in tags) or tags[0] not in _PRESENT
    telling = not parts.modals and parts.act.verb.lemma_.lower() in words().telling_verbs
    return not past and not telling


def _spliced(parts: ClauseParts) -> bool:
    """Return whether a comma alone joins two statements."""
    for word in parts.document[parts.top.i + 1 :]:
        if word.dep_ not in ("ccomp", "parataxis", "conj") or word.pos_ not in _VERBAL or subject_of(word) is None:
            continue
        before = parts.document[word.left_edge.i - 1].text
        if before == "," and word.head in (*parts.verbs, *parts.act.chain) and not _opened(word):
            return True
    return False


def _noun_taken_for_verb(parts: ClauseParts) -> bool:
    """Return whether a verb in the present may be a noun: "the limits to enforce", "filters content automatically"."""
    top, following = parts.top, parts.top.nbor() if parts.top.i + 1 < len(parts.document) else parts.top
    bare = parts.subject.i == 0 and parts.subject.tag_ == "NNS" and top.i == 1
    infinitive = following.lower_ == "to" and following.dep_ == "aux"
    is_listed_verb = load().frame_of(top.lemma_, "active") is not None or top.lemma_ in words().leading_verbs
    return (
        top.tag_ in ("VBZ", "VBP")
        and top.pos_ == "VERB"
        and ((bare and following.pos_ == "ADV") or (infinitive and not is_listed_verb))
    )


def finite_tag(verb: "Token") -> str:
    """Return the tag of the first auxiliary of a verb, or its own; "VBN" for a participle that shares an auxiliary."""
    auxiliaries = [word.tag_ for word in verb.children if word.dep_ in ("aux", "auxpass")]
    participle = verb.tag_ == "VBD" and verb.dep_ == "conj" and subject_of(verb) is None and has_passive(verb.head)
    return auxiliaries[0] if auxiliaries else ("VBN" if participle else verb.tag_)


def _alone(parts: ClauseParts) -> bool:
    """Return whether no pronoun stands for what another sentence names."""
    subject_words = set(parts.subject.subtree)
    for word in parts.document:
        if word.tag_ not in ("PRP", "PRP$", "DT") or word.lower_ not in _STANDING:
            continue
        before = [part for part in parts.document[: word.i] if part.pos_ in ("NOUN", "PROPN")]
        if not before and not (word.lower_ in ("it", "there") and parts.empty):
            return word.i < parts.start and word.dep_ in ("nsubj", "nsubjpass", "poss")
        if word.dep_ in _OBJECTS and (
            all(part in subject_words for part in before) or not _meant(word, before, subject_words)
        ):
            return False
    return True


def _meant(pronoun: "Token", before: list["Token"], subject_words: set["Token"]) -> bool:
    """Return whether a pronoun in a relative clause can stand for a noun before it.

    Neither the noun that the clause belongs to, nor what its own verb is said of or done to, nor the subject of the
    sentence is what it stands for: "controls that allow the user to delete data from them".
    """
    heads = [word.head for word in pronoun.ancestors if word.dep_ == "relcl"]
    if not heads:
        return True
    verb = next(word for word in pronoun.ancestors if word.pos_ in _VERBAL)
    beside = {part for word in verb.children if pronoun not in word.subtree for part in word.subtree}
    several = pronoun.lower_ in ("they", "them", "their")
    return any(
        part not in subject_words
        and part not in heads
        and part not in beside
        and (not several or part.tag_ in ("NNS", "NNPS"))
        for part in before
    )


def _named(document: "Doc") -> bool:
    """Return whether no "this" or "these" stands at a noun that says nothing without the sentence before."""
    vague, pointing = words().vague_nouns, words().pointing_determiners
    return not any(
        word.lower_ in pointing and word.dep_ == "det" and word.head.lemma_.lower() in vague for word in document
    )


_STANDING = frozenset({"it", "its", "they", "them", "their", "he", "she", "his", "her", "him"})
