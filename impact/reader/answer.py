"""Check answers: only choices among our own labels, and words that stand in the clause, are accepted."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from impact.reader.inquiry import Inquiry
from impact.reader.legible import find, legible
from impact.reader.reasons import UnreadReason
from impact.records import READERS, AnswerStance, ClauseAnswer, LabelAnswer, Span, merged
from impact.taxonomy.values import Mechanism, Safeguard, Taxonomy

LARGEST = 100_000
"""Most characters of an answer, including what a model thinks aloud. Source: project judgment; an answer with all
labels and three quotes each takes a tenth of it."""

QUOTES = 12
"""Most quotes of a label that are looked up; further ones count as dropped. Source: project judgment."""

UNCOUNTED = 6
"""Readers who would agree, of ten, where an answer counts none: more than half, but not without reserve. Source:
project judgment; servers ignore the form asked for, and some models leave the number out."""

_TRIES = 40
"""Places at which an object of JSON is looked for in an answer. Source: project judgment."""

_THOUGHT = "</think>"


@dataclass(frozen=True, slots=True)
class LabelClaim:
    """What an answer says of a label of the taxonomy, before its quotes are looked up."""

    label: str
    stance: AnswerStance
    quotes: tuple[str, ...]
    readers: int = UNCOUNTED


Claims = tuple[LabelClaim, ...]


def claims_in(content: str, taxonomy: Taxonomy) -> Claims | UnreadReason:
    """Return what an answer claims, or why nothing is to be taken from it.

    The JSON may stand in fences or among words. Labels may be given by id or by name. An answer with a malformed part
    is rejected as a whole, since whatever it leaves out would count as denied.
    """
    if len(content) > LARGEST:
        return UnreadReason.TOO_LONG
    names = _names(taxonomy)
    claims = []
    value = object_with(content, "labels")
    if value is None:
        return UnreadReason.FORM
    for candidate in value["labels"]:
        if not _well_formed(candidate):
            return UnreadReason.FORM
        label = names.get(legible(candidate["label"]).casefold())
        if label is None:
            return UnreadReason.LABEL
        stance, readers = AnswerStance(candidate["stance"]), candidate.get("readers", UNCOUNTED)
        claims.append(LabelClaim(label, stance, tuple(candidate["quotes"]), readers))
    return tuple(claims)


def as_json(claims: Claims) -> str:
    """Return claims as an answer in the form asked for; equal claims give equal text."""
    labels = [
        {"label": claim.label, "stance": claim.stance, "readers": claim.readers, "quotes": list(claim.quotes)}
        for claim in claims
    ]
    return json.dumps({"labels": labels}, ensure_ascii=True, separators=(",", ":"))


def answer_of(inquiry: Inquiry, claims: Claims, text: str, taxonomy: Taxonomy) -> tuple[ClauseAnswer, int]:
    """Return what claims say of the clause of an inquiry, and how many quotes were dropped.

    A quote that is not in the clause word for word is dropped. A label left without quotes counts as not asked about,
    since the reader neither showed it nor denied it.
    """
    dropped, labels, unquoted = 0, [], set()
    for label in taxonomy.labels:
        claimed = [claim for claim in claims if claim.label == label]
        quotes = [quote for claim in claimed for quote in claim.quotes]
        spans = list(_spans(quotes[:QUOTES], text, inquiry.span))
        dropped += len(quotes) - len(spans)
        if spans:
            strongest = min(claimed, key=lambda claim: (list(AnswerStance).index(claim.stance), -claim.readers))
            labels.append(LabelAnswer(label, strongest.stance, strongest.readers, merged(spans)))
        elif claimed:
            unquoted.add(label)
    asked = tuple(label for label in inquiry.asked if label not in unquoted)
    return ClauseAnswer(inquiry.clause, asked, tuple(labels)), dropped


def averaged(answers: Sequence[ClauseAnswer], taxonomy: Taxonomy) -> ClauseAnswer:
    """Return one answer for several to the same question.

    The clause proposes a label if at least half of the answers say so, and as many readers would agree as they say on
    average, where an answer that sees no more than a mention counts none; else it mentions the label if at least half
    of the answers see it. An answer that names a label asked about without words of the clause does not count for it.
    """
    first, *others = answers
    if not others:
        return first
    named: dict[str, list[LabelAnswer]] = {}
    for named_label in (named_label for answer in answers for named_label in answer.labels):
        named.setdefault(named_label.label, []).append(named_label)
    wanted = {label for answer in answers for label in answer.asked}
    unquoted = Counter(label for answer in answers for label in wanted.difference(answer.asked))
    labels = (_averaged(named[label], len(answers) - unquoted[label]) for label in taxonomy.labels if label in named)
    asked = tuple(label for label in taxonomy.labels if label in wanted)
    return ClauseAnswer(first.clause, asked, tuple(filter(None, labels)))


def _averaged(named: Sequence[LabelAnswer], answers: int) -> LabelAnswer | None:
    """Return what so many answers say of a label together, from those that name it; None where too few do."""
    proposing = [label for label in named if label.stance is AnswerStance.PROPOSES]
    if 2 * len(proposing) >= answers:
        readers = (2 * sum(label.readers for label in proposing) + answers) // (2 * answers)  # rounded, halves up
        return LabelAnswer(named[0].label, AnswerStance.PROPOSES, readers, _evidence(proposing))
    if 2 * len(named) >= answers:
        return LabelAnswer(named[0].label, AnswerStance.CONTEXT, 0, _evidence(named))
    return None


def _evidence(named: Sequence[LabelAnswer]) -> tuple[Span, ...]:
    return merged(span for label in named for span in label.evidence)


def _spans(quotes: Sequence[str], text: str, span: Span) -> Iterator[Span]:
    return (place for quote in quotes if (place := find(quote, text, span)))


def object_with(content: str, name: str) -> dict[str, Any] | None:
    """Return the first JSON object that has a list under a name; None where there is none.

    What a model thought aloud before its answer is skipped.
    """
    value = _object_with(content.rpartition(_THOUGHT)[2], name)
    return _object_with(content, name) if value is None else value  # the mark may stand in a quote


def _object_with(content: str, name: str) -> dict[str, Any] | None:
    decoder, start = json.JSONDecoder(), -1
    for _ in range(_TRIES):
        start = content.find("{", start + 1)
        if start < 0:
            break
        try:
            value, _end = decoder.raw_decode(content, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and isinstance(value.get(name), list):
            return value
    return None


def _well_formed(candidate: Any) -> bool:
    """Return whether a value has a label, one of the stances and quotes as text, and a number of readers or none."""
    if not isinstance(candidate, dict) or not isinstance(candidate.get("label"), str):
        return False
    stance, quotes, readers = candidate.get("stance"), candidate.get("quotes"), candidate.get("readers", UNCOUNTED)
    counted = type(readers) is int and 0 <= readers <= READERS
    quoted = isinstance(quotes, list) and all(isinstance(quote, str) for quote in quotes)
    return stance in list(AnswerStance) and quoted and counted


def _names(taxonomy: Taxonomy) -> dict[str, str]:
    """Return the label that each id and each name stands for, without regard to case."""
    choices: list[Mechanism | Safeguard] = [*taxonomy.mechanisms.values(), *taxonomy.safeguards.values()]
    by_name = {choice.name.casefold(): choice.id for choice in choices}
    return by_name | {choice.id.casefold(): choice.id for choice in choices}
