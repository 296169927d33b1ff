"""Which words are English: the lists of base forms that the lemmatizer of the parser goes by."""

from functools import cache

from impact.grammar.parser import load

_KINDS = ("noun", "verb", "adj", "adv")
_HISSING = ("s", "x", "z", "ch", "sh")
"""Endings behind which a form has "es" and no "s" alone."""


def known(word: str) -> bool:
    """Return whether a word in small letters is a noun, verb, adjective or adverb in some form.

    Raises:
        MissingError: If the parser is absent or cannot be used.
    """
    return any(_is(word, kind) for kind in _KINDS)


def _is(word: str, kind: str) -> bool:
    bases, irregular, endings = _forms()[kind]
    if word in bases or word in irregular:
        return True
    stems = ((word.removesuffix(ending), ending, base) for ending, base in endings if word.endswith(ending))
    return any(stem + base in bases and not (ending == "s" and stem.endswith(_HISSING)) for stem, ending, base in stems)


@cache
def _forms() -> dict[str, tuple[frozenset[str], frozenset[str], tuple[tuple[str, str], ...]]]:
    """Return the base forms, the irregular forms and the regular endings of each kind of word."""
    lookups = load().get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    bases, irregular, endings = (lookups.get_table(f"lemma_{name}") for name in ("index", "exc", "rules"))
    return {
        kind: (
            frozenset(bases[kind]),
            frozenset(irregular[kind]),
            tuple((ending, base) for ending, base in endings[kind] if ending),
        )
        for kind in _KINDS
    }
