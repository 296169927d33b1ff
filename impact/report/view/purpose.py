"""The purpose of a document, in the sentences that state it."""

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache
from itertools import pairwise

from impact.present.cleaning import clipped, plain
from impact.present.words import words
from impact.records import Assessment, Clause
from impact.report.quotes.lead_ins import BULLET, items

LEAST = 40
"""Characters below which sentences say too little of a document. Source: project judgment."""

_GLUED = re.compile(r"\A(?:Scope|Summary|Abstract|Purpose|Introduction)(?=[A-Z])")
"""A heading that a PDF has on the line of the sentence, without a blank."""

TELLING = 4
"""Least characters of a word by which a purpose and a title are compared. Source: project judgment."""

LONGER = 2
"""How much longer than the limit the first sentence may be before it is cut. Source: project judgment."""


def purpose_of(assessment: Assessment, limit: int, besides: Container[str] = ()) -> tuple[str, Clause] | None:
    """Return the sentence by which the document states its purpose, of about `limit` characters, and the clause.

    Of several it is the one that shares most words with the title, of these the first. It is under a heading such as
    "Scope" and says what the document does or is for; it neither tells what the document leaves out nor what a meeting
    was for. Clauses with ids in `besides`, which are quoted elsewhere, are left out. The items of a list follow its
    head, or a gap does. None is returned where no sentence states a purpose.
    """
    named = _words(assessment.proposal.title)
    found = _purposes(assessment, limit, besides)
    return max(found, key=lambda pair: len(named & _words(pair[0])), default=None)


def _purposes(assessment: Assessment, limit: int, besides: Container[str]) -> Iterator[tuple[str, Clause]]:
    for at, clause in enumerate(assessment.clauses):
        title = _topic(clause)
        if not clause.assessed or clause.id in besides or not title.endswith(words().reading.abouts):
            continue
        for text in _stated(_sentences(assessment, clause), title, limit):
            listing = items(assessment.document.text, assessment.clauses[at:]) if text.endswith(":") else ""
            whole = f"{text} {plain(listing.replace(BULLET, ' '))}".rstrip()
            if len(whole) >= LEAST:
                yield whole, clause


def _words(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about, in small letters."""
    return frozenset(word for word in re.findall(r"\w+", text.lower()) if len(word) >= TELLING)


def _topic(clause: Clause) -> str:
    """Return the innermost heading of a clause in small letters; of "Scope" and "General" in it the outer one."""
    titles = [plain(title).lower().rstrip(".: ") for title in clause.headings]
    return next((title for title in reversed(titles) if not title.endswith("general")), "")


def _sentences(assessment: Assessment, clause: Clause) -> Iterator[str]:
    for span, _ in clause.provisions():
        yield plain(assessment.document.quote(span))


def _stated(sentences: Iterable[str], title: str, limit: int) -> Iterator[str]:
    """Yield each sentence that states a purpose, by "It" after one whose subject is the document."""
    states = re.compile("|".join(_patterns(title)), re.IGNORECASE)
    for before, sentence in pairwise(["", *sentences]):
        whole = f"{before} {sentence}" if sentence.startswith("It ") else sentence
        if _states(states, whole):
            own = f"[This document]{sentence.removeprefix('It')}" if sentence.startswith("It ") else sentence
            yield clipped(_GLUED.sub("", own), LONGER * limit)


def _states(states: re.Pattern[str], sentence: str) -> bool:
    match, reading = states.search(sentence), words().reading
    if match is None or re.search("|".join(reading.others), sentence, re.IGNORECASE):
        return False
    return not re.search("|".join(reading.exclusions), sentence[: match.end()], re.IGNORECASE)


@cache
def _patterns(title: str) -> tuple[str, ...]:
    """Return how a sentence under a heading states a purpose: by what it is about, under "Scope" by its verb alone."""
    reading = words().reading
    verbs = rf"\b(?:{'|'.join(reading.tells)})\b"
    own = rf"\b(?:{'|'.join(reading.selves)})\b"
    about = (rf"{own}[^;]{{0,160}}?{verbs}", rf"\AWe (?:hereby )?{verbs}", *reading.purposes)
    others = rf"\b(?:{'|'.join(verb for verb in reading.tells if verb not in reading.own_tells)})\b"
    return (*about, others) if title.endswith(reading.plain_abouts) else about
