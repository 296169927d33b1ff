"""Whether what has changed turns a sentence, or a condition in it, round."""

from collections.abc import Iterator, Sequence

from impact.compare.edits.chunks import SentenceDifference, TermRow
from impact.compare.edits.edit import EditKind
from impact.compare.edits.terms import Term
from impact.compare.vocabulary import vocabulary

_MORE = "<more than"
"""Key of what is beyond a figure: "only one" says that there are not more than one."""


def turn(found: SentenceDifference) -> EditKind | None:
    """Return whether an odd number of denials and contraries has changed: polarity, or condition if all are in one.

    What holds if nobody acts ("opted in", "opted out") is no condition, wherever it stands.
    """
    turning = list(turning_terms(found))
    if len(turning) % 2 == 0:
        return None
    conditional = all(_conditional(term) for term in turning)
    defaults = any(term.meaning.default for side in (found.old, found.new) for term in side.terms)
    return EditKind.CONDITION if conditional and not defaults else EditKind.POLARITY


def turning_terms(found: SentenceDifference) -> Iterator[Term]:
    """Yield the changed terms that deny, or say the contrary of what the other sentence says."""
    sides = ((found.lost, found.gained, found.old, found.new), (found.gained, found.lost, found.new, found.old))
    for side, changed, sentence, other in sides:
        for term in side:
            turns = other.turned(term) and not beside(term, sentence.terms)
            if term.meaning.negates or turns or _denied_too(term, changed):
                yield term
    new = TermRow("", found.gained)
    yield from (term for term in found.lost if new.opposed(term) and not _counted(term, found.gained))


def beside(term: Term, row: Sequence[Term]) -> bool:
    """Return whether a term stands beside its contrary, and so adds to it: "public and private schools"."""
    at = row.index(term)
    near = [other for other in (*row[max(0, at - 1) : at], *row[at + 1 : at + 2]) if other.kind == term.kind]
    return TermRow("", tuple(near)).contradicted(term)


def _counted(term: Term, changed: Sequence[Term]) -> bool:
    """Return whether a term is turned by its sense or its beginning, and so needs no list of contraries."""
    return TermRow("", tuple(changed)).turned(term) or any(TermRow("", (term,)).turned(other) for other in changed)


def exclusive_only(found: SentenceDifference) -> bool:
    """Return whether two denials became "only", or the other way round, and no thing is new: "not without"."""
    only = f"?{vocabulary().conditions.alike[1][0]}"
    for side, others in ((found.lost, found.gained), (found.gained, found.lost)):
        denials = sum(term.meaning.negates for term in side)
        exclusive = any(term.key == only for term in others) and not any(term.meaning.negates for term in others)
        sole = any(term.words.lower() in vocabulary().negation.sole for term in side)
        if exclusive and denials == 1 and sole:
            return True
        if exclusive and (denials == 2 or (denials == 1 and any(term.key == _MORE for term in side))):
            return not any(term.content and term.kind == "noun" for terms in found.alone for term in terms)
    return False


def reversed_in(old: Sequence[Term], new: Sequence[Term]) -> bool:
    """Return whether some terms say the contrary of others."""
    return any(TermRow("", tuple(new)).contradicted(term) for term in old)


def _conditional(term: Term) -> bool:
    """Return whether a term turns a condition round and not the rule: "unless", "before", "not" behind "if".

    "Without" does so where a guard hangs on it, such as a consent; "except" and "including" say what a rule covers.
    """
    if term.words.lower() == "without":
        return term.guards
    return (term.meaning.opens or term.condition) and term.meaning.sense != "include"


def _denied_too(term: Term, changed: Sequence[Term]) -> bool:
    """Return whether a term says the contrary in a matter that the other side has come to deny: refuse, forbid."""
    meaning = term.meaning
    return meaning.opposite and any(
        other.meaning.negates and other.meaning.opposite and other.meaning.sense == meaning.sense for other in changed
    )
