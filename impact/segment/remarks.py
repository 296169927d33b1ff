"""What was hidden in a text and where, in words, once its clauses are known."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from impact.records import Clause, Concealment, Document, ForeignPassage
from impact.segment.fragments import fragment_warnings

MOST = 4
"""Most places that a remark names. Source: project judgment."""


def remarked(document: Document, clauses: Sequence[Clause]) -> Document:
    """Return a document with a remark for each way in which words were hidden; an honest one is returned as it is."""
    noted = [concealment for concealment in document.concealments if concealment.noted]
    return replace(document, remarks=tuple(_remarks(document, noted, clauses))) if noted else document


def warned(document: Document, clauses: Sequence[Clause], passages: Sequence[ForeignPassage]) -> Document:
    """Return a document with a warning for each passage in a language that is not assessed, and for many fragments."""
    foreign = (_passage(document, clauses, passage) for passage in passages)
    lines = (*foreign, *fragment_warnings(document, clauses))
    return replace(document, warnings=(*document.warnings, *lines)) if lines else document


def _passage(document: Document, clauses: Sequence[Clause], passage: ForeignPassage) -> str:
    from impact.present.places import place
    from impact.present.words import words

    inside = [clause for clause in clauses if passage.span.covers(clause.span)]
    spoken = words().languages.get(passage.language, passage.language)
    if not inside:
        return f"A passage in {spoken} was not assessed."
    first, last = place(inside[0], document), place(inside[-1], document)
    extent = f"in {first}" if first == last else f"from {first} to {last}"
    return f"A passage in {spoken} was not assessed ({extent})."


def _remarks(document: Document, noted: Sequence[Concealment], clauses: Sequence[Clause]) -> Iterator[str]:
    places: dict[str, list[int]] = {}
    starts = [clause.span.start for clause in clauses]
    for concealment in noted:
        at = bisect_right(starts, max(concealment.span.start, concealment.span.end - 1)) - 1
        inside = at >= 0 and concealment.span.start <= clauses[at].span.end
        places.setdefault(concealment.kind.value, []).append(at if inside else -1)
    yield from (_sentence(kind, sorted(set(ordinals)), document, clauses) for kind, ordinals in places.items())


def _sentence(kind: str, ordinals: Sequence[int], document: Document, clauses: Sequence[Clause]) -> str:
    from impact.present.places import placed, standing, within
    from impact.present.words import words

    concealed = words().concealed
    names = list(standing([clauses[at] for at in ordinals if at >= 0], document))
    shown, more = names[:MOST], len(names[MOST:])
    parts = [f"{within(*shown)} {placed(shown, more)}"] if shown else []
    parts += [concealed["outside"]] if -1 in ordinals else []
    return f"{concealed[kind].format(places=' and '.join(parts))}."
