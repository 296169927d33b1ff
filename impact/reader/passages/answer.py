"""Check answers: only clauses of the question, our own grades and kinds, and words of the clause are accepted."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from impact.reader.legible import find
from impact.reader.parts.claims import ListedClaims, claims_listed
from impact.reader.parts.excerpt import Excerpt
from impact.reader.passages.prompt import ALSO, FIRST, MOST
from impact.reader.reasons import UnreadReason
from impact.records import PassageKind, Span
from impact.taxonomy.values import Taxonomy


@dataclass(frozen=True, slots=True)
class PassageClaim:
    """A passage that an answer chooses, before its clause and words are looked up.

    Attributes:
        clause: Name of the clause in the question, "c12".
        grade: `FIRST` or `ALSO`.
    """

    clause: str
    grade: str
    kind: PassageKind
    words: str


PassageClaims = ListedClaims[PassageClaim]
"""All passages of an answer."""


@dataclass(frozen=True, slots=True)
class PlacedPassage:
    """A passage that an answer chooses: the id of its clause, and where its words are in `Document.text`."""

    clause: str
    words: Span
    grade: str
    kind: PassageKind


def passages_in(content: str, _taxonomy: Taxonomy) -> PassageClaims | UnreadReason:
    """Return the passages that an answer chooses, or why nothing is to be taken from it; see `claims_listed`."""
    return claims_listed(content, "passages", MOST, _claim)


def as_json(answer: PassageClaims) -> str:
    """Return claims as an answer in the form asked for, with the number dropped; equal claims give equal text."""
    value = {"passages": [asdict(claim) for claim in answer.claims], "dropped": answer.dropped}
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def placed(excerpt: Excerpt, answer: PassageClaims, text: str) -> tuple[tuple[PlacedPassage, ...], int]:
    """Return the passages that claims choose from an excerpt, each clause once, and how many were dropped.

    A passage whose words are not in its clause word for word is dropped.
    """
    named = dict(zip(excerpt.names, excerpt.clauses, strict=True))
    passages: dict[str, PlacedPassage] = {}
    for claim in answer.claims:
        excerpted = named.get(claim.clause)
        words = find(claim.words, text, excerpted.span) if excerpted else None
        if excerpted and words and excerpted.clause not in passages:
            passages[excerpted.clause] = PlacedPassage(excerpted.clause, words, claim.grade, claim.kind)
    return tuple(passages.values()), answer.dropped + len(answer.claims) - len(passages)


def _claim(candidate: Any) -> PassageClaim | None:
    """Return a part of an answer as a claim; None where it has another form, or a grade or kind that there is not."""
    if not isinstance(candidate, dict):
        return None
    clause, grade, kind, words = (candidate.get(name) for name in ("clause", "grade", "kind", "words"))
    if not isinstance(clause, str) or not isinstance(words, str):
        return None
    if grade not in (FIRST, ALSO) or kind not in list(PassageKind):
        return None
    return PassageClaim(clause, grade, PassageKind(kind), words)
