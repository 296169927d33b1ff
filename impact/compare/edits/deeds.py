"""What some acts do to people by whom they are done to, or kept from: to tell, to withhold, to watch over a power."""

from collections.abc import Sequence

from impact.compare.edits.persons import behind, objects, personal, spaced, touching
from impact.compare.edits.stance_words import stance_words
from impact.grammar.roles import RoleWord
from impact.grammar.values import Party

_REQUIRING = frozenset({"require", "need", "presuppose"})


def deed(words: Sequence[RoleWord], act: RoleWord, subject: RoleWord | None) -> int:
    """Return 1 for an act that protects people by whom it concerns, -1 for one that burdens them, 0 for all others.

    The first of the judgments that has something to say decides.
    """
    if _without_redress(words) or _listed(words, act):
        return -1
    judgments = (_kept_between(words, act), _given(words, act), _withheld(words, act), _telling(words, act))
    return next((value for value in (*judgments, _watched(words, act), _restrained(words, act, subject)) if value), 0)


def shut_out(words: Sequence[RoleWord], act: RoleWord) -> bool:
    """Return whether somebody is denied access to what is of other people."""
    if act.lemma not in ("deny", "refuse") or " access " not in spaced(words):
        return False
    return any(personal(word) for word in words[words.index(act) + 1 :])


def answerable(words: Sequence[RoleWord]) -> int:
    """Return -1 where a quality makes people answer for something ("liable"), 1 where it leaves them free, else 0."""
    lists = stance_words()
    if any(word.lemma in lists.discretion for word in words):
        return 1
    quality = next((word.lemma for word in words if word.lemma in lists.bound | lists.free), "")
    return -1 if quality in lists.bound else int(quality in lists.free)


def _without_redress(words: Sequence[RoleWord]) -> bool:
    """Return whether a sentence says that there is nothing to be done against a power: "no appeal"."""
    redress = stance_words().redress
    return any(
        word.lemma in redress and any(other.lemma == "no" and other.above == at for other in words)
        for at, word in enumerate(words)
    )


def _listed(words: Sequence[RoleWord], act: RoleWord) -> bool:
    """Return whether people or what is theirs is put on a list."""
    lists = stance_words()
    on_list = any(word.lemma in lists.registers for word in words[words.index(act) :])
    return act.lemma in lists.joining and on_list and touching(words[: words.index(act)])


def _kept_between(words: Sequence[RoleWord], act: RoleWord) -> int:
    """Return 1 for what is kept secret, or done only if somebody agrees."""
    lists = stance_words()
    return int((act.lemma in lists.agrees or any(word.lemma in lists.secret for word in words)) and touching(words))


def _given(words: Sequence[RoleWord], act: RoleWord) -> int:
    """Return -1 where it is an authority, and nobody else, to whom something of people is given."""
    given = (*objects(words, act), *behind(words, "to"))
    to_authority = any(word.party is Party.AUTHORITY for word in given) and not any(personal(word) for word in given)
    return -int(act.lemma in stance_words().grants and to_authority and touching(words))


def _withheld(words: Sequence[RoleWord], act: RoleWord) -> int:
    """Return 1 for what is kept from others, -1 for what is kept from people."""
    others = list(behind(words, "from"))
    if act.lemma not in stance_words().withholds or not others:
        return 0
    return -1 if all(personal(word) for word in others) else 1


def _watched(words: Sequence[RoleWord], act: RoleWord) -> int:
    """Return 1 where an authority or somebody independent looks into the use of a power."""
    lists = stance_words()
    seen = act.lemma in lists.oversees and any(word.lemma in lists.overseen for word in objects(words, act))
    return int(seen and _watching(words))


def _restrained(words: Sequence[RoleWord], act: RoleWord, subject: RoleWord | None) -> int:
    """Return 1 where something is needed before an act upon people."""
    used = subject is not None and subject.lemma in stance_words().uses
    return int(used and act.lemma in _REQUIRING and touching(words))


def _telling(words: Sequence[RoleWord], act: RoleWord) -> int:
    """Return what telling does: it protects those who are told, and burdens those of whom others are told."""
    if act.lemma not in stance_words().tells:
        return 0
    near = list(objects(words, act))
    if not near or act.lemma == "report":
        return -1 if act.lemma == "report" and any(personal(word) for word in near) else 0
    if any(personal(word) for word in near) or any(word.party is Party.AUTHORITY for word in near):
        return 0
    return -1 if touching(words) else 0


def _watching(words: Sequence[RoleWord]) -> bool:
    """Return whether it is an authority or somebody independent who acts."""
    text = spaced(words)
    return any(word.party is Party.AUTHORITY for word in words) or any(f" {name} " in text for name in _WATCHERS)


_WATCHERS = ("independent", "auditor", "auditors", "regulator", "parliament", "commissioner", "ombudsman", "panel")
