"""Texts without the words that a re-issue would change first: title, acronyms, names and defined terms."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from impact.records import Clause, ClauseKind, Document, Proposal

STAND_IN = "the element"
"""What stands where a name stood: an encoder reads on over it, and it says nothing."""

MOST_TERMS = 200
"""Terms that are masked in one document, the most frequent. Source: project judgement; few documents have more, and
each costs time."""

_ACRONYM = re.compile(r"\b(?=[\w/-]*[A-Z][\w/-]*[A-Z])[A-Za-z][\w/-]*\w\b")
_SPELLED_OUT = re.compile(
    r"((?:[A-Z][\w-]+[ -](?:of |and |for |the |to )?){1,6}[A-Z]?[\w-]*)\s?\(\W?([A-Z][\w-]*[A-Z][\w-]*)\W?\)"
)
_DEFINED = re.compile(
    r"^\W{0,3}(?P<term>\w[\w /()-]{1,58}?)\W{0,3}(?:\[[^\]]*\])?"
    r"(?::| means\b| is defined\b| refers to\b| - | \u2013 | \u2014 | \| )"
)
_NAME = re.compile(r"(?<![.!?:|] )(?<!^)\b[A-Z][a-z]+(?:[ -](?:of |and |for )?[A-Z][a-z][\w-]*)+")


def terms_of(proposal: Proposal, clauses: Sequence[Clause]) -> tuple[str, ...]:
    """Return what to mask in a document, longest first: its title, number, names, acronyms and defined terms.

    Names are words with capitals in the middle of a sentence. Acronyms that all of the field knows stay, since a
    re-issue cannot change them.
    """
    document = proposal.document
    found: Counter[str] = Counter()
    for clause in clauses:
        if clause.assessed:
            found.update(_names(document.quote(clause.span)))
    found.update(dict.fromkeys(_defined(document, clauses), 10))
    found.update(dict.fromkeys(filter(None, (proposal.title.strip(), proposal.number.strip())), 1000))
    found.update(dict.fromkeys((match[0] for match in _ACRONYM.finditer(proposal.title)), 1000))
    terms = [(count, term) for term, count in found.items() if len(term) > 1 and term.lower() not in known()]
    frequent = sorted(terms, key=lambda pair: (-pair[0], pair[1]))[:MOST_TERMS]
    return tuple(sorted((term for _, term in frequent), key=lambda term: (-len(term), term)))


def masked(text: str, terms: Iterable[str]) -> str:
    """Return a text on one line with each of `terms` and each acronym of its own replaced by `STAND_IN`."""
    flat = " ".join(text.split())
    pattern = _pattern(tuple(terms))
    out = pattern.sub(STAND_IN, flat) if pattern else flat
    return _ACRONYM.sub(lambda match: match[0] if match[0].lower() in known() else STAND_IN, out)


@lru_cache(maxsize=8)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return one pattern for all terms, in the plural too; an article before them goes with them."""
    if not terms:
        return None
    each = "|".join(r"\s".join(map(re.escape, term.split())) for term in terms)
    return re.compile(rf"(?<!\w)(?:(?:the|an?) )?(?:{each})(?:e?s)?(?!\w)", re.IGNORECASE)


@cache
def known() -> frozenset[str]:
    """Return acronyms and words with capitals that stay, lower case; they stand in masking.toml."""
    table = tomllib.loads(files("impact.match").joinpath("masking.toml").read_text("utf-8"))
    return frozenset(word.lower() for part in ("acronyms", "normative", "common") for word in table[part])


def _names(text: str) -> list[str]:
    found = _NAME.findall(text)
    for match in _SPELLED_OUT.finditer(text):
        found += [match[1].strip(" -"), match[2]]
    return found


def _defined(document: Document, clauses: Sequence[Clause]) -> set[str]:
    """Return the terms that definitions begin with."""
    found = set()
    for clause in clauses:
        if clause.kind is ClauseKind.DEFINITION and (match := _DEFINED.match(document.quote(clause.span))):
            found.add(match["term"].split("(")[0].strip())
    return {term for term in found if len(term) >= 3 and len(term.split()) <= 6}
