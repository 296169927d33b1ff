"""The messages of a question, the form that answers must have, and the digests that identify both."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from impact.reader.inquiry import Inquiry
from impact.records import READERS, AnswerStance
from impact.taxonomy.values import Mechanism, Safeguard, Taxonomy
from impact.typed import loader

FORM_NAME = "labels_of_clause"


@dataclass(frozen=True, slots=True)
class Prompt:
    """All of prompt.toml; `rulings` by label."""

    system: str
    labels: str
    label: str
    ruling: str
    likely: str
    fence: str
    title: str
    headings: str
    before: str
    clause: str
    after: str
    end: str
    task: str
    rulings: dict[str, str]


prompt = loader(Prompt, "impact.reader", "prompt.toml")


WARMTH = 0.7
"""Temperature of all passes but the first, so that they may differ. Source: Wang et al. 2022, self-consistency."""


def digest(taxonomy: Taxonomy) -> str:
    """Return the digest, hexadecimal, of all of a question except the document and the model."""
    wording = [asdict(prompt()), _form(taxonomy.labels)]
    defined = [[label, *_defined(_record(label, taxonomy))] for label in taxonomy.labels]
    return sha256(line_of([wording, defined]).encode()).hexdigest()


def key_of(inquiry: Inquiry, model: str, prompt_digest: str) -> str:
    """Return the key, 64 hexadecimal digits, under which the answer of a model is stored.

    It does not depend on where the clause stands, nor on how likely its labels are.
    """
    parts = [inquiry.text, inquiry.title, inquiry.headings, inquiry.before, inquiry.after, inquiry.asked]
    turn = [inquiry.turn] if inquiry.turn else []
    return sha256(line_of([model, prompt_digest, *parts, *turn]).encode()).hexdigest()


def body_of(inquiry: Inquiry, taxonomy: Taxonomy, model: str, answer_tokens: int) -> dict[str, Any]:
    """Return the body of a request for chat completions, ready for JSON.

    The text of the system, with all labels, is the same in every question: servers read it once and keep it.
    """
    messages = _system(taxonomy), "\n".join(_lines(inquiry, taxonomy))
    body = request_of(model, messages, (FORM_NAME, _form(taxonomy.labels)), answer_tokens)
    return asked_again(body, inquiry.turn)


def asked_again(body: dict[str, Any], turn: int) -> dict[str, Any]:
    """Return the body of a request that was asked `turn` times before, so that its answer may differ from the first."""
    return body | {"temperature": WARMTH, "seed": turn} if turn else body


def request_of(
    model: str, messages: tuple[str, str], form: tuple[str, dict[str, Any]], answer_tokens: int
) -> dict[str, Any]:
    """Return the body of a request.

    Args:
        model: Name of the model, as its server knows it.
        messages: Text of the system and of the user.
        form: Name and JSON schema of the answer.
        answer_tokens: Most tokens of the answer.
    """
    (system, question), (name, schema) = messages, form
    return {
        "model": model,
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": question}],
        "temperature": 0,
        "max_tokens": answer_tokens,
        "response_format": {"type": "json_schema", "json_schema": {"name": name, "strict": True, "schema": schema}},
    }


def _system(taxonomy: Taxonomy) -> str:
    words = prompt()
    entries = (_worded(label, taxonomy) for label in taxonomy.labels)
    return "\n".join((words.system, f"\n{words.labels}", *entries))


def _lines(inquiry: Inquiry, taxonomy: Taxonomy) -> Iterator[str]:
    """Yield the lines of a question: the likeliest labels, unless all are, then the document."""
    content = "\n".join((inquiry.title, *inquiry.headings, inquiry.before, inquiry.text, inquiry.after))
    words, marker = prompt(), marker_for(content)
    if len(inquiry.asked) < len(taxonomy.labels):
        yield words.likely.format(labels=", ".join(inquiry.asked)) + "\n"
    yield f"{words.fence.replace('{marker}', marker)}\n"
    parts = {
        words.title: inquiry.title,
        words.headings: " > ".join(inquiry.headings),
        words.before: inquiry.before,
        words.clause: inquiry.text,
        words.after: inquiry.after,
    }
    for name, text in parts.items():
        if text:
            yield f"{marker} {name}\n{text}"
    yield f"{marker} {words.end}\n\n{words.task}"


def marker_for(content: str) -> str:
    """Return a word for the fence around the content, made from its digest, that does not occur in it."""
    marker = content
    while marker in content:
        marker = f"#{sha256(marker.encode()).hexdigest()[:16]}"
    return marker


def _worded(label: str, taxonomy: Taxonomy) -> str:
    """Return the entry of a label; the words put in are the taxonomy's and our own, and nobody else's."""
    words = prompt()
    name, definition, excluded = _defined(_record(label, taxonomy))
    entry = words.label.format(id=label, name=name, definition=definition, does_not_count=excluded)
    return f"{entry}\n{words.ruling.format(ruling=words.rulings[label])}" if label in words.rulings else entry


def _record(label: str, taxonomy: Taxonomy) -> Mechanism | Safeguard:
    return taxonomy.mechanisms[label] if label in taxonomy.mechanisms else taxonomy.safeguards[label]


def _defined(record: Mechanism | Safeguard) -> tuple[str, str, str]:
    return record.name, record.definition, record.does_not_count


def _form(labels: tuple[str, ...]) -> dict[str, Any]:
    """Return the JSON schema of an answer; all of it is within what servers with strict schemas understand.

    What a model writes before the labels makes it think first; it is not kept.
    """
    label = {
        "label": {"type": "string", "enum": list(labels)},
        "stance": {"type": "string", "enum": list(AnswerStance)},
        "readers": {"type": "integer", "enum": list(range(READERS + 1))},
        "quotes": {"type": "array", "items": {"type": "string"}},
    }
    thought = {name: {"type": "string"} for name in ("affected", "act")}
    return object_of({**thought, "labels": {"type": "array", "items": object_of(label)}})


def object_of(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON schema of an object with exactly these properties."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def choice_of(names: Iterable[str]) -> dict[str, Any]:
    """Return the JSON schema of one of several names."""
    return {"type": "string", "enum": list(names)}


def line_of(value: object) -> str:
    """Return a value as one line of JSON for a digest; equal values give equal lines."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
