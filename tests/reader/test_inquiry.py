"""Which clauses are asked about, with what."""

from dataclasses import replace
from pathlib import Path

import pytest
from harbor import POWERS, document

from impact.pipeline import prepare
from impact.reader.inquiry import LABELS, Inquiry, inquiries
from impact.reader.prompt import body_of, digest, key_of, prompt
from impact.records import Clause, Proposal, Span
from impact.taxonomy import load


@pytest.fixture
def harbor(tmp_path: Path) -> tuple[Proposal, tuple[Clause, ...]]:
    path = tmp_path / "harbor.txt"
    path.write_text(document())
    return prepare(path, jailed=False)


def places(clauses: tuple[Clause, ...]) -> list[int]:
    return [place for place, clause in enumerate(clauses) if clause.assessed]


def test_a_clause_is_asked_about_from_three_hundredths_on_for_all_labels_together(
    harbor: tuple[Proposal, tuple[Clause, ...]],
) -> None:
    proposal, clauses = harbor
    first, second, third, *_ = places(clauses)
    chances = {
        (first, "shut-off"): 0.016,
        (first, "redress"): 0.016,
        (second, "shut-off"): 0.025,
        (third, "redress"): 0.03,
    }

    asked = list(inquiries(proposal, clauses, chances, load()))

    assert [inquiry.clause for inquiry in asked] == [clauses[first].id, clauses[third].id]


def test_the_likeliest_labels_are_asked_about_in_the_order_of_the_taxonomy(
    harbor: tuple[Proposal, tuple[Clause, ...]],
) -> None:
    proposal, clauses = harbor
    place = places(clauses)[0]
    labels = load().labels
    chances = {(place, label): 0.01 * number for number, label in enumerate(labels)}

    (asked,) = inquiries(proposal, clauses, chances, load())

    assert asked.asked == labels[-LABELS:]


def test_without_chances_every_clause_is_asked_about_with_all_labels(
    harbor: tuple[Proposal, tuple[Clause, ...]],
) -> None:
    proposal, clauses = harbor

    asked = list(inquiries(proposal, clauses, None, load()))

    assert [inquiry.text for inquiry in asked] == list(POWERS)
    assert {inquiry.asked for inquiry in asked} == {load().labels}


def test_title_headings_and_neighbors_are_told(harbor: tuple[Proposal, tuple[Clause, ...]]) -> None:
    proposal, clauses = harbor

    first, second, *_ = inquiries(proposal, clauses, None, load())

    assert (first.title, first.headings, first.before) == ("Gateways of harbors", ("1 Requirements",), "")
    assert (second.before, second.after) == (POWERS[0], POWERS[2])


def test_all_definitions_come_first_and_are_the_same_in_every_question() -> None:
    inquiry = Inquiry("1", Span(0, 4), "text", "", (), "", "", ("shut-off", "redress"))
    other = Inquiry("2", Span(0, 5), "other", "Title", (), "", "", ("encryption",))

    body, second = body_of(inquiry, load(), "m", 100), body_of(other, load(), "m", 100)

    (system, question), (common, _) = body["messages"], second["messages"]
    assert system == common
    for record in (*load().mechanisms.values(), *load().safeguards.values()):
        assert record.definition in system["content"]
        assert record.does_not_count in system["content"]
    assert "Decide first on these labels, one by one: shut-off, redress." in question["content"]
    schema = body["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["labels"]["items"]["properties"]["label"]["enum"] == list(load().labels)


def test_a_question_about_all_labels_names_none_first() -> None:
    inquiry = Inquiry("1", Span(0, 4), "text", "", (), "", "", load().labels)

    assert "Decide first" not in body_of(inquiry, load(), "m", 100)["messages"][1]["content"]


def test_every_ruling_is_on_a_label() -> None:
    assert set(prompt().rulings) <= set(load().labels)


def test_a_second_pass_has_its_own_key_and_may_answer_otherwise() -> None:
    inquiry = Inquiry("1", Span(0, 4), "text", "", (), "", "", ("shut-off",))
    again = replace(inquiry, turn=1)

    assert key_of(inquiry, "m", digest(load())) != key_of(again, "m", digest(load()))
    first, second = body_of(inquiry, load(), "m", 100), body_of(again, load(), "m", 100)
    assert first["messages"] == second["messages"]
    assert (first["temperature"], second["temperature"]) == (0, 0.7)


def test_the_key_goes_by_model_wording_and_question_alone() -> None:
    inquiry = Inquiry("1", Span(0, 4), "text", "", (), "", "", ("shut-off",), 0.2)
    elsewhere = Inquiry("2", Span(7, 11), "text", "", (), "", "", ("shut-off",), 0.9)
    other = Inquiry("1", Span(0, 4), "text", "", (), "", "next", ("shut-off",), 0.2)
    wording = digest(load())

    assert key_of(inquiry, "m", wording) == key_of(elsewhere, "m", wording)
    keys = {key_of(inquiry, "m", wording), key_of(other, "m", wording), key_of(inquiry, "n", wording)}
    assert len(keys | {key_of(inquiry, "m", "0" * 64)}) == 4


def test_braces_in_a_document_are_left_alone() -> None:
    inquiry = Inquiry("1", Span(0, 4), "{marker} {id} {0}", "", (), "", "", ("shut-off",))

    assert "\n{marker} {id} {0}\n" in body_of(inquiry, load(), "m", 100)["messages"][1]["content"]
