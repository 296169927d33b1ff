"""What the text says already and is not asked again: a period, who holds the power, that nobody is told."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from impact.advise.context import Scene
from impact.advise.phrases import pattern_of
from impact.advise.questions.nouns import wording
from impact.records import Clause, Phrase, RatedFinding, Span

NUMBERED = re.compile(r"(?:[A-Z]\.)?\d")
PLACE = "place"
"""Name of the clause beside one in which words stand, in brackets, for texts that name none of its words."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words that answer a question, and what to ask once they stand in the text.

    Attributes:
        mechanism: Id of the power.
        where: Patterns of the words, as for `phrases`; named groups are words that `texts` may name.
        instead: Questions that are then not asked.
        texts: Questions that are asked, first where the clause says it or the words are named.
        settles: General questions of the taxonomy that are not asked beside `texts`, or at all where there are none.
        near: Id of a mechanism; the words may then also stand in a clause of the section with a firm finding of it.
    """

    mechanism: str
    where: tuple[str, ...]
    instead: tuple[str, ...]
    texts: tuple[str, ...]
    near: str = ""
    settles: tuple[str, ...] = ()


Words = dict[str, tuple[Phrase, ...]]


def said_of(scene: Scene, judged: RatedFinding) -> Iterator[tuple[Said, Words]]:
    """Yield what the clause of a finding says, or one beside it, with the words by the names of the pattern."""
    clause = scene.clause(judged.finding.clause)
    for entry in _entries():
        if entry.mechanism == judged.finding.mechanism:
            found = (
                pattern_of(entry.where).search(scene.text, *_ends(near)) for near in _clauses(scene, clause, entry)
            )
            match = next(filter(None, found), None)
            if match:
                spans = {name: Span(*match.span(name)) for name, words in match.groupdict().items() if words}
                place = _place(scene, clause, match.start())
                told = {name: (_phrase(scene.text, span), *place) for name, span in spans.items()}
                yield entry, told | {PLACE: place}


def _clauses(scene: Scene, clause: Clause, said: Said) -> Iterator[Clause]:
    yield clause
    if said.near:
        for one in scene.beside(clause):
            if any(judged.finding.mechanism == said.near for judged in scene.at(one.id)):
                yield one


def answered(scene: Scene, texts: Sequence[str], clause: Clause) -> tuple[list[str], tuple[str, ...]]:
    """Return questions on a clause without those that the text answers, and the general ones that it settles.

    It may answer them anywhere. What the answer leaves to ask comes first, on a clause that has its words.
    """
    left, settled = list(texts), list[str]()
    for one in wording()["answered"]:
        if _answers(scene, one):
            settled += one.get("settles", ())
            if not set(one["instead"]).isdisjoint(left):
                own = "where" not in one or pattern_of(tuple(one["where"])).search(scene.text, *_ends(clause))
                left = [*(one["texts"] if own else ()), *(text for text in left if text not in one["instead"])]
    return left, tuple(settled)


def _answers(scene: Scene, entry: Mapping[str, Any]) -> bool:
    """Return whether an entry holds of the text: by its safeguards, its power, or words of a clause with a finding."""
    if "safeguards" in entry:
        return {safeguard.safeguard for safeguard in scene.assessment.safeguards if not safeguard.doubtful}.issuperset(
            entry["safeguards"]
        )
    if "power" in entry:
        return bool(scene.most == entry["power"])
    shown = scene.shown
    held = [shown.get(entry["mechanism"], ())] if "mechanism" in entry else shown.values()
    found = (scene.clause(one.finding.clause) for ones in held for one in ones)
    return any(pattern_of(tuple(entry["where"])).search(scene.text, *_ends(one)) for one in found)


def _place(scene: Scene, clause: Clause, at: int) -> tuple[Phrase, ...]:
    """Return the number, in brackets, of the clause beside one in which words stand; nothing for its own words."""
    numbers = (one.number for one in scene.beside(clause) if one.span.start <= at < one.span.end)
    number = next(numbers, "")
    return (Phrase(f" (clause {number})"),) if NUMBERED.match(number) and number != clause.number else ()


def _ends(clause: Clause) -> tuple[int, int]:
    return clause.span.start, clause.span.end


def _phrase(text: str, span: Span) -> Phrase:
    """Return words of the document on one line, a capital at their beginning lowered where a small letter follows."""
    words = " ".join(span.of(text).split())
    return Phrase(words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] == " " else words, span)


@cache
def _entries() -> tuple[Said, ...]:
    return tuple(
        Said(
            mechanism=one["mechanism"],
            where=tuple(one["where"]),
            instead=tuple(one["instead"]),
            texts=tuple(one["texts"]),
            near=one.get("near", ""),
            settles=tuple(one.get("settles", ())),
        )
        for one in wording()["said"]
    )
