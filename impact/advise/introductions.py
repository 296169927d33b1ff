"""The words of a document that introduce it to a reader who knows nothing of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice
from math import log, log1p

from impact.present.alone import GROUP, stands_alone
from impact.present.cleaning import plain
from impact.present.words import words
from impact.records import Assessment, Clause, ClauseKind, Introduction, Outlook, Proposal, Span
from impact.trait_weights import Traits, shipped_weights

FIRST, SUMS = 9, 3
"""Clauses at the beginning of a document, and of its abstract or summary behind these, whose sentences may introduce
it. Source: models/introductions/README.md."""

MOST = 28
"""Sentences that are weighed. Source: the same."""

LEAST, LONGEST = 25, 450
"""Characters of a sentence that is weighed, and of what is quoted. Source: project judgment; a few lines."""

REACH = 10
"""Sentences, the likeliest by their traits, of which the network of an outlook is asked. Source: the same."""

LIKELY = 0.3
"""Chance from which a sentence introduces a document. Source: models/introductions/README.md."""

CLOSE = 0.5
"""Part of the highest chance from which another sentence may stand for the likeliest. Source: project judgment; where
that one is quoted elsewhere, a poor one is worse than none."""

BRIEF = 120
"""Characters below which the next sentence of a clause is quoted too. Source: readers quoted 74 of 151 sentences below
it with another one, and 48 of 252 others."""

SUMMARY = 480
"""Characters up to which an abstract or summary is quoted whole. Source: project judgment; a few lines."""

ADDRESS = "://"
"""Sign of a web address, with which a sentence cannot be read aloud."""

TELLING = 4
"""Least characters of a word by which a sentence and a title are compared. Source: project judgment."""


@dataclass(frozen=True, slots=True, eq=False)
class OpeningSentence:
    """A sentence that may introduce a document; compared by identity.

    Attributes:
        place: Which part of its clause it is, 0-based.
        text: As it is printed.
        traits: What speaks for it.
    """

    clause: Clause
    place: int
    text: str
    traits: Traits

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.clause.parts[self.place]


def introductions_of(assessment: Assessment, outlook: Outlook | None = None) -> tuple[Introduction, ...]:
    """Return what may introduce a document, the likeliest first; nothing of clauses with a finding to quote.

    It is a sentence without a web address, with the next one if it is short; of a short abstract or summary all of it.
    With an `outlook` that has a network, that is heard.
    """
    apart = {rated.finding.clause for rated in assessment.findings if rated.likely}
    ranked = ranking(candidates(assessment.proposal, assessment.clauses), outlook)
    least = max(LIKELY, CLOSE * ranked[0][1]) if ranked else LIKELY
    free = [
        sentence
        for sentence, chance in ranked
        if chance >= least and sentence.clause.id not in apart and ADDRESS not in sentence.text
    ]
    summary, text = _summary(assessment.clauses), assessment.document.text
    parts = tuple(part for clause in summary for part in clause.parts)
    is_short = sum(map(len, parts)) <= SUMMARY and not any(clause.id in apart for clause in summary)
    whole = Introduction(tuple(clause.id for clause in summary), parts) if summary and is_short else None
    return tuple(
        dict.fromkeys(whole if whole and sentence.clause in summary else _quote(sentence, text) for sentence in free)
    )


def ranking(found: Sequence[OpeningSentence], outlook: Outlook | None) -> list[tuple[OpeningSentence, float]]:
    """Return sentences with how likely readers are to choose them, 0 to 1, the likeliest first.

    Where a network can tell, it is asked of the first `REACH` by their traits, and the others are left out; raises as
    `shipped_weights`.
    """
    lightly = _ranked(found, [sentence.traits for sentence in found], "cues")
    asked = [sentence for sentence, _ in lightly[:REACH]]
    rows = with_network(asked, outlook) if outlook else []
    return _ranked(asked, rows, "model") if rows else lightly


def with_network(found: Sequence[OpeningSentence], outlook: Outlook) -> list[Traits]:
    """Return traits of the sentences of a document with what the network says of each; none where none can tell."""
    with_odds = [
        (sentence, odds)
        for sentence in found
        if (odds := outlook.introduces(sentence.clause, sentence.span)) is not None
    ]
    most = max((odds for _, odds in with_odds), default=0.0)
    return [{**sentence.traits, "network": odds, "below likeliest": most - odds} for sentence, odds in with_odds]


def _ranked(found: Sequence[OpeningSentence], rows: Sequence[Traits], way: str) -> list[tuple[OpeningSentence, float]]:
    chances = [shipped_weights("introductions", way).chance(row) for row in rows]
    return sorted(zip(found, chances, strict=True), key=lambda pair: -pair[1])


def candidates(proposal: Proposal, clauses: Sequence[Clause]) -> tuple[OpeningSentence, ...]:
    """Return the sentences that may introduce a document, in the order of its text.

    They are those of the first clauses, and of the first of an abstract or summary behind them, but heads of lists
    and some of what was named before.
    """
    prose = [clause for clause in clauses if clause.assessed and clause.kind is not ClauseKind.CODE]
    chosen = [*prose[:FIRST], *islice((clause for clause in prose[FIRST:] if _sums(clause)), SUMS)]
    rows = [
        (clause, place, text)
        for clause in chosen
        for place, text in enumerate(sentences_of(proposal, clause))
        if len(text) >= LEAST and not text.endswith(":") and not GROUP.match(text)
    ][:MOST]
    title = _telling(proposal.title)
    found = []
    for at, (clause, place, text) in enumerate(rows):
        rank = sum(other.headings == clause.headings for other, _, _ in rows[:at])
        found.append(
            OpeningSentence(clause, place, text, {**_place_traits(clause, at, rank), **_own_traits(text, title)})
        )
    return tuple(found)


def sentences_of(proposal: Proposal, clause: Clause) -> Iterator[str]:
    """Yield the sentences of a clause as they are printed."""
    return (plain(proposal.document.quote(span)) for span in clause.parts)


def _quote(sentence: OpeningSentence, text: str) -> Introduction:
    """Return a sentence, with the next one of its clause if it is short."""
    first, *following = sentence.clause.parts[sentence.place : sentence.place + 2]
    joined = Span(first.start, following[0].end) if following else first
    also = len(sentence.text) < BRIEF and len(joined) <= LONGEST and joined.of(text).endswith(".")
    return Introduction((sentence.clause.id,), (first, *following) if also else (first,))


def _summary(clauses: Sequence[Clause]) -> list[Clause]:
    """Return the clauses of the first section that sums the document up."""
    assessed = (clause for clause in clauses if clause.assessed)
    named = groupby(assessed, lambda clause: (clause.headings, _sums(clause)))
    return next((list(group) for (_, sums), group in named if sums), [])


def _sums(clause: Clause) -> bool:
    return _heading(clause) in words().reading.openings


def _heading(clause: Clause) -> str:
    """Return the innermost heading of a clause in small letters; of "Scope" and "General" in it the outer one."""
    titles = [plain(title).lower().rstrip(".: ") for title in clause.headings]
    return next((title for title in reversed(titles) if not title.endswith("general")), "")


def _place_traits(clause: Clause, at: int, rank: int) -> Traits:
    """Return traits of the place of a sentence: in the document, and below its heading, both 0-based."""
    heading = _heading(clause)
    named = [f"heading {word}" for word in words().reading.introducing if word in heading]
    return {
        "place": at / 10,
        "log place": log1p(at),
        "first": float(at == 0),
        "first of section": float(rank == 0),
        "second of section": float(rank == 1),
        **dict.fromkeys(named, 1.0),
    }


def _own_traits(text: str, title: frozenset[str]) -> Traits:
    """Return traits of the words of a sentence: its ends, and whether it is about what the title names, or itself."""
    shared = title & _telling(text)
    selves, tells = _patterns()
    return {
        "self": float(bool(selves.search(text))),
        "begins with self": float(bool(selves.match(text))),
        "tells": float(bool(tells.search(text))),
        "title": len(shared) / max(len(title), 1),
        "any of title": float(bool(shared)),
        "length": log(len(text)),
        "capital": float(text[:1].isupper()),
        "stop": float(text.endswith(".")),
        "question": float(text.endswith("?")),
        "capitals": sum(word.isupper() for word in text.split()) / max(len(text.split()), 1),
        "alone": float(stands_alone(text)),
    }


def _telling(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about, in small letters."""
    return frozenset(word for word in re.findall(r"\w+", text.lower()) if len(word) >= TELLING)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds the document as a subject, and what it does."""
    reading = words().reading
    selves, tells = (f"(?:{'|'.join(alternatives)})" for alternatives in (reading.selves, reading.tells))
    return re.compile(selves, re.IGNORECASE), re.compile(rf"\b{tells}\b", re.IGNORECASE)
