"""The text of an excerpt in a question, between lines of a marker that it cannot know."""

from collections.abc import Iterator
from dataclasses import dataclass

from impact.reader.parts.excerpt import Excerpt
from impact.reader.prompt import marker_for


@dataclass(frozen=True, slots=True)
class FenceWording:
    """What a question says around the text of an excerpt; its prompt has these words by the same names."""

    fence: str
    title: str
    body: str
    outline: str
    heading: str
    clause: str
    end: str
    task: str


def fenced(excerpt: Excerpt, words: FenceWording) -> Iterator[str]:
    """Yield the lines of a question from the fence on: title, body, headings and clauses, and the task."""
    content = (
        excerpt.title,
        excerpt.body,
        excerpt.outline,
        *(part for clause in excerpt.clauses for part in (clause.heading, clause.text)),
    )
    marker = marker_for("\n".join(content))
    yield f"{words.fence.replace('{marker}', marker)}\n"
    for name, text in ((words.title, excerpt.title), (words.body, excerpt.body), (words.outline, excerpt.outline)):
        if text:
            yield f"{marker} {name}\n{text}"
    heading = ""
    for name, clause in zip(excerpt.names, excerpt.clauses, strict=True):
        if clause.heading and clause.heading != heading:
            yield f"{marker} {words.heading}\n{clause.heading}"
        heading = clause.heading
        yield f"{marker} {words.clause.format(id=name)}\n{clause.text}"
    yield f"{marker} {words.end}\n\n{words.task}"


def key_parts(excerpt: Excerpt) -> list[object]:
    """Return what of an excerpt decides on an answer, for a digest; where its clauses stand is not part of it."""
    texts = [[clause.text, clause.heading] for clause in excerpt.clauses]
    around = [
        excerpt.number,
        excerpt.parts,
        excerpt.title,
        excerpt.body,
        excerpt.outline,
        excerpt.elsewhere,
        excerpt.theme,
        *([excerpt.turn] if excerpt.turn else []),
    ]
    return [texts, around]
