"""Findings with decisions as W3C Web Annotations, which annotation tools read, and theirs as decisions.

Source: W3C, Web Annotation Data Model, Recommendation 2017; names of documents: RFC 6920 (ni URIs).
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from impact.records import Span
from impact.review.decide.reading import Desk
from impact.review.decide.status import effective_events
from impact.review.values.decision import Event, SubjectKind, event_row
from impact.review.values.refusals import RefusedError
from impact.review.values.subject import Subject
from impact.taxonomy import load

AROUND = 32
"""Characters of the clause before and after a quote. Source: what Hypothesis keeps."""
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"decision": {"@id": "urn:impact:decision", "@type": "@json"}}]


def source_of(digest: str) -> str:
    """Return the name of a document by its SHA-256: an ni URI."""
    return "ni:///sha-256;" + urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")


def render(desk: Desk) -> str:
    """Return the findings and safeguards that lie before a person, with the decisions they may read, as JSON-LD."""
    events: dict[str, list[Event]] = {}
    for event in effective_events(desk.events):
        events.setdefault(event.decision.subject, []).append(event)
    items = [_annotation(desk.proposal.digest, subject, events.get(subject.id, [])) for subject in desk.subjects]
    name = f"urn:uuid:{uuid5(NAMESPACE_URL, source_of(desk.proposal.digest))}"
    collection = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": desk.proposal.name,
        "total": len(items),
        "first": {"id": f"{name}#1", "type": "AnnotationPage", "partOf": name, "startIndex": 0, "items": items},
    }
    return json.dumps(collection, indent=1) + "\n"


def read(data: bytes) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield number (from 1) and row of each decision that annotations carry, in the order of the chain they are from.

    Raises:
        RefusedError: If it is no collection of annotations, or none carries a decision.
    """
    try:
        content = json.loads(data.decode("utf-8-sig"))
        items = content["first"]["items"] if content["type"] == "AnnotationCollection" else content["items"]
        rows = [body["decision"] for item in items for body in bodies(item) if "decision" in body]
        rows.sort(key=lambda row: row["seq"])
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        msg = f"the file is not a collection of Web Annotations: {error!r}"
        raise RefusedError(msg, "Give a file that `impact review export --format annotations` wrote") from error
    if not rows:
        msg = "no annotation contains a decision"
        raise RefusedError(msg, "Give a file that `impact review export --format annotations` wrote")
    yield from enumerate(rows, 1)


def bodies(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the bodies of an annotation: one, several or none."""
    body = item.get("body", [])
    return [part for part in (body if isinstance(body, list) else [body]) if isinstance(part, dict)]


def _annotation(document: str, subject: Subject, events: Iterable[Event]) -> dict[str, Any]:
    places = subject.evidence or ((subject.place.text, subject.place.span),)
    return {
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{source_of(document)}#{subject.id}')}",
        "type": "Annotation",
        "motivation": "assessing",
        "body": [*_what(subject), *(_decided(event) for event in events)],
        "target": [_target(document, subject, quote, span) for quote, span in places],
    }


def _what(subject: Subject) -> Iterator[dict[str, Any]]:
    taxonomy = load()
    yield {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": subject.label}
    words = ""
    if subject.kind is SubjectKind.FINDING and subject.label in taxonomy.mechanisms:
        words = f"The clause may enable {taxonomy.mechanisms[subject.label].enables}"
    elif subject.label in taxonomy.safeguards:
        says = "A reader decides whether the clause" if subject.doubtful else "The clause"
        words = f"{says} {taxonomy.safeguards[subject.label].benefit}"
    if words:
        value = words.rstrip(".") + "."
        yield {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en", "value": value}


def _decided(event: Event) -> dict[str, Any]:
    decision = event.decision
    return {
        "type": "TextualBody",
        "purpose": "commenting",
        "format": "text/plain",
        "value": f"{decision.action.value}: {decision.text}" if decision.text else decision.action.value,
        "creator": {"type": "Person", "name": decision.reviewer},
        "created": decision.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "decision": event_row(event),
    }


def _target(document: str, subject: Subject, quote: str, span: Span) -> dict[str, Any]:
    clause = subject.place
    start, end = span.start - clause.span.start, span.end - clause.span.start
    inside = start >= 0 and clause.text[start:end] == quote
    around = {"prefix": clause.text[max(0, start - AROUND) : start], "suffix": clause.text[end : end + AROUND]}
    return {
        "source": source_of(document),
        "selector": [
            {"type": "TextQuoteSelector", "exact": quote, **(around if inside else {})},
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }
