"""What is erased is gone, and the chain still verifies."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text

from impact.review.decide import reading, record, signing
from impact.review.decide.record import DecisionDraft
from impact.review.store import accounts, blobs, chain_links, erasing, filing, jobs, proposals
from impact.review.store.chain import ChainHead
from impact.review.store.store import Store
from impact.review.values.decision import Action
from impact.review.values.proposal import ProposalQuery, StoredProposal, Submission
from impact.review.values.refusals import ConflictError, ForbiddenError, StoreError, UnknownError
from impact.review.values.users import Role, User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
WORD = "Zanzibarese"
Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]


def signed(store: Store, ann: User, submitted: Submitted, data: bytes = WORD.encode()) -> StoredProposal:
    made = submitted(store, ann, data, title=f"{WORD} requirements")
    subject = reading.open_desk(store, ann, made.id).subjects[0].id
    record.decide(store, ann, made.id, DecisionDraft(Action.REJECT, subject, f"{WORD} says no"), NOW)
    record.finish(store, ann, made.id, NOW)
    signing.sign(store, ann, made.id, NOW)
    return made


def test_erasing_leaves_a_chain_that_verifies_and_nothing_to_read(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann = person(store, "Ann")
    made, other = signed(store, ann, submitted), submitted(store, ann, b"two")
    before, _ = chain_links.verify(store)

    link = erasing.erase(store, ann, made.id, NOW)

    head, faults = chain_links.verify(store, before)
    assert (faults, head) == ((), ChainHead(link.seq, link.hash))
    assert proposals.find(store, ann, ProposalQuery(WORD)).total == 0
    with pytest.raises(UnknownError):
        reading.open_desk(store, ann, made.id)
    assert proposals.original(store, ann, other.id) == b"two"
    with store.reading() as session:
        query = text("SELECT kind, body FROM links WHERE proposal = :id ORDER BY seq")
        rows = session.execute(query, {"id": made.id}).all()
    assert [(kind, body is None) for kind, body in rows] == [
        ("access", True),
        ("report", True),
        ("decision", True),
        ("decision", True),
        ("signature", True),
        ("erase", False),
    ]
    assert not any(WORD in (body or "") for _, body in rows)


def test_no_byte_of_what_was_erased_is_left_in_the_folder_of_sqlite(
    tmp_path: Path, light: Store, person: Person, submitted: Submitted
) -> None:
    ann = person(light, "Ann")
    made = signed(light, ann, submitted)
    assert _holding(tmp_path)

    erasing.erase(light, ann, made.id, NOW)

    assert _holding(tmp_path) == []


def _holding(folder: Path) -> list[str]:
    words = (WORD.encode(), WORD.lower().encode())
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(word in path.read_bytes() for word in words)]


def test_a_file_that_another_proposal_has_too_stays(store: Store, person: Person, submitted: Submitted) -> None:
    ann, bob = person(store, "Ann"), person(store, "Bob")
    hidden = submitted(store, ann, restricted_to=())
    kept, _ = proposals.submit(store, bob, Submission("a.txt", b"one"), NOW)

    erasing.erase(store, ann, hidden.id, NOW)

    assert proposals.original(store, bob, kept.id) == b"one"


def test_only_the_submitter_or_an_administrator_erases(store: Store, person: Person, submitted: Submitted) -> None:
    made = submitted(store, person(store, "Ann"))

    with pytest.raises(ForbiddenError):
        erasing.erase(store, person(store, "Bob"), made.id, NOW)
    erasing.erase(store, person(store, "Root", Role.ADMINISTRATOR), made.id, NOW)


def test_files_left_by_a_killed_program_are_swept(light: Store, person: Person, submitted: Submitted) -> None:
    ann = person(light, "Ann")
    made = signed(light, ann, submitted)
    left = sha256(b"left").hexdigest()
    filing.record(light, [left])
    blobs.put(light.files, b"left")
    blobs.path_of(light.files, left).with_name(f".part-{left}-x").write_bytes(b"half")

    erasing.expire(light, datetime.now(UTC) + filing.GRACE)

    assert filing.damaged(light) == ()
    assert signing.signed_version(light, ann, made.id)["version"] == 1
    assert len([path for path in light.files.rglob("*") if path.is_file()]) == 4


def test_a_worker_at_an_erased_proposal_has_lost_its_job(store: Store, person: Person) -> None:
    ann = person(store, "Ann")
    made, _ = proposals.submit(store, ann, Submission("a.txt", b"one"), NOW)
    job = jobs.claim(store, "w", NOW)
    assert job

    erasing.erase(store, ann, made.id, NOW)

    with pytest.raises(ConflictError):
        jobs.fail(store, job, "late", "", NOW)


def test_what_is_kept_until_a_day_is_erased_from_that_day_on(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann = person(store, "Ann")
    made = submitted(store, ann, keep_until=NOW + timedelta(days=1))
    ever = submitted(store, ann, b"two")

    assert erasing.expire(store, NOW) == ()
    assert erasing.expire(store, NOW + timedelta(days=1)) == (made.id,)
    assert [proposal.id for proposal in proposals.find(store, ann, ProposalQuery()).proposals] == [ever.id]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE links SET body = replace(body, 'Zanzibarese', 'Somebody') WHERE kind = 'decision'",
        "UPDATE links SET body = NULL WHERE kind = 'decision'",
        "UPDATE links SET proposal = 'other' WHERE kind = 'signature'",
        "UPDATE links SET time = '2024-01-01T00:00:00.000000Z' WHERE kind = 'signature'",
        "DELETE FROM links WHERE seq = 1",
        "DELETE FROM links WHERE kind = 'signature'",
        "UPDATE head SET seq = 2",
    ],
)
def test_a_change_in_the_database_is_found(store: Store, person: Person, submitted: Submitted, change: str) -> None:
    signed(store, person(store, "Ann"), submitted)

    with store.writing() as session:
        session.execute(text(change))

    assert chain_links.verify(store)[1]


def test_a_file_that_was_changed_or_is_missing_is_found(light: Store, person: Person, submitted: Submitted) -> None:
    made = signed(light, person(light, "Ann"), submitted)
    frozen = reading.open_desk(light, accounts.get_user(light, "Ann"), made.id).signatures[0].digest
    assert filing.damaged(light) == ()

    blobs.path_of(light.files, frozen).write_bytes(b"{}")
    blobs.drop(light.files, made.digest)

    assert set(filing.damaged(light)) == {frozen, made.digest}
    with pytest.raises(StoreError, match="changed"):
        signing.signed_version(light, accounts.get_user(light, "Ann"), made.id)


def test_a_chain_made_anew_is_found_by_an_end_noted_elsewhere(
    light: Store, person: Person, submitted: Submitted
) -> None:
    signed(light, person(light, "Ann"), submitted)
    noted, _ = chain_links.verify(light)

    assert chain_links.verify(light, noted)[1] == ()
    assert chain_links.verify(light, ChainHead(noted.seq, "f" * 64))[1]
    assert chain_links.verify(light, ChainHead(noted.seq + 1, "f" * 64))[1]


def test_names_stay_with_decisions_when_an_account_is_closed(
    light: Store, person: Person, submitted: Submitted
) -> None:
    root = person(light, "Root", Role.ADMINISTRATOR)
    made = signed(light, person(light, "Ann"), submitted)

    accounts.change_user(light, "Ann", active=False)

    assert reading.open_desk(light, root, made.id).signatures[0].name == "Ann"
