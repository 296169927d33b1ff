"""Web Annotations made in other tools, as words of a reviewer: a tag says which mechanism, a quote where."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from impact.review.decide.reading import Desk
from impact.review.decide.record import DecisionDraft
from impact.review.exchange.annotations import bodies
from impact.review.values.decision import Action
from impact.review.values.refusals import RefusedError
from impact.review.values.subject import Passage, passages
from impact.taxonomy import load

_HINT = "Nothing was imported; mend the annotation and try again"


def read_drafts(data: bytes, desk: Desk) -> tuple[DecisionDraft, ...]:
    """Return what annotations of a document say of it.

    Each must have one tag that is the id or name of a mechanism or safeguard, and a TextQuoteSelector whose words stand
    in a clause. Where the report has that finding or safeguard there, it is accepted; else it is added. Comments become
    remarks.

    Args:
        data: An AnnotationCollection, an AnnotationPage, or a list of annotations, as JSON.
        desk: The proposal that they are about.

    Raises:
        RefusedError: If one of them does not fit; the message names it by its number, from 1.
    """
    places = tuple(passages(desk.report).values()) if desk.report else ()
    made = []
    for number, item in enumerate(_items(data), 1):
        try:
            made.append(_word(item, desk, places))
        except (RefusedError, KeyError, TypeError, AttributeError, ValueError) as error:
            msg = f"annotation {number}: {getattr(error, 'message', repr(error))}"
            raise RefusedError(msg, getattr(error, "hint", "") or _HINT) from error
    return tuple(made)


def _items(data: bytes) -> list[Any]:
    try:
        found = json.loads(data.decode("utf-8-sig"))
        if isinstance(found, dict):
            found = found["first"]["items"] if "first" in found else found["items"]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        msg = f"the file is no collection of Web Annotations: {error!r}"
        raise RefusedError(msg, "Give JSON-LD as the tool exports it") from error
    if not isinstance(found, list) or not found:
        msg = "the file holds no annotation"
        raise RefusedError(msg, "Give JSON-LD as the tool exports it")
    return found


def _word(item: Mapping[str, Any], desk: Desk, places: Iterable[Passage]) -> DecisionDraft:
    tags = [body["value"] for body in bodies(item) if body.get("purpose") == "tagging"]
    labels = {label for tag in tags if (label := _label(tag))}
    if len(labels) != 1:
        msg = f"one tag that is a mechanism or safeguard is needed, not {len(labels)} of {tags}"
        raise RefusedError(msg, "Tag it with an id that `impact taxonomy` shows")
    label = labels.pop()
    clause = _clause(list(_quotes(item)), places)
    remarks = [body["value"] for body in bodies(item) if body.get("purpose") in {"commenting", "describing", None}]
    text = "\n".join(remarks)
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


def _quotes(item: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    target = item["target"]
    for one in target if isinstance(target, list) else [target]:
        selector = one["selector"]
        for each in selector if isinstance(selector, list) else [selector]:
            if each["type"] == "TextQuoteSelector":
                yield each


def _clause(quotes: list[Mapping[str, Any]], places: Iterable[Passage]) -> str:
    """Return the id of the one clause that has all quotes, by what stands around them where several have.

    Raises:
        RefusedError: If there is none, or several.
    """
    if not quotes:
        msg = "it quotes nothing"
        raise RefusedError(msg, "It needs a TextQuoteSelector")
    having = [place for place in places if all(_flat(quote["exact"]) in _flat(place.text) for quote in quotes)]
    nearer = [one for one in having if all(_around(quote) in _flat(one.text) for quote in quotes)]
    found = nearer if len(having) > 1 and nearer else having
    if len(found) != 1:
        msg = f"{len(found) or 'no'} clause{'s' if len(found) != 1 else ''} with the words {quotes[0]['exact'][:60]!r}"
        raise RefusedError(msg, "Quote words of one clause, as they stand in the document")
    return found[0].id


def _around(quote: Mapping[str, Any]) -> str:
    return _flat(f"{quote.get('prefix', '')}{quote['exact']}{quote.get('suffix', '')}")


def _flat(text: str) -> str:
    return " ".join(text.split())
