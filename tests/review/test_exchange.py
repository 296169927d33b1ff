"""Decisions leave as files and come into another store; nothing odd comes in."""

import csv
import json
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.records import ReviewVerdict
from impact.review.decide import reading, record
from impact.review.decide.record import DecisionDraft
from impact.review.exchange import annotations, importing, rows
from impact.review.store import chain_links
from impact.review.store.store import Store, open_store
from impact.review.values.decision import Action, Correction
from impact.review.values.proposal import StoredProposal
from impact.review.values.refusals import RefusedError
from impact.review.values.users import Role, User

Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]
Clock = Callable[[], datetime]
ODD = "=cmd|\"é\n, 'x"


class Two:
    """Two stores that hold the same document; Ann decided in the first, and administers both."""

    def __init__(self, here: Store, there: Store, person: Person, submitted: Submitted, later: Clock) -> None:
        self.here, self.there, self.later = here, there, later
        self.ann = person(here, "Ann", Role.ADMINISTRATOR)
        person(there, "Ann", Role.ADMINISTRATOR)
        self.proposal, self.copy = submitted(here, self.ann).id, submitted(there, self.ann).id
        self.subjects = reading.open_desk(here, self.ann, self.proposal).subjects
        for word in (
            DecisionDraft(Action.ACCEPT, self.subjects[0].id),
            DecisionDraft(Action.REJECT, self.subjects[1].id, ODD),
            DecisionDraft(Action.NOTE, self.subjects[0].id, "A note."),
            DecisionDraft(Action.CORRECT, self.subjects[2].id, correction=Correction("shut-off", (1, 2, 3))),
            DecisionDraft(Action.ADD, clause="1.2", mechanism="shut-off", text="Missed."),
            DecisionDraft(Action.ADD, clause="1.2", mechanism="human-review"),
            DecisionDraft(Action.ACCEPT, self.subjects[1].id),
        ):
            record.decide(here, self.ann, self.proposal, word, later())
        record.undo(here, self.ann, self.proposal, later())

    def written(self, form: str) -> bytes:
        if form == "annotations":
            return annotations.render(reading.open_desk(self.here, self.ann, self.proposal)).encode()
        return rows.WRITERS[form](reading.list_events(self.here, self.ann)).encode()

    def take(self, data: bytes, form: str, by: User | None = None) -> importing.ImportResult:
        return importing.import_decisions(self.there, by or self.ann, data, form, self.later())

    def status(self, store: Store) -> dict[str, Any]:
        found = reading.open_desk(store, self.ann, self.proposal if store is self.here else self.copy)
        return found.own


@pytest.fixture
def two(store: Store, tmp_path: Path, person: Person, submitted: Submitted, later: Clock) -> Any:
    there = open_store(tmp_path / "there")
    yield Two(store, there, person, submitted, later)
    there.close()


@pytest.mark.parametrize("form", ["jsonl", "csv", "annotations"])
def test_what_is_written_is_read_in_another_store_and_stands_there_as_here(two: Two, form: str) -> None:
    data = two.written(form)

    taken = two.take(data, form)

    assert taken.new > 0
    assert two.status(two.there) == two.status(two.here)
    assert two.status(two.there)[two.subjects[1].id].text == ODD
    assert chain_links.verify(two.there)[1] == ()
    assert two.take(data, form) == importing.ImportResult(0, taken.new)


def test_what_came_from_here_does_not_come_back_twice(two: Two) -> None:
    two.take(two.written("jsonl"), "jsonl")
    back = rows.json_lines(reading.list_events(two.there, two.ann)).encode()

    assert importing.import_decisions(two.here, two.ann, back, "jsonl", two.later()).new == 0


def _changed(two: Two, place: int, **change: Any) -> bytes:
    lines = [json.loads(line) for line in two.written("jsonl").splitlines()]
    lines[place] |= change
    return "\n".join(json.dumps(line) for line in lines).encode()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"document": "0" * 64}, "not in this store"),
        ({"reviewer": "Zoe"}, "nobody here"),
        ({"subject": "ffffffffffffffff"}, "there is no"),
        ({"clause": "2.1"}, "there is no"),
        ({"label": "throttling"}, "there is no"),
        ({"time": "2999-01-01T00:00:00.000000Z"}, "future"),
        ({"time": "yesterday"}, "line 2"),
        ({"settles": True}, "opened"),
        ({"action": "judge"}, "judge"),
        ({"text": ""}, "words are needed"),
        ({"hash": ""}, "missing"),
        ({"seq": "1"}, "missing"),
        ({"action": "undo", "undoes": 99, "subject": "", "kind": "proposal", "text": ""}, "undoes event 99"),
        ({"correction": {"label": "witchcraft", "severity": None, "strength": None}}, "corrects nothing"),
        ({"correction": {"label": [], "severity": None, "strength": None}}, "no decision"),
        ({"correction": {"label": None, "severity": [1.5, 1, 1], "strength": None}}, "from 1 to 5"),
        ({"analysis": -1}, "count from 1"),
    ],
)
def test_one_odd_row_keeps_the_whole_file_out(two: Two, change: dict[str, Any], why: str) -> None:
    before = chain_links.verify(two.there)

    with pytest.raises(RefusedError, match=why) as caught:
        two.take(_changed(two, 1, **change), "jsonl")

    assert caught.value.message.startswith("line 2")
    assert caught.value.hint
    assert chain_links.verify(two.there) == before


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("jsonl", b"\xff"),
        ("jsonl", b"[1]"),
        ("jsonl", b"{"),
        ("csv", b"a,b\n1,2\n"),
        ("csv", (",".join(rows.COLUMNS) + "\n1,2\n").encode()),
        ("annotations", b"[]"),
        ("annotations", b"{}"),
        ("annotations", b'{"type": "AnnotationCollection", "first": {"items": []}}'),
        ("xml", b"<a/>"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_hint(light: Store, person: Person, form: str, data: bytes) -> None:
    ann = person(light, "Ann")

    with pytest.raises(RefusedError) as caught:
        importing.import_decisions(light, ann, data, form, datetime.fromisoformat("2025-05-06T00:00:00+00:00"))

    assert caught.value.hint


def test_only_an_administrator_takes_over_what_others_said(two: Two, person: Person) -> None:
    bob = person(two.there, "Bob")

    with pytest.raises(RefusedError, match="may not import"):
        two.take(two.written("jsonl"), "jsonl", bob)


def test_another_reviewer_exports_nothing_before_opening(two: Two, person: Person) -> None:
    bob = person(two.here, "Bob")

    assert reading.list_events(two.here, bob) == ()


def test_no_cell_of_a_csv_begins_a_formula(two: Two) -> None:
    table = list(csv.reader(StringIO(two.written("csv").decode("utf-8-sig"))))

    assert f"'{ODD}" in {cell for row in table for cell in row}
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@"))]


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_a_cell_comes_back_as_it_was(text: str) -> None:
    assert rows._bare(rows._cell(text)) == text


def test_annotations_quote_the_words_at_their_place(two: Two) -> None:
    found = json.loads(two.written("annotations"))
    text = " ".join(one.text for one in reading.open_desk(two.here, two.ann, two.proposal).report.clauses)

    items = found["first"]["items"]

    assert found["total"] == len(items) == len(two.subjects) + 2
    for item in items:
        for target in item["target"]:
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote.get("prefix", ""))
            assert target["source"].startswith("ni:///sha-256;")
    bodies = [body for item in items for body in item["body"]]
    assert {body["purpose"] for body in bodies} == {"tagging", "describing", "commenting"}
    assert len({item["id"] for item in items}) == len(items)


def test_what_was_taken_back_is_in_no_annotation(two: Two) -> None:
    found = json.loads(two.written("annotations"))

    verdicts = [
        body["decision"]["action"]
        for item in found["first"]["items"]
        for body in item["body"]
        if body.get("decision", {}).get("subject") == two.subjects[1].id
    ]

    assert verdicts == ["reject"]
    assert two.status(two.here)[two.subjects[1].id].verdict is ReviewVerdict.REJECTED
