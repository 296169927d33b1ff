"""Texts without the words that a re-issue would change first: title, acronyms, names and defined terms."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from impact.records import Clause, ClauseKind, Document, Proposal
from impact.typed import loader

STAND_IN = "the element"
"""What stands where a name stood: an encoder reads on over it, and it says nothing."""

MOST_TERMS = 200
"""Terms that are masked in one document, the most frequent. Source: project judgment; few documents have more, and
each costs time."""

_TOKEN = re.compile(r"[^\W\d_][\w/-]*")
_EDGES = ".,;:!?()[]{}\"'*_|\u201c\u201d\u2018\u2019"
_ENDS = tuple(".,;:!?)]|")
_DEFINED = re.compile(
    r"^\W{0,3}(?P<term>\w[\w /()-]{1,58}?)\W{0,3}(?:\[[^\]]*\])?"
    r"(?::| means\b| is defined\b| refers to\b| - | \u2013 | \u2014 | \| )"
)


def terms_of(proposal: Proposal, clauses: Sequence[Clause]) -> tuple[str, ...]:
    """Return what to mask in a document, longest first: its title, number, names, acronyms and defined terms.

    Names are words with capitals in the middle of a sentence. Acronyms that all of the field knows stay, since a
    re-issue cannot change them.
    """
    document = proposal.document
    counts: Counter[str] = Counter()
    for clause in clauses:
        if clause.assessed:
            counts.update(_names(document.quote(clause.span)))
    counts.update(dict.fromkeys(_defined(document, clauses), 10))
    counts.update(dict.fromkeys(filter(None, (proposal.title.strip(), proposal.number.strip())), 1000))
    counts.update(dict.fromkeys(filter(_is_acronym, _TOKEN.findall(proposal.title)), 1000))
    terms = [(count, term) for term, count in counts.items() if len(term) > 1 and term.lower() not in known()]
    frequent = sorted(terms, key=lambda pair: (-pair[0], pair[1]))[:MOST_TERMS]
    return tuple(sorted((term for _, term in frequent), key=lambda term: (-len(term), term)))


def masked(text: str, terms: Iterable[str]) -> str:
    """Return a text on one line with each of `terms` and each acronym of its own replaced by `STAND_IN`."""
    flat = " ".join(text.split())
    pattern = _pattern(tuple(terms))
    out = pattern.sub(STAND_IN, flat) if pattern else flat
    return _TOKEN.sub(lambda match: STAND_IN if _is_acronym(match[0]) else match[0], out)


@lru_cache(maxsize=8)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return one pattern for all terms, in the plural too; an article before them goes with them."""
    if not terms:
        return None
    choice = "|".join(r"\s".join(map(re.escape, term.split())) for term in terms)
    return re.compile(rf"(?<!\w)(?:(?:the|an?) )?(?:{choice})(?:e?s)?(?!\w)", re.IGNORECASE)


@cache
def known() -> frozenset[str]:
    """Return acronyms and words with capitals that stay, lower case."""
    return frozenset(word.lower() for part in ("acronyms", "normative", "common") for word in _lists()[part])


_lists = loader(dict[str, frozenset[str]], "impact.match", "masking.toml")


def _is_acronym(token: str) -> bool:
    """Return whether a word has two capitals or more and is not known to all."""
    return sum(map(str.isupper, token)) > 1 and token.lower() not in known()


def _names(text: str) -> list[str]:
    """Return runs of two and more words with capitals, and words in brackets that abbreviate the words before them."""
    names: list[str] = []
    run: list[str] = []
    starters, words = _lists()["starters"], text.split()
    for place, raw in enumerate(words):
        word = raw.strip(_EDGES)
        if word[:1].isupper() and word[1:2].islower() and (run or word.lower() not in starters):
            run.append(word)
        else:
            names += [" ".join(run)] * (len(run) > 1)
            run = []
        if raw.endswith(_ENDS):
            names += [" ".join(run)] * (len(run) > 1)
            run = []
        if raw.startswith("(") and _is_acronym(word):
            names += [word, *_spelled_out(word, words[:place])]
    return [*names, " ".join(run)] if len(run) > 1 else names


def _spelled_out(acronym: str, before: Sequence[str]) -> list[str]:
    """Return the words before an acronym whose first letters it is made of; none if they are others."""
    letters = [letter for letter in acronym.lower() if letter.isalpha()]
    words = [word.strip(_EDGES) for word in before[-len(letters) :]]
    return [" ".join(words)] if [word[:1].lower() for word in words] == letters else []


def _defined(document: Document, clauses: Sequence[Clause]) -> set[str]:
    """Return the terms that definitions begin with."""
    terms = set()
    for clause in clauses:
        if clause.kind is ClauseKind.DEFINITION and (match := _DEFINED.match(document.quote(clause.span))):
            terms.add(match["term"].split("(")[0].strip())
    return {term for term in terms if len(term) >= 3 and len(term.split()) <= 6}
