"""Web Annotations made in other tools, as words of a reviewer: a tag says which mechanism, a quote where."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from impact.records.report import ReportClause
from impact.review.decide.reading import Desk
from impact.review.decide.record import DecisionDraft
from impact.review.exchange.annotations import bodies
from impact.review.values.decision import Action
from impact.review.values.refusals import RefusedError
from impact.taxonomy import load

_HINT = "Nothing was imported. Correct the annotation and try again"


def read_drafts(data: bytes, desk: Desk) -> tuple[DecisionDraft, ...]:
    """Return what annotations of a document say of it.

    Each must have one tag that is the id or name of a mechanism or safeguard, and a TextQuoteSelector whose words stand
    in a clause. Where the report has that finding or safeguard there, it is accepted; else it is added. Comments become
    remarks. The data are an AnnotationCollection, an AnnotationPage, or a list of annotations, as JSON.

    Raises:
        RefusedError: If one of them does not fit; the message names it by its number, from 1.
    """
    clauses = desk.report.clauses if desk.report else ()
    drafts = []
    for number, annotation in enumerate(_annotations(data), 1):
        try:
            drafts.append(_draft(annotation, desk, clauses))
        except (RefusedError, KeyError, TypeError, AttributeError, ValueError) as error:
            msg = f"annotation {number}: {getattr(error, 'message', repr(error))}"
            raise RefusedError(msg, getattr(error, "hint", "") or _HINT) from error
    return tuple(drafts)


def _annotations(data: bytes) -> list[Any]:
    try:
        content = json.loads(data.decode("utf-8-sig"))
        if isinstance(content, dict):
            content = content["first"]["items"] if "first" in content else content["items"]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        msg = f"the file is not a collection of Web Annotations: {error!r}"
        raise RefusedError(msg, "Give the JSON-LD file that the annotation tool exports") from error
    if not isinstance(content, list) or not content:
        raise RefusedError("the file contains no annotation", "Give the JSON-LD file that the annotation tool exports")
    return content


def _draft(annotation: Mapping[str, Any], desk: Desk, clauses: Iterable[ReportClause]) -> DecisionDraft:
    parts = bodies(annotation)
    tags = [body["value"] for body in parts if body.get("purpose") == "tagging"]
    labels = {label for tag in tags if (label := _label(tag))}
    if len(labels) != 1:
        msg = f"exactly one tag must be a mechanism or safeguard, not {len(labels)} of {tags}"
        raise RefusedError(msg, "Use an id that `impact taxonomy` lists")
    label = labels.pop()
    clause = _clause(list(_quotes(annotation)), clauses)
    text = "\n".join(body["value"] for body in parts if body.get("purpose") in {"commenting", "describing", None})
    for subject in desk.subjects:
        if (subject.clause, subject.label) == (clause, label):
            return DecisionDraft(Action.ACCEPT, subject.id, text)
    return DecisionDraft(Action.ADD, text=text, clause=clause, mechanism=label)


def _label(tag: str) -> str:
    """Return the id of the mechanism or safeguard with this id or name; empty if there is none."""
    taxonomy = load()
    names = {mechanism.name.casefold(): mechanism.id for mechanism in taxonomy.mechanisms.values()}
    names |= {safeguard.name.casefold(): safeguard.id for safeguard in taxonomy.safeguards.values()}
    return tag if tag in taxonomy.labels else names.get(tag.casefold(), "")


def _quotes(annotation: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for target in _listed(annotation["target"]):
        for selector in _listed(target["selector"]):
            if selector["type"] == "TextQuoteSelector":
                yield selector


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _clause(quotes: list[Mapping[str, Any]], clauses: Iterable[ReportClause]) -> str:
    """Return the id of the one clause that has all quotes, by what stands around them where several have."""
    if not quotes:
        raise RefusedError("it has no quote", "Add a TextQuoteSelector")
    having = [clause for clause in clauses if all(_flat(quote["exact"]) in _flat(clause.text) for quote in quotes)]
    if len(having) > 1:
        wider = [clause for clause in having if all(_around(quote) in _flat(clause.text) for quote in quotes)]
        having = wider or having
    if len(having) != 1:
        number = f"{len(having) or 'no'} clause{'s' if len(having) != 1 else ''}"
        msg = f"{number} with the words {quotes[0]['exact'][:60]!r}"
        raise RefusedError(msg, "Quote words of one clause exactly as in the document")
    return having[0].id


def _around(quote: Mapping[str, Any]) -> str:
    return _flat(f"{quote.get('prefix', '')}{quote['exact']}{quote.get('suffix', '')}")


def _flat(text: str) -> str:
    return " ".join(text.split())
