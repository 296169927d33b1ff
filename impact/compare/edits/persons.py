"""Whether a sentence is about people or what is theirs."""

from collections.abc import Container, Iterable, Iterator, Sequence

from impact.compare.edits.stance_words import stance_words
from impact.grammar.roles import RoleWord
from impact.grammar.values import Party
from impact.stems import singular


def personal(word: RoleWord) -> bool:
    """Return whether a word names people."""
    lists = stance_words()
    return word.party is Party.PERSON or any(form in lists.people for form in _forms(word))


def touching(words: Sequence[RoleWord]) -> bool:
    """Return whether some words name people, or a matter of theirs that is not that of a machine."""
    lists = stance_words()
    text = spaced(words)
    phrases = (phrase for phrase in (*lists.people, *lists.matters) if " " in phrase)
    if any(f" {phrase} " in text or f" {phrase}s " in text for phrase in phrases):
        return True
    return any(_touches(words, at) for at in range(len(words)))


def spaced(words: Iterable[RoleWord]) -> str:
    """Return the words in small letters with a space around each, without punctuation."""
    return f" {' '.join(word.text.lower() for word in words if word.kind != 'punctuation')} "


def is_act(words: Sequence[RoleWord], act: RoleWord, acts: Container[str]) -> bool:
    """Return whether an act is one of some, with the word behind it too: "take down"."""
    behind_it = words[words.index(act) + 1 : words.index(act) + 2]
    return act.lemma in acts or any(f"{act.lemma} {word.text.lower()}" in acts for word in behind_it)


def compound(words: Sequence[RoleWord], at: int) -> bool:
    """Return whether a noun is the first part of a longer name: "subscriber" in "subscriber database"."""
    return at + 1 < len(words) and words[at].above == at + 1 and words[at + 1].kind == "noun"


def objects(words: Sequence[RoleWord], act: RoleWord) -> Iterator[RoleWord]:
    """Yield the nouns that depend on an act without a preposition, but for those before it."""
    place = words.index(act)
    for at, word in enumerate(words):
        if at > place and word.kind == "noun" and word.above == place:
            yield word


def behind(words: Sequence[RoleWord], preposition: str) -> Iterator[RoleWord]:
    """Yield the nouns that depend on a preposition, and those that are listed with them."""
    places = {at for at, word in enumerate(words) if word.text.lower() == preposition}
    for at, word in enumerate(words):
        if word.kind == "noun" and (word.above in places or words[word.above].above in places):
            places.add(at)
            yield word


def _touches(words: Sequence[RoleWord], at: int) -> bool:
    lists, word = stance_words(), words[at]
    if _part_of_thing(words, at):
        return False
    if word.kind != "verb" and any(form in lists.people for form in _forms(word)):
        return True
    named = word.kind != "verb" and any(form in lists.matters for form in _forms(word))
    if not named or not any(form in lists.ambiguous for form in _forms(word)):
        return named
    owners = list(_owners(words, at))
    return not owners or any(_owning(owner) for owner in owners)


def _part_of_thing(words: Sequence[RoleWord], at: int) -> bool:
    """Return whether a word only says what kind of thing the noun behind it is: "user plane"."""
    return at + 1 < len(words) and words[at].above == at + 1 and words[at + 1].lemma in stance_words().things


def _owners(words: Sequence[RoleWord], at: int) -> Iterator[RoleWord]:
    """Yield the nouns behind "of" below a noun."""
    joints = {place for place, word in enumerate(words) if word.above == at and word.lemma == "of"}
    return (word for word in words if word.kind == "noun" and word.above in joints)


def _owning(word: RoleWord) -> bool:
    lists = stance_words()
    forms = _forms(word)
    return personal(word) or any(form in lists.carried or form in lists.matters for form in forms)


def _forms(word: RoleWord) -> tuple[str, str]:
    return word.lemma, singular(word.text.lower())
