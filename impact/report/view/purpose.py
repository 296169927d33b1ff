"""The purpose of a document, in the sentences that state it."""

import re
from collections.abc import Container, Iterator
from functools import cache
from itertools import pairwise

from impact.present.cleaning import clipped, plain
from impact.present.words import words
from impact.records import Assessment, Clause
from impact.report.quotes.lead_ins import BULLET, items

LEAST = 40
"""Characters below which sentences say too little of a document. Source: project judgment."""

LONGER = 2
"""How much longer than the limit the first sentence may be before it is cut. Source: project judgment."""


def purpose_of(assessment: Assessment, limit: int, besides: Container[str] = ()) -> tuple[str, Clause] | None:
    """Return the first sentences by which the document states its purpose, of about `limit` characters, and the clause.

    They are under a heading such as "Scope" and say what the document does or is for; background before them is left
    out, and so are clauses with ids in `besides`, which are quoted elsewhere. The items of a list follow its head, or a
    gap does. None is returned where no sentence states a purpose.
    """
    for at, clause in enumerate(assessment.clauses):
        title = plain(clause.headings[-1]).lower().rstrip(".: ") if clause.headings else ""
        if not clause.assessed or clause.id in besides or not title.endswith(words().reading.abouts):
            continue
        text = _stated(list(_sentences(assessment, clause)), title, limit)
        if text.endswith(":"):
            text = f"{text} {plain(items(assessment.document.text, assessment.clauses[at:]).replace(BULLET, ' '))}"
        if len(text) >= LEAST:
            return text.rstrip(), clause
    return None


def _sentences(assessment: Assessment, clause: Clause) -> Iterator[str]:
    for span, _ in clause.provisions():
        yield plain(assessment.document.quote(span))


def _stated(sentences: list[str], title: str, limit: int) -> str:
    """Return the sentences from the first that states a purpose on, as many as there is room for; empty for none."""
    states = re.compile("|".join(_patterns(title)), re.IGNORECASE)
    pairs = (f"{sentence} {after if after.startswith('It ') else ''}" for sentence, after in pairwise([*sentences, ""]))
    first = next((at for at, pair in enumerate(pairs) if states.search(pair)), None)
    if first is None:
        return ""
    chosen = clipped(sentences[first], LONGER * limit)
    for sentence in sentences[first + 1 :]:
        if len(chosen) + 1 + len(sentence) > limit:
            break
        chosen = f"{chosen} {sentence}"
    return chosen


@cache
def _patterns(title: str) -> tuple[str, ...]:
    """Return how a sentence under a heading states a purpose: by what it is about, under "Scope" by its verb alone."""
    reading = words().reading
    verbs = rf"\b(?:{'|'.join(reading.tells)})\b"
    own = rf"\b(?:{'|'.join(reading.selves)})\b"
    about = (rf"{own}[^;]{{0,160}}?{verbs}", rf"\AWe\b[^.;]{{0,20}}?{verbs}", *reading.purposes)
    return (*about, verbs) if title.endswith(reading.plain_abouts) else about
