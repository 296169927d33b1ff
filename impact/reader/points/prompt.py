"""The messages that ask for points, the form that answers must have, and the digests that identify both."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from impact.reader.points.excerpt import Excerpt
from impact.reader.points.vocabulary import PointMatter, PointVocabulary, vocabulary
from impact.reader.prompt import asked_again, line_of, marker_for, object_of, request_of
from impact.taxonomy.values import Taxonomy
from impact.typed import loader

FORM_NAME = "points_of_document"

MOST = 8
"""Most points of one answer. Source: project judgment; nobody will check more on 20,000 characters and a theme."""

UNCHANGED = "none"
"""Chosen in place of a safeguard where no change of wording is suggested."""


@dataclass(frozen=True, slots=True)
class PointsPrompt:
    """All of prompt.toml."""

    system: str
    guidelines: str
    kinds: str
    kind: str
    acts: str
    needs: str
    contrasts: str
    actors: str
    people: str
    changes: str
    elsewhere: str
    whole: str
    part: str
    fence: str
    title: str
    body: str
    outline: str
    heading: str
    clause: str
    end: str
    task: str


prompt = loader(PointsPrompt, "impact.reader.points", "prompt.toml")


def digest(taxonomy: Taxonomy) -> str:
    """Return the digest, hexadecimal, of all of a question except the document and the model."""
    wording = [asdict(prompt()), choices_of(vocabulary()), MOST, _changes(taxonomy)]
    return sha256(line_of(wording).encode()).hexdigest()


def choices_of(words: PointVocabulary) -> dict[str, Any]:
    """Return what a question offers to choose from: all but the sentences that reports make of the kinds of points."""
    kinds = {kind: {**asdict(wording), "says": ""} for kind, wording in words.kinds.items()}
    return {**asdict(words), "kinds": kinds}


def key_of(excerpt: Excerpt, model: str, prompt_digest: str) -> str:
    """Return the key, 64 hexadecimal digits, under which an answer is stored; it ignores where clauses stand."""
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
    return sha256(line_of([model, prompt_digest, texts, around]).encode()).hexdigest()


def body_of(excerpt: Excerpt, taxonomy: Taxonomy, model: str, answer_tokens: int) -> dict[str, Any]:
    """Return the body of a request for chat completions, ready for JSON."""
    system = prompt().system.replace("{most}", str(MOST))
    question = "\n".join((*_lists(excerpt, taxonomy), *_text(excerpt, taxonomy)))
    body = request_of(model, (system, question), (FORM_NAME, _form(excerpt, taxonomy)), answer_tokens)
    return asked_again(body, excerpt.turn)


def _lists(excerpt: Excerpt, taxonomy: Taxonomy) -> Iterator[str]:
    """Yield what there is to choose from, which all questions of a theme have in common."""
    words, lists = prompt(), vocabulary()
    yield words.guidelines
    guidelines = (lists.guidelines[number] for number in lists.themes[excerpt.theme].guidelines)
    yield from (f"{guideline.number} {guideline.title}: {guideline.question}" for guideline in guidelines)
    yield f"\n{words.kinds}"
    yield from (words.kind.format(id=kind.id.value, means=kind.means, list=kind.from_) for kind in lists.kinds.values())
    for title, matters in ((words.acts, lists.acts), (words.needs, lists.needs), (words.contrasts, lists.contrasts)):
        yield f"\n{title}"
        yield from map(_worded, matters.values())
    for title, parties in ((words.actors, lists.actors), (words.people, lists.people)):
        yield f"\n{title}"
        yield "; ".join(f"{party.id} ({party.name})" for party in parties.values())
    named = "; ".join(f"{guard.id} ({guard.name})" for guard in taxonomy.safeguards.values())
    yield f"\n{words.changes}\n{named}"


def _worded(matter: PointMatter) -> str:
    """Return a matter with its words; parties stand for themselves."""
    return f"{matter.id}: {matter.wording}".format(actor="somebody", Actor="Somebody", people="people", People="People")


def _text(excerpt: Excerpt, taxonomy: Taxonomy) -> Iterator[str]:
    """Yield the text of the document in its fence."""
    words = prompt()
    content = (
        excerpt.title,
        excerpt.body,
        excerpt.outline,
        *(part for clause in excerpt.clauses for part in (clause.heading, clause.text)),
    )
    marker = marker_for("\n".join(content))
    yield f"\n{words.whole if excerpt.parts == 1 else words.part.format(number=excerpt.number, parts=excerpt.parts)}"
    if excerpt.elsewhere:
        named = "; ".join(taxonomy.safeguards[guard].name for guard in excerpt.elsewhere)
        yield words.elsewhere.format(safeguards=named)
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


def _form(excerpt: Excerpt, taxonomy: Taxonomy) -> dict[str, Any]:
    """Return the JSON schema of an answer; all of it is within what servers with strict schemas understand."""
    lists = vocabulary()
    point = {
        "guideline": _choice_of(lists.themes[excerpt.theme].guidelines),
        "kind": _choice_of(kind.value for kind in lists.kinds),
        "matter": _choice_of({**lists.acts, **lists.needs, **lists.contrasts}),
        "actor": _choice_of(lists.actors),
        "affected": _choice_of(lists.people),
        "quotes": {
            "type": "array",
            "items": object_of({"clause": _choice_of(excerpt.names), "words": {"type": "string"}}),
        },
        "change": _choice_of(_changes(taxonomy)),
    }
    return object_of({"points": {"type": "array", "items": object_of(point)}})


def _choice_of(names: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(names)}


def _changes(taxonomy: Taxonomy) -> tuple[str, ...]:
    return (*taxonomy.safeguards, UNCHANGED)
