"""The chain covers accounts, access, the files of reports and the audit log: a change behind its back is found."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from impact.review.authentication import second_factor
from impact.review.decide import reading, record, signing
from impact.review.decide.record import DecisionDraft
from impact.review.store import accounts, chain_links, erasing, proposals
from impact.review.store.chain import ChainHead
from impact.review.store.chain.heads import NotedHead, append, appended, noted
from impact.review.store.store import Store
from impact.review.team import folders
from impact.review.values.decision import Action
from impact.review.values.folder import FolderDraft
from impact.review.values.proposal import StoredProposal
from impact.review.values.refusals import RefusedError
from impact.review.values.users import AuditEntry, Role, User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
EVE = (
    "INSERT INTO users (name, key, role, password, active, created)"
    " SELECT 'Eve', 'eve', 'administrator', '', active, created FROM users LIMIT 1"
)
PHRASE = "a long pass phrase"
Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]


@pytest.fixture
def full(store: Store, person: Person, submitted: Submitted) -> tuple[Store, StoredProposal]:
    """Return a store with some of all that the chain covers, and a proposal that only Ann and Bob may see."""
    root, ann, _ = person(store, "Root", Role.ADMINISTRATOR), person(store, "Ann"), person(store, "Bob")
    accounts.change_user(store, "Bob", password=PHRASE, role=Role.OFFICER)
    second_factor.require(store, required=True)
    made = submitted(store, ann, restricted_to=("Bob",))
    submitted(store, root, b"two")
    folders.create(store, ann, FolderDraft("Meeting", restricted_to=("Ann",)), NOW)
    for action in ("sign in", "read"):
        accounts.audit(store, AuditEntry(0, NOW, "Ann", action, made.id, "127.0.0.1"))
    return store, made


def test_what_is_done_by_the_program_leaves_no_fault(full: tuple[Store, StoredProposal]) -> None:
    store, made = full
    root, ann = accounts.get_user(store, "Root"), accounts.get_user(store, "Ann")
    folder = folders.list_all(store, ann)[0]

    proposals.restrict(store, ann, made.id, ["Root"], NOW)
    proposals.set_retention(store, ann, made.id, NOW, NOW)
    folders.change(store, ann, folder.id, FolderDraft("Other"))
    folders.delete(store, root, folder.id)
    second_factor.require(store, required=False)
    accounts.change_user(store, "Ann", active=False)
    erasing.erase(store, root, made.id, NOW)

    assert chain_links.verify(store)[1] == ()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            "UPDATE users SET role = 'administrator' WHERE name = 'Bob'",
            "account Bob was changed outside of impact (role)",
        ),
        ("UPDATE users SET password = '' WHERE name = 'Bob'", "account Bob was changed outside of impact (password)"),
        ("UPDATE users SET active = false WHERE name = 'Ann'", "account Ann was changed outside of impact (active)"),
        ("UPDATE users SET totp = 'SECRET' WHERE name = 'Ann'", "changed outside of impact (second_factor)"),
        ("UPDATE store SET second_factor = 'optional'", "requirement of a second factor was removed"),
        (EVE, "account Eve is in the database, but not in the chain"),
        ("DELETE FROM users WHERE name = 'Root'", "account Root was removed"),
        ("UPDATE proposals SET restricted = false", "(restricted)"),
        ("UPDATE proposals SET submitted_by = 'Bob' WHERE submitted_by = 'Ann'", "(submitted_by)"),
        ("DELETE FROM readers WHERE name = 'Bob'", "(readers)"),
        ("INSERT INTO readers SELECT id, 'Root' FROM proposals WHERE restricted", "(readers)"),
        ("UPDATE proposals SET digest = (SELECT max(digest) FROM files)", "(file)"),
        ("DELETE FROM proposals", "was removed outside of impact"),
        ("UPDATE folders SET restricted = false", "access to folder"),
        ("UPDATE analyses SET files = (SELECT files FROM analyses ORDER BY id DESC LIMIT 1)", "files of analysis 1"),
        ("DELETE FROM analyses", "files of analysis 1"),
        ("UPDATE audit SET who = 'Bob' WHERE action = 'read'", "of the audit log was changed"),
        ("DELETE FROM audit WHERE action = 'read'", "of the audit log was removed"),
        (
            "INSERT INTO audit SELECT 99, time, who, action, about, source FROM audit LIMIT 1",
            "entry 99 of the audit log",
        ),
    ],
)
def test_a_record_that_was_changed_in_the_database_is_found_and_named(
    full: tuple[Store, StoredProposal], change: str, found: str
) -> None:
    store, _ = full

    with store.writing() as session:
        session.execute(text(change))

    assert found in " ".join(fault.what for fault in chain_links.verify(store)[1])


def test_what_was_there_before_the_chain_covered_it_is_covered_when_the_store_is_opened(
    opener: Callable[..., Callable[[], Store]],
    person: Person,
    submitted: Submitted,
    returned: Callable[[Any, str], None],
) -> None:
    opening = opener("sqlite")
    store = opening()
    submitted(store, ann := person(store, "Ann"))
    accounts.audit(store, AuditEntry(0, NOW, "Ann", "read", "", ""))
    with store.writing() as session:
        session.execute(text("DELETE FROM links"))
        session.execute(text("UPDATE head SET seq = 0, hash = :hash"), {"hash": ChainHead().hash})
        returned(session, "0010")
    store.close()

    later = opening()

    assert chain_links.verify(later)[1] == ()
    accounts.audit(later, AuditEntry(0, NOW, ann.name, "read again", "", ""))
    assert chain_links.verify(later)[1] == ()
    with later.writing() as session:
        session.execute(text("UPDATE audit SET who = 'Bob' WHERE action = 'read'"))
    assert [fault.what for fault in chain_links.verify(later)[1]] == [
        "the entries of the audit log up to 1 are not those that were recorded"
    ]


def test_a_chain_that_was_cut_or_made_anew_is_found_by_the_ends_in_a_file(
    store: Store, person: Person, tmp_path: Path
) -> None:
    file = tmp_path / "heads.txt"
    person(store, "Ann")
    append(file, chain_links.head_of(store), NOW)
    person(store, "Bob")
    append(file, chain_links.head_of(store), NOW)
    assert chain_links.departures(store, noted(str(file))) == ()

    _cut(store, "Bob")
    assert chain_links.verify(store)[1] == ()
    assert ["cut" in fault.what for fault in chain_links.departures(store, noted(str(file)))] == [True]

    person(store, "Eve")
    assert ["made anew" in fault.what for fault in chain_links.departures(store, noted(str(file)))] == [True]


def _cut(store: Store, name: str) -> None:
    """Take the last link away as somebody does who knows how, with the account that it is about."""
    with store.writing() as session:
        session.execute(text("DELETE FROM users WHERE name = :name"), {"name": name})
        session.execute(text("DELETE FROM links WHERE seq = (SELECT seq FROM head)"))
        session.execute(
            text("UPDATE head SET seq = seq - 1, hash = (SELECT hash FROM links ORDER BY seq DESC LIMIT 1)")
        )


def test_ends_of_another_store_are_refused_by_its_id(light: Store, person: Person) -> None:
    person(light, "Ann")
    other = NotedHead(chain_links.head_of(light).head, "abc")

    assert "another store (abc)" in chain_links.departures(light, [other])[0].what


@pytest.mark.parametrize("content", ["", "yesterday all was well\n", "{}", '{"chain": {"seq": 1}}'])
def test_a_file_without_ends_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "heads.txt").write_text(content, encoding="utf-8")

    with pytest.raises(RefusedError, match=r"heads\.txt"):
        noted(str(tmp_path / "heads.txt"))


def test_an_end_is_a_line_of_its_own_after_a_file_without_a_final_newline(
    light: Store, person: Person, tmp_path: Path
) -> None:
    file, first = tmp_path / "heads.txt", chain_links.head_of(light)
    file.write_text(first.line(NOW), encoding="utf-8")
    person(light, "Ann")

    append(file, chain_links.head_of(light), NOW)

    assert appended(file) == (first, chain_links.head_of(light))
    assert file.read_text(encoding="utf-8").endswith("\n")


def test_an_end_is_not_added_to_a_signed_version(tmp_path: Path) -> None:
    file = tmp_path / "signed.json"
    file.write_text(json.dumps({"chain": {"seq": 1, "hash": "0" * 64}}), encoding="utf-8")
    assert noted(str(file))

    with pytest.raises(RefusedError, match=r"signed\.json"):
        appended(file)


def test_a_signed_version_holds_the_end_of_the_chain_and_shows_a_chain_made_anew(
    light: Store, person: Person, submitted: Submitted, tmp_path: Path
) -> None:
    ann, bob = person(light, "Ann"), person(light, "Bob")
    made = submitted(light, ann)
    subject = reading.open_desk(light, ann, made.id).subjects[0].id
    for who in (ann, bob):
        record.decide(light, who, made.id, DecisionDraft(Action.ACCEPT, subject), NOW)
        record.finish(light, who, made.id, NOW)
    before = chain_links.head_of(light).head
    signing.sign(light, ann, made.id, NOW)
    signing.sign(light, bob, made.id, NOW)

    frozen = signing.signed_version(light, ann, made.id)

    assert frozen["chain"] == {"seq": before.seq, "hash": before.hash}
    assert [signature["name"] for signature in frozen["signatures"]] == ["Ann", "Bob"]
    released = tmp_path / "signed.json"
    released.write_text(json.dumps(frozen), encoding="utf-8")
    assert chain_links.departures(light, noted(str(released))) == ()
    with light.writing() as session:
        session.execute(text("UPDATE links SET hash = 'other' WHERE seq = :seq"), {"seq": before.seq})
    assert "made anew" in chain_links.departures(light, noted(str(released)))[0].what
