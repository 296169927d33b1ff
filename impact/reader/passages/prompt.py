"""The messages that ask for passages, the form that answers must have, and the digests that identify both."""

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from impact.reader.parts.excerpt import Excerpt
from impact.reader.parts.fence import FenceWording, fenced, key_parts
from impact.reader.prompt import asked_again, choice_of, line_of, object_of, request_of
from impact.records import PassageKind
from impact.taxonomy.values import Taxonomy
from impact.typed import loader

FORM_NAME = "passages_of_document"

FIRST, ALSO = "first", "also"
"""Grades of a passage."""

MOST, MOST_FIRST = 9, 4
"""Most passages of one answer, and of the first page. Source: as readers were asked for the verdicts on salience."""


@dataclass(frozen=True, slots=True)
class PassagesPrompt(FenceWording):
    """All of prompt.toml."""

    system: str
    whole: str
    part: str


prompt = loader(PassagesPrompt, "impact.reader.passages", "prompt.toml")


def themes() -> tuple[str, ...]:
    """Return what a part is asked about: one question."""
    return ("passages",)


def digest(_taxonomy: Taxonomy) -> str:
    """Return the digest, hexadecimal, of all of a question except the document and the model."""
    wording = [asdict(prompt()), list(PassageKind), FIRST, ALSO, MOST, MOST_FIRST]
    return sha256(line_of(wording).encode()).hexdigest()


def key_of(excerpt: Excerpt, model: str, prompt_digest: str) -> str:
    """Return the key, 64 hexadecimal digits, under which an answer is stored; it ignores where clauses stand."""
    return sha256(line_of([model, prompt_digest, *key_parts(excerpt)]).encode()).hexdigest()


def body_of(excerpt: Excerpt, _taxonomy: Taxonomy, model: str, answer_tokens: int) -> dict[str, Any]:
    """Return the body of a request for chat completions, ready for JSON."""
    words = prompt()
    system = words.system.replace("{most}", str(MOST)).replace("{first}", str(MOST_FIRST))
    which = words.whole if excerpt.parts == 1 else words.part.format(number=excerpt.number, parts=excerpt.parts)
    question = "\n".join((which, *fenced(excerpt, words)))
    body = request_of(model, (system, question), (FORM_NAME, _form(excerpt)), answer_tokens)
    return asked_again(body, excerpt.turn)


def _form(excerpt: Excerpt) -> dict[str, Any]:
    """Return the JSON schema of an answer; what stands before the passages makes a model think, and is not kept."""
    passage = {
        "clause": choice_of(excerpt.names),
        "grade": choice_of((FIRST, ALSO)),
        "kind": choice_of(PassageKind),
        "words": {"type": "string"},
    }
    return object_of({"matters": {"type": "string"}, "passages": {"type": "array", "items": object_of(passage)}})
