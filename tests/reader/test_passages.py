"""Passages for the brief: only clauses of the question and their own words get in, whatever a server or a text says."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from attempts import ATTEMPTS, name_of, page, parts_of
from chat import ChatServer, Request, by_words, chosen, passage, passages_by_words, serving, status
from harbor import CHANCES, POWERS, document

from impact.pipeline import prepare
from impact.reader import Door
from impact.reader.batchfile import request_lines, take_in
from impact.reader.cache import AnswerCache
from impact.reader.calibration import calibration_of
from impact.reader.door import BY_FILE
from impact.reader.opinion import ReaderTerms
from impact.reader.parts.claims import ListedClaims
from impact.reader.parts.questions import Clock
from impact.reader.passages.answer import as_json, passages_in
from impact.reader.passages.choosing import PASSAGES, WORTH
from impact.reader.passages.prompt import MOST
from impact.reader.reasons import UnreadReason
from impact.reader.rule import LEFT_OUT
from impact.records import PassageChoice, SecondReader, SecondReading
from impact.taxonomy import load

NOTHING = SecondReading(SecondReader("small", "", "ab"), ())
Choose = Callable[..., PassageChoice]


def choice_of(path: Path, door: Door, seconds: float = 60.0) -> tuple[PassageChoice, str]:
    """Return what is chosen of a file, with its text."""
    proposal, clauses = prepare(path, jailed=False)
    chances = {(place, label): chance for place in range(len(clauses)) for label, chance in CHANCES.items()}
    clock = Clock(seconds, lambda: 0.0, lambda _: None)
    second = PASSAGES.read(NOTHING, proposal, clauses, chances, load(), door, clock)
    assert second.choice
    return second.choice, proposal.document.text


@pytest.fixture
def choose(door: Door, tmp_path: Path) -> Choose:
    """Return what chooses passages of a text."""

    def choosing(text: str = "", **changes: object) -> PassageChoice:
        path = tmp_path / "harbor.txt"
        path.write_text(text or document(), encoding="utf-8")
        return choice_of(path, replace(door, **changes))[0]  # type: ignore[arg-type]

    return choosing


def test_a_passage_is_a_clause_with_its_most_telling_sentence(server: ChatServer, door: Door, tmp_path: Path) -> None:
    path = tmp_path / "harbor.txt"
    path.write_text(document("Gulls are counted. The gateway shall shut off late skippers."), encoding="utf-8")
    server.script = lambda _: chosen(passage("c1", "shut off late", grade="also", kind="protection"))

    choice, text = choice_of(path, door)

    (only,) = choice.passages
    assert only.sentence.of(text).strip() == "The gateway shall shut off late skippers."
    assert (only.salience, only.protection) == (WORTH["also"], True)
    assert (choice.clause_count, choice.left, choice.unread, choice.dropped) == (1, 0, (), 0)


WRONG = {
    "grade": passage("c1", "shut off", grade="grave"),
    "grade that is no text": passage("c1", "shut off", grade=["first"]),
    "kind": passage("c1", "shut off", kind="verdict"),
    "words that are none": passage("c1", "shut off") | {"words": 3},
    "words of another clause": passage("c1", "each skipper to the harbor office"),
    "clause that there is not": passage("c99", "shut off"),
    "no object": ["c1"],
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_passage_that_is_not_as_asked_for_is_dropped_and_counted(
    wrong: str, server: ChatServer, choose: Choose
) -> None:
    server.script = lambda _: json.dumps({"passages": [WRONG[wrong], passage("c2", "position")]})

    choice = choose()

    assert (choice.passage_count, choice.dropped) == (1, 1)


def test_a_clause_is_chosen_once_and_no_more_than_the_most(server: ChatServer, choose: Choose) -> None:
    server.script = lambda _: chosen(*[passage("c1", "shut off")] * (MOST + 2))

    choice = choose()

    assert (choice.passage_count, choice.dropped) == (1, MOST + 1)


def test_of_two_passes_the_mean_counts(server: ChatServer, choose: Choose) -> None:
    server.script = lambda request: chosen(
        passage("c1", "shut off"), *([] if request.body.get("seed") else [passage("c2", "position", grade="also")])
    )

    choice = choose(passes=2)

    assert [own.salience for own in choice.passages] == [WORTH["first"], round((WORTH["also"] + LEFT_OUT) / 2, 4)]


FAULTS = {UnreadReason.FAILED: status(500), UnreadReason.REFUSED: status(403), UnreadReason.FORM: '{"labels": []}'}


@pytest.mark.parametrize("why", FAULTS)
def test_a_part_without_an_answer_that_can_be_used_is_counted(
    why: UnreadReason, server: ChatServer, choose: Choose
) -> None:
    server.script = lambda _: FAULTS[why]

    choice = choose()

    assert (choice.passages, choice.clause_count, choice.left) == ((), 0, len(POWERS))
    assert choice.unread == (why.value,)


def test_a_second_run_asks_nothing_and_chooses_the_same(server: ChatServer, choose: Choose) -> None:
    server.script = lambda _: chosen(passage("c1", "shut off"), passage("c2", "nowhere"))

    assert choose() == choose()
    assert len(server.requests) == 1


def test_answers_by_file_choose_what_the_server_chooses(door: Door, choose: Choose, tmp_path: Path) -> None:
    by_server, elsewhere = choose(), tmp_path / "elsewhere"
    proposal, clauses = prepare(tmp_path / "harbor.txt", jailed=False)
    chances = {(place, label): chance for place in range(len(clauses)) for label, chance in CHANCES.items()}
    agenda = PASSAGES.agenda(proposal, clauses, chances, load(), replace(door, answers=elsewhere))
    lines = map(json.loads, request_lines(agenda.open(load(), door)))
    replies = [{"custom_id": line["custom_id"], "content": by_words(Request("", {}, line["body"]))} for line in lines]
    file = tmp_path / "answers.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in replies))

    counts = take_in(file, AnswerCache(elsewhere, load()), load())

    assert counts == {None: 1}
    assert choose(address=BY_FILE, answers=elsewhere) == by_server
    assert by_server.passages


def test_claims_are_kept_as_they_were() -> None:
    claims = passages_in(json.dumps({"passages": [passage("c1", "切断 \ud800"), WRONG["kind"]]}), load())

    assert isinstance(claims, ListedClaims)
    assert claims.dropped == 1
    assert passages_in(as_json(claims), load()) == claims


def test_passages_are_asked_for_before_clauses_and_count_against_the_budget(
    server: ChatServer, door: Door, tmp_path: Path
) -> None:
    path = tmp_path / "harbor.txt"
    path.write_text(document(), encoding="utf-8")
    proposal, clauses = prepare(path, jailed=False)
    terms = ReaderTerms(replace(door, requests=2), calibration_of("small"))

    second = terms.opinion(load()).ask(proposal, clauses, None)

    assert server.requests[0].for_passages
    assert (len(server.requests), second.requests, second.count) == (2, 2, 1)
    assert second.choice
    assert second.choice.passage_count == 1


def heard(attempt: dict[str, str] | None, server: ChatServer, folder: Path) -> list[str]:
    """Return the sentences that are chosen of our clauses."""
    path = folder / name_of(attempt)
    path.write_text(page(attempt), encoding="utf-8")
    choice, text = choice_of(path, Door(server.address, "small", folder / f"answers-{len(server.requests)}"))
    return [own.sentence.of(text) for own in choice.passages]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    with serving() as server:
        return heard(None, server, tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("name", ATTEMPTS)
def test_an_attempt_at_injection_changes_no_passage(
    name: str, server: ChatServer, plain: list[str], tmp_path: Path
) -> None:
    parts = parts_of(ATTEMPTS[name])
    server.script = lambda request: (
        chosen() if any(part in request.document for part in parts) else passages_by_words(request)
    )

    assert heard(ATTEMPTS[name], server, tmp_path) == plain != []
