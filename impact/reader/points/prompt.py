"""The messages that ask for points, the form that answers must have, and the digests that identify both."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from impact.reader.parts.excerpt import Excerpt
from impact.reader.parts.fence import FenceWording, fenced, key_parts
from impact.reader.points.vocabulary import PointMatter, PointVocabulary, vocabulary
from impact.reader.prompt import asked_again, choice_of, line_of, object_of, request_of
from impact.taxonomy.values import Taxonomy
from impact.typed import loader

FORM_NAME = "points_of_document"

MOST = 8
"""Most points of one answer. Source: project judgment; nobody will check more on 20,000 characters and a theme."""

UNCHANGED = "none"
"""Chosen in place of a safeguard where no change of wording is suggested."""


@dataclass(frozen=True, slots=True)
class PointsPrompt(FenceWording):
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
    return sha256(line_of([model, prompt_digest, *key_parts(excerpt)]).encode()).hexdigest()


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
    yield f"\n{words.whole if excerpt.parts == 1 else words.part.format(number=excerpt.number, parts=excerpt.parts)}"
    if excerpt.elsewhere:
        named = "; ".join(taxonomy.safeguards[guard].name for guard in excerpt.elsewhere)
        yield words.elsewhere.format(safeguards=named)
    yield from fenced(excerpt, words)


def _form(excerpt: Excerpt, taxonomy: Taxonomy) -> dict[str, Any]:
    """Return the JSON schema of an answer; all of it is within what servers with strict schemas understand."""
    lists = vocabulary()
    point = {
        "guideline": choice_of(lists.themes[excerpt.theme].guidelines),
        "kind": choice_of(kind.value for kind in lists.kinds),
        "matter": choice_of({**lists.acts, **lists.needs, **lists.contrasts}),
        "actor": choice_of(lists.actors),
        "affected": choice_of(lists.people),
        "quotes": {
            "type": "array",
            "items": object_of({"clause": choice_of(excerpt.names), "words": {"type": "string"}}),
        },
        "change": choice_of(_changes(taxonomy)),
    }
    return object_of({"points": {"type": "array", "items": object_of(point)}})


def _changes(taxonomy: Taxonomy) -> tuple[str, ...]:
    return (*taxonomy.safeguards, UNCHANGED)
