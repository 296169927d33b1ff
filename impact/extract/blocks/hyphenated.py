"""Words and hyphens (hyphenated.toml)."""

from functools import cache

from impact.typed import loader

_lists = loader(dict[str, dict[str, tuple[str, ...]]], "impact.extract.blocks", "hyphenated.toml")


@cache
def stop_words() -> frozenset[str]:
    """Return the frequent words of languages in Latin script, lower case."""
    return frozenset(word for words in _lists()["stop_words"].values() for word in words)


@cache
def hyphen_words(name: str) -> frozenset[str]:
    """Return one of the lists about hyphens: always, before_words, compounds or suspended."""
    return frozenset(_lists()["hyphens"][name])
