"""The store keeps what it is given, in SQLite and in PostgreSQL alike."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from impact.records import Grade, Level
from impact.review.find import articles, clauses
from impact.review.store import analyses, jobs, proposals
from impact.review.store.columns import Base
from impact.review.store.store import Store, open_store
from impact.review.values.proposal import ProposalQuery, State, StoredProposal, Submission
from impact.review.values.refusals import StoreError, UnknownError
from impact.review.values.users import Role, User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]


def test_a_submitted_file_comes_back_byte_for_byte(store: Store, person: Person) -> None:
    ann = person(store, "Ann", Role.OFFICER)

    made, new = proposals.submit(store, ann, Submission("a.txt", b"\0bytes\xff"), NOW)

    assert new
    assert made.state is State.QUEUED
    assert proposals.original(store, ann, made.id) == b"\0bytes\xff"


def test_an_analyzed_proposal_says_what_the_report_says(store: Store, person: Person, submitted: Submitted) -> None:
    found = submitted(store, person(store, "Ann"))

    assert (found.title, found.number, found.group) == ("Requirements for quays", "C-77", "SG99")
    assert (found.organizations, found.state, found.analyses) == (("Harbor Board",), State.DONE, 1)
    assert found.created == NOW


def test_the_tables_of_the_migrations_are_those_of_the_classes(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _ours})
        differences = compare_metadata(context, Base.metadata)

    assert differences == []


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith(("texts", "clause_words"))


def test_a_store_opens_again_with_what_it_held(place: str, person: Person, submitted: Submitted, store: Store) -> None:
    made = submitted(store, ann := person(store, "Ann"))
    store.close()

    again = open_store(place, store.files.parent)

    assert proposals.get(again, ann, made.id) == made
    again.close()


def test_a_store_of_before_firm_levels_is_brought_up_to_date_and_keeps_what_it_held(
    place: str, person: Person, submitted: Submitted, store: Store, returned: Callable[..., None]
) -> None:
    made = submitted(store, ann := person(store, "Ann"))
    with store.writing() as session:
        returned(session, "0001")
        for table in ("proposals", "analyses"):
            for column in ("firm_level", "unassessed", "pages", "unread"):
                session.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        for table in ("store", "files"):
            session.execute(text(f"DROP TABLE {table}"))
    store.close()

    again = open_store(place, store.files.parent)

    assert proposals.get(again, ann, made.id) == made
    assert analyses.list_all(again, ann, made.id)[0].firm_level is made.level
    again.close()


def test_the_level_that_firm_findings_give_is_kept_beside_the_gravest(
    light: Store, person: Person, report: Callable[..., dict[str, Any]]
) -> None:
    made, _ = proposals.submit(light, ann := person(light, "Ann"), Submission("quay.txt", b"one"), NOW)
    job = jobs.claim(light, "w", NOW, made.id)
    assert job is not None
    told = json.dumps({**report(b"one"), "firm_level": "low"}).encode()

    analyses.save(light, job, {"report.json": told, "report.html": b"<p>"}, NOW)

    found = proposals.get(light, ann, made.id)
    assert (found.level, found.firm_level) == (Level.HIGH, Level.LOW)


def test_proposals_are_listed_by_what_they_are_headed_by_and_doubtful_ones_apart(
    store: Store, person: Person, report: Callable[..., dict[str, Any]]
) -> None:
    ann, made = person(store, "Ann"), {}
    for name, firm in (("one", "none"), ("two", "medium"), ("three", "high"), ("four", "low")):
        made[name] = _kept(store, ann, name.encode(), {**report(name.encode()), "firm_level": firm})

    gravest = proposals.find(store, ann, ProposalQuery(order="gravest")).proposals
    listed = {grade: proposals.find(store, ann, ProposalQuery(level=grade)).proposals for grade in Grade}

    assert [found.id for found in gravest] == [made[name] for name in ("three", "two", "one", "four")]
    assert {grade: [found.id for found in rows] for grade, rows in listed.items()} == {
        Grade.HIGH: [made["three"]],
        Grade.MEDIUM: [made["two"]],
        Grade.LOW: [made["four"]],
        Grade.DECIDE: [made["one"]],
        Grade.NONE: [],
        Grade.UNASSESSED: [],
    }


def test_a_proposal_that_was_not_assessed_is_listed_apart_behind_all_others(
    store: Store, person: Person, report: Callable[..., dict[str, Any]]
) -> None:
    ann = person(store, "Ann")
    foreign = _kept(store, ann, b"one", _unfound(report(b"one"), "fr"))
    english = _kept(store, ann, b"two", _unfound(report(b"two"), "en"))

    gravest = proposals.find(store, ann, ProposalQuery(order="gravest")).proposals
    apart = proposals.find(store, ann, ProposalQuery(level=Grade.UNASSESSED)).proposals
    unfound = proposals.find(store, ann, ProposalQuery(level=Grade.NONE)).proposals

    assert [found.id for found in gravest] == [english, foreign]
    assert [(found.id, found.unassessed) for found in apart] == [(foreign, "fr")]
    assert [found.id for found in unfound] == [english]


def test_a_store_that_did_not_keep_what_was_not_assessed_learns_it_from_its_reports(
    place: str, store: Store, person: Person, report: Callable[..., dict[str, Any]], returned: Callable[..., None]
) -> None:
    ann = person(store, "Ann")
    foreign = _kept(store, ann, b"one", _unfound(report(b"one"), "zh"))
    english = _kept(store, ann, b"two", _unfound(report(b"two"), "en"))
    with store.writing() as session:
        session.execute(text("UPDATE proposals SET level_rank = 0"))
        _forget_languages(session)
        returned(session, "0004")
    store.close()

    again = open_store(place, store.files.parent)

    listed = {grade: proposals.find(again, ann, ProposalQuery(level=grade)).proposals for grade in Grade}
    assert [found.id for found in listed[Grade.UNASSESSED]] == [foreign]
    assert [found.id for found in listed[Grade.NONE]] == [english]
    assert analyses.list_all(again, ann, foreign)[0].headline.grade is Grade.UNASSESSED
    again.close()


def test_a_proposal_whose_pages_could_not_be_read_is_listed_as_not_assessed(
    store: Store, person: Person, report: Callable[..., dict[str, Any]]
) -> None:
    ann = person(store, "Ann")
    scanned = _kept(store, ann, b"one", _scanned(_unfound(report(b"one"), "en"), 1, 2))
    annexed = _kept(store, ann, b"two", _scanned(_unfound(report(b"two"), "en"), 3, 1))

    apart = proposals.find(store, ann, ProposalQuery(level=Grade.UNASSESSED)).proposals
    unfound = proposals.find(store, ann, ProposalQuery(level=Grade.NONE)).proposals

    assert [(found.id, found.pages, found.unread) for found in apart] == [(scanned, 3, 2)]
    assert [(found.id, found.pages, found.unread) for found in unfound] == [(annexed, 4, 1)]


def test_a_store_that_did_not_keep_unread_pages_learns_them_from_its_reports(
    place: str, store: Store, person: Person, report: Callable[..., dict[str, Any]], returned: Callable[..., None]
) -> None:
    ann = person(store, "Ann")
    scanned = _kept(store, ann, b"one", _scanned(_unfound(report(b"one"), "en"), 1, 2))
    read = _kept(store, ann, b"two", _scanned(_unfound(report(b"two"), "en"), 3, 0))
    with store.writing() as session:
        session.execute(text("UPDATE proposals SET level_rank = 0"))
        for table in ("proposals", "analyses"):
            for column in ("pages", "unread"):
                session.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        returned(session, "0005")
    store.close()

    again = open_store(place, store.files.parent)

    listed = {grade: proposals.find(again, ann, ProposalQuery(level=grade)).proposals for grade in Grade}
    assert [(found.id, found.unread) for found in listed[Grade.UNASSESSED]] == [(scanned, 2)]
    assert [found.id for found in listed[Grade.NONE]] == [read]
    assert analyses.list_all(again, ann, scanned)[0].headline.grade is Grade.UNASSESSED
    again.close()


def test_a_store_that_did_not_keep_clauses_reads_them_from_its_reports(
    place: str, store: Store, person: Person, submitted: Submitted, returned: Callable[..., None]
) -> None:
    made = submitted(store, ann := person(store, "Ann"))
    with store.writing() as session:
        returned(session, "0006")
    store.close()

    again = open_store(place, store.files.parent)

    assert [hit.proposal for hit in clauses.find(again, ann, "passport")[1]] == [made.id]
    assert articles.find(again, ann, "ICCPR 17").keys() == {made.id}
    again.close()


def _scanned(report: dict[str, Any], read: int, unread: int) -> dict[str, Any]:
    """Return a report of so many pages that were read and so many that are images."""
    verdicts = ["ok"] * read + ["scan"] * unread
    pages = [{"page": number, "verdict": verdict, "quality": 1.0} for number, verdict in enumerate(verdicts, 1)]
    return {**report, "extraction": {**report["extraction"], "pages": pages}}


def _unfound(report: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the report of a text in a language, in which nothing was found."""
    clauses = [{**clause, "findings": [], "safeguards": []} for clause in report["clauses"]]
    return {**report, "document": {**report["document"], "language": language}, "clauses": clauses, "level": "none"}


def _forget_languages(session: Any) -> None:
    """Drop what the store keeps of what was not assessed or read."""
    for table in ("proposals", "analyses"):
        for column in ("unassessed", "pages", "unread"):
            session.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))


def test_a_store_that_ranked_by_doubtful_findings_is_ranked_anew(
    place: str, store: Store, person: Person, report: Callable[..., dict[str, Any]], returned: Callable[..., None]
) -> None:
    ann = person(store, "Ann")
    firm = _kept(store, ann, b"two", {**report(b"two"), "firm_level": "medium"})
    doubted = _kept(store, ann, b"one", {**report(b"one"), "firm_level": "none"})
    with store.writing() as session:
        session.execute(text("UPDATE proposals SET level_rank = 3"))
        _forget_languages(session)
        returned(session, "0003")
    store.close()

    again = open_store(place, store.files.parent)

    gravest = proposals.find(again, ann, ProposalQuery(order="gravest")).proposals
    decide = proposals.find(again, ann, ProposalQuery(level=Grade.DECIDE)).proposals
    assert [found.id for found in gravest] == [firm, doubted]
    assert [found.id for found in decide] == [doubted]
    again.close()


def _kept(store: Store, person: User, data: bytes, report: dict[str, Any]) -> str:
    """Submit a file, keep this report of it, and return the id."""
    made, _ = proposals.submit(store, person, Submission("quay.txt", data), NOW)
    job = jobs.claim(store, "w", NOW, made.id)
    assert job is not None
    analyses.save(store, job, {"report.json": json.dumps(report).encode(), "report.html": b"<p>"}, NOW)
    return made.id


def test_a_store_of_a_newer_program_is_refused(place: str, store: Store) -> None:
    with store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreError, match="newer"):
        open_store(place, store.files.parent)


def test_words_find_proposals_by_their_beginnings_without_regard_to_case_and_accents(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann = person(store, "Ann")
    made = submitted(store, ann, title="Exigences générales des quais")
    submitted(store, ann, b"two", title="Another")

    for asked in ("GENERALES", "quais gén", "c-77 quai", "Exig harbor passp"):
        assert [proposal.id for proposal in proposals.find(store, ann, ProposalQuery(asked)).proposals] == [made.id], (
            asked
        )
    assert proposals.find(store, ann, ProposalQuery("quais unheard")).total == 0


@pytest.mark.parametrize("asked", ['"', "' OR 1=1 --", "* NEAR(", "a' & !b:*", "\\", "(", "\0", "word AND", "🛥", "'"])
def test_no_words_break_the_search(store: Store, person: Person, asked: str) -> None:
    proposals.find(store, person(store, "Ann"), ProposalQuery(asked))


@pytest.mark.parametrize("odd", ["\0", "\ud800", "'; DROP TABLE users --", "%", "x" * 100_000])
def test_no_text_breaks_a_question(store: Store, person: Person, odd: str) -> None:
    ann = person(store, "Ann")

    made, _ = proposals.submit(store, ann, Submission(f"a{odd}.txt", b"one"), NOW)

    assert proposals.get(store, ann, made.id) == made
    assert proposals.find(store, ann, ProposalQuery(odd, group=odd, right=odd, mechanism=odd)).total == 0
    with pytest.raises(UnknownError):
        proposals.get(store, ann, f"{odd}more")
