"""Check answers: only choices from our lists, and words that stand in their clause, are accepted."""

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from impact.reader.legible import find
from impact.reader.parts.claims import ListedClaims, claims_listed
from impact.reader.parts.excerpt import Excerpt
from impact.reader.points.prompt import MOST, UNCHANGED
from impact.reader.points.vocabulary import sentence, vocabulary
from impact.reader.reasons import UnreadReason
from impact.records import Cited, PointKind, RaisedPoint, Span, merged
from impact.taxonomy.values import Taxonomy

QUOTES = 5
"""Most quotes accepted for a point. Source: issue 17; project judgment."""


@dataclass(frozen=True, slots=True)
class PointClaim:
    """What an answer says of one point, with choices from our lists, before its quotes are looked up.

    Attributes:
        quotes: Pairs of the name of a clause in the question ("c12") and its words.
        change: Id of a safeguard, or `UNCHANGED`.
    """

    guideline: str
    kind: PointKind
    matter: str
    actor: str
    affected: str
    quotes: tuple[tuple[str, str], ...]
    change: str


PointClaims = ListedClaims[PointClaim]
"""All points of an answer."""


def points_in(content: str, taxonomy: Taxonomy) -> PointClaims | UnreadReason:
    """Return the points that an answer claims, or why nothing is to be taken from it; see `claims_listed`."""
    return claims_listed(content, "points", MOST, lambda candidate: _claim(candidate, taxonomy))


def as_json(answer: PointClaims) -> str:
    """Return claims as an answer in the form asked for, with the number dropped; equal claims give equal text."""
    points = [
        {
            "guideline": claim.guideline,
            "kind": claim.kind.value,
            "matter": claim.matter,
            "actor": claim.actor,
            "affected": claim.affected,
            "quotes": [{"clause": clause, "words": words} for clause, words in claim.quotes],
            "change": claim.change,
        }
        for claim in answer.claims
    ]
    return json.dumps({"points": points, "dropped": answer.dropped}, ensure_ascii=True, separators=(",", ":"))


def points_of(excerpt: Excerpt, answer: PointClaims, text: str) -> tuple[tuple[RaisedPoint, ...], int]:
    """Return the points that claims make of an excerpt, and how many points and quotes were dropped.

    A quote that is not in its clause word for word is dropped, and so is a point left with too few quotes.
    """
    dropped, points = answer.dropped, []
    for claim in answer.claims:
        passages = [place for quote in claim.quotes[:QUOTES] if (place := _place(quote, excerpt, text))]
        dropped += len(claim.quotes) - len(passages)
        cites = _cites(passages)
        if len(cites) < (2 if claim.kind is PointKind.INCONSISTENT else 1):
            dropped += 1
            continue
        matter = vocabulary().matters(claim.kind)[claim.matter]
        says = sentence(claim.kind, claim.matter, claim.actor, claim.affected)
        change = "" if claim.change == UNCHANGED else claim.change
        points.append(
            RaisedPoint(
                guideline=claim.guideline,
                kind=claim.kind,
                matter=claim.matter,
                actor=claim.actor,
                affected=claim.affected,
                labels=matter.labels,
                says=says,
                ask=matter.ask,
                cites=cites,
                change=change,
            )
        )
    return tuple(points), dropped


def _place(quote: tuple[str, str], excerpt: Excerpt, text: str) -> tuple[str, Span] | None:
    """Return the id of a clause and where words stand in it; None where they do not."""
    named = dict(zip(excerpt.names, excerpt.clauses, strict=True)).get(quote[0])
    span = find(quote[1], text, named.span) if named else None
    return (named.clause, span) if named and span else None


def _cites(passages: list[tuple[str, Span]]) -> tuple[Cited, ...]:
    """Return passages by clause, in the order of the text."""
    spans: dict[str, list[Span]] = {}
    for clause, span in sorted(passages, key=lambda passage: passage[1]):
        spans.setdefault(clause, []).append(span)
    return tuple(Cited(clause, merged(quoted)) for clause, quoted in spans.items())


def _claim(candidate: Any, taxonomy: Taxonomy) -> PointClaim | None:
    """Return a part of an answer as a claim; None where it has no quote, or a choice that is not in our lists."""
    words = vocabulary()
    chosen_kind = candidate.get("kind") if isinstance(candidate, dict) else None
    kind = next((kind for kind in words.kinds if kind.value == chosen_kind), None)
    if kind is None:
        return None
    lists: dict[str, Container[str]] = {
        "guideline": words.guidelines,
        "matter": words.matters(kind),
        "actor": words.actors,
        "affected": words.people,
        "change": (*taxonomy.safeguards, UNCHANGED),
    }
    chosen = {name: candidate.get(name) for name in lists}
    quotes = _quotes(candidate.get("quotes"))
    if not quotes or not all(isinstance(value, str) and value in lists[name] for name, value in chosen.items()):
        return None
    return PointClaim(kind=kind, quotes=quotes, **chosen)


def _quotes(value: object) -> tuple[tuple[str, str], ...]:
    """Return quotes as pairs of a clause and its words; none where one of them is not as asked for."""
    quotes = value if isinstance(value, list) else []
    pairs = [(quote.get("clause"), quote.get("words")) for quote in quotes if isinstance(quote, Mapping)]
    texts = [(name, words) for name, words in pairs if isinstance(name, str) and isinstance(words, str)]
    return tuple(texts) if len(texts) == len(quotes) else ()
